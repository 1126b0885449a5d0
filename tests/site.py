"""The cast with something behind every door of the site."""

import hashlib
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.models import Membership, Role, Session
from activities.behalf import links
from activities.filing import volunteer
from activities.judging import cases
from activities.models import (
    Answer,
    AnswerKind,
    AskingSentence,
    Assignment,
    Attachment,
    Bulk,
    CalendarFeed,
    Case,
    Coverage,
    Demand,
    Entry,
    Group,
    HandedDown,
    Material,
    Meeting,
    MinutesPaper,
    Package,
    Photo,
    Progress,
    PublishedCase,
    Question,
    Reading,
    Reminder,
    Slip,
    SlipPaper,
    SlipReply,
)
from activities.models.entry import Report
from activities.programme import rounds
from activities.states import Kind
from campaigns.artwork import add_version
from campaigns.models import Asset, DocumentNumber, NoticePaper, NumberSeries
from feedback.models import Feedback
from reports.briefings.composing import begin
from reports.models import (
    Adjustment,
    ApiHook,
    ApiToken,
    Archive,
    Briefing,
    BriefingKind,
    BriefingState,
    Criterion,
    LeaderRemark,
    Release,
    RolledPiece,
    RolledSummary,
    Scheme,
    SchemeState,
    SheetComment,
    Summary,
    Target,
    TargetValue,
)
from reports.models.briefing import CHECKSUMS
from tests.cast import (
    Cast,
    activity,
    filed,
    filed_plan,
    filed_registration,
    filed_summary,
    issued,
    make_cast,
    person,
    signed_in,
)
from tests.doors import DOORS, met
from tests.pages import forge
from workflow.models import ListChoice, ListExport, Pulse, SheetImport
from workflow.sheets.asked import Asked
from workflow.sheets.exports import export, write_out


def owed_above(cast: Cast) -> Assignment:
    """What is handed down: owed by the district, or in its own campaign by its street."""
    plans = Assignment.objects.filter(campaign=cast.campaign, kind="plan")
    return plans.filter(unit=cast.district).first() or plans.get(unit=cast.water)


