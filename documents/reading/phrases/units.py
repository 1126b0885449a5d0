"""Names of units by their form (市…局, …区, 各镇街, 各成员单位), lists of them, and units that are known already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from documents.text import bare

from .spans import Flow, Span

_ENDINGS = (
    "局|委|办|厅|部|院|会|府|(?<!部)署|司|处|(?<![本学百专])(?<!(?<![管护处办治])理)科|股|海关|(?<![教验议展课浴温])室|(?<![分重])组|站|队|中心|集团|公司|社|台|报|网|区|县|镇|乡|街道|镇街|街|州|旗|湖|园|场|所|厂|馆|校|"
    "大学|学院|学校|中学|小学|医院|银行|法院|检察院|办公室|领导小组|委员会|工商联|妇联|科协|社科联|残联|文联|侨联|联盟|"
    "单位|部门|部室|院系|村居|村委会|居委会|(?<!农)村|科室|处室|车间|班组|派出机构|企业|机构|组织|媒体|电信|移动|联通|省委|市委|区委|县委|团中央|行|庭|基地|各地|各市|市|省|分公司|支队|大队|总队|联席会议|党组|工委|党校|团体|合作社|协作组"
)
_END = re.compile(rf"(?:{_ENDINGS})(?:\([^()]{{1,12}}\))?(?:各?成员单位)?$")
_SEALED = r"(?:\((?:章|盖章|公章|印章|代章|代)\))?$"
_BODY_END = re.compile(
    "(?:局|委|办|厅|部|院|会|府|署|司|处|站|中心|集团|公司|社|台|办公室|领导小组|委员会|工商联|妇联|省委|市委|区委|县委|联席会议|总队|支队|"
    f"工委|党委|学校|大学|中学|小学|幼儿园|厂|矿|研究所|联盟|联合会|合作社|银行|图书馆|科技馆|博物馆|文化馆){_SEALED}"
)
_HALL = re.compile(
    "(?:功能|展|餐|大|客|舞|歌|前)厅$|(?:展销|博览|座谈|交流|运动|推进|发布|报告|动员|工作|大)会$|全社$|协办$|主办$|承办$"
)
_DEPARTMENT = re.compile(f"(?:部|处|科|室|办|院|系|会|组|委|社|站|队|股){_SEALED}")
_NOT_FIRST = re.compile(
    r"(?:动员|组织(?!部)|拟|兹|欢迎|依托|借助|针对|对照|督促|赴|前往|开放|走访|参观|上好|抓好|打造|创建|培育|推进|推广|推荐|推行|聚焦|抽查|曝光|发布|更新|整顿|排查|巡查|观摩|邀请|引导|鼓励|发动|推动|指导|督促|要求|通过|开展|举办|举行|召开|加强|围绕|根据|按照|结合|充分|积极|广泛|深入|"
    r"为|对|在|以|将|向|把|从|使|让|请|并|或|如|包括|选择|支持|促进|提高|提升|利用|深化|完善|参加|参与|走进|进入|重点|确保|每|"
    r"会同|联合(?!会|国|工会|办)|携手|联手|聘请|召集|大力|认真|切实|着力|由|与|同|及时|该|此|第(?![一二三四五六七八九十\d]{1,3}(?:分|中学|小学|人民|医院|车间|大队|支队|中队|工区|项目|实验|师范|幼儿园|附属|党支部|工程|采油|作业))|共(?!青团)|设(?!备|计|施)|具体|全面|进一步|贯彻|落实|宣传(?!部|处|科|中心|办|股|司|文化)|建立|健全|制定|做好|发挥|面向|联系|协调)"
)
_NOT_IN = re.compile(
    r"的|[进走](?=[校社企农乡机军家村基工车课])|\(\d|[《》【】“”。；！？：]|活动|情况|发动|动员|广泛|引导|鼓励|开展|举办|召开|积极|负责|牵头|主办|承办|协办|配合|协助|要[^闻]|^\d|\d[月日号]|(?:大|座谈|交流|推进|发布|培训|报告|现场|研讨|博览|分享|动员|评审|说明|恳谈|招聘|运动|观摩|宣讲|展览|展销|见面|签约|总结|表彰|启动|部署|经验|对接|洽谈|听证|年|演唱|故事|展示)会$|工作(?!委|领导|组|联席|办|部|局|站|处|协)"
)
_ET_AL = re.compile(r"(?:等(?:[一二三四五六七八九十\d]+(?:个|家)?)?(?:相关|有关)?(?:部门|单位|媒体|企业|机构)?)$")
_AND = re.compile("和|及|以及|与|或者?")
_RANKED = re.compile("^(?:[省市县区州厅局校院镇乡街]|各|本|集团|公司)")
_GENERIC = re.compile(r"^(?:各?(?:有关|相关)?(?:部门|单位|企业|机构|地区?))$")
_LONGEST = 80
_NICKNAME = re.compile("“[^“”]{1,8}”")  # 市“两建”办
_PLACE = re.compile(
    "(?:广场|公园|体育[场馆]|操场|会场|现场|剧场|剧院|商场|市场|展厅|大厅|会堂|礼堂|会议室|报告厅|会议厅|展馆|展区|园区|街区|校园|社区活动室|步行街|夜市|车站|"
    "门口|路口|广场舞台|直播间|展览会|博览会|公众号|客户端|微信|微博|平台|网页|专栏|栏目|显示屏|展板|宣传栏)$"
)
"""Places, media and things: they are no units, whatever their last character."""
_NOBODY = re.compile(
    "(?!各|[省市县区]属|驻)[^，。；：“”、]{2,8}企业$|(?:[区市县镇省州园]区?内|辖区内?|驻区)?各?(?:广大|全体|相关|有关|各类|重点|规模以上|规上|中小|小微|社会|新闻)*"
    "(?:企业|群众|公众|媒体|机构|组织|社会组织|市民|居民|学生|职工|员工|消费者|行业|社会|家庭|单位组织)$"
)
"""People and kinds: named alone they are nobody that could be asked."""
_COMMON_END = re.compile(
    r"(?:局|委|办|厅|部|院|会|府|处|站|中心|集团|公司|社|台|报|区|县|镇|街|街道|学院|大学|联合会|协会|办公室|工商联|妇联|各地|各市|科|室|厂|车间|系|馆|所|校)$"
)


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A unit of the register: its key, full name and the short names it goes by."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitFound:
    """A unit named in the source. role: lead, assist or other; cue: the word that gave it; key: of the known unit."""

    name: str
    span: Span
    role: str = "other"
    cue: str = ""
    key: str = ""
    confidence: float = 1.0
    doubt: str = ""


class Register:
    """The units known already, found again by full name or alias, white space, width and capitals apart."""

    def __init__(self, known: Iterable[KnownUnit] = ()) -> None:
        self._keys: dict[str, str] = {}
        for unit in known:
            for name in (unit.name, *unit.aliases):
                self._keys.setdefault(bare(name), unit.key)

    def __bool__(self) -> bool:
        return bool(self._keys)

    def key(self, name: str) -> str:
        """Return the key of the unit with this name or alias, "" when it is not known."""
        return self._keys.get(bare(name), "")


def is_body_name(text: str) -> bool:
    """Return whether a line is the name of an issuing body and nothing else."""
    line = re.sub(r"\s", "", text)
    return (
        3 < len(line) <= 40
        and _BODY_END.search(line) is not None
        and not re.search(r"[，。；：、《》]|关于", line)
        and not re.search(r"\d(?!(?:医院|中|小))", line)
        and not _HALL.search(line)
    )


def is_signer(text: str) -> bool:
    """Return whether a line under a text is who signs it: a body, or a department by its short name (科研部)."""
    line = re.sub(r"\s", "", text)
    short = 2 < len(line) <= 10 and re.fullmatch(r"[\u4e00-\u9fff()]+", line) and _DEPARTMENT.search(line)
    return is_body_name(text) or bool(short and not _NOT_FIRST.match(line) and not _HALL.search(line))


def is_unit(text: str, register: Register | None = None) -> bool:
    """Return whether text has the form of a unit's name or is known as one."""
    if register and register.key(text):
        return True
    least = 4 if "“" in text else 2
    text = _NICKNAME.sub("", text)
    if not least <= len(text) <= 30 or _NOT_FIRST.match(text) or _NOT_IN.search(text):
        return False
    if _PLACE.search(text) or _NOBODY.fullmatch(text) or re.search("[下返家城故回入]乡$", text):
        return False
    return _END.search(text) is not None


