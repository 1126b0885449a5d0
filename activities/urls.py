"""The addresses of every room of activities, in one namespace."""

from django.urls import include, path

app_name = "activities"

ROOMS = (
    "judging",
    "filing",
    "evidence",
    "behalf",
    "counting",
    "packing",
    "printing",
    "adopting",
    "handing_down",
    "asking",
    "chasing",
    "burden",
    "programme",
    "schedule",
    "meetings",
    "units",
    "reading",
    "supervision",
    "questions",
)

urlpatterns = [path("", include(f"activities.{room}.urls")) for room in ROOMS]
