"""A unit without an account files through a personal link: so far and so long as the link says, and nothing else."""

import hashlib
import io
import logging
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from activities.behalf import links
from activities.behalf.tests.test_behalf import PLAN
from activities.behalf.visitor_doors import OPEN
from activities.models import Activity, Assignment, PersonalLink, Plan
from activities.tasks import rescue
from tests.cast import Cast, at_once, filed_plan, filed_registration, issued, log, postgresql, said, signed_in, text
from tests.pages import forge, opened, press
from tests.pages import page_of as shown_by
from workflow import clock
from workflow.models import MoveRefused

UNTIL = date(2015, 9, 14)


@pytest.fixture
def plan(autumn: Cast) -> Assignment:
    """The plan the water bureau owes."""
    return autumn.owed(autumn.water, "plan")


def link_to(cast: Cast, *rows: Assignment, **more: Any) -> tuple[PersonalLink, str]:
    """A link of the water bureau, and its secret."""
    values = {"person": "王五", "until": UNTIL, "uses": 1, "by": cast.staff} | more
    return links.make(cast.campaign, cast.water, rows, **values)


def visitor(secret: str) -> Client:
    """A browser that opened the link, in English."""
    client = Client(raise_request_exception=False)
    client.cookies["django_language"] = "en"
    client.get(f"/link/{secret}/")
    return client


def test_the_secret_is_shown_once_and_only_its_hash_is_kept(autumn: Cast, plan: Assignment) -> None:
    staff, address = signed_in(autumn.staff), f"/campaigns/{plan.campaign_id}/links/?unit={plan.unit_id}"
    page = press(staff, address, person="王五", assignments=[plan.pk], until="2015-09-14")
    link, shown = PersonalLink.objects.get(), page.context["address"]
    secret = shown.rstrip("/").rpartition("/")[2]
    assert (len(secret) >= 43, hashlib.sha256(secret.encode()).hexdigest()) == (True, link.secret)
    assert (shown in text(page), shown in text(staff.get(address))) == (True, False)
    assert (link.uses, link.made_by, link.expires_at) == (1, autumn.staff, clock.end_of(UNTIL))
    assert "no-store" in page.headers["Cache-Control"]


def test_the_visitor_sees_whose_it_is_what_is_asked_and_by_when(autumn: Cast, plan: Assignment) -> None:
    _link, secret = link_to(autumn, plan)
    client = visitor(secret)
    entered = client.get(f"/link/{secret}/")
    assert (entered.status_code, entered.headers["Location"]) == (302, "/link/")
    assert entered.headers["Referrer-Policy"] == "no-referrer"
    page = text(client.get("/link/"))
    assert ("For Water bureau: 王五" in page, "City office asks for what stands here" in page) == (True, True)
    assert ("Open day of the waterworks" in page, "31 August 24:00" in page) == (True, True)
    assert secret not in page


def test_a_visitor_saves_drafts_and_submits_under_a_name(autumn: Cast, plan: Assignment) -> None:
    link, secret = link_to(autumn, plan)
    client = visitor(secret)
    press(client, plan.get_absolute_url(), "action=save", goal="Half done")
    assert (Plan.objects.get().goal, Plan.objects.get().saved_by) == ("Half done", None)
    again = visitor(secret)
    page = again.get(plan.get_absolute_url())
    assert ("Half done" in text(page), page.context["signing"]["filed_for"].value()) == (True, "王五")
    answer = press(again, shown_by(page), "action=submit", **PLAN, filed_for="赵六")
    assert (answer.redirect_chain, said(answer)) == ([("/link/", 302)], ["Submitted."])
    plan.refresh_from_db()
    link.refresh_from_db()
    assert (plan.state, plan.submitted_by, plan.filed_for, link.used) == ("submitted", None, "赵六", 1)
    [(_from, to, who, note)] = log(plan)
    assert (to, who, "赵六" in note, "staff" in note) == ("submitted", None, True, True)
    for reader in (autumn.staff, autumn.liaison):
        page = text(signed_in(reader).get(plan.get_absolute_url()))
        assert ("赵六, through a personal link" in page, "staff" in plan.filed_note, plan.filed_note in page) == (
            True,
            True,
            True,
        )
    assert autumn.liaison.notifications.filter(key__startswith="assignment-").count() == 1