class Site:
    """The cast with something behind every door, all of it the water bureau's: there is something that could leak."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        cast.campaign.groups.set(cast.office.groups.all())  # so that no door deletes the group
        rows = filed_by_the_unit(cast)
        owned, self.secret, self.secret_of_another = with_links(cast, rows)
        self.targets: dict[str, Any] = {
            **rows,
            **asked_of_the_office(cast, rows),
            **on_paper(cast),
            **in_files(cast, rows),
            **counted(cast),
            **posted(cast),
            **supervised(cast, rows),
            **questioned(cast),
            **convened(cast),
            **evaluated(cast, rows),
            **measured(cast),
            "rolled piece": rolled(cast, rows),
            **owned,
            "reminder": reminded(cast),
            "leader remark": LeaderRemark(
                campaign=cast.campaign, by=cast.leader, text="Secret word of a leader", answer_by=UNTIL
            ).write(),
            "campaign": cast.campaign,
            "notice": cast.notice,
            "handed down": HandedDown.objects.create(
                above=owed_above(cast),
                campaign=cast.campaign,
                task=cast.campaign.activities.all()[0],
                at=timezone.now(),
            ),
            "asking sentence": AskingSentence.objects.create(notice=cast.notice, order=1, text="Please", mark="0"),
            "demand": cast.notice.demands.first(),
            "version": cast.notice.versions.get(),
            "activity": cast.campaign.activities.first(),
            "person": cast.head,
            "unit": cast.water,
            "group": cast.office.groups.get(),
            "held": cast.liaison.memberships.get(),
            "series": NumberSeries.objects.get(owner=cast.office, org_code=cast.notice.org_code),
            "deputy": Membership.objects.create(
                user=cast.staff, unit=cast.office, role=Role.SIGNER, acting_for=cast.signer, until=date(2015, 8, 31)
            ),
            "message": cast.liaison.notifications.first(),
            "bulk": Bulk.objects.create(campaign=cast.campaign, deed="accept", by=cast.staff),
            "feed": CalendarFeed.make(cast.liaison, cast.water, "en")[0],
            **opened(cast),
            "sheet": SheetImport.objects.create(
                sheet="units", name="Secret list", by=cast.staff, state="ready", report={"wrong_number": 1}
            ),
            "export": exported(cast),
            "kept filter": ListChoice.objects.create(person=cast.liaison, listing="assignments", name="Secret filter"),
            "feedback": Feedback.send("A word to the office", by=cast.liaison, unit=cast.water),
        }
        beside = {
            str(role): person(f"{role}{cast.office.pk}", (cast.office, role)) for role in (Role.SECURITY, Role.AUDITOR)
        }
        people = cast.people() | beside
        self.clients = {who: signed_in(user, raise_request_exception=False) for who, user in people.items()}

    def send(self, name: str, who: str) -> str:
        """What a person meets who sends a form without any field of the page."""
        return met(forge(self.clients[who], self.address(name), {"nothing": "here"}).status_code)

    def address(self, name: str) -> str:
        target = DOORS[name][0]
        return reverse(name, args=[self.targets[target].pk] if target else [])


def opened(cast: Cast) -> dict[str, Any]:
    """What other systems of the water bureau come in by, and are told by."""
    same: dict[str, Any] = {"unit": cast.water, "name": "Office system", "made_by": cast.head}
    until = timezone.now() + timedelta(days=9)
    return {
        "token": ApiToken.make(**same, language="en", scopes=["read"], expires_at=until)[0],
        "hook": ApiHook.objects.create(**same, url="https://example.com/", events=["filed"], nonce="0"),
    }


def exported(cast: Cast) -> ListExport:
    """A long list of the office, written."""
    row = export(Asked("sheet", "units"), "Secret list", by=cast.staff)
    write_out(row)
    return row


def whole_site() -> Site:
    """The site after the city's notice was issued, which asks for something of its own too."""
    cast = make_cast()
    Demand.objects.create(notice=cast.notice, order=1, title="List of names")
    return Site(issued(cast))


UNTIL = date(2015, 9, 14)


def filed_by_the_unit(cast: Cast) -> dict[str, Any]:
    """What the water bureau owes, all of it filed, by kind."""
    rows = {str(row.kind): row for row in cast.water.assignments.filter(campaign=cast.campaign)}
    filed_plan(rows["plan"], cast.liaison, goal="Secret goal", person_phone="138 0000 0002")
    filed_summary(rows["summary"], cast.liaison, 120, 3000, overview="Secret overview")
    filed_registration(rows["liaison"], cast.liaison, "Secret officer")
    material = Material.draft(rows["other"])
    material.text = "Secret names"
    filed(material, cast.liaison)
    rows["receipt"].submit(by=cast.liaison)
    return rows


def asked_of_the_office(cast: Cast, rows: dict[str, Any]) -> dict[str, Any]:
    """A notice being read, a question of the unit, a remark on what it filed."""
    reading = Reading.objects.create(
        host=cast.office, text="Secret plans", fingerprint="0", read_by=cast.staff, read_at=timezone.now()
    )
    title = {"group": Group.NOTICE, "field": "title", "order": 1, "values": {"text": "Secret title"}}
    summary = Summary.objects.get(assignment=rows["summary"])
    return {
        "remark": summary.remarks.create(key="overview", text="Secret remark", by=cast.staff),
        "reading": reading,
        "proposal": reading.proposals.create(**title),
        "petition": rows["plan"].petitions.create(kind="waiver", reason="Secret reason", asked_at=timezone.now()),
    }


