"""The annexes a text names against those printed, and the activities counted in text, data and annex.

Everything here is doubtful, never wrong by itself: an annex may be sent apart, and a text may speak of three activities
of eighteen. What blocks is only an annex that is to be printed and has nothing in it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from activities.asking.handing_out import WITH_ACTIVITIES
from activities.finding import Finding, in_short, mark, place
from activities.models import Activity
from campaigns.models import AnnexContent, Notice
from campaigns.models.notice import NoticeAnnex
from documents.counts import so_many, thousands
from documents.numbering import recognise
from documents.numerals import small
from documents.outline import Blocks, Document, Heading, Table, to_text
from documents.text import bare

MENTION = re.compile(r"附件\s*[：:]?\s*(\d{1,2}(?!\d)(?:\s*[、,，和及至到\-—~～]\s*\d{1,2}(?!\d))*)?")
SPAN = re.compile(r"(\d{1,2})\s*[至到\-—~～]\s*(\d{1,2})")
LIST = re.compile(r"^[\s　]*附\s*件\s*[：:]\s*(?P<first>.*)$", re.MULTILINE)
CALLED = re.compile(r"(?P<before>[^，。；、：\n]{2,40})[（(](?:详)?(?:见)?附件\s*(?P<number>\d{1,2})[）)]")
LEAST_NAME = 3
"""Characters by which a name is told from another: 登记表."""
SAID = re.compile(
    r"(?P<number>\d{1,3}|[一二三四五六七八九十百]{1,5})\s*(?:项|个|场)(?P<what>[^，。；、：！\d]{0,12}?)活动"
)
DEMANDED = re.compile("每|至少|不少于|不低于|不得少于|最多|不超过|其中|名|人次")
"""In front of a number they say that it is no count of all activities."""


def annex_findings(notice: Notice, document: Document) -> list[Finding]:
    """Everything about the annexes of a notice. Arguments: it; it as it will be printed."""
    rows = notice.numbered_annexes()
    own = [row for row in rows if row.number]
    return [
        *(empty for row in rows if (empty := nothing_in(row))),
        *attached(notice, own),
        *listed(notice, own),
        *called(notice, own),
        *not_printed(notice, rows, document),
        *counted(notice, rows, document),
    ]


# --- which annexes -------------------------------------------------------------------------------------------


def attached(notice: Notice, rows: Sequence[NoticeAnnex]) -> Iterator[Finding]:
    """Annexes named and not attached, attached and not named."""
    where, named, text = place("campaigns:annexes", notice.pk), mentioned(notice.body), bare(notice.body)
    for number in sorted(named - set(range(len(rows) + 1))):
        said_so = _("The text names annex %(number)d, which is not attached.") % {"number": number}
        yield Finding(f"annex-missing:{number}", said_so, False, where)
    if 0 in named and not rows:
        yield Finding("annex-missing", _("The text names an annex, but none is attached."), False, where)
    for number, row in enumerate(rows, 1):
        values = {"number": number, "title": row.title}
        if number not in named and not (len(rows) == 1 and named) and bare(row.title) not in text:
            said_so = _("Annex %(number)d (%(title)s) is attached, but the text does not name it.") % values
            yield Finding(f"annex-unnamed:{row.pk}", said_so, False, where)


def nothing_in(row: NoticeAnnex) -> Finding | None:
    """An annex that is to be printed and has nothing in it; None where something is."""
    said_so = _("%(label)s (%(title)s) is empty.") % {"label": row.label, "title": row.title}
    where = place("campaigns:annexes", row.notice_id)
    return Finding(f"annex-empty:{row.pk}", said_so, True, where) if is_empty(row) else None


def is_empty(row: NoticeAnnex) -> bool:
    """Whether an annex that is to be printed has nothing in it."""
    empty = {
        AnnexContent.FILE: not row.file,
        AnnexContent.TEXT: not row.text.strip(),
        AnnexContent.HANDED_IN: not row.blocks,
    }
    return empty.get(AnnexContent(row.content), False)


def mentioned(text: str) -> set[int]:
    """The numbers of the annexes a text names; 0 stands for “the annex” without a number."""
    found: set[int] = set()
    for match in MENTION.finditer(text):
        numbers = match[1] or "0"
        found |= {int(number) for number in re.findall(r"\d+", numbers)}
        for first, last in SPAN.findall(numbers):
            found |= set(range(int(first), int(last) + 1))
    return found


def listed(notice: Notice, rows: Sequence[NoticeAnnex]) -> Iterator[Finding]:
    """A list of annexes that stands in the text itself: in number, names and order it is the one printed below it."""
    names = list_in(notice.body)
    where = place("campaigns:annexes", notice.pk)
    if names and len(names) != len(rows):
        values = {"named": thousands(len(names)), "printed": thousands(len(rows))}
        said_so = _("Annexes by the list in the text: %(named)s; belonging to the notice: %(printed)s.") % values
        yield Finding(f"annex-list:{mark(*names)}:{len(rows)}", said_so, False, where)
    for number, (name, row) in enumerate(zip(names, rows, strict=False), 1):
        if bare(name) != bare(row.title):
            named = {"number": number, "named": name, "title": row.title}
            said_so = _("Annex %(number)d is “%(named)s” in the list of the text, “%(title)s” where it is printed.")
            yield Finding(f"annex-name:{row.pk}:{mark(name, row.title)}", said_so % named, False, where)


def list_in(text: str) -> list[str]:
    """The names of a list of annexes within a text: 附件：1.… and the numbered lines below it."""
    found = list(LIST.finditer(text))
    if not found:
        return []
    lines = [found[-1]["first"], *text[found[-1].end() :].strip("\n").split("\n")]
    names: list[str] = []
    for line in filter(None, (each.strip(" \t　") for each in lines)):
        numbered = recognise(line)
        if not numbered and (names or line != found[-1]["first"].strip()):
            break
        names.append((numbered.text if numbered else line).rstrip("。；;"))
    return names


def called(notice: Notice, rows: Sequence[NoticeAnnex]) -> Iterator[Finding]:
    """Numbers by which the text names other annexes than those printed: 统计表（附件2）, and annex 2 is the form."""
    titles = [bare(row.title) for row in rows]
    for match in CALLED.finditer(notice.body):
        number, words = int(match["number"]), bare(match["before"].strip("《》“”"))
        shared = [in_common(words, title) for title in titles]
        best = max(shared, default=0)
        if 0 < number <= len(rows) and best >= LEAST_NAME and best > shared[number - 1]:
            meant = shared.index(best)
            values = {"number": number, "title": rows[number - 1].title, "meant": meant + 1, "words": rows[meant].title}
            said_so = _("The text calls annex %(number)d what is annex %(meant)d (%(words)s); %(number)d is %(title)s.")
            yield Finding(
                f"annex-called:{number}:{mark(words)}", said_so % values, False, place("campaigns:annexes", notice.pk)
            )


def in_common(words: str, title: str) -> int:
    """How many of the last characters of some words stand in a title."""
    return next((length for length in range(min(len(words), len(title)), 0, -1) if words[-length:] in title), 0)


def not_printed(notice: Notice, rows: Sequence[NoticeAnnex], document: Document) -> Iterator[Finding]:
    """Annexes of which the paper has the name only."""
    names = [
        f"{row.number}.{row.title}" if row.number else row.title
        for row, annex in zip(rows, document.annexes, strict=True)
        if not annex.body and not is_empty(row)
    ]
    if names:
        said_so = so_many(
            "Of %(n)s annex only the name is printed, it is sent separately: %(titles)s.",
            "Of %(n)s annexes only the names are printed, they are sent separately: %(titles)s.",
            len(names),
            titles=in_short(names),
        )
        yield Finding(f"annex-apart:{mark(*names)}", said_so, False, place("campaigns:annexes", notice.pk))


# --- how many activities -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Listed:
    """A printed list of activities: how many entries, those the data lacks, and what it lacks of the data."""

    entries: int
    only_there: tuple[str, ...]
    only_here: tuple[str, ...]


def counted(notice: Notice, rows: Sequence[NoticeAnnex], document: Document) -> Iterator[Finding]:
    """The number of activities in text, data and annexes."""
    if notice.kind not in WITH_ACTIVITIES:
        return
    titles = list(Activity.objects.filter(campaign=notice.campaign_id).values_list("title", flat=True))
    numbers = said_numbers(notice.body)
    if numbers and len(titles) not in numbers:
        values = {"said": "、".join(map(str, numbers)), "known": thousands(len(titles))}
        said_so = _("The text speaks of %(said)s activities; the system has %(known)s.") % values
        where = place("activities:activities", notice.campaign_id)
        yield Finding(f"count-text:{values['said']}:{len(titles)}", said_so, False, where)
    for row, annex in zip(rows, document.annexes, strict=True):
        if row.content == AnnexContent.ACTIVITIES or not (found := list_of(annex.body, titles)):
            continue
        if found.entries != len(titles) or found.only_there or found.only_here:
            yield difference(notice, row, found, len(titles))


def difference(notice: Notice, row: NoticeAnnex, found: Listed, known: int) -> Finding:
    """What an annex lists and the data does not, and the other way round."""
    values = {"label": row.label, "entries": thousands(found.entries), "known": thousands(known)}
    parts = [_("%(label)s lists %(entries)s activities; the system has %(known)s.") % values]
    if found.only_there:
        parts.append(_("Only in the annex: %(titles)s.") % {"titles": in_short(list(found.only_there))})
    if found.only_here:
        parts.append(_("Only in the system: %(titles)s.") % {"titles": in_short(list(found.only_here))})
    code = f"count-annex:{row.number}:{mark(*found.only_there)}:{mark(*found.only_here)}"
    return Finding(code, " ".join(parts), False, place("activities:activities", notice.campaign_id))


def said_numbers(text: str) -> list[int]:
    """How many activities a text says there are, each number once; what is asked of each unit is no such number."""
    found: dict[int, None] = {}
    for match in SAID.finditer(text):
        clause = re.split("[，。；：！\n]", text[: match.start()])[-1]
        value = small(match["number"])
        if value and value > 1 and not DEMANDED.search(clause + match["what"]):
            found[value] = None
    return list(found)


def list_of(body: Blocks, titles: Sequence[str]) -> Listed | None:
    """An annex as a list of activities: None when it holds fewer than half of those the system has."""
    keys = {bare(title): title for title in titles}
    entries = max((entries_in(block, keys) for block in tables(body)), key=lambda each: matches(each, keys), default=[])
    if matches(entries, keys) * 2 < len(keys) or not keys:
        entries = numbered_entries(body, keys)
    if matches(entries, keys) * 2 < len(keys) or not keys:
        return None
    there = [bare(entry) for entry in entries]
    only_there = tuple(
        entry for entry, text in zip(entries, there, strict=True) if not any(key in text for key in keys)
    )
    everything = bare(to_text(body))
    return Listed(len(entries), only_there, tuple(title for key, title in keys.items() if key not in everything))


def tables(body: Blocks) -> list[Table]:
    return [block for block in body if isinstance(block, Table)]


def entries_in(table: Table, keys: dict[str, str]) -> list[str]:
    """The cells of the column in which the activities stand."""
    columns = [[row[column] for row in table.rows if column < len(row)] for column in range(table.columns)]
    best = max(columns, key=lambda cells: matches(cells, keys), default=[])
    return [cell for cell in best if cell.strip()]


def numbered_entries(body: Blocks, keys: dict[str, str]) -> list[str]:
    """The numbered lines of the level on which the activities stand."""
    lines = [block for block in body if isinstance(block, Heading)]
    levels = {line.level for line in lines}
    on = {level: [line.lead.rstrip("。：") for line in lines if line.level == level] for level in levels}
    return max(on.values(), key=lambda each: matches(each, keys), default=[])


def matches(entries: Sequence[str], keys: dict[str, str]) -> int:
    """How many of the activities stand in some entries."""
    whole = "\n".join(bare(entry) for entry in entries)
    return sum(1 for key in keys if key in whole)
