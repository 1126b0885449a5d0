"""The drawn photographs of the demonstration."""

import io
import subprocess
from functools import cache

import pytest
from PIL import Image, ImageChops

from reports.demonstration import canvas
from reports.demonstration.pictures import SCENES, picture

pytestmark = pytest.mark.slow  # half a minute of drawing


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


WORDS = "质量成就未来"
drawn = cache(picture)
"""A picture that another test looks at as well: drawing one takes a fifth of a second."""


@pytest.mark.parametrize("scene", SCENES)
def test_every_scene_is_a_picture_of_its_own_that_comes_out_the_same_again(scene):
    data = drawn(scene, WORDS, 7)
    image = opened(data)
    assert (image.format, image.size, image.mode) == ("JPEG", (1600, 1067), "RGB")
    assert picture(scene, WORDS, 7) == data
    assert picture(scene, WORDS, 8) != data
    assert len(image.getcolors(1 << 24)) > 500  # a drawing, not a blank sheet


def test_no_two_scenes_look_alike():
    assert len({drawn(scene, "", 7) for scene in SCENES}) == len(SCENES)


@pytest.mark.parametrize("scene", SCENES)
def test_the_words_change_the_banner_and_nothing_else(scene):
    bare, lettered = opened(drawn(scene, "", 7)), opened(drawn(scene, WORDS, 7))
    changed = ImageChops.difference(bare, lettered).convert("L").point(lambda v: 255 if v > 24 else 0)
    left, top, right, bottom = changed.getbbox()
    assert right - left > 90
    assert (right - left) * (bottom - top) < 0.12 * 1600 * 1067


@pytest.mark.parametrize(
    "text",
    ["质量月", "2015深圳国际BT领袖峰会", "打造深圳标准　铸就深圳品牌　树立深圳信誉　提升深圳质量", "长" * 80],
)
def test_lettering_stays_within_its_box(text):
    for lines in canvas.layouts(text):
        size = canvas.fitting(lines, 800, 100)
        assert size * len(lines) <= 100
        assert all(canvas.font(100).getlength(line) * size / 100 <= 800.01 for line in lines)


def test_a_long_banner_is_parted_at_its_space():
    assert canvas.layouts("大手牵小手　质量安全你我他")[1] == ["大手牵小手", "质量安全你我他"]


def test_no_words_give_no_lines():
    assert canvas.layouts("  ") == []


def test_a_scene_that_does_not_exist_is_refused():
    with pytest.raises(KeyError):
        picture("moon", "质量月", 1)


@pytest.mark.parametrize("answer", ["/fonts/DejaVuSans.ttf\t0\ten|fr", None])
def test_a_machine_without_a_chinese_font_is_told_so(monkeypatch, answer):
    def run(*_args, **_kwargs):
        if answer is None:
            raise FileNotFoundError("fc-match")
        return subprocess.CompletedProcess([], 0, stdout=answer)

    monkeypatch.setattr(canvas.subprocess, "run", run)
    with pytest.raises(canvas.FontMissing):
        canvas.font_file.__wrapped__()
