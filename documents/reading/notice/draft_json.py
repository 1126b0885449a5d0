"""The draft as JSON: the shape qm-notice-truth/1, with span, confidence and doubt beside every value."""

from __future__ import annotations

from typing import Any

from documents.reading.phrases.dates import DateFound
from documents.reading.phrases.spans import Text
from documents.reading.phrases.targets import Target
from documents.reading.phrases.units import UnitFound

from . import draft as d

Json = dict[str, Any]


def draft_json(draft: d.NoticeDraft) -> Json:
    """Return the draft in the agreed shape."""
    return {
        "schema": "qm-notice-truth/1",
        "doc_type": draft.doc_type,
        "year": draft.year,
        **_head(draft),
        **_campaign(draft),
        "activities": [_activity(a, f"a{i}") for i, a in enumerate(draft.activities, 1)],
        "activity_headers": [text.value for text in draft.headers],
        "member_units": list(dict.fromkeys(a.owner.name for a in draft.activities if a.owner)),
        **_duties(draft),
        "targets": [_target(target) for target in draft.targets],
        "unplaced": [_text(text) for text in draft.unplaced],
        "doubts": [
            {"code": x.code, "message": x.message, "span": list(x.span) if x.span else None} for x in draft.doubts
        ],
    }


def _head(draft: d.NoticeDraft) -> Json:
    return {
        "title": draft.title.value if draft.title else None,
        "title_span": list(draft.title.span) if draft.title else None,
        "header_org": draft.header.value if draft.header else None,
        "doc_number": _text(draft.number),
        "cited_doc_numbers": [text.value for text in draft.cited_numbers],
        "issuers": [text.value for text in draft.issuers],
        "addressees": {"list": [text.value for text in draft.addressees]} if draft.addressees else None,
        "cc": [text.value for text in draft.copy_to],
        "issue_date": _date(draft.issued) if draft.issued else None,
        "print_info": _text(draft.printed),
        "publicity": _text(draft.publicity),
        "metadata": dict(draft.metadata),
        "aliases": [{"short": short, "full": full} for short, full in draft.aliases],
    }


def _campaign(draft: d.NoticeDraft) -> Json:
    return {
        "preamble": [_text(text) for text in draft.preamble],
        "theme": _text(draft.theme),
        "spirit_slogan": _text(draft.spirit_slogan),
        "logo_note": _text(draft.logo_note),
        "campaign_period": [_date(found) for found in draft.period],
        "guiding_ideology": {"body": draft.ideology.value, "span": list(draft.ideology.span)}
        if draft.ideology
        else None,
        "overall_goal": {"body": draft.goal.value, "span": list(draft.goal.span)} if draft.goal else None,
        "sections": [_section(section) for section in draft.sections],
        "slogans": [{"no": s.number or None, "is_theme": s.is_theme, **(_text(s.text) or {})} for s in draft.slogans],
    }


def _duties(draft: d.NoticeDraft) -> Json:
    return {
        "deadlines": [_deadline(deadline) for deadline in draft.deadlines],
        "milestones": [_date(found) for found in draft.milestones],
        "contacts": [_contact(contact) for contact in draft.contacts],
        "attachments": [
            {
                "no": a.number or None,
                "title": a.title.value,
                "span": list(a.title.span),
                "content_present": a.content_present,
            }
            for a in draft.attachments
        ],
        "annexes": [_annex(annex) for annex in draft.annexes],
        "tasks": [_task(task) for task in draft.tasks],
        "body_tasks": [_task(task) for task in draft.body_tasks],
        "interviews": [_interview(interview) for interview in draft.interviews],
        "forms": [_form(form) for form in draft.forms],
    }


def _text(text: Text | None) -> Json | None:
    if text is None:
        return None
    return {"text": text.value, "span": list(text.span), "confidence": text.confidence, "doubt": text.doubt}


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def _date(found: DateFound) -> Json:
    shaped: Json = {
        "text": found.text,
        "start": _iso(found.start),
        "end": _iso(found.end),
        "precision": found.precision,
    }
    for name in ("approx", "open_end", "relation", "time", "what", "doubt"):
        if getattr(found, name):
            shaped[name] = getattr(found, name)
    return shaped | {"span": list(found.span), "confidence": found.confidence}


def _unit(unit: UnitFound) -> Json:
    names = ("name", "role", "cue", "key", "confidence", "doubt")
    return {name: getattr(unit, name) for name in names} | {"span": list(unit.span)}


