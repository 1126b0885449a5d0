"""Every number of GB/T 9704-2012 that can be measured on a page, measured on documents set here.

python -m documents.paper.tests.measure      prints the table
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from documents.layout import fonts
from documents.layout.page import CELL, MM, PITCH
from documents.paper.pdf import to_pdf
from documents.tests import samples
from documents.tests.ruler import ABOVE, Line, Page, read

LEFT, RIGHT, TOP, FOOT = 28.0, 184.0, 37.0, 262.0  # the type area on an odd page, mm
EMPTY, LINE = CELL / MM, PITCH / MM  # one empty character and one line, mm
BODY = 16 / MM


@dataclass(frozen=True)
class Measure:
    """A number of the standard and what stands on the page."""

    form: str
    what: str
    expected: float
    found: float
    unit: str = "mm"

    @property
    def tolerance(self) -> float:
        """Half a millimetre, a fifth of a point, or nothing for what is counted."""
        return {"mm": 0.5, "pt": 0.2}.get(self.unit, 0.0)

    @property
    def holds(self) -> bool:
        """Whether the page keeps the number."""
        return abs(self.expected - self.found) <= self.tolerance + 1e-9


def form(name: str) -> Iterator[Measure]:
    """Measure one form."""
    pages = read(to_pdf(samples.ALL[name]()))
    for what, expected, found, *unit in FORMS[name](pages):
        yield Measure(name, what, expected, round(found, 3), *unit)


def _face(name: str) -> str:
    return fonts.faces()[name].family.replace(" ", "-")


def _has_face(line: Line, name: str) -> float:
    return float(line.chars[0]["fontname"].partition("+")[2].startswith(_face(name)))


def _ink(line: Line, what: str) -> float:
    """Return the upper (top) or lower (bottom) edge of the ink of a line in mm."""
    heights = fonts.metrics("title", "".join(dict.fromkeys(line.text)))
    baseline = line.top + ABOVE * line.size / MM
    share = heights.ink_top if what == "top" else heights.ink_bottom
    return baseline - share * line.size / MM


def _centre(line: Line) -> float:
    return (line.left + line.right) / 2


def _page_area(pages: list[Page]):  # type: ignore[no-untyped-def]
    full = read(to_pdf(samples.long()))[1]
    body = full.body()
    yield "paper, width", 210, full.width
    yield "paper, height", 297, full.height
    yield "top of the type area (line 1)", TOP, body[0].top
    yield "foot of the type area (line 22)", FOOT, body[-1].bottom
    yield "lines on a page", 22, len(body), "lines"
    for upper, lower in pairwise(body):
        yield "distance of two lines", PITCH, (lower.top - upper.top) * MM, "pt"
    inner = [line for line in body if len(line.text) >= 26 and line.left < 27]
    yield "binding edge, even page (right)", 28, 210 - max(line.right for line in inner)
    yield "left edge of the type area, even page", 26, min(line.left for line in inner)
    yield "characters on a line", 28, max(len(line.text) for line in body), "characters"
    for line in body[:3]:
        yield "size of the body", 16, line.size, "pt"
    yield "body in FangSong", 1, _has_face(body[0], "fangsong"), "yes"


def _page_numbers(pages: list[Page]):  # type: ignore[no-untyped-def]
    dash = fonts.metrics("song", "—")
    for number, page in enumerate(pages, start=1):
        line = page.find(f"—{number}—")
        yield "page number, size", 14, line.size, "pt"
        yield "page number in Song", 1, _has_face(line, "song"), "yes"
        baseline = line.top + ABOVE * line.size / MM
        yield (
            "page number, dash below the type area",
            7,
            baseline - (dash.ink_top + dash.ink_bottom) / 2 * line.size / MM - FOOT,
        )
        if number % 2:
            yield "page number, odd, right, empty 1", EMPTY, RIGHT - line.right
        else:
            yield "page number, even, left, empty 1", EMPTY, line.left - 26


def _document(pages: list[Page]):  # type: ignore[no-untyped-def]
    yield from _page_area(pages)
    yield from _page_numbers(pages)
    first = pages[0]
    for index, text in enumerate(("000018", "秘密★1年", "特急")):
        line = first.find(text)
        yield f"{text}: line {index + 1}", TOP + index * LINE, line.top
        yield f"{text}: flush left", LEFT, line.left
        yield f"{text}: size", 16, line.size, "pt"
        if index:
            yield f"{text}: Hei", 1, _has_face(line, "hei"), "yes"
    yield from _issuing(first, "文件", 35)
    number = first.find("临质强办〔2024〕3号")
    yield (
        "document number, two lines below",
        2 * LINE,
        number.top - (PITCH - 16) / 2 / MM - first.find("文件").bottom,
    )
    yield "document number, centred", 106, _centre(number)
    rule = first.rules[0]
    yield "red rule, below the document number", 4, rule[2] - number.bottom
    yield "red rule, length", 156, rule[1] - rule[0]
    yield "red rule, left", LEFT, rule[0]
    lines = [line for line in first.lines if abs(line.size - 22) < 0.5]
    yield "title, two lines below the rule", 2 * LINE, lines[0].top - (PITCH - 22) / 2 / MM - rule[3]
    yield "title, size", 22, lines[0].size, "pt"
    yield "title in XiaoBiaoSong", 1, _has_face(lines[0], "title"), "yes"
    for line in lines:
        yield "title, centred", 106, _centre(line)
    addressees = first.find("各县（区）")
    yield (
        "addressees, one line below the title",
        2 * LINE,
        addressees.top - lines[-1].top + (16 - 22) * 0.5 / MM,
    )
    yield "addressees, flush left", LEFT, addressees.left
    yield "addressees, run over flush left", LEFT, first.find("有关企业").left
    yield "body, indented 2", LEFT + 2 * EMPTY, first.find("为深入贯彻").left
    yield from _levels(pages)
    yield from _end(pages)


def _issuing(page: Page, text: str, top: float):  # type: ignore[no-untyped-def]
    line = page.find(text)
    yield "issuing body, upper edge", top, _ink(line, "top") - TOP
    yield "issuing body, centred", 106, _centre(line)
    yield "issuing body, red", 1, float(line.colour == (0, 0.8, 0.8, 0)), "yes"
    yield "issuing body in XiaoBiaoSong", 1, _has_face(line, "title"), "yes"


def _levels(pages: list[Page]):  # type: ignore[no-untyped-def]
    lines = [line for page in pages for line in page.body()]
    for text, face in (
        ("一、活动主题", "hei"),
        ("（一）质量开放日", "kai"),
        ("1.走进百家企业", "fangsong"),
        ("（1）培训对象", "fangsong"),
    ):
        line = next(line for line in lines if line.text.startswith(text))
        yield (
            f"level {text[:3]}: indented 2",
            2 * EMPTY,
            min(line.left - LEFT, line.left - 26, key=lambda x: abs(x - 2 * EMPTY)),
        )
        yield (
            f"level {text[:3]}: {face}",
            1,
            float(line.chars[3]["fontname"].partition("+")[2].startswith(_face(face))),
            "yes",
        )
        yield f"level {text[:3]}: size", 16, line.size, "pt"


def _end(pages: list[Page]):  # type: ignore[no-untyped-def]
    page = next(page for page in pages if any("附件：1." in line.text for line in page.lines))
    even = pages.index(page) % 2
    left, right = (26.0, 182.0) if even else (LEFT, RIGHT)
    note = page.find("附件：1.")
    last = page.lines[page.lines.index(note) - 1]
    yield "annex note, one line below the body", 2 * LINE, note.top - last.top
    yield "annex note, empty 2", 2 * EMPTY, note.left - left
    second = page.find("2.临江市")
    yield "annex note, second number below the first", note.chars[3]["x0"] / MM, second.left
    over = page.lines[page.lines.index(second) + 1]
    yield "annex note, runs over below the first character of the name", second.chars[2]["x0"] / MM, over.left
    yield "annex note, no mark at the end", 0, float(over.text[-1] in "。；"), "yes"
    name = next(line for line in page.body() if line.text == samples.SHORT)
    date = next(line for line in page.body() if line.text == "2024年8月28日")
    yield "sealed: date right, empty 4", 4 * EMPTY, right - date.right
    yield "sealed: name centred on the date", _centre(date), _centre(name)
    yield "sealed: name on the line above", LINE, date.top - name.top
    comment = page.find("（联系人")
    yield "note, line below the date", LINE, comment.top - date.top
    yield "note, empty 2", 2 * EMPTY, comment.left - left
    yield from _annex(pages)
    yield from _imprint(pages)


def _annex(pages: list[Page]):  # type: ignore[no-untyped-def]
    page, left = pages[-1], LEFT if len(pages) % 2 else 26.0
    label = page.lines[0]
    yield "annex, label flush at line 1 (left)", left, label.left
    yield "annex, label at line 1 (top)", TOP, label.top
    yield "annex, label in Hei", 1, _has_face(label, "hei"), "yes"
    yield "annex, label numbered", 1, float(label.text == "附件1"), "yes"
    title = page.lines[1]
    yield "annex, title on line 3", TOP + 2 * LINE + (16 - 22) / 2 / MM, title.top
    yield "annex, title centred", left + 78, _centre(title)


def _imprint(pages: list[Page]):  # type: ignore[no-untyped-def]
    page, left = pages[-1], LEFT if len(pages) % 2 else 26.0
    outer = next(rule for rule in page.rules if rule[3] > 261.9)
    # a frame is drawn as what lies between its outer and its inner edge
    frame = next(rule for rule in page.rules if abs(rule[2] - outer[2] - 0.35) < 0.1 and rule[3] < outer[3])
    yield "imprint, last rule on the foot of the type area", FOOT, outer[3]
    yield "imprint, rules as wide as the type area", 156, outer[1] - outer[0]
    yield "imprint, first and last rule", 0.35 * MM, (outer[3] - frame[3]) * MM, "pt"
    inner = sorted({rule[2] for rule in page.rules if rule[0] < left + 0.1 and outer[2] + 1 < rule[2] < FOOT - 1})
    yield "imprint, rule between", 0.25 * MM, (inner[1] - inner[0]) * MM, "pt"
    copies = page.find("抄送：")
    yield "imprint, size", 14, copies.size, "pt"
    yield "imprint in FangSong", 1, _has_face(copies, "fangsong"), "yes"
    yield "copy-to, empty 1 left", EMPTY, copies.left - left
    over = page.lines[page.lines.index(copies) + 1]
    yield "copy-to, runs over aligned after the colon", copies.chars[3]["x0"] / MM, over.left
    yield "copy-to, full stop at the end", 1, float(over.text.endswith("。")), "yes"
    last = page.find("印发")
    yield "issuing office, left, empty 1", EMPTY, last.left - left
    yield "day of issue, right, empty 1", EMPTY, left + 156 - last.right


def _unsealed(pages: list[Page]):  # type: ignore[no-untyped-def]
    page = next(page for page in pages if any(line.text == "2024年8月28日" for line in page.lines))
    right = RIGHT if pages.index(page) % 2 == 0 else 182.0
    date = next(line for line in page.lines if line.text == "2024年8月28日")
    name = page.lines[page.lines.index(date) - 1]
    text = page.lines[page.lines.index(name) - 1]
    yield "unsealed: one line below the text", 2 * LINE, name.top - text.top
    yield "unsealed: name right, empty 2", 2 * EMPTY, right - name.right
    yield "unsealed: date 2 to the right of the name", 2 * EMPTY, date.left - name.left
    yield "unsealed: date on the next line", LINE, date.top - name.top
    yield "no copy number: issuing body stays", 35, _ink(pages[0].find("文件"), "top") - TOP


def _joint(pages: list[Page]):  # type: ignore[no-untyped-def]
    first = pages[0]
    names = [line for line in first.lines if abs(line.size - first.lines[0].size) < 1 and line.size > 25]
    bodies = [[c for c in line.chars if c["text"] not in "文件"] for line in names]
    bodies = [chars for chars in bodies if len(chars) > 3]
    yield "joint: three names, one below the other", 3, len(bodies), "names"
    for chars in bodies[1:]:
        yield "joint: names begin together", bodies[0][0]["x0"] / MM, chars[0]["x0"] / MM
        yield "joint: names end together", bodies[0][-1]["x1"] / MM, chars[-1]["x1"] / MM
    marks = [c for line in first.lines for c in line.chars if c["text"] in "文件" and c["size"] > 25]
    middle = sorted(line[0]["matrix"][5] for line in bodies)[1]
    yield "joint: 文件 centred in height", middle / MM, marks[0]["matrix"][5] / MM
    yield (
        "joint: 文件 at the right",
        1,
        float(marks[0]["x0"] > max(chars[-1]["x1"] for chars in bodies)),
        "yes",
    )
    page = next(page for page in pages if any(line.text == "2024年8月28日" for line in page.lines))
    date = page.find("2024年8月28日")
    row = page.lines[page.lines.index(date) - 1]
    yield (
        "joint: three signatures in a row",
        1,
        float(all(body in row.text for body in samples.joint().signature)),
        "yes",
    )
    last = row.chars[-6:]
    yield "joint: date below the last name", (last[0]["x0"] + last[-1]["x1"]) / 2 / MM, _centre(date)


def _upward(pages: list[Page]):  # type: ignore[no-untyped-def]
    first = pages[0]
    signer, last = first.find("签发人："), first.find("赵某某")
    yield "upward: number left, empty 1", EMPTY, last.left - LEFT
    yield "upward: number on the line of the last signer", 1, float("〔2024〕" in last.text), "yes"
    yield "upward: signers right, empty 1", EMPTY, RIGHT - signer.right
    name = next(c for c in signer.chars if c["text"] == "张")
    label = next(c for c in signer.chars if c["text"] == "签")
    below = next(c for c in last.chars if c["text"] == "赵")
    yield "upward: names aligned", name["x0"] / MM, below["x0"] / MM
    yield "upward: name in Kai", 1, float(name["fontname"].partition("+")[2].startswith(_face("kai"))), "yes"
    yield (
        "upward: label in FangSong",
        1,
        float(label["fontname"].partition("+")[2].startswith(_face("fangsong"))),
        "yes",
    )
    yield "upward: rule below the number", 4, first.rules[0][2] - last.bottom


def _letter(pages: list[Page]):  # type: ignore[no-untyped-def]
    first = pages[0]
    body = first.lines[0]
    yield "letter: issuing body, upper edge from the paper", 30, _ink(body, "top")
    yield "letter: issuing body, centred", 106, _centre(body)
    thick, thin, foot_thin, foot_thick = sorted(first.rules, key=lambda rule: rule[2])[:4]
    yield "letter: rule below the issuing body", 4, thick[2] - _ink(body, "bottom")
    yield "letter: rule, length", 170, thick[1] - thick[0]
    yield "letter: rule, centred on the paper", 105, (thick[0] + thick[1]) / 2
    yield "letter: thick over thin", 1, float(thick[3] - thick[2] > thin[3] - thin[2]), "yes"
    yield "letter: foot rule from the foot of the paper", 20, 297 - (foot_thin[2] + foot_thick[3]) / 2
    yield (
        "letter: thin over thick",
        1,
        float(foot_thick[3] - foot_thick[2] > foot_thin[3] - foot_thin[2]),
        "yes",
    )
    copy, number = first.find("000007"), first.find("〔2024〕")
    yield "letter: copy number flush left", LEFT, copy.left
    yield "letter: number flush right", RIGHT, number.right
    yield "letter: 7/8 of a character below the rule", 14 / MM, copy.top - thin[3]
    urgency, title = first.find("加急"), first.find("关于商请")
    yield "letter: urgency below the copy number", LINE, urgency.top - copy.top
    yield (
        "letter: title two lines below the last of them",
        3 * LINE,
        title.top - urgency.top + (22 - 16) / 2 / MM,
    )
    yield "letter: no page number on page 1", 0, float(any("—1—" in line.text for line in first.lines)), "yes"
    yield "letter: page number on page 2", 1, float(any("—2—" in line.text for line in pages[1].lines)), "yes"
    rules = [rule for rule in pages[-1].rules if rule[2] > 200]
    yield "letter: imprint without rules", 0, len(rules), "rules"


def _minutes(pages: list[Page]):  # type: ignore[no-untyped-def]
    yield from _issuing(pages[0], "会议纪要", 35)
    page = next(page for page in pages if any("出席：" in line.text for line in page.lines))
    left = LEFT if pages.index(page) % 2 == 0 else 26.0
    line = page.find("出席：")
    text = page.lines[page.lines.index(line) - 1]
    yield "minutes: 出席 one line below the text", 2 * LINE, line.top - text.top
    yield "minutes: 出席 empty 2", 2 * EMPTY, line.left - left
    yield "minutes: 出席 in Hei", 1, _has_face(line, "hei"), "yes"
    name = line.chars[3]
    yield (
        "minutes: names in FangSong",
        1,
        float(name["fontname"].partition("+")[2].startswith(_face("fangsong"))),
        "yes",
    )
    over = page.lines[page.lines.index(line) + 1]
    yield "minutes: runs over aligned after the colon", name["x0"] / MM, over.left


def _bulletin(pages: list[Page]):  # type: ignore[no-untyped-def]
    yield from _issuing(pages[0], "临江质量月简报", 35)
    issue = pages[0].find("第3期")
    yield "bulletin: issue centred", 106, _centre(issue)
    office = pages[0].find("办公室")
    yield "bulletin: office left, empty 1", EMPTY, office.left - LEFT
    yield "bulletin: date right, empty 1", EMPTY, RIGHT - office.right


def _order(pages: list[Page]):  # type: ignore[no-untyped-def]
    first = pages[0]
    yield from _issuing(first, "人民政府令", 20)
    number = first.find("第5号")
    yield (
        "order: number two lines below",
        2 * LINE,
        number.top - (PITCH - 16) / 2 / MM - first.find("人民政府令").bottom,
    )
    yield "order: number centred", 106, _centre(number)
    yield "order: body two lines below", 3 * LINE, first.find("现公布").top - number.top


FORMS = {
    "document": _document,
    "unsealed": _unsealed,
    "joint": _joint,
    "upward": _upward,
    "letter": _letter,
    "minutes": _minutes,
    "bulletin": _bulletin,
    "order": _order,
}


def main() -> None:
    """Print every number of the standard beside what was measured."""
    for one in dict.fromkeys(one for name in FORMS for one in form(name)):
        mark = "" if one.holds else "   <--"
        print(f"{one.form:9} {one.what:62} {one.expected:9.3f} {one.found:9.3f} {one.unit}{mark}")


if __name__ == "__main__":
    main()
