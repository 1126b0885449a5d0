"""``python -m bench.list_pages``: sign the office in; print its cookie, the lists to measure and their query counts."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import django

django.setup()

from django.db import connection  # noqa: E402 -- Django is set up first
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from activities.models import Activity, Assignment  # noqa: E402
from bench.visitor import cookie_of, person  # noqa: E402
from campaigns.models import Campaign, Notice  # noqa: E402


def filters(campaign: Campaign) -> dict[str, str]:
    """One filter of each kind, some together, other orders, far pages; by name, as an address says it."""
    some: Any = Activity.objects.filter(campaign=campaign).order_by("order")[10]
    group = campaign.host.groups.order_by("pk").first()
    name = quote(str(some.owner)[:4])
    return {
        "nothing chosen": "",
        "kind": "kind=plan",
        "standing": "standing=overdue",
        "waiting for review": "standing=review",
        "state": "state=submitted",
        "group": f"group={group.pk if group else 0}",
        "level": "level=city,district",
        "kind of unit": "sort=department",
        "who files": "officer=yes",
        "own accord": "asked=0",
        "unit": f"unit={some.owner_id}",
        "words": f"q={name}",
        "document number": "q=%5B2015%5D",
        "five together": f"kind=plan,other&standing=on_time,late&level=city,district&asked=1&q={name}",
        "last page": "page=99999",
        "filed first, page 300": "sort=-filed&page=300",
    }


def other_lists(campaign: Campaign) -> dict[str, str]:
    """Each other list, whole and narrowed, by name."""
    notice = Notice.objects.get(campaign=campaign)
    tops = {
        "receipts": (reverse("activities:receipts", args=[notice.pk]), "level=district"),
        "petitions": (reverse("activities:petitions", args=[campaign.pk]), "state=open"),
        "units": (reverse("accounts:units"), "level=district"),
        "messages": (reverse("accounts:inbox"), "read=no"),
    }
    whole = {name: top for name, (top, _query) in tops.items()}
    return whole | {f"{name}, narrowed": f"{top}?{query}" for name, (top, query) in tops.items()}


def main() -> None:
    """Print it as one line of JSON."""
    campaign = Campaign.objects.latest("pk")
    cookie, top = cookie_of(person("office", campaign)), reverse("activities:assignments", args=[campaign.pk])
    found = {name: f"{top}?{query}" for name, query in filters(campaign).items()} | other_lists(campaign)
    client = Client(HTTP_HOST="127.0.0.1", headers={"cookie": cookie})
    queries = {}
    for name, address in found.items():
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        queries[name] = len(seen)
    print(json.dumps({"cookie": cookie, "pages": found, "queries": queries, "rows": Assignment.objects.count()}))


if __name__ == "__main__":
    main()
