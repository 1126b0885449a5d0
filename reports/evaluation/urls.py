"""The addresses of the evaluation; their names are those of the room around."""

from django.urls import path

from reports.evaluation.views import assessing, evaluation, rules, sheets

urlpatterns = [
    path("campaigns/<int:pk>/evaluation/", evaluation.evaluation, name="evaluation"),
    path("campaigns/<int:pk>/evaluation/begin/", rules.begin, name="begin-evaluation"),
    path("campaigns/<int:pk>/evaluation/rules/", rules.rules, name="evaluation-rules"),
    path("campaigns/<int:pk>/evaluation/publish/", evaluation.publish, name="publish-evaluation"),
    path("campaigns/<int:pk>/evaluation/assessors/", evaluation.name_assessors, name="name-assessors"),
    path("campaigns/<int:pk>/evaluation/show/", evaluation.show, name="show-evaluation"),
    path("campaigns/<int:pk>/evaluation/release/", evaluation.release, name="release-evaluation"),
    path("campaigns/<int:pk>/evaluation/assess/", assessing.assess, name="assess"),
    path("campaigns/<int:pk>/evaluation/sheet/", sheets.sheet, name="sheet"),
    path("campaigns/<int:pk>/evaluation/sheet/comment/", sheets.comment, name="comment-sheet"),
    path("campaigns/<int:pk>/evaluation/sheet/adjust/", sheets.adjust, name="adjust-sheet"),
    path("evaluation/criteria/<int:pk>/wave/", rules.wave, name="wave-criterion"),
    path("evaluation/adjustments/<int:pk>/wave/", rules.wave_adjustment, name="wave-adjustment"),
    path("evaluation/adjustments/<int:pk>/withdraw/", sheets.withdraw, name="withdraw-adjustment"),
    path("evaluation/comments/<int:pk>/answer/", sheets.answer, name="answer-comment"),
    path("evaluation/releases/<int:pk>/result.xlsx", evaluation.release_as_excel, name="release-excel"),
    path("evaluation/releases/<int:pk>/", evaluation.one_release, name="release"),
]
