"""Contacts: names, telephone numbers, mail addresses and fax of a block, in whatever order they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from documents.reading.phrases.person_names import SURNAME, is_office, name_in, unit_and_name
from documents.reading.phrases.spans import Flow, Span
from documents.reading.structure.lines import Line, soft
from documents.text import HAN

from .draft import Contact

_HOUSE = ("内线", "分机", "短号", "路电", "铁电", "军线")
_WITHIN = "|".join(f"(?<={word}{sign})" for word in _HOUSE for sign in ("", "：", "电话：", " "))
PHONE = (
    rf"(?:(?:{_WITHIN})\d{{3,6}}|"  # a number within the house: 内线6018
    r"1[3-9]\d{9}|1[3-9]\d[ -]\d{4}[ -]\d{4}|\(?0\d{2,3}\)?[ —-]?\d{7,8}(?:[转—-]\d{1,5})?|"
    r"(?:400|800)-?\d{3}-?\d{4}|(?<![\dA-Za-z])(?<!\d-)(?:(?!(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d(?!\d))\d{7,8}|\d{4}-\d{4})(?:[转—-]\d{1,5})?)(?!\d)"
)

EMAIL = (
    r"(?<![A-Za-z0-9._+-])[A-Za-z0-9][A-Za-z0-9._+-]{0,62}"
    r"@ ?[A-Za-z0-9-]{1,62}(?:\.[A-Za-z0-9-]{1,62}){0,4}\.[A-Za-z]{2,6}"
)
_LABELS = {
    "person": "联 ?系 ?人员?|联 ?络 ?人|联 ?络 ?员|经办人|负责人|咨询人|收件人",
    "fax": "传 ?真(?:号码|电话)?",
    "mail": "(?:电子|工作|投稿|指定)?邮 ?箱(?:地址)?|电子邮件|E ?-? ?mail|邮件",
    "phone": (
        "(?:联 ?系|办 ?公|咨 ?询|移 ?动|监督|服务|固定|投诉|报名|值班)*电 ?话(?:号码)?|手 ?机(?:号码?)?|固话|座机|热线|"
        "联系方式|内线|外线|分机|路电|市话|总机|专线|TEL|Tel"
    ),
    "other": (
        "(?:通讯|联系|通信|办公|邮寄|投递|收件)?地 ?址|邮 ?编|邮政编码|QQ ?群?号?|微信号?|网 ?址|账 ?号|开户行|户 ?名"
    ),
    "office": "(?:联系|咨询|承办|受理|报送|收件|责任)?(?:单位|部门|科室|处室)",
}
_NAMELESS = rf"(?:联 ?系 ?人|联 ?络 ?人|联 ?络 ?员)(?={SURNAME}[{HAN}]{{1,2}}(?:[，、（( ：:]|\d))"
_MORE = r"(?: ?[及和/、或兼] ?(?:联系)?(?:电话|方式|手机|传真))?(?:\([^()\n]{1,6}\))? ?[：:]"
_LABEL = "|".join([*(rf"(?:{form}){_MORE}" for form in _LABELS.values()), _NAMELESS])
_TOKEN = re.compile(
    rf"(?P<email>{EMAIL})|(?P<box>[Oo][Aa] ?邮箱 ?： ?[^，。；：\n]{{3,30}})|(?P<phone>{PHONE})|"
    + "|".join(rf"(?P<l_{kind}>(?:{form}){_MORE})" for kind, form in _LABELS.items())
    + rf"|(?P<l_person2>{_NAMELESS})"
    + r"|(?P<l_fax2>传 ?真 ?(?=[(\d]))"
    + r"|(?P<l_other2>(?:QQ|微信) ?群?号?)|(?P<end>[\n。；])"
    + rf"|(?P<words>(?:(?!{_LABEL})[{HAN}“”·])+"
    + rf"(?:\([{HAN}]{{1,12}}\)(?=[{HAN}])(?:(?!{_LABEL})[{HAN}])+)?)"
)
_ANY_LABEL = re.compile(
    "|".join([*(rf"(?:{form}){_MORE}" for kind, form in _LABELS.items() if kind != "other"), _NAMELESS])
)
_SENTENCE = re.compile("[。！？]|[请于将应须]|报送|上报|反馈")
_WITH = re.compile(
    r"(?:与|和|向|请?联系(?!人|电话|方式)|咨询)(?P<who>[^，。；：\n\d]{4,24}?)(?:同志)?(?:进行)?(?:联系|咨询|对接)?"
    rf"(?:[，(（]|联系|咨询)(?=[^。\n]{{0,12}}{PHONE})"
)
_WORD = f"[{HAN}]+"
_SET_IN = re.compile("^.*(?:设在|设于|挂靠在?)|^(?:请|可)?(?:与|和|向|由|联系(?!人)|咨询)")
_SENT_TO = re.compile(
    "^.*?(?:(?:报送|上报|反馈|发送|提交)[至到给往]?|[交发寄传送报][至到给往]|(?<![发简申])[报交](?=[省市县区局我本厅校院镇街乡公集学]))(?=.{4})"
)
_ASKED = re.compile("(?:进行)?(?:联系|咨询|对接)$")
_OFFICE_LINE = re.compile(rf"([{HAN}]{{2,20}}) ?： ?{PHONE}")
_GIVEN_TO = re.compile(r"[至到报送给交馈](?P<unit>[^，。；：、\n至到报送给交馈]{2,24})[，(]\s*(?:联系|咨询|办公)?$")
_NUMBERS = re.compile(f"(?:(?:{PHONE}|{EMAIL})[ 、，；/]*)+(?:传真.{{0,30}}|邮箱.{{0,40}})?")
"""A line of numbers goes on with the one above, which was too long."""
_ADDRESS = re.compile(rf" ?(?:{_LABELS['other']}) ?：")
_SPREAD = re.compile(f"(?<![{HAN}])([{HAN}]) ([{HAN}])(?![{HAN}])")
"""A name of two characters set as wide as one of three."""
_AREA = re.compile(r"\(?(0\d{2,3})\)?[ —-]?(\d{7,8})$")
_MAILBOX = re.compile(r"[Oo][Aa] ?邮箱 ?： ?")


@dataclass(slots=True)
class _Group:
    """The people printed together and the numbers printed for them."""

    unit: str = ""
    names: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    fax: list[str] = field(default_factory=list)
    mailbox: str = ""
    start: int = -1
    end: int = -1
    labelled: bool = False
    closed: bool = False

    def reach(self, start: int, end: int) -> None:
        """Widen the group to take in a stretch of the text; a number behind a name closes it for further names."""
        self.closed |= bool(self.names) and self.told
        self.start = start if self.start < 0 else self.start
        self.end = end

    @property
    def told(self) -> bool:
        """Whether a number or an address belongs to it already."""
        return bool(self.phones or self.emails or self.fax or self.mailbox)


def spaced(source: str, lines: list[Line]) -> Flow:
    """Return lines as a flow that keeps one blank where the source has a gap: it is what parts names."""
    signs: list[str] = []
    at: list[int] = []
    for index, line in enumerate(lines):
        for run in re.finditer(r"\s+|\S+", line.text):
            begin, end = run.span()
            is_blank = run[0].isspace()
            signs.append(" " if is_blank else run[0])
            at.extend(range(line.span.start + begin, line.span.start + (begin + 1 if is_blank else end)))
        following = lines[index + 1] if index + 1 < len(lines) else None
        if following is not None and not (soft(line, following) and _broken(line.text, following.text)):
            signs.append("\n")
            at.append(line.span.end)
    return Flow(source, "".join(signs), at)


def _broken(text: str, following: str) -> bool:
    """A number or an address ends what the page did not break, unless it goes on with the next line."""
    if re.match("[^：]{0,4}地 ?址 ?：", text) and is_office(following):
        return False
    if re.search(f"{EMAIL}$", text):
        return following[0].isascii() and following[0].isalnum()
    return not text[-1].isdigit() or following[0].isdigit() or following[0] in "—-"


def find_contacts(flow: Flow, where: str) -> list[Contact]:
    """Return the contacts of a stretch of the document as spaced() gives it; where names the part (body, annex 2)."""
    found: list[Contact] = []
    for start, end in _blocks(flow.text):
        groups = _groups(flow.text, start, end)
        found += [contact for group in groups for contact in _people(flow, group, where)]
    return found


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Where contacts stand: from the first label or number of a line on, as long as the lines go on with some."""
    begun, position, name_line = -1, 0, -1
    for line in [*text.split("\n"), ""]:
        first, names = _ANY_LABEL.search(line), _SPREAD.sub(r"\1\2", line)
        numbered = re.search(PHONE, line) if len(line) < 60 else None
        office = _OFFICE_LINE.match(line)
        told = first is not None or (office is not None and is_office(office[1]))
        told = told or (numbered is not None and any(map(_somebody, re.findall(_WORD, names))))
        if told:
            begins = _line_start(line, min(hit.start() for hit in (first, numbered) if hit is not None))
            if begun < 0:
                begun = name_line if name_line >= 0 and begins == 0 else position + begins
        elif begun >= 0 and not _names_any(names) and not _goes_on(line):
            yield begun, position
            begun = -1
        is_house = is_office(line.strip()) and len(line.split()) == 1
        name_line = position if not told and (_names_any(names) or is_house) else -1
        position += len(line) + 1
    if begun >= 0:
        yield begun, len(text)


