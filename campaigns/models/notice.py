"""The official notice: draft, then issued to its addressees."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from accounts.models import Unit
from accounts.models.memberships import HOST_ROLES, UNIT_ROLES
from campaigns import rules
from campaigns.models.campaign import Campaign
from campaigns.states import NOTICE_MOVES, NoticeState
from workflow import clock
from workflow.models import Stateful


class Publicity(models.TextChoices):
    OPEN = "open", _("Published on the authority's own initiative")
    REQUEST = "request", _("Published on request")
    CLOSED = "closed", _("Not published")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: Any) -> Self:
        """Notices of the person's own office, and issued ones addressed to the person's units."""
        to_them = Notice.addressees.through.objects.filter(unit__in=user.units_as(*UNIT_ROLES))
        addressed = Q(state=NoticeState.ISSUED, pk__in=to_them.values("notice"))
        return self.filter(Q(campaign__host__in=user.units_as(*HOST_ROLES)) | addressed)


class Notice(Stateful, RulesModel):
    """What the office sends out, numbered and dated."""

    MOVES = NOTICE_MOVES

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="notices")
    title = models.CharField(_("title"), max_length=200)
    org_code = models.CharField(_("issuing code"), max_length=20)
    year = models.PositiveIntegerField(_("year"))
    seq = models.PositiveIntegerField(_("number"))
    salutation = models.CharField(_("addressees as printed"), max_length=200)
    body = models.TextField(_("text"))
    signature = models.CharField(_("issuing body"), max_length=120)
    publicity = models.CharField(_("publicity"), max_length=20, choices=Publicity, default=Publicity.REQUEST)
    addressees = models.ManyToManyField(Unit, related_name="notices", verbose_name=_("addressees"))
    state = models.CharField(max_length=20, choices=NoticeState, default=NoticeState.DRAFT)
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["org_code", "year", "seq"], name="document_number_once"),
            models.CheckConstraint(
                condition=Q(state=NoticeState.DRAFT) | Q(issued_at__isnull=False), name="issued_has_date"
            ),
        ]
        rules_permissions = {
            "view": rules.sees_notice,
            "issue": rules.signs_for_host,
            "change": rules.staffs_host,
        }

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("campaigns:notice", args=[self.pk])

    @property
    def number(self) -> str:
        """The document number, with its hexagonal brackets."""
        return f"{self.org_code}〔{self.year}〕{self.seq}号"

    def issue(self, *, by: Any) -> None:
        """Mark it issued. Who then owes what is the deed of ``activities.issue``.

        Arguments: the signer. Raises: MoveRefused when it is no draft any more.
        """
        self.move(NoticeState.ISSUED, by=by, issued_at=clock.now(), issued_by=by)


class AnnexContent(models.TextChoices):
    ACTIVITIES = "activities", _("The list of activities")
    SLOGANS = "slogans", _("Logo and slogans")
    APART = "apart", _("Sent separately")


class NoticeAnnex(models.Model):
    """An annex named in the notice. What the system knows is set from there, never typed twice."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="annexes")
    order = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=200)
    content = models.CharField(_("content"), max_length=20, choices=AnnexContent, default=AnnexContent.APART)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["notice", "order"], name="annex_order_once")]

    def __str__(self) -> str:
        return self.title
