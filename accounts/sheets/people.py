"""People as Excel: those whose whole power somebody answers for, by the forms of the page.

A new person gets a first role and chooses the password by link; somebody who is known may be given one more role. No
file takes a role away, sets a password, or names anybody where the page would not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.duties import ADMINISTRATORS, granting
from accounts.forms import MembershipForm, PersonForm
from accounts.models import Deed, Membership, Role, Unit, User
from accounts.people_keepers import editable_by, looked_after
from accounts.role_changes import record
from accounts.undelivered import address_is_right
from accounts.unit_names import Names, tidy
from workflow.sheets.columns import Column, Holds
from workflow.sheets.declared import Line, Sheet, Texts

DATA = ("username", "name", "department", "position", "phone", "mobile", "email")


class People(Sheet):
    """Accounts: who it is, how to be reached, and for whom somebody new acts in which role."""

    name = "people"
    title = gettext_lazy("People")
    identity = ("username",)

    def __init__(self, user: Any, scope: Mapping[str, Any]) -> None:
        super().__init__(user, {})
        self.units = looked_after(user, granting())

    @property
    def address(self) -> str:
        return reverse("accounts:people-excel")

    @property
    def home(self) -> str:
        return reverse("accounts:people")

    @cached_property
    def columns(self) -> Sequence[Column]:
        units = list(self.units.live().values_list("name", flat=True))
        yes, no = pgettext("in a cell", "yes"), pgettext("in a cell", "no")
        return (
            Column("username", gettext_lazy("Account"), width=20, needed=True, example="zhangsan-shuiwu",
                   help=gettext_lazy("Letters, digits and @ . + - _ only.")),
            Column("name", gettext_lazy("name"), width=12, needed=True, example="张三"),
            Column("department", gettext_lazy("department"), width=18, example="办公室"),
            Column("position", gettext_lazy("position"), width=14, example="科员"),
            Column("phone", gettext_lazy("telephone"), Holds.TELEPHONE, 18, example="0755-00000000"),
            Column("mobile", gettext_lazy("mobile"), Holds.TELEPHONE, 16, example="13800000000"),
            Column("email", gettext_lazy("E-mail"), Holds.MAIL, 24, example="zhangsan@example.com"),
            Column("active", gettext_lazy("May sign in"), width=10, choices=(yes, no), example=yes,
                   help=gettext_lazy("“No” when the person leaves; nothing is deleted. Empty in a new row: yes.")),
            Column("unit", gettext_lazy("New role: unit"), width=22, offers=units, reads=self.read_unit,
                   help=gettext_lazy("For whom the person is to act; of somebody known only where a role is added.")),
            Column("role", gettext_lazy("New role: role"), width=14, choices=tuple(str(each) for each in Role.labels),
                   example=str(Role.LIAISON.label), help=gettext_lazy("Of another unit: liaison officers and heads.")),
            Column("held", gettext_lazy("Roles held"), width=40, is_shown_only=True),
        )  # fmt: skip

    @cached_property
    def names(self) -> Names:
        """All units by every name they go by."""
        return Names()

    def read_unit(self, text: str) -> str:
        """A unit by any of its names, as its short name."""
        found = self.names.called(text)
        return found[0].name if len(found) == 1 else tidy(text)

    def standing(self) -> dict[int, Texts]:
        held: dict[int, list[str]] = {}
        rows = Membership.objects.filter(user__in=editable_by(self.user).order_by().values("pk"))
        for each in rows.select_related("unit", "acting_for").order_by("pk"):
            held.setdefault(each.user_id, []).append(str(each))
        active = {True: pgettext("in a cell", "yes"), False: pgettext("in a cell", "no")}
        return {
            person.pk: {name: getattr(person, name) for name in DATA}
            | {"active": active[person.is_active], "unit": "", "role": "", "held": "；".join(held.get(person.pk, ()))}
            for person in editable_by(self.user).only("pk", "is_active", *DATA)
        }

    def number(self) -> int:
        return editable_by(self.user).count()

    def lock(self) -> None:
        own = self.user.units_as(*granting())
        list(Unit.objects.select_for_update().filter(pk__in=own).order_by("pk"))

    # --- writing -----------------------------------------------------------------------------------------------------

    @cached_property
    def made(self) -> list[int]:
        """The new people."""
        return []

    def write(self, line: Line) -> None:
        person = User() if line.key is None else self.known(line.key)
        form, roles = PersonForm(self.sent(line, person), instance=person), self.roles(line, person)
        wrong = form.errors.as_data() | roles.errors.as_data()
        if wrong:
            raise ValidationError({("active" if name == "is_active" else name): each for name, each in wrong.items()})
        saved = form.save(commit=False)
        if line.key is None:
            saved.set_unusable_password()
        saved.save()
        if "email" in form.changed_data:
            address_is_right(saved)
        for deed in () if line.key is None else form.changes_power():
            record(deed, saved, by=self.user)
        if roles.cleaned_data.get("unit") and not roles.held_already():
            record(Deed.GIVEN, saved, by=self.user, of=roles.save_for(saved))
        if line.key is None:
            self.made.append(saved.pk)

    def sent(self, line: Line, person: User) -> dict[str, str]:
        """The row as the page would send it: on the person as they stand, the cells the file changes."""
        sent = {name: line.texts[name] if name in line.changed else getattr(person, name) for name in DATA}
        active = line.texts["active"] != pgettext("in a cell", "no") if "active" in line.changed else person.is_active
        return sent | ({"is_active": "on"} if active else {})

    def known(self, key: int) -> User:
        """Somebody who stands, locked: two roles given at once do not miss each other."""
        administered = Membership.objects.filter(user=key, role__in=ADMINISTRATORS).values("unit")
        list(Unit.objects.select_for_update().filter(pk__in=administered))
        return User.objects.select_for_update().get(pk=key)

    def roles(self, line: Line, person: User) -> MembershipForm:
        """The form of the role a line gives. Raises: ValidationError where no unit is called so."""
        text = line.texts["unit"]
        try:
            unit = self.names.today(text).pk if text else ""
        except ValidationError as error:
            raise ValidationError({"unit": error}) from error
        role = next((value for value, label in Role.choices if str(label) == line.texts["role"]), "")
        own = self.user.units_as(*granting())
        return MembershipForm({"unit": unit, "role": role}, units=self.units.live(), own=own, user=person)

    def done(self, pk: int) -> list[tuple[str, str]]:
        if not self.made:
            return []
        return [(_("Links by which the new people choose a password"), f"{self.address}?links={pk}")]

    def kept(self) -> dict[str, Any]:
        return {"people": self.made}
