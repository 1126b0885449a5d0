"""Any notice of the fixtures, as a draft or issued on its day: countersigned, signed, everything handed out."""

from datetime import date

from django.db import transaction

from accounts.models import Role
from activities.asking import issue
from activities.printing.tasks import set_paper
from campaigns import way
from reports.demonstration import levels
from reports.demonstration.load import Demonstration, load
from reports.demonstration.stages import office, signer_of
from workflow import clock

ROLLED_UP = "rolled-up"
STAGES = ("draft", "issued", ROLLED_UP)
"""How far a notice other than the demonstration's can be built."""


def build(name: str, stage: str) -> date:
    """Build the campaign of a fixture folder.

    Arguments: the folder; ``draft``, ``issued`` or ``rolled-up``. Returns: the day it is to be seen as of.
    """
    with transaction.atomic():
        demonstration = load(name)
        if stage == "issued":
            send(demonstration)
        if stage == ROLLED_UP:
            return levels.build(demonstration)
    if stage == "issued":
        set_paper(demonstration.notice.paper.pk)
    return demonstration.issued_on


def send(demonstration: Demonstration) -> None:
    """From the draft to what every unit owes, on the day of issue, with the deeds of the people."""
    notice, signer = demonstration.notice, office(demonstration, Role.SIGNER)
    with clock.as_of(demonstration.issued_on):
        way.approve(notice, author=office(demonstration), reviewer=signer)
        for body in notice.joint_bodies.select_related("unit"):
            way.countersign(notice, body, by=signer_of(body.unit))
        notice.refresh_from_db()
        issue.issue(notice, by=signer, due=issue.proposed_due(notice))
