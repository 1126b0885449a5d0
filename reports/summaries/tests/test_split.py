"""A summary in a Word file is split into the sections by its headings; nothing of it is lost, nothing saved unseen."""

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from activities.states import Kind
from reports.models import Figure, Section, Summary
from reports.summaries.sections import ask, usual
from reports.summaries.split import pieces
from tests.cast import filed_plan, said, signed_in, text
from tests.pages import Page, forge, opened, page_of, press

TEXT = """水务局质量月活动总结
一、组织领导情况
成立领导小组，局长任组长。
二、活动开展情况
（一）开放日。接待市民1,200余人次。
（二）讲座三场。
三、取得成效
满意度提高。
四、宣传报道
报纸两篇。
五、存在的问题
经费不足。"""


def test_each_heading_leads_to_its_section_and_what_has_none_is_not_placed():
    found = [(each.key, each.text) for each in pieces(TEXT, usual())]
    assert found == [
        ("", "水务局质量月活动总结"),
        ("overview", "成立领导小组，局长任组长。"),
        ("practice", "（一）开放日。接待市民1,200余人次。\n（二）讲座三场。"),
        ("effect", "满意度提高。"),
        ("", "四、宣传报道\n报纸两篇。"),
        ("problems", "经费不足。"),
    ]


def test_a_section_the_office_thought_of_is_found_by_its_heading():
    sections = (*usual(), Section("own1", "宣传报道"))
    assert ("own1", "报纸两篇。") in [(each.key, each.text) for each in pieces(TEXT, sections)]


@pytest.mark.parametrize(
    "text", [TEXT, "一句话", "一、\n二、\n三、", "\t".join("格" for _ in range(60)), "𠮷㛃\n\n一、成效\n好"]
)
def test_no_line_is_lost(text):
    whole = "\n".join(f"{each.heading}\n{each.text}" for each in pieces(text, usual()))
    words = [part for line in text.splitlines() for part in line.replace("一、成效", "成效").split()]
    assert [word for word in words if word not in whole and not word.startswith(("一、", "二、", "三、", "五、"))] == []


# --- on the page ---------------------------------------------------------------------------------------------------


class Desk:
    def __init__(self, cast):
        self.cast, self.client = cast, signed_in(cast.liaison)
        self.row = cast.owed(cast.water, Kind.SUMMARY)
        self.address = f"{self.row.get_absolute_url()}split/"

    def hand_in(self, **values):
        return press(self.client, self.address, "Show what goes where", **values)

    def take(self, shown, **values):
        return press(self.client, page_of(shown), "Take it over into the draft", **values)

    def texts(self):
        return {each.key: each.text for each in Summary.objects.get().passages if each.text}


@pytest.fixture
def desk(autumn):
    return Desk(autumn)


def word(*paragraphs, table=()):
    made = docx.Document()
    for each in paragraphs:
        made.add_paragraph(each)
    if table:
        found = made.add_table(rows=len(table), cols=len(table[0]))
        for at, row in enumerate(table):
            for place, cell in enumerate(row):
                found.cell(at, place).text = cell
        found.cell(0, 0).merge(found.cell(0, 1))
    out = io.BytesIO()
    made.save(out)
    return SimpleUploadedFile("summary.docx", out.getvalue())


def test_it_is_shown_first_put_right_and_then_taken_over(desk):
    shown = desk.hand_in(text=TEXT)
    assert (Summary.objects.count(), "Not placed" in text(shown)) == (0, True)
    (at,) = [form.prefix for form in shown.context["pieces"] if "宣传报道" in form["text"].value()]
    assert said(desk.take(shown, **{f"{at}-key": "cases"})) == ["It stands in the draft. It is not submitted yet."]
    assert desk.texts() == {
        "overview": "成立领导小组，局长任组长。",
        "practice": "（一）开放日。接待市民1,200余人次。\n（二）讲座三场。",
        "effect": "满意度提高。",
        "cases": "四、宣传报道\n报纸两篇。",
        "problems": "经费不足。",
    }


