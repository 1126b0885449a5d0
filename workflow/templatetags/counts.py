"""How pages write counts."""

from decimal import Decimal

from django import template

from documents.counts import thousands as parted

register = template.Library()


class Count(int):
    """A whole number that pages print with its thousands parted, and that still has a singular and a plural."""

    def __str__(self) -> str:
        return parted(int(self))

    def __abs__(self) -> "Count":
        return self


@register.filter
def thousands(number: int | Decimal | None) -> "Count | str":
    """A number with its thousands parted; nothing where there is none."""
    return Count(number) if isinstance(number, int) else parted(number)
