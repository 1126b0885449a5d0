"""Numbers and mail addresses on pages: whole for who needs them, masked for everybody else."""

from django import template

from accounts.personal_data import masked

register = template.Library()


@register.filter
def shown(value: str, whole: object) -> str:
    """A telephone number or mail address. Arguments: the value; whether the reader sees it whole."""
    return value if whole else masked(value)
