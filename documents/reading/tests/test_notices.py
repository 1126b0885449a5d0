"""The reader against the truth written for whole notices, and how it behaves at the edges."""

import importlib.util
import json
import time

import pytest

from documents.reading import KnownUnit, draft_json, read
from documents.reading.tests import score
from documents.reading.tests.score import SHARED, f1, load, main, papers, tally

OWN = papers()
REAL = sorted((SHARED / "reading" / "truth").glob("*.json"))


@pytest.mark.parametrize("name", OWN)
def test_a_labelled_paper(name):
    text, truth = load(name)
    scores = f1(truth, draft_json(read(text)))
    assert sum(scores.values()) / len(scores) >= 0.95


def test_the_labelled_set_as_a_whole():
    scores = tally(OWN)
    low = {
        group: (scores.recall(group), scores.precision(group))
        for group in scores.counts
        if min(scores.recall(group), scores.precision(group)) < 0.95
    }
    assert low == {}
    false_rows = [each for each in scores.false if each.split()[1] in ("activity", "task", "deadline", "contact")]
    assert false_rows == []
    assert len(OWN) >= 24
    assert len({load(name)[1].get("doc_type") for name in OWN}) >= 12


def broken(text):
    """The paper as a PDF gives it: every line of a paragraph broken after 28 characters."""
    lines = []
    for line in text.split("\n"):
        rest = line if "\t" in line or "|" in line or len(line) <= 28 else "　　" + line.strip()
        while len(rest) > 28 and "\t" not in rest and "|" not in rest:
            width = 29 if rest[28] in "，。；：、）”》" else 28
            lines.append(rest[:width])
            rest = rest[width:]
        lines.append(rest)
    return "\n".join(lines)


def test_lines_that_the_page_broke_change_nothing(monkeypatch):
    monkeypatch.setattr(score, "load", lambda name, _folder: (broken(load(name)[0]), load(name)[1]))
    scores = tally(OWN)
    low = {
        group: (scores.recall(group), scores.precision(group))
        for group in scores.counts
        if min(scores.recall(group), scores.precision(group)) < 0.95
    }
    assert low == {}
    assert [each for each in scores.false if each.split()[1] in ("deadline", "contact", "recipient", "task")] == []


def test_the_scores_are_printed_with_what_is_false(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["score", "hospital-safety-2024"])
    main()
    printed = capsys.readouterr().out
    assert "false rows: 0" in printed
    assert {"activity", "contact", "recipient", "item"} <= {line.split()[0] for line in printed.splitlines() if line}


