"""What a notice will make units owe, before it is issued: by kind, and by task where a task has its own day."""

from collections import Counter
from typing import Any

from activities.asking.deadlines import named
from activities.asking.forms.due_dates import DueDatesForm
from activities.asking.handing_out import Debt, debts
from activities.models import Appearance, Deliverable
from campaigns.models import Notice


def outlook(notice: Notice, form: DueDatesForm) -> dict[str, Any]:
    """How many units it goes to, and how many owe what until when.

    Arguments: the notice, the form that sets days. Returns: ``units``, ``rows`` (fields of day and hour, and number),
    ``own`` (deadlines the notice names itself, each with how much is owed by then), ``undated`` (how many deliverables
    are due with the summary).
    """
    units = list(notice.addressees.values_list("pk", flat=True))
    counts = Counter(map(Lines(notice).key, debts(notice, units)))
    own = [(each, counts[each.code]) for each in named(notice)]
    return {
        "units": len(units),
        "rows": [(day, hour, counts[day.name]) for day, hour in form.moments()],
        "own": [(each, number) for each, number in own if number],
        "undated": counts["undated"],
    }


class Lines:
    """Which line of the page a debt belongs to."""

    def __init__(self, notice: Notice) -> None:
        invited = Appearance.objects.filter(round__activity__campaign=notice.campaign_id)
        self.rounds = dict(invited.values_list("pk", "round"))
        dated = Deliverable.objects.filter(activity__campaign=notice.campaign_id).exclude(due_on=None)
        self.dated = set(dated.values_list("pk", flat=True))

    def key(self, debt: Debt) -> str:
        """A field of the form, or the code of a deadline of the notice's own."""
        if debt.demand is not None:
            return f"demand_{debt.demand}"
        if debt.appearance is not None:
            return f"round:{self.rounds[debt.appearance]}"
        if debt.deliverable is None:
            return str(debt.kind)
        if debt.deliverable in self.dated:
            return f"deliverable:{debt.deliverable}"
        return f"activity:{debt.activity}" if debt.due_on else "undated"
