"""Split what a unit sent as a Word file or a mail into the fields of the form. Pure: text in, values out.

A line opens a field when it is a heading or begins with a label of that field (labels.py); what follows belongs to
it until the next one, or until a heading of the same level that is no field's. A day, a number or a name is read from
its words, and where the words say more than that, they are also left over. Nothing is lost: every line is in a value
or in the rest.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

import documents
from activities.behalf.field_labels import LABELS, LEAD, WHOLE
from activities.behalf.field_values import READERS, Read
from documents.numbering import recognise
from documents.text import clean

Labels = dict[str, tuple[str, ...]]
"""What fields are called, by the name of the field."""
HEADING = 30
"""The longest line, in characters, that is taken for a heading."""
_SPACE = "[ \u3000]*"
_COLON = f"{_SPACE}[：:]"
_ENDS = "。；！？，,;"
_WRAP = re.compile(r"^[【\[〔<《*#]+\s*(.{2,14}?)\s*[】\]〕>》*]+\s*[：:]?\s*")


@dataclass(frozen=True)
class Split:
    """Values by field, ready for a form, and what belongs to none of them."""

    values: dict[str, Any] = field(default_factory=dict)
    rest: str = ""


@dataclass
class Section:
    """A stretch of the text that belongs to one field (empty: to none), and the level of its heading."""

    name: str
    level: int
    label: str = ""
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()


def split(
    text: str, kind: str, year: int, fields: Collection[str] | None = None, labels: Labels | None = None
) -> Split:
    """Split a text into the fields of a kind of filing.

    Arguments: the text; the kind (a value of ``Kind``); the year of days written without one; the fields there are
    (None: all the kind knows); what they are called (None: as units call those of the kind).
    Returns: values and rest; kinds without labels leave everything in the rest.
    """
    sections = [section for section in cut(text, kind, labels) if section.lines]
    values: dict[str, Any] = {}
    rest: list[str] = []
    for section in sections:
        read = read_section(section, year)
        if fields is not None:
            read = Read({name: value for name, value in read.values.items() if name in fields}, read.left)
        if not read.values and section.name:
            rest.append(as_it_came(section))
            continue
        rest += [read.left] if read.left else []
        for name, value in read.values.items():
            if name not in values:
                values[name] = value
            elif isinstance(value, str) and isinstance(values[name], str):
                values[name] = f"{values[name]}\n{value}"
            elif value != values[name]:
                rest.append(as_it_came(section))
    return Split(values, "\n".join(rest).strip())


def read_section(section: Section, year: int) -> Read:
    """The values of one section; text that belongs to no field is left over."""
    if not section.name:
        return Read({}, section.text)
    reader = READERS.get(section.name)
    if reader is None:
        return Read({section.name: section.text})
    read = reader(section.text, year)
    return Read(read.values, as_it_came(section)) if read.left and read.values else read


def as_it_came(section: Section) -> str:
    """The words of a section with the label before them."""
    return f"{section.label}：{section.text}" if section.label else section.text


# --- where sections begin ----------------------------------------------------------------------------


def cut(text: str, kind: str, labels: Labels | None = None) -> list[Section]:
    """The sections of a text in order; their lines together are all its lines but the headings of fields."""
    labels = LABELS.get(kind, {}) if labels is None else labels
    body, tail = without_signature(text)
    sections = [Section("", 0)]
    for line in expanded(body, labels):
        opened = opens(line, labels, sections[-1].level) or breaks(line, sections[-1])
        if opened:
            sections.append(opened)
        else:
            sections[-1].lines.append(line)
    lead(sections, kind)
    return [*sections, Section("", 0, lines=tail)]


def expanded(lines: list[str], labels: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """The lines; a row of a table whose cells are labels and values becomes a line for each pair."""
    for line in lines:
        cells = [cell.strip() for cell in line.split("\t") if cell.strip()]
        if len(cells) < 2 or not any(label_at(cell, labels) for cell in cells):
            yield line.replace("\t", " ") if len(cells) < 2 else line
            continue
        yield from paired(cells, labels)


def paired(cells: list[str], labels: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Label and value of each pair of cells as one line; other cells alone."""
    index = 0
    while index < len(cells):
        known = label_at(cells[index], labels)
        if known and index + 1 < len(cells) and not label_at(cells[index + 1], labels):
            yield f"{cells[index].rstrip('：:')}：{cells[index + 1]}"
            index += 2
        else:
            yield cells[index]
            index += 1