def may_name(text: str) -> bool:
    """Return whether nothing in a text speaks against its being a unit's name, whatever its form."""
    return not _NOT_FIRST.match(text) and not _NOT_IN.search(text) and not _PLACE.search(text)


def split_list(flow: Flow, *, blanks: bool = False, gaps: bool = False) -> list[tuple[int, int]]:
    """Return where the units of a list stand: cut at 、，； outside brackets and at 和 between two whole names.

    blanks: also at white space of the source (cells that list one unit below the other); gaps: at that within a line.
    """
    found: list[tuple[int, int]] = []
    for start, end in _levels_joined(flow, "、，；\n/" if blanks else "、，；\n"):
        cuts = _blank_cuts(flow, start, end) if blanks or gaps else []
        cuts = [cut for cut in cuts if blanks or "\n" not in flow.source[flow.at[cut - 1] : flow.at[cut]]]
        for left, right in zip([start, *cuts], [*cuts, end], strict=True):
            found.extend(_halves(flow.text, left, right))
    return found


_LEVELS = re.compile("各(?:[省市州县区盟旗]|、)*[省市州县区盟旗]$")


def _levels_joined(flow: Flow, signs: str) -> list[tuple[int, int]]:
    """The pieces of a list; 各市、县人民政府 is one."""
    found: list[tuple[int, int]] = []
    for start, end in flow.pieces(signs):
        last = found[-1] if found else (0, 0)
        shared = _LEVELS.fullmatch(flow.text[last[0] : last[1]]) and re.match("[市州县区盟旗].", flow.text[start:end])
        if shared and flow.text[last[1]] == "、":
            found[-1] = (last[0], end)
        else:
            found.append((start, end))
    return found


