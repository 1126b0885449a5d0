"""What lists can be narrowed by."""

from typing import Any

from django import template

from activities.models.activity import ActivityKind
from activities.states import Kind, Standing

register = template.Library()


@register.simple_tag
def kinds() -> list[tuple[str, Any]]:
    """Every kind of assignment with its label."""
    return Kind.choices


@register.simple_tag
def standings() -> list[tuple[str, Any]]:
    """Every way an assignment can stand, with its label."""
    return Standing.choices


@register.simple_tag
def activity_kinds() -> list[tuple[str, Any]]:
    """Every kind of activity with its label."""
    return ActivityKind.choices
