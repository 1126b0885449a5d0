"""Days, numbers, names and addresses in the words of a unit: what a field of a form takes from a line of text."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import documents
from activities.behalf.field_labels import STAGES

_NUMBER = r"(\d[\d,，]*(?:\.\d+)?)"
_MANY = re.compile(rf"{_NUMBER}\s*(万)?\s*余?(?:多)?(?:人次|人|名)")
_MONEY = re.compile(rf"{_NUMBER}\s*(万|千)?\s*余?元")
_CENT = re.compile(r"(\d{1,3})\s*[%％]")
_PHONE = re.compile(
    r"(?<!\d)(?:1\d{2}[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[- ]?\d{7,8}(?:(?:-|转|分机)\d{1,6})?|\d{7,8})(?!\d)"
)
_LINK = re.compile(r"https?://[^\s，。；）)》】]+")
_PERSON = re.compile(r"^[\u4e00-\u9fff·]{2,8}(?=$|[\s，,（(、；;：:]|\d|电话|手机)")
_SMALL = re.compile(r"[\s，,。；;、：:（）()约共计总预计大概左右不超过达万千元人名次余多%％为是]+")
_SOURCE = re.compile(r"(?:列支|解决|承担|来源|拨付|自筹|支出|安排|统筹|赞助)")


@dataclass(frozen=True)
class Read:
    """What was read: values by field, and the words that say more."""

    values: dict[str, Any] = field(default_factory=dict)
    left: str = ""


def days(text: str, year: int) -> list[tuple[date, date, str]]:
    """The days and ranges of a text, each with its words. Days that do not exist are left out."""
    found = documents.reading.find_dates(
        documents.reading.flow(text, documents.reading.lines_of(text)), documents.reading.Calendar(year)
    )
    return [(each.start, each.end or each.start, each.text) for each in found if each.start]


def without(text: str, *said: str) -> str:
    """What is left of a text without what was read from it and the small words around; empty: nothing."""
    for each in said:
        text = text.replace(each, " ", 1)
    text = re.sub(r"[（(](?:星期|周)[一二三四五六日天][)）]|活动?时间|日期", "", text)
    return text.strip() if _SMALL.sub("", text) else ""


def when(text: str, year: int) -> Read:
    """First and last day."""
    found = days(text, year)
    if not found:
        return Read({}, text)
    values = {"starts_on": min(each[0] for each in found), "ends_on": max(each[1] for each in found)}
    return Read(values, without(text, *(each[2] for each in found)))


def when_and_where(text: str, year: int) -> Read:
    """Day and place in one sentence: the place is behind its label, or the clause behind the day."""
    read = when(text, year)
    place = re.search(r"地\s*点\s*[：:为]\s*([^。；;\n]+)", text)
    words = place[1] if place else re.sub(r"^[，,、在于\s]+", "", read.left)
    words = re.sub(r"[。；;\s]+$", "", words)
    if not words or "\n" in words or len(words) > 60:
        return read
    return Read({**read.values, "place": words}, without(read.left, words, "地点"))


def day(text: str, year: int) -> Read:
    """One day."""
    found = days(text, year)
    return Read({"on": found[0][0]}, without(text, found[0][2])) if found else Read({}, text)


def done_by(text: str, year: int) -> Read:
    """The day by which all of it is there."""
    read = day(text, year)
    return Read({"done_by": read.values["on"]}, read.left) if read.values else read


def number(text: str, _year: int) -> Read:
    """How many people."""
    found = _MANY.search(text) or re.fullmatch(rf"\s*{_NUMBER}()\s*", text)
    if found is None:
        return Read({}, text)
    value = Decimal(re.sub("[,，]", "", found[1])) * (10_000 if found[2] else 1)
    return Read({"expected_participants": int(value)}, without(text, found[0]))


def money(text: str, _year: int) -> Read:
    """How much, in yuan; and where it comes from, if a clause says so."""
    found = _MONEY.search(text) or re.fullmatch(rf"\s*{_NUMBER}()\s*", text)
    clauses = [clause.strip() for clause in re.split(r"[，,。；;\n]", text) if clause.strip()]
    source = [clause for clause in clauses if _SOURCE.search(clause) and not (found and found[0] in clause)]
    values: dict[str, Any] = {"budget_source": "，".join(source)} if source else {}
    if found is None:
        return Read(values, without(text, *source))
    scale = {"万": 10_000, "千": 1000}.get(found[2] or "", 1)
    values["budget"] = Decimal(re.sub("[,，]", "", found[1])) * scale
    return Read(values, without(text, found[0], *source))


def person(text: str, _year: int) -> Read:
    """Who is in charge, and their telephone if it stands there."""
    name, phone = _PERSON.search(text.strip()), _PHONE.search(text)
    values = {"person_in_charge": name[0]} if name else {}
    values |= {"person_phone": phone[0]} if phone else {}
    said = [match[0] for match in (name, phone) if match]
    return Read(values, without(text, *said, "电话", "手机", "联系"))


def phone(text: str, _year: int) -> Read:
    """A telephone number."""
    found = _PHONE.search(text)
    return Read({"person_phone": found[0]}, without(text, found[0])) if found else Read({}, text)


def percent(text: str, _year: int) -> Read:
    """A share from 0 to 100."""
    found = _CENT.search(text)
    if found is None or int(found[1]) > 100:
        return Read({}, text)
    return Read({"percent": int(found[1])}, without(text, found[0]))


def stage(text: str, _year: int) -> Read:
    """How it stands, in the words of the form."""
    for words, value in STAGES.items():
        if words in text and f"未{words}" not in text:
            return Read({"stage": value}, "" if len(text) <= len(words) + 4 else text)
    return Read({}, text)


def link(text: str, _year: int) -> Read:
    """The first web address."""
    found = _LINK.search(text)
    return Read({"link": found[0]}, without(text, found[0])) if found else Read({}, text)


READERS: dict[str, Callable[[str, int], Read]] = {
    "starts_on": when,
    "when_where": when_and_where,
    "on": day,
    "done_by": done_by,
    "expected_participants": number,
    "budget": money,
    "person_in_charge": person,
    "person_phone": phone,
    "percent": percent,
    "stage": stage,
    "link": link,
}
