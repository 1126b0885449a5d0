"""Addresses: photos and files, handed to those who may see them."""

from django.urls import path

from activities.evidence.views import attachments, photos

urlpatterns = [
    path("attachments/<int:pk>/", attachments.attachment, name="attachment"),
    path("photos/<int:pk>/", photos.photo, name="photo"),
    path("photos/<int:pk>/small/", photos.thumbnail, name="thumbnail"),
    path("photos/<int:pk>/part/", photos.photo_part, name="photo-part"),
    path("photos/<int:pk>/alike/", photos.alike, name="alike"),
]
