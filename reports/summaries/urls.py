"""The addresses of summaries; their names are those of the room around."""

from django.urls import path

from reports.summaries.views import excel, grid, paper, remarks, sections, split, summary

urlpatterns = [
    path("assignments/<int:pk>/summary/", summary.summary, name="summary"),
    path("assignments/<int:pk>/summary.pdf", paper.paper, {"kind": "pdf"}, name="summary-pdf"),
    path("assignments/<int:pk>/summary.docx", paper.paper, {"kind": "docx"}, name="summary-word"),
    path("assignments/<int:pk>/summary.ofd", paper.paper, {"kind": "ofd"}, name="summary-ofd"),
    path("assignments/<int:pk>/summary/split/", split.split, name="split"),
    path("assignments/<int:pk>/remarks/", remarks.remark, name="remark"),
    path("remarks/<int:pk>/drop/", remarks.drop_remark, name="drop-remark"),
    path("campaigns/<int:pk>/summaries/", grid.grid, name="summaries"),
    path("campaigns/<int:pk>/summary-sections/", sections.sections, name="sections"),
    path("campaigns/<int:pk>/summary-figures/excel/", excel.figures, name="summary-figures"),
]
