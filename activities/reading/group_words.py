"""Words that mean many units: 各区人民政府, 各镇街, 市各有关部门, 各成员单位, 各企业.

They mean a group of the office that is called so, else the units of that kind and level which the office addresses,
else (各单位) everybody to whom the notice goes. What none of these explains is a question for a person.
"""

import re
import unicodedata
from dataclasses import dataclass

from accounts.models import Unit, UnitGroup, UnitKind
from accounts.models.units import UnitLevel
from accounts.naming import names_of

LEVELS = {
    "国": UnitLevel.NATIONAL,
    "省": UnitLevel.PROVINCE,
    "市": UnitLevel.CITY,
    "区": UnitLevel.DISTRICT,
    "县": UnitLevel.DISTRICT,
}
MANY = re.compile(
    r"^(?P<whose>(?:.{0,20}?(?:国|省|市|区|县|直|级|内|属|小组|委员会|联席会议|政府|办|厅))?)"
    r"(?:(?:各|全体|所有)(?:有关|相关)?|(?:有关|相关)(?=.*(?:单位|部门|企业|机构|协会|区|县|镇|街|乡|媒体)))(?P<who>.+)$"
)
BARE = re.compile(r"^(?:成员单位|街道办事处|乡镇|镇街|区县|县区|部门|企业|行业协会|协会|学会|媒体|新闻媒体|直属机构)$")
"""What stands for many without 各 too, because the word before it had one: 各有关行业协会、企业."""
SEAT = r"(?:人民政府|政府|管委会|办事处|党工委|工委|质量强[区县镇]办)?"
EVERYBODY = re.compile(
    r"^(?:.*(?:成员|责任|参与|参加|参展|承办|协办|主办|协作)?单位|地|方面|地区?各?(?:单位|部门)|部门各单位|部门和单位)$"
)
DISTRICTS = re.compile(rf"^(?:功能区|新区|开发区|园区|管委会|自治县|县级市|区|县|市|州|旗)+{SEAT}$")
TOWNS = re.compile(rf"^(?:乡镇|镇街|街镇|街道|镇|乡|街|苏木|园区)+{SEAT}$")
DEPARTMENTS = re.compile(
    r"^(?:组成|职能|责任|成员|参与)?(?:部门|直属机构|直属单位|机关|委办局|委办厅局|厅局|局|部委办局|部门单位|部门和单位)$"
)
KINDS = (
    (re.compile(r"(?:企业|公司|厂家|厂)$"), UnitKind.ENTERPRISE),
    (re.compile(r"(?:协会|学会|商会|促进会|联合会|社会团体|社会组织)$"), UnitKind.ASSOCIATION),
    (re.compile(r"(?:媒体|新闻单位|报社|电视台)$"), UnitKind.MEDIA),
)
OFFICIAL = {UnitKind.DISTRICT, UnitKind.GOVERNMENT}


@dataclass(frozen=True)
class Meant:
    """What a word for many means: a group, some units, everybody who is addressed; or nothing that is known."""

    units: tuple[Unit, ...] = ()
    group: UnitGroup | None = None
    is_everybody: bool = False

    @property
    def is_question(self) -> bool:
        """Whether a person has to say who is meant."""
        return not (self.units or self.group or self.is_everybody)


def is_many(name: str) -> bool:
    """Whether a name is a word for many units, whoever they are."""
    return bool(MANY.match(plain(name)) or BARE.match(plain(name)))


def plain(name: str) -> str:
    """A word for many as it is compared: without white space, brackets and the marks between its parts."""
    return re.sub(r"[\s()、,·]", "", unicodedata.normalize("NFKC", name))


def core(name: str) -> str:
    """What is left of a word, or of the name of a group, without whose they are and without 各."""
    found = MANY.match(plain(name))
    return found["who"] if found else plain(name)


