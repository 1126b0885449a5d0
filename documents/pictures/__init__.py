"""Pictures as people hand them in: judged by what they are, made anew from their pixels; pages of a PDF as pictures."""

from .pdf_pages import page_picture, page_sizes
from .small import thumbnail
from .uploads import clean_jpeg, is_damaged

__all__ = ["clean_jpeg", "is_damaged", "page_picture", "page_sizes", "thumbnail"]
