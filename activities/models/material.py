"""Other material a notice asks for: a text, with photos where they help."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.models.filing import Filing


class Material(Filing):
    """One version of a material."""

    text = models.TextField(_("text"), max_length=20_000, blank=True)
