"""The grade of a supervision slip: said by word, shape and number as well as by colour."""

from typing import Any

from django import template
from django.utils.html import format_html

from activities.models import Grade, Slip
from activities.states import AssignmentState, SlipState

register = template.Library()

SHAPES = {Grade.BLUE: "●", Grade.YELLOW: "▲▲", Grade.RED: "■■■"}
STYLES = {
    SlipState.DRAFT: "due",
    SlipState.ISSUED: "late",
    SlipState.CLOSED: "done",
    SlipState.WITHDRAWN: "waived",
}


@register.simple_tag
def grade(slip: Slip | int) -> Any:
    """The mark of a grade. Arguments: a slip, or a grade itself."""
    found = Grade(slip if isinstance(slip, int) else slip.grade)
    shape, style = SHAPES[found], found.name.lower()
    return format_html('<span class="grade {}"><i aria-hidden="true">{}</i>{}</span>', style, shape, found.label)


@register.inclusion_tag("activities/supervision/stage.html")
def stage(slip: Slip) -> dict[str, Any]:
    """How far a slip is: its own state, and how its reply stands where that says more."""
    reply = slip.answer if slip.state == SlipState.ISSUED else None
    return {"slip": slip, "reply": reply, "answered": reply and reply.state == AssignmentState.SUBMITTED,
            "style": STYLES[SlipState(slip.state)]}  # fmt: skip


@register.simple_tag(takes_context=True)
def slips_naming(context: dict[str, Any], assignment: Any) -> Any:
    """The slips that name what is owed, as far as the reader may see them; a visitor by link sees none."""
    if not assignment.pk or context.get("visitor"):
        return []
    rows = Slip.objects.visible_to(context["request"].user).filter(named__assignment=assignment.pk)
    return rows.select_related("document_number").exclude(state=SlipState.WITHDRAWN)