def _goes_on(line: str) -> bool:
    """A line of numbers, of an address or a post code goes on with the people above it."""
    return _NUMBERS.fullmatch(line) is not None or _ADDRESS.match(line) is not None


def _names_any(line: str) -> bool:
    """A short line of a unit's name and people's: 市科技局政策科　许一山　刘二水."""
    words = re.findall(_WORD, line)
    if not words or len(line) > 40 or _SENTENCE.search(line) or re.search("[，：]", line.rstrip("：")):
        return (
            bool(re.fullmatch(rf"[{HAN}]{{2,30}}：[{HAN} ]{{2,12}}", line)) and name_in(line.rpartition("：")[2]) != ""
        )
    return any(map(_somebody, words[1 if len(words) > 1 else 0 :]))


def _somebody(word: str) -> bool:
    return bool(name_in(word) or unit_and_name(word))


def _line_start(line: str, first: int) -> int:
    """Where on its line a block begins: with the line, or in a sentence with the unit right before its first label."""
    before = line[:first]
    if len(before) <= 30 and not _SENTENCE.search(before):
        return 0
    if (together := _WITH.search(line)) is not None and together.start() < first:
        return together.start("who")
    given = _GIVEN_TO.search(before)
    if given is not None and (is_office(given["unit"]) or unit_and_name(given["unit"])):
        return given.start("unit")
    word = re.search(r"[^，。；：、\n()\s]*$", before)
    return word.start() if word else first


