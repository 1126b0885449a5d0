"""A new notice: what can be known is filled in, so that the writer begins with the text."""

from collections.abc import Callable

from django.db import transaction

from accounts.models import Unit
from accounts.models.units import UnitQuerySet
from campaigns.models import Campaign, Notice, NoticeAnnex, NoticeKind
from campaigns.states import WRITTEN
from workflow import clock

LONGEST_TITLE, LONGEST_SALUTATION, LONGEST_ANNEX = 200, 200, 100_000
ABOUT_TITLES = {
    NoticeKind.SUPPLEMENT: "关于《{title}》的补充通知",
    NoticeKind.CORRECTION: "关于更正《{title}》的通知",
}
TITLES = {
    NoticeKind.NOTICE: "关于开展{campaign}的通知",
    NoticeKind.SUPPLEMENT: "关于{campaign}的补充通知",
    NoticeKind.CORRECTION: "关于{campaign}的更正通知",
    NoticeKind.PLAN: "{campaign}方案",
    NoticeKind.LETTER: "关于{campaign}有关事项的函",
    NoticeKind.BULLETIN: "",
    NoticeKind.CIRCULAR: "关于{campaign}开展情况的通报",
}
"""Titles as official documents word them; paper is Chinese whatever the writer reads."""


@transaction.atomic
def begin(campaign: Campaign, *, kind: str, about: Notice | None = None) -> Notice:
    """Make a draft with what is known: title, issuing code and year, salutation, addressees, signature.

    Arguments: the campaign; the kind; the notice it corrects, supplements or supersedes.
    Returns: the draft. A notice that supersedes another begins with its text and annexes; every later one with its
    addressees, copies and issuing bodies.
    """
    before = last_of_the_office(campaign, kind)
    notice = Notice.objects.create(
        campaign=campaign,
        kind=kind,
        about=about,
        title=proposed_title(campaign, kind, about),
        org_code=about.org_code if about else before.org_code if before else "",
        year=clock.today().year,
        salutation=proposed_salutation(campaign, kind, about or before),
        signature=about.signature if about else campaign.host.official_name,
        publicity=about.publicity if about else Notice._meta.get_field("publicity").default,
        body=about.body if about and kind == NoticeKind.NOTICE else "",
        in_order=about.in_order if about else False,
    )
    if about:
        take_company(about, notice)
        if kind == NoticeKind.NOTICE:
            take_annexes(about, notice)
    else:
        notice.addressees.add(*proposed_addressees(campaign).values_list("pk", flat=True))
    return notice


def take_company(old: Notice, new: Notice) -> None:
    """To whom an older notice went and who issued it; the successor stands where a unit was merged."""
    for name in ("addressees", "copy_to"):
        getattr(new, name).set({unit.successor for unit in getattr(old, name).select_related("merged_into")})
    for body in old.joint_bodies.all():
        new.joint_bodies.create(order=body.order, unit=body.unit, name=body.name)


def take_annexes(old: Notice, new: Notice, worded: Callable[[str, int], str] = lambda text, _most: text) -> None:
    """The annexes of an older notice, each with its file.

    Arguments: the notices; what becomes of the words, in so many characters.
    """
    NoticeAnnex.objects.bulk_create(
        NoticeAnnex(
            notice=new,
            order=row.order,
            title=worded(row.title, LONGEST_TITLE),
            content=row.content,
            text=worded(row.text, LONGEST_ANNEX),
            file=row.file,
            file_name=row.file_name,
            heading=worded(row.heading, LONGEST_TITLE),
            blocks=row.blocks,
            issued=row.issued,
        )
        for row in old.annexes.all()
    )


def being_written(campaign: Campaign, kind: str, about: Notice | None) -> Notice | None:
    """The notice of this kind that is begun already: about another it did not go out, by itself it has no word yet."""
    rows = Notice.objects.filter(campaign=campaign, kind=kind, about=about, state__in=WRITTEN)
    return rows.first() if about else rows.filter(revision=0, body="").first()


def last_of_the_office(campaign: Campaign, kind: str) -> Notice | None:
    """The office's last notice with an issuing code; bulletins count by themselves."""
    rows = Notice.objects.filter(campaign__host=campaign.host).exclude(org_code="")
    bulletin = kind == NoticeKind.BULLETIN
    return (rows.filter(kind=kind) if bulletin else rows.exclude(kind=NoticeKind.BULLETIN)).first()


def proposed_title(campaign: Campaign, kind: str, about: Notice | None) -> str:
    """A title as official documents word it, from the campaign or from the notice it is about."""
    kind = NoticeKind(kind)
    if about and kind == NoticeKind.NOTICE:
        return about.title
    if about and kind in ABOUT_TITLES:
        return ABOUT_TITLES[kind].format(title=about.title)[:LONGEST_TITLE]
    name = campaign.title if campaign.title.endswith("活动") else f"{campaign.title}活动"
    return TITLES[kind].format(campaign=name)


def proposed_salutation(campaign: Campaign, kind: str, before: Notice | None) -> str:
    """To whom the last notice of the office was addressed; otherwise the names of the groups taking part."""
    if kind == NoticeKind.BULLETIN:
        return ""
    if before and before.salutation:
        return before.salutation
    groups = campaign.groups.all() or campaign.host.groups.all()
    return "、".join(f"各{group.name.removeprefix('各')}" for group in groups)[:LONGEST_SALUTATION]


def proposed_addressees(campaign: Campaign) -> UnitQuerySet:
    """Who takes part; where nobody has been named yet, the office's groups. Units that were merged are left out."""
    units = campaign.taking_part()
    if not units.exists():
        units = Unit.objects.filter(in_groups__owner=campaign.host).distinct()
    return units.live()
