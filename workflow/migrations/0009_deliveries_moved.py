"""What the columns of a message said of its mail is said by deliveries. The columns stay for the version before.

It may run beside this one: what it sends, or has given up, is marked in its own columns, by which both know it
(``delivered_at`` is ``handed_on_at`` now); what it has not begun, the first worker of this version takes over.
"""

from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

AT_ONCE = 5000


def move(apps, _editor):
    """A delivery for each mail that was sent, or given up."""
    if settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        return  # none ever was
    Notification, Delivery = apps.get_model("workflow", "Notification"), apps.get_model("workflow", "Delivery")
    over = models.Q(delivered_at__isnull=False) | models.Q(given_up_at__isnull=False)
    rows = Notification.objects.filter(over).select_related("person").order_by("pk")
    last = 0
    while found := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        last = found[-1].pk
        Delivery.objects.bulk_create(
            [moved(each, Delivery) for each in found if each.person.email], ignore_conflicts=True
        )
        lost = [each.pk for each in found if each.given_up_at]
        Notification.objects.filter(pk__in=lost).update(delivered_at=timezone.now())


def moved(row, Delivery):
    """The delivery of one message."""
    refused = row.trouble.startswith("{")  # what the server said to an address: {'a@b': (550, b'…')}
    return Delivery(
        notification_id=row.pk,
        channel="mail",
        tries=1,
        waiting_since=row.failing_since or row.claimed_at or row.created_at,
        claimed_at=row.claimed_at,
        delivered_at=None if row.given_up_at else row.delivered_at,
        given_up_at=row.given_up_at,
        cause=("address" if refused else "too-late") if row.given_up_at else "",
        trouble=row.trouble if row.given_up_at else "",
    )


class Migration(migrations.Migration):

    dependencies = [
        ('workflow', '0008_deliveries'),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.SeparateDatabaseAndState(state_operations=[
            migrations.RenameField('notification', 'delivered_at', 'handed_on_at'),
            migrations.AlterField(
                'notification', 'handed_on_at', models.DateTimeField(db_column='delivered_at', null=True)
            ),
            migrations.RemoveField('notification', 'failing_since'),
            migrations.RemoveField('notification', 'given_up_at'),
            migrations.RemoveField('notification', 'trouble'),
        ]),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(condition=models.Q(('handed_on_at', None)), fields=['id'], name='not_handed_on'),
        ),
    ]
