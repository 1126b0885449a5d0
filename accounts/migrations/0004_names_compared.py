"""Every unit with its names as names are compared, so that the database finds it by any of them."""

from typing import Any

import accounts.models.units
from accounts.models.units import known_as
from django.db import migrations, models


def fill(apps: Any, _editor: Any) -> None:
    """Write the column for the units there are."""
    units = apps.get_model("accounts", "Unit").objects
    for unit in units.all():
        units.filter(pk=unit.pk).update(known_as=known_as(unit))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_units_looked_after")]
    operations = [
        migrations.AddField("unit", "known_as", accounts.models.units.BareNames(default="", editable=False)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex("unit", models.Index(fields=["order", "id"], name="units_in_order")),
    ]
