"""What belongs to the demonstration: a mark left when it was loaded, so that nothing else is taken for it."""

from django.db import models


class DemonstrationMark(models.Model):
    """How far the rows of each kind went when the demonstration was loaded: what came later is somebody's own."""

    loaded_at = models.DateTimeField(auto_now_add=True)
    last = models.JSONField()
    """The highest id of each kind, by the label of its model."""

    def __str__(self) -> str:
        return f"{self.loaded_at:%Y-%m-%d %H:%M}"