def on_paper(cast: Cast) -> dict[str, Any]:
    """The paper of the notice, an annex, a circulated briefing, a package for the file room."""
    paper = NoticePaper.objects.get(notice=cast.notice)
    NoticePaper.objects.filter(notice=cast.notice).update(state="ready", **paper.store(b"%PDF-1.7", b"PK", b"PK OFD"))
    briefing = Briefing.objects.create(
        campaign=cast.campaign, edition=1, made_by=cast.staff,
        state=BriefingState.CIRCULATED, circulated_at=timezone.now(),
    )  # fmt: skip
    for name in CHECKSUMS:
        getattr(briefing, name).save(name, ContentFile(b"PK" if name.endswith(("word", "ofd")) else b"%PDF-1.7"))
    annex = cast.notice.annexes.create(order=1, title="Form", content="file", file_name="form.pdf")
    annex.file.save("form.pdf", ContentFile(b"%PDF-1.7"))
    archive = Archive(campaign=cast.campaign, made_by=cast.staff, state="ready")
    archive.file.save("archive.zip", ContentFile(b"PK"))
    composition, _bulletin = (begin(cast.campaign, kind, by=cast.staff) for kind in BriefingKind)
    return {"briefing": briefing, "annex": annex, "archive": archive, "composition": composition}


def measured(cast: Cast) -> dict[str, Any]:
    """An indicator of the water bureau over years, a value with its evidence."""
    target = Target.objects.create(
        host=cast.office, name="Secret indicator", target_year=2015, target_value=95, base_year=2010, base_value=90
    )
    target.units.set([cast.water])
    value = TargetValue(
        target=target, unit=cast.water, year=2014, value=93, reported_by=cast.liaison, reported_at=timezone.now(),
        evidence_name="secret.pdf",
    )  # fmt: skip
    value.evidence.save("secret.pdf", ContentFile(b"%PDF-1.7 Secret"), save=False)
    value.save()
    return {"target": target, "target value": value}


def evaluated(cast: Cast, rows: dict[str, Any]) -> dict[str, Any]:
    """An evaluation whose sheets are shown and whose result is released, with a comment and points added."""
    scheme = Scheme.objects.create(campaign=cast.campaign, state=SchemeState.RELEASED)
    scheme.assessors.set([cast.staff, cast.leader])
    criterion = Criterion.objects.create(scheme=scheme, order=1, name="What everybody reads", weight=10)
    beside = {"scheme": scheme, "unit": cast.water, "by": cast.staff}
    return {
        "criterion": criterion,
        "adjustment": Adjustment.objects.create(points=1, reason="Secret", evidence=rows["receipt"], **beside),
        "comment": SheetComment.objects.create(text="Secret comment", **beside),
        "release": Release.objects.create(scheme=scheme, edition=1, rows=[], changes=[], by=cast.staff),
    }


def rolled(cast: Cast, rows: dict[str, Any]) -> RolledPiece:
    """A passage of the unit's summary in another that is put together, opened to whoever reads that one."""
    put = RolledSummary.objects.create(campaign=cast.campaign, assignment=rows["summary"], opened=True)
    words = {"key": "overview", "original": "Secret overview", "text": "Secret"}
    return put.pieces.create(order=1, source=rows["summary"], version=1, **words)


def in_files(cast: Cast, rows: dict[str, Any]) -> dict[str, Any]:
    """A photo of the unit, artwork for everybody, a download of everything filed."""
    photo = Photo(assignment=rows["summary"], sha256="0", added_by=cast.liaison, added_at=timezone.now())
    photo.file, photo.thumbnail = ContentFile(PIXEL, "photo.gif"), ContentFile(PIXEL, "small.gif")
    photo.save()
    asset = Asset.objects.create(campaign=cast.campaign, kind="logo", title="Logo for everybody")
    version = add_version(asset, SimpleUploadedFile("logo.png", pixel_png()), by=cast.staff)
    package = Package.objects.create(campaign=cast.campaign, made_by=cast.staff, state="ready", size=12)
    package.parts.create(number=1, size=12, file=ContentFile(b"Secret parts", "1.part"))
    return {"photo": photo, "asset": asset, "artwork": version, "package": package}


