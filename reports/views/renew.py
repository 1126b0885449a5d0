"""A new year from last year's campaign."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from campaigns.finding import campaign_of
from campaigns.models import Campaign
from reports import new_year as deed
from reports.forms.renew import RenewForm
from workflow.pages import require


def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what to take along, see what will be called otherwise; on POST make the new campaign."""
    old = campaign_of(request, pk)
    require(request, "change", old)
    offered = {"year": old.year + 1, "parts": deed.PARTS}
    form = RenewForm(request.POST or None, campaign=old, initial=offered)
    asks_only = request.POST.get("action") == "titles"
    if request.method == "POST" and not asks_only and form.is_valid():
        found = form.cleaned_data
        twin = Campaign.objects.filter(
            host=old.host, year=found["year"], title=deed.words_of(old, found["year"], found["theme"])(old.title, 120)
        ).first()
        if twin:
            messages.info(request, _("This campaign is there already; nothing was made twice."))
            return redirect(twin)
        new = deed.renew(old, **found)
        messages.success(
            request, _("%(name)s was made from %(old)s. Nothing has been issued.") % {"name": new, "old": old}
        )
        return redirect(new)
    return render(
        request,
        "reports/renew.html",
        {"campaign": old, "form": form, "rows": form.rows(), "titles": form.titles()},
        status=422 if form.errors and not asks_only else 200,
    )
