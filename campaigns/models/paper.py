"""The issued notice on paper: set once in the background, stored with its checksum."""

import hashlib
from collections.abc import Collection, Iterable
from typing import Any

from django.core.files.base import ContentFile
from django.db import models

from campaigns.models.notice import Notice
from documents.errors import DocumentError
from workflow.jobs import Job


class NoticePaper(Job):
    """The PDF and the Word file of one notice as a job: waiting, running, ready, failed with the reason."""

    TASK = "activities.set_paper"
    TOLD = (DocumentError,)

    notice = models.OneToOneField(Notice, models.CASCADE, related_name="paper")
    file = models.FileField(upload_to="notices/%Y/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    word = models.FileField(upload_to="notices/%Y/", blank=True)

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return self.notice.acts_in()

    def __str__(self) -> str:
        return str(self.notice)

    def store(self, pdf: bytes, word: bytes) -> dict[str, Any]:
        """Keep both files. Returns: the fields to write when the job is ready."""
        self.file.save(f"notice-{self.notice_id}.pdf", ContentFile(pdf), save=False)
        self.word.save(f"notice-{self.notice_id}.docx", ContentFile(word), save=False)
        return {"file": self.file.name, "word": self.word.name, "sha256": hashlib.sha256(pdf).hexdigest()}
