"""The inbox: what the system told this person."""

from typing import cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.undelivered import SEES, comes_back
from workflow.models import Notification

PAGE = 30


def owner(request: HttpRequest) -> User:
    """The person who reads; pages are closed to everybody who is not signed in."""
    return cast(User, request.user)


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Messages, newest first."""
    user = owner(request)
    page = Paginator(user.notifications.all(), PAGE).get_page(request.GET.get("page"))
    said = {"comes_back": comes_back(user), "sees_failures": bool(user.units_as(*SEES))}
    return render(request, "accounts/inbox.html", {"page": page, **said})


@require_safe
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a message: it is read, and leads where it points."""
    notification = get_object_or_404(owner(request).notifications, pk=pk)
    Notification.objects.unread().filter(pk=notification.pk).update(read_at=timezone.now())
    return redirect(notification.url)
