"""What a line of a document may be: a title, the name of a body, a subtitle, the addressees."""

from __future__ import annotations

import re

from documents.numbering import recognise

MARK = "\ue000"  # a private character stands for a block that is no text
LONGEST_NAME, LONGEST_TITLE_LINE = 30, 60
_KINDS = (
    "通知|通报|公告|通告|公报|决定|决议|命令|意见|方案|计划|规划|要点|规定|办法|细则|规程|制度|章程|请示|批复|报告|总结|函|"
    "简报|纪要|倡议书|建议书|公开信|邀请函|邀请|议程|分工|预案|清单|名单|标准|须知|说明|表|稿"
)
_KIND = re.compile(f"(?:{_KINDS})(?:[（(][^（）()]{{1,20}}[）)])?$")
_OFFICE = re.compile(
    "(?:局|厅|委|委员会|部|院|会|协|联|室|办|政府|中心|公司|集团|厂|矿|店|校|学|幼儿园|馆|所|站|队|社|行|处|科|股|署|台|组|总部|"
    "指挥部|党组|党委|支部|工委|工会|政协|人大|法院|检察院|街道|乡|镇|村|农场|基地|园区|开发区|管委会)$"
)
_BESIDE = re.compile("[ \t\u3000]+")
_SIGNS = re.compile(f"[。，；：！？、\t{MARK}]")
_SUBTITLE = re.compile("^(?:[（(].{1,60}[）)]|(?:——|--|—).{2,60})$")
_ADDRESSEES = re.compile(r"^[^。；！？\t]{2,400}[：:]$")
# what announces a list or goes on in the next line addresses nobody
_ANNOUNCES = re.compile(
    "(?:如下|以下.{0,8}|下列.{0,8}|包括|要求|通知|说明|事项|安排|原则|内容|任务|措施|标语|口号|目标|名单|主题|时间|地点|"
    "为|是|有|即|做到)[：:]$|^(?:现|为了?|根据|按照|经|请|附|注|一[、是])"
)


def is_title_line(line: str) -> bool:
    """Return whether a line may be of a title: short, no sentence, neither numbered nor a table or a picture."""
    return len(line) <= LONGEST_TITLE_LINE and not re.search(f"[。；！？：:\t{MARK}]", line) and not recognise(line)


def is_title(text: str) -> bool:
    """Return whether a text ends as titles do: with the kind of the document (通知, 方案（试行）)."""
    return bool(_KIND.search(text))


def is_subtitle(line: str) -> bool:
    """Return whether a line below a title belongs to it: in brackets, or behind a dash."""
    return bool(_SUBTITLE.match(line)) and not recognise(line)


def is_addressees(line: str) -> bool:
    """Return whether a line names to whom a document goes, with a colon at its end."""
    return bool(_ADDRESSEES.match(line)) and MARK not in line and not recognise(line) and not _ANNOUNCES.search(line)


def is_name(line: str) -> bool:
    """Return whether a line may be a name: short, without signs and without a number in front."""
    return 0 < len(line) <= LONGEST_NAME and not _SIGNS.search(line) and not recognise(line)


def is_office(line: str) -> bool:
    """Return whether a line is the name of a body, or names of bodies side by side."""
    return all(is_name(name) and _OFFICE.search(name) for name in _BESIDE.split(line))


def names_of(line: str) -> list[str]:
    """Return the bodies named on a line, side by side; what is no body is one name with its blanks."""
    parts = _BESIDE.split(line)
    return parts if len(parts) > 1 and is_office(line) else [line]
