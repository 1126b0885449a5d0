"""What is kept for readers of any language is worded in the language of the site, not in that of whoever acts."""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _


def in_site_language(message: str, **values: Any) -> str:
    """A message as the log keeps it.

    Arguments: an English message id (marked with gettext_noop); its values, or what gives them in that language.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return _(message) % {name: value() if callable(value) else value for name, value in values.items()}
