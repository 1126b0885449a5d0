"""Who a unit names as its liaison officers."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.models.filing import Filing

telephone = RegexValidator(
    r"^[0-9+()（）\- 、/转分机extEXT.*#]{5,30}$",
    _("Only digits, spaces, + - and brackets, 转 before an extension, 、 between two numbers."),
)
mobile = RegexValidator(r"^\+?[0-9 \-]{8,20}$", _("A mobile number has at least 8 digits."))


class LiaisonRegistration(Filing):
    """One version of a unit's list of liaison officers."""


class LiaisonOfficer(models.Model):
    """A person the office can reach about the campaign."""

    registration = models.ForeignKey(LiaisonRegistration, models.CASCADE, related_name="officers")
    name = models.CharField(_("name"), max_length=40)
    department = models.CharField(_("department"), max_length=60)
    position = models.CharField(_("position"), max_length=40, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True, validators=[telephone])
    mobile = models.CharField(_("mobile"), max_length=20, validators=[mobile])
    email = models.EmailField(_("e-mail"), blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def reached_by(self) -> list[str]:
        """Telephone, mobile and mail, those that were given."""
        return [way for way in (self.phone, self.mobile, self.email) if way]
