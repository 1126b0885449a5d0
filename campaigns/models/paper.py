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
    """The PDF, the Word file and the OFD of one notice as a job: waiting, running, ready, failed with the reason."""

    TASK = "activities.set_paper"
    TOLD = (DocumentError,)

    notice = models.OneToOneField(Notice, models.CASCADE, related_name="paper")
    file = models.FileField(upload_to="notices/%Y/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    word = models.FileField(upload_to="notices/%Y/", blank=True)
    word_sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")
    ofd = models.FileField(upload_to="notices/%Y/", blank=True, default="", db_default="")
    ofd_sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")

    def acts_in(self) -> Iterable[tuple[int, Collection[str]]]:
        return self.notice.acts_in()

    def __str__(self) -> str:
        return str(self.notice)

    def store(self, pdf: bytes, word: bytes, ofd: bytes) -> dict[str, Any]:
        """Keep the three files. Returns: the fields to write when the job is ready, each file with its checksum."""
        self.file.save(f"notice-{self.notice_id}.pdf", ContentFile(pdf), save=False)
        self.word.save(f"notice-{self.notice_id}.docx", ContentFile(word), save=False)
        self.ofd.save(f"notice-{self.notice_id}.ofd", ContentFile(ofd), save=False)
        marks = [hashlib.sha256(data).hexdigest() for data in (pdf, word, ofd)]
        names = {"file": self.file.name, "word": self.word.name, "ofd": self.ofd.name}
        return names | dict(zip(("sha256", "word_sha256", "ofd_sha256"), marks, strict=True))
