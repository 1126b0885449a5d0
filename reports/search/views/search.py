"""The page on which somebody looks for something."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models.memberships import HOST_ROLES, UNIT_ROLES
from reports.models.search_entry import Sought
from reports.search.beside import MESSAGES
from reports.search.finding import MOST, YEARS, Asked
from reports.search.folding import TYPED, words_of
from reports.search.page import Search
from workflow.pages import words


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What is found of each kind; one kind alone (``kind``), page by page, and one year (``year``), by the address."""
    typed = words(request.GET, "q")
    kind, year = words(request.GET, "kind"), words(request.GET, "year")
    years = years_of(request.user)
    asked = Asked(
        words=words_of(typed) if len(typed) <= TYPED else (),
        kind=kind if kind in Sought.values else "",
        year=int(year) if year.isdecimal() and len(year) < 5 and int(year) in years else None,
    )
    found = Search(request.user, asked, request.GET.get("page")).groups() if asked.words else []
    context = {
        "typed": typed[:TYPED],
        "too_long": len(typed) > TYPED,
        "nothing_to_find": bool(typed) and not asked.words,
        "left_out": [
            f"“{each[:40]}”" for each, known in ((kind, asked.kind), (year, asked.year)) if each and not known
        ],
        "asked": asked,
        "groups": found,
        "years": [(each, address(typed, asked, year=each)) for each in years] if len(years) > 1 else [],
        "every_year": address(typed, asked, year=None),
        "every_kind": address(typed, asked, kind=""),
        "kinds": [(group, address(typed, asked, kind=group.kind)) for group in found],
        "most": MOST,
        "longest": TYPED,
        "looked": MESSAGES,
        "inbox": f"{reverse('accounts:inbox')}?{urlencode({'q': typed[:TYPED]})}",
    }
    return render(request, "reports/search/search.html", context)


def years_of(user: Any) -> list[int]:
    """The years of the campaigns somebody sees, the newest first."""
    rows = YEARS(hosts=sorted(user.units_as(*HOST_ROLES)), units=sorted(user.units_as(*UNIT_ROLES)))
    return [year for (year,) in rows]


def address(typed: str, asked: Asked, **changes: Any) -> str:
    """The address of the same search with a part of it changed."""
    parts = {"q": typed, "kind": asked.kind, "year": asked.year} | changes
    return urlencode({name: value for name, value in parts.items() if value})
