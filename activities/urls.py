from django.urls import path

from activities.views import (
    activities,
    assignments,
    issue,
    liaison,
    material,
    photos,
    plan,
    proposals,
    readings,
    receipt,
)

app_name = "activities"

urlpatterns = [
    path("campaigns/<int:pk>/activities/", activities.activities, name="activities"),
    path("activities/<int:pk>/", activities.activity, name="activity"),
    path("campaigns/<int:pk>/assignments/", assignments.assignments, name="assignments"),
    path("notices/<int:pk>/issue/", issue.issue, name="issue"),
    path("notices/<int:pk>/paper/retry/", issue.set_again, name="set-again"),
    path("notices/<int:pk>/receipts/", assignments.receipts, name="receipts"),
    path("assignments/<int:pk>/receipt/", receipt.receipt, name="receipt"),
    path("assignments/<int:pk>/liaison/", liaison.liaison, name="liaison"),
    path("assignments/<int:pk>/plan/", plan.plan, name="plan"),
    path("assignments/<int:pk>/material/", material.material, name="material"),
    path("assignments/<int:pk>/withdraw/", assignments.withdraw, name="withdraw"),
    path("assignments/<int:pk>/accept/", assignments.accept, name="accept"),
    path("assignments/<int:pk>/return/", assignments.send_back, name="return"),
    path("readings/", readings.readings, name="readings"),
    path("readings/<int:pk>/", readings.reading, name="reading"),
    path("readings/<int:pk>/confirm/", readings.confirm, name="confirm"),
    path("readings/<int:pk>/undo/", readings.undo, name="undo"),
    path("proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("proposals/<int:pk>/mark/", proposals.mark, name="mark"),
    path("proposals/<int:pk>/split/", proposals.split, name="split"),
    path("proposals/<int:pk>/merge/", proposals.merge, name="merge"),
    path("units/like/", readings.units_like, name="units-like"),
    path("photos/<int:pk>/", photos.photo, name="photo"),
    path("photos/<int:pk>/small/", photos.thumbnail, name="thumbnail"),
]
