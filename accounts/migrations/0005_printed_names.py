"""The names under which notices went out, among those a unit is found by."""

from typing import Any

from accounts.models.units import known_as
from django.db import migrations, models


def fill(apps: Any, _editor: Any) -> None:
    """Write for the units there are how their names are compared."""
    units = apps.get_model("accounts", "Unit").objects
    for unit in units.all():
        units.filter(pk=unit.pk).update(known_as=known_as(unit))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_names_compared")]
    operations = [
        migrations.AddField("unit", "printed_names", models.JSONField(blank=True, default=list, editable=False)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
