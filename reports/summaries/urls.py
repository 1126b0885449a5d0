"""The addresses of summaries; their names are those of the room around."""

from django.urls import path

from reports.summaries.views import excel, sections, summary

urlpatterns = [
    path("assignments/<int:pk>/summary/", summary.summary, name="summary"),
    path("campaigns/<int:pk>/summary-sections/", sections.sections, name="sections"),
    path("campaigns/<int:pk>/summary-figures/excel/", excel.figures, name="summary-figures"),
]
