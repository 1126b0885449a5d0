"""Who is signed in where: a session that knows its person, so that it can be listed and ended."""

from hashlib import sha256
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from accounts.models.people import User


class Session(AbstractBaseSession):
    """Django's row of a session with its person; :mod:`accounts.sessions` writes it."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    """None: nobody signed in, something typed or a personal link is kept."""

    @classmethod
    def get_session_store_class(cls) -> Any:
        """The store that reads and writes these rows."""
        return import_module(settings.SESSION_ENGINE).SessionStore

    @property
    def number(self) -> str:
        """What a page may say of it: the key itself opens it, so it stands on no page."""
        return sha256(self.session_key.encode()).hexdigest()[:16]
