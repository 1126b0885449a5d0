"""What the child for strangers would do if the reckoning of what a picture costs were wrong."""

from documents import pixels
from documents.pictures.uploads import clean_jpeg


def unreckoned(data: bytes) -> bytes:
    """A picture made anew whatever it is reckoned to cost."""
    pixels.MOST_BYTES = 2**40
    return clean_jpeg(data, 1600)
