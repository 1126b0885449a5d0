"""What a page of this room tells rooms it does not know."""

from django.dispatch import Signal

personal_data_shown = Signal()
"""A page showed names and numbers of people; with its ``request``."""
