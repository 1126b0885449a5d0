"""Slogans quoted almost rightly are found where they stand; right ones and the words of every day are not."""

import json
from itertools import chain

import pytest
from django.conf import settings
from hypothesis import assume, given
from hypothesis import strategies as st

from campaigns.models import Saying
from campaigns.near_quotations import Misquote, bare, differs_by_little, misquotes


def issued(name):
    """Theme and slogans of a campaign of the fixtures."""
    facts = json.loads((settings.FIXTURES / name / "campaign.json").read_text())
    slogans = (each["text"] if isinstance(each, dict) else each for each in facts["slogans"])
    return [each for each in [facts["theme"], facts.get("spirit_slogan"), *slogans] if each]


SHENZHEN, JIANGSU, HUBEI = (issued(name) for name in ("shenzhen-2015", "jiangsu-2010", "hubei-2020"))
ALL = list(dict.fromkeys(chain(SHENZHEN, JIANGSU, HUBEI)))


def told(text, register):
    return [(each.found, bare(each.meant)) for each in misquotes(text, register)]


@pytest.mark.parametrize(
    ("text", "register", "found", "meant"),
    [
        ("会场悬挂“质量造就未来”横幅。", SHENZHEN, "质量造就未来", "质量成就未来"),
        ("会场悬挂“质量成就末来”横幅。", SHENZHEN, "质量成就末来", "质量成就未来"),
        ("口号是质 量 成就将来！", SHENZHEN, "质 量 成就将来", "质量成就未来"),
        ("喊出“质量成就美未来”的口号", SHENZHEN, "质量成就美未来", "质量成就未来"),
        ("横幅上写着：质量就未来。", SHENZHEN, "质量就未来", "质量成就未来"),
        ("“共建深圳质量，共享发展成就”", SHENZHEN, "共建深圳质量，共享发展成就", "共建深圳质量共享发展成果"),
        ("推动三个转变\n建设质量大国", SHENZHEN, "推动三个转变\n建设质量大国", "推动三个转变建设质量强国"),
        ("抓质量、讲诚信、创品牌", JIANGSU, "抓质量、讲诚信、创品牌", "抓质量讲诚信树品牌"),
        ("夯实质量安全基础，推动经济社会和谐发展", JIANGSU, "夯实质量安全基础，推动经济社会和谐发展",
         "夯实质量安全基础促进经济社会和谐发展"),
        ("以“匠心湖北 质嬴未来”为题", HUBEI, "匠心湖北 质嬴未来", "匠心湖北质赢未来"),
        ("以“匠心湖北 质量赢未来”为题", HUBEI, "匠心湖北 质量赢未来", "匠心湖北质赢未来"),
        ("主题：建设质量强省 决战全面小康", HUBEI, "建设质量强省 决战全面小康", "建设质量强省决胜全面小康"),
        ("优化营商环境，共建质量强省", HUBEI, "优化营商环境，共建质量强省", "优化营商环境建设质量强省"),
    ],
)  # fmt: skip
def test_a_slogan_quoted_almost_rightly_is_found(text, register, found, meant):
    assert told(text, register) == [(found, meant)]


@pytest.mark.parametrize(
    ("text", "register"),
    [
        ("质量成就未来", SHENZHEN),
        ("“质量成就未来”", SHENZHEN),
        ("质 量 成 就 未 来！", SHENZHEN),
        ("共建深圳质量、共享发展成果；推动“三个转变”，建设质量强国。", SHENZHEN),
        ("打造深圳标准，铸就深圳品牌，树立深圳信誉，提升深圳质量", SHENZHEN),
        ("抓质量 讲诚信 树品牌", JIANGSU),
        ("夯实质量安全基础，促进经济又好又快发展。夯实质量安全基础，促进经济社会和谐发展。", JIANGSU),
        ("匠心湖北·质赢未来", HUBEI),
        ("", HUBEI),
        ("。，！", HUBEI),
    ],
)
def test_a_slogan_quoted_rightly_is_no_finding_however_it_is_punctuated(text, register):
    assert told(text, register) == []


