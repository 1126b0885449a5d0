"""What was filed, as it is read; and what is missing in a form, all at once."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.forms import BaseForm, BaseFormSet

from activities.filing.changes_since_return import read, written
from activities.filing.forms.plan import SECTIONS
from activities.models import Plan
from activities.models.quota import counted

register = template.Library()
register.filter("counted", counted)


@dataclass(frozen=True)
class Fault:
    """One thing to be mended: the field's id on the page, what people call it, what is wrong."""

    field: str
    label: str
    message: str


@register.inclusion_tag("activities/filing/faults.html")
def faults(forms: Any) -> dict[str, Any]:
    """The list at the head of a form that was refused: everything wrong in it, each with a link to its field."""
    each = forms.values() if isinstance(forms, dict) else [forms]
    return {"faults": [fault for form in each for fault in faults_of(form)]}


def faults_of(form: BaseForm | BaseFormSet) -> list[Fault]:
    """Everything wrong in one form, or in the rows of one set, in the order of the page."""
    if not form.is_bound:
        return []
    if isinstance(form, BaseFormSet):
        return [fault for row in form.forms for fault in faults_of(row)]
    named = [(form[name], messages) for name, messages in form.errors.items() if name in form.fields]
    order = list(form.fields)
    named.sort(key=lambda pair: order.index(pair[0].name))
    return [
        Fault(field.id_for_label, str(field.label), str(message)) for field, messages in named for message in messages
    ]


@register.simple_tag
def filed_fields(filing: Any) -> list[tuple[str, str]]:
    """What the unit wrote, field by field, without those left empty."""
    pairs = [(str(each.verbose_name), written(filing, each)) for each in filing.content_fields()]
    return [(label, text) for label, text in pairs if text.strip()]


@register.simple_tag
def plan_sections(plan: Plan, whole: bool = False) -> list[tuple[str, list[tuple[str, str]]]]:
    """A plan in its sections, without what was left empty. Arguments: the plan; whether numbers stand there whole."""
    found = []
    for heading, names in SECTIONS:
        fields = [plan._meta.get_field(name) for name in names]
        pairs = [(str(each.verbose_name), read(plan, each, whole)) for each in fields]  # type: ignore[union-attr]
        found.append((str(heading), [(label, text) for label, text in pairs if text.strip()]))
    return [(heading, pairs) for heading, pairs in found if pairs]
