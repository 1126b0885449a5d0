"""What each figure means, written once: pages show it beside the figure, papers and the API read it here."""

from django.utils.translation import gettext_lazy as _

DEFINITIONS = {
    "expected": _("All that is asked for; what does not apply to a unit, or is no longer asked, is not in it."),
    "filed": _("What came in, also what is to be corrected. Only what the office accepted is content."),
    "on_time": _("First filed by its deadline, or by the day until which filing counts as on time."),
    "extended": _("First filed after its deadline, within the time the office gave."),
    "late": _("First filed after deadline and extension."),
    "to_correct": _("Filed, returned by the office, and not filed again yet."),
    "overdue": _("Never filed; deadline, grace and extension are past."),
    "due": _("Never filed; its last day is still to come, or not over."),
    "waived": _("The office agreed that it does not apply to the unit."),
    "closed": _("No longer asked: its notice was withdrawn or the task struck."),
    "to_review": _("Filed, and not read by the office yet: in no content."),
    "on_time_rate": _("On time and within the extension, of all that is asked for; rounded down."),
}  # fmt: skip
"""By the name of the figure, as the fields of ``Tally`` and ``CampaignFigures``."""
