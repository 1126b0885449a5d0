"""Addresses: supervision slips and the replies to them."""

from django.urls import path

from activities.supervision.views import drafting, papers, preview, reply, slips

urlpatterns = [
    path("campaigns/<int:pk>/slips/", slips.slips, name="slips"),
    path("campaigns/<int:pk>/slips/propose/", drafting.propose, name="propose-slips"),
    path("slips/<int:pk>/", slips.slip, name="slip"),
    path("slips/<int:pk>/edit/", drafting.edit, name="edit-slip"),
    path("slips/<int:pk>/preview/", preview.preview, name="slip-preview"),
    path("slips/<int:pk>/preview/page/", preview.preview_page, name="slip-preview-page"),
    path("slips/<int:pk>/issue/", slips.issue, name="issue-slip"),
    path("slips/<int:pk>/withdraw/", slips.withdraw, name="withdraw-slip"),
    path("slips/<int:pk>/close/", slips.close, name="close-slip"),
    path("slips/<int:pk>/paper/", papers.paper, name="slip-paper"),
    path("slips/<int:pk>/pdf/", papers.pdf, name="slip-pdf"),
    path("slips/<int:pk>/word/", papers.word, name="slip-word"),
    path("slips/<int:pk>/ofd/", papers.ofd, name="slip-ofd"),
    path("slips/<int:pk>/set-again/", papers.set_again, name="set-slip-again"),
    path("assignments/<int:pk>/slip-reply/", reply.reply, name="slip-reply"),
]
