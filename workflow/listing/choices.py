"""What a person keeps of a list: filters under a name, and the columns they want to see."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.compiled import Compiled


class ListChoice(models.Model):
    """A filter under a name; or, without a name, the columns of a list."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="list_choices")
    listing = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=40, blank=True)
    query = models.CharField(max_length=2000, blank=True)
    """The address behind the question mark: the filter itself."""
    columns = models.JSONField(default=list)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["person", "listing", "name"], name="list_choice_once")]

    def __str__(self) -> str:
        return self.name


OF_PERSON = Compiled(
    lambda person, listing: (
        ListChoice.objects.filter(person=person, listing=listing)
        .order_by("pk")
        .values_list("pk", "name", "query", "columns")
    )
)


def kept_by(person: Any, listing: str) -> tuple[list[tuple[int, str, str]], list[str]]:
    """The filters a person keeps of a list (number, name, address), and the columns chosen: one query."""
    rows = OF_PERSON(person=person.pk, listing=listing) if person.pk else []
    columns: list[str] = next((columns for _pk, name, _query, columns in rows if not name), [])
    return [(pk, name, query) for pk, name, query, _columns in rows if name], list(columns)