def _target(target: Target) -> Json:
    shaped: Json = {
        "text": target.text,
        "value": int(target.value) if target.value.is_integer() else target.value,
        "unit": target.unit,
        "comparator": target.comparator,
        "metric": target.metric,
        "kind": "target",
        "span": list(target.span),
        "confidence": target.confidence,
    }
    extra = {"value_max": target.value_max, "year": target.year, "per": target.per}
    return shaped | {name: value for name, value in extra.items() if value}


def _section(section: d.Section) -> Json:
    return {
        "kind": section.kind,
        "chapter": section.chapter or None,
        "number": section.number or None,
        "heading": section.heading.value,
        "body": section.body.value,
        "span": [section.heading.span.start, section.body.span.end],
    }


def _activity(activity: d.Activity, key: str) -> Json:
    return {
        "id": key,
        "scope": activity.scope,
        "owner_unit": activity.owner.name if activity.owner else None,
        "number": activity.number or None,
        "sub_number": activity.sub_number or None,
        "group": activity.group.value if activity.group else None,
        "parent_title": activity.parent.value if activity.parent else None,
        "title": activity.title.value,
        "title_span": list(activity.title.span),
        "activity_theme": activity.theme.value if activity.theme else None,
        "dates": [_date(found) for found in activity.dates],
        "venue": activity.venue.value if activity.venue else None,
        "venue_span": list(activity.venue.span) if activity.venue else None,
        "lead_units": [unit.name for unit in activity.led_by()],
        "assist_units": [unit.name for unit in activity.assisted_by()],
        "unit_roles": [_unit(unit) for unit in activity.units],
        "targets": [_target(target) for target in activity.targets],
        "span": list(activity.span),
        "confidence": activity.confidence,
        "doubts": list(activity.doubts),
    }


def _task(task: d.Task) -> Json:
    return {
        "no": int(task.number) if task.number.isdigit() else task.number or None,
        "title": task.title.value,
        "deadline": _date(task.deadline) if task.deadline else None,
        "responsible": [unit.name for unit in task.responsible],
        "assisting": [unit.name for unit in task.assisting],
        "unit_roles": [_unit(unit) for unit in task.responsible + task.assisting],
        "remark": task.remark.value if task.remark else None,
        "details": [{"column": column, **(_text(text) or {})} for column, text in task.details],
        "dates": [_date(found) for found in task.dates],
        "targets": [_target(target) for target in task.targets],
        "span": list(task.span),
        "confidence": task.confidence,
        "doubts": list(task.doubts),
    }


def _deadline(deadline: d.Deadline) -> Json:
    found = deadline.date
    return {
        "kind": deadline.kind,
        "text": deadline.text,
        "date": _iso(found.end or found.start) if found else None,
        "precision": found.precision if found else None,
        "time": (found.time if found else "") or None,
        "recurring": deadline.recurring or None,
        "relative": deadline.relative or None,
        "resolved": [_iso(day) for day in deadline.resolved],
        "how": deadline.how or None,
        "item": deadline.item + deadline.reference,
        "from": deadline.sender or None,
        "to": [unit.name for unit in deadline.to],
        "annex": deadline.annex or None,
        "span": list(deadline.span),
        "source_span": list(deadline.source),
        "confidence": deadline.confidence,
        "doubt": deadline.doubt,
    }


def _contact(contact: d.Contact) -> Json:
    return {
        "unit": contact.unit or None,
        "name": contact.name,
        "phones": list(contact.phones),
        "emails": list(contact.emails),
        "other": {key: value for key, value in (("fax", list(contact.fax)), ("oa_mailbox", contact.mailbox)) if value},
        "where": contact.where,
        "span": list(contact.span),
        "confidence": contact.confidence,
        "doubt": contact.doubt,
    }


def _annex(annex: d.Annex) -> Json:
    return {
        "attachment_no": annex.number or None,
        "title": annex.title.value,
        "theme": _text(annex.theme),
        "sections": [_section(section) for section in annex.sections],
        "targets": [_target(target) for target in annex.targets],
        "span": list(annex.title.span),
    }


def _interview(interview: d.Interview) -> Json:
    return {
        "no": interview.number,
        "round": interview.round.value,
        "date": _date(interview.date) if interview.date else None,
        "interviewees": [unit.name for unit in interview.interviewees],
        "span": list(interview.round.span),
    }


def _form(form: d.Form) -> Json:
    return {
        "title": form.title,
        "annex": form.annex or None,
        "header_fields": [text.value for text in form.header_fields],
        "fields": [text.value for text in form.fields],
        "span": list(form.span),
    }
