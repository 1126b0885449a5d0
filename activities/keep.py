"""What hangs off a draft that was just saved: photos, files, the activity it is about."""

from typing import Any

from django.db import transaction

from activities.autosave import Checked
from activities.forms.about import AboutForm
from activities.forms.attachments import AttachmentsForm
from activities.forms.photos import PhotosForm
from activities.models import Filing


def keep_parts(forms: dict[str, Checked], filing: Filing, person: Any) -> None:
    """Write the parts of a filing that are rows of their own, in the transaction of its draft."""
    for form in forms.values():
        if isinstance(form, AboutForm):
            form.keep()
        elif isinstance(form, PhotosForm | AttachmentsForm):
            form.keep(person)


@transaction.atomic
def keep_new_files(forms: dict[str, Checked], person: Any) -> bool:
    """Keep photos and files just chosen although nothing else was saved. Returns: whether there were any."""
    kept = [form.keep_new(person) for form in forms.values() if isinstance(form, PhotosForm | AttachmentsForm)]
    return any(kept)
