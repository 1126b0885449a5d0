"""What a page shows of an annex."""

from django import template

from campaigns.annex_editing import said_contents
from documents.outline import Blocks

register = template.Library()


@register.filter
def in_numbers(blocks: Blocks) -> str:
    """How much an annex holds: 1 table, 19 rows, 3 paragraphs."""
    return said_contents(blocks)
