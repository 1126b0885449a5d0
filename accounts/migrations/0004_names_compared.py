"""Every unit with its names as names are compared, so that the database finds it by any of them.

The column is filled by the next migration, which knows every name a unit goes by.
"""

import accounts.models.units
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_units_looked_after")]
    operations = [
        migrations.AddField("unit", "known_as", accounts.models.units.BareNames(default="", editable=False)),
        migrations.AddIndex("unit", models.Index(fields=["order", "id"], name="units_in_order")),
    ]
