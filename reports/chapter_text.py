"""The sections of a summary as blocks of a paper: in the briefing and in the unit's own."""

from __future__ import annotations

from collections.abc import Iterator

from documents.numbering import join
from documents.outline import Block, Heading, Paragraph, from_text


def section_blocks(heading: str, text: str) -> Iterator[Block]:
    """A section as it was typed: tabbed lines as a table. Its own heading, typed once more, is left out.

    Other headings of the first level stay lines, or they would look like sections of the form.
    """
    for place, block in enumerate(from_text(text)):
        if isinstance(block, Heading) and block.level == 1:
            if place == 0 and block.text.strip("：:。 ") == heading:
                continue
            block = Paragraph(join(block.number, block.text))
        elif place == 0 and isinstance(block, Paragraph) and block.text.strip("：:。 ") == heading:
            continue
        yield block
