"""Words for many units of which nobody knows whom they mean: a question on the review page."""

from typing import Any

from django.utils.translation import gettext_noop

from activities.models import Group, Part
from activities.reading.unit_names import Register

WHO = gettext_noop("Who is meant? No group and no units of this kind are known: name them, else nobody is asked.")


def doubts_of(group: str, field: str, values: dict[str, Any], register: Register) -> list[str]:
    """Why a row asks a person who is meant. Arguments: what it is, and the units. Returns: the question, or nothing."""
    if field == "salutation":
        texts = [str(values.get("text", "")).rstrip("：:")]
    elif group == Group.ACTIVITY:
        texts = [str(values.get(name, "")) for name in ("owner", *Part.values)]
    else:
        named = {Group.ROUND: "units", Group.DEADLINE: "who"}.get(Group(group), "")
        texts = [str(values.get(named, ""))] if named else []
    return [WHO] if any(register.questions(text) for text in texts) else []