def _blank_cuts(flow: Flow, start: int, end: int) -> list[int]:
    """Where white space of the source parts two names that are each long enough."""
    cuts = [i for i in range(start + 1, end) if flow.at[i] > flow.at[i - 1] + 1]
    return [i for i in cuts if is_unit(flow.text[start:i]) and end - i > 1]


def _halves(text: str, start: int, end: int) -> list[tuple[int, int]]:
    end -= len(text[start:end]) - len(_ET_AL.sub("", text[start:end]))
    for joint in _AND.finditer(text, start, end if end - start <= _LONGEST else start):
        left, right = text[start : joint.start()], text[joint.end() : end]
        if joint[0] == "与" and left[-1:] != right[-1:] and not _RANKED.match(right):
            continue  # 实验室与设备管理处 is one
        if _COMMON_END.search(left) and not _GENERIC.match(left) and _END.search(right) and len(right) > 1:
            return [(start, joint.start()), *_halves(text, joint.end(), end)]
    return [(start, end)] if end > start else []


def named(
    flow: Flow,
    role: str,
    cue: str,
    register: Register,
    *,
    blanks: bool = False,
    gaps: bool = False,
    confidence: float = 1.0,
) -> list[UnitFound]:
    """Return the units of a list with their role; those whose form is not that of a unit are less sure."""
    found = []
    for start, end in split_list(flow, blanks=blanks, gaps=gaps):
        name = flow.value(start, end)
        text = flow.text[start:end]
        if len(text) > 40 or not re.search(r"[\u4e00-\u9fff]", text):
            continue
        sure = confidence if is_unit(text, register) else min(confidence, 0.6)
        found.append(UnitFound(name, flow.span(start, end), role, cue, register.key(text), sure))
    return found


def all_units(texts: Sequence[str], register: Register) -> bool:
    """Return whether every text of a list that is not empty names a unit."""
    return bool(texts) and all(is_unit(text, register) for text in texts)


def are_units(flow: Flow, register: Register) -> bool:
    """Return whether a stretch of text is a list of names of units and nothing else."""
    return all_units([flow.text[start:end] for start, end in split_list(flow)], register)
