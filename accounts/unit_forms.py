"""Forms of the register of units: one unit with all its names, one group."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Unit, UnitGroup
from accounts.models.units import bare, names_of
from accounts.unit_names import Names, tidy
from documents.counts import thousands
from workflow.form_fields import SeveralRows

LONGEST_NAME = Unit._meta.get_field("full_name").max_length or 120


class NameField(forms.CharField):
    """A name: kept as it is seen, on one line, without marks that have no shape."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(tidy(value) if isinstance(value, str) else value) or "")


class UnitForm(forms.ModelForm):
    """A unit: what it is called, what it is, in which groups of the office it stands."""

    aliases = forms.CharField(
        label=gettext_lazy("Other names"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One a line: as it is called in other papers, or was called before."),
    )
    groups = SeveralRows(
        UnitGroup.objects.none(), label=gettext_lazy("Groups"), required=False, widget=forms.CheckboxSelectMultiple
    )

    without_former = forms.BooleanField(
        label=gettext_lazy("Leave its former names out"),
        required=False,
        help_text=gettext_lazy(
            "A name it had until now stays among the other names by itself. Tick this if it was only misspelt. "
            "What stands in a notice that was issued stays its name anyway."
        ),
    )

    class Meta:
        model = Unit
        fields = ("name", "full_name", "aliases", "kind", "level", "parent", "order")
        field_classes = {"name": NameField, "full_name": NameField}
        labels = {"name": gettext_lazy("Short name"), "kind": gettext_lazy("Kind"), "level": gettext_lazy("Level")}
        help_texts = {
            "name": gettext_lazy("The short name: it stands in lists and tables."),
            "full_name": gettext_lazy("As it stands in an official document; empty: the same."),
            "order": gettext_lazy("Units with a smaller number stand before it; empty: at the end."),
        }

    field_order = ("name", "full_name", "aliases", "kind", "level", "parent", "order", "groups", "without_former")

    def __init__(self, *args: Any, offices: set[int], names: Names | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.offices = offices
        self.names = names or Names()  # who writes thousands reads them once
        parent = cast(forms.ModelChoiceField, self.fields["parent"])
        parent.queryset, parent.empty_label = self.parents(), _("nothing above it")
        groups = cast(SeveralRows, self.fields["groups"])
        groups.queryset = UnitGroup.objects.filter(owner__in=offices)
        self.fields["order"].required = False
        if self.instance.pk:
            self.initial["aliases"] = "\n".join(self.instance.aliases)
            self.initial["groups"] = list(groups.queryset.filter(units=self.instance))
        else:
            self.initial.update(aliases="", order=None)
            del self.fields["without_former"]

    def parents(self) -> Any:
        """What a unit may belong to: the units looked after, what the offices belong to, what it belongs to now."""
        above = Q(children__in=self.offices) | Q(children=self.instance.pk or 0)
        known = Unit.objects.looked_after_by(self.offices) | Unit.objects.filter(above)
        return known.live().exclude(pk=self.instance.pk).distinct()

    def clean_name(self) -> str:
        return self.free(self.cleaned_data["name"])

    def clean_full_name(self) -> str:
        return self.free(self.cleaned_data["full_name"])

    def clean_aliases(self) -> list[str]:
        lines = [line for line in map(tidy, self.cleaned_data["aliases"].splitlines()) if line]
        for number, line in enumerate(lines, 1):
            if len(line) > LONGEST_NAME:
                values = {"number": number, "longest": thousands(LONGEST_NAME)}
                raise ValidationError(_("Line %(number)d is longer than %(longest)s characters.") % values)
            self.free(line)
        first = dict[str, str]()
        for line in lines:
            first.setdefault(bare(line), line)
        return list(first.values())

    def free(self, name: str) -> str:
        """The name, if no other unit goes by it; a name the unit has already stays its own. Raises: ValidationError."""
        own = map(bare, names_of(self.names.units[self.instance.pk])) if self.instance.pk else ()
        taken = self.names.taken_by(name, self.instance) if name and bare(name) not in own else None
        if taken is not None:
            raise ValidationError(said_taken(name, taken, self.names.successor(taken)))
        return name

    def clean_parent(self) -> Unit | None:
        """Raises: ValidationError when the unit would stand below itself."""
        parent: Unit | None = self.cleaned_data["parent"]
        above = parent
        while above is not None and self.instance.pk:
            if above.pk == self.instance.pk:
                raise ValidationError(_("%(unit)s belongs to this unit itself.") % {"unit": parent})
            above = self.names.units.get(above.parent_id or 0)
        return parent

    def clean_order(self) -> int:
        order: int | None = self.cleaned_data["order"]
        if order is not None:
            return order
        return (Unit.objects.aggregate(last=Max("order"))["last"] or 0) + 1

    def clean(self) -> dict[str, Any]:
        """A name that was changed stays among the other names, unless it is to be left out."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk and "aliases" in cleaned and not cleaned.get("without_former"):
            now = {bare(cleaned.get(field, "")) for field in ("name", "full_name")} | set(map(bare, cleaned["aliases"]))
            before = self.names.units[self.instance.pk]
            former = (before.name, before.full_name)
            cleaned["aliases"] += [name for name in dict.fromkeys(former) if name and bare(name) not in now]
        return cleaned

    def save(self, commit: bool = True) -> Unit:
        """Write the unit and in which of the office's groups it stands. Raises: IntegrityError: named twice at once."""
        with transaction.atomic():
            unit: Unit = super().save()
            chosen = set(self.cleaned_data["groups"])
            others = unit.in_groups.exclude(owner__in=self.offices)
            unit.in_groups.set([*others, *chosen])
        return unit

    def saved(self) -> Unit | None:
        """Save it; when somebody gave the same name at this moment, say so beside the field. Returns: the unit."""
        try:
            return self.save()
        except IntegrityError:
            self.add_error("name", _("Somebody else has just entered a unit of this name."))
            return None


def said_taken(name: str, taken: Unit, now: Unit) -> str:
    """Which unit has a name already, and as what."""
    if taken.merged_into_id is not None:
        values = {"name": name, "unit": taken, "into": now}
        return _("“%(name)s” is a name of %(unit)s, which was merged into %(into)s.") % values
    if bare(name) == bare(taken.name):
        return _("There is a unit called “%(name)s” already.") % {"name": taken.name}
    values = {"name": name, "unit": taken}
    return _("“%(name)s” is another name of %(unit)s.") % values


class GroupForm(forms.ModelForm):
    """A group: what it is called, and what for."""

    class Meta:
        model = UnitGroup
        fields = ("name", "description")
        field_classes = {"name": NameField}
        labels = {"name": gettext_lazy("Name of the group")}
        help_texts = {
            "name": gettext_lazy("As it is named in a notice: member units, districts, towns and streets, media."),
            "description": gettext_lazy("Who belongs to it; the office alone reads this."),
        }

    def __init__(self, *args: Any, owner: Unit, **more: Any) -> None:
        super().__init__(*args, **more)
        self.instance.owner = owner

    def clean_name(self) -> str:
        """Raises: ValidationError when the office has a group of this name, whatever its spaces and width."""
        name: str = self.cleaned_data["name"]
        others = UnitGroup.objects.filter(owner=self.instance.owner).exclude(pk=self.instance.pk)
        if any(bare(each) == bare(name) for each in others.values_list("name", flat=True)):
            raise ValidationError(_("The office has a group of this name already."))
        return name

    def saved(self) -> UnitGroup | None:
        """Save it; when somebody gave the same name at this moment, say so beside the field. Returns: the group."""
        try:
            with transaction.atomic():
                group: UnitGroup = self.save()
        except IntegrityError:
            self.add_error("name", _("The office has a group of this name already."))
            return None
        return group
