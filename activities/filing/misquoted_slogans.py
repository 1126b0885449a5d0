"""Where a filing quotes a slogan of its campaign almost rightly: pointed out to the unit and to the office."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models

from activities.models import Filing
from campaigns.near_quotations import Misquote, issued_words, misquotes
from workflow.pages import label


@dataclass(frozen=True)
class Misquoted:
    """A misquotation and what the people call the field in which it stands."""

    label: str
    quote: Misquote


def misquoted(filing: Filing) -> list[Misquoted]:
    """The misquotations in the texts of a filing and under its photos.

    Returns: findings in the order of the form, then of the photos. Two queries; none when nothing was written.
    """
    if filing.pk is None:
        return []
    texts = [*texts_of(filing), *captions_of(filing)]
    words = issued_words(filing.assignment.campaign) if texts else []
    return [Misquoted(name, quote) for name, text in texts for quote in misquotes(text, words)]


def texts_of(filing: Filing) -> Iterator[tuple[str, str]]:
    """Name and text of each field in which something was written."""
    for field in filing.columns_read():
        if isinstance(field, models.CharField | models.TextField) and not field.choices:
            text = getattr(filing, field.attname)
            if text and text.strip():
                yield label(filing, field.name), text
    yield from ((heading, text) for _key, heading, text in filing.own_texts() if text.strip())


def captions_of(filing: Filing) -> Iterator[tuple[str, str]]:
    """Name and text of each caption under the assignment's photos."""
    for photo in filing.assignment.photos.all():
        if photo.caption:
            yield label(photo, "caption"), photo.caption
