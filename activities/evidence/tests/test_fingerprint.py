"""What two photos have in common: known again after a change, told apart otherwise, nothing for a bare wall."""

import pytest
from PIL import Image, ImageDraw

from activities.evidence.fingerprint import ALIKE, BANDS, NEAR, closeness, fingerprint
from tests.same_photo import CHANGES, changed, hall, weather


def found(asks, kept):
    near = any(band in asks.questions and asks.distance(bits) <= NEAR for band, bits in kept.marks)
    return near, near and closeness(asks, kept) >= ALIKE


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_photo_is_known_again_whichever_was_filed_first(name):
    one = fingerprint(hall(1))
    other = fingerprint(changed(hall(1), name, 1))
    assert (found(one, other), found(other, one)) == ((True, True), (True, True))


def test_the_same_photo_agrees_in_full_and_other_people_before_the_same_banner_do_not():
    one, same, other = fingerprint(hall(1)), fingerprint(hall(1)), fingerprint(hall(2))
    assert (closeness(one, same), closeness(one, other) < ALIKE, found(one, other)[1]) == (100, True, False)


@pytest.mark.parametrize("colour", ["white", "black", (180, 175, 170)])
def test_a_bare_wall_has_no_fingerprint(colour):
    assert fingerprint(Image.new("RGB", (800, 600), colour)) is None


def test_a_wall_in_uneven_light_has_no_fingerprint():
    light = Image.linear_gradient("L").resize((800, 600)).point(lambda value: 150 + value // 16)
    assert fingerprint(light) is None


def test_a_white_page_with_a_line_of_text_has_no_fingerprint():
    page = Image.new("RGB", (840, 1188), "white")
    ImageDraw.Draw(page).line((400, 600, 430, 600), fill="black", width=3)
    assert fingerprint(page) is None


@pytest.mark.parametrize("size", [(1, 1), (1, 400), (400, 1), (30, 20)])
def test_tiny_pictures_and_stripes_have_no_fingerprint(size):
    assert fingerprint(weather(1).resize(size)) is None


def test_marks_fit_the_database():
    marks = fingerprint(weather(1)).marks
    assert len(marks) in (BANDS, 2 * BANDS)
    assert all(0 <= band < 2**18 and 0 <= bits < 2**63 for band, bits in marks)


@pytest.mark.parametrize("seed", range(4))
def test_another_front_row_before_a_camera_that_did_not_move_is_another_photo(seed):
    one, other = hall(seed, tripod=True), hall(seed, tripod=True)
    front = (0, 405, 800, 540)
    other.paste(hall(seed + 7, tripod=True).crop(front), front)
    assert 60 < closeness(fingerprint(one), fingerprint(other)) < ALIKE
