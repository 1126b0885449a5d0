"""Indicators move to campaigns: the rows stay, the table takes the name of its new room."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_demonstration_mark"), ("campaigns", "0008_indicators")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE reports_indicator RENAME TO campaigns_indicator",
                    "ALTER TABLE campaigns_indicator RENAME TO reports_indicator",
                )
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="figure",
                    name="indicator",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="campaigns.indicator",
                    ),
                ),
                migrations.DeleteModel(name="Indicator"),
            ],
        )
    ]
