"""The inbox: what the system told this person."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts.inbox import MESSAGES, Messages
from accounts.models import User
from accounts.undelivered import SEES, comes_back
from documents.counts import so_many
from workflow.listing.many import LONGEST, meant
from workflow.listing.shown import Deed, shown
from workflow.models import Notification
from workflow.pages import refused, words
from workflow.sheets.export_views import excel_of


def owner(request: HttpRequest) -> User:
    """The person who reads; pages are closed to everybody who is not signed in."""
    return cast(User, request.user)


DEEDS = (
    Deed("read", _("Mark as read"), "envelope-open", at_once=True),
    Deed("unread", _("Mark as not read"), "envelope", at_once=True),
)


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Messages, newest first."""
    if request.GET.get("excel"):
        return excel_of(request, "messages", {})
    user = owner(request)
    list_of = shown(request, MESSAGES, Messages.of(user.pk), DEEDS, reverse("accounts:mark-messages"), excel=True)
    said = {"comes_back": comes_back(user), "sees_failures": bool(user.units_as(*SEES))}
    return render(request, "accounts/inbox.html", {"shown": list_of, **said})


@require_POST
def mark(request: HttpRequest) -> HttpResponse:
    """Messages that were ticked, or all of the filter, are read, or not read yet."""
    user, deed = owner(request), request.POST.get("deed")
    found = meant(request, MESSAGES, Messages.of(user.pk)) if deed in ("read", "unread") else []
    rows = user.notifications.filter(pk__in=found)
    if not found:
        refused(request, gettext("Please tick at least one row."))
    elif deed == "read":
        rows.unread().update(read_at=timezone.now())
        messages.success(request, so_many("%(n)s message is read.", "%(n)s messages are read.", len(found)))
    else:
        rows.update(read_at=None)
        messages.success(request, so_many("%(n)s message is unread.", "%(n)s messages are unread.", len(found)))
    return redirect(f"{reverse('accounts:inbox')}?{words(request.POST, 'filter')[:LONGEST]}")


@require_safe
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a message: it is read, and leads where it points."""
    notification = get_object_or_404(owner(request).notifications, pk=pk)
    Notification.objects.unread().filter(pk=notification.pk).update(read_at=timezone.now())
    return redirect(notification.url)
