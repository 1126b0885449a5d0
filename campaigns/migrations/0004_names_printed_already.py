from django.db import migrations


def remember(apps, schema_editor):
    """Whoever got a notice, or a copy, before names were remembered at the issue: the names it has today."""
    unit, notice = apps.get_model("accounts", "Unit"), apps.get_model("campaigns", "Notice")
    issued = notice.objects.exclude(issued_at=None)
    got = set(notice.addressees.through.objects.filter(notice__in=issued).values_list("unit", flat=True))
    got |= set(notice.copy_to.through.objects.filter(notice__in=issued).values_list("unit", flat=True))
    rows = [row for row in unit.objects.all() if row.pk in got]
    for row in rows:
        row.printed_names = [name for name in (row.name, row.full_name) if name]
    unit.objects.bulk_update(rows, ["printed_names"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_printed_names"),
        ("campaigns", "0003_saying_entered_by"),
    ]

    operations = [migrations.RunPython(remember, migrations.RunPython.noop)]
