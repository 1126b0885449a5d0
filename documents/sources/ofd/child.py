"""The process that reads an OFD: bytes on standard input; its text and what lies beside it as JSON on output."""

from __future__ import annotations

import json
from typing import Any

from documents.in_child import Stop
from documents.refusal import Refused

from .reader import Reader


def read(data: bytes) -> str:
    """Return the text of an OFD, its fields and its remarks as JSON; raises Stop with the reason."""
    try:
        reader = Reader(data)
        told: dict[str, Any] = {"text": reader.text(), "fields": reader.fields, "remarks": reader.remarks}
    except Refused as refused:
        raise Stop(refused.code) from refused
    return json.dumps(told, ensure_ascii=False)
