"""A reminder by rule that is held silences its campaign: the office hears of it every working day until it looks."""

from django.utils.translation import gettext_noop

from accounts.models import User
from accounts.models.memberships import OFFICE_ROLES
from activities.chasing import outlook, who
from activities.chasing.faults import noted
from activities.models import Reminder
from documents.counts import thousands
from workflow import clock
from workflow.models import Notification
from workflow.telling import notify
from workflow.workdays import working_days

LOOK_AT_IT = gettext_noop(
    "A reminder by rule to %(number)s people is held until you look at it. Until then the rules remind nobody."
)


def tell_of_held() -> None:
    """Tell the people of an office, once a working day and not in quiet hours, which reminder waits for them."""
    now = clock.now()
    rows = Reminder.objects.held_by_rule().filter(prepared_at__isnull=False, campaign__chasing__is_on=True)
    for row in rows.exclude(campaign__state__in=who.OVER).select_related("campaign__chasing").order_by("pk"):
        rules = row.campaign.chasing
        if working_days().is_working_day(now.date()) and rules.quiet_until <= now.time() < rules.quiet_from:
            with noted("held reminder", row.pk):
                tell(row, f"held-{row.pk}-{now.date()}")


def tell(row: Reminder, key: str) -> None:
    """Tell of one, unless today it was done: it is asked every minute. It leads to the outbox, which stays."""
    if Notification.objects.filter(key=key).exists():
        return
    staff = User.objects.speaking_for([row.campaign.host_id], *OFFICE_ROLES)
    notify(staff, LOOK_AT_IT, key=key, url=row.outbox_url(), number=thousands(outlook.numbers(row).people))
