from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0005_annexes_handed_in")]

    operations = [
        migrations.AddField(
            model_name="campaign",
            name="plan_due_on",
            field=models.DateField(blank=True, null=True, verbose_name="plans due by"),
        ),
    ]
