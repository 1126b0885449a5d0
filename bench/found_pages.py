"""``python -m bench.found_pages``: sign people in, make a token; print what is to be measured as one line of JSON."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import django

django.setup()

from django.db import connection  # noqa: E402 -- Django is set up first
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import Membership, Role, User  # noqa: E402
from activities.models import Assignment  # noqa: E402
from activities.states import AssignmentState, Kind  # noqa: E402
from bench.visitor import cookie_of, person  # noqa: E402
from campaigns.models import Campaign, Notice  # noqa: E402
from reports.models import ApiToken, Scope  # noqa: E402
from reports.search.finding import Asked  # noqa: E402
from reports.search.folding import words_of  # noqa: E402
from reports.search.page import Search  # noqa: E402


def searches(campaign: Campaign) -> dict[str, dict[str, Any]]:
    """One search of each sort, by name."""
    number = str(Notice.objects.filter(campaign=campaign).latest("pk").number)
    return {
        "two characters, nearly everywhere": {"q": "质量"},
        "two characters, seldom": {"q": "检定"},
        "three characters, often": {"q": "质量月"},
        "six characters": {"q": "质量提升行动"},
        "one character": {"q": "质"},
        "three words": {"q": "企业 标准 检查"},
        "a number in brackets": {"q": number.replace("〔", "[").replace("〕", "]")},
        "initials of a unit": {"q": "zl"},
        "nothing": {"q": "不存在的词"},
        "one kind, page 9": {"q": "质量", "kind": "summary", "page": "9"},
        "one year": {"q": "标准", "year": str(campaign.year)},
    }


def token_of(campaign: Campaign) -> str:
    """A token of the office, made by an administrator of its own."""
    admin, _made = User.objects.get_or_create(username="bench-admin", defaults={"name": "bench"})
    Membership.objects.get_or_create(user=admin, unit=campaign.host, role=Role.ADMIN)
    about: dict[str, Any] = {"unit": campaign.host, "name": "bench", "made_by": admin, "language": "zh-hans"}
    return ApiToken.make(**about, scopes=[Scope.OFFICE], expires_at=timezone.now() + timedelta(days=9))[1]


def main() -> None:
    """Print it as one line of JSON."""
    campaign = Campaign.objects.latest("pk")
    office, asked = person("office", campaign), searches(campaign)
    summary = Assignment.objects.filter(campaign=campaign, kind=Kind.PLAN, state=AssignmentState.SUBMITTED).earliest(
        "pk"
    )
    unit = person(f"unit {summary.unit_id}", campaign)
    cookies = {"office": cookie_of(office), "unit": cookie_of(unit)}
    pages = {f"search: {name}": (f"/search/?{urlencode(query)}", cookies["office"]) for name, query in asked.items()}
    pages["search: two characters, a unit"] = ("/search/?" + urlencode({"q": "质量"}), cookies["unit"])
    top = "/api/v1/"
    for name, path in {
        "api: list of 100": "assignments?limit=100",
        "api: list of 100, one kind": "assignments?limit=100&kind=plan",
        "api: one record": f"assignments/{summary.pk}",
        "api: figures": f"campaigns/{campaign.pk}/figures",
    }.items():
        pages[name] = (top + path, "")
    hits, queries = {}, {}
    for name, query in asked.items():
        words = words_of(query["q"])
        Search(office, Asked(words)).groups()
        with CaptureQueriesContext(connection) as seen:
            found = Search(User.objects.get(pk=office.pk), Asked(words)).groups()
        hits[name], queries[name] = sum(group.number for group in found), len(seen)
    result = {"cookie": cookies["office"], "token": token_of(campaign), "pages": pages, "hits": hits}
    print(json.dumps(result | {"queries": queries}))


if __name__ == "__main__":
    main()
