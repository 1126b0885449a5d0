"""The supervision slip (督办单): what an office writes to a unit when reminding did not help."""

import hashlib
import json
from collections.abc import Collection, Iterable
from typing import Any, Self

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models
from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from rules.contrib.models import RulesModel

from accounts.models import Unit
from accounts.models.memberships import HOST_ROLES, OFFICE_ROLES, UNIT_ROLES
from activities import rules
from activities.states import SLIP_MOVES, SlipState
from campaigns.models import Campaign, DocumentNumber, Notice
from campaigns.models.number import printed
from documents.errors import DocumentError
from workflow import clock
from workflow.day_field import DayField
from workflow.jobs import Job
from workflow.models import Stateful

NUMBER = Concat(
    "document_number__org_code", Value("〔"), Cast("document_number__year", CharField()), Value("〕"),
    Cast("document_number__seq", CharField()), Value("号"), output_field=CharField(),
)  # fmt: skip
"""The number of a slip as :attr:`Slip.number` says it, for lists."""


class Grade(models.IntegerChoices):
    """How serious it is; the slip after the next about the same is red."""

    BLUE = 1, _("Blue")
    YELLOW = 2, _("Yellow")
    RED = 3, _("Red")


class SlipQuerySet(models.QuerySet["Slip"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the person's own office, and those issued to the person's units."""
        to_them = Q(unit__in=user.units_as(*UNIT_ROLES), issued_at__isnull=False)
        return self.filter(to_them | Q(campaign__host__in=user.units_as(*HOST_ROLES)))

    def pending(self) -> Self:
        """Drafts, and issued ones that are not closed."""
        return self.filter(state__in=(SlipState.DRAFT, SlipState.ISSUED))

    def for_page(self) -> Self:
        """With all a page says of one."""
        return self.select_related("campaign__host", "unit", "document_number", "reply", "paper", "issued_by")


class Slip(Stateful, RulesModel):
    """One slip to one unit about what it owes. Issuing numbers it, and makes the unit owe a reply."""

    MOVES = SLIP_MOVES

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="slips")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="slips")
    """The notice that asked for the first of what is overdue: if it is withdrawn, and no other notice asked for any of
    it, the reply is no longer owed."""
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="slips")
    grade = models.PositiveSmallIntegerField(_("grade"), choices=Grade, default=Grade.BLUE)
    org_code = models.CharField(_("issuing code"), max_length=20)
    year = models.PositiveIntegerField(_("year"))
    document_number = models.OneToOneField(DocumentNumber, models.PROTECT, null=True, related_name="slip")
    requirement = models.TextField(_("what is required"), max_length=1000)
    due_on = DayField(_("reply due"))
    signature = models.CharField(_("issuing body"), max_length=120)
    debts = models.ManyToManyField(to="activities.Assignment", through="activities.SlipDebt", related_name="slips")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=20, choices=SlipState, default=SlipState.DRAFT)

    objects = SlipQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=(SlipState.ISSUED, SlipState.CLOSED))
                | Q(document_number__isnull=False, issued_at__isnull=False, issued_by__isnull=False),
                name="issued_slip_has_number",
            ),
        ]
        rules_permissions = {
            "view": rules.sees_slip,
            "change": rules.staffs_office,
            "sign": rules.signs_for_host,
            "withdraw": rules.withdraws_slip,
        }

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return ((self.campaign.host_id, OFFICE_ROLES),)

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("activities:slip", args=[self.pk])

    @property
    def number(self) -> str:
        """Its number as printed; before it is signed, the place it will stand in."""
        given = self.document_number
        return str(given) if given else printed(self.org_code, self.year, None)

    @property
    def is_draft(self) -> bool:
        return bool(self.state == SlipState.DRAFT)

    @property
    def mark(self) -> str:
        """What a draft says, in short: another mark, and somebody changed it since it was read."""
        says = [self.grade, self.requirement, str(self.due_on), self.org_code, self.signature]
        debts = sorted(each.assignment_id for each in self.named.all())
        return hashlib.sha256(json.dumps([says, debts], ensure_ascii=False).encode()).hexdigest()

    @property
    def answer(self) -> Any:
        """What the unit owes because of it (an ``Assignment``); None before it is issued."""
        return getattr(self, "reply", None)


class SlipDebt(models.Model):
    """One thing overdue that a slip names. Issuing writes down how it stood on that day."""

    slip = models.ForeignKey(Slip, models.CASCADE, related_name="named")
    assignment = models.ForeignKey("activities.Assignment", models.PROTECT, related_name="in_slips")
    overdue_days = models.PositiveIntegerField(null=True)
    """Working days since its last moment."""
    reminded = models.PositiveIntegerField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["slip", "assignment"], name="named_once_in_a_slip")]

    def __str__(self) -> str:
        return f"{self.slip} · {self.assignment}"


class SlipPaper(Job):
    """PDF, Word file and OFD of one issued slip as a job: waiting, running, ready, failed with the reason."""

    TASK = "activities.set_slip"
    TOLD = (DocumentError,)

    slip = models.OneToOneField(Slip, models.CASCADE, related_name="paper")
    file = models.FileField(upload_to="slips/%Y/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    word = models.FileField(upload_to="slips/%Y/", blank=True)
    word_sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")
    ofd = models.FileField(upload_to="slips/%Y/", blank=True, default="", db_default="")
    ofd_sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return self.slip.acts_in()

    def __str__(self) -> str:
        return str(self.slip)

    def store(self, pdf: bytes, word: bytes, ofd: bytes) -> dict[str, Any]:
        """Keep the three files. Returns: the fields to write when the job is ready, each file with its checksum."""
        self.file.save(f"slip-{self.slip_id}.pdf", ContentFile(pdf), save=False)
        self.word.save(f"slip-{self.slip_id}.docx", ContentFile(word), save=False)
        self.ofd.save(f"slip-{self.slip_id}.ofd", ContentFile(ofd), save=False)
        marks = [hashlib.sha256(data).hexdigest() for data in (pdf, word, ofd)]
        names = {"file": self.file.name, "word": self.word.name, "ofd": self.ofd.name}
        return names | dict(zip(("sha256", "word_sha256", "ofd_sha256"), marks, strict=True))
