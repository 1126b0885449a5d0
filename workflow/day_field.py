"""A day of a campaign in a row: every form that is made from it takes only days that can be reckoned with."""

from typing import Any

from django.db import models

from workflow.form_fields import Day


class DayField(models.DateField):
    """A date column as Django's; its form field is :class:`Day`, so the year 0001 is refused beside the field."""

    def deconstruct(self) -> Any:
        """For migrations a column as any other."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateField", args, kwargs

    def formfield(self, **more: Any) -> Any:
        """The field of a form."""
        return super().formfield(**{"form_class": Day, **more})
