"""Who gave or took which power when: roles, deputies, passwords set by others, accounts shut."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.memberships import Role
from accounts.models.units import Unit


class Deed(models.TextChoices):
    GIVEN = "given", _("role given")
    TAKEN = "taken", _("role taken away")
    DEPUTY = "deputy", _("named deputy")
    ENDED = "ended", _("deputy's time ended")
    HANDED = "handed", _("taken over from the predecessor")
    MERGED = "merged", _("came with a merged unit")
    PASSWORD = "password", _("password set by somebody else")
    FACTOR = "factor", _("second step of signing in switched off by somebody else")
    INVITED = "invited", _("link to choose a password handed out")
    LINKED = "linked", _("sign-in elsewhere connected")
    UNLINKED = "unlinked", _("sign-in elsewhere taken away")
    ACCOUNT = "account", _("name of the account changed")
    SHUT = "shut", _("account shut")
    OPENED = "opened", _("account opened again")


class RoleChange(models.Model):
    """One line of the history of power: it is written and never changed. :mod:`accounts.role_changes` writes it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="role_changes")
    deed = models.CharField(max_length=10, choices=Deed)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    """Where the role is held; of a password or an account: none."""
    role = models.CharField(max_length=20, blank=True)
    until = models.DateField(null=True)
    """The last day of a deputy."""
    acting_for = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """Whose deputy."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    """None: a command on the server."""
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    @property
    def role_label(self) -> str:
        """The role as pages name it."""
        return str(Role(self.role).label) if self.role else ""

    def __str__(self) -> str:
        return f"{self.person}: {self.get_deed_display()}"
