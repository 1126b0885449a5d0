"""Photos are served to those who see their assignment, and to nobody else."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.private_pages import asked_again
from activities.evidence.photo_to_come import placed
from activities.models import Photo
from activities.models.photo import Likeness
from activities.states import VERDICTS, LikenessState
from workflow.pages import refused, require, told, visible, words
from workflow.sent_files import shown

ABOUT = [f"assignment__{each}" for each in ("unit", "campaign", "activity", "demand")]


@require_safe
def photo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The photo at print size."""
    return sent(request, seen_by(request, pk).file)


@require_safe
def thumbnail(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The photo as a thumbnail; at print size as long as a worker has not made it."""
    found = seen_by(request, pk)
    return sent(request, found.thumbnail or found.file)


@require_safe
def photo_part(request: HttpRequest, pk: int) -> HttpResponse:
    """The photo in its place on a page, which asks again while a worker has not made it."""
    found: Photo = visible(Photo, request, pk=pk)
    return render(request, "activities/evidence/photo_part.html", placed(found, linked="linked" in request.GET))


@require_http_methods(["GET", "HEAD", "POST"])
def alike(request: HttpRequest, pk: int) -> HttpResponse:
    """The photo beside those of other filings that look like it; the office says what it makes of each."""
    found: Photo = visible(Photo.objects.select_related(*ABOUT), request, pk=pk)
    require(request, "compare", found.assignment)
    others = found.alike(request.user)
    if request.method == "POST":
        return judged(request, found, {str(each.likeness.pk): each.likeness for each in others})
    lines = Likeness.last_lines(each.likeness for each in others)
    context = {
        "photo": found,
        "others": [(each, lines.get(each.likeness.pk)) for each in others],
        "verdicts": [(each.value, each.label) for each in VERDICTS],
        "campaign": found.assignment.campaign,
    }
    return render(request, "activities/evidence/photos_alike.html", context)


def judged(request: HttpRequest, photo: Photo, pointers: dict[str, Likeness]) -> HttpResponse:
    """Write what the office makes of one pointer, or open it again."""
    pointer, verdict = pointers.get(words(request.POST, "likeness")), words(request.POST, "verdict")
    done = _("It is open again.") if verdict == LikenessState.OPEN else _("Noted. It is not pointed out any more.")
    if pointer is None or verdict not in LikenessState.values:  # one of the photos was taken away meanwhile
        refused(request, _("Nothing was changed. Please look again."))
    else:
        with told(request, done):
            pointer.move(verdict, by=request.user)
    return redirect("activities:alike", photo.pk)


def seen_by(request: HttpRequest, pk: int) -> Photo:
    """The photo, if the person may see it and a worker has made it. Raises: Http404."""
    found: Photo = visible(Photo, request, pk=pk)
    if not found.file:
        raise Http404
    return found


def sent(request: HttpRequest, file: Any) -> HttpResponseBase:
    """A picture; the name of its file is another one whenever its content is."""
    return asked_again(request, file.name, lambda: shown(file, "image/jpeg"))
