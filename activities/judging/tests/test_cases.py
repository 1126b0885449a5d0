"""Typical cases at the office: selected, edited beside the author's text, published to all units, taken back."""

import pytest
from django.urls import reverse

from activities.filing import volunteer
from activities.models import Assignment, Case, Photo, PublishedCase
from activities.states import Kind
from tests.cast import filed, log, said, signed_in, text
from tests.pages import forge, opened, page_of, press
from workflow import clock
from workflow.models import Notification

TEXTS = {"title": "Labels at school", "background": "Few read them", "practice": "Ten lessons", "effect": "Many do now"}


class Desk:
    """A case of the water bureau, and the people who have to do with it."""

    def __init__(self, cast):
        self.cast = cast
        self.row = volunteer.begin(cast.campaign, cast.water, Kind.CASE, cast.campaign.activities.first())
        case = Case.draft(self.row)
        for name, value in TEXTS.items():
            setattr(case, name, value)
        self.case = filed(case, cast.liaison)
        self.row.refresh_from_db()

    def press(self, name, pk, user=None, page=None, **typed):
        """Press the button of a deed on the page that has it (of now, or one opened before)."""
        form = reverse(f"activities:{name}", args=[pk])
        return press(signed_in(user or self.cast.staff), page or self.page(), form=form, **typed)

    def page(self):
        """The office's page of the case: where its wording is edited, or before that what the unit filed."""
        row = PublishedCase.objects.first()
        address = reverse("activities:edit-case", args=[row.pk]) if row else self.row.get_absolute_url()
        return opened(signed_in(self.cast.staff), address)

    def get(self, name, pk, user=None):
        return signed_in(user or self.cast.staff).get(reverse(f"activities:{name}", args=[pk]))

    def select(self, user=None):
        self.press("select-case", self.row.pk, user)
        return PublishedCase.objects.get()

    def edit(self, user=None, page=None, **texts):
        return self.press("edit-case", PublishedCase.objects.get().pk, user, page, **texts)


@pytest.fixture
def desk(autumn):
    return Desk(autumn)


def test_selecting_accepts_the_case_and_begins_with_the_authors_words(desk):
    row = desk.select()
    assert {name: getattr(row, name) for name in TEXTS} == TEXTS
    assert Assignment.objects.get(pk=desk.row.pk).state == "accepted"
    assert [line[:2] for line in log(desk.row)] == [
        ("open", "submitted"), ("submitted", "accepted"), ("accepted", "accepted"),
    ]  # fmt: skip


def test_selected_twice_it_is_one(desk):
    page = desk.page()
    desk.select()
    desk.edit(title="Better title")
    desk.press("select-case", desk.row.pk, page=page)
    assert PublishedCase.objects.get().title == "Better title"


def test_a_draft_cannot_be_selected(desk):
    other = volunteer.begin(desk.cast.campaign, desk.cast.water, Kind.CASE)
    staff, plan = signed_in(desk.cast.staff), desk.cast.owed(desk.cast.water, Kind.PLAN)
    assert forge(staff, reverse("activities:select-case", args=[other.pk])).status_code == 404
    response = forge(staff, reverse("activities:select-case", args=[plan.pk]), follow=True)
    assert said(response) == ["Only a case that has been filed can be selected."]
    assert PublishedCase.objects.count() == 0


def test_the_office_edits_and_the_authors_text_stays_with_the_difference_marked(desk):
    desk.select()
    response = desk.edit(practice="Twelve lessons")
    assert said(response) == ["Saved. The author's text stays as it was."]
    desk.case.refresh_from_db()
    assert (desk.case.practice, PublishedCase.objects.get().practice) == ("Ten lessons", "Twelve lessons")
    ((label, pieces),) = response.context["edited"]
    assert (label, [(each.kind, each.text) for each in pieces]) == (
        "what was done", [("removed", "Ten"), ("added", "Twelve"), ("same", " lessons")],
    )  # fmt: skip
    assert "Ten lessons</p>" in text(response)


def test_two_people_of_the_office_do_not_overwrite_one_another(desk):
    desk.select()
    page = desk.page()
    desk.edit(title="By staff")
    response = desk.edit(desk.cast.signer, page, title="By the signer")
    assert (response.status_code, PublishedCase.objects.get().title) == (409, "By staff")
    assert 'value="By the signer"' in text(response) and said(response)[0].startswith("staff saved this meanwhile.")
    desk.edit(desk.cast.signer, page_of(response))
    assert PublishedCase.objects.get().title == "By the signer"


def test_an_empty_wording_is_refused_and_named(desk):
    desk.select()
    response = desk.edit(title="", effect=" ")
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["title", "effect"])
    assert "2 things are missing or wrong" in text(response)


# --- published -------------------------------------------------------------------------------------------------


def told():
    return sorted(row.person.username for row in Notification.objects.filter(key__startswith="case-"))


UNITS = ["district_liaison", "head", "liaison", "neighbour"]


