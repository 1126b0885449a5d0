"""Addresses: what was filed is read and answered."""

from django.urls import path

from activities.judging.views import assignments, bulk, cases, coverages, filings, petitions, reviewing, signing

urlpatterns = [
    path("campaigns/<int:pk>/assignments/", assignments.assignments, name="assignments"),
    path("campaigns/<int:pk>/bulk/", bulk.bulk, name="bulk-deed"),
    path("bulk/<int:pk>/", bulk.one_bulk, name="bulk"),
    path("bulk/<int:pk>/progress/", bulk.bulk_progress, name="bulk-progress"),
    path("bulk/<int:pk>/undo/", bulk.undo, name="undo-bulk"),
    path("bulk/<int:pk>/again/", bulk.bulk_again, name="bulk-again"),
    path("assignments/<int:pk>/select/", cases.select, name="select-case"),
    path("campaigns/<int:pk>/filings/", filings.filings, name="filings"),
    path("filed/", filings.own_filings, name="own-filings"),
    path("campaigns/<int:pk>/coverage/", coverages.coverages, name="coverages"),
    path("campaigns/<int:pk>/cases/", cases.cases, name="cases"),
    path("cases/<int:pk>/", cases.published_case, name="published-case"),
    path("cases/<int:pk>/edit/", cases.edit_case, name="edit-case"),
    path("cases/<int:pk>/publish/", cases.publish_case, name="publish-case"),
    path("cases/<int:pk>/unpublish/", cases.unpublish_case, name="unpublish-case"),
    path("cases/<int:pk>/drop/", cases.drop_case, name="drop-case"),
    path("assignments/<int:pk>/ask/", petitions.ask, name="ask"),
    path("assignments/<int:pk>/ask-return/", petitions.ask_return, name="ask-return"),
    path("assignments/<int:pk>/open-again/", petitions.open_again, name="open-again"),
    path("petitions/<int:pk>/take-back/", petitions.take_back, name="take-back-petition"),
    path("assignments/<int:pk>/next/", reviewing.next_one, name="next-waiting"),
    path("campaigns/<int:pk>/petitions/", petitions.petitions, name="petitions"),
    path("campaigns/<int:pk>/terms/", petitions.terms, name="terms"),
    path("assignments/<int:pk>/withdraw/", assignments.withdraw, name="withdraw"),
    path("assignments/<int:pk>/accept/", reviewing.accept, name="accept"),
    path("assignments/<int:pk>/pass-on/", signing.pass_on, name="pass-on"),
    path("assignments/<int:pk>/return-to-officer/", signing.return_to_officer, name="return-to-officer"),
    path("assignments/<int:pk>/take-from-head/", signing.take_back, name="take-from-head"),
    path("assignments/<int:pk>/return/", reviewing.send_back, name="return"),
]
