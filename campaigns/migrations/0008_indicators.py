"""Indicators move here from reports: here only what Django knows of them, the table is renamed there."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0007_head_signs")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Indicator",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                        ),
                        ("order", models.PositiveIntegerField()),
                        ("name", models.CharField(max_length=60, verbose_name="figure")),
                        ("measure", models.CharField(blank=True, max_length=20, verbose_name="unit of measure")),
                        (
                            "campaign",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="indicators",
                                to="campaigns.campaign",
                            ),
                        ),
                    ],
                    options={"ordering": ["order"]},
                ),
                migrations.AddConstraint(
                    model_name="indicator",
                    constraint=models.UniqueConstraint(fields=("campaign", "order"), name="indicator_order_once"),
                ),
            ]
        )
    ]
