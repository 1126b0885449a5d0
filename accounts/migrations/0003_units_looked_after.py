import django.db.models.deletion
from django.db import migrations, models


def name_keepers(apps, schema_editor):
    """Who looked after a unit was read from groups until now: the office that first put it into one."""
    unit, group = apps.get_model("accounts", "Unit"), apps.get_model("accounts", "UnitGroup")
    for row in group.objects.order_by("pk"):
        rows = unit.objects.filter(pk__in=row.units.values("pk"), kept_by=None)
        rows.exclude(pk=row.owner_id).update(kept_by=row.owner_id)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_year_round"),
    ]

    operations = [
        migrations.AddField(
            model_name="unit",
            name="kept_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="keeps",
                to="accounts.unit",
            ),
        ),
        migrations.AddField(
            model_name="unitgroup",
            name="description",
            field=models.CharField(blank=True, max_length=200, verbose_name="description"),
        ),
        migrations.AlterField(
            model_name="unit",
            name="order",
            field=models.PositiveIntegerField(default=0, verbose_name="place in lists"),
        ),
        migrations.AlterField(
            model_name="unit",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="children",
                to="accounts.unit",
                verbose_name="belongs to",
            ),
        ),
        migrations.RunPython(name_keepers, migrations.RunPython.noop),
    ]
