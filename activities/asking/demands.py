"""What a notice asks beside the usual (a list, a form, so many reports): added, changed and dropped before it goes out.

Once the notice is issued units owe it; what is asked then is another task or a supplement.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import Unit
from activities.asking.checks import is_checked
from activities.models import Demand
from campaigns import way
from campaigns.models import Notice
from workflow.models import MoveRefused


def why_not_change(notice: Notice) -> str:
    """Why what it asks stays as it is; empty while it can be changed."""
    if is_checked(notice):
        return ""
    return _("The notice is issued: units owe this already. Ask for more by another task, or in a supplement.")


@contextmanager
def changing(notice: Notice) -> Iterator[None]:
    """Change what it asks while nobody issues it. Raises: MoveRefused."""
    with transaction.atomic():
        way.hold(notice)
        if why := why_not_change(notice):
            raise MoveRefused(why)
        yield


def write(notice: Notice, values: Mapping[str, Any], units: Collection[Unit], row: Demand | None = None) -> Demand:
    """Ask for one thing more, or for one thing otherwise.

    Arguments: the notice; the fields; of whom it is asked (none: every addressee); what is changed.
    Returns: the demand. Raises: MoveRefused.
    """
    with changing(notice):
        others = notice.demands.exclude(pk=row.pk) if row else notice.demands.all()
        if others.filter(title=values["title"]).exists():
            raise MoveRefused(_("The notice asks for this already."))
        if row is None:
            row = Demand(notice=notice, order=(notice.demands.aggregate(last=Max("order"))["last"] or 0) + 1)
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        row.units.set(units)
    return row


def ask_all(notice: Notice) -> None:
    """Who was spared a usual filing because it is known is asked all the same. Raises: MoveRefused."""
    with changing(notice):
        if not notice.spared.all().delete()[0]:
            raise MoveRefused(_("Every unit is asked already."))


def drop(row: Demand) -> None:
    """Ask for it no longer. Raises: MoveRefused."""
    with changing(row.notice):
        row.delete()


def insist_addressed(notice: Notice, units: Collection[Unit]) -> None:
    """Raises: MoveRefused naming units that do not get the notice: they would not hear of what they owe."""
    gets = set(notice.addressees.values_list("pk", flat=True))
    strange = [str(unit) for unit in units if unit.pk not in gets]
    if strange:
        raise MoveRefused(
            _("%(units)s: the notice does not go there. Add it to the notice first.") % {"units": "、".join(strange)}
        )
