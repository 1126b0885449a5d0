"""Django's ``i18n``, under whose name the settings load it: a constant message is translated once in each language.

A page says some thirty; asking the catalogue again for each costs more than its longest table.
"""

from typing import Any

from django import template
from django.conf import settings
from django.template.base import Parser, Token
from django.templatetags import i18n
from django.templatetags.i18n import TranslateNode
from django.utils.translation import get_language

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class SaidOnce(TranslateNode):
    """A message that is the same wherever its template is shown."""

    def __init__(self, node: TranslateNode) -> None:
        """Arguments: the node as Django has it."""
        super().__init__(node.filter_expression, node.noop)
        self.said: dict[tuple[str | None, bool], str] = {}

    def render(self, context: Any) -> str:
        key = get_language(), context.autoescape
        if key not in self.said or settings.DEBUG:
            self.said[key] = super().render(context)
        return self.said[key]


@register.tag("translate")
def translate(parser: Parser, token: Token) -> TranslateNode:
    """A message in the reader's language."""
    node = i18n.do_translate(parser, token)
    says = node.filter_expression
    constant = says.var.literal is not None and not says.filters
    return SaidOnce(node) if constant and not node.asvar and not node.message_context else node
