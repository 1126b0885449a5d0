"""``{% url %}`` as Django has it; of a page that needs no number, or one number, the pattern is looked up once.

A page writes some twenty addresses, and to look one up costs as much as thirty cells of a table.
"""

from typing import Any

from django import template
from django.template.base import FilterExpression, Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as looked_up

from workflow.addresses import address, address_of

register = template.Library()


class Addressed(URLNode):
    """An address whose page is named in the template, and that needs a number or nothing."""

    def __init__(self, page: str, number: FilterExpression | None, other: URLNode) -> None:
        """Arguments: the page; its number; the node as Django has it, for what is no number."""
        super().__init__(other.view_name, other.args, other.kwargs, None)
        self.page, self.number = page, number

    def render(self, context: Any) -> str:
        if self.number is None:
            return address_of(self.page)
        number = self.number.resolve(context)
        return address(self.page, number) if type(number) is int and number >= 0 else super().render(context)


@register.tag
def url(parser: Parser, token: Token) -> URLNode:
    """The address of a page."""
    node = looked_up(parser, token)
    page = node.view_name.var
    if node.kwargs or node.asvar or len(node.args) > 1 or node.view_name.filters or not isinstance(page, str):
        return node
    return Addressed(page, node.args[0] if node.args else None, node)
