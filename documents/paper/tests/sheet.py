"""Print the notice of documents.tests.samples, and the first page of the other forms, on one contact sheet.

python -m documents.paper.tests.sheet      writes docs/gbt9704-sample.png
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image

from documents.paper.pdf import to_pdf
from documents.tests import samples

TARGET = Path(__file__).resolve().parents[3] / "docs" / "gbt9704-sample.png"
DPI, COLUMNS, GAP = 66, 5, 10
OTHERS = ("joint", "upward", "letter", "minutes", "bulletin", "order")


def main() -> None:
    """Write the contact sheet."""
    pages = _pages(to_pdf(samples.notice()))
    pages += [_pages(to_pdf(samples.ALL[name]()))[0] for name in OTHERS]
    width, height = pages[0].size
    rows = -(-len(pages) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * (width + GAP) + GAP, rows * (height + GAP) + GAP), "#8a8f98")
    for index, page in enumerate(pages):
        place = (GAP + index % COLUMNS * (width + GAP), GAP + index // COLUMNS * (height + GAP))
        sheet.paste(page, place)
    TARGET.parent.mkdir(exist_ok=True)
    sheet.quantize(64).save(TARGET, optimize=True)
    print(f"{TARGET.name}: {len(pages)} pages")


def _pages(pdf: bytes) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    return [document[index].render(scale=DPI / 72).to_pil().convert("RGB") for index in range(len(document))]


if __name__ == "__main__":
    main()
