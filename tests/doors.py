"""Who passes at every door of the site. A page that is not in the table makes a test fail: it must be thought about."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

EVERYBODY = {
    "staff", "signer", "leader", "admin", "liaison", "head", "neighbour",
    "district_staff", "district_signer", "district_liaison", "street_liaison", "stranger", "security", "auditor",
}  # fmt: skip
OFFICE, HOST, UNIT = {"staff", "signer"}, {"staff", "signer", "leader"}, {"liaison", "head"}
OFFICES = OFFICE | {"district_staff", "district_signer"}
SEES_ROW = HOST | UNIT
SEES_CAMPAIGN = SEES_ROW | {"neighbour", "district_liaison"}
GRANTS, AUDITS = {"admin", "security"}, {"admin", "auditor"}
NAMING = GRANTS | {"head"}
SENDERS = UNIT | {"neighbour", "district_liaison"}
NO_MERGER = NO_KEEPER = EVERYBODY - OFFICES - {"admin"}
HANDS_OVER = OFFICE | GRANTS | {"liaison"}
ANSWERING = {"staff", "admin"}
SEES_FAILURES = {"staff", "district_staff", "admin", "security"}
NOBODY: set[str] = set()

# Name of the door: what it stands before, who passes by GET, who may POST (None: the door takes none),
# who is told 403 by GET, by POST. Whoever is in neither gets 404.
Row = tuple[str, set[str] | None, set[str] | None, set[str], set[str]]
DOORS: dict[str, Row] = {
    "reports:home": ("", EVERYBODY, None, NOBODY, NOBODY),
    "reports:own-data": ("", EVERYBODY, None, NOBODY, NOBODY),
    "reports:personal-data": ("person", GRANTS, None, EVERYBODY - GRANTS, NOBODY),
    "accounts:password": ("", EVERYBODY, EVERYBODY, NOBODY, NOBODY),
    "accounts:two-factor": ("", EVERYBODY, EVERYBODY, NOBODY, NOBODY),
    "accounts:linked": ("", NOBODY, NOBODY, NOBODY, NOBODY),  # no provider: accounts/tests/test_single_sign_on.py
    "accounts:sessions": ("", EVERYBODY, EVERYBODY, NOBODY, NOBODY),
    "accounts:inbox": ("", EVERYBODY, None, NOBODY, NOBODY),
    "accounts:message": ("message", {"liaison"}, None, NOBODY, NOBODY),
    "accounts:undelivered": ("", SEES_FAILURES, SEES_FAILURES, EVERYBODY - SEES_FAILURES, EVERYBODY - SEES_FAILURES),
    "accounts:people": ("", GRANTS, None, EVERYBODY - GRANTS, NOBODY),
    "accounts:people-excel": ("", GRANTS, GRANTS, EVERYBODY - GRANTS, EVERYBODY - GRANTS),
    "accounts:role-changes": ("", GRANTS | AUDITS, None, EVERYBODY - GRANTS - AUDITS, NOBODY),
    "accounts:audit": ("", AUDITS, None, EVERYBODY - AUDITS, NOBODY),
    "accounts:audit-entries": ("", AUDITS, None, EVERYBODY - AUDITS, NOBODY),
    "accounts:new-person": ("", GRANTS, GRANTS, EVERYBODY - GRANTS, EVERYBODY - GRANTS),
    "accounts:person": ("person", GRANTS, GRANTS, EVERYBODY - GRANTS, EVERYBODY - GRANTS),
    "accounts:deputies": ("", NAMING, NAMING, EVERYBODY - NAMING, EVERYBODY - NAMING),
    "accounts:end-deputy": ("deputy", None, GRANTS, NOBODY, EVERYBODY - NAMING),
    "accounts:units": ("", OFFICES | {"admin"}, None, NO_KEEPER, NOBODY),
    "accounts:new-unit": ("", OFFICES | {"admin"}, OFFICES | {"admin"}, NO_KEEPER, NO_KEEPER),
    "accounts:units-excel": ("", OFFICES | {"admin"}, OFFICES | {"admin"}, NO_KEEPER, NO_KEEPER),
    "sheets:import": ("sheet", {"staff"}, {"staff"}, NOBODY, NOBODY),
    "accounts:unit": ("unit", OFFICE | {"admin"}, OFFICE | {"admin"}, NO_KEEPER, NO_KEEPER),
    "accounts:groups": ("", OFFICES | {"admin"}, None, NO_KEEPER, NOBODY),
    "accounts:new-group": ("", OFFICES | {"admin"}, OFFICES | {"admin"}, NO_KEEPER, NO_KEEPER),
    "accounts:group": ("group", OFFICE | {"admin"}, OFFICE | {"admin"}, NO_KEEPER, NO_KEEPER),
    "activities:delete-group": ("group", OFFICE | {"admin"}, OFFICE | {"admin"}, NO_KEEPER, NO_KEEPER),
    "accounts:working-days": ("", EVERYBODY, OFFICES | {"admin"}, NOBODY, NO_KEEPER),
    "accounts:hand-overs": ("", EVERYBODY, None, NOBODY, NOBODY),
    "accounts:hand-over": ("held", HANDS_OVER, HANDS_OVER, NOBODY, NOBODY),
    "lists:keep": ("", None, EVERYBODY, NOBODY, NOBODY),
    "lists:columns": ("", None, EVERYBODY, NOBODY, NOBODY),
    "lists:drop": ("kept filter", None, {"liaison"}, NOBODY, NOBODY),
    "feedback:mine": ("", EVERYBODY, EVERYBODY, NOBODY, NOBODY),
    "feedback:office": ("", ANSWERING | {"district_staff"}, None, EVERYBODY - ANSWERING - {"district_staff"}, NOBODY),
    "feedback:one": ("feedback", ANSWERING | {"liaison"}, None, NOBODY, NOBODY),
    "feedback:answer": ("feedback", None, ANSWERING, NOBODY, {"liaison"}),
    "feedback:ask-again": ("feedback", None, {"liaison"}, NOBODY, ANSWERING),
    "campaigns:campaigns": ("", EVERYBODY, None, NOBODY, NOBODY),
    "campaigns:campaign": ("campaign", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "campaigns:new-campaign": ("", OFFICES, OFFICES, EVERYBODY - OFFICES, EVERYBODY - OFFICES),
    "campaigns:edit-campaign": ("campaign", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "campaigns:figures": ("campaign", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "campaigns:move-campaign": ("campaign", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "campaigns:assets": ("campaign", SEES_CAMPAIGN, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "campaigns:asset": ("asset", SEES_CAMPAIGN, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "campaigns:asset-file": ("artwork", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "campaigns:asset-thumbnail": ("artwork", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "campaigns:sayings": ("", OFFICES | {"leader"}, OFFICES, EVERYBODY - OFFICES - {"leader"}, EVERYBODY - OFFICES),
    "reports:archives": ("campaign", HOST, OFFICE, SEES_CAMPAIGN - HOST, SEES_CAMPAIGN - OFFICE),
    "reports:archive-progress": ("archive", HOST, None, NOBODY, NOBODY),
    "reports:archive-file": ("archive", HOST, None, NOBODY, NOBODY),
    "reports:archive-again": ("archive", None, OFFICE, NOBODY, {"leader"}),
    "reports:renew": ("campaign", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "campaigns:notice": ("notice", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "campaigns:notice-units": ("notice", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "activities:new-notice": ("campaign", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "campaigns:editor": ("notice", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "campaigns:addressees": ("notice", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "campaigns:copy-to": ("notice", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "campaigns:bodies": ("notice", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "campaigns:annexes": ("notice", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "campaigns:annex": ("annex", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "campaigns:move-annex": ("annex", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "campaigns:annex-file": ("annex", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "campaigns:versions": ("notice", HOST, None, SEES_CAMPAIGN - HOST, NOBODY),
    "campaigns:compare-versions": ("notice", HOST, None, SEES_CAMPAIGN - HOST, NOBODY),
    "campaigns:version": ("version", HOST, None, SEES_CAMPAIGN - HOST, NOBODY),
    "campaigns:take-version": ("version", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "activities:preview": ("notice", SEES_CAMPAIGN, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "activities:preview-page": ("notice", NOBODY, None, NOBODY, NOBODY),
    "campaigns:compare-file": ("notice", None, SEES_CAMPAIGN, NOBODY, NOBODY),
    "campaigns:send-to-review": ("notice", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "campaigns:take-back": ("notice", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "campaigns:discard-notice": ("notice", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "campaigns:review": ("notice", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "campaigns:return-notice": ("notice", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "campaigns:countersign": ("notice", None, NOBODY, NOBODY, SEES_CAMPAIGN),
    "campaigns:refuse": ("notice", None, NOBODY, NOBODY, SEES_CAMPAIGN),
    "activities:follow-up": ("notice", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "campaigns:numbers": ("", OFFICES | {"leader"}, OFFICES, EVERYBODY - OFFICES - {"leader"}, EVERYBODY - OFFICES),
    "campaigns:series": ("series", HOST, OFFICE, NOBODY, {"leader"}),
    "campaigns:paper": ("notice", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "campaigns:paper-file": ("notice", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "campaigns:word-file": ("notice", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "activities:activities": ("campaign", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "activities:activity": ("activity", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "activities:calendar": ("campaign", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "activities:occasion": ("activity", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "activities:my-calendar": ("", EVERYBODY, None, NOBODY, NOBODY),
    "activities:feeds": ("", EVERYBODY, EVERYBODY, NOBODY, NOBODY),
    "activities:revoke-feed": ("feed", None, UNIT, NOBODY, NOBODY),
    "activities:assignments": ("campaign", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "activities:issue": ("notice", SEES_CAMPAIGN, {"signer"}, NOBODY, SEES_CAMPAIGN - {"signer"}),
    "activities:sign": ("notice", None, {"signer"}, NOBODY, SEES_CAMPAIGN - {"signer"}),
    "activities:withdraw-notice": ("notice", None, {"signer"}, NOBODY, SEES_CAMPAIGN - {"signer"}),
    "activities:cancel-hour": ("notice", None, {"signer"}, NOBODY, SEES_CAMPAIGN - {"signer"}),
    "activities:burden": ("notice", HOST, None, SEES_CAMPAIGN - HOST, NOBODY),
    "activities:measures": ("campaign", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "activities:campaign-photos": ("campaign", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "activities:findings": ("notice", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "activities:handout": ("notice", HOST, None, SEES_CAMPAIGN - HOST, NOBODY),
    "activities:hand-out-again": ("notice", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "activities:set-again": ("notice", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "activities:demands": ("notice", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "activities:ask-all": ("notice", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "activities:demand": ("demand", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "activities:drop-demand": ("demand", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "activities:receipts": ("notice", HOST, None, SEES_CAMPAIGN - HOST, NOBODY),
    "activities:contacts": ("campaign", HOST, None, SEES_CAMPAIGN - HOST, NOBODY),
    "activities:remind": ("notice", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "activities:late-unit": ("notice", {"signer"}, {"signer"}, SEES_CAMPAIGN - {"signer"}, SEES_CAMPAIGN - {"signer"}),
    "activities:receipt": ("receipt", SEES_ROW, UNIT, NOBODY, HOST),
    "activities:liaison": ("liaison", SEES_ROW, UNIT, NOBODY, HOST),
    "activities:plan": ("plan", SEES_ROW, UNIT, NOBODY, HOST),
    "reports:summary": ("summary", SEES_ROW, UNIT, NOBODY, HOST),
    "activities:behalf": ("plan", OFFICE, OFFICE, UNIT | {"leader"}, UNIT | {"leader"}),
    "activities:links": ("campaign", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "activities:merge-units": ("", OFFICES | {"admin"}, OFFICES | {"admin"}, NO_MERGER, NO_MERGER),
    "activities:packages": ("campaign", HOST, HOST, SEES_CAMPAIGN - HOST, SEES_CAMPAIGN - HOST),
    "activities:package": ("package", HOST, None, NOBODY, NOBODY),
    "activities:package-progress": ("package", HOST, None, NOBODY, NOBODY),
    "activities:package-file": ("package", HOST, None, NOBODY, NOBODY),
    "activities:package-retry": ("package", None, HOST, NOBODY, NOBODY),
    "activities:revoke-link": ("link", None, OFFICE, NOBODY, NOBODY),
    "activities:withdraw": ("plan", None, UNIT, NOBODY, HOST),
    "activities:accept": ("plan", None, OFFICE, NOBODY, UNIT | {"leader"}),
    "activities:return": ("plan", None, OFFICE, NOBODY, UNIT | {"leader"}),
    "activities:next-waiting": ("plan", OFFICE, None, UNIT | {"leader"}, NOBODY),
    "activities:pass-on": ("plan", None, {"head"}, NOBODY, SEES_ROW - {"head"}),
    "activities:return-to-officer": ("plan", None, {"head"}, NOBODY, SEES_ROW - {"head"}),
    "activities:take-from-head": ("plan", None, UNIT, NOBODY, HOST),
    "activities:ask-return": ("plan", None, UNIT, HOST, HOST),
    "activities:ask": ("plan", UNIT, UNIT, HOST, HOST),
    "activities:open-again": ("plan", None, OFFICE, NOBODY, SEES_ROW - OFFICE),
    "activities:take-back-petition": ("petition", None, UNIT, NOBODY, HOST),
    "activities:petitions": ("campaign", HOST, OFFICE, SEES_CAMPAIGN - HOST, SEES_CAMPAIGN - OFFICE),
    "activities:terms": ("campaign", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "activities:photo": ("photo", SEES_ROW, None, NOBODY, NOBODY),
    "activities:photo-part": ("photo", SEES_ROW, None, NOBODY, NOBODY),
    "activities:alike": ("photo", OFFICE, OFFICE, SEES_ROW - OFFICE, SEES_ROW - OFFICE),
    "activities:thumbnail": ("photo", SEES_ROW, None, NOBODY, NOBODY),
    "activities:material": ("other", SEES_ROW, UNIT, NOBODY, HOST),
    "activities:progress": ("progress", SEES_ROW, UNIT, NOBODY, HOST),
    "activities:case": ("case", SEES_ROW, UNIT, NOBODY, HOST),
    "activities:coverage": ("coverage", SEES_ROW, UNIT, NOBODY, HOST),
    "activities:attachment": ("attachment", SEES_ROW, None, NOBODY, NOBODY),
    "activities:begin": ("campaign", None, SENDERS, NOBODY, HOST),
    "activities:discard": ("plan", None, UNIT, NOBODY, HOST),
    "activities:filings": ("campaign", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "activities:coverages": ("campaign", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "activities:cases": ("campaign", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "activities:select-case": ("case", None, OFFICE, NOBODY, SEES_ROW - OFFICE),
    "activities:published-case": ("published", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "activities:edit-case": ("published", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "activities:unpublish-case": ("published", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "activities:publish-case": ("published", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "activities:drop-case": ("published", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "activities:tasks": ("campaign", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "activities:activities-excel": ("campaign", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "activities:new-task": ("campaign", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "activities:task": ("activity", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "activities:strike-task": ("activity", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "activities:hand-out": ("activity", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "activities:handing-out": ("hand-out", HOST, None, SEES_CAMPAIGN - HOST, NOBODY),
    "activities:tally": ("campaign", HOST, None, SEES_CAMPAIGN - HOST, NOBODY),
    "activities:task-tally": ("activity", HOST, None, SEES_CAMPAIGN - HOST, NOBODY),
    "activities:deliverable": ("deliverable", SEES_ROW, UNIT, NOBODY, HOST),
    "activities:finish-deliverable": ("deliverable", None, UNIT, NOBODY, HOST),
    "activities:ask-again": ("deliverable", None, OFFICE, NOBODY, UNIT | {"leader"}),
    "activities:reject-entry": ("entry", None, OFFICE, NOBODY, UNIT | {"leader"}),
    "activities:put-back-entry": ("entry", None, OFFICE, NOBODY, UNIT | {"leader"}),
    "activities:take-back-entry": ("entry", None, UNIT, NOBODY, HOST),
    "activities:rounds": ("campaign", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "activities:new-round": ("activity", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "activities:round": ("round", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "activities:strike-round": ("round", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "activities:appearance": ("appearance", SEES_ROW, OFFICE | UNIT, NOBODY, {"leader"}),
    "activities:readings": ("", OFFICES, OFFICES, EVERYBODY - OFFICES, EVERYBODY - OFFICES),
    "activities:reading": ("reading", OFFICE, None, NOBODY, NOBODY),
    "activities:add-proposal": ("reading", OFFICE, OFFICE, NOBODY, NOBODY),
    "activities:rest": ("reading", None, OFFICE, NOBODY, NOBODY),
    "activities:confirm": ("reading", None, OFFICE, NOBODY, NOBODY),
    "activities:undo": ("reading", None, OFFICE, NOBODY, NOBODY),
    "activities:proposal": ("proposal", OFFICE, OFFICE, NOBODY, NOBODY),
    "activities:mark": ("proposal", None, OFFICE, NOBODY, NOBODY),
    "activities:split": ("proposal", None, OFFICE, NOBODY, NOBODY),
    "activities:merge": ("proposal", None, OFFICE, NOBODY, NOBODY),
    "activities:units-like": ("", OFFICES, None, EVERYBODY - OFFICES, NOBODY),
    "activities:slips": ("campaign", SEES_CAMPAIGN, {"signer"}, NOBODY, SEES_CAMPAIGN - {"signer"}),
    "activities:propose-slips": ("campaign", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "activities:slip": ("slip", SEES_ROW, None, NOBODY, NOBODY),
    "activities:edit-slip": ("drafted slip", OFFICE, OFFICE, {"leader"}, {"leader"}),
    "activities:slip-preview": ("drafted slip", HOST, None, NOBODY, NOBODY),
    "activities:slip-preview-page": ("drafted slip", NOBODY, None, NOBODY, NOBODY),
    "activities:issue-slip": ("drafted slip", None, {"signer"}, NOBODY, {"staff", "leader"}),
    "activities:withdraw-slip": ("slip", None, {"signer"}, NOBODY, SEES_ROW - {"signer"}),
    "activities:close-slip": ("slip", None, OFFICE, NOBODY, UNIT | {"leader"}),
    "activities:slip-paper": ("slip", SEES_ROW, None, NOBODY, NOBODY),
    "activities:slip-pdf": ("slip", SEES_ROW, None, NOBODY, NOBODY),
    "activities:slip-word": ("slip", SEES_ROW, None, NOBODY, NOBODY),
    "activities:set-slip-again": ("slip", None, OFFICE, NOBODY, UNIT | {"leader"}),
    "activities:slip-reply": ("slip reply", SEES_ROW, UNIT, NOBODY, HOST),
    "activities:questions": ("campaign", HOST, None, SEES_CAMPAIGN - HOST, NOBODY),
    "activities:new-question": ("campaign", OFFICE, OFFICE, SEES_CAMPAIGN - OFFICE, SEES_CAMPAIGN - OFFICE),
    "activities:question": ("question", HOST, None, NOBODY, NOBODY),
    "activities:edit-question": ("question", OFFICE, OFFICE, {"leader"}, {"leader"}),
    "activities:extend-question": ("question", None, OFFICE, NOBODY, {"leader"}),
    "activities:close-question": ("question", None, OFFICE, NOBODY, {"leader"}),
    "activities:answer-question": ("question", SEES_ROW, None, NOBODY, NOBODY),
    "activities:answer": ("answer", SEES_ROW, UNIT, NOBODY, HOST),
    "reports:dashboard": ("campaign", HOST, None, SEES_CAMPAIGN - HOST, NOBODY),
    "reports:briefings": ("campaign", SEES_CAMPAIGN, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "reports:briefing": ("briefing", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "reports:progress": ("briefing", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "reports:file": ("briefing", SEES_CAMPAIGN, None, NOBODY, NOBODY),
    "reports:circulate": ("briefing", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
    "reports:retry": ("briefing", None, OFFICE, NOBODY, SEES_CAMPAIGN - OFFICE),
}
NUMBER = re.compile(r"138 ?0000 ?000[12]")
"""The numbers of the water bureau's people, whole."""
SHOWS_NUMBERS = {
    "activities:contacts": OFFICE,
    "activities:liaison": UNIT,
    "activities:plan": UNIT,
    "accounts:unit": OFFICE | {"admin"},
    "reports:own-data": {"liaison"},
}
"""Where they stand whole, before whom. The office shows them elsewhere by a press that is noted."""
LINK = {"activities:link", "activities:link-page", "activities:leave-link"}
"""Doors of a visitor by personal link: activities/tests/test_links.py."""
OPEN = LINK | {
    "activities:feed",  # a calendar by its secret address: activities/schedule/tests/test_feeds.py
    "accounts:sign-in",
    "accounts:sign-out",
    "accounts:put-away",
    "accounts:session",
    "accounts:code",
    "accounts:elsewhere",
    "accounts:elsewhere-back",
    "accounts:forgot",
    "accounts:choose",
    "accounts:choose-by-link",
    "set_language",
    "livez",
    "readyz",
    "health",
}
"""Doors that are no page of a signed-in person; each has its own test in test_doors.py, test_health.py or accounts."""

WELL = {200, 286, 302, 409, 422}
"""What a person who passes gets: a page, the end of polling, a redirect, a clash, a form with errors."""


def doors(patterns: list[Any] | None = None, space: str = "") -> Iterator[str]:
    """The name of every address of the site."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from doors(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


def met(status: int) -> str:
    """The status as a person meets it."""
    return {403: "forbidden", 404: "absent", 405: "no such deed"}.get(status) or (
        "passes" if status in WELL else f"status {status}"
    )
