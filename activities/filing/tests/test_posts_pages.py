"""Progress, typical cases, media coverage, material on their pages: half-done, complete, wrong, read by others."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from activities.filing import volunteer
from activities.models import Appearance, Assignment, Case, Coverage, Material, Progress, Round
from activities.states import Kind
from tests.cast import said, signed_in, text
from tests.pages import autosave, opened, press
from workflow import clock

NEEDED = "Needed before you can submit."
REPORT = {"stage": "under_way", "percent": "40", "narrative": "Stalls are built", "next_step": "Open the doors"}
CASE = {"title": "Labels at school", "background": "Why", "practice": "How", "effect": "What came of it"}
CLIPPING = {"outlet": "Evening paper", "title": "Doors open", "on": "2015-08-30", "link": "https://news.example.com/1"}


class Sheet:
    """Something the water bureau sends of its own accord."""

    def __init__(self, cast, kind, about=True):
        self.cast, self.activity = cast, cast.campaign.activities.first()
        self.row = volunteer.begin(cast.campaign, cast.water, kind, self.activity if about else None)

    def page(self):
        """The page as the liaison officer has it open now."""
        return opened(signed_in(self.cast.liaison), self.row.get_absolute_url())

    def send(self, action="submit", user=None, page=None, **values):
        """Type on the page (of now, or one opened before) and press a button."""
        return press(signed_in(user or self.cast.liaison), page or self.page(), f"action={action}", **values)

    def read_by(self, who):
        return signed_in(self.cast.people()[who]).get(self.row.get_absolute_url())


@pytest.fixture
def sheet(autumn, media):
    return lambda kind, about=True: Sheet(autumn, kind, about)


@pytest.mark.parametrize(
    ("kind", "model", "values"),
    [
        (Kind.PROGRESS, Progress, REPORT),
        (Kind.CASE, Case, CASE),
        (Kind.COVERAGE, Coverage, CLIPPING),
        (Kind.OTHER, Material, {"text": "What we did"}),
    ],
)
def test_written_half_saved_completed_submitted_and_read(sheet, kind, model, values):
    page = sheet(kind)
    first = dict(list(values.items())[:1])
    assert said(page.send("save", **first)) == ["The draft is saved. It is not submitted yet."]
    assert said(page.send(**values)) == ["Submitted."]
    row = model.objects.get()
    assert {name: str(getattr(row, name)) for name in values} == values
    shown = {who: page.read_by(who).status_code for who in ("liaison", "head", "staff", "leader", "neighbour")}
    assert shown == {"liaison": 200, "head": 200, "staff": 200, "leader": 200, "neighbour": 404}
    assert list(values.values())[-1] in text(page.read_by("staff"))


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        (Kind.PROGRESS, ["stage", "percent", "narrative", "next_step"]),
        (Kind.CASE, ["background", "practice", "effect"]),
        (Kind.COVERAGE, ["outlet", "title", "on", "link"]),
        (Kind.OTHER, ["text"]),
    ],
)
def test_everything_missing_is_named_at_once_with_links_to_the_fields(sheet, kind, missing):
    response = sheet(kind).send(**({"title": "Given"} if kind == Kind.CASE else {}))
    assert (response.status_code, list(response.context["form"].errors)) == (422, missing)
    page = response.content.decode()
    assert [name for name in missing if f'<a href="#id_{name}">' not in page or f'id="id_{name}"' not in page] == []
    count = len(missing)
    assert (f"{count} things are" if count > 1 else "1 thing is") + " missing or wrong" in text(response)


def test_a_report_is_about_an_activity(sheet):
    page = sheet(Kind.PROGRESS, about=False)
    response = page.send(**REPORT)
    assert response.context["about"].errors == {"activity": ["Which activity is it about?"]}
    page.send(**{**REPORT, "activity": page.activity.pk})
    assert Assignment.objects.get(pk=page.row.pk).activity == page.activity


def test_only_activities_of_the_unit_are_to_choose_from(sheet):
    page = sheet(Kind.CASE, about=False)
    clinic = page.cast.campaign.activities.last()
    assert page.send(**CASE, forged={"activity": clinic.pk}).status_code == 422
    assert page.send(**CASE, forged={"activity": "x"}).status_code == 422
    assert said(page.send(**CASE)) == ["Submitted."]


def test_what_was_begun_from_an_activity_of_others_stays_about_it(autumn):
    clinic = autumn.campaign.activities.last()
    row = volunteer.begin(autumn.campaign, autumn.water, Kind.PROGRESS, clinic)
    sent = press(signed_in(autumn.liaison), row.get_absolute_url(), "action=submit", activity=clinic.pk, **REPORT)
    assert said(sent) == ["Submitted."]
    assert Assignment.objects.get(pk=row.pk).activity == clinic


def test_an_autosave_with_a_choice_that_is_not_there_keeps_the_rest(sheet):
    page = sheet(Kind.CASE)
    response = autosave(signed_in(page.cast.liaison), page.page(), title="Typed", forged={"activity": "999999"})
    assert (response.status_code, Case.objects.get().title) == (200, "Typed")
    assert Assignment.objects.get(pk=page.row.pk).activity == page.activity


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({"percent": "-1"}, ["percent"]),
        ({"percent": "101"}, ["percent"]),
        ({"percent": "40.5"}, ["percent"]),
        ({"stage": "done"}, ["percent"]),
        ({"percent": "100"}, ["percent"]),
        ({"stage": "stuck"}, ["problems"]),
        ({"forged": {"stage": "nonsense"}}, ["stage"]),
        ({"stage": "done", "percent": "100", "next_step": ""}, []),
        ({"stage": "stuck", "problems": "No tents"}, []),
    ],
)
def test_state_and_per_cent_of_a_report_agree(sheet, values, errors):
    response = sheet(Kind.PROGRESS).send(**{**REPORT, **values})
    assert (sorted(response.context["form"].errors) if errors else said(response)) == (errors or ["Submitted."])


def test_the_reports_before_stand_beside_the_next_one(sheet):
    sheet(Kind.PROGRESS).send(**REPORT)
    page = text(sheet(Kind.PROGRESS).read_by("liaison"))
    assert ("Reported before" in page, "40% Under way" in page.replace("</strong>", "").replace("<strong>", "")) == (
        True, True,
    )  # fmt: skip
    assert 'value="40"' in page and "Taken from your last report." in page


def jpeg():
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "JPEG")
    return SimpleUploadedFile("page.jpg", out.getvalue())


def test_a_clipping_without_a_link_needs_a_photo_or_file(sheet):
    page = sheet(Kind.COVERAGE)
    assert list(page.send(**{**CLIPPING, "link": ""}).context["form"].errors) == ["link"]
    assert said(page.send(**{**CLIPPING, "link": ""}, photos=jpeg())) == ["Submitted."]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "no address", "ftp//x"])
def test_a_link_is_an_address_of_the_web(sheet, link):
    assert list(sheet(Kind.COVERAGE).send(**{**CLIPPING, "link": link}).context["form"].errors) == ["link"]


@pytest.mark.parametrize(
    ("on", "fits"),
    [("2015-09-02", False), ("2015-09-01", True), ("2014-09-01", True), ("2014-08-01", False), ("9999-12-31", False)],
)
def test_what_has_not_happened_or_was_long_ago_is_not_reported(sheet, on, fits):
    assert (said(sheet(Kind.COVERAGE).send(**{**CLIPPING, "on": on})) == ["Submitted."]) is fits
    assert (said(sheet(Kind.OTHER).send(text="x", on=on)) == ["Submitted."]) is fits


def test_two_people_on_one_draft_read_both_texts_compared(sheet):
    page = sheet(Kind.CASE)
    before = page.page()
    page.send("save", title="Labels at school", background="Ten schools took part.")
    mine = {"title": "Labels at school", "background": "Twelve schools took part."}
    response = page.send("save", page.cast.head, before, **mine)
    assert response.status_code == 409
    shown = response.content.decode()
    assert shown.index('id="clash"') < shown.index('name="seen"')
    assert [(piece.kind, piece.text) for piece in response.context["both"][0].pieces[:2]] == [
        ("removed", "Ten"), ("added", "Twelve"),
    ]  # fmt: skip
    assert [change.label for change in response.context["both"]] == ["background"]
    assert "Twelve schools took part.</textarea>" in text(response)


def test_a_choice_nobody_made_is_said_in_words(sheet):
    page = sheet(Kind.PROGRESS).read_by("liaison").content.decode()
    assert ('<option value="" selected>please choose</option>' in page, "---------" in page) == (True, False)


def test_progress_and_coverage_are_withdrawn_and_corrected_by_the_unit_itself(sheet):
    page = sheet(Kind.PROGRESS)
    page.send(**REPORT)
    press(signed_in(page.cast.liaison), page.row.get_absolute_url(), form=f"/assignments/{page.row.pk}/withdraw/")
    assert Assignment.objects.get(pk=page.row.pk).state == "open"
    assert page.read_by("staff").status_code == 404
    assert said(page.send(percent="50")) == ["Submitted."]
    assert [row.percent for row in Progress.objects.order_by("version")] == [40, 50]


# --- a round -----------------------------------------------------------------------------------------------------


@pytest.fixture
def interview(autumn):
    what = autumn.campaign.activities.first()
    found = Round.objects.create(
        activity=what, order=1, on=date(2015, 9, 20), title="First talk", place="Studio 2", prepare="Ten answers"
    )
    seat = Appearance.objects.create(round=found, unit=autumn.water, speaker="An Liang")
    row = Assignment.objects.create(
        campaign=autumn.campaign, notice=autumn.notice, unit=autumn.water, kind=Kind.ROUND, activity=what,
        appearance=seat, due_at=clock.end_of(date(2015, 9, 13)),
    )  # fmt: skip
    return signed_in(autumn.liaison), row


def test_for_a_round_the_page_says_when_where_and_what_to_prepare(interview):
    client, row = interview
    page = text(client.get(row.get_absolute_url()))
    words = ("First talk", "20 September 2015", "Studio 2", "Ten answers", "An Liang")
    assert [each for each in words if each not in page] == []
    assert 'value="2015-09-20"' in page and "Taken from the schedule of rounds." in page


def test_material_for_a_round_to_come_names_its_day(interview):
    client, row = interview
    page = opened(client, row.get_absolute_url())
    assert said(press(client, page, "action=submit", text="Our answers", place="Studio 2")) == ["Submitted."]
    assert str(Material.objects.get().on) == "2015-09-20"
