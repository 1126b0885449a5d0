from django.urls import path

from feedback import views

app_name = "feedback"

urlpatterns = [
    path("feedback/", views.mine, name="mine"),
    path("feedback/office/", views.office, name="office"),
    path("feedback/<int:pk>/", views.one, name="one"),
    path("feedback/<int:pk>/answer/", views.answer, name="answer"),
    path("feedback/<int:pk>/again/", views.ask_again, name="ask-again"),
]
