"""Units are found by how they sound, places read as those who live there read them."""

import subprocess
import sys

import pytest

from accounts.models import Unit
from accounts.sounds import PLACES, sound_waiting, sounds
from accounts.unit_facts import unit_facts
from accounts.unit_names import sound_of, units_like
from tests.cast import signed_in, unit

READ_WELL = {
    "市水务局": "shishuiwuju", "龙岗区": "longgangqu", "市发展改革委": "shifazhangaigewei", "银行": "yinhang",
    "市行政审批局": "shixingzhengshenpiju", "长沙市": "changshashi", "长子县": "zhangzixian", "黄埔区": "huangpuqu",
    "亳州市": "bozhoushi", "歙县": "shexian", "盱眙县": "xuyixian", "长江路街道": "changjianglujiedao",
}  # fmt: skip


def test_places_are_read_as_those_who_live_there_read_them() -> None:
    for place, said in PLACES.items():
        syllables = said.split()
        assert len(syllables) == len(place), place
        whole, initials = sounds(f"某{place}乡")
        assert whole == f"mou{''.join(syllables)}xiang", place
        assert initials == f"m{''.join(each[0] for each in syllables)}x", place
    for name, said in READ_WELL.items():
        assert sounds(name)[0] == said, name


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("lg", ["龙岗区"]), ("longgang", ["龙岗区"]), ("LONG GANG", ["龙岗区"]), ("long'gang", ["龙岗区"]),
        ("mh", ["闵行区"]), ("minhangqu", ["闵行区"]), ("sx", ["单县"]), ("fzgg", ["市发展改革委"]), ("fagaiwei", []),
        ("龙岗", ["龙岗区"]), ("lg1", []), ("minxing", []),
    ],
)  # fmt: skip
def test_a_unit_is_found_by_initials_and_by_the_whole_sound_in_sql_and_in_lists(cast, typed, found):
    for name in ("龙岗区", "闵行区", "单县", "市发展改革委"):
        unit(name, kept_by=cast.office)
    assert sound_waiting() == Unit.objects.count()
    assert sound_waiting() == 0
    assert [each.name for each in units_like(typed)] == found
    facts = unit_facts(Unit.objects.all(), [])
    assert [facts.units[pk].name for pk in facts.worded(typed)] == found
    page = signed_in(cast.staff).get("/units/", {"q": typed})
    assert [each.name for each in page.context["shown"].page] == found


def test_a_renamed_unit_sounds_anew(cast):
    place = unit("龙岗区")
    sound_waiting()
    place.name = "长治市"
    place.save()
    assert sound_waiting() == 1
    assert [list(units_like(each)) for each in ("lg", "cz")] == [[], [place]]
    Unit.objects.filter(pk=place.pk).update(aliases=["漯河"])
    assert sound_waiting() == 1
    assert list(units_like("luohe")) == [place]


def test_a_web_process_does_not_load_the_dictionaries() -> None:
    code = "import qualitymonth.wsgi, sys; assert 'pypinyin' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
    assert sound_of("lg") == "lg"
