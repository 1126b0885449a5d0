"""A webhook as the operator set it up: settings read it, so there is nothing of Django here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Hook:
    """Where letters go as JSON, signed with which key, how fast, and which of them."""

    name: str
    """As deliveries keep it."""
    url: str
    secret: str
    label: str = ""
    """What people read; empty: its name."""
    a_minute: int = 0
    offices: tuple[str, ...] = ()
    """Only people of these offices, and who files for units they look after; empty: everybody."""
    keys: tuple[str, ...] = ()
    """Only messages whose key begins with one of these words; empty: every message."""
    setting: str = "WEBHOOK_URL"
    """The setting that names the address."""
