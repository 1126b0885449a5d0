"""The official notice: written, reviewed, countersigned, signed, numbered, issued."""

from collections.abc import Collection, Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from accounts.models import Unit
from accounts.models.memberships import HOST_ROLES, OFFICE_ROLES, UNIT_ROLES, Role
from campaigns import rules
from campaigns.models.campaign import Campaign
from campaigns.models.number import DocumentNumber, printed
from campaigns.states import IN_FORCE, JOINT_MOVES, NOTICE_MOVES, WRITTEN, JointState, NoticeState
from documents.block_json import from_json
from documents.outline import Blocks
from workflow.compiled import any_of
from workflow.models import Stateful


class NoticeKind(models.TextChoices):
    NOTICE = "notice", _("Notice")
    SUPPLEMENT = "supplement", _("Supplementary notice")
    CORRECTION = "correction", _("Correction")
    PLAN = "plan", _("Plan of work")
    LETTER = "letter", _("Letter")
    BULLETIN = "bulletin", _("Bulletin")
    CIRCULAR = "circular", _("Circular on what came of it")


class Publicity(models.TextChoices):
    OPEN = "open", _("Published on the authority's own initiative")
    REQUEST = "request", _("Published on request")
    CLOSED = "closed", _("Not published")


class Urgency(models.TextChoices):
    URGENT = "urgent", _("Urgent")
    VERY_URGENT = "very_urgent", _("Very urgent")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: Any) -> Self:
        """Notices of the person's own office, those it countersigns, and issued ones sent to the person's units.

        What was issued stays readable, also after it was corrected, superseded or withdrawn.
        """
        return self.seen_by(user.units_as(*HOST_ROLES), user.units_as(*UNIT_ROLES))

    def seen_by(self, own: Any, units: Any) -> Self:
        """The same for the offices somebody is of, and the units for which somebody files."""
        to_them = Notice.addressees.through.objects.filter(any_of("unit", units))
        sent = Q(pk__in=to_them.values("notice")) | Q(pk__in=copies_of(units))
        joint = JointBody.objects.filter(any_of("unit", own)).exclude(notice__state__in=[*WRITTEN, NoticeState.REVIEW])
        return self.filter(
            any_of("campaign__host", own) | Q(pk__in=joint.values("notice")) | Q(sent, issued_at__isnull=False)
        )

    def copied_to(self, user: Any) -> Self:
        """Issued notices of which the person's units got a copy, of campaigns that are not theirs."""
        rows = self.filter(pk__in=copies_of(user.units_as(*UNIT_ROLES)), issued_at__isnull=False)
        return rows.exclude(campaign__in=Campaign.objects.visible_to(user))


def copies_of(units: Any) -> Any:
    """The ids of notices of which these units get a copy."""
    return Notice.copy_to.through.objects.filter(any_of("unit", units)).values("notice")


class Notice(Stateful, RulesModel):
    """What the office sends out, numbered and dated."""

    MOVES = NOTICE_MOVES

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="notices")
    kind = models.CharField(_("kind"), max_length=20, choices=NoticeKind, default=NoticeKind.NOTICE)
    about = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="later", verbose_name=_("concerns")
    )
    """The notice this one corrects, supplements or (being a notice itself) supersedes."""
    title = models.CharField(_("title"), max_length=200, blank=True)
    org_code = models.CharField(_("issuing code"), max_length=20, blank=True)
    year = models.PositiveIntegerField(_("year"))
    number_wanted = models.PositiveIntegerField(_("number it is to carry"), null=True, blank=True)
    """A number already agreed (the notice was read from paper); empty: the next one of the series."""
    due_hours = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()), editable=False)
    """The hours it names for the usual filings, by their kinds: offered when it is issued."""
    document_number = models.OneToOneField(DocumentNumber, models.PROTECT, null=True, blank=True, related_name="notice")
    salutation = models.CharField(_("addressees as printed"), max_length=200, blank=True)
    body = models.TextField(_("text"), max_length=200_000, blank=True)
    signature = models.CharField(_("issuing body"), max_length=120, blank=True)
    publicity = models.CharField(_("publicity"), max_length=20, choices=Publicity, default=Publicity.REQUEST)
    urgency = models.CharField(_("urgency"), max_length=20, choices=Urgency, blank=True)
    in_order = models.BooleanField(_("countersigned one after another"), default=False)
    addressees = models.ManyToManyField(Unit, related_name="notices", verbose_name=_("addressees"), blank=True)
    copy_to = models.ManyToManyField(Unit, related_name="copied_notices", verbose_name=_("copy to"), blank=True)
    revision = models.PositiveIntegerField(default=0)
    """Counts the savings of the text: who opened an older one is told, and loses nothing."""
    state = models.CharField(max_length=20, choices=NoticeState, default=NoticeState.DRAFT)
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[*IN_FORCE, NoticeState.SUPERSEDED]) | Q(issued_at__isnull=False),
                name="issued_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[NoticeState.SIGNED, *IN_FORCE, NoticeState.SUPERSEDED])
                | Q(document_number__isnull=False),
                name="signed_has_number",
            ),
        ]
        rules_permissions = {
            "view": rules.sees_notice,
            "change": rules.staffs_host,
            "review": rules.reviews_for_host,
            "countersign": rules.signs_for_joint_body,
            "sign": rules.signs_for_host,
            "issue": rules.signs_for_host,
            "withdraw": rules.signs_for_host,
        }

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        yield self.campaign.host_id, OFFICE_ROLES
        for body in self.joint_bodies.all():
            yield body.unit_id, (Role.SIGNER,)

    def __str__(self) -> str:
        return self.title or str(_("A notice without a title"))

    def get_absolute_url(self) -> str:
        return reverse("campaigns:notice", args=[self.pk])

    @property
    def number(self) -> str:
        """The document number as printed; before it is given, the place it will stand in."""
        given = self.document_number
        return str(given) if given else printed(self.org_code, self.year, None)

    @property
    def is_written(self) -> bool:
        """Whether the text can still be changed."""
        return self.state in WRITTEN

    @property
    def is_sent(self) -> bool:
        """Whether it went out, whatever became of it since."""
        return self.issued_at is not None

    def numbered_annexes(self) -> list["NoticeAnnex"]:
        """The annexes in the order in which they are printed, each with its number."""
        rows = list(self.annexes.all()) if self.pk else []
        for number, row in enumerate((each for each in rows if not each.issued), 1):
            row.number = number
        return rows

    @property
    def bodies(self) -> tuple[str, ...]:
        """The issuing bodies as printed, the host first."""
        return (self.signature, *(each.name for each in self.joint_bodies.all()))


