"""Forms for people."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Role, Unit, User


class PersonForm(forms.ModelForm):
    """A person's data; a new password is optional once the person exists."""

    new_password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 8 characters. Leave empty to keep the present one."),
    )

    class Meta:
        model = User
        fields = ("username", "name", "department", "position", "phone", "mobile", "email", "is_active")
        labels = {"username": _("Account"), "email": _("E-mail"), "is_active": _("May sign in")}
        help_texts = {
            "username": _("Letters, digits and @ . + - _ only."),
            "is_active": _("Take the tick away when the person leaves; nothing is deleted."),
        }

    def clean_new_password(self) -> str:
        password: str = self.cleaned_data["new_password"]
        if not password and self.instance.pk is None:
            raise forms.ValidationError(_("A new person needs a password."))
        if password:
            validate_password(password)
        return password

    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit=False)
        if self.cleaned_data["new_password"]:
            user.set_password(self.cleaned_data["new_password"])
        user.save()
        return user


class MembershipForm(forms.Form):
    """For which unit, in which role. Only units the administrator looks after are offered."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"))
    role = forms.ChoiceField(choices=Role, label=_("Role"))

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def save_for(self, user: User) -> Membership:
        """Give the person this role in this unit; giving it twice changes nothing."""
        membership, _created = Membership.objects.get_or_create(user=user, **self.cleaned_data)
        return membership