def test_published_every_unit_reads_it_and_is_told_once(desk):
    row = desk.select()
    desk.edit(title="Reading labels")
    assert desk.get("published-case", row.pk, desk.cast.neighbour).status_code == 404
    desk.press("publish-case", row.pk)
    page = text(desk.get("published-case", row.pk, desk.cast.neighbour))
    assert [words for words in ("Reading labels", "Ten lessons", "Water bureau") if words not in page] == []
    assert "Reading labels" in text(desk.get("cases", desk.cast.campaign.pk, desk.cast.neighbour))
    assert told() == UNITS
    desk.press("unpublish-case", row.pk)
    desk.press("publish-case", row.pk)
    assert told() == UNITS


def test_taken_back_nobody_but_the_office_reads_it(desk):
    row = desk.select()
    page = desk.page()
    desk.press("publish-case", row.pk)
    assert said(desk.press("publish-case", row.pk, page=page)) == ["It is published already."]
    page = desk.page()
    desk.press("unpublish-case", row.pk)
    assert said(desk.press("unpublish-case", row.pk, page=page)) == ["It is not published."]
    statuses = {who: desk.get("published-case", row.pk, user).status_code for who, user in desk.cast.people().items()}
    assert {who for who, status in statuses.items() if status == 200} == {"staff", "signer"}
    assert set(statuses.values()) == {200, 404}


def test_what_the_unit_adds_after_it_was_published_is_not_shown_to_all(desk):
    desk.press("publish-case", desk.select().pk)
    desk.row.refresh_from_db()
    desk.row.send_back(by=desk.cast.staff, reason="One more example")
    row = {"sha256": "b", "added_by": desk.cast.liaison, "added_at": clock.now(), "width": 1, "height": 1}
    later = Photo.objects.create(assignment=desk.row, file="photos/b.jpg", **row)
    page = desk.get("published-case", PublishedCase.objects.get().pk, desk.cast.neighbour)
    assert (page.status_code, later.get_absolute_url() in page.content.decode()) == (200, False)
    assert desk.get("photo", later.pk, desk.cast.neighbour).status_code == 404


def test_photos_of_a_published_case_are_seen_by_every_unit(desk):
    row = {"sha256": "0", "added_by": desk.cast.liaison, "added_at": clock.now(), "width": 1, "height": 1}
    Photo.objects.create(assignment=desk.row, file="photos/a.jpg", **row)
    neighbours = Photo.objects.visible_to(desk.cast.neighbour)
    row = desk.select()
    assert neighbours.count() == 0
    desk.press("publish-case", row.pk)
    assert neighbours.count() == 1
    assert Photo.objects.visible_to(desk.cast.street_liaison).count() == 0


def test_the_selection_is_given_up_unless_it_is_published(desk):
    row = desk.select()
    page = desk.page()
    desk.press("publish-case", row.pk)
    assert said(desk.press("drop-case", row.pk, page=page)) == ["It is published: take it back first."]
    desk.press("unpublish-case", row.pk)
    desk.press("drop-case", row.pk)
    assert (PublishedCase.objects.count(), Case.objects.count()) == (0, 1)
    assert [line[3] for line in log(desk.row)] == [
        "",
        "",
        "已选为典型案例",
        "已向各单位发布",
        "已撤回发布",
        "已取消选用",
    ]


# --- who --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["edit-case", "publish-case", "unpublish-case", "drop-case"])
@pytest.mark.parametrize(
    ("who", "status"), [("liaison", 404), ("neighbour", 404), ("district_staff", 404), ("leader", 404)]
)
def test_only_the_office_works_at_the_desk(desk, name, who, status):
    row = desk.select()
    address = reverse(f"activities:{name}", args=[row.pk])
    assert forge(signed_in(desk.cast.people()[who]), address, TEXTS).status_code == status


def test_a_leader_reads_published_cases_and_edits_none(desk):
    row = desk.select()
    desk.press("publish-case", row.pk)
    assert desk.get("published-case", row.pk, desk.cast.leader).status_code == 200
    assert desk.press("unpublish-case", row.pk, desk.cast.leader).status_code == 403


def test_the_list_of_the_office_and_of_a_unit(desk):
    campaign = desk.cast.campaign.pk
    assert "Labels at school" in text(desk.get("cases", campaign))
    assert "Labels at school" in text(desk.get("cases", campaign, desk.cast.liaison))
    assert "Labels at school" not in text(desk.get("cases", campaign, desk.cast.neighbour))
    page = signed_in(desk.cast.staff).get(reverse("activities:cases", args=[campaign]), {"q": "nothing like it"})
    assert "Nothing fits what you are looking for." in text(page)


def test_from_the_page_of_the_case_the_office_selects_with_one_press(desk):
    page = signed_in(desk.cast.staff).get(desk.row.get_absolute_url()).content.decode()
    assert f'action="/assignments/{desk.row.pk}/select/"' in page
