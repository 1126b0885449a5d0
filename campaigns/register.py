"""The register of themes and slogans: which were used, by whom, in which year."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.models.memberships import OFFICE_ROLES
from campaigns.models import Campaign, Saying, Slogan
from campaigns.models.register import SayingKind
from campaigns.near_quotations import bare


def enter(campaign: Campaign) -> int:
    """Enter the theme and the slogans of a campaign; what stands there already stays once, as issued from now on.

    Arguments: a campaign whose notice went out. Returns: how many rows the register has of it now.
    """
    texts = [(SayingKind.THEME, campaign.theme), *((SayingKind.SLOGAN, each.text) for each in campaign.slogans.all())]
    rows = {
        (kind, bare(text)): Saying(
            kind=kind,
            text=text,
            key=bare(text),
            year=campaign.year,
            level=campaign.host.level,
            issuer=campaign.host.official_name[:120],
        )
        for kind, text in texts
        if bare(text)
    }
    same = ["kind", "key", "year", "level"]
    Saying.objects.bulk_create(rows.values(), update_conflicts=True, unique_fields=same, update_fields=["entered_by"])
    return len(rows)


def enter_by_hand(saying: Saying, *, by: Any) -> bool:
    """Enter a saying of another level or year. Returns: False when somebody was just faster with the same."""
    saying.entered_by = by
    try:
        with transaction.atomic():
            saying.save()
    except IntegrityError:
        return False
    return True


def in_hand_of(user: Any) -> "QuerySet[Saying]":
    """What this person may take out again: mistyped by the own office, never what was issued here."""
    offices = user.units_as(*OFFICE_ROLES)
    return Saying.objects.filter(entered_by__in=User.objects.speaking_for(offices, *OFFICE_ROLES))


def used_by(user: Any, sayings: Iterable[Saying]) -> dict[str, list[str]]:
    """In which campaigns the person sees each saying was used: titles by key; two queries."""
    wanted = {saying.key for saying in sayings}
    campaigns = Campaign.objects.visible_to(user)
    found: dict[str, list[str]] = {}
    slogans = Slogan.objects.filter(campaign__in=campaigns).values_list("text", "campaign__title")
    for text, title in [*campaigns.values_list("theme", "title"), *slogans]:
        if bare(text) in wanted and title not in found.setdefault(bare(text), []):
            found[bare(text)].append(title)
    return found


def sought(rows: Any, chosen: dict[str, str]) -> Any:
    """The rows of the register that fit the words, the year, the level and the kind looked for."""
    if chosen["q"]:
        rows = rows.filter(Q(key__contains=bare(chosen["q"])) | Q(issuer__icontains=chosen["q"]))
    if chosen["year"].isdecimal() and len(chosen["year"]) == 4:
        rows = rows.filter(year=int(chosen["year"]))
    for name in ("level", "kind"):
        if chosen[name]:
            rows = rows.filter(**{name: chosen[name]})
    return rows
