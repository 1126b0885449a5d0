from django.urls import path

from campaigns.views import assets, campaigns, figure_meaning, figures, notices, numbers, register, way
from campaigns.writing_urls import urlpatterns as writing

app_name = "campaigns"

urlpatterns = [
    *writing,
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/<int:pk>/", campaigns.campaign, name="campaign"),
    path("campaigns/new/", campaigns.new_campaign, name="new-campaign"),
    path("campaigns/<int:pk>/edit/", campaigns.edit_campaign, name="edit-campaign"),
    path("campaigns/<int:pk>/figures/", figures.figures, name="figures"),
    path("campaigns/<int:pk>/figures/meaning/", figure_meaning.figure_meaning, name="figure-meaning"),
    path("campaigns/<int:pk>/move/", campaigns.move_campaign, name="move-campaign"),
    path("campaigns/<int:pk>/artwork/", assets.assets, name="assets"),
    path("artwork/<int:pk>/", assets.asset, name="asset"),
    path("artwork/versions/<int:pk>/file/", assets.asset_file, name="asset-file"),
    path("artwork/versions/<int:pk>/small/", assets.asset_thumbnail, name="asset-thumbnail"),
    path("slogans/", register.sayings, name="sayings"),
    path("notices/<int:pk>/", notices.notice, name="notice"),
    path("notices/<int:pk>/units/", notices.notice_units, name="notice-units"),
    path("notices/<int:pk>/paper/", notices.paper, name="paper"),
    path("notices/<int:pk>/notice.pdf", notices.paper_file, name="paper-file"),
    path("notices/<int:pk>/notice.docx", notices.word_file, name="word-file"),
    path("notices/<int:pk>/notice.ofd", notices.ofd_file, name="ofd-file"),
    path("notices/<int:pk>/compare/", notices.compare_file, name="compare-file"),
    *(path(f"notices/<int:pk>/{deed}/", way.step, {"deed": deed}, name=deed) for deed in way.PRESSES),
    *(path(f"notices/<int:pk>/{deed}/", way.joint_step, {"deed": deed}, name=deed) for deed in way.JOINT_PRESSES),
    path("notices/<int:pk>/discard/", way.discard, name="discard-notice"),
    path("numbers/", numbers.numbers, name="numbers"),
    path("numbers/<int:pk>/", numbers.series, name="series"),
]
