"""Another system reads and files by a token: what its unit may, once, and with a clear answer to everything else."""

import csv
import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Act, AuditEntry, Membership, Unit, User
from activities.models import Assignment, Deliverable, Entry, Progress
from activities.states import Kind
from reports.api.views import door
from reports.figures import campaign_figures
from reports.models import ApiToken, Scope
from tests.cast import Cast, activity, filed_plan, filed_summary, issued, log, make_cast, signed_in, text
from tests.pages import press
from workflow import clock

SOON = timedelta(days=9)


@pytest.fixture
def cast(db: None) -> Cast:
    cache.clear()
    return issued(make_cast())


def token(unit: Unit, by: User, *scopes: str, **more: Any) -> str:
    """The secret of a new token."""
    about = {"unit": unit, "name": "OA", "made_by": by, "language": "en", "scopes": list(scopes)}
    return ApiToken.make(**about | {"expires_at": timezone.now() + SOON} | more)[1]


def of_water(cast: Cast, *scopes: str) -> str:
    return token(cast.water, cast.head, *(scopes or (Scope.READ, Scope.FILE)))


def of_office(cast: Cast) -> str:
    return token(cast.office, cast.admin, Scope.OFFICE)


def ask(secret: str, path: str, **headers: str) -> Any:
    """What a program gets: no session, no cookie."""
    response = Client(raise_request_exception=False).get(
        f"/api/v1/{path}", headers={"Authorization": f"Bearer {secret}", "Accept-Language": "en"} | headers
    )
    assert (response["Cache-Control"], bool(response.cookies)) == ("no-store", False)
    return response


def send(secret: str, path: str, body: Any, key: str = "k1", **headers: str) -> Any:
    given = {"Authorization": f"Bearer {secret}", "Accept-Language": "en", "Idempotency-Key": key} | headers
    data = body if isinstance(body, str) else json.dumps(body)
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    method = "POST"  # of a program: no page sends it
    return client.generic(method, f"/api/v1/{path}", data, content_type="application/json", headers=given)


def every(secret: str, path: str, limit: int = 2) -> list[dict[str, Any]]:
    """All rows of a list, page by page."""
    found, cursor = [], ""
    while cursor is not None:
        page = ask(secret, f"{path}{'&' if '?' in path else '?'}limit={limit}&cursor={cursor}").json()
        found += page["items"]
        cursor = page["next"]
    return found


# --- whose it is ------------------------------------------------------------------------------------------------------


def test_a_unit_reads_its_own_and_an_office_what_its_units_owe(cast: Cast) -> None:
    own = {row.pk for row in cast.water.assignments.all()}
    assert {row["id"] for row in every(of_water(cast), "assignments")} == own
    all_of_them = {row.pk for row in Assignment.objects.filter(campaign=cast.campaign)}
    assert {row["id"] for row in every(of_office(cast), "assignments")} == all_of_them > own
    health = cast.owed(cast.health, Kind.SUMMARY).pk
    assert [ask(each, f"assignments/{health}").status_code for each in (of_water(cast), of_office(cast))] == [404, 200]
    district = cast.district_campaign.pk
    assert [ask(each, f"campaigns/{district}").status_code for each in (of_water(cast), of_office(cast))] == [404, 404]


def test_lists_are_narrowed_and_each_row_is_as_its_page_has_it(cast: Cast) -> None:
    row = cast.owed(cast.water, Kind.SUMMARY)
    found = every(of_office(cast), f"assignments?kind=summary&unit={cast.water.pk}&campaign={cast.campaign.pk}")
    assert found == [ask(of_office(cast), f"assignments/{row.pk}").json()]
    assert {key: found[0][key] for key in ("id", "unit_name", "state", "standing", "kind")} == {
        "id": row.pk, "unit_name": "Water bureau", "state": "open", "standing": "due", "kind": "summary",
    }  # fmt: skip
    assert found[0]["due_at"].startswith("2015-10-1")


def test_what_was_filed_is_read_by_its_unit_whole_and_by_the_office_with_numbers_masked(cast: Cast) -> None:
    row = cast.owed(cast.water, Kind.PLAN)
    assert ask(of_office(cast), f"assignments/{row.pk}/filing").status_code == 404
    filed_plan(row, cast.liaison, goal="Call 13800000002", person_phone="13800000002")
    whole = ask(of_water(cast), f"assignments/{row.pk}/filing").json()["content"]
    masked = ask(of_office(cast), f"assignments/{row.pk}/filing").json()["content"]
    assert (whole["person_phone"], whole["goal"]) == ("13800000002", "Call 13800000002")
    assert (masked["person_phone"], masked["goal"]) == ("138****0002", "Call 138****0002")
    filed_summary(cast.owed(cast.water, Kind.SUMMARY), cast.liaison, 120, overview="All went well")
    listed = every(of_office(cast), "filings/summary")
    assert [(each["content"]["overview"], each["content"]["figures"][0]["value"]) for each in listed] == [
        ("All went well", 120)
    ]
    assert every(token(cast.health, cast.admin, Scope.READ), "filings/summary") == []


