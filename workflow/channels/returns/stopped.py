"""Addresses that get no more mail, as their server said for good that there is nobody."""

from django.db import models
from django.utils import timezone

from workflow.channels.delivery import TROUBLE, one_line


class StoppedQuerySet(models.QuerySet["StoppedAddress"]):
    def lift(self, *addresses: str) -> int:
        """Somebody says that these are right: mail goes there again. Returns: how many were stopped."""
        number, _rows = self.filter(address__in=[each.lower() for each in addresses]).delete()
        return number


class StoppedAddress(models.Model):
    """One of them, until it is changed or somebody says that it is right."""

    address = models.CharField(max_length=254, unique=True)
    """In small letters."""
    since = models.DateTimeField(default=timezone.now)
    said = models.CharField(max_length=TROUBLE)
    """What the server said."""

    objects = StoppedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.address

    @classmethod
    def stop(cls, address: str, said: str) -> None:
        """No more mail goes to an address."""
        if address:
            cls.objects.get_or_create(address=address.lower(), defaults={"said": one_line(said, TROUBLE)})
