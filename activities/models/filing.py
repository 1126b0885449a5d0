"""The content of an assignment, in versions: what was submitted stays as it was."""

from typing import Any, Self

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from activities.models.assignment import Assignment
from activities.models.quota import file_reached
from workflow import clock


class StaleDraft(Exception):
    """Somebody else saved this draft after the page was opened."""


class Filing(models.Model):
    """One version of what a unit files.

    ``revision`` counts the savings over all versions: a page that was opened at an older one is told so, also
    when what it was opened at has been submitted and returned meanwhile.
    """

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="%(class)s_versions")
    version = models.PositiveIntegerField(default=1)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["assignment", "version"], name="%(class)s_version_once")]

    def __str__(self) -> str:
        return f"{self.assignment} · {self.version}"

    @classmethod
    def latest(cls, assignment: Assignment) -> Self | None:
        """The newest version, draft or submitted; None when nothing has been written."""
        return cls._default_manager.filter(assignment=assignment).order_by("version").last()

    @classmethod
    def draft(cls, assignment: Assignment) -> Self:
        """The version to write in: the unsubmitted one, or a new one that starts from the last."""
        last = cls.latest(assignment)
        if last is None:
            return cls(assignment=assignment)
        return last if last.submitted_at is None else last.successor()

    def successor(self) -> Self:
        """An unsaved next version with the same content."""
        fields = {field.attname: getattr(self, field.attname) for field in self.content_fields()}
        return type(self)(assignment=self.assignment, version=self.version + 1, revision=self.revision, **fields)

    @classmethod
    def content_fields(cls) -> list[Any]:
        """The fields a subclass adds: what the unit writes."""
        own = {field.name for field in Filing._meta.get_fields()}
        return [field for field in cls._meta.concrete_fields if field.name not in own and field.name != "id"]

    @classmethod
    def columns_read(cls) -> list[Any]:
        """The columns of the unit's own that a person reads as they are."""
        return [field for field in cls.content_fields() if not field.is_relation]

    def own_texts(self) -> list[tuple[str, str, str]]:
        """Key, heading and text of what was written and has no column of its own; most kinds have no such."""
        return []

    def put(self, name: str, value: Any) -> None:
        """Put a value in the place of what a form took, by the name it has there; not saved yet."""
        column: Any = self._meta.get_field(name)
        setattr(self, column.attname, value)

    @transaction.atomic
    def save_draft(self, *, by: Any, seen: int) -> None:
        """Save what was typed.

        Arguments: who saves; ``seen``, the revision the page was opened at.
        Raises: StaleDraft when somebody saved or submitted in between.
        """
        if self.pk is None and seen != self.revision:
            raise StaleDraft(self.stale_message())
        self.saved_at, self.saved_by, self.revision = clock.now(), by, seen + 1
        if self.pk is None:
            self._insert_first()
            return
        rows = type(self)._default_manager.filter(pk=self.pk, revision=seen, submitted_at=None)
        names = [
            *self.content_fields(),
            *(self._meta.get_field(n) for n in ("revision", "saved_at", "saved_by")),
        ]
        if not rows.update(**{field.attname: getattr(self, field.attname) for field in names}):
            raise StaleDraft(self.stale_message())

    def _insert_first(self) -> None:
        try:
            with transaction.atomic():
                self.save(force_insert=True)
        except IntegrityError as error:
            raise StaleDraft(self.stale_message()) from error

    def stale_message(self) -> str:
        """Who saved meanwhile, for a person."""
        newest = type(self).latest(self.assignment)
        return _(
            "%(who)s saved this meanwhile. Your own text is kept below: compare, then save again to replace it."
        ) % {"who": (newest and newest.saved_by) or _("Somebody with a personal link")}

    @transaction.atomic
    def submit(self, *, by: Any, filed_for: str = "", filed_note: str = "") -> None:
        """Submit this version: it is frozen and the assignment moves on.

        Arguments: who submits; in whose name and how it came, when somebody files for the unit.
        Raises: MoveRefused when the assignment is not to be filed any more.
        """
        self.assignment.submit(by=by, filed_for=filed_for, filed_note=filed_note)
        self.submitted_at = clock.now()
        type(self)._default_manager.filter(pk=self.pk).update(submitted_at=self.submitted_at)
        file_reached(self.assignment, by=by)
