"""Addresses: composing a briefing, its editions, where its figures come from."""

from django.urls import path

from reports.briefings.views import chapters, choosing, compose, editions, figures
from reports.models import BriefingKind

OF_CAMPAIGN = "campaigns/<int:pk>/briefings/"
COMPOSED = "compositions/<int:pk>/"

urlpatterns = [
    path(OF_CAMPAIGN, editions.briefings, name="briefings"),
    path(f"{OF_CAMPAIGN}figures/", figures.figures, name="briefing-figures"),
    path(f"{OF_CAMPAIGN}figures.xlsx", figures.figures_excel, name="briefing-figures-excel"),
    path(f"{OF_CAMPAIGN}leaders/", figures.leaders, name="leaders-page"),
    path(f"{OF_CAMPAIGN}chapters/", chapters.chapters, name="chapters"),
    path("assignments/<int:pk>/chapter.pdf", chapters.chapter_pdf, name="chapter-pdf"),
    path("assignments/<int:pk>/chapter/", chapters.chapter, name="chapter"),
    path(f"{OF_CAMPAIGN}consolidated/", compose.compose, {"kind": BriefingKind.CONSOLIDATED}, name="compose"),
    path(f"{OF_CAMPAIGN}bulletin/", compose.compose, {"kind": BriefingKind.BULLETIN}, name="compose-bulletin"),
    path(f"{COMPOSED}draft/", compose.compose_draft, name="compose-draft"),
    path(f"{COMPOSED}cases/", choosing.choose_cases, name="choose-cases"),
    path(f"{COMPOSED}problems/", choosing.choose_problems, name="choose-problems"),
    path(f"{COMPOSED}row/", compose.compose_row, name="compose-row"),
    path(f"{COMPOSED}freeze/", compose.freeze, name="freeze"),
    path("briefings/<int:pk>/", editions.briefing, name="briefing"),
    path("briefings/<int:pk>/progress/", editions.progress, name="progress"),
    path("briefings/<int:pk>/briefing.pdf", editions.file, {"kept": "file"}, name="file"),
    path("briefings/<int:pk>/briefing.docx", editions.file, {"kept": "word"}, name="book-word"),
    path("briefings/<int:pk>/briefing.ofd", editions.file, {"kept": "ofd"}, name="book-ofd"),
    path("briefings/<int:pk>/paper.pdf", editions.file, {"kept": "paper"}, name="circular-file"),
    path("briefings/<int:pk>/paper.docx", editions.file, {"kept": "paper_word"}, name="circular-word"),
    path("briefings/<int:pk>/paper.ofd", editions.file, {"kept": "paper_ofd"}, name="circular-ofd"),
    path("briefings/<int:pk>/own/used.xlsx", editions.own_excel, name="own-used-excel"),
    path("briefings/<int:pk>/own/used.pdf", editions.own_pdf, name="own-used-pdf"),
    path("briefings/<int:pk>/circulate/", editions.circulate, name="circulate"),
    path("briefings/<int:pk>/notice/", editions.to_notice, name="to-notice"),
    path("briefings/<int:pk>/retry/", editions.retry, name="retry"),
]
