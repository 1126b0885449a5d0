"""The tool that puts faults in: which faults a line gets, where a fault is found again, what counts as caught."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.mutants import witness
from tests.mutants.faults import faults_of_line
from tests.mutants.sample import Fault, Place, placed, shares
from tests.mutants.source import Source
from tests.mutants.trial import Copy, Result

LATE = '''"""What is late."""


def late(due: int, today: int | None) -> bool:
    """Is it late?"""
    if today is None:
        return False
    return today > due
'''
FAULT = Fault("workflow/late.py", "late", "return today > due", 0, "swap_op", "return today >= due")


def test_a_line_gets_the_faults_of_mutmut():
    assert faults_of_line(Source("workflow/late.py", LATE), 8) == {"swap_op": ["return today >= due"]}


@pytest.mark.parametrize("number", [1, 4, 5], ids=["what a file says of itself", "types", "what a function says"])
def test_words_and_types_get_none(number):
    assert faults_of_line(Source("workflow/late.py", LATE), number) == {}


def test_a_line_that_runs_over_others_gets_only_faults_that_stay_on_it():
    source = Source("workflow/call.py", "def call():\n    return max(\n        1,\n        key=None,\n    )\n")
    assert faults_of_line(source, 3) == {"number": ["2,"]}


def test_a_fault_is_found_where_its_function_went():
    below = Source(
        "activities/asking/deadlines.py", "MONTH = 9\n\n\nclass Deadline:\n    " + LATE.replace("\n", "\n    ")
    )
    assert placed(FAULT, [Source("workflow/late.py", "def other():\n    return 1\n"), below]) == Place(below, 12)
    assert below.with_line(12, FAULT.fault).splitlines()[11] == "        return today >= due"


def test_the_second_of_two_equal_lines_is_found_as_the_second():
    twice = Source("workflow/late.py", LATE + "    return today > due\n")
    assert placed(FAULT, [twice]) == Place(twice, 8)
    assert placed(Fault(**{**vars(FAULT), "occurrence": 1}), [twice]) == Place(twice, 9)


def test_what_was_rewritten_is_not_placed():
    assert placed(FAULT, [Source("workflow/late.py", LATE.replace("today > due", "due < today"))]) is None


def test_of_two_functions_of_one_name_the_file_of_that_name_is_meant():
    here, there = Source("activities/late.py", LATE), Source("reports/early.py", LATE)
    assert placed(FAULT, [here, there]) == Place(here, 8)
    assert placed(FAULT, [here, Source("reports/late.py", LATE)]) is None


def test_shares_are_in_proportion_and_add_up():
    assert shares({"workflow": 100, "activities": 560, "reports": 340}, 10) == {
        "workflow": 1,
        "activities": 6,
        "reports": 3,
    }


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree of one function and two tests, with the plugin that watches them; it has no settings."""
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE")
    top = tmp_path / "house"
    for path, text in {
        "workflow/__init__.py": "",
        "workflow/late.py": LATE,
        "tests/__init__.py": "",
        "tests/mutants/__init__.py": "",
        "tests/mutants/witness.py": Path(witness.__file__).read_text(),
        "tests/test_late.py": "from workflow.late import late\n\n\n"
        "def test_the_day_after():\n    assert late(5, 6)\n\n\n"
        "def test_the_day_itself():\n    assert not late(5, 5)\n",
        "pytest.ini": "[pytest]\naddopts = -p no:playwright\n",
    }.items():
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).write_text(text)
    return top


def test_tests_that_are_not_there_catch_nothing(house, tmp_path):
    reach = SimpleNamespace(
        tests=lambda path, number: ["tests/test_late.py::test_gone"], seconds={"tests/test_late.py::test_gone": 0.1}
    )
    with pytest.raises(RuntimeError, match="cannot gather what runs late in"):
        Copy(house, tmp_path).tried(FAULT, Place(Source("workflow/late.py", LATE), 8), reach)


@pytest.mark.parametrize(
    ("fault", "tests", "result"),
    [
        ("return today >= due", ["itself", "after"], Result("caught", "tests/test_late.py::test_the_day_itself", 2)),
        ("return today >= due", ["after"], Result("missed", tests=1)),
        ("return today > due", ["itself", "after"], Result("missed", tests=2)),
    ],
    ids=["a test of the edge fails", "no test of the edge", "no fault at all"],
)
def test_a_fault_is_caught_when_a_test_that_runs_the_line_fails(house, tmp_path, fault, tests, result):
    names = [f"tests/test_late.py::test_the_day_{name}" for name in tests]
    reach = SimpleNamespace(tests=lambda path, number: names, seconds=dict.fromkeys(names, 0.1))
    copy = Copy(house, tmp_path)
    place = Place(Source("workflow/late.py", LATE), 8)
    assert copy.tried(Fault(**{**vars(FAULT), "fault": fault}), place, reach) == result
    assert (copy.top / "workflow/late.py").read_text() == LATE
