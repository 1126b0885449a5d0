"""Read an official notice: text in, NoticeDraft out. No models, no network, cost linear in the length."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from documents.numerals import DIGITS
from documents.reading.phrases.dates import Calendar, DateFound
from documents.reading.phrases.spans import Text
from documents.reading.phrases.units import KnownUnit, Register
from documents.reading.structure.dissection import TELL, Paper, doc_type_of, name_chapters, take_apart
from documents.text import clean

from . import addressees, completeness, head, imprint, issuing, portal
from .activities import Context
from .campaign import Campaign, read_campaign
from .draft import NoticeDraft
from .found_anywhere import fill_in
from .programme import Programme, read_programme
from .told_head import told_head

# a notice of 200 pages has some 120,000 signs
MAX_CHARS = 300_000
_YEAR = re.compile(r"(?<![\d—-])(20\d\d|19\d\d)(?=(?:年度?|〕|-)(?![—至到-]\d{4}))(?!-\d{4}年)")
"""A year that is no end of a range: “规划（2011—2015年）” says nothing of when the paper is from."""
_DASHES = dict.fromkeys(map(ord, "–－~～〜―─−至到"), "—")
# marks without a shape that clean() leaves, for they join what they stand between
_JOINERS = re.compile("[\u200c\u200d\ufe00-\ufe0f]")
_ALIAS = re.compile(
    r"(?P<full>[\u4e00-\u9fff“”]{2,40})[（(](?:以下|下)?简称[：:]?[“\"]?(?P<short>[^”\"）)，]{2,20})[”\"]?[）)]"
)


def monday_to_friday(day: date) -> bool:
    """Return whether a day is one of the five of an ordinary working week (holidays not known)."""
    return day.weekday() < 5


def read(
    text: str,
    *,
    known_units: Sequence[KnownUnit] = (),
    is_working_day: Callable[[date], bool] = monday_to_friday,
    fields: Sequence[tuple[str, str]] = (),
) -> NoticeDraft:
    """Propose a campaign from the text of a notice.

    text: the notice as pasted or as sources.text_of() gives it.
    known_units: units of the register, found again by name and alias.
    is_working_day: the working-day calendar by which terms such as 3个工作日内 are counted.
    fields: what the file says of its own head (sources.Source.fields), taken before what is guessed.
    Returns a draft for any text; what is doubtful or was left out is said in it.
    """
    source = _JOINERS.sub("", clean(text[:MAX_CHARS])).replace("\u00a0", " ")
    paper = take_apart(source)
    told = told_head(source, fields)
    title = told.title or head.find_title(source, paper.parts)
    number, cited = head.find_number(source, paper.parts, paper.lines)
    issued = told.issued or issuing.find_issue_date(source, paper.parts)
    metadata = portal.find_metadata(source, paper.lines)
    named = title or _of_plan(paper)
    year = _year(named, number, issued, metadata, source)
    doc_type = doc_type_of(paper, title)
    name_chapters(paper, doc_type)
    context = Context(_calendar(year, issued, doc_type), Register(known_units))
    programme = read_programme(paper, doc_type, title, context)
    campaign = read_campaign(paper, doc_type, programme, context)
    header = issuing.find_header(source, paper.parts, title)
    draft = _draft(source, doc_type, year, campaign, programme)
    addressed = addressees.find_addressees(source, paper.parts, title)
    draft = replace(
        draft,
        title=named,
        header=header,
        number=told.number or number,
        cited_numbers=cited,
        issued=issued,
        metadata=metadata,
        issuers=told.issuers or issuing.find_issuers(source, paper.parts, title, header),
        addressees=told.addressees or (addressed[1] if addressed else ()),
        aliases=tuple((match["short"], match["full"]) for match in _ALIAS.finditer(source)),
        copy_to=tuple(imprint.copied(paper)),
        printed=imprint.printed(paper),
        publicity=imprint.publicity(paper),
    )
    draft = fill_in(paper, draft, programme, context, is_working_day)
    return completeness.complete(paper, draft, campaign, truncated=len(text) > MAX_CHARS)


def _of_plan(paper: Paper) -> Text | None:
    """The title of the plan that a notice without a title of its own issues, as a site prints it below its own head."""
    titles = [title for sheet in paper.main[1:] if (title := paper.title(sheet.part)) is not None]
    return replace(titles[0], confidence=0.6) if titles else None


def _year(
    title: Text | None, number: Text | None, issued: DateFound | None, metadata: dict[str, str], source: str
) -> int | None:
    """The year dates without one belong to: of the title, else of issue, of the number, of the portal's date."""
    places = [title.value if title else "", issued.text if issued else "", number.value if number else ""]
    if issued and issued.start:
        places[1] = f"{issued.start.year}年"
    places += [metadata.get("成文日期", ""), metadata.get("发布日期", "")]
    for place in places:
        match = _YEAR.search(_ascii(place))
        if match is not None:
            return int(match[1])
    years = [int(match[1]) for match in _YEAR.finditer(_ascii(source[:20_000]))]
    return max(set(years), key=years.count) if years else None


def _ascii(text: str) -> str:
    digits = {0xFF10 + i: str(i) for i in range(10)} | {ord(sign): str(value) for sign, value in DIGITS.items()}
    plain = re.sub(r"[ \t\u3000\u00a0]", "", text.translate({0xFF10 + i: str(i) for i in range(10)} | _DASHES))
    return re.sub("[一二三四五六七八九〇○零OＯ]{4}(?=年)", lambda found: found[0].translate(digits), plain)


def _calendar(year: int | None, issued: DateFound | None, doc_type: str) -> Calendar:
    """Months are counted from the date of issue, also when the title speaks of the year after or before it.

    A report on the year before tells of days of that year.
    """
    day = issued.start if issued else None
    if day is not None and year is not None and day.year == year + 1 and doc_type not in TELL:
        return Calendar(day.year, day)
    return Calendar(year, day if day is not None and year is not None and day.year in (year, year - 1) else None)


def _draft(source: str, doc_type: str, year: int | None, campaign: Campaign, programme: Programme) -> NoticeDraft:
    return NoticeDraft(
        source=source,
        doc_type=doc_type,
        year=year,
        preamble=tuple(campaign.preamble),
        theme=campaign.theme,
        spirit_slogan=campaign.spirit,
        logo_note=campaign.logo,
        period=tuple(campaign.period),
        ideology=campaign.ideology,
        goal=campaign.goal,
        sections=tuple(campaign.sections),
        slogans=tuple(campaign.slogans),
        milestones=tuple(campaign.milestones),
        annexes=tuple(campaign.annexes),
        targets=tuple(campaign.targets),
        activities=tuple(programme.activities),
        headers=tuple(programme.headers),
        tasks=tuple(programme.tasks),
        body_tasks=tuple(programme.body_tasks),
    )
