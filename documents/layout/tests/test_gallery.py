"""Photos in rows: two to a line, none alone, each row as wide as the text."""

import pytest

from documents.layout.gallery import GAP, HIGHEST, rows
from documents.outline import Figure, Gallery

WIDE, TALL = (1600, 1200), (1200, 1600)


def placed(*shapes):
    names = [f"{number}.jpg" for number in range(len(shapes))]
    found = rows(Gallery(tuple(map(Figure, names))), dict(zip(names, shapes, strict=True)), 440.0)
    return [[(figure.name, float(size["width"])) for figure, size in row] for row in found]


@pytest.mark.parametrize(
    ("number", "lines"), [(1, [1]), (2, [2]), (3, [3]), (4, [2, 2]), (5, [2, 3]), (8, [2, 2, 2, 2]), (9, [2, 2, 2, 3])]
)
def test_two_to_a_line_and_the_last_three_together(number, lines):
    assert [len(row) for row in placed(*[WIDE] * number)] == lines


def test_a_row_is_filled_and_its_photos_are_equally_high():
    ((_, wide), (_, tall)) = placed(WIDE, TALL)[0]
    assert round(wide + tall + 2 * GAP, 1) == 440.0
    assert round(wide * 3 / 4, 1) == round(tall * 4 / 3, 1) < HIGHEST


def test_two_photos_upright_are_no_higher_than_any_row():
    ((_, one), (_, other)) = placed(TALL, TALL)[0]
    assert one == other == round(HIGHEST * 3 / 4, 2)
