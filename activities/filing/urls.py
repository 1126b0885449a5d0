"""Addresses: writing what is owed, and what a unit sends of its own accord."""

from django.urls import path

from activities.filing.views import case, coverage, liaison, material, plan, progress, receipt, volunteer

urlpatterns = [
    path("assignments/<int:pk>/receipt/", receipt.receipt, name="receipt"),
    path("assignments/<int:pk>/liaison/", liaison.liaison, name="liaison"),
    path("assignments/<int:pk>/plan/", plan.plan, name="plan"),
    path("assignments/<int:pk>/material/", material.material, name="material"),
    path("assignments/<int:pk>/progress/", progress.progress, name="progress"),
    path("assignments/<int:pk>/case/", case.case, name="case"),
    path("assignments/<int:pk>/coverage/", coverage.coverage, name="coverage"),
    path("assignments/<int:pk>/discard/", volunteer.discard, name="discard"),
    path("campaigns/<int:pk>/begin/", volunteer.begin, name="begin"),
]
