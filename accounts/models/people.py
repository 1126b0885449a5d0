"""People. What they may do follows from their memberships, never from the person."""

from collections.abc import Iterable
from datetime import timedelta
from functools import cached_property
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import DEFAULT_DB_ALIAS, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.memberships import UNIT_ROLES, Held, Membership, Standing, standing_of
from accounts.models.units import Unit
from workflow import clock
from workflow.compiled import Compiled


class PersonQuerySet(models.QuerySet["User"]):
    def speaking_for(self, units: Any, *roles: str) -> Self:
        """Active people who hold one of these roles in one of these units, in the order in which they were entered."""
        found = Membership.objects.held_now().filter(unit__in=units, role__in=roles).values("user")
        return self.filter(pk__in=found, is_active=True).order_by("pk")

    def of_offices(self, names: Iterable[str]) -> Self:
        """Everybody who holds a role in one of these offices, or files for a unit that they look after.

        A unit may be an office of its own, whose staff answers to nobody else.
        """
        named = models.Q(name__in=list(names)) | models.Q(full_name__in=list(names))
        offices = list(Unit.objects.filter(named).values_list("pk", flat=True))
        files = models.Q(unit__kept_by__in=offices, role__in=UNIT_ROLES)
        held = Membership.objects.held_now().filter(models.Q(unit__in=offices) | files)
        return self.filter(pk__in=held.values("user"))


class PersonManager(UserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]  # made at run time
    """Creates people; knows the vocabulary of PersonQuerySet."""

    def get(self, *args: Any, **kwargs: Any) -> "User":
        """As ever. By number alone, as every request asks for its person, the SQL is built once."""
        if args or kwargs.keys() != {"pk"}:
            return super().get(*args, **kwargs)
        for row in BY_NUMBER(**kwargs):
            return User.from_db(DEFAULT_DB_ALIAS, COLUMNS, row)
        raise User.DoesNotExist


class User(AbstractUser):
    """A person who signs in; shown by name."""

    first_name = None  # type: ignore[assignment]  # a Chinese name is one field
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("name"), max_length=40)
    department = models.CharField(_("department"), max_length=60, blank=True)
    position = models.CharField(_("position"), max_length=40, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    mobile = models.CharField(_("mobile"), max_length=30, blank=True)
    password_chosen_at = models.DateTimeField(null=True, default=timezone.now)
    """When the person chose the password; None: somebody else gave it, and it opens the page to choose one."""

    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = PersonManager()  # type: ignore[misc]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def set_password(self, raw_password: str | None) -> None:
        """A password the person chose."""
        super().set_password(raw_password)
        self.password_chosen_at = timezone.now()

    def give_password(self, raw_password: str) -> None:
        """A password somebody else chose: the person replaces it at the first sign-in."""
        self.set_password(raw_password)
        self.password_chosen_at = None

    @property
    def must_choose_password(self) -> bool:
        """Whether the password was given by somebody else, or is older than the office allows."""
        if self.password_chosen_at is None:
            return True
        most = settings.PASSWORD_MAX_DAYS
        return bool(most) and timezone.now() - self.password_chosen_at > timedelta(days=most)

    @cached_property
    def known(self) -> Standing:
        """What every page asks about this person; one query for a request."""
        return standing_of(self.pk, clock.today()) if self.pk else Standing()

    @property
    def held(self) -> tuple[Held, ...]:
        """The roles this person holds today."""
        return self.known.held

    @cached_property
    def roles(self) -> dict[str, set[int]]:
        """Which units this person acts for, by role."""
        found: dict[str, set[int]] = {}
        for membership in self.held:
            found.setdefault(membership.role, set()).add(membership.unit_id)
        return found

    def units_as(self, *roles: str) -> set[int]:
        """Ids of the units for which this person holds one of the roles."""
        return set().union(*(self.roles.get(role, set()) for role in roles))

    def stands_in_for(self, unit: int, *roles: str) -> "User | None":
        """For whom this person acts in the unit as a deputy; None when the role is the person's own."""
        found = [each for each in self.held if each.unit_id == unit and each.role in roles]
        own = any(each.acting_for_id is None for each in found)
        return User.objects.get(pk=found[0].acting_for_id) if found and not own else None

    def is_in(self, unit: Unit | int, *roles: str) -> bool:
        """Whether this person holds one of the roles in the unit."""
        pk = unit if isinstance(unit, int) else unit.pk
        return pk in self.units_as(*roles)


COLUMNS = [field.attname for field in User._meta.concrete_fields]
BY_NUMBER = Compiled(lambda pk: User.objects.filter(pk=pk).values_list(*COLUMNS))
