"""Bind a book of chapters, each set once and kept."""

from .binding import Bound, ChapterFailed, Failure, bind, bind_into, chapter_jobs, forget
from .book import Book, Chapter
from .chapter_setting import set_chapter
from .whole_book import set_whole

__all__ = [
    "Book", "Bound", "Chapter", "ChapterFailed", "Failure", "bind", "bind_into", "chapter_jobs", "forget",
    "set_chapter", "set_whole",
]  # fmt: skip
