"""What this room tells rooms it does not know."""

from django.dispatch import Signal

unit_moved = Signal()
"""A unit belongs to another one now; with ``unit``, ``before`` and ``after``: numbers of units, or None."""