def with_links(cast: Cast, rows: dict[str, Any]) -> tuple[dict[str, Any], str, str]:
    """A personal link to the unit's plan and one to another unit's receipt. Returns: the first, both secrets."""
    made: dict[str, Any] = {"person": "Guest", "until": UNTIL, "uses": 9, "by": cast.staff}
    link, secret = links.make(cast.campaign, cast.water, [rows["plan"]], **made)
    health = [cast.owed(cast.health, "receipt")]
    _link, of_another = links.make(cast.campaign, cast.health, health, **made)
    return {"link": link}, secret, of_another


def counted(cast: Cast) -> dict[str, Any]:
    """A task of the water bureau that counts, with something reported, and a round at which it speaks."""
    task = activity(cast.campaign, "Posters", [cast.water])
    deliverable = task.deliverables.create(order=1, title="Posters", target=100)
    row = task.rounds.create(order=1, on=timezone.localdate(), title="Interview")
    appearance = row.appearances.create(unit=cast.water, speaker="Secret speaker")
    rounds.owe(appearance, cast.notice)
    owed = cast.notice.assignments.create(
        campaign=cast.campaign, unit=cast.water, kind=Kind.DELIVERABLE, activity=task, deliverable=deliverable,
        due_at=timezone.now(),
    )  # fmt: skip
    report = Report("0", 40, timezone.localdate(), note="Secret wall")
    return {
        "deliverable": owed,
        "entry": Entry.report(owed, report, by=cast.liaison),
        "round": row,
        "appearance": appearance,
        "hand-out": cast.notice.handouts.get(),
    }


def posted(cast: Cast) -> dict[str, Any]:
    """What the water bureau sent of its own accord; one case is published in words that everybody may read."""
    found: dict[str, Any] = {}
    for kind, model, name in (
        (Kind.PROGRESS, Progress, "narrative"), (Kind.CASE, Case, "title"), (Kind.COVERAGE, Coverage, "title"),
    ):  # fmt: skip
        draft = model.draft(volunteer.begin(cast.campaign, cast.water, kind))
        setattr(draft, name, "Secret post")
        found[kind] = filed(draft, cast.liaison).assignment
    found["published"] = cases.select(found[Kind.CASE], by=cast.staff)
    PublishedCase.objects.filter(pk=found["published"].pk).update(title="For everybody")
    found["published"].refresh_from_db()
    cases.publish(found["published"], by=cast.staff)
    found["attachment"] = Attachment.objects.create(
        assignment=found[Kind.COVERAGE], file=ContentFile(b"Secret file", "a.txt"), name="a.txt", size=11, sha256="0",
        added_at=timezone.now(),
    )  # fmt: skip
    return found


def reminded(cast: Cast) -> Reminder:
    """A reminder of the water bureau that is held."""
    now = timezone.now()
    row = Reminder.objects.create(
        campaign=cast.campaign, by=cast.staff, day=UNTIL, made_at=now, send_from=now, prepared_at=now, state="held",
        line="Secret line",
    )  # fmt: skip
    row.letters.create(person=cast.liaison).named.create(assignment=cast.owed(cast.water, "summary"), role=Role.LIAISON)
    return row


def supervised(cast: Cast, rows: dict[str, Any]) -> dict[str, Any]:
    """A supervision slip to the water bureau, answered, and the draft of another."""
    words: dict[str, Any] = {
        "campaign": cast.campaign, "notice": cast.notice, "unit": cast.water, "made_by": cast.staff, "due_on": UNTIL,
        "year": 2015, "org_code": f"{cast.notice.org_code}督办", "signature": cast.office.name,
        "requirement": "Secret requirement",
    }  # fmt: skip
    number = DocumentNumber.objects.give(words["org_code"], 2015, by=cast.signer, owner=cast.office)
    issued_then = {"issued_at": timezone.now(), "issued_by": cast.signer, "document_number": number}
    drafted, slip = Slip.objects.create(**words), Slip.objects.create(**words, **issued_then, state="issued")
    for each in (drafted, slip):
        each.named.create(assignment=rows["plan"])
    SlipPaper.objects.create(slip=slip)
    paper = slip.paper
    SlipPaper.objects.filter(slip=slip).update(
        state="ready", **paper.store(b"%PDF-1.7 Secret", b"PK Secret", b"PK OFD Secret")
    )
    reply = cast.notice.assignments.create(
        campaign=cast.campaign, unit=cast.water, kind=Kind.SLIP, slip=slip, due_at=timezone.now()
    )
    written = SlipReply.draft(reply)
    written.cause = "Secret cause"
    filed(written, cast.liaison)
    return {"slip": slip, "drafted slip": drafted, "slip reply": reply}


