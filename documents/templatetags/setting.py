"""What the templates of documents need beyond Django's own."""

from django import template

from documents.inline import line

register = template.Library()
register.filter("line", line)
