"""What hangs off a draft that was just saved: photos, files, the activity it is about."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from activities.evidence.forms.kept_files import KeptForm
from activities.filing.autosave import Checked
from activities.filing.forms.about_activity import AboutForm
from activities.models import Filing


def keep_parts(forms: dict[str, Checked], filing: Filing, person: Any) -> None:
    """Write the parts of a filing that are rows of their own, in the transaction of its draft."""
    for form in forms.values():
        if isinstance(form, AboutForm):
            form.keep()
        elif isinstance(form, KeptForm):
            form.keep(person)


@transaction.atomic
def keep_new_files(request: HttpRequest, forms: dict[str, Checked], person: Any) -> None:
    """Keep photos and files that came with what could not be saved, and say so: no page can show them chosen again."""
    kept = [form.keep_new(person) for form in forms.values() if isinstance(form, KeptForm)]
    if any(kept):
        messages.info(request, _("The photos and files you chose are kept; you need not choose them again."))
