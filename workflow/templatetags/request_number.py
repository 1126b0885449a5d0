"""The number of the request on pages that say that something went wrong."""

from django import template

from workflow.request_number import current

register = template.Library()
register.simple_tag(current, name="request_number")
