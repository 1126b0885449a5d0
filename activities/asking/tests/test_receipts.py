"""Who opened a notice, who signed, who has not; reminders, late units, what a notice no longer in force leaves."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from accounts.models import Role
from activities.asking import handing_out, issue
from activities.judging.list_filter import sifted
from activities.judging.lists.receipts import RECEIPTS, SHOWS, Receipts, counts
from activities.models import Assignment
from activities.states import Kind
from campaigns.models import Notice, Saying
from campaigns.way import approve
from reports.figures import campaign_figures
from tests.cast import hand_out_everything, log, notice, person, said, signed_in, text, unit
from tests.pages import page_of, press
from workflow.listing.listing import Found
from workflow.models import Notification


def before(cast, of):
    return Receipts.of_notice(cast.staff, of, runs=True)


def standing(cast):
    found = counts(before(cast, cast.notice))
    return found.signed, found.on_behalf, found.opened, found.unopened


def test_opened_signed_signed_on_behalf_and_not_yet(autumn):
    assert standing(autumn) == (0, 0, 0, 3)
    signed_in(autumn.liaison).get(autumn.notice.get_absolute_url())
    signed_in(autumn.head).get(autumn.notice.get_absolute_url())
    signed_in(autumn.staff).get(autumn.notice.get_absolute_url())
    assert standing(autumn) == (0, 0, 1, 2)
    autumn.owed(autumn.water, Kind.RECEIPT).submit(by=autumn.liaison)
    health = autumn.owed(autumn.health, Kind.RECEIPT)
    health.submit(by=autumn.staff, filed_for="Wang", filed_note="Telephone call")
    assert standing(autumn) == (1, 1, 0, 1)
    shown = text(signed_in(autumn.leader).get(reverse("activities:receipts", args=[autumn.notice.pk])))
    expected = ["staff, on behalf of Wang · Telephone call", "nobody of the unit has opened it"]
    assert [words for words in expected if words not in shown] == []


@pytest.mark.parametrize(
    ("show", "units"), [("unopened", ["Health bureau", "District office"]), ("opened", ["Water bureau"])]
)
def test_the_list_shows_who_stands_how(autumn, show, units):
    signed_in(autumn.liaison).get(autumn.notice.get_absolute_url())
    page = signed_in(autumn.staff).get(reverse("activities:receipts", args=[autumn.notice.pk]), {"show": show})
    assert [row.unit for row in page.context["shown"].page] == units


def test_every_way_to_narrow_the_receipts_finds_for_a_reminder_what_the_list_shows(autumn):
    signed_in(autumn.liaison).get(autumn.notice.get_absolute_url())
    signed_in(autumn.district_liaison).get(autumn.notice.get_absolute_url())
    autumn.owed(autumn.district, Kind.RECEIPT).submit(by=autumn.district_liaison)
    autumn.owed(autumn.health, Kind.RECEIPT).submit(by=autumn.staff, filed_for="Wang", filed_note="Telephone call")
    group = autumn.office.groups.get().pk
    tried = [{"show": show} for show, _label in SHOWS]
    tried += [{"show": "opened,on_behalf", "group": str(group)}, {"q": "water"}, {"sort": "office"}, {"level": "city"},
              {"officer": "yes", "show": "signed"}, {"standing": "overdue"}, {"standing": "on_time,late"}]  # fmt: skip
    numbers = []
    for chosen in tried:
        found = Found(RECEIPTS, before(autumn, autumn.notice), chosen)
        asked = found.filter | {"kind": "receipt", "notice": str(autumn.notice.pk)}
        rows = sifted(Assignment.objects.filter(campaign=autumn.campaign), asked, autumn.staff)
        assert sorted(found.pks()) == sorted(rows.values_list("pk", flat=True)), chosen
        numbers.append(found.number)
    assert numbers[:4] == [0, 1, 1, 1]


def test_who_is_found_is_reminded_and_nobody_else(autumn):
    signed_in(autumn.liaison).get(autumn.notice.get_absolute_url())
    client, listed = signed_in(autumn.staff), reverse("activities:receipts", args=[autumn.notice.pk])
    page = page_of(client.get(listed, {"show": "unopened"}))
    door = next(link["href"] for link in page.html.select("a.btn") if "Remind these…" in link.get_text())
    asked = text(client.get(door))
    assert ("of 2 units" in asked, "Health bureau" in asked, "Water bureau" in asked) == (True, True, False)
    nobody = page_of(client.get(listed, {"show": "signed"}))
    assert "Remind" not in " ".join(link.get_text() for link in nobody.html.select("a.btn"))


def test_the_list_of_receipts_as_excel_has_what_is_shown_and_no_more(autumn):
    signed_in(autumn.liaison).get(autumn.notice.get_absolute_url())
    answer = signed_in(autumn.staff).get(reverse("activities:receipts", args=[autumn.notice.pk]),
                                         {"show": "unopened", "excel": "1"})  # fmt: skip
    head, *rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert head[:3] == ["Unit", "How it stands", "Signed for at"]
    assert [row[:3] for row in rows] == [["Health bureau", "Not opened", ""], ["District office", "Not opened", ""]]


def test_after_a_telephone_call_the_office_signs_from_the_list_and_goes_on_with_the_next_unit(autumn):
    client, listed = signed_in(autumn.staff), reverse("activities:receipts", args=[autumn.notice.pk])
    water = autumn.owed(autumn.water, Kind.RECEIPT)
    door = f"{water.get_absolute_url()}?behalf=1"
    assert (door in text(client.get(listed)), 'href="?behalf=1"' in text(client.get(water.get_absolute_url()))) == (
        True, True,
    )  # fmt: skip
    asked = text(client.get(door))
    assert ("Say who of the unit confirmed" in asked, f"/assignments/{water.pk}/behalf/" in asked) == (True, False)
    done = press(client, door, "Sign for receipt", filed_for="Wang", filed_note="Called on 1 September")
    assert (done.redirect_chain, said(done)) == ([(listed, 302)], ["Signed on behalf of Water bureau."])
    assert (door in text(done), standing(autumn)) == (False, (0, 1, 0, 2))
    assert "?behalf=1" not in text(signed_in(autumn.leader).get(listed))


@pytest.mark.parametrize("rows", [1, 50])
def test_the_page_of_receipts_asks_the_same_number_of_questions(autumn, rows, django_assert_num_queries):
    receipt = autumn.owed(autumn.water, Kind.RECEIPT)
    Assignment.objects.filter(notice=autumn.notice).exclude(pk=receipt.pk).delete()
    for n in range(rows - 1):
        Assignment.objects.create(
            notice=autumn.notice,
            campaign=autumn.campaign,
            kind="receipt",
            unit=unit(f"Unit {n}"),
            due_at=receipt.due_at,
        )
    page = signed_in(autumn.staff)
    with django_assert_num_queries(14):
        page.get(reverse("activities:receipts", args=[autumn.notice.pk]))


# --- a unit added late -------------------------------------------------------------------------------------

DAYS = {"receipt": "2015-09-10", "liaison": "2015-09-12", "plan": "2015-09-14", "summary": "2015-10-15"}


def test_a_unit_added_late_owes_from_this_moment_and_the_others_notice_nothing(autumn):
    before = set(Assignment.objects.values_list("pk", flat=True))
    late = unit("Late bureau")
    address = reverse("activities:late-unit", args=[autumn.notice.pk])
    answer = press(signed_in(autumn.signer), address, unit="Late bureau", **DAYS)
    hand_out_everything()
    assert said(answer) == ["Late bureau has the notice now."]
    rows = Assignment.objects.exclude(pk__in=before)
    assert {(row.unit, row.kind) for row in rows} == {(late, "receipt"), (late, "liaison"), (late, "summary")}
    assert "Late bureau" in log(autumn.notice)[-1][3]
    assert campaign_figures(autumn.campaign).total.expected == len(before) + 3


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Nobody", "No unit is called “Nobody”."),
        ("Harbour buro", "No unit is called “Harbour buro”. Is Harbour bureau meant?"),
        ("Water bureau", "Water bureau has the notice already."),
        ("The waterworks", "Water bureau has the notice already."),
        ("Old bureau", "Old bureau was merged into Harbour bureau."),
        ("The port", "“The port” is the name of several units: Harbour bureau、Harbour police."),
    ],
)
def test_a_late_unit_that_cannot_be_is_said_beside_the_field(autumn, name, words):
    autumn.water.aliases = ["The waterworks"]
    autumn.water.save()
    harbour = unit("Harbour bureau", aliases=["The port"])
    unit("Harbour police", aliases=["The port"])
    unit("Old bureau", merged_into=harbour)
    address = reverse("activities:late-unit", args=[autumn.notice.pk])
    answer = press(signed_in(autumn.signer), address, unit=name, **DAYS)
    assert (answer.status_code, answer.context["form"].errors) == (422, {"unit": [words]})


# --- no longer in force ------------------------------------------------------------------------------------


def test_a_withdrawn_notice_closes_what_is_owed_with_the_reason_and_tells_everybody(autumn):
    autumn.owed(autumn.water, Kind.RECEIPT).submit(by=autumn.liaison)
    plan = autumn.owed(autumn.health, Kind.PLAN)
    plan.submit(by=autumn.neighbour)
    plan.accept(by=autumn.staff)
    issue.withdraw(autumn.notice, by=autumn.signer, reason="The epidemic")
    states = dict(Assignment.objects.values_list("pk", "state"))
    assert (set(states.values()), states[plan.pk]) == ({"closed", "accepted"}, "accepted")
    assert log(autumn.owed(autumn.water, Kind.PLAN)) == [("open", "closed", autumn.signer, "The epidemic")]
    told = Notification.objects.filter(key=f"closed-{autumn.notice.pk}")
    assert {row.person.username for row in told} == {"liaison", "head", "neighbour", "district_liaison"}
    total = campaign_figures(autumn.campaign).total
    assert (total.expected, total.closed, total.rate) == (1, 11, 100)
    nobody = reverse("activities:remind", args=[autumn.campaign.pk]) + f"?kind=receipt&notice={autumn.notice.pk}"
    assert "Nobody owes any of it" in text(signed_in(autumn.staff).get(nobody))
    assert signed_in(autumn.liaison).get(autumn.notice.get_absolute_url()).status_code == 200


def test_a_notice_that_supersedes_closes_what_the_older_one_asked(autumn):
    newer = notice(autumn.campaign, 9, [autumn.water, autumn.health])
    Notice.objects.filter(pk=newer.pk).update(about=autumn.notice)
    newer.refresh_from_db()
    approve(newer, author=autumn.staff, reviewer=autumn.signer)
    issue.issue(newer, by=autumn.signer, due=issue.proposed_due(newer))
    autumn.notice.refresh_from_db()
    assert autumn.notice.state == "superseded"
    open_rows = Assignment.objects.filter(campaign=autumn.campaign, state="open")
    assert set(open_rows.values_list("notice", flat=True)) == {newer.pk}


def test_issuing_enters_theme_and_slogans_in_the_register(autumn):
    assert list(Saying.objects.values_list("text", "year", "level")) == [("Quality starts with me", 2015, "city")]


def test_a_day_that_is_past_is_replaced_for_a_late_unit(autumn, settings):
    settings.TODAY = date(2015, 9, 20)
    page = signed_in(autumn.signer).get(reverse("activities:late-unit", args=[autumn.notice.pk]))
    days = {field.name: field.value() for field in page.context["days"]}
    assert days["receipt"] > date(2015, 9, 20)
    assert days["summary"] == date(2015, 10, 15)


# --- copies ------------------------------------------------------------------------------------------------


def test_who_gets_a_copy_is_told_once_and_finds_it(autumn):
    archive = unit("City archive")
    archivist = person("archivist", (archive, Role.LIAISON))
    row = notice(autumn.campaign, 9, [autumn.water])
    row.copy_to.add(archive, autumn.water)
    approve(row, author=autumn.staff, reviewer=autumn.signer)
    issue.issue(row, by=autumn.signer, due=issue.proposed_due(row))
    told = Notification.objects.filter(key=f"issued-{row.pk}").values_list("person__username", "message")
    sign, copy = handing_out.SIGN_FOR_IT, handing_out.COPY_OF_IT
    assert sorted(told) == [("archivist", copy), ("head", sign), ("liaison", sign)]
    client, address = signed_in(archivist), row.get_absolute_url()
    assert address in text(client.get(reverse("campaigns:campaigns")))
    page = text(client.get(address))
    dead_ends = [autumn.campaign.get_absolute_url(), reverse("activities:assignments", args=[autumn.campaign.pk])]
    assert ("Everybody takes part." in page, [link for link in dead_ends if link in page]) == (True, [])
    issue.withdraw(row, by=autumn.signer, reason="Off")
    closed = Notification.objects.filter(key=f"closed-{row.pk}").values_list("person__username", flat=True)
    assert sorted(closed) == ["archivist", "head", "liaison"]


def test_who_is_addressed_finds_no_list_of_copies(autumn):
    shown = text(signed_in(autumn.liaison).get(reverse("campaigns:campaigns")))
    assert "Notices of which you got a copy" not in shown


def test_a_bulletin_asks_nobody_to_sign_and_its_withdrawal_is_told_all_the_same(autumn):
    row = notice(autumn.campaign, 9, [autumn.water])
    Notice.objects.filter(pk=row.pk).update(kind="bulletin")
    row.refresh_from_db()
    approve(row, author=autumn.staff, reviewer=autumn.signer)
    issue.issue(row, by=autumn.signer, due=issue.proposed_due(row))
    issue.withdraw(row, by=autumn.signer, reason="Off")
    told = Notification.objects.filter(key__in=[f"issued-{row.pk}", f"closed-{row.pk}"])
    assert sorted((each.person.username, each.key.split("-")[0]) for each in told) == [
        ("head", "closed"), ("head", "issued"), ("liaison", "closed"), ("liaison", "issued"),
    ]  # fmt: skip
    assert {each.message for each in told if each.key.startswith("issued")} == {handing_out.READ_IT}
