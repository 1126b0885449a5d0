"""What a deed says on the page it leads to: in a cookie of this host alone, or in the session where it is long."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class HostCookie(CookieStorage):
    """Django's cookie, under a name that browsers take from this host only."""

    cookie_name = f"{settings.COOKIE_PREFIX}messages"


class SaidOnce(FallbackStorage):
    """As Django's."""

    storage_classes = (HostCookie, SessionStorage)
