"""Looking for something: two characters are enough, nobody finds what is not theirs, bad input gets an answer."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Unit, User
from accounts.sounds import sound_waiting
from activities.filing import volunteer
from activities.judging import cases
from activities.models import Case, Coverage
from activities.states import Kind
from campaigns.models import DocumentNumber
from reports.models import SearchEntry, Summary
from reports.models.search_entry import Sought
from reports.search import finding, index
from reports.search.finding import MOST, Asked, Finder
from reports.search.folding import SECTION, fold, grams, words_of
from reports.search.marked import marked, sentences
from reports.search.page import Search
from tests.cast import Cast, filed, filed_plan, filed_registration, filed_summary, issued, make_cast, signed_in, text

PHONE = "13800000002"


@pytest.fixture
def cast(db: None) -> Cast:
    """The city's notice is issued; the water bureau filed what only it and the city's office may read."""
    cast = issued(make_cast())
    cast.campaign.activities.update(description="现场开放，讲解计量知识")
    filed_plan(cast.owed(cast.water, Kind.PLAN), cast.liaison, goal=f"检定血压计，联系{PHONE}。走进社区宣讲。")
    filed_summary(cast.owed(cast.water, Kind.SUMMARY), cast.liaison, overview="共检定血压计１２台。\n走进十二所学校。")
    filed_registration(cast.owed(cast.water, Kind.LIAISON), cast.liaison, "罗湖生")
    index.take_in()
    return cast


def hits(user: User, typed: str, **more: Any) -> dict[str, int]:
    """How many of each kind somebody finds."""
    found = Search(user, Asked(words_of(typed), **more)).groups()
    return {str(group.kind): group.number for group in found}


def page(user: User, query: str) -> Any:
    return signed_in(user).get(f"/search/?{query}")


# --- what is found ----------------------------------------------------------------------------------------------------


def test_two_characters_are_found_one_too_and_longer_words_only_as_they_were_typed(cast: Cast) -> None:
    assert hits(cast.staff, "检定") == {"plan": 1, "summary": 1}
    assert hits(cast.staff, "计") == {"activity": 2, "plan": 1, "summary": 1}
    assert hits(cast.staff, "检定血压计") == {"plan": 1, "summary": 1}
    assert hits(cast.staff, "走进社区") == {"plan": 1}
    assert hits(cast.staff, "血压计定") == {}
    assert hits(cast.staff, "计量 知识") == {"activity": 2}
    assert hits(cast.staff, "检定 社区") == {"plan": 1}


def test_width_brackets_capitals_and_line_ends_make_no_difference(cast: Cast) -> None:
    number = str(DocumentNumber.objects.get(notice=cast.notice))
    for typed in (number, number.replace("〔", "[").replace("〕", "]"), number.replace("〔", "（").replace("〕", ")")):
        assert hits(cast.staff, typed)["notice"] == 1
    assert (hits(cast.staff, "12台"), hits(cast.staff, "１２台")) == ({"summary": 1}, {"summary": 1})
    assert hits(cast.staff, "12台。走进十二") == {"summary": 1}
    assert hits(cast.staff, "NOTICE") == hits(cast.staff, "ｎotice")


def test_units_are_found_by_how_they_sound_and_people_too(cast: Cast) -> None:
    Unit.objects.create(name="龙岗区", kept_by=cast.office)
    sound_waiting()
    assert (hits(cast.staff, "lg"), hits(cast.staff, "龙岗")) == ({"unit": 1}, {"unit": 1})
    assert (hits(cast.staff, "lhs"), hits(cast.staff, "罗湖")) == ({"person": 1}, {"person": 1})
    assert hits(cast.admin, "liaison")["person"] == 2  # accounts the administrator looks after
    assert hits(cast.leader, "lg") == {"unit": 1}
    assert (hits(cast.liaison, "lg"), hits(cast.liaison, "罗湖")) == ({}, {"person": 1})


def test_ones_own_messages_are_found_as_one_reads_them(cast: Cast) -> None:
    title = "Notice of City month"
    told = [each for each in cast.liaison.notifications.all() if title in f"{each.text}\n{each.body}"]
    assert hits(cast.liaison, title)["message"] == len(told) > 0
    assert "message" not in hits(cast.stranger, title)


def test_the_page_shows_hits_in_their_sentence_with_the_words_marked_and_leads_to_them(cast: Cast) -> None:
    html = BeautifulSoup(page(cast.staff, "q=血压+检定").content, "html.parser")
    plan = html.select_one("#plan li")
    assert plan and plan.select_one("a")["href"] == cast.owed(cast.water, Kind.PLAN).get_absolute_url()
    assert [each.text for each in plan.select("mark")] == ["检定血压"]
    assert "Water bureau" in plan.text and "走进社区" not in plan.text
    assert [each["href"] for each in html.select("#summary a")] == [
        cast.owed(cast.water, Kind.SUMMARY).get_absolute_url()
    ]


def test_a_kind_and_a_year_stand_in_the_address_and_pages_are_pages(cast: Cast) -> None:
    for number in range(45):
        draft = Coverage.draft(volunteer.begin(cast.campaign, cast.water, Kind.COVERAGE))
        draft.title = f"计量报道{number}"
        filed(draft, cast.liaison)
    index.take_in()
    first = BeautifulSoup(page(cast.staff, "q=计量报道").content, "html.parser")
    assert [
        (each.select_one("h2 span").text.strip(), len(each.select("li"))) for each in first.select("section[id]")
    ] == [("45", 4)]
    third = BeautifulSoup(page(cast.staff, "q=计量报道&kind=material&page=3").content, "html.parser")
    assert [each.text for each in third.select("#material li a")][-1].endswith("计量报道0")
    assert len(third.select("#material li")) == 5
    assert hits(cast.staff, "计量报道", year=2015) == {"material": 45}
    assert hits(cast.staff, "计量报道", year=2014) == {}


# --- whose it is ------------------------------------------------------------------------------------------------------


def test_what_a_unit_filed_is_found_by_it_and_the_office_and_by_nobody_else(cast: Cast) -> None:
    found = {who for who, user in cast.people().items() if "plan" in hits(user, "血压")}
    assert found == {"staff", "signer", "leader", "liaison", "head"}
    for who, user in cast.people().items():
        if who not in found:
            assert "血压" not in text(page(user, "q=检定")), who


def test_drafts_what_was_taken_back_and_what_is_not_published_are_not_found(cast: Cast) -> None:
    owed = cast.owed(cast.health, Kind.SUMMARY)
    draft = Summary.draft(owed)
    draft.overview = "疫苗开放日"
    draft.save_draft(by=cast.neighbour, seen=0)
    index.take_in()
    assert [hits(user, "疫苗") for user in (cast.staff, cast.neighbour)] == [{}, {}]
    draft.submit(by=cast.neighbour)
    index.take_in()
    found = [hits(user, "疫苗") for user in (cast.staff, cast.neighbour, cast.liaison)]
    assert found == [{"summary": 1}, {"summary": 1}, {}]
    cast.owed(cast.health, Kind.SUMMARY).withdraw(by=cast.neighbour)
    assert [hits(user, "疫苗") for user in (cast.staff, cast.neighbour)] == [
        {},
        {},
    ]  # at once, before the worker's turn
    index.take_in()
    assert (SearchEntry.objects.filter(assignment=owed).exists(), list(index.wrong())) == (False, [])


def test_a_case_is_found_by_all_units_once_it_is_published_in_the_words_of_the_office(cast: Cast) -> None:
    draft = Case.draft(volunteer.begin(cast.campaign, cast.water, Kind.CASE))
    draft.title, draft.practice = "一杯好水", "管网漏损检测"
    row = cases.select(filed(draft, cast.liaison).assignment, by=cast.staff)
    index.take_in()
    assert [hits(user, "漏损") for user in (cast.staff, cast.neighbour)] == [{"case": 1}, {}]
    cases.publish(row, by=cast.staff)
    index.take_in()
    assert [hits(user, "漏损") for user in (cast.staff, cast.neighbour)] == [{"case": 2}, {"case": 1}]
    cases.unpublish(row, by=cast.staff)
    assert hits(cast.neighbour, "漏损") == {}


def test_a_notice_is_found_by_its_office_alone_until_it_is_issued(db: None) -> None:
    cast = make_cast()
    cast.notice.body = "开展质量比对"
    cast.notice.save()
    index.take_in()
    seen = {who for who, user in cast.people().items() if hits(user, "比对")}
    assert seen == {"staff", "signer", "leader"}
    issued(cast)
    index.take_in()
    seen = {who for who, user in cast.people().items() if hits(user, "比对")}
    assert seen == {"staff", "signer", "leader", "liaison", "head", "neighbour", "district_liaison"}


def test_telephone_numbers_are_neither_found_nor_shown(cast: Cast) -> None:
    assert hits(cast.staff, PHONE) == {}
    shown = text(page(cast.staff, "q=联系"))
    assert (PHONE in shown, "138****0002" in shown) == (False, True)
    assert not SearchEntry.objects.filter(text__contains=PHONE).exists()


# --- the index --------------------------------------------------------------------------------------------------------


def scanned(user: User, words: tuple[str, ...]) -> dict[str, set[int]]:
    """What a slow, obvious search finds in what the person may read: without letters, without bits."""
    found: dict[str, set[int]] = {}
    for row in SearchEntry.objects.visible_to(user):
        folded = fold(f"{row.title}{SECTION}{row.text}")
        if all(word in folded for word in words):
            found.setdefault(row.kind, set()).add(row.number)
    return found


LETTERS = "质量月检定〔〕(2０)a。 "


@pytest.mark.django_db
@settings(max_examples=6)
@given(st.lists(st.text(LETTERS, min_size=1, max_size=25), min_size=1, max_size=5), st.data())
def test_the_index_finds_what_a_slow_search_finds(texts: list[str], data: st.DataObject) -> None:
    """For everybody, with turns of the worker between filings, and something taken back."""
    with transaction.atomic():
        compare(issued(make_cast()), texts, data)
        transaction.set_rollback(True)


def compare(cast: Cast, texts: list[str], data: st.DataObject) -> None:
    owed = [(cast.water, cast.liaison), (cast.health, cast.neighbour), (cast.district, cast.district_liaison)]
    for number, words in enumerate(texts):
        unit, officer = owed[number % len(owed)]
        draft = Coverage.draft(volunteer.begin(cast.campaign, unit, Kind.COVERAGE))
        draft.title, draft.outlet = words[:5], words
        sent = filed(draft, officer).assignment
        if data.draw(st.booleans()):
            index.take_in()
        if data.draw(st.integers(0, 3)) == 0:
            sent.withdraw(by=officer)
    index.take_in()
    assert list(index.wrong()) == []
    where = data.draw(st.sampled_from(texts))
    start = data.draw(st.integers(0, len(where) - 1))
    sought = words_of(where[start : start + data.draw(st.integers(1, 6))])
    for user in (cast.staff, cast.liaison, cast.neighbour, cast.stranger):
        found = {str(kind): set(each.numbers) for kind, each in Finder(user, Asked(sought)).found(MOST).items()}
        assert found == (scanned(user, sought) if sought else {})


def test_many_hits_are_counted_without_looking_at_each(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same number by bits alone as by looking at every row; of a longer word the page says “about”."""
    for _number in range(4):
        filed_case(volunteer.begin(cast.campaign, cast.water, Kind.CASE), cast)
    index.take_in()
    assert hits(cast.staff, "漏损") == hits(cast.liaison, "漏损") == {"case": 4}
    monkeypatch.setattr(finding, "EXACT", 3)
    assert hits(cast.staff, "漏损") == hits(cast.liaison, "漏损") == {"case": 4}
    few = Finder(cast.staff, Asked(("管网漏损",))).found(2)[Sought.CASE]
    assert (few.number, few.exact, len(few.numbers)) == (4, False, 2)
    assert "about 4" in text(page(cast.staff, "q=管网漏损"))


