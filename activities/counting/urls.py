"""Addresses: reports in numbers and their tally."""

from django.urls import path

from activities.counting.views import deliverables, excel, tally

urlpatterns = [
    path("campaigns/<int:pk>/tally/", tally.tally, name="tally"),
    path("campaigns/<int:pk>/figures/excel/", excel.figures, name="figures-excel"),
    path("activities/<int:pk>/tally/", tally.task_tally, name="task-tally"),
    path("assignments/<int:pk>/deliverable/", deliverables.deliverable, name="deliverable"),
    path("assignments/<int:pk>/deliverable/finish/", deliverables.finish_deliverable, name="finish-deliverable"),
    path("assignments/<int:pk>/deliverable/ask-again/", deliverables.ask_again, name="ask-again"),
    path("entries/<int:pk>/reject/", deliverables.reject, name="reject-entry"),
    path("entries/<int:pk>/put-back/", deliverables.put_back, name="put-back-entry"),
    path("entries/<int:pk>/take-back/", deliverables.take_back, name="take-back-entry"),
]