@pytest.mark.skipif(not REAL, reason="the five real notices lie beside the project, and are not here")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_the_five_real_notices_by_their_scorer(path):
    spec = importlib.util.spec_from_file_location("score", SHARED / "reading" / "score.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    text = (SHARED / "notices" / f"{path.stem}.txt").read_text(encoding="utf-8")
    started = time.perf_counter()
    draft = draft_json(read(text))
    assert time.perf_counter() - started < 1.5  # measured: 0.03 s; a busy machine is no failure
    result = scorer.score(json.loads(path.read_text(encoding="utf-8")), draft)
    assert result["macro"] >= 0.97
    low = {group: result["groups"][group]["f1"] for group in scorer.CORE if result["groups"][group].get("f1", 1) < 0.9}
    assert low == {}


@pytest.mark.parametrize("name", OWN)
def test_every_value_is_found_at_its_span(name):
    text, _ = load(name)
    draft = read(text)
    for value in [draft.title, draft.theme, *draft.issuers, *(a.title for a in draft.activities)]:
        if value is not None:
            assert "".join(text[slice(*value.span)].split()) == "".join(value.value.split())
    for activity in draft.activities:
        printed = [(unit.name, unit.span) for unit in activity.units]
        printed += [(found.text, found.span) for found in (*activity.dates, *activity.targets)]
        assert ["".join(text[slice(*span)].split()) for _, span in printed] == ["".join(t.split()) for t, _ in printed]


@pytest.mark.parametrize("name", OWN)
def test_nothing_disappears(name):
    """A sentence put into a chapter that nobody expects is listed, or is of the entry it stands behind."""
    text, _ = load(name)
    stray = "本段文字与其他内容均无关系，仅供测试之用。"
    draft = read(text + "\n" + stray)
    entries = "".join(draft.source[slice(*activity.span)] for activity in draft.activities)
    assert stray in json.dumps(draft_json(draft), ensure_ascii=False) + entries


@pytest.mark.parametrize(
    "text",
    [
        "床前明月光，疑是地上霜。\n举头望明月，低头思故乡。",
        "2015-09-01 12:00:01 ERROR worker stopped\n" * 50,
        "Dear all, please find attached the minutes of our meeting.",
        "x",
    ],
)
def test_what_is_no_notice_says_so(text):
    assert "no-notice" in [doubt.code for doubt in read(text).doubts]


def test_a_notice_without_a_year_keeps_its_dates_open():
    draft = read("关于开展活动的通知\n各单位：\n一、活动内容\n（一）召开大会。9月2日在区政府举行，由市甲局负责。")
    assert "no-year" in [doubt.code for doubt in draft.doubts]
    [activity] = draft.activities
    assert [(day.text, day.start) for day in activity.dates] == [("9月2日", None)]
    assert activity.doubts == ("The year of a date is not certain.",)


def test_the_same_number_twice_is_said():
    draft = read("关于2015年活动的通知\n各单位：\n一、活动内容\n（一）召开大会。\n（一）举办论坛。\n（三）举办展览。")
    assert [doubt.code for doubt in draft.doubts] == ["same-number"]
    assert [activity.title.value for activity in draft.activities] == ["召开大会", "举办论坛", "举办展览"]


def test_known_units_carry_their_key():
    known = [KnownUnit("42", "湖滨区人民政府", ("湖滨区",))]
    text, _ = load("brackets-2021")
    units = [unit for activity in read(text, known_units=known).activities for unit in activity.units]
    assert {unit.name for unit in units if unit.key == "42"} == {"湖滨区人民政府"}


def test_cost_is_linear_in_length():
    text, _ = load("brackets-2021")
    head, _, rest = text.partition("四、活动内容")
    long = head + "四、活动内容" + rest * 20

    def cost(source):
        started = time.process_time()
        read(source)
        return time.process_time() - started

    once = min(cost(text) for _ in range(5))
    many = min(cost(long) for _ in range(3))
    assert many / once < 25 * len(long) / (20 * len(text)) * 1.3


def test_a_day_that_does_not_exist_and_periods_that_contradict_are_said():
    text = (
        "关于开展2015年活动的通知\n各单位：\n决定于9月1日至30日在全市开展活动。\n"
        "一、活动时间\n10月1日至31日。\n二、活动内容\n（一）召开大会。9月31日召开，由市甲局负责。"
    )
    draft = read(text)
    assert [doubt.code for doubt in draft.doubts] == ["period"]
    assert draft.activities[0].doubts == ("A date names a day that does not exist.",)


@pytest.mark.parametrize(
    "body",
    [
        "第一期：2013年11月12日，采访市甲局、乙镇。\n第二期：11月19日，采访市丙局、丁镇。",
        "第一期（11月12日）：市甲局、乙镇。\n第二期（11月19日）：市丙局、丁镇。",
        "期次\t采访时间\t采访单位\n第一期\t11.12\t市甲局、乙镇\n第二期\t11.19\t市丙局\u3000丁镇",
    ],
)
def test_rounds_of_interviews_in_text_and_table(body):
    draft = read(f"关于开展2013年集中采访活动的通知\n各单位：\n一、时间安排\n{body}")
    shown = [
        (i.number, str(i.date.start) if i.date else "", [unit.name for unit in i.interviewees])
        for i in draft.interviews
    ]
    assert shown == [(1, "2013-11-12", ["市甲局", "乙镇"]), (2, "2013-11-19", ["市丙局", "丁镇"])]
