"""How the names of units sound: by “lg” or “longgang” 龙岗区 is found, by anybody who types faster than they choose.

pypinyin reads characters by dictionaries of several megabytes, so it is loaded by workers only: once a minute they
write how units sound whose names are new (``Unit.sounds_as``). It reads many place names as ordinary words, so a table
of places goes before it.
"""

import re

from django.db.models import F

from accounts.models import Unit
from documents.text import HAN, bare

PLACES: dict[str, str] = {
    # what the dictionaries of pypinyin 0.55 read otherwise; every line is tried by tests/test_sounds.py
    "长治": "chang zhi", "长宁": "chang ning", "长葛": "chang ge", "长垣": "chang yuan", "长泰": "chang tai",
    "长岛": "chang dao", "长海": "chang hai", "长岭": "chang ling", "长白": "chang bai", "长武": "chang wu",
    "长清": "chang qing", "长丰": "chang feng", "长顺": "chang shun", "长阳": "chang yang", "长洲": "chang zhou",
    "漯河": "luo he", "闵行": "min hang", "单县": "shan xian", "单父": "shan fu", "六合": "lu he", "涡阳": "guo yang",
    "朝阳": "chao yang", "洪洞": "hong tong", "解州": "hai zhou", "乐陵": "lao ling", "珲春": "hun chun",
    "繁峙": "fan shi", "郫都": "pi du", "筠连": "jun lian", "荥经": "ying jing", "都匀": "du yun",
    "宕昌": "tan chang", "伽师": "jia shi", "浚县": "xun xian", "大城县": "dai cheng xian", "什邡": "shi fang",
    "丰都": "feng du", "新都": "xin du", "于都": "yu du", "武都": "wu du", "花都": "hua du", "曾都": "zeng du",
    "都昌": "du chang", "泊头": "bo tou", "勒流": "le liu", "重固": "chong gu", "召陵": "shao ling",
    "葵涌": "kui chong", "东涌": "dong chong", "浒关": "xu guan", "会稽": "kuai ji",
    # what it reads well today, kept by the same test: places whose readings are easily lost
    "六安": "lu an", "台州": "tai zhou", "蚌埠": "beng bu", "枞阳": "zong yang", "莘县": "shen xian",
    "莘庄": "xin zhuang", "大埔": "da bu", "番禺": "pan yu", "尉氏": "wei shi", "中牟": "zhong mu",
    "渑池": "mian chi", "东阿": "dong e", "铅山": "yan shan", "乐亭": "lao ting", "乐清": "yue qing",
    "蔚县": "yu xian", "尉犁": "yu li", "柞水": "zha shui", "厦门": "xia men", "重庆": "chong qing",
}  # fmt: skip
AT_ONCE = 5000
_RUN = re.compile(f"[{HAN}]+")
NO_SOUND = "-"
"""Of a unit whose names have no Chinese character: it was looked at, and there is nothing to find it by."""


def sounds_of(names: list[str]) -> str:
    """How names sound, for ``sounds_as``: each in full and by its initials, one a line. Loads pypinyin."""
    lines = [line for name in dict.fromkeys(map(bare, names)) for line in sounds(name)]
    return "\n".join(dict.fromkeys(lines)) or NO_SOUND


def sounds(name: str) -> list[str]:
    """One name in full and by its initials; nothing for one without Chinese characters."""
    syllables = [each for run in _RUN.findall(name) for each in syllables_of(run)]
    return ["".join(syllables), "".join(each[0] for each in syllables)] if syllables else []


def syllables_of(text: str) -> list[str]:
    """The syllables of Chinese characters, places as those who live there say them."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 -- heavy: loaded by workers only

    place = next((each for each in sorted(PLACES, key=len, reverse=True) if each in text), None)
    if place is None:
        return [each for each in lazy_pinyin(text, errors="ignore") if each]
    before, _place, after = text.partition(place)
    return [*(syllables_of(before) if before else []), *PLACES[place].split(), *(syllables_of(after) if after else [])]


def sound_waiting() -> int:
    """Write how those units sound whose names are not those that were sounded. Returns: how many."""
    waiting = Unit.objects.exclude(sounds_for=F("known_as")).order_by("pk")
    number = 0
    for row in waiting[:AT_ONCE]:
        said = sounds_of([name for name in (row.name, row.full_name, *row.aliases) if name])
        same = Unit.objects.filter(pk=row.pk, known_as=row.known_as)  # whoever renames it meanwhile waits for the next
        number += same.update(sounds_as=said, sounds_for=row.known_as)
    return number
