"""manage.py verify_audit: is the audit trail what it was?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.audit_chain import verify
from accounts.models import AuditEntry


class Command(BaseCommand):
    help = "Go through the chain of the audit trail and name the first entry that was altered, removed or inserted."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Raises: CommandError naming the first fault."""
        if fault := verify():
            raise CommandError(_("Entry %(number)s %(what)s.") % {"number": fault.number, "what": fault.what})
        chained = AuditEntry.objects.exclude(number=None).count()
        waiting = AuditEntry.objects.filter(number=None).count()
        said = _("The audit trail is whole: %(chained)s entries, %(waiting)s more wait to be chained.")
        self.stdout.write(said % {"chained": chained, "waiting": waiting})
