"""Units form a tree (national, province, city, district, town); groups gather them for addressing."""

from collections.abc import Collection
from typing import Any, Self, cast

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.unit_signals import unit_moved
from documents.text import bare


class UnitKind(models.TextChoices):
    GOVERNMENT = "government", _("Government")
    OFFICE = "office", _("Quality office")
    DEPARTMENT = "department", _("Department")
    DISTRICT = "district", _("District")
    TOWN = "town", _("Town or street")
    MEDIA = "media", _("Media")
    ASSOCIATION = "association", _("Association")
    ENTERPRISE = "enterprise", _("Enterprise")
    OTHER = "other", _("Other")


class UnitLevel(models.TextChoices):
    NATIONAL = "national", _("National")
    PROVINCE = "province", _("Province")
    CITY = "city", _("City")
    DISTRICT = "district", _("District")
    TOWN = "town", _("Town")


def names_of(unit: "Unit") -> list[str]:
    """Every name a unit goes by; one printed in a notice stays its name."""
    return [name for name in (unit.name, unit.full_name, *unit.aliases, *unit.printed_names) if name]


def known_as(unit: "Unit") -> str:
    """Every name of a unit as names are compared, one a line."""
    return "\n".join(dict.fromkeys(map(bare, names_of(unit))))


class BareNames(models.TextField):
    """What :func:`known_as` says of a unit, written whenever the unit is saved: a list of names is searched so."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """The names as they are saved with it."""
        found = known_as(cast("Unit", model_instance))
        setattr(model_instance, self.attname, found)
        return found


NAMED_BY = {"name", "full_name", "aliases", "printed_names"}
"""The columns whose names :func:`names_of` gathers."""


class UnitQuerySet(models.QuerySet["Unit"]):
    def spoken_for_by(self, user: Any, *roles: str) -> Self:
        """Units in which the person holds one of these roles."""
        return self.filter(pk__in=user.units_as(*roles))

    def looked_after_by(self, offices: Collection[int]) -> Self:
        """The offices themselves and the units they look after."""
        return self.filter(models.Q(pk__in=offices) | models.Q(kept_by__in=offices))

    def live(self) -> Self:
        """Units that were not merged into another."""
        return self.filter(merged_into=None)

    def update(self, **changes: Any) -> int:
        """Change columns of many rows; where names are among them, also the names as they are compared."""
        if changes.keys() & {"parent", "parent_id"}:
            return self.hang_anew(**changes)
        if "known_as" in changes or not changes.keys() & NAMED_BY:
            return super().update(**changes)
        with transaction.atomic():
            renamed = list(self.values_list("pk", flat=True))
            number = super().update(**changes)
            for unit in Unit.objects.filter(pk__in=renamed):
                unit.save(update_fields=["known_as"])
        return number

    def hang_anew(self, **changes: Any) -> int:
        """The same where a unit may come to stand below another one."""
        with transaction.atomic():
            before = list(self.select_for_update(of=("self",)).values_list("pk", "parent"))
            number = super().update(**changes)
            for pk, parent in before:
                tell_moved(pk, parent)
        return number


def tell_moved(unit: int, before: int | None) -> None:
    """Rooms that count by the tree hear that a unit belongs to another one now; nothing when it does not."""
    after = Unit.objects.values_list("parent", flat=True).get(pk=unit)
    if after != before:
        unit_moved.send(sender=Unit, unit=unit, before=before, after=after)


class Unit(models.Model):
    """A body that can host a campaign, be addressed by a notice, or take part in an activity."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    full_name = models.CharField(_("full name"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind, default=UnitKind.DEPARTMENT)
    level = models.CharField(_("level"), max_length=20, choices=UnitLevel, default=UnitLevel.CITY)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    aliases = models.JSONField(_("other names"), default=list, blank=True)
    printed_names = models.JSONField(default=list, blank=True, editable=False)
    """The names it had when notices to it were issued: papers in people's hands, so they lead to it for good."""
    known_as = BareNames(editable=False, default="")
    sounds_as = models.TextField(editable=False, default="", db_default="")
    """How its names sound, in full and by their initials (:mod:`accounts.sounds`); written by a worker."""
    sounds_for = models.TextField(editable=False, default="", db_default="")
    """The names that were sounded (``known_as`` then)."""
    order = models.PositiveIntegerField(_("place in lists"), default=0)
    kept_by = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="keeps")
    """The office that looks after it: its names, and the people who file for it. Any office may address it."""
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    merged_on = models.DateField(null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["order", "id"]
        indexes = [models.Index(fields=["order", "id"], name="units_in_order")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **options: Any) -> None:
        """Write the row; where it belongs to another unit now, whoever counts by the tree hears of it."""
        with transaction.atomic():
            before = Unit.objects.filter(pk=self.pk).values_list("parent", flat=True).first() if self.pk else None
            fresh = self._state.adding
            super().save(*args, **options)
            if not fresh and before != self.parent_id:
                tell_moved(self.pk, before)

    @property
    def official_name(self) -> str:
        """The name that stands in an official document."""
        return self.full_name or self.name

    @property
    def successor(self) -> "Unit":
        """The unit it was merged into, through any number of mergers; itself when it was not. One query each."""
        unit = self
        while unit.merged_into:
            unit = unit.merged_into
        return unit


class UnitGroup(models.Model):
    """Units addressed together, for example “member units”."""

    owner = models.ForeignKey(Unit, models.CASCADE, related_name="groups")
    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(_("description"), max_length=200, blank=True)
    units = models.ManyToManyField(Unit, related_name="in_groups")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="group_name_once")]

    def __str__(self) -> str:
        return self.name
