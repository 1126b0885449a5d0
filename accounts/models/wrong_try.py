"""Wrong passwords and codes, counted; :mod:`accounts.brakes` says what follows."""

from django.db import models


class WrongTry(models.Model):
    """How often something was tried wrongly since it was last quiet. The key is a digest: it holds no name."""

    key = models.CharField(max_length=64, primary_key=True)
    wrong = models.PositiveIntegerField(default=1)
    last_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.wrong} × {self.key[:8]}"
