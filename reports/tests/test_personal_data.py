"""Personal data: what is held about a person, who sees numbers whole, and that they go after the campaign."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.models import Act, AuditEntry, User
from activities.models import Incoming, LiaisonOfficer, Plan
from activities.packing import zip_package
from activities.personal_data import forget_old
from activities.states import Kind
from activities.tasks import pack
from feedback.models import Feedback
from qualitymonth.celery import app
from tests.cast import filed_plan, filed_registration, person, signed_in, text
from tests.pages import opened
from workflow import clock

NUMBER, LEFT = "138 0000 0002", "138****0002"
ARCHIVED = date(2016, 1, 10)


@pytest.fixture
def named(autumn):
    """The water bureau named its liaison officer, and who is in charge of its activity."""
    filed_registration(autumn.owed(autumn.water, Kind.LIAISON), autumn.liaison, "liaison")
    LiaisonOfficer.objects.update(phone="0755-8300 5678", email="officer@example.com")
    filed_plan(autumn.owed(autumn.water, Kind.PLAN), autumn.liaison, person_in_charge="liaison", person_phone=NUMBER)
    return autumn


def page_of(cast, kind):
    return cast.owed(cast.water, kind).get_absolute_url()


def seen(user):
    """What the trail holds of numbers this person saw."""
    return list(AuditEntry.objects.filter(person=user.pk, act=Act.SAW).order_by("pk").values_list("about", flat=True))


def archived(cast, day=ARCHIVED):
    with clock.as_of(day):
        for state in ("closed", "archived"):
            cast.campaign.move(state, by=cast.staff)


# --- who sees numbers whole --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Kind.LIAISON, Kind.PLAN])
@pytest.mark.parametrize(("name", "whole"), [("liaison", True), ("head", True), ("staff", False), ("leader", False)])
def test_the_own_unit_sees_numbers_whole_and_others_masked(named, kind, name, whole):
    shown = text(signed_in(named.people()[name]).get(page_of(named, kind)))
    assert (NUMBER in shown, LEFT in shown) == (whole, not whole)
    assert seen(named.people()[name]) == []


def test_with_whom_a_telephone_is_shared_nothing_else_of_that_person_is_shown(named):
    """Two people of one switchboard, each with a mobile of the own."""
    User.objects.filter(pk=named.neighbour.pk).update(phone="0755-8300 5678")
    shown = text(signed_in(named.neighbour).get(reverse("reports:own-data")))
    assert "0755-8300 5678" in shown
    assert [each for each in ("138 0000", "officer@example.com") if each in shown] == []


@pytest.mark.parametrize("kind", [Kind.LIAISON, Kind.PLAN])
def test_who_chases_shows_them_with_one_press_and_that_is_noted(named, kind):
    client, address = signed_in(named.staff), page_of(named, kind)
    link = opened(client, address).html.find("a", string="Show the numbers")
    assert NUMBER in text(client.get(address + link["href"]))
    assert seen(named.staff) == [f"{address}?numbers=1"]


def test_a_leader_is_offered_no_such_press_and_gets_nothing_by_the_address(named):
    client, address = signed_in(named.leader), page_of(named, Kind.LIAISON)
    assert opened(client, address).html.find("a", string="Show the numbers") is None
    assert NUMBER not in text(client.get(f"{address}?numbers=1"))
    assert seen(named.leader) == []


def test_a_changed_number_is_masked_beside_the_old_one(named):
    row = named.owed(named.water, Kind.PLAN)
    row.send_back(by=named.staff, reason="Who is in charge?")
    filed_plan(named.owed(named.water, Kind.PLAN), named.liaison, person_phone="139 0000 0007", person_in_charge="Li")
    shown = text(signed_in(named.staff).get(page_of(named, Kind.PLAN)))
    assert ("139****0007" in shown, LEFT in shown, NUMBER in shown, "139 0000 0007" in shown) == (
        True,
        True,
        False,
        False,
    )


@pytest.mark.parametrize(("name", "whole"), [("staff", True), ("signer", True), ("leader", False)])
def test_the_contact_sheet_is_whole_for_who_calls(named, name, whole):
    address = reverse("activities:contacts", args=[named.campaign.pk])
    page = opened(signed_in(named.people()[name]), address)
    shown = page.html.get_text(" ")
    assert (NUMBER in shown, LEFT in shown) == (whole, not whole)
    assert ("0755-8300 5678" in shown, "officer@example.com" in shown) == (whole, whole)
    assert ("are masked here" in shown) is not whole
    assert bool(page.html.select('a[href^="tel:"], a[href^="mailto:"]')) == whole
    assert seen(named.people()[name]) == [address]


def test_a_package_that_goes_on_to_others_holds_no_whole_number(named, media):
    row = zip_package.ask(named.campaign, {}, by=named.staff)
    pack(row.pk)
    data = b"".join(part.file.open("rb").read() for part in row.parts.all())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        texts = "".join(package.read(name).decode("utf-8-sig", "replace") for name in package.namelist())
    assert (NUMBER in texts, texts.count(LEFT), "officer@example.com" in texts) == (False, 2, False)


def test_the_page_of_a_unit_shows_mobiles_to_who_reaches_people_and_notes_it(autumn, settings):
    address = reverse("accounts:unit", args=[autumn.water.pk])
    assert "138 0000 0001" in text(signed_in(autumn.staff).get(address))
    assert seen(autumn.staff) == [address]
    settings.SEPARATE_ADMINISTRATORS = True
    shown = text(signed_in(autumn.admin).get(address))
    assert ("138 0000 0001" in shown, "138****0001" in shown) == (False, True)


# --- what is held about a person ---------------------------------------------------------------------------


def rows_of(client, address):
    """The page as a table: what is held, of each kind, in its cells."""
    page = opened(client, address).html
    return {
        row.strong.get_text(" ", strip=True): [cell.get_text(" ", strip=True) for cell in row.select("td")[1:]]
        for row in page.select("tbody tr")
    }


def test_a_person_reads_what_is_held_for_what_and_until_when(named):
    Feedback.send("The pages are too small", by=named.liaison, unit=named.water)
    rows = rows_of(signed_in(named.liaison), reverse("reports:own-data"))
    assert rows["Complaints and suggestions"][0] == "1 complaint or suggestion"
    assert rows["Data of the account"] == [
        "Account liaison Name liaison Department Office Mobile 138 0000 0001 E-mail liaison@example.com",
        "To sign in, to be told what is due, and to be reached about it.",
        "While the account is open. Telephones and mail address are removed 365 days after it was shut.",
    ]
    assert rows["Roles"][0] == "Water bureau · Liaison officer"
    assert rows["Filed and decided"][0] == "your name at 2 filings and decisions"
    open_yet = "Telephones and mail address are removed 365 days after the campaign was archived."
    assert rows["Liaison officer: City month"] == [
        "liaison 0755-8300 5678 138 0000 0002 officer@example.com",
        "So that the office can reach the unit about the campaign.",
        open_yet,
    ]
    assert rows["In charge of an activity: City month"][0::2] == [f"liaison {NUMBER}", open_yet]
    assert seen(named.liaison) == []


def test_who_looks_after_people_reads_the_same_masked_and_that_is_noted(named):
    address = reverse("reports:personal-data", args=[named.liaison.pk])
    rows = rows_of(signed_in(named.admin), address)
    assert "Mobile 138****0001" in rows["Data of the account"][0]
    assert rows["Liaison officer: City month"][0] == "liaison 075****5678 138****0002 o***@example.com"
    assert seen(named.admin) == [address]


def test_the_page_of_a_person_and_the_own_menu_lead_there(autumn):
    links = opened(signed_in(autumn.admin), reverse("accounts:person", args=[autumn.head.pk])).html.select("a")
    assert reverse("reports:personal-data", args=[autumn.head.pk]) in {link.get("href") for link in links}
    own = {link.get("href") for link in opened(signed_in(autumn.liaison), "/").html.select("a")}
    assert reverse("reports:own-data") in own


def test_somebody_of_the_same_name_in_another_unit_is_somebody_else(named):
    other = person("other", (named.health, "liaison"), name="liaison")
    assert [what for what in rows_of(signed_in(other), reverse("reports:own-data")) if "City month" in what] == []


def test_archived_the_page_names_the_day_until_which_numbers_are_kept(named, settings):
    settings.PERSONAL_DATA_DAYS = 30
    archived(named)
    rows = rows_of(signed_in(named.liaison), reverse("reports:own-data"))
    assert rows["Liaison officer: City month"][2] == "Telephones and mail address: until 9 February 2016."


# --- what is not needed any more ---------------------------------------------------------------------------


def numbers():
    held = list(LiaisonOfficer.objects.values_list("phone", "mobile", "email"))
    return held, list(Plan.objects.values_list("person_phone", flat=True))


GONE = ([("", "", "")], [""])


def test_numbers_go_a_set_time_after_the_campaign_was_archived_and_names_stay(named):
    archived(named)
    before = numbers()
    with clock.as_of(ARCHIVED + timedelta(days=364)):
        assert forget_old() == 0
    assert numbers() == before
    with clock.as_of(ARCHIVED + timedelta(days=366)):
        assert [forget_old(), forget_old()] == [1, 0]
    assert numbers() == GONE
    assert [LiaisonOfficer.objects.get().name, Plan.objects.get().person_in_charge] == ["liaison", "liaison"]
    entry = AuditEntry.objects.get(act=Act.REMOVED)
    assert (entry.about, entry.detail) == (f"campaign {named.campaign.pk}", "1 liaison officers, 1 plans, 0 texts")


def test_what_is_not_archived_keeps_them_and_taken_out_of_the_archive_too(named):
    archived(named)
    named.campaign.move("closed", by=named.staff)
    before = numbers()
    with clock.as_of(date(2030, 1, 1)):
        assert forget_old() == 0
    assert numbers() == before


def test_archived_again_the_time_begins_anew(named):
    archived(named)
    named.campaign.move("closed", by=named.staff)
    with clock.as_of(date(2016, 12, 1)):
        named.campaign.move("archived", by=named.staff)
    with clock.as_of(date(2017, 2, 1)):
        assert forget_old() == 0


def test_the_campaign_of_another_office_keeps_its_numbers(named):
    with clock.as_of(ARCHIVED):
        for state in ("under_way", "closed", "archived"):
            named.district_campaign.move(state, by=named.district_staff)
    before = numbers()
    with clock.as_of(date(2030, 1, 1)):
        assert forget_old() == 0
    assert numbers() == before


def test_what_came_by_mail_keeps_its_words_without_the_numbers(named):
    row = named.owed(named.health, Kind.PLAN)
    words = "负责人：文某 13800001234 wen@example.com，预算 120000 元"
    Incoming.objects.create(assignment=row, text=words, taken_by=named.staff)
    archived(named)
    with clock.as_of(date(2030, 1, 1)):
        forget_old()
    assert Incoming.objects.get().text == "负责人：文某 138****1234 w***@example.com，预算 120000 元"


def test_with_the_time_set_to_nothing_they_stay(named, settings):
    settings.PERSONAL_DATA_DAYS = 0
    archived(named)
    before = numbers()
    with clock.as_of(date(2099, 1, 1)):
        assert forget_old() == 0
    assert numbers() == before


def test_beat_asks_for_it_every_day(named, settings):
    entry = settings.CELERY_BEAT_SCHEDULE["forget-personal-data"]
    archived(named)
    with clock.as_of(date(2030, 1, 1)):
        app.tasks[entry["task"]].delay()
    assert (entry["schedule"], numbers()) == (86400.0, GONE)
