"""How pages write counts."""

from django import template

from workflow.form_fields import thousands

register = template.Library()


register.filter("thousands", thousands)
