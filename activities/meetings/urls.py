"""Addresses: joint meetings, their minutes, what they decided."""

from django.urls import path

from activities.meetings.views import answering, decisions, meetings, minutes

urlpatterns = [
    path("campaigns/<int:pk>/meetings/", meetings.meetings, name="meetings"),
    path("campaigns/<int:pk>/meetings/new/", meetings.new, name="new-meeting"),
    path("campaigns/<int:pk>/decisions/", decisions.decisions, name="decisions"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/edit/", meetings.edit, name="edit-meeting"),
    path("meetings/<int:pk>/convene/", meetings.convene, name="convene-meeting"),
    path("meetings/<int:pk>/cancel/", meetings.cancel, name="cancel-meeting"),
    path("meetings/<int:pk>/attendance/", answering.attendance, name="attendance"),
    path("meetings/<int:pk>/minutes/", minutes.minutes, name="minutes"),
    path("meetings/<int:pk>/decisions/add/", decisions.add, name="add-decision"),
    path("meetings/<int:pk>/decisions/hand-out/", decisions.hand_out, name="hand-out-decisions"),
    path("invitations/<int:pk>/", answering.invitation, name="invitation"),
    path("decisions/<int:pk>/edit/", decisions.edit, name="edit-decision"),
    path("decisions/<int:pk>/drop/", decisions.drop, name="drop-decision"),
    path("minutes/<int:pk>/", minutes.version, name="minutes-version"),
    path("minutes/<int:pk>/circulate/", minutes.circulate, name="circulate-minutes"),
    path("minutes/<int:pk>/preview/", minutes.preview, name="minutes-preview"),
    path("minutes/<int:pk>/preview/page/", minutes.preview_page, name="minutes-preview-page"),
    path("minutes/<int:pk>/paper/", minutes.paper, name="minutes-paper"),
    path("minutes/<int:pk>/pdf/", minutes.pdf, name="minutes-pdf"),
    path("minutes/<int:pk>/word/", minutes.word, name="minutes-word"),
    path("minutes/<int:pk>/set-again/", minutes.set_again, name="set-minutes-again"),
]
