"""Addresses: rules, reminders by hand, the outbox, the ledger."""

from django.urls import path

from activities.chasing.views import ledger, remind, reminders, rules

urlpatterns = [
    path("campaigns/<int:pk>/reminding/", rules.rules, name="chasing"),
    path("campaigns/<int:pk>/remind/", remind.remind, name="remind"),
    path("campaigns/<int:pk>/reminders/", reminders.reminders, name="reminders"),
    path("reminders/<int:pk>/", reminders.reminder, name="reminder"),
    path("reminders/<int:pk>/hold/", reminders.hold, name="hold-reminder"),
    path("reminders/<int:pk>/send/", reminders.send, name="send-reminder"),
    path("reminders/<int:pk>/delete/", reminders.delete, name="delete-reminder"),
    path("reminders/<int:pk>/again/", reminders.again, name="reminder-again"),
    path("campaigns/<int:pk>/ledger/", ledger.of_campaign, name="ledger"),
    path("units/<int:pk>/ledger/", ledger.of_unit, name="unit-ledger"),
]
