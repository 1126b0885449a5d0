"""Addresses: one more question, and the answers to it."""

from django.urls import path

from activities.questions.views import answering, excel, questions

urlpatterns = [
    path("campaigns/<int:pk>/questions/", questions.questions, name="questions"),
    path("campaigns/<int:pk>/questions/new/", questions.new, name="new-question"),
    path("questions/<int:pk>/", questions.question, name="question"),
    path("questions/<int:pk>/excel/", excel.answers, name="answers-excel"),
    path("questions/<int:pk>/edit/", questions.edit, name="edit-question"),
    path("questions/<int:pk>/extend/", questions.extend, name="extend-question"),
    path("questions/<int:pk>/close/", questions.close, name="close-question"),
    path("questions/<int:pk>/answer/", answering.from_message, name="answer-question"),
    path("assignments/<int:pk>/answer/", answering.answer, name="answer"),
]
