"""The reason that goes with a deed."""

from django.http import HttpRequest

from workflow.pages import refused, words

LONGEST = 1000


def reason_given(request: HttpRequest, complaint: str) -> str:
    """What was typed as the reason.

    Arguments: the request; what to say when it is empty or too long. Returns: the reason, or nothing.
    """
    reason = words(request.POST, "reason")
    if reason and len(reason) <= LONGEST:
        return reason
    refused(request, complaint)
    return ""
