"""How pages write counts."""

from django import template

register = template.Library()


@register.filter
def thousands(number: int | None) -> str:
    """A whole number with a comma after each three figures, in every language of the site."""
    return "" if number is None else f"{number:,}"