def _groups(text: str, start: int, end: int) -> list[_Group]:
    """Read a block from left to right: a new name or unit after numbers begins a new group."""
    groups, mode, area = [_Group()], "", ""
    for token in _TOKEN.finditer(text, start, end):
        kind, group = str(token.lastgroup), groups[-1]
        if kind.startswith("l_"):
            mode = kind[2:].rstrip("2")
            if mode == "person" and group.names and group.closed:
                groups.append(_Group(unit=group.unit if _same_line(text, group.end, token.start()) else ""))
            groups[-1].labelled |= mode == "person"
            area = ""
        elif kind == "end":
            mode = "" if token[0] == "\n" or mode != "fax" else mode
        elif mode == "other" and kind != "email":
            continue
        elif kind == "phone":
            number, area = _whole(token[0], area)
            (group.fax if mode == "fax" else group.phones).append(number)
            group.reach(*token.span())
        elif kind == "email":
            _mail(groups, token[0].replace(" ", ""), text, token)
        elif kind == "box":
            group.mailbox = _MAILBOX.sub("", token[0]).replace(" ", "")
            group.reach(*token.span())
        else:
            _words(groups, text, token, mode)
    return [group for group in groups if group.told or (group.names and group.labelled)]


def _same_line(text: str, start: int, end: int) -> bool:
    return "\n" not in text[max(start, 0) : end]


def _whole(number: str, area: str) -> tuple[str, str]:
    """A number with the area code printed once before the first of several: 0799-8123011 8123012."""
    found = _AREA.match(number)
    if found is not None:
        return number, f"{found[1]}-{len(found[2])}"
    code, _, length = area.partition("-")
    return (f"{code}-{number}", area) if code and number.isdigit() and len(number) == int(length) else (number, "")