def test_figures_are_those_of_the_dashboard_and_a_unit_reads_its_own(cast: Cast) -> None:
    cast.owed(cast.water, Kind.RECEIPT).submit(by=cast.liaison)
    found = ask(of_office(cast), f"campaigns/{cast.campaign.pk}/figures").json()
    total = campaign_figures(cast.campaign).total
    assert (found["of"], found["total"]["filed"], found["total"]["expected"], found["total"]["rate"]) == (
        "campaign", total.filed, total.expected, total.rate,
    )  # fmt: skip
    own = ask(of_water(cast), f"campaigns/{cast.campaign.pk}/figures").json()
    assert (own["of"], own["total"]["filed"], own["total"]["expected"]) == ("unit", 1, cast.water.assignments.count())


def test_notices_and_units_are_read(cast: Cast) -> None:
    found = every(of_water(cast), "notices")
    assert [each["id"] for each in found] == [cast.notice.pk]
    assert found[0]["number"] == str(cast.notice.number)
    assert ask(of_water(cast), f"notices/{cast.notice.pk}").json()["body"] == cast.notice.body
    assert [each["name"] for each in every(of_water(cast), "units")] == ["Water bureau"]
    assert {each["name"] for each in every(of_office(cast), "units")} == {
        "City office", "Water bureau", "Health bureau", "District office",
    }  # fmt: skip


# --- pages ------------------------------------------------------------------------------------------------------------


def test_a_list_is_read_whole_while_it_is_written(cast: Cast) -> None:
    """A cursor leaves nothing out and repeats nothing when rows before it change and rows come behind it."""
    secret = of_office(cast)
    first = ask(secret, "assignments?limit=3").json()
    cast.owed(cast.water, Kind.RECEIPT).submit(by=cast.liaison)
    before = {row.pk for row in Assignment.objects.filter(campaign=cast.campaign)}
    late = cast.notice.assignments.create(
        campaign=cast.campaign, unit=cast.water, kind=Kind.QUESTION, due_at=timezone.now(), volunteered=True,
        state="submitted", submitted_at=timezone.now(),
    )  # fmt: skip
    found, cursor = [each["id"] for each in first["items"]], first["next"]
    while cursor:
        page = ask(secret, f"assignments?limit=3&cursor={cursor}").json()
        found, cursor = found + [each["id"] for each in page["items"]], page["next"]
    assert sorted(found) == sorted(before | {late.pk})
    assert ask(secret, f"notices?cursor={first['next']}").json()["error"]["code"] == "cursor"


# --- filing -----------------------------------------------------------------------------------------------------------


def progress(cast: Cast, **more: Any) -> dict[str, Any]:
    task = cast.campaign.activities.get(title="Open day of the waterworks")
    report = {"campaign": cast.campaign.pk, "activity": task.pk, "stage": "under_way", "percent": 60}
    return report | {"narrative": "Halls are booked", "next_step": "Print posters"} | more


def test_progress_is_filed_once_however_often_it_is_sent(cast: Cast) -> None:
    secret = of_water(cast)
    first, again = (send(secret, "progress", progress(cast)) for _ in range(2))
    assert (first.status_code, again.status_code, again["Idempotency-Replayed"]) == (201, 201, "true")
    assert first.json() == again.json()
    row = Assignment.objects.get(pk=first.json()["id"])
    assert (row.state, row.kind, row.unit, row.submitted_by) == ("submitted", Kind.PROGRESS, cast.water, cast.head)
    assert Progress.objects.get().narrative == "Halls are booked"
    assert "OA" in log(row)[-1][3]
    other = send(secret, "progress", progress(cast, percent=70))
    assert (other.status_code, other.json()["error"]["code"]) == (409, "key_used")
    assert send(secret, "progress", progress(cast, percent=70), key="k2").status_code == 201
    assert Progress.objects.count() == 2


def test_a_program_gets_in_nothing_that_a_page_refuses(cast: Cast) -> None:
    secret = of_water(cast)
    wrong = send(secret, "progress", progress(cast, percent=100)).json()["error"]
    assert wrong["fields"]["percent"] == ["State and per cent do not agree: done is 100, and only done is 100."]
    assert send(secret, "progress", progress(cast, next_step="")).json()["error"]["fields"].keys() == {"next_step"}
    assert send(secret, "progress", progress(cast, activity=10**15)).status_code == 404
    assert send(secret, "progress", progress(cast, campaign=cast.district_campaign.pk)).status_code == 404
    assert Progress.objects.count() == 0
    assert send(secret, "progress", progress(cast)).status_code == 201  # the refused key is free


