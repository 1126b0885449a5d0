"""A filter gets a name, or loses it; a person chooses the columns of a list."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from workflow.listing.choices import ListChoice
from workflow.listing.listing import LISTINGS, Listing
from workflow.pages import refused, words

MOST = 40
"""Filters a person keeps of one list."""


def back_to_list(request: HttpRequest) -> HttpResponse:
    """The page the form stood on."""
    page = request.POST.get("next", "")
    mine = page.startswith("/") and url_has_allowed_host_and_scheme(page, None)
    return redirect(page if mine else "/")


def of_reader(request: HttpRequest) -> tuple[Listing | None, Any]:
    """The list a form names, and the choices this person has of it; None for a list there is not."""
    user: Any = request.user
    name = request.POST.get("listing", "")
    found = LISTINGS.get(name) if user.pk else None
    if found is None:
        refused(request, _("There is no such list."))
    return found, ListChoice.objects.filter(person=user.pk, listing=name)


@require_POST
@transaction.atomic
def keep(request: HttpRequest) -> HttpResponse:
    """A filter gets a name; a name that stands already gets this filter."""
    found, rows = of_reader(request)
    name, query = " ".join(words(request.POST, "name").split()), words(request.POST, "query")
    if found is None:
        return back_to_list(request)
    if not name or len(name) > 40:
        refused(request, _("Please give the filter a name of at most 40 characters."))
    elif len(query) > 2000:
        refused(request, _("This filter is too long to be kept."))
    elif rows.exclude(name="").exclude(name=name).count() >= MOST:
        refused(request, _("You keep 40 filters of this list. Give one up first."))
    else:
        mine = {"query": query, "person": request.user, "listing": found.name}
        rows.update_or_create(name=name, defaults=mine)
        messages.success(request, _("The filter is kept as “%(name)s”.") % {"name": name})
    return back_to_list(request)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """A filter loses its name; nothing else happens to it."""
    user: Any = request.user
    row = get_object_or_404(ListChoice.objects.filter(person=user.pk).exclude(name=""), pk=pk)
    row.delete()
    messages.success(request, _("“%(name)s” is no longer among your filters.") % {"name": row.name})
    return back_to_list(request)


@require_POST
def columns(request: HttpRequest) -> HttpResponse:
    """The columns this person wants to see; none: those shown at first."""
    found, rows = of_reader(request)
    if found is None:
        return back_to_list(request)
    asked = set(request.POST.getlist("column"))
    chosen = [column.name for column in found.columns if column.name in asked]
    if "reset" in request.POST or not chosen:
        rows.filter(name="").delete()
    else:
        rows.update_or_create(name="", defaults={"columns": chosen, "person": request.user, "listing": found.name})
    return back_to_list(request)