@pytest.mark.parametrize(
    "text",
    [
        "质量月期间，我局围绕质量提升、质量安全和质量诚信，开展了形式多样的活动，质量成就显著，未来可期。",
        "各街道以质量成就展为载体，展示未来五年质量强市建设的成果，推动高质量发展迈上新台阶。",
        "我单位高度重视质量安全工作，促进辖区和谐稳定；关注民生实事，重视质量投诉的办理。",
        "通过建设质量强省，人民群众享受到更高品质的生活，品牌效益不断提升。",
        "树立品牌意识，讲求诚信经营，抓好产品质量，提高产品可靠性。",
        "共建共享，齐抓共管，夯实基础，弘扬工匠精神，打造一批优质品牌企业。",
        "企业的信誉和生命在于质量诚信，质量缔造了一批知名品牌。",
    ],
)
def test_similar_words_of_every_day_are_no_finding(text):
    assert told(text, ALL) == []


def test_the_place_is_that_of_the_text_as_it_was_written():
    text = "（一）９月５日，“质 量 造 就 未 来”主题活动启动；“质量成就末来”。"
    found = misquotes(text, SHENZHEN)
    assert [text[each.start : each.end] for each in found] == ["质 量 造 就 未 来", "质量成就末来"]
    assert found[0] == Misquote("质 量 造 就 未 来", SHENZHEN[0], 9, 20)


def test_every_place_is_named_and_the_nearest_slogan_is_meant():
    assert told("质量造就未来。质量造就未来。", SHENZHEN) == [("质量造就未来", "质量成就未来")] * 2
    register = ["坚持质量第一建设质量强省", "坚持质量优先建设质量强市"]
    assert told("坚持质量优先，建设质量强省", register) == [("坚持质量优先，建设质量强省", bare(register[1]))]


def test_a_passage_does_not_reach_over_the_end_of_a_sentence():
    assert told("人人都说质量成就未。我们说质量第一。", SHENZHEN) == [("质量成就未", "质量成就未来")]


@given(st.sampled_from(ALL), st.data())
def test_any_one_character_exchanged_is_found(slogan, data):
    letters = bare(slogan)
    at = data.draw(st.integers(0, len(letters) - 1))
    other = data.draw(st.sampled_from("甲乙丙丁戊己庚辛壬癸"))
    wrong = letters[:at] + other + letters[at + 1 :]
    found = misquotes(f"横幅：“{wrong}”。", ALL)
    assert [(each.found, each.start) for each in found] == [(wrong, 4)]
    assert differs_by_little(wrong, ALL) in [each for each in ALL if bare(each) == bare(found[0].meant)]


@given(st.lists(st.sampled_from(ALL), max_size=5), st.sampled_from(["，", "。", "\n", "”“", "　"]))
def test_right_slogans_in_any_order_are_never_a_finding(slogans, between):
    assert misquotes(between.join(slogans), ALL) == []


@given(st.text(alphabet="质量成就未来造强省，。 \n“”０㈠ﬁ\0", max_size=200), st.sampled_from([SHENZHEN, HUBEI]))
def test_what_is_found_stands_there_is_no_slogan_and_overlaps_nothing(text, register):
    found, before = misquotes(text, register), 0
    known = {bare(each) for each in register}
    for each in found:
        assert (each.start >= before, text[each.start : each.end], each.meant in register) == (True, each.found, True)
        assert bare(each.found) not in known
        before = each.end


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("质量造就未来", "质量成就未来"),
        ("质量成就未来。", None),
        ("实现有质量的稳定增长 可持续全面发展", "实现有质量的稳定增长\u3000可持续的全面发展"),
        ("人人关心质量", None),
        ("质量", None),
        ("", None),
    ],
)
def test_a_slogan_that_differs_by_little_from_the_register(text, meant):
    assert differs_by_little(text, SHENZHEN) == meant


@given(st.text(max_size=30))
def test_no_text_is_called_near_to_itself(text):
    assume(len(bare(text)) >= 5)
    assert differs_by_little(text, [text]) is None


def test_the_register_knows_a_slogan_by_what_two_writings_of_it_share(db):
    """One sign that stands for a phrase (U+FDFA is eighteen letters) does not burst the column."""
    rows = [Saying.objects.create(kind="slogan", text=text, year=2015, level=level) for level, text in (
        ("city", "质量，从我 做起！"), ("province", "“质量从我做起”"), ("national", "\ufdfa" * 20),
    )]  # fmt: skip
    assert [row.key for row in rows[:2]] == ["质量从我做起"] * 2
    assert (len(rows[2].key), rows[2].key) == (120, bare(rows[2].text))
