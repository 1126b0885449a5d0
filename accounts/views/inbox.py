"""The inbox: what the system told this person."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

PAGE = 30


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Messages, newest first."""
    page = Paginator(request.user.notifications.all(), PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/inbox.html", {"page": page})


@require_safe
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a message: it is read, and leads where it points."""
    notification = get_object_or_404(request.user.notifications, pk=pk)
    request.user.notifications.unread().filter(pk=pk).update(read_at=timezone.now())
    return redirect(notification.url)