def test_a_word_file_with_a_table_of_merged_and_of_sixty_cells(desk):
    wide = ["项目", *(f"第{n}列" for n in range(59))]
    file = word("一、取得成效", "见下表：", table=(wide, [str(n) for n in range(60)]))
    shown = desk.hand_in(file=file)
    desk.take(shown)
    kept = desk.texts()["effect"]
    assert [cell for cell in ("见下表：", "第0列", "第58列", "59") if cell not in kept] == []


def test_what_stands_there_stays_before_it_unless_it_is_to_go(desk):
    press(desk.client, desk.row.get_absolute_url(), "action=save", effect="Of my own")
    desk.take(desk.hand_in(text="一、取得成效\n好。"))
    assert desk.texts()["effect"] == "Of my own\n好。"
    desk.take(desk.hand_in(text="一、取得成效\n很好。"), instead="on")
    assert desk.texts()["effect"] == "很好。"


def test_the_figures_its_page_shows_are_kept(desk):
    posters, visitors = (f"figure_{each.pk}" for each in desk.cast.campaign.indicators.all())
    press(desk.client, desk.row.get_absolute_url(), "action=save", **{posters: "1,000余", visitors: "7"})
    desk.take(desk.hand_in(text="一、取得成效\n好。"))
    assert [each.shown for each in Figure.objects.all()] == ["1,000余", "7"]


def test_what_was_taken_over_from_filings_gives_way_to_the_units_own_words(desk):
    filed_plan(desk.cast.owed(desk.cast.water, Kind.PLAN), desk.cast.liaison, content="A tour of the works")
    press(desk.client, desk.row.get_absolute_url(), "action=save")
    desk.take(desk.hand_in(text="一、活动开展情况\n开放日三场。"))
    assert desk.texts()["practice"] == "开放日三场。"


def test_two_hundred_thousand_signs_are_refused_by_the_name_of_the_section_and_kept_on_the_page(desk):
    long = "长" * 25_000
    response = desk.take(desk.hand_in(text=f"一、取得成效\n{long}"))
    assert response.status_code == 422
    assert "would have 25,000 characters; at most 20,000 fit." in text(response)
    assert (long in text(response), Summary.objects.count()) == (True, 0)
    assert desk.hand_in(text="长" * 200_001).status_code == 422


@pytest.mark.parametrize("file", [b"", b"\x89PNG\r\n\x1a\n" + b"0" * 100, b"PK\x03\x04 broken"])
def test_a_file_that_cannot_be_read_is_told_beside_it(desk, file):
    response = desk.hand_in(file=SimpleUploadedFile("summary.docx", file))
    assert (response.status_code, bool(response.context["form"].errors), Summary.objects.count()) == (422, True, 0)


def test_who_typed_meanwhile_is_not_overwritten(desk):
    shown = desk.hand_in(text="一、取得成效\n好。")
    press(signed_in(desk.cast.head), desk.row.get_absolute_url(), "action=save", effect="The head's words")
    response = desk.take(shown)
    assert (response.status_code, desk.texts()) == (409, {"effect": "The head's words"})


def test_a_piece_goes_only_to_sections_there_are(desk):
    shown = desk.hand_in(text="一、取得成效\n好。")
    response = press(desk.client, page_of(shown), "Take it over into the draft", forged={"form-0-key": "photos"})
    assert (response.status_code, Summary.objects.count()) == (422, 0)


def test_the_office_and_others_do_not_write_there(desk):
    assert signed_in(desk.cast.staff).get(desk.address).status_code == 403
    assert forge(signed_in(desk.cast.neighbour), desk.address, {"text": "x"}).status_code == 404


def test_what_is_filed_is_not_split_any_more(desk, autumn):
    desk.row.submit(by=autumn.liaison)
    assert isinstance(opened(desk.client, desk.address), Page)
    assert desk.client.get(desk.address).status_code == 302


def test_it_follows_the_sections_of_the_office(desk):
    ask(desk.cast.campaign, (*usual()[:2], Section("", "宣传报道")), by=desk.cast.staff)
    desk.take(desk.hand_in(text=TEXT))
    assert desk.texts()["own1"] == "报纸两篇。"
    assert "effect" not in desk.texts()
