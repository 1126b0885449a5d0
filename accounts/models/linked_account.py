"""Which account elsewhere is whose here: somebody signs in through an OpenID Connect provider."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class LinkedAccount(models.Model):
    """A person's account at a provider, by the number (``sub``) that it never gives to anybody else.

    A mail address would not do: it is given to a successor, and a name is typed by whoever likes it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="linked_accounts")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="linked_to_one"),
            models.UniqueConstraint(fields=["user", "issuer"], name="linked_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.issuer}"
