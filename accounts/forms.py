"""Forms for people."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from accounts.deputies import naming, represented_by
from accounts.duties import held_alone, in_the_way
from accounts.models import Deed, Membership, Role, Unit, User
from accounts.models.memberships import UNIT_ROLES
from accounts.passwords import HELP
from workflow import clock
from workflow.form_fields import Day, MailAddress, Telephone

TWO_OF_THEM = gettext_noop(
    "%(name)s holds this already: %(role)s. Nobody administers in two ways at once: take that role away first, or name "
    "somebody else."
)
WHO_DOES_WHAT = _(
    "The administrator runs the system, the security administrator gives roles, the audit administrator reads the "
    "audit trail; nobody holds two of them."
)
LONGEST_ABSENCE = timedelta(days=366)


class PersonForm(forms.ModelForm):
    """A person's data, without the password."""

    class Meta:
        model = User
        fields = ("username", "name", "department", "position", "phone", "mobile", "email", "is_active")
        field_classes = {"phone": Telephone, "mobile": Telephone, "email": MailAddress}
        labels = {"username": _("Account"), "email": _("E-mail"), "is_active": _("May sign in")}
        help_texts = {
            "username": _("Letters, digits and @ . + - _ only."),
            "is_active": _("Take the tick away when the person leaves; nothing is deleted."),
        }

    def clean_is_active(self) -> bool:
        active: bool = self.cleaned_data["is_active"]
        if not active and self.instance.pk and (alone := held_alone(self.instance).select_related("unit").first()):
            raise forms.ValidationError(last_administrator(alone))
        return active

    def changes_power(self) -> Iterator[Deed]:
        """What the changed form does to the power of a person who exists."""
        if "username" in self.changed_data:
            yield Deed.ACCOUNT
        if "is_active" in self.changed_data:
            yield Deed.OPENED if self.cleaned_data["is_active"] else Deed.SHUT


def last_administrator(held: Membership) -> str:
    """Why the last one who administers stays, for a person."""
    words = gettext("%(unit)s would be left without this role: %(role)s. Name another one first.")
    return words % {"unit": held.unit, "role": held.get_role_display()}


class PasswordForm(forms.Form):
    """A password somebody else is given: the first one, or a new one for who forgot it."""

    new_password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=HELP,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new_password(self) -> str:
        password: str = self.cleaned_data["new_password"]
        validate_password(password, self.user)
        return password


class MembershipForm(forms.Form):
    """For which unit, in which role. Only units the administrator looks after are offered.

    In units other than the own ones only people who file can be named: they may be offices themselves. Who exists
    already needs no further role: both fields begin empty, and are filled together or not at all.
    """

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"))
    role = forms.ChoiceField(choices=[("", "---------"), *Role.choices], label=_("Role"))

    def __init__(self, *args: Any, units: Any, own: set[int], user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own, self.user, self.optional = own, user, user.pk is not None
        if self.optional and not self.is_touched:
            for field in self.fields.values():
                field.required = False
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if settings.SEPARATE_ADMINISTRATORS:
            self.fields["role"].help_text = WHO_DOES_WHAT

    @property
    def is_touched(self) -> bool:
        """Whether something was chosen."""
        return any(self.data.get(self.add_prefix(name)) for name in ("unit", "role"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        unit, role = cleaned.get("unit"), cleaned.get("role")
        if unit and unit.pk not in self.own and role and role not in UNIT_ROLES:
            self.add_error("role", _("In another unit you can name liaison officers and heads only."))
        elif role and (other := in_the_way(self.user, role)):
            self.add_error("role", gettext(TWO_OF_THEM) % {"name": self.user, "role": other})
        return cleaned

    def held_already(self) -> Membership | None:
        """The role as the person holds it already, for good and in their own right."""
        return Membership.objects.filter(user=self.user, **self.cleaned_data, acting_for=None, until=None).first()

    def save_for(self, user: User) -> Membership:
        """Give the person this role in this unit, for good also where it was held for a time."""
        membership, _created = Membership.objects.update_or_create(
            user=user, **self.cleaned_data, defaults={"acting_for": None, "until": None}
        )
        return membership


class DeputyForm(forms.Form):
    """Who is away in which role, who acts in the meantime, and until when."""

    absent = forms.ModelChoiceField(Membership.objects.none(), label=_("Who is away"))
    deputy = forms.ModelChoiceField(User.objects.none(), label=_("Who acts meanwhile"))
    until = Day(label=_("Up to and including"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = by.units_as(*naming())
        held = Membership.objects.held_now().filter(represented_by(by), acting_for=None, user__is_active=True)
        absent: Any = self.fields["absent"]
        absent.queryset = held.select_related("user", "unit", "acting_for").order_by("unit", "pk")
        absent.label_from_instance = lambda row: f"{row.user} · {row}"
        deputy: Any = self.fields["deputy"]
        deputy.queryset = (
            User.objects.filter(memberships__in=Membership.objects.held_now().filter(unit__in=units), is_active=True)
            .distinct()
            .order_by("pk")
        )

    def clean_until(self) -> date:
        day: date = self.cleaned_data["until"]
        if day < clock.today():
            raise forms.ValidationError(gettext("This day is past."))
        if day > clock.today() + LONGEST_ABSENCE:
            raise forms.ValidationError(gettext("At most a year; name the deputy again then."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        absent, deputy = cleaned.get("absent"), cleaned.get("deputy")
        if absent and absent.user == deputy:
            self.add_error("deputy", gettext("Nobody is their own deputy."))
        return cleaned
