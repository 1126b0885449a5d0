"""Artwork of a campaign: logo, posters, banners, clips, with the rules of their use."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.artwork import add_version, counted
from campaigns.finding import campaign_of
from campaigns.forms.register import AssetFileForm, AssetForm
from campaigns.models import Asset, AssetVersion
from workflow.judged_upload import tell_cleaned
from workflow.pages import may, require, visible
from workflow.sent_files import saved, shown


def assets(request: HttpRequest, pk: int) -> HttpResponse:
    """All artwork of a campaign; staff add one with its first file."""
    campaign = campaign_of(request, pk)
    form = AssetForm(request.POST or None, campaign=campaign)
    file = AssetFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        require(request, "change", campaign)
        if form.is_valid() & file.is_valid():
            with transaction.atomic():
                form.instance.campaign = campaign
                add_version(form.save(), file.cleaned_data["file"], by=request.user)
            tell_cleaned(request, file.cleaned_data["file"])
            messages.success(request, _("%(title)s was added.") % {"title": form.instance})
            return redirect("campaigns:assets", campaign.pk)
    rows = campaign.assets.prefetch_related("versions").annotate(downloads=Sum("versions__downloads"))
    context = {
        "campaign": campaign,
        "assets": rows,
        "form": form,
        "file": file,
        "runs": may(request.user, "change", campaign),
    }
    return render(request, "campaigns/assets.html", context, status=422 if form.errors or file.errors else 200)


def asset(request: HttpRequest, pk: int) -> HttpResponse:
    """One artwork with its versions; staff add a new version or change the rules of use."""
    found = visible(Asset.objects.select_related("campaign__host"), request, pk=pk)
    campaign = found.campaign
    chosen = request.POST if "title" in request.POST else None
    form = AssetForm(chosen, instance=found, campaign=campaign)
    file = AssetFileForm(request.POST if request.POST and not chosen else None, request.FILES or None, asset=found)
    if request.method == "POST":
        require(request, "change", campaign)
        if chosen and form.is_valid():
            form.save()
            messages.success(request, _("Saved."))
            return redirect(found)
        if not chosen and file.is_valid():
            add_version(found, file.cleaned_data["file"], by=request.user)
            tell_cleaned(request, file.cleaned_data["file"])
            messages.success(request, _("The new version is there. The older ones stay."))
            return redirect(found)
    context = {
        "campaign": campaign,
        "asset": Asset.objects.get(pk=found.pk) if form.errors else found,
        "versions": found.versions.select_related("added_by"),
        "form": form,
        "file": file,
        "runs": may(request.user, "change", campaign),
    }
    return render(request, "campaigns/asset.html", context, status=422 if form.errors or file.errors else 200)


@require_safe
def asset_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file of a version, counted, always as a download."""
    version = version_of(request, pk)
    if request.method == "GET":
        counted(version)
    return saved(version.file, version.file_name)


@require_safe
def asset_thumbnail(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The thumbnail made here. Raises: Http404 where there is none."""
    version = version_of(request, pk)
    if not version.thumbnail:
        raise Http404
    return shown(version.thumbnail, "image/png")


def version_of(request: HttpRequest, pk: int) -> AssetVersion:
    """A version of an artwork this person may see. Raises: Http404."""
    return get_object_or_404(AssetVersion, pk=pk, asset__in=Asset.objects.visible_to(request.user))
