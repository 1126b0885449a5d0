"""The foot of a notice: 抄送, who printed it and when, and whether it is public."""

from __future__ import annotations

import re

from documents.reading.phrases.spans import Text, verbatim
from documents.reading.structure.dissection import Paper

_COPY = re.compile(r"抄\s*送\s*[：:]\s*(?P<to>.+)")
_PUBLIC = re.compile(r"公开(?:属性|方式|类别)\s*[：:]\s*(?P<p>.+)|[(（]?(?P<q>此件.*公开(?:发布)?)[)）]?")


def _lines(paper: Paper) -> list[Text]:
    return [Text(verbatim(paper.source, line.span), line.span) for line in paper.parts.imprint]


def copied(paper: Paper) -> list[Text]:
    """Return the bodies that get a copy."""
    found = []
    for line in _lines(paper):
        match = _COPY.search(line.value)
        names = re.split("[，、；,;]", match["to"].rstrip("。")) if match else []
        found += [Text(name.strip(), line.span) for name in names if name.strip()]
    return found


def printed(paper: Paper) -> Text | None:
    """Return the line that says who printed the notice and when."""
    return next((line for line in _lines(paper) if line.value.endswith("印发")), None)


def publicity(paper: Paper) -> Text | None:
    """Return whether the notice may be published, as printed."""
    for line in _lines(paper):
        match = _PUBLIC.search(line.value)
        if match is not None:
            return Text((match["p"] or match["q"]).strip(), line.span)
    return None
