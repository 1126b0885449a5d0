"""Rows as bits: narrowed, counted, sorted and changed as a plain list of tuples would be."""

from array import array
from random import Random

import pytest

from workflow.listing import sheet as module
from workflow.listing.sheet import Shape, Sheet

SHAPE = Shape(masks={"kind": 1}, lists={"unit": 2}, orders={"due": (3, 0), "unit": (2, 3, 0)})


def row(dice, pk):
    return pk, dice.choice("abc"), dice.randrange(6), dice.randrange(9)


def same(sheet, rows):
    """Everything a sheet says is what the rows say."""
    assert sheet.all.bit_count() == len(rows)
    assert all(sheet.pks[sheet.place[pk]] == pk and sheet.lists_row(pk) for pk in rows)
    for value in "abcd":
        fit = {pk for pk, each in rows.items() if each[1] == value}
        assert set(sheet.part(sheet.having("kind", value), "due", range(len(rows)))) == fit
    for value in range(7):
        assert sheet.listed("unit", [value]).bit_count() == sum(each[2] == value for each in rows.values())
    assert sheet.before("due", (4,)).bit_count() == sum(each[3] < 4 for each in rows.values())
    for order, key in (("due", lambda each: (each[3], each[0])), ("unit", lambda each: (each[2], each[3], each[0]))):
        wanted = [each[0] for each in sorted(rows.values(), key=key)]
        for back in (False, True):
            whole = wanted[::-1] if back else wanted
            for part in (range(len(rows)), range(3, 9), range(max(len(rows) - 5, 0), len(rows)), range(90, 99)):
                assert sheet.part(sheet.all, order, part, back=back) == whole[part.start : part.stop], (order, part)


@pytest.mark.parametrize("ascending", [True, False])
@pytest.mark.parametrize("few", [0, 400])
def test_a_sheet_says_what_its_rows_say_whatever_changes(monkeypatch, few, ascending):
    monkeypatch.setattr(module, "FEW", few)
    monkeypatch.setattr(module, "BLOCK", 7)
    dice = Random(few)
    rows = {pk: row(dice, pk) for pk in (range(40) if ascending else dice.sample(range(40), 40))}
    sheet = Sheet(SHAPE, rows.values())
    same(sheet, rows)
    for _ in range(60):
        before, kept = sheet, dict(rows)
        sheet, pk = sheet.copy(), dice.randrange(60)
        if dice.random() < 0.3:
            sheet.drop(pk)
            rows.pop(pk, None)
        else:
            rows[pk] = row(dice, pk)
            sheet.put(rows[pk])
        same(sheet, rows)
        same(before, kept)


def test_an_empty_sheet_has_nothing_and_takes_a_first_row():
    sheet = Sheet(SHAPE, [])
    same(sheet, {})
    sheet.put((7, "a", 1, 2))
    same(sheet, {7: (7, "a", 1, 2)})


def test_a_list_sorted_by_somebody_while_it_changes_breaks_for_nobody():
    sheet = Sheet(SHAPE, [(1, "a", 1, 2), (2, "b", 1, 1)])

    class Sorting(array):
        def __copy__(self):
            sheet.sorted("unit")  # what another thread does just then
            return self[:]

    sheet.orders["due"] = Sorting("I", sheet.sorted("due"))
    after = sheet.copy()
    after.put((2, "b", 1, 3))
    same(after, {1: (1, "a", 1, 2), 2: (2, "b", 1, 3)})
    same(sheet, {1: (1, "a", 1, 2), 2: (2, "b", 1, 1)})
