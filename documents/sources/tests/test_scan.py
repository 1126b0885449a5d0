"""Scans are refused with how to add the optional part where it is missing; what reads them is tested beside."""

from __future__ import annotations

import pytest

from documents.refusal import REASONS, Refused
from documents.sources.scan import process


def test_without_the_optional_part_the_refusal_says_how_to_add_it(monkeypatch):
    monkeypatch.setattr(process, "find_spec", lambda _name: None)
    with pytest.raises(Refused) as refused:
        process.scan_source("a.pdf", b"%PDF-1.7")
    assert (refused.value.code, "requirements-scans.txt" in str(REASONS["no-scans"])) == ("no-scans", True)