def counted(cast: Cast) -> Assignment:
    """A task of the water bureau that asks for a hundred posters."""
    task = activity(cast.campaign, "Posters", [cast.water])
    asked: Deliverable = task.deliverables.create(order=1, title="Posters", target=100)
    return cast.notice.assignments.create(
        campaign=cast.campaign, unit=cast.water, kind=Kind.DELIVERABLE, activity=task, deliverable=asked,
        due_at=timezone.now() + SOON,
    )  # fmt: skip


def test_counts_are_added_up_and_the_target_files_by_itself(cast: Cast) -> None:
    owed, secret = counted(cast), of_water(cast)
    day = clock.today().isoformat()
    for key, count, reported, is_filed in (("a", 40, 40, False), ("a", 40, 40, False), ("b", 60, 100, True)):
        found = send(secret, f"assignments/{owed.pk}/counts", {"count": count, "on": day}, key=key).json()
        assert (found["reported"], found["target"], found["filed"]) == (reported, 100, is_filed)
    assert (Entry.objects.count(), Assignment.objects.get(pk=owed.pk).state) == (2, "submitted")
    doubt = send(secret, f"assignments/{owed.pk}/counts", {"count": 5000, "on": day}, key="c").json()["error"]
    assert "Really 5,000?" in doubt["fields"]["count"][0]
    of_another = token(cast.health, cast.admin, Scope.FILE)
    assert send(of_another, f"assignments/{owed.pk}/counts", {"count": 1, "on": day}).status_code == 404


# --- tokens -----------------------------------------------------------------------------------------------------------


def test_a_token_is_made_by_a_page_shown_once_noted_and_revoked(cast: Cast) -> None:
    client = signed_in(cast.head)
    answer = press(
        client, "/interface/access/", "Make the token",
        **{"token-unit": cast.water.pk, "token-name": "OA", "token-scopes": ["read"], "token-until": "2015-12-01"},
    )  # fmt: skip
    secret = str(BeautifulSoup(answer.content, "html.parser").select_one("#secret")["value"])
    assert ask(secret, "campaigns").status_code == 200
    row = ApiToken.objects.get()
    assert (secret in text(client.get("/interface/access/")), row.secret in secret, row.used_at is not None) == (
        False, False, True,
    )  # fmt: skip
    press(signed_in(cast.admin), "/interface/access/", form=reverse("reports:revoke-token", args=[row.pk]))
    assert ask(secret, "campaigns").status_code == 401
    noted = AuditEntry.objects.filter(act=Act.POWER, about=f"interface token {row.pk} of unit {cast.water.pk}")
    assert [(each.name, each.detail) for each in noted.order_by("pk")] == [
        ("head", "made: read"), ("admin", "revoked: OA"),
    ]  # fmt: skip
    assert not AuditEntry.objects.filter(detail__contains=secret).exists()


def test_who_may_not_do_it_cannot_hand_it_to_a_program(cast: Cast) -> None:
    """Neither a head nor an administrator of another unit opens a campaign; an officer opens nothing."""
    given = {"token-name": "OA", "token-scopes": ["office"], "token-until": "2015-12-01", "token-unit": cast.water.pk}
    for user in (cast.head, cast.admin):
        answer = press(signed_in(user), "/interface/access/", "Make the token", **given)
        assert (answer.status_code, ApiToken.objects.count()) == (422, 0)
    assert signed_in(cast.liaison).get("/interface/access/").status_code == 403
    press(signed_in(cast.admin), "/interface/access/", "Make the token", **given | {"token-unit": cast.office.pk})
    assert ApiToken.objects.get().scopes == ["office"]


def test_a_token_that_opens_nothing_is_401_whatever_the_reason(cast: Cast) -> None:
    good = of_water(cast)
    expired = token(cast.water, cast.head, Scope.READ, expires_at=timezone.now() - SOON)
    assert [ask(each, "campaigns").status_code for each in (good, expired, "", "qm_guess")] == [200, 401, 401, 401]
    Membership.objects.filter(user=cast.head).delete()
    answer = ask(good, "campaigns")
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert "ended with a role" in answer.json()["error"]["message"]


def test_scopes_are_kept_apart(cast: Cast) -> None:
    reads, files = of_water(cast, Scope.READ), of_water(cast, Scope.FILE)
    assert [ask(each, "campaigns").status_code for each in (reads, files)] == [200, 403]
    assert send(reads, "progress", progress(cast)).json()["error"]["code"] == "scope"


