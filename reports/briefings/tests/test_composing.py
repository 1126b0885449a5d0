"""Composing: figures that fill themselves, quotations with their source, two writers, editions that stay."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

import documents
from activities.asking.issue import issue, proposed_due, sign
from activities.models import Assignment
from campaigns.models import NoticeKind
from campaigns.way import approve
from reports.briefings import composing, editions
from reports.briefings.moment import stood
from reports.briefings.passages import problem_sentences
from reports.briefings.tests.drafts import said_now
from reports.briefings.to_notice import to_notice
from reports.models import Briefing, BriefingKind, BriefingState, Composition, Figure
from reports.tasks import build_briefing
from tests.cast import filed_summary, signed_in, text
from tests.pages import forge, opened, press
from tests.september import text_of
from workflow import clock
from workflow.models import MoveRefused

DAY = date(2015, 9, 20)
PROBLEMS = "小微企业参与不够。场地不足。"


@pytest.fixture
def october(autumn, media, settings, tmp_path):
    """The water bureau's summary is accepted, the health bureau's lies unread, the district is silent."""
    settings.CHAPTERS_DIR = tmp_path / "chapters"
    with clock.as_of(DAY):
        water = autumn.owed(autumn.water, "summary")
        words = {"practice": "水厂开放三天。来了1200人次。市民满意。", "problems": PROBLEMS}
        filed_summary(water, autumn.liaison, 30, 1200, **words)
        water.accept(by=autumn.staff)
        filed_summary(autumn.owed(autumn.health, "summary"), autumn.neighbour, 7, 11)
    settings.TODAY = DAY
    return autumn


def composed(cast):
    """A composition with a case and a problem of the water bureau."""
    composition = composing.begin(cast.campaign, BriefingKind.CONSOLIDATED, by=cast.staff)
    water = cast.owed(cast.water, "summary")
    composing.add_cases(composition, [water], by=cast.staff)
    with translation.override("zh-hans"):
        quotes = [(owed.assignment, said) for owed, said in problem_sentences(stood(cast.campaign))]
    composing.add_problem(composition, quotes[:1], by=cast.staff)
    return composition


def page(cast):
    return reverse("reports:compose", args=[cast.campaign.pk])


def paper(cast):
    return said_now(cast.campaign, cast.staff)["paper"]["text"]


def built(cast):
    edition = editions.build(cast.campaign, by=cast.staff)
    build_briefing(edition.pk)
    edition.refresh_from_db()
    assert (edition.state, edition.reason) == (BriefingState.READY, "")
    return edition


# --- what it says ------------------------------------------------------------------------------------------


def test_only_what_the_office_accepted_is_content_and_what_lies_unread_stands_apart(october):
    said = said_now(october.campaign, october.staff)
    assert said["facts"]["Posters"] == "30sheets"
    assert said["facts"]["审核情况"] == "已审核1份，另有1份已报送、尚未审核"
    assert [each["unit"] for each in said["chapters"]] == [october.water.pk]
    assert [each["key"] for each in said["lists"]] == ["unread", "missing", "sources"]


def test_cases_and_problems_stand_in_the_paper_with_the_units_that_named_them_and_their_source(october):
    composed(october)
    said = said_now(october.campaign, october.staff)["paper"]
    lines = said["text"].splitlines()
    case = next(line for line in lines if "水厂开放三天" in line)
    problem = next(line for line in lines if "小微企业" in line)
    assert case.startswith("（一）Water bureau。水厂开放三天。来了1,200人次。［")
    assert problem.startswith("（一）小微企业参与不够。有1个单位反映。［")
    for line in (case, problem):
        number = int(re.search(r"［(\d+)］$", line)[1])
        source = said["sources"][number - 1]
        assert (source["units"], "Water bureau" in source["said"]) == ([october.water.pk], True)
    assert [each["title"] for each in said["annexes"]] == [
        "各单位活动总结报送情况", "各单位工作数据", "典型做法原文摘录", "数据和引文来源"
    ]  # fmt: skip


def test_every_unit_stands_in_the_table_and_the_silent_are_named(october):
    table = said_now(october.campaign, october.staff)["paper"]["annexes"][0]["blocks"][0]
    assert [list(row[1:3]) for row in table["rows"]][:3] == [
        ["Water bureau", "按时，已审核"], ["Health bureau", "按时，待审核"], ["District office", "未报送（未到期）"]
    ]  # fmt: skip


def test_what_a_unit_corrects_later_and_a_name_that_is_no_figure_are_pointed_out(october):
    composition = composed(october)
    client = signed_in(october.staff)
    assert "has corrected" not in text(client.get(page(october)))
    water = october.owed(october.water, "summary")
    water.send_back(by=october.staff, reason="Count again")
    filed_summary(water, october.liaison, 31, 1300, practice="水厂开放五天。", problems="没有问题存在。")
    Composition.objects.filter(pk=composition.pk).update(text="【没有这个数】")
    shown = text(client.get(page(october)))
    assert shown.count("Water bureau has corrected what is quoted") == 2
    assert "Nothing is called 【没有这个数】." in shown


def test_a_sentence_of_an_earlier_year_is_pointed_out_whatever_its_figures(october):
    composition = composed(october)
    earlier = type(october.campaign).objects.create(
        host=october.office, year=2014, title="Month of 2014", theme="Quality", starts_on=date(2014, 9, 1),
        ends_on=date(2014, 9, 30), summary_due_on=date(2014, 10, 15),
    )  # fmt: skip
    earlier_paper = {"paper": {"text": "有12个单位对质量工作重视不够。"}}
    Briefing.objects.create(
        campaign=earlier,
        edition=1,
        made_by=october.staff,
        content=earlier_paper,
    )
    Composition.objects.filter(pk=composition.pk).update(
        text="有15个单位对质量工作重视不够。\n今年另有新的问题需要解决。"
    )
    shown = text(signed_in(october.staff).get(page(october)))
    assert shown.count("Repeated from 2014") == 1
    assert "有12个单位对质量工作重视不够" in shown


def test_the_live_draft_links_each_figure_to_what_is_behind_it(october):
    composed(october)
    shown = signed_in(october.staff).get(page(october)).content.decode()
    links = re.findall(r'<a class="filled" href="([^"]+)"', shown)
    client = signed_in(october.leader)
    assert len(links) > 8
    assert {client.get(link.replace("&amp;", "&").split("#")[0]).status_code for link in set(links)} == {200}


# --- writing -----------------------------------------------------------------------------------------------


def test_text_cases_and_problems_are_saved_together(october):
    composition = composed(october)
    case, problem = composition.quotes.get(problem=None), composition.problems.get()
    fields = {
        "text": "一、总体情况\n【应报总结】", f"case-{case.pk}": "开放三天，市民满意。",
        f"problem-{problem.pk}-cause": "场地有限", f"problem-{problem.pk}-next_step": "增加场次",
    }  # fmt: skip
    press(signed_in(october.staff), page(october), "Save", **fields)
    case.refresh_from_db()
    problem.refresh_from_db()
    composition.refresh_from_db()
    assert (case.text, problem.cause, problem.next_step) == ("开放三天，市民满意。", "场地有限", "增加场次")
    assert composition.text.splitlines() == ["一、总体情况", "【应报总结】"]
    assert paper(october).splitlines()[1] == "3份［1］"


def test_the_second_of_two_writers_is_told_and_loses_nothing(october):
    composed(october)
    first, second = signed_in(october.staff), signed_in(october.signer)
    seen = opened(second, page(october))
    press(first, page(october), "Save", text="一稿")
    clash = press(second, seen, "Save", text="二稿")
    assert clash.status_code == 409
    assert "saved this briefing meanwhile" in text(clash)
    assert "二稿" in text(clash)
    assert Composition.objects.get(kind="consolidated").text == "一稿"
    revision = Composition.objects.get(kind="consolidated").revision
    assert f'name="seen" value="{revision}"' in text(clash)  # saved again it replaces theirs


def test_the_page_saves_by_itself_and_keeps_what_is_in_order(october):
    composition = composed(october)
    case = composition.quotes.get(problem=None)
    client = signed_in(october.staff)
    sent = {"seen": composition.revision, "action": "autosave", "title": "T", "text": "稿", f"case-{case.pk}": ""}
    answer = forge(client, page(october), sent).json()
    composition.refresh_from_db()
    case.refresh_from_db()
    assert (answer["seen"], f"case-{case.pk}" in answer["wrong"]) == (composition.revision, True)
    assert (composition.text, case.text != "") == ("稿", True)
    assert forge(client, page(october), sent).status_code == 409


def test_a_chapter_is_edited_beside_the_unit_s_text_left_out_and_put_in_order(october):
    composed(october)
    client, water = signed_in(october.staff), october.owed(october.water, "summary")
    one = reverse("reports:chapter", args=[water.pk])
    press(client, one, "Save", text="一、概况\n办公室编辑的文字。")
    said = said_now(october.campaign, october.staff)
    assert said["chapters"][0]["text"].endswith("办公室编辑的文字。")
    assert "What you changed in the unit’s text" in text(client.get(one))
    press(client, reverse("reports:chapters", args=[october.campaign.pk]), "Save", **{f"kind-{water.pk}": "left_out"})
    assert said_now(october.campaign, october.staff)["chapters"] == []


# --- editions ----------------------------------------------------------------------------------------------


def test_what_a_unit_changes_after_freezing_reaches_the_live_draft_and_not_the_edition(october):
    composed(october)
    edition = built(october)
    before = (edition.content, edition.sha256, edition.paper_sha256)
    water = october.owed(october.water, "summary")
    water.send_back(by=october.staff, reason="Count again")
    filed_summary(water, october.liaison, 99, 1300, practice="水厂开放五天。")
    october.owed(october.water, "summary").accept(by=october.staff)
    edition.refresh_from_db()
    assert (edition.content, edition.sha256, edition.paper_sha256) == before
    assert edition.content["facts"]["Posters"] == "30sheets"
    assert said_now(october.campaign, october.staff)["facts"]["Posters"] == "99sheets"
    second = built(october)
    assert "“Posters”由“30sheets”改为“99sheets”" in second.changes
    assert "Water bureau的总结由第1稿改为第2稿" in second.changes


def test_an_edition_of_the_deadline_shows_what_stood_then(october, settings):
    composition = composed(october)
    Composition.objects.filter(pk=composition.pk).update(stands_on="deadline")
    due = october.owed(october.district, "summary").due_at
    settings.TODAY = date(2015, 10, 20)
    filed_summary(october.owed(october.district, "summary"), october.district_liaison, 500, 1)
    october.owed(october.district, "summary").accept(by=october.staff)
    october.owed(october.health, "summary").accept(by=october.staff)
    edition = editions.build(october.campaign, by=october.staff)
    assert edition.stands_at == due
    assert edition.content["facts"]["Posters"] == "30sheets"
    assert edition.content["facts"]["未报送单位"] == "District office"
    assert [each["key"] for each in edition.content["lists"]] == ["unread", "missing", "sources"]


def test_word_and_pdf_are_kept_with_their_checksums_and_units_get_them_once_it_is_circulated(october):
    composed(october)
    edition = built(october)
    names = ("file", "book-word", "book-ofd", "circular-file", "circular-word", "circular-ofd")
    unit, office = signed_in(october.liaison), signed_in(october.staff)
    status = lambda client: [client.get(reverse(f"reports:{name}", args=[edition.pk])).status_code for name in names]  # noqa: E731
    assert (status(unit), status(office)) == ([404] * 6, [200] * 6)
    editions.circulate(edition, by=october.staff)
    assert status(unit) == [200] * 6
    shown = text(unit.get(edition.get_absolute_url()))
    assert "What of Water bureau stands in it" in shown
    assert "水厂开放三天。来了1,200人次。" in shown
    assert "小微企业参与不够" in shown
    assert "Health bureau" not in shown
    assert list(edition.openings.values_list("unit__name", "by__username")) == [("Water bureau", "liaison")]
    assert "Water bureau" in text(office.get(edition.get_absolute_url()))
    assert edition.openings.count() == 1


def test_the_paper_goes_the_way_of_a_notice_and_gets_its_number_and_receipts(october):
    composed(october)
    edition = built(october)
    response = press(signed_in(october.staff), edition.get_absolute_url(), "Send the paper on its way")
    edition.refresh_from_db()
    notice = edition.notice
    assert response.redirect_chain == [(notice.get_absolute_url(), 302)]
    assert (notice.kind, notice.body, notice.annexes.count()) == (
        NoticeKind.CIRCULAR,
        edition.content["paper"]["text"],
        4,
    )
    approve(notice, author=october.staff, reviewer=october.signer)
    with pytest.raises(MoveRefused):
        to_notice(edition, by=october.staff)
    sign(notice, by=october.signer)
    assert notice.document_number is not None


def test_a_new_edition_after_the_paper_went_out_is_its_correction_and_names_what_changed(october):
    composed(october)
    first = to_notice(built(october), by=october.staff)
    approve(first, author=october.staff, reviewer=october.signer)
    issue(first, by=october.signer, due=proposed_due(first))
    assert Assignment.objects.filter(notice=first, kind="receipt").count() == 3
    october.owed(october.health, "summary").accept(by=october.staff)
    second = to_notice(built(october), by=october.staff)
    assert (second.kind, second.about) == (NoticeKind.CORRECTION, first)
    assert second.annexes.last().title == "更正内容"
    assert "“Posters”由“30sheets”改为“37sheets”" in str(second.annexes.last().blocks)


def test_a_bulletin_is_a_paper_without_a_book(october):
    edition = editions.build(october.campaign, by=october.staff, kind=BriefingKind.BULLETIN)
    build_briefing(edition.pk)
    edition.refresh_from_db()
    assert (edition.state, bool(edition.paper), bool(edition.file)) == (BriefingState.READY, True, False)


def test_nothing_filed_at_all_is_a_paper_all_the_same(autumn, media, settings, tmp_path):
    settings.CHAPTERS_DIR = tmp_path / "chapters"
    edition = built(autumn)
    assert edition.content["facts"]["数据汇总"] == "各单位尚无已审核的数据"
    assert edition.content["facts"]["未报送单位"] == "Water bureau、Health bureau、District office"


# --- out ---------------------------------------------------------------------------------------------------


def test_all_figures_go_out_as_excel_one_sheet_a_table(october):
    response = signed_in(october.leader).get(reverse("reports:briefing-figures-excel", args=[october.campaign.pk]))
    pages = {page.name: page.rows for page in documents.sheets.tables_of(b"".join(response))}
    assert list(pages) == ["材料报送情况", "各单位报送情况", "各单位工作数据", "简报所用数据"]
    assert pages["各单位工作数据"][1:] == [(2, ["Water bureau", "30", "1200"]), (3, ["合计", "30", "1200"])]


def test_a_figure_that_is_only_about_right_says_so_beside_its_number(october):
    Figure.objects.filter(value=1200).update(about="1,200余")
    response = signed_in(october.leader).get(reverse("reports:briefing-figures-excel", args=[october.campaign.pk]))
    (rows,) = [page.rows for page in documents.sheets.tables_of(b"".join(response)) if page.name == "各单位工作数据"]
    assert [cells for _number, cells in rows] == [
        ["单位", *(str(each.label) for each in october.campaign.indicators.all()), "约数原文"],
        ["Water bureau", "30", "1200", "1,200余"],
        ["合计", "30", "1200", "1,200余"],
    ]


def test_a_unit_takes_home_what_of_its_own_was_used_and_nobody_elses(october, media, settings, tmp_path):
    settings.CHAPTERS_DIR = tmp_path / "chapters"
    edition = built(october)
    editions.circulate(edition, by=october.staff)
    client = signed_in(october.liaison)
    page = text(client.get(edition.get_absolute_url()))
    assert "Take it home as Excel" in page
    book = client.get(reverse("reports:own-used-excel", args=[edition.pk]), {"unit": october.water.pk})
    sheets = {each.name: [cells for _number, cells in each.rows] for each in documents.sheets.tables_of(book.content)}
    assert [cells[1] for cells in sheets["工作数据"][1:]] == ["30", "1,200"]
    paper = client.get(reverse("reports:own-used-pdf", args=[edition.pk]))
    (shown,) = text_of(paper.content)
    assert ("Waterbureau" in shown, "1,200" in shown) == (True, True)
    for name in ("own-used-excel", "own-used-pdf"):
        others = client.get(reverse(f"reports:{name}", args=[edition.pk]), {"unit": october.health.pk})
        assert others.status_code == 404


def test_the_page_for_leaders_says_five_sentences_and_who_is_behind(october, settings):
    settings.TODAY = date(2015, 10, 20)
    shown = signed_in(october.leader).get(reverse("reports:leaders-page", args=[october.campaign.pk]))
    assert len(shown.context["page"].sentences) == 5
    assert len(shown.context["page"].worst) == 3
    assert "已审核1份，另有1份已报送、尚未审核" in text(shown)


def test_the_book_names_its_sources_by_marks_and_at_its_end(october, media, settings, tmp_path):
    settings.CHAPTERS_DIR = tmp_path / "chapters"
    composition = composing.begin(october.campaign, BriefingKind.CONSOLIDATED, by=october.staff)
    Composition.objects.filter(pk=composition.pk).update(closing="共报送【已报总结】，汇总【Posters】。")
    says = said_now(october.campaign, october.staff)
    assert says["closing"] == "共报送2份［2］，汇总30sheets［4］。"
    opening = [each["text"][-3:] for each in says["opening"] if each["kind"] == "paragraph"][-4:]
    assert opening == ["［1］", "［2］", "［2］", "［3］"]
    rows = says["lists"][-1]["blocks"][0]["rows"]
    assert [(number, said[:4]) for number, said in rows] == [
        ("1", "《Cit"), ("2", "报送记录"), ("3", "已审核的"), ("4", "“Pos"),
    ]  # fmt: skip


def test_a_chapter_is_a_pdf_of_its_own(october, media):
    water, health = october.owed(october.water, "summary"), october.owed(october.health, "summary")
    client = signed_in(october.staff)
    answer = client.get(reverse("reports:chapter-pdf", args=[water.pk]))
    assert "水厂开放三天" in "".join(text_of(answer.content))
    assert client.get(reverse("reports:chapter-pdf", args=[health.pk])).status_code == 302  # not accepted
