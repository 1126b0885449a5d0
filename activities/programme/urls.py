"""Addresses: the activities of a campaign: list, task table, rounds."""

from django.urls import path

from activities.programme.views import activities, rounds, tasks

urlpatterns = [
    path("campaigns/<int:pk>/activities/", activities.activities, name="activities"),
    path("activities/<int:pk>/", activities.activity, name="activity"),
    path("campaigns/<int:pk>/tasks/", tasks.tasks, name="tasks"),
    path("campaigns/<int:pk>/tasks/excel/", tasks.excel, name="activities-excel"),
    path("campaigns/<int:pk>/tasks/new/", tasks.new_task, name="new-task"),
    path("activities/<int:pk>/edit/", tasks.task, name="task"),
    path("activities/<int:pk>/strike/", tasks.strike, name="strike-task"),
    path("activities/<int:pk>/hand-out/", tasks.hand_out, name="hand-out"),
    path("handouts/<int:pk>/", tasks.handing_out, name="handing-out"),
    path("campaigns/<int:pk>/rounds/", rounds.rounds, name="rounds"),
    path("activities/<int:pk>/rounds/new/", rounds.new_round, name="new-round"),
    path("rounds/<int:pk>/", rounds.edit_round, name="round"),
    path("rounds/<int:pk>/strike/", rounds.strike_round, name="strike-round"),
    path("appearances/<int:pk>/", rounds.appearance, name="appearance"),
]
