"""What the office was sent by a unit stands in the form it files for the unit; what had no place is shown beside it."""

from typing import Any

from django.forms import BaseForm

from activities.behalf.mail_to_fields import Split, split
from activities.behalf.writer import Draft, Writer
from activities.models import Filing, Incoming


def incoming(writer: Writer) -> Incoming | None:
    """What the office was sent and is to put into the form, while it is owed."""
    if not writer.is_office or not writer.assignment.is_owed:
        return None
    return Incoming.newest(writer.assignment)


def placed(came: Incoming | None, filing: Filing, form: Any) -> None:
    """Begin the form with what could be placed, unless it was saved since."""
    if came is None or not isinstance(form, BaseForm) or (filing.saved_at and filing.saved_at >= came.taken_at):
        return
    found = parts(came, form).values
    form.initial.update(found)
    for name in found:  # where the form offered something else, that is not where this was taken from
        form.fields[name].widget.attrs.pop("data-offered", None)
        of_class = type(form).base_fields.get(name)  # type: ignore[attr-defined]  # of every form; made anew: no field
        form.fields[name].help_text = of_class.help_text if of_class else ""


def parts(came: Incoming, form: Any) -> Split:
    """What came, split into the fields of the form; what the form has no field for is left over."""
    fields = form.fields if isinstance(form, BaseForm) else ()
    year, labels = came.assignment.campaign.starts_on.year, getattr(form, "labels", None)
    return split(came.text, came.assignment.kind, year, fields, labels)


def on_the_page(writer: Writer, draft: Draft | None, form: Any) -> dict[str, Any]:
    """What the page shows of it: who acts for whom, what came, and what of it could not be placed.

    Arguments: who is there; the draft they write in, if they do; its form.
    """
    acting, came = writer.is_office and writer.assignment.is_owed, incoming(writer)
    return {
        "acting": acting,
        "came": came,
        "remainder": parts(came, form).rest if came else "",
        "only_submits": draft.why_not_saved if acting and draft else "",
    }
