"""The form that names a successor: a colleague of the unit, or a new account."""

import secrets
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Membership, User
from workflow.form_fields import MailAddress, Telephone

NEW = ("name", "username", "department", "position", "mobile", "email")


class SuccessorForm(forms.ModelForm):
    """A person who already belongs to the unit is chosen; for anybody else the data of a new account are typed."""

    colleague = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        label=gettext_lazy("somebody of the unit"),
        empty_label=gettext_lazy("nobody: make a new account"),
    )

    class Meta:
        model = User
        fields = NEW
        field_classes = {"mobile": Telephone, "email": MailAddress}
        labels = {"username": gettext_lazy("Account"), "email": gettext_lazy("E-mail")}
        help_texts = {"username": gettext_lazy("Letters, digits and @ . + - _ only.")}

    field_order = ("colleague", *NEW)

    def __init__(self, *args: Any, held: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(memberships__unit=held.unit, is_active=True).exclude(pk=held.user_id)
        cast(forms.ModelChoiceField, self.fields["colleague"]).queryset = people.distinct().order_by("name", "pk")
        for name in ("name", "username"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("colleague") is None:
            for name in ("name", "username"):
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, _("Needed for a new account."))
        return cleaned

    def _post_clean(self) -> None:
        """A chosen colleague needs no data of a new account, so they are not judged."""
        if self.cleaned_data.get("colleague") is None:
            super()._post_clean()  # type: ignore[misc]  # the stubs do not know it

    def person(self) -> tuple[User, str]:
        """The successor, made if new. Returns: the person, and the first password of a new one (else empty)."""
        if colleague := self.cleaned_data["colleague"]:
            return colleague, ""
        password = secrets.token_urlsafe(9)
        user: User = self.save(commit=False)
        user.give_password(password)
        user.save()
        return user, password
