"""Where a page has no words of its own for a full disk, this one says that nothing was saved and what to do."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from workflow.kept_files import StorageFull

log = logging.getLogger("qualitymonth.files")
STATUS = 507
"""Insufficient Storage: https://www.rfc-editor.org/rfc/rfc4918#section-11.5"""


class NoRoom:
    """Answers what a view gave up because there was no room for a file."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """As without it."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a full disk; None for every other exception."""
        if not isinstance(exception, StorageFull):
            return None
        log.error("No room for a file sent to %s", request.path)
        return render(request, "507.html", {"words": str(exception)}, status=STATUS)