def questioned(cast: Cast) -> dict[str, Any]:
    """One more question to the water bureau, answered."""
    asked: dict[str, Any] = {"campaign": cast.campaign, "notice": cast.notice, "due_at": timezone.now()}
    question = Question.objects.create(
        **asked, text="Which hall?", answer_kind=AnswerKind.TEXT, asked_by=cast.staff, asked_at=timezone.now()
    )
    owed = cast.notice.assignments.create(
        campaign=cast.campaign, unit=cast.water, kind=Kind.QUESTION, question=question, due_at=timezone.now()
    )
    answer = Answer.draft(owed)
    answer.text = "Secret hall"
    filed(answer, cast.liaison)
    return {"question": question, "answer": owed}


def convened(cast: Cast) -> dict[str, Any]:
    """A joint meeting with the water bureau, its minutes circulated, a decision handed out."""
    now = timezone.now()
    meeting = Meeting.objects.create(
        campaign=cast.campaign, series="Joint meeting", title="Secret meeting", starts_at=now, place="Hall 2",
        ends_at=now + timedelta(hours=2), chair="Secret chair", convened_at=now, state="held",
    )  # fmt: skip
    meeting.agenda.create(order=1, title="Secret item", unit=cast.water)
    invitation = meeting.invitations.create(unit=cast.water, state="coming", person="Secret guest", presence="present")
    decision = meeting.decisions.create(
        order=1, text="Secret decision", unit=cast.water, due_on=UNTIL, state="handed_out"
    )
    cast.notice.assignments.create(
        campaign=cast.campaign, unit=cast.water, kind=Kind.DECISION, decision=decision, due_at=now
    )
    said = {"attendance": [["出席", "Secret guest"]], "decisions": []}
    minutes = meeting.minutes.create(
        body="Secret minutes", said=said, state="circulated", circulated_at=now, circulated_by=cast.staff
    )
    paper = MinutesPaper.objects.create(minutes=minutes)
    MinutesPaper.objects.filter(pk=paper.pk).update(state="ready", **paper.store(b"%PDF-1.7 Secret", b"PK Secret"))
    return {"meeting": meeting, "invitation": invitation, "decision": decision, "minutes": minutes}


PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff2c000000000100010000020144003b")  # the smallest GIF


def pixel_png() -> bytes:
    """The smallest PNG."""
    out = BytesIO()
    Image.new("RGB", (1, 1)).save(out, "PNG")
    return out.getvalue()


def everything() -> str:
    """A fingerprint of every row of every table of ours, but for the session and the last sign of life."""
    return hashlib.sha256(repr(rows()).encode()).hexdigest()


def rows() -> dict[str, list[Any]]:
    """Every row of every table of ours by the table, but for the session and the last sign of life."""
    with connection.cursor() as cursor:
        return {
            model._meta.db_table: written(cursor, model)
            for model in apps.get_models(include_auto_created=True)
            if model not in (Pulse, Session) and model._meta.app_label not in ("sessions", "contenttypes")
        }


def written(cursor: Any, model: Any) -> list[Any]:
    """The rows of one table."""
    columns = ", ".join(f'"{each.column}"' for each in model._meta.concrete_fields)
    cursor.execute(f'SELECT {columns} FROM "{model._meta.db_table}" ORDER BY 1')
    return list(cursor.fetchall())
