from django.urls import path

from campaigns.views import campaigns, notices

app_name = "campaigns"

urlpatterns = [
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/<int:pk>/", campaigns.campaign, name="campaign"),
    path("notices/<int:pk>/", notices.notice, name="notice"),
    path("notices/<int:pk>/paper/", notices.paper, name="paper"),
    path("notices/<int:pk>/notice.pdf", notices.paper_file, name="paper-file"),
    path("notices/<int:pk>/notice.docx", notices.word_file, name="word-file"),
]