def opens(line: str, labels: dict[str, tuple[str, ...]], within: int) -> Section | None:
    """The section a line opens: a heading that names a field, or a label with what follows it.

    A heading below that of the present section (level ``within``) must be a label and nothing else.
    """
    level, words = numbered(line)
    wrapped = _WRAP.match(words)
    if wrapped and (name := label_at(wrapped[1], labels)):
        return begun(name, level, wrapped[1], words[wrapped.end() :])
    labelled = re.match(f"(.{{1,14}}?){_COLON}{_SPACE}", words)
    if labelled and (name := label_at(labelled[1], labels)):
        return begun(name, level, labelled[1].strip(), words[labelled.end() :])
    head, after = first_sentence(words)
    below = within and level > within
    name = label_at(head, labels) or ("" if below else named_in(head, labels))
    if level and len(head) <= HEADING and name:
        return begun(name, level, head, after)
    if not level and len(words) <= HEADING and (name := label_at(words, labels)):
        return begun(name, 1, words.strip(), "")
    return None


def breaks(line: str, current: Section) -> Section | None:
    """The section a heading opens that names no field: of the level of the present one or above."""
    level, words = numbered(line)
    if not current.name or not level or not current.level or level > current.level:
        return None
    head, after = first_sentence(words)
    return Section("", level, lines=[line]) if len(head) <= HEADING and (not after or level == 1) else None


def begun(name: str, level: int, label: str, after: str) -> Section:
    """A section that begins with what stands behind its label."""
    after = after.strip()
    return Section(name, level, re.sub(f"{_SPACE}[：:。]?$", "", label), [after] if after else [])


def numbered(line: str) -> tuple[int, str]:
    """The level of the number before a line (0: none), and the words behind it."""
    found = recognise(line)
    return (found.level, found.text) if found and found.level <= 5 else (0, line.strip())


def first_sentence(words: str) -> tuple[str, str]:
    """The first sentence without its end, and the rest."""
    found = re.match(r"([^。：:\n]*)[。：:]?", words)
    return (found[1], words[found.end() :]) if found else (words, "")


def label_at(words: str, labels: dict[str, tuple[str, ...]]) -> str:
    """The field whose label these words are, and nothing more; empty: none's."""
    bare = re.sub(r"[\s\u3000]|[（(][^（）()]*[)）]|[：:。]$", "", words)
    bare = re.sub(r"^(?:本次|此次|拟)?", "", bare)
    for name, known in labels.items():
        if bare in known or bare.removesuffix("情况") in known or (bare.startswith("活动") and bare[2:] in known):
            return name
    return ""


def named_in(head: str, labels: dict[str, tuple[str, ...]]) -> str:
    """The field a heading speaks of: that of the longest label in it, then of the first."""
    bare = re.sub(r"[\s\u3000]", "", head)
    hits = [(-len(label), bare.find(label), name) for name, known in labels.items() for label in known if label in bare]
    return min(hits)[2] if hits else ""


# --- head and tail -----------------------------------------------------------------------------------


def without_signature(text: str) -> tuple[list[str], list[str]]:
    """The lines of the text, and the signature below it: the name of the unit and the day."""
    lines = [line.strip(" \u3000") for line in clean(text).split("\n") if line.strip()]
    if len(lines) < 3 or not documents.reading.is_date_line(lines[-1]):
        return lines, []
    start = len(lines) - 1
    while (
        start > 1
        and len(lines[start - 1]) <= 25
        and lines[start - 1][-1] not in _ENDS
        and not numbered(lines[start - 1])[0]
    ):
        start -= 1
        if len(lines) - start == 3:
            break
    return lines[:start], lines[start:]


def lead(sections: list[Section], kind: str) -> None:
    """Place what stands before the first heading: sentences in the field for it, a title line in “title”."""
    first = sections[0]
    whole, into = WHOLE.get(kind, ""), LEAD.get(kind, "")
    if whole:
        for section in sections:
            section.name = section.name or whole
        return
    if not into:
        return
    told = [line for line in first.lines if len(line) > HEADING and line[-1] in "。！"]
    first.lines = [line for line in first.lines if line not in told]
    if told:
        sections.insert(1, Section(into, 1, lines=told))
    titled = any(section.name == "title" for section in sections)
    if "title" in LABELS[kind] and not titled and first.lines and first.lines[0][-1] not in "：:。":
        sections.insert(1, Section("title", 1, lines=[first.lines.pop(0)]))
