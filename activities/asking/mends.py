"""What one press mends before a notice goes out: a day, a demand, a sentence of the text."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Unit
from activities.burden.mends import Deed
from activities.burden.mends import ask_of as ask_of
from activities.burden.mends import drop_demand as drop_demand
from activities.burden.mends import set_day as set_day
from activities.models import Activity, Demand
from campaigns import versions
from campaigns.models import Notice
from campaigns.versions import StaleText
from documents.text import chinese_date
from workflow.models import MoveRefused

CLOSING = re.compile(r"^(?:特此(?:通知|函告|函达)|[（(]?联系人)")
"""Lines that end a notice: what is added stands before them."""
SENTENCE = gettext_noop("Each unit hands in its %(what)s by %(day)s.")


def add_demand(notice: Notice, title: str, day: date | None, units: Iterable[Unit] = (), **numbers: Any) -> Deed:
    """Something more is asked: of every addressee, or of some; perhaps so many of it."""

    @transaction.atomic
    def deed(_by: Any) -> None:
        Notice.objects.select_for_update().get(pk=notice.pk)
        last = notice.demands.aggregate(last=Max("order"))["last"] or 0
        notice.demands.create(order=last + 1, title=title[:200], due_on=day, **numbers).units.set(units)

    return deed


def set_numbers(row: Demand, **numbers: Any) -> Deed:
    """How many of what a demand asks."""

    def deed(_by: Any) -> None:
        Demand.objects.filter(pk=row.pk).update(**numbers)

    return deed


def add_deliverable(activity: Activity, title: str, target: int, measure: str) -> Deed:
    """Those who lead an activity report a number, beside its plan."""

    @transaction.atomic
    def deed(_by: Any) -> None:
        Activity.objects.select_for_update().get(pk=activity.pk)
        last = activity.deliverables.aggregate(last=Max("order"))["last"] or 0
        numbers = {"target": target, "measure": measure[:20], "beside_plan": True}
        activity.deliverables.create(order=last + 1, title=title[:200], **numbers)

    return deed


def write(notice: Notice, what: object, day: date) -> Deed:
    """A sentence that asks for it, in the language of the site, is added to the text before its closing lines."""

    def deed(by: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            sentence = _(SENTENCE) % {"what": str(what), "day": chinese_date(day)}
        lines = notice.body.splitlines()
        end = next((at for at, line in enumerate(lines) if CLOSING.match(line.strip())), len(lines))
        body = "\n".join([*lines[:end], sentence, *lines[end:]])
        try:
            versions.save_text(notice, by=by, seen=notice.revision, body=body)
        except StaleText as stale:
            raise MoveRefused(str(stale)) from stale

    return deed
