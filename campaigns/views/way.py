"""The steps of a notice's way, one press each; and a later notice about one that went out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from campaigns import way
from campaigns.available_actions import bodies_of
from campaigns.models import JointBody, Notice
from workflow.models import MoveRefused
from workflow.pages import refused, require, told, visible, words

LONGEST = 1000
KNOWN = ("campaign__host", "document_number")


@dataclass(frozen=True)
class Press:
    """A step by its address: the right it asks for, the deed, what is said when it is done."""

    right: str
    deed: Callable[..., Any]
    done: Any
    asks: str = ""
    """The name under which the deed takes what was typed."""
    must: bool = False
    """Whether something must be typed."""


PRESSES = {
    "send-to-review": Press("change", way.send_to_review, gettext_lazy("It is in review now.")),
    "take-back": Press("change", way.take_back, gettext_lazy("It is a draft again.")),
    "review": Press("review", way.review, gettext_lazy("It is reviewed."), asks="note"),
    "return-notice": Press("review", way.send_back, gettext_lazy("Returned with your reason."), "reason", True),
}
JOINT_PRESSES = {
    "countersign": Press("countersign", way.countersign, gettext_lazy("It is countersigned."), asks="note"),
    "refuse": Press("countersign", way.refuse, gettext_lazy("Returned with your reason."), "reason", True),
}


@require_POST
def step(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """One step of the office."""
    notice, press = visible(Notice.objects.select_related(*KNOWN), request, pk=pk), PRESSES[deed]
    require(request, press.right, notice)
    return carry_out(request, notice, press, notice)


@require_POST
def joint_step(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """One step of a joint issuing body."""
    notice, press = visible(Notice.objects.select_related(*KNOWN), request, pk=pk), JOINT_PRESSES[deed]
    require(request, press.right, notice)
    body = chosen_body(request, notice)
    return carry_out(request, notice, press, notice, body)


def carry_out(request: HttpRequest, notice: Notice, press: Press, *rows: Any) -> HttpResponse:
    """Do what was pressed, or say why not. Arguments: the request, the notice, the press, its rows."""
    note = words(request.POST, "note")
    if (press.must and not note) or len(note) > LONGEST:
        refused(request, _("Please give a reason of at most 1,000 characters."))
        return redirect(notice)
    with told(request, str(press.done)):
        press.deed(*rows, by=request.user, **({press.asks: note} if press.asks else {}))
    return redirect(notice)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away that was never sent in."""
    notice = visible(Notice.objects.select_related(*KNOWN), request, pk=pk)
    require(request, "change", notice)
    try:
        way.discard(notice, by=request.user)
    except MoveRefused as refusal:
        refused(request, refusal)
        return redirect(notice)
    messages.success(request, _("The draft is thrown away."))
    return redirect(notice.campaign)


def chosen_body(request: HttpRequest, notice: Notice) -> JointBody:
    """The body the person signs for; where there are several, the one whose button was pressed."""
    mine = bodies_of(request.user, notice)
    asked = words(request.POST, "body")
    found = [body for body in mine if str(body.pk) == asked or not asked]
    if not found:
        raise PermissionDenied
    return found[0]