def test_without_a_name_nothing_is_submitted_and_no_use_is_counted(autumn: Cast, plan: Assignment) -> None:
    link, secret = link_to(autumn, plan)
    answer = press(visitor(secret), plan.get_absolute_url(), "action=submit", **PLAN, filed_for=" ")
    assert answer.status_code == 422
    link.refresh_from_db()
    assert (link.used, Assignment.objects.get(pk=plan.pk).state) == (0, "open")


def test_photos_come_through_a_link_and_are_seen_by_its_visitor_only(
    autumn: Cast, plan: Assignment, media: Any
) -> None:
    _link, secret = link_to(autumn, plan)
    client, out = visitor(secret), io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "JPEG")
    file = SimpleUploadedFile("a.jpg", out.getvalue(), "image/jpeg")
    press(client, plan.get_absolute_url(), "action=save", goal="With a photo", photos=file)
    photo = plan.photos.get()
    assert photo.added_by is None
    assert f"/photos/{photo.pk}/part/" in client.get(plan.get_absolute_url()).content.decode()
    rescue()  # a worker makes it
    _other, foreign = link_to(autumn, autumn.owed(autumn.water, "summary"))
    assert client.get(f"/photos/{photo.pk}/part/").status_code == 200
    met = [each.get(f"/photos/{photo.pk}/").status_code for each in (client, visitor(foreign), Client())]
    assert met == [200, 404, 302]


def test_receipt_and_registration_go_through_a_link_too(autumn: Cast) -> None:
    receipt, liaison = autumn.owed(autumn.water, "receipt"), autumn.owed(autumn.water, "liaison")
    _link, secret = link_to(autumn, receipt, liaison, uses=2)
    client = visitor(secret)
    press(client, receipt.get_absolute_url(), filed_for="王五")
    page = client.get(liaison.get_absolute_url())
    assert page.context["formset"].forms[0].initial["name"] == "王五"
    officer = {"form-0-department": "Office", "form-0-mobile": "138 0000 0001"}
    press(client, shown_by(page), "action=submit", **officer)
    found = Assignment.objects.filter(pk__in=[receipt.pk, liaison.pk]).values_list("state", "filed_for")
    assert list(found) == [("submitted", "王五")] * 2


def closed(link: PersonalLink, secret: str, **values: Any) -> tuple[int, str]:
    PersonalLink.objects.filter(pk=link.pk).update(**values)
    page = visitor(secret).get("/link/")
    return page.status_code, text(page)


def test_expired_revoked_used_up_and_unknown_have_a_page_each(autumn: Cast, plan: Assignment) -> None:
    link, secret = link_to(autumn, plan)
    soon = timezone.now().replace(year=2015)
    pages = {
        "The link has expired": closed(link, secret, expires_at=clock.end_of(date(2015, 8, 30))),
        "The link was revoked": closed(link, secret, revoked_at=soon, expires_at=clock.end_of(UNTIL)),
        "used as often as it may be": closed(link, secret, revoked_at=None, used=1),
    }
    assert {words: (status, words in page) for words, (status, page) in pages.items()} == dict.fromkeys(
        pages, (410, True)
    )
    unknown = visitor("no-such-secret").get("/link/")
    assert (unknown.status_code, "The link is not known" in text(unknown)) == (404, True)
    for page in (text(unknown), pages["The link has expired"][1], pages["The link was revoked"][1]):
        assert [name for name in ("Health bureau", "District office", "Water bureau") if name in page] == []


@pytest.mark.parametrize("change", ["revoked", "expired", "used up"])
def test_a_link_that_closes_while_the_form_is_open_takes_nothing_in(
    autumn: Cast, plan: Assignment, change: str
) -> None:
    link, secret = link_to(autumn, plan)
    client = visitor(secret)
    page = opened(client, plan.get_absolute_url())
    values = {
        "revoked": {"revoked_at": timezone.now()},
        "expired": {"expires_at": clock.end_of(date(2015, 8, 30))},
        "used up": {"used": 1},
    }[change]
    PersonalLink.objects.filter(pk=link.pk).update(**values)
    answer = press(client, page, "action=submit", **PLAN, filed_for="王五")
    assert (answer.redirect_chain, answer.status_code) == ([("/link/", 302)], 410)
    assert (Assignment.objects.get(pk=plan.pk).state, Plan.objects.count()) == ("open", 0)


