"""The addresses of writing a notice."""

from django.urls import path

from campaigns.views import addressees, annexes, editor, versions

urlpatterns = [
    path("notices/<int:pk>/edit/", editor.editor, name="editor"),
    path("notices/<int:pk>/addressees/", addressees.addressees, name="addressees"),
    path("notices/<int:pk>/copy-to/", addressees.copy_to, name="copy-to"),
    path("notices/<int:pk>/bodies/", addressees.bodies, name="bodies"),
    path("notices/<int:pk>/annexes/", annexes.annexes, name="annexes"),
    path("annexes/<int:pk>/", annexes.annex, name="annex"),
    path("annexes/<int:pk>/move/", annexes.move_annex, name="move-annex"),
    path("annexes/<int:pk>/file/", annexes.annex_file, name="annex-file"),
    path("notices/<int:pk>/versions/", versions.versions, name="versions"),
    path("notices/<int:pk>/versions/compare/", versions.compared, name="compare-versions"),
    path("notices/versions/<int:pk>/", versions.version, name="version"),
    path("notices/versions/<int:pk>/take/", versions.take_version, name="take-version"),
]
