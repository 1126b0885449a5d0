"""Telephone numbers and mail addresses: masked wherever nobody needs them whole, and not kept for ever.

Whole they stand before the person, the unit's own people, and whoever has to reach somebody; the last is noted.
"""

import re
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.audit_trail import note
from accounts.models import Act, Deed, User
from workflow import clock
from workflow.models import Delivery, StoppedAddress

WAYS = ("phone", "mobile", "email", "person_phone")
"""What the fields are called, in whatever table, by which somebody is reached."""
_BETWEEN = r"(?:[^\w、,，;；@]|_){0,3}"
"""What people write between the digits of one number; a sign of lists stands between two."""
_SIGN = r"[\w.!#$%&'*+/=?^`{|}~-]"
_MAIL = re.compile(rf"""(?:"[^"@]*"|({_SIGN}){_SIGN}*)(@(?:[\w-]+(?:\.[\w-]+)+|localhost))""")
_NUMBER = re.compile(rf"\+?\d(?:{_BETWEEN}\d){{4,}}")
_GAP = r"[ 　.·‐-―－-]{0,3}"
_MOBILE = rf"[1１][3-9３-９]\d{_GAP}\d{{4}}{_GAP}\d{{4}}"
_FIXED = rf"[(（]?[0０]\d{{2,3}}[)）]?{_GAP}\d{{3,4}}{_GAP}\d{{4}}"
_IN_TEXT = re.compile(rf"(?<![\d.-])(?:[+＋]?(?:86|８６){_GAP})?(?:{_MOBILE}|{_FIXED})(?!\d)")
"""Mobiles and numbers of the fixed network as they stand in a text that is full of other figures."""


def masked(value: str) -> str:
    """The ways to reach somebody, so that they can be told apart and not used: 138****1234, w***@example.com."""
    return _NUMBER.sub(number_masked, _MAIL.sub(r"\1***\2", value))


def masked_in(text: str) -> str:
    """A text with the numbers of telephones and the mail addresses in it masked."""
    return _MAIL.sub(r"\1***\2", _IN_TEXT.sub(number_masked, text))


def number_masked(found: re.Match[str]) -> str:
    """The beginning and the end of one number; at least three digits between them are gone."""
    digits = "".join(sign for sign in found[0] if sign.isdecimal())
    begins, ends = (3, 4) if len(digits) >= 11 else (0, 4) if len(digits) >= 7 else (0, 2)
    return f"{digits[:begins]}****{digits[-ends:]}"


# --- what is not needed any more -------------------------------------------------------------------------------------


def forgotten_before() -> datetime | None:
    """What ended before this moment is forgotten; None: nothing ever is."""
    days = settings.PERSONAL_DATA_DAYS
    return clock.now() - timedelta(days=days) if days else None


def shut_before(moment: datetime) -> "QuerySet[User]":
    """Accounts that were shut before a moment, and that nobody used after it."""
    unused = Q(last_login=None) | Q(last_login__lt=moment)
    rows = User.objects.filter(unused, is_active=False, date_joined__lt=moment)
    return rows.exclude(role_changes__deed=Deed.SHUT, role_changes__at__gte=moment)


@transaction.atomic
def forget_shut(moment: datetime) -> int:
    """Empty telephones and mail addresses of accounts that were shut before a moment. Returns: how many there were."""
    rows = shut_before(moment).exclude(phone="", mobile="", email="")
    found = list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))
    StoppedAddress.objects.lift(*User.objects.filter(pk__in=found).values_list("email", flat=True))
    User.objects.filter(pk__in=found).update(phone="", mobile="", email="")
    Delivery.objects.filter(notification__person__in=found).update(address="", trouble="")
    for pk in found:
        note(Act.REMOVED, f"user {pk}", request=None, detail="telephone numbers and mail address")
    return len(found)