class GroupWords:
    """The groups of an office and the units it addresses: what words for many mean to it."""

    def __init__(self, host: Unit | None, groups: list[UnitGroup], known: list[Unit]) -> None:
        self.groups = groups
        grouped = {unit.pk for group in self.groups for unit in group.units.all()}
        self.host = host
        self.near = [
            unit for unit in known if host and unit.pk != host.pk and (unit.pk in grouped or is_near(unit, host))
        ]

    def meaning(self, name: str) -> Meant | None:
        """What a name means if it means many; None when it is the name of one unit."""
        if group := self.group(name):
            return Meant(group=group)
        if not is_many(name):
            return None
        found = MANY.match(plain(name))
        whose, who = (found["whose"], found["who"]) if found else ("", plain(name))
        if EVERYBODY.match(who) and not whose.endswith(("直", "属", "级")):
            return Meant(is_everybody=True)
        return Meant(tuple(unit for unit in self.near if self.is_meant(unit, whose, who)))

    def group(self, name: str) -> UnitGroup | None:
        """The office's group of this name: exactly, or without 市, 各 and 有关."""
        exact = [group for group in self.groups if plain(group.name) == plain(name)]
        alike = [group for group in self.groups if is_many(name) and core(group.name) == core(name)]
        return next(iter([*exact, *alike]), None)

    def is_meant(self, unit: Unit, whose: str, who: str) -> bool:
        """Whether a unit is of the kind and level of the words."""
        kind, here = kind_of(unit), self.level
        if DEPARTMENTS.match(who) or (EVERYBODY.match(who) and whose):
            return kind == UnitKind.DEPARTMENT and unit.level == level_of(whose, here)
        if TOWNS.match(who):
            return kind == UnitKind.TOWN
        if DISTRICTS.match(who):
            return is_district(unit, kind, who, here)
        for form, wanted in KINDS:
            if form.search(who):
                return kind == wanted
        return is_of_districts(unit, kind, who)

    @property
    def level(self) -> str:
        """The level on which the office works."""
        return str(self.host.level) if self.host else str(UnitLevel.CITY)


def is_near(unit: Unit, host: Unit) -> bool:
    """Whether an office may mean a unit without naming it: it looks after it, or both belong to one government."""
    return unit.kept_by_id == host.pk or (host.parent_id is not None and unit.parent_id == host.parent_id)


def kind_of(unit: Unit) -> str:
    """The kind of a unit; one that was never said is seen by its name."""
    from_name = kind_by_name(unit.name)
    return from_name if unit.kind == UnitKind.DEPARTMENT and from_name else str(unit.kind)


FORMS = (
    (re.compile(r"(镇|街道|街道办事处|乡)$"), UnitKind.TOWN),
    (re.compile(r"(区|县|管委会|新区)$"), UnitKind.DISTRICT),
    (re.compile(r"(报|台|报社|电视台|集团|网)$"), UnitKind.MEDIA),
    (re.compile(r"(协会|学会|商会|联合会|促进会)$"), UnitKind.ASSOCIATION),
    (re.compile(r"(公司|厂)$"), UnitKind.ENTERPRISE),
)
"""The kind of a unit by the form of its name."""


def kind_by_name(name: str) -> str:
    """What kind of unit has a name of this form; empty where the form does not say."""
    return next((str(kind) for form, kind in FORMS if form.search(name)), "")


def level_of(whose: str, here: str) -> str:
    """The level of departments by the word before 各: 市直, 区各."""
    return next((str(LEVELS[char]) for char in reversed(whose) if char in LEVELS), here)


def is_district(unit: Unit, kind: str, who: str, here: str) -> bool:
    """Whether a unit is one of the governments below: of a province its cities, of a city its districts."""
    if here == UnitLevel.PROVINCE:
        cities, counties = "市" in who or "州" in who, re.search("区|县|旗", who)
        return kind in OFFICIAL and (
            (unit.level == UnitLevel.CITY and cities) or (unit.level == UnitLevel.DISTRICT and bool(counties))
        )
    return kind == UnitKind.DISTRICT or (kind == UnitKind.GOVERNMENT and unit.level == UnitLevel.DISTRICT)


def is_of_districts(unit: Unit, kind: str, who: str) -> bool:
    """Whether a unit is that office of a district: 各县（市、区）市场监管局."""
    found = re.match(r"^(?:区|县|市|州|旗)+(.{2,})$", who)
    if found is None or unit.level != UnitLevel.DISTRICT:
        return False
    return any(plain(name).endswith(found[1]) for name in names_of(unit))
