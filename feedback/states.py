"""States of what somebody wrote to the office, and where each may go."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FeedbackState(models.TextChoices):
    RECEIVED = "received", _("Waiting for an answer")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Not taken up")


FEEDBACK_MOVES: dict[str, set[str]] = {
    FeedbackState.RECEIVED: {FeedbackState.ANSWERED, FeedbackState.CLOSED},
    FeedbackState.ANSWERED: {FeedbackState.RECEIVED},
    FeedbackState.CLOSED: {FeedbackState.RECEIVED},
}
"""What was answered waits again when the writer asks again."""