def filed_case(assignment: Any, cast: Cast) -> None:
    draft = Case.draft(assignment)
    draft.practice = "管网漏损检测"
    filed(draft, cast.liaison)


def test_queries_are_as_many_for_one_hit_as_for_three(cast: Cast, django_assert_num_queries: Any) -> None:
    for typed in ("社区", "检定", "计"):
        user = User.objects.get(pk=cast.staff.pk)
        assert user.held
        with django_assert_num_queries(7):
            Search(user, Asked(words_of(typed))).groups()


def test_what_is_wrong_is_named_and_the_index_can_be_made_anew(cast: Cast, capsys: Any) -> None:
    call_command("search_index", "check")
    SearchEntry.objects.filter(kind="plan").update(folded="something else")
    with pytest.raises(CommandError, match=r"plan \d+, block 0 \(2\)"):
        call_command("search_index", "check")
    call_command("search_index", "rebuild")
    call_command("search_index", "check")
    assert hits(cast.staff, "检定") == {"plan": 1, "summary": 1}


def test_a_corrected_version_takes_the_place_of_the_one_before(cast: Cast) -> None:
    row = cast.owed(cast.water, Kind.PLAN)
    row.send_back(by=cast.staff, reason="More")
    assert hits(cast.staff, "社区") == {"plan": 1}
    filed_plan(row, cast.liaison, goal="走进校园")
    index.take_in()
    assert (hits(cast.staff, "社区"), hits(cast.staff, "走进校园")) == ({}, {"plan": 1})
    assert index.take_in() == 0  # nothing is left to do


