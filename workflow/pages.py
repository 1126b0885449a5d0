"""What every page needs: somebody else's row is 404, a missing right 403, a refused move a message."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db import models
from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.dateparse import parse_date
from django.utils.http import url_has_allowed_host_and_scheme

from workflow.form_fields import as_counted
from workflow.stateful import MoveRefused

STOP_POLLING = 286
"""htmx stops asking when it gets this status: https://htmx.org/docs/#load_polling"""


def visible(rows: Any, request: HttpRequest, **lookup: Any) -> Any:
    """The row the person may see, or 404.

    Arguments: a model or queryset that knows ``visible_to``, the request, the lookup. Raises: Http404.
    """
    known = getattr(rows, "_default_manager", rows)
    return get_object_or_404(known.visible_to(request.user), **lookup)


def require(request: HttpRequest, deed: str, row: Any) -> None:
    """Insist that the person may do the deed with the row (a name of ``rules_permissions``).

    Raises: PermissionDenied.
    """
    if not may(request.user, deed, row):
        raise PermissionDenied


def may(user: Any, deed: str, row: Any) -> bool:
    """Whether the person may do the deed with the row, whatever its state."""
    return bool(user.has_perm(row.get_perm(deed), row))


def label(row: models.Model, name: str) -> str:
    """What the people call a field of this row."""
    return str(row._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # only fields have names here


def page_of(number: int, size: int, asked: Any, read: Callable[[int, int], list[Any]]) -> "Page[Any]":
    """A page of rows that are counted already: only its own rows are read.

    Arguments: how many rows there are; how many a page has; which page the address asks for (one that does not exist is
    the nearest that does); what reads rows: how many, and how many come before them.
    """
    page: Any = Paginator(range(number), size).get_page(asked)
    page.object_list = read(size, (page.number - 1) * size) if number else []
    return page


def words(data: QueryDict, name: str) -> str:
    """What was typed in one field, trimmed, its lines as they are counted; without NUL, which no database keeps."""
    return as_counted(data.get(name, "").replace("\0", "")).strip()


def going_on(request: HttpRequest, otherwise: str) -> str:
    """The page of ours that the address names as the next one. Arguments: where to go when it names none."""
    page = request.GET.get("next", "")
    return page if page.startswith("/") and url_has_allowed_host_and_scheme(page, None) else otherwise


def refused(request: HttpRequest, why: object) -> None:
    """Say why nothing was done. Where the page is left for another, what was typed stands there in its form again
    (``accounts/unsent.py``), so no view keeps it.

    Arguments: the request that asked for it; why it was not done.
    """
    request.refused = True  # type: ignore[attr-defined]
    messages.error(request, str(why))  # noqa: TID251 (the one place)


def is_refused(request: HttpRequest) -> bool:
    """Whether what the request asked for was :func:`refused`."""
    return getattr(request, "refused", False)


@contextmanager
def told(request: HttpRequest, done: str) -> Iterator[None]:
    """Do a deed and say what came of it: ``done``, or why it was refused."""
    try:
        yield
    except MoveRefused as refusal:
        refused(request, str(refusal))
    else:
        messages.success(request, done)


def day(text: str) -> date | None:
    """A day as a page sends it; None when it is none."""
    try:
        return parse_date(text)
    except ValueError:
        return None


def number(text: str | None) -> int:
    """A row's number as sent by a page; 0 when it is none."""
    return int(text) if text and text.isdecimal() and len(text) < 18 else 0


def numbers(data: QueryDict, name: str) -> list[int]:
    """The numbers of the rows ticked on a page."""
    return [found for each in data.getlist(name) if (found := number(each))]
