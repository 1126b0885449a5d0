"""Addresses: the pages of a notice before it is issued."""

from django.urls import path

from activities.printing import views

urlpatterns = [
    path("notices/<int:pk>/preview/", views.notice_preview, name="preview"),
    path("notices/<int:pk>/preview/page/", views.preview_page, name="preview-page"),
]