# --- bad input --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("q=" + "质" * 10_000, "That is too long to look for: at most 100 characters."),
        ("q=<script>alert(1)</script>", "Nothing you may see holds all of these words."),
        ("q=，。！？〔〕", "There is no letter and no digit"),
        ("q=%25_", "There is no letter and no digit"),
        ("q=检定&page=1000000000&kind=plan", "检定"),
        ("q=检定&kind=everything&year=99999", "was left out: “everything”; “99999”"),
        ("q=没有这样的词", "Nothing you may see holds all of these words."),
        ("q=%00检定%00", "检定"),
        ("q=%27%5C%22%3A*%26检", "Nothing you may see"),
        ("", "What was issued and filed appears here"),
    ],
)
def test_bad_input_gets_an_answer(cast: Cast, query: str, said: str) -> None:
    response = page(cast.staff, query)
    assert (response.status_code, said in text(response)) == (200, True)
    assert b"<script>alert" not in response.content


def test_letters_that_sql_or_html_would_take_for_its_own_are_letters(cast: Cast) -> None:
    filed_case(row := volunteer.begin(cast.campaign, cast.water, Kind.CASE), cast)
    Case.objects.filter(assignment=row).update(practice=r"100%合格_<b>'\&amp;")
    index.begin_anew()
    for typed in ("100%", "格_", "<b>'", "b>'\\", "&amp;"):
        assert hits(cast.staff, typed) == {"case": 1}, typed
    assert "%" not in hits(cast.staff, "1%0")
    shown = page(cast.staff, "q=%3Cb%3E").content.decode()
    assert "<mark>&lt;b&gt;</mark>" in shown


def test_folding_and_marking() -> None:
    assert (fold("（２０１５）\n Ａ"), words_of(" 检定 检定  ！ ")) == ("(2015)a", ("检定",))
    assert grams("ab\nc") == {"ab", "a", "b", "c"}
    assert marked("１２台", ("2台",)) == "１<mark>２台</mark>"
    assert sentences("走。进\n校园", ("走。进",)) == "<mark>走。进</mark>\n校园"
    assert sentences("甲乙。丙丁。", ("丁",)) == "丙<mark>丁</mark>。"
    long = sentences("长" * 500 + "检定" + "长" * 500, ("检定",))
    assert (long.startswith("…"), long.endswith("…"), "<mark>检定</mark>" in long, len(long) < 250) == (True,) * 4


def test_what_is_empty_says_what_will_appear(db: None) -> None:
    cast = make_cast()
    assert hits(cast.stranger, "质量") == {}
    assert "appears here" in text(page(cast.stranger, ""))