def test_the_last_use_is_taken_once(autumn: Cast, plan: Assignment) -> None:
    link, _secret = link_to(autumn, plan)
    assert [link.use(), link.use()] == [True, False]


def test_a_use_lost_meanwhile_undoes_the_submission(
    autumn: Cast, plan: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    _link, secret = link_to(autumn, plan)
    client = visitor(secret)
    monkeypatch.setattr(PersonalLink, "use", lambda link: False)
    answer = press(client, plan.get_absolute_url(), "action=submit", **PLAN, filed_for="王五")
    assert (answer.status_code, PLAN["goal"] in text(answer)) == (409, True)
    assert (Assignment.objects.get(pk=plan.pk).state, Plan.objects.count()) == ("open", 0)


def test_a_link_names_only_what_its_unit_owes(autumn: Cast, plan: Assignment) -> None:
    others = autumn.owed(autumn.health, "receipt")
    with pytest.raises(MoveRefused):
        link_to(autumn, plan, others)
    with pytest.raises(MoveRefused):
        link_to(autumn)
    staff, address = signed_in(autumn.staff), f"/campaigns/{plan.campaign_id}/links/?unit={plan.unit_id}"
    foreign = {"assignments": [others.pk]}
    assert press(staff, address, person="王五", until="2015-09-14", forged=foreign).status_code == 422
    assert PersonalLink.objects.count() == 0


def test_what_the_link_does_not_name_is_not_there_even_of_its_own_unit(autumn: Cast, plan: Assignment) -> None:
    _link, secret = link_to(autumn, plan)
    client = visitor(secret)
    summary = autumn.owed(autumn.water, "summary")
    assert client.get(summary.get_absolute_url()).status_code == 404


def test_the_visitor_reads_what_was_filed_and_takes_nothing_back(autumn: Cast, plan: Assignment) -> None:
    summary = autumn.owed(autumn.water, "summary")
    _link, secret = link_to(autumn, plan, summary, uses=2)
    filed_plan(plan, autumn.liaison, goal="Filed by the bureau")
    client = visitor(secret)
    page = client.get(plan.get_absolute_url())
    assert ("Filed by the bureau" in text(page), "Withdraw" in text(page)) == (True, False)
    assert forge(client, f"/assignments/{plan.pk}/withdraw/").status_code == 302
    assert Assignment.objects.get(pk=plan.pk).state == "submitted"


def test_what_the_unit_filed_elsewhere_is_not_offered_to_a_visitor(autumn: Cast, plan: Assignment) -> None:
    """The form begins with what the notice says; names, numbers and plans of the unit's own are for its people."""
    filed_registration(autumn.owed(autumn.water, "liaison"), autumn.liaison, "Officer Li")
    other = Activity.objects.create(campaign=autumn.campaign, order=50, scope="common", title=plan.activity.title)
    earlier = Assignment.objects.create(
        campaign=autumn.campaign,
        notice=autumn.notice,
        unit=autumn.water,
        kind="plan",
        activity=other,
        due_at=plan.due_at,
    )
    taken = filed_plan(earlier, autumn.liaison, goal="An earlier goal")
    _link, secret = link_to(autumn, plan)
    address = f"{plan.get_absolute_url()}?take={taken.pk}"
    own, foreign = text(signed_in(autumn.liaison).get(address)), text(visitor(secret).get(address))
    assert [words in own for words in ("Officer Li", "An earlier goal")] == [True, True]
    assert [words in foreign for words in ("Officer Li", "An earlier goal")] == [False, False]


def test_whoever_is_signed_in_stays_who_they_are(autumn: Cast, plan: Assignment) -> None:
    _link, secret = link_to(autumn, plan)
    client = signed_in(autumn.neighbour)
    page = client.get(f"/link/{secret}/", follow=True)
    assert "You are signed in as neighbour" in text(page)
    assert client.get(plan.get_absolute_url()).status_code == 404


def test_leaving_forgets_the_link_on_this_computer(autumn: Cast, plan: Assignment) -> None:
    _link, secret = link_to(autumn, plan)
    client = visitor(secret)
    press(client, "/link/", form="/link/leave/")
    assert client.get(plan.get_absolute_url()).status_code == 302
    assert client.get("/link/").status_code == 404


def test_revoking_is_the_offices_own(autumn: Cast, plan: Assignment) -> None:
    link, secret = link_to(autumn, plan)
    met = {
        who: forge(signed_in(getattr(autumn, who)), f"/links/{link.pk}/revoke/").status_code
        for who in ("leader", "liaison", "district_staff")
    }
    assert (met, PersonalLink.objects.get().is_good) == ({"leader": 404, "liaison": 404, "district_staff": 404}, True)
    page = f"/campaigns/{plan.campaign_id}/links/?unit={plan.unit_id}"
    press(signed_in(autumn.signer), page, form=f"/links/{link.pk}/revoke/")
    assert (PersonalLink.objects.get().is_good, visitor(secret).get("/link/").status_code) == (False, 410)


@pytest.mark.parametrize(
    "wrong",
    [
        {"until": "2015-08-31"},
        {"until": "2016-01-01"},
        {"uses": "0"},
        {"uses": "51"},
        {"person": " "},
        {"until": "soon"},
    ],
)
def test_a_link_without_sense_is_not_made(autumn: Cast, plan: Assignment, wrong: dict[str, str]) -> None:
    data = {"person": "王五", "assignments": [plan.pk], "until": "2015-09-14"} | wrong
    address = f"/campaigns/{plan.campaign_id}/links/?unit={plan.unit_id}"
    assert press(signed_in(autumn.staff), address, **data).status_code == 422
    assert PersonalLink.objects.count() == 0


def test_no_secret_comes_into_our_log(autumn: Cast, plan: Assignment, caplog: pytest.LogCaptureFixture) -> None:
    link, secret = link_to(autumn, plan)
    with caplog.at_level(logging.DEBUG):
        visitor(secret).get("/link/")
        visitor(f"{secret}x").get("/link/")
        link.revoke()
        visitor(secret).get("/link/")
    assert (len(caplog.records) > 0, secret in caplog.text) == (True, False)


def test_guessing_is_slowed_and_a_good_link_opens_all_the_same(autumn: Cast, plan: Assignment) -> None:
    _link, secret = link_to(autumn, plan)
    answers = [Client().get(f"/link/guess-{n}/").status_code for n in range(35)]
    assert (answers[:30], answers[30:]) == ([302] * 30, [429] * 5)
    assert visitor(secret).get("/link/").status_code == 200


def test_the_draft_of_a_visitor_is_told_as_such(autumn: Cast, plan: Assignment) -> None:
    _link, secret = link_to(autumn, plan)
    client = signed_in(autumn.liaison)
    page = opened(client, plan.get_absolute_url())
    press(visitor(secret), plan.get_absolute_url(), "action=save", goal="By link")
    answer = press(client, page, "action=save", goal="Mine")
    assert (answer.status_code, "Somebody with a personal link saved this meanwhile" in text(answer)) == (409, True)


def test_every_page_open_to_visitors_is_a_filing_page_or_hands_out_a_file() -> None:
    """A door more is a decision: it must be made here, knowingly."""
    assert {
        "activities:receipt",
        "activities:liaison",
        "activities:plan",
        "activities:material",
        "activities:progress",
        "activities:case",
        "activities:coverage",
        "activities:deliverable",
        "activities:finish-deliverable",
        "activities:take-back-entry",
        "activities:slip-reply",
        "activities:answer",
        "reports:summary",
        "activities:photo",
        "activities:photo-part",
        "activities:thumbnail",
        "activities:attachment",
    } == OPEN


@postgresql
@pytest.mark.django_db(transaction=True)
def test_of_people_who_press_at_the_same_moment_one_has_the_last_use() -> None:
    cast = issued()
    link, _secret = link_to(cast, cast.owed(cast.water, "plan"))

    def take(all_ready: Any) -> bool:
        found = PersonalLink.objects.get(pk=link.pk)
        all_ready()
        return found.use()

    assert sorted(at_once(take)) == [False, False, False, True]
    assert PersonalLink.objects.get().used == 1