_NEAR = 60
"""How far another number may stand behind an address for the list of people to go on."""
_WHOSE = re.compile("\\((?P<unit>[^()]{2,20})\\)")


def _mail(groups: list[_Group], mail: str, text: str, token: re.Match[str]) -> None:
    """A mail address belongs to its group; at the end of a sentence also to the others of the unit before it.

    On a line of its own it is that of all before it that have none.
    """
    group = groups[-1]
    whose = _WHOSE.match(text, token.end())
    named = [other for other in groups if whose is not None and other.unit == whose["unit"]]
    if named:
        named[0].emails.append(mail)
        return
    more = re.search(PHONE, text[token.end() : token.end() + _NEAR])
    alone = "\n" in text[max(group.end, 0) : token.start()] and more is None
    for other in groups[:-1]:
        if not other.emails and (alone or (other.unit == group.unit and _same_line(text, other.end, token.start()))):
            other.emails.append(mail)
    group.emails.append(mail)
    group.reach(*token.span())


def _words(groups: list[_Group], text: str, token: re.Match[str], mode: str) -> None:
    """Take a run of characters for a name, a unit or both, or leave it."""
    word, group = token[0], groups[-1]
    blank = re.compile(f" ([{HAN}])(?![{HAN}])").match(text, token.end()) if len(word) == 1 else None
    if blank is not None and name_in(word + blank[1]):
        _name(groups, word + blank[1], token.start(), blank.end())
        return
    stripped = _ASKED.sub("", _SET_IN.sub("", word))
    sent = _SENT_TO.sub("", stripped)
    stripped = sent if unit_and_name(sent) or (len(stripped) > 6 and is_office(sent)) else stripped
    both = unit_and_name(stripped) or (unit_and_name(stripped[:-1]) if stripped[-1:] in ("处", "收") else None)
    if both is not None:
        _unit(groups, both[0], text, token)
        _name(groups, both[1], token.start(), token.end())
    elif name := name_in(stripped):
        _name(groups, name, token.start(), token.end())
    elif is_office(stripped):
        _unit(groups, stripped, text, token)
    elif text[token.end() : token.end() + 1] == "：" and group.told and text[token.start() - 1] in "；，。\n ":
        groups.append(_Group())  # a label nobody foresaw: 技术支持：
    elif mode == "person" and group.names and not group.told:
        group.reach(*token.span())


def _unit(groups: list[_Group], unit: str, text: str, token: re.Match[str]) -> None:
    group = groups[-1]
    if group.names and not group.told and text[token.start() - 1] == "(":
        group.unit = unit
        return
    if group.names or (group.told and (group.unit or not _same_line(text, group.end, token.start()))):
        groups.append(_Group())
    groups[-1].unit = unit
    groups[-1].reach(*token.span())


def _name(groups: list[_Group], name: str, start: int, end: int) -> None:
    group = groups[-1]
    if group.names and group.closed:
        groups.append(_Group(unit=group.unit, labelled=group.labelled))
    reached = groups[-1].closed
    groups[-1].names.append(name)
    groups[-1].reach(start, end)
    groups[-1].closed = reached


def _people(flow: Flow, group: _Group, where: str) -> Iterator[Contact]:
    """One contact for each person: as many numbers as people are given out in order, one number is everybody's."""
    span = flow.span(group.start, group.end)
    count = len(group.names)
    shared = Contact(
        span, "", group.unit, tuple(group.phones), tuple(group.emails), tuple(group.fax), group.mailbox, where
    )
    if not count:
        yield replace(shared, confidence=0.6)
    each = len(group.phones) // count if count > 1 and len(group.phones) % count == 0 else 0
    for index, name in enumerate(group.names):
        phones = tuple(group.phones[index * each : (index + 1) * each]) if each else shared.phones
        sure = 1.0 if count == 1 or each else 0.7
        yield replace(shared, name=name, phones=phones, confidence=sure)


def loose_mail(flow: Flow) -> list[tuple[str, Span]]:
    """Return the mail addresses of a flow."""
    return [(match[0], flow.span(*match.span())) for match in re.finditer(EMAIL, flow.text)]
