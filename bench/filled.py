"""``python -m bench.filled``: bring the seeded province to what a busy year leaves behind, for pages.

``seed --units N --stage plans`` leaves four assignments a unit and a line of the log for each filing. This adds, in
bulk: a task with a number, a demand, and what units send of their own accord, so that each unit has eight assignments;
the text of what was filed, with photos and files; some of it waiting for review; the log of its coming and going, forty
lines a unit; and messages nobody has read. 5,000 units: 40,000 assignments, 200,000 lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import django

django.setup()

from django.contrib.contenttypes.models import ContentType  # noqa: E402 -- Django is set up first
from django.db import connection, models, transaction  # noqa: E402

from accounts.models import Membership, Role, Unit, User  # noqa: E402
from activities.models import (  # noqa: E402
    Activity,
    Assignment,
    Attachment,
    Case,
    Deliverable,
    Demand,
    Material,
    Part,
    Participation,
    Photo,
    Plan,
    Progress,
)
from activities.states import FILED, AssignmentState, Kind  # noqa: E402
from campaigns.models import Campaign, Notice, Opening  # noqa: E402
from workflow import clock  # noqa: E402
from workflow.models import Notification, Transition  # noqa: E402

TODAY = date(2015, 9, 20)
BATCH = 2000
LINES = 40
"""Lines of the log a unit."""
TEXT = (
    "围绕“质量月”主题，组织开展质量开放日、标准宣贯和质量比对活动，参加人员覆盖生产一线，现场整改问题并形成清单。" * 6
)


def main() -> None:
    """Fill the database. Prints how much there is of what."""
    campaign = Campaign.objects.latest("pk")
    with transaction.atomic():
        owed(campaign)
        contents(campaign)
        files(campaign)
        messages(campaign)
        log(campaign)
    for model in (Unit, Assignment, Transition, Plan, Photo, Notification):
        print(f"{model.__name__}: {model._default_manager.count():,}")


def put(model: type[models.Model], rows: Iterable[Any]) -> list[Any]:
    """Insert many rows."""
    return model._default_manager.bulk_create(list(rows), batch_size=BATCH)


def owed(campaign: Campaign) -> None:
    """Four more assignments for each unit: a number to report, a list to hand in, progress and a case of its own."""
    notice = Notice.objects.get(campaign=campaign)
    activities = list(Activity.objects.filter(campaign=campaign).order_by("order"))
    put(
        Participation, (Participation(activity=each, unit_id=campaign.host_id, part=Part.ASSIST) for each in activities)
    )
    asked = put(Deliverable, (Deliverable(activity=each, order=1, title="开展质量开放日", target=3, measure="场",
                                          due_on=date(2015, 9, 30)) for each in activities))  # fmt: skip
    demand = Demand.objects.create(notice=notice, order=1, title="质量标杆企业名单", due_on=date(2015, 9, 10))
    about: dict[str, Any] = {"campaign": campaign, "notice": notice}
    rows: list[Assignment] = []
    for place, (task, deliverable) in enumerate(zip(activities, asked, strict=True)):
        mine = about | {"unit_id": task.owner_id}
        september = clock.end_of(date(2015, 9, 10))
        rows += [
            Assignment(**mine, kind=Kind.DELIVERABLE, activity=task, deliverable=deliverable,
                       due_at=clock.end_of(date(2015, 9, 30)), **filed(place, 3, AssignmentState.SUBMITTED)),
            Assignment(**mine, kind=Kind.OTHER, demand=demand, due_at=september,
                       grace_until=september + timedelta(days=5) if place % 2 else None,
                       extended_until=september + timedelta(days=20) if place % 11 == 0 else None,
                       **filed(place, 20, judged(place, 4))),
            Assignment(**mine, kind=Kind.PROGRESS, activity=task, volunteered=True,
                       due_at=clock.end_of(TODAY), **filed(place, 10, AssignmentState.SUBMITTED)),
            Assignment(**mine, kind=Kind.CASE, activity=task, volunteered=True,
                       due_at=clock.end_of(TODAY), **filed(place, 10, judged(place, 3))),
        ]  # fmt: skip
    put(Assignment, rows)
    officers = dict(Membership.objects.filter(role=Role.LIAISON).values_list("unit", "user"))
    put(Opening, (Opening(notice=notice, unit_id=unit, by_id=user, at=clock.end_of(date(2015, 8, 21)))
                  for unit, user in officers.items() if unit % 50))  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE activities_assignment SET submitted_by_id = m.user_id FROM accounts_membership m"
            " WHERE m.unit_id = activities_assignment.unit_id AND m.role = 'liaison' AND submitted_at IS NOT NULL"
        )
    # every eighth plan was corrected and waits for review again
    plans = Assignment.objects.filter(campaign=campaign, kind=Kind.PLAN, state__in=FILED).order_by("pk")
    waiting = list(plans.values_list("pk", flat=True))[::8]
    Assignment.objects.filter(pk__in=waiting).update(state=AssignmentState.SUBMITTED)


def filed(place: int, one_in: int, state: AssignmentState) -> dict[str, Any]:
    """State and date of what all but one in so many units have filed by now."""
    if place % one_in == 0:
        return {}
    return {"state": state, "submitted_at": clock.end_of(date(2015, 9, 1 + place % 18)) - timedelta(hours=place % 10)}


def judged(place: int, one_in: int) -> AssignmentState:
    """The office has accepted most of what it judges; one in so many waits."""
    return AssignmentState.SUBMITTED if place % one_in == 1 else AssignmentState.ACCEPTED


def contents(campaign: Campaign) -> None:
    """The text of plans, lists, progress and cases: the first version; of what waits for review a second one."""
    rows = Assignment.objects.filter(campaign=campaign, submitted_at__isnull=False)
    for model, kind, words in (
        (
            Plan,
            Kind.PLAN,
            {"goal": TEXT[:200], "content": TEXT, "schedule": TEXT, "place": "厂区", "safety": TEXT[:90]},
        ),
        (Material, Kind.OTHER, {"text": TEXT}),
        (Progress, Kind.PROGRESS, {"percent": 60, "narrative": TEXT}),
        (Case, Kind.CASE, {"title": "以标准提升带动质量", "background": TEXT, "practice": TEXT, "effect": TEXT}),
    ):
        put(
            model,
            versions(model, words, rows.filter(kind=kind).values_list("pk", "submitted_at", "submitted_by", "state")),
        )


def versions(model: type[Any], words: dict[str, Any], found: Iterable[tuple[Any, ...]]) -> Iterable[Any]:
    """The versions of some filings."""
    for pk, at, by, state in found:
        corrected = model is Plan and state == AssignmentState.SUBMITTED
        for version in (1, 2) if corrected else (1,):
            text = words | ({"goal": words["goal"] + "补充质量承诺。"} if version == 2 else {})
            yield model(assignment_id=pk, version=version, revision=version, saved_at=at, saved_by_id=by,
                        submitted_at=at, **text)  # fmt: skip


def files(campaign: Campaign) -> None:
    """Two photos with each progress filed, one file with each list."""
    rows = Assignment.objects.filter(campaign=campaign, submitted_at__isnull=False)
    filed: Any = rows.values_list("pk", "submitted_at", "submitted_by")
    small = {"width": 1600, "height": 1200}
    put(Photo, (Photo(assignment_id=pk, file=f"photos/{pk}-{n}.jpg", thumbnail=f"photos/{pk}-{n}-small.jpg", **small,
                      sha256=f"{pk:060}{n:04}", added_by_id=by, added_at=at, looked_at=at)
                for pk, at, by in filed.filter(kind=Kind.PROGRESS) for n in (1, 2)))  # fmt: skip
    put(Attachment, (Attachment(assignment_id=pk, file=f"attachments/{pk}.docx", name="名单.docx", size=20_000,
                                sha256=f"{pk:064}", added_by_id=by, added_at=at)
                     for pk, at, by in filed.filter(kind=Kind.OTHER)))  # fmt: skip


def messages(campaign: Campaign) -> None:
    """Every person has had twenty messages and not read five of them; the office's staff have had two hundred."""
    at = clock.end_of(date(2015, 9, 1))
    staff = User.objects.filter(memberships__unit=campaign.host)
    numbers: Sequence[tuple[Any, int]] = [(pk, 200) for pk in staff.values_list("pk", flat=True)]
    numbers = [*numbers, *((pk, 20) for pk in User.objects.exclude(pk__in=staff).values_list("pk", flat=True))]
    put(Notification, (Notification(person_id=pk, message="Accepted: %(what)s.", values={"what": "活动方案"}, url="/",
                                    key=f"bench-{n}", created_at=at, handed_on_at=at, read_at=at if n >= 5 else None)
                       for pk, number in numbers for n in range(number)))  # fmt: skip


def log(campaign: Campaign) -> None:
    """What was filed went to and fro: forty lines of the log for each unit, ending at the state it has."""
    kind = ContentType.objects.get_for_model(Assignment).pk
    missing = LINES * Assignment.objects.filter(campaign=campaign).values("unit").distinct().count()
    missing -= Transition.objects.count()
    froms, tos = ["open", "submitted", "returned"], ["submitted", "returned", "submitted"]
    notes = ["", "请补充数据。", ""]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO workflow_transition
                (content_type_id, object_id, from_state, to_state, by_id, acting_for_id, note, at)
            SELECT %s, a.id, (%s)[1 + mod(n, 3)], (%s)[1 + mod(n, 3)], a.submitted_by_id, NULL, (%s)[1 + mod(n, 3)],
                   a.submitted_at + n * interval '1 hour'
            FROM activities_assignment a, generate_series(0, 11) n
            WHERE a.submitted_at IS NOT NULL ORDER BY n, a.id LIMIT %s
            """,
            [kind, froms, tos, notes, missing],
        )


if __name__ == "__main__":
    main()