def test_too_many_requests_are_told_to_wait(cast: Cast, settings: Any) -> None:
    settings.API_A_MINUTE = 3
    secret = of_water(cast)
    answers = [ask(secret, "campaigns") for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert answers[-1]["Retry-After"] == "60"
    assert [ask(f"guess-{n}", "campaigns").status_code for n in range(40)][-1] == 429
    assert ask(of_water(cast), "campaigns").status_code == 200  # another token goes on


# --- answers ----------------------------------------------------------------------------------------------------------


def test_a_sentence_is_in_the_language_of_the_caller(cast: Cast) -> None:
    secret = of_water(cast)
    said = {
        language: ask(secret, "assignments/999999", **{"Accept-Language": language}).json()["error"]["message"]
        for language in ("zh-CN,zh;q=0.9", "en-GB", "xx")
    }
    assert said["en-GB"] == said["xx"] == "There is nothing here, or nothing this token may see."
    assert said["zh-CN,zh;q=0.9"] != said["en-GB"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("nothing", 404), ("assignments?limit=0", 422), ("assignments?limit=x", 422), ("assignments?kind=else", 422),
        ("assignments?cursor=%00", 422), ("assignments?cursor=" + "A" * 5000, 422), ("assignments/0", 422),
        ("assignments/99999999999999999999", 422), ("assignments?campaign=9223372036854775807", 200),
        ("campaigns/1/figures/more", 404), ("../../", 404),
    ],
)  # fmt: skip
def test_bad_requests_are_answered_in_json(cast: Cast, path: str, status: int) -> None:
    answer = ask(of_water(cast), path)
    assert answer.status_code == status
    assert status == 200 or answer.json()["error"]["message"]


def test_bad_reports_are_answered_in_json(cast: Cast) -> None:
    secret = of_water(cast)
    for body in ("", "{", "[]", "null", '"text"', '{"percent": "x"}', "\x00", json.dumps(progress(cast, narrative=7))):
        assert send(secret, "progress", body).status_code in (400, 422), body
    assert send(secret, "progress", progress(cast, narrative="a\x00b")).status_code in (201, 422)
    assert send(secret, "progress", progress(cast), key="").json()["error"]["code"] in ("key_missing", "invalid")
    answer = Client().delete("/api/v1/progress", headers={"Authorization": f"Bearer {secret}"})
    assert (answer.status_code, answer["Allow"], answer.json()["error"]["code"]) == (405, "POST", "method")


# --- a table for Excel ------------------------------------------------------------------------------------------------


def test_excel_reads_a_table_by_its_secret_address_and_no_text_becomes_a_formula(cast: Cast) -> None:
    answer = press(
        signed_in(cast.head), "/interface/access/", "Make the address",
        **{"feed-unit": cast.water.pk, "feed-name": "Table", "feed-until": "2015-12-01"},
    )  # fmt: skip
    path = str(BeautifulSoup(answer.content, "html.parser").select_one("#secret")["value"]).partition("testserver")[2]
    Unit.objects.filter(pk=cast.water.pk).update(name="=Water")
    found = Client().get(path)
    content = b"".join(found).decode()
    rows = list(csv.reader(StringIO(content.removeprefix("\ufeff"))))
    assert (content[0], found["Cache-Control"], rows[0][3]) == ("\ufeff", "no-store", "Unit")
    assert {row[3] for row in rows[1:]} == {"'=Water"}
    assert len(rows) - 1 == cast.water.assignments.count()
    secret = path.split("/")[4]
    assert ask(secret, "campaigns").status_code == 401  # what stands in an address opens nothing else
    by_token = of_water(cast)
    assert b"".join(ask(by_token, "tables/assignments.csv")) == content.encode()
    assert Client().get(path.replace(by_token, "x").replace(secret, by_token)).status_code == 404
    ApiToken.objects.all().update(revoked_at=timezone.now())
    assert Client().get(path).status_code == 404


# --- the door ---------------------------------------------------------------------------------------------------------


def test_the_interface_is_loaded_by_the_first_who_has_a_token(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    load = door.import_module
    monkeypatch.setattr(door, "import_module", lambda name: asked.append(name) or load(name))
    ask("guess", "campaigns")
    assert asked == []
    ask(of_water(cast), "campaigns")
    assert asked == [door.ROUTES]


def test_the_description_is_read_by_whoever_is_signed_in_or_has_a_token(cast: Cast) -> None:
    found = ask(of_water(cast), "openapi.json").json()
    assert found["paths"].keys() >= {"/api/v1/assignments", "/api/v1/progress"}
    assert signed_in(cast.liaison).get("/api/v1/openapi.json").json() == found
    assert Client().get("/api/v1/openapi.json").status_code == 401
    assert "Bearer $TOKEN" in text(signed_in(cast.liaison).get("/interface/"))
