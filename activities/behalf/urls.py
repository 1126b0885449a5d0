"""Addresses: filing for a unit: by the office from a mail, by a personal link."""

from django.urls import path

from activities.behalf.views import incoming, links, visitor

urlpatterns = [
    path("assignments/<int:pk>/behalf/", incoming.behalf, name="behalf"),
    path("campaigns/<int:pk>/links/", links.links, name="links"),
    path("links/<int:pk>/revoke/", links.revoke, name="revoke-link"),
    path("link/", visitor.link_page, name="link-page"),
    path("link/leave/", visitor.leave, name="leave-link"),
    path("link/<str:secret>/", visitor.enter, name="link"),
]
