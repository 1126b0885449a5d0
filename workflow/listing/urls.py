"""Addresses: what a person keeps of a list."""

from django.urls import path

from workflow.listing import views

app_name = "lists"
urlpatterns = [
    path("keep/", views.keep, name="keep"),
    path("columns/", views.columns, name="columns"),
    path("filters/<int:pk>/drop/", views.drop, name="drop"),
]