class JointBody(Stateful):
    """A body that issues the notice together with the host, and its countersignature."""

    MOVES = JOINT_MOVES

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="joint_bodies")
    order = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.CharField(_("name as printed"), max_length=120)
    state = models.CharField(max_length=20, choices=JointState, default=JointState.WAITING)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "unit"], name="joint_body_once"),
            models.UniqueConstraint(fields=["notice", "order"], name="joint_body_order_once"),
        ]

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return ((self.unit_id, (Role.SIGNER,)),)

    def __str__(self) -> str:
        return self.name


class AnnexContent(models.TextChoices):
    HANDED_IN = "handed_in", _("As it was handed in")
    ACTIVITIES = "activities", _("From the system: the list of activities")
    SLOGANS = "slogans", _("From the system: logo and slogans")
    TEXT = "text", _("A text, table or form written here")
    FILE = "file", _("A file")
    APART = "apart", _("Sent separately")


class NoticeAnnex(models.Model):
    """An annex named in the notice: as it was handed in, or, where the office chose so, set from what the system knows.

    ``blocks`` holds what was handed in (``documents.block_json``), ``heading`` the title above it where that is another
    than the one by which the notice names it; ``file`` is then the Word file in which its pictures lie. What the notice
    issues (印发) comes before the annexes: it is no annex by name, so it carries no 附件 and no number.
    """

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="annexes")
    order = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=200)
    content = models.CharField(_("content"), max_length=20, choices=AnnexContent, default=AnnexContent.APART)
    text = models.TextField(_("text"), max_length=100_000, blank=True)
    file = models.FileField(_("file"), upload_to="annexes/%Y/", blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    heading = models.CharField(_("title on its page"), max_length=200, blank=True)
    blocks = models.JSONField(default=list, blank=True)
    issued = models.BooleanField(
        _("it is what the notice issues (印发)"),
        default=False,
        help_text=_("It stands right behind the signature, without 附件, and the list of annexes does not name it."),
    )
    number = 0
    """The number it is named by, see :meth:`Notice.numbered_annexes`; 0 for what the notice issues."""

    class Meta:
        ordering = ["-issued", "order"]
        constraints = [models.UniqueConstraint(fields=["notice", "order"], name="annex_order_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def label(self) -> str:
        """How pages name it, before its title."""
        return gettext("Annex %(n)s") % {"n": self.number} if self.number else gettext("Issued with the notice")

    @property
    def handed_in(self) -> Blocks:
        """What was handed in, whether it is printed or not."""
        return from_json(self.blocks)


class NoticeVersion(models.Model):
    """The text of a notice as it stood at a moment: kept when another person begins, and at each step of its way."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=200, blank=True)
    salutation = models.CharField(_("addressees as printed"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True)
    signature = models.CharField(_("issuing body"), max_length=120, blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=NoticeState, default=NoticeState.DRAFT)
    """Where the notice stood; a version of a later state than draft is never written over."""

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["notice", "number"], name="notice_version_once")]

    def __str__(self) -> str:
        return f"{self.notice} · {self.number}"


class WavedFinding(models.Model):
    """A finding of the check before issue that somebody let pass, with the remark."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="waved")
    code = models.CharField(max_length=120)
    text = models.CharField(max_length=300, blank=True)
    """What was found, in the office's language, as it stood then."""
    remark = models.CharField(_("remark"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["notice", "code"], name="waved_once")]

    def __str__(self) -> str:
        return f"{self.code}: {self.remark}"


class Opening(models.Model):
    """The first time somebody of a unit opened a notice: before anybody signs for it."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="openings")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["notice", "unit"], name="opened_first_once")]

    def __str__(self) -> str:
        return f"{self.unit}: {timezone.localtime(self.at):%Y-%m-%d %H:%M}"
