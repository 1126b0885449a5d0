"""The lists of this room out as Excel and in again."""

from django.contrib.auth.hashers import is_password_usable
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.choosing import link_for, site_of
from accounts.models import Deed
from accounts.people_keepers import editable_by
from accounts.role_changes import record
from accounts.sheets.people import People
from accounts.sheets.units import Units
from workflow.listing.columns import Column
from workflow.models import SheetImport
from workflow.pages import number, visible
from workflow.sheets.listing import excel_file
from workflow.sheets.views import sheet_page


@require_http_methods(["GET", "HEAD", "POST"])
def units(request: HttpRequest) -> HttpResponse:
    """The register of units."""
    return sheet_page(request, Units(request.user, {}))


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Accounts; after a file with new ones, on POST, also the links by which they choose a password."""
    sheet = People(request.user, {})
    if "links" in request.GET and request.method == "POST":
        return links(request, visible(SheetImport, request, pk=number(request.GET["links"]), is_written=True))
    return sheet_page(request, sheet)


@transaction.atomic
def links(request: HttpRequest, row: SheetImport) -> HttpResponse:
    """For each new person of a file who has not chosen a password yet, the link to do it; each is an invitation."""
    new = editable_by(request.user).filter(pk__in=row.report.get("people", ()), is_active=True)
    invited = [each for each in new.prefetch_related("memberships__unit") if not is_password_usable(each.password)]
    for each in invited:
        record(Deed.INVITED, each, by=request.user)
    site = site_of(request)
    columns = (
        Column("name", _("name"), str),
        Column("account", _("Account"), lambda each: each.username, width=24),
        Column("unit", _("Unit"), lambda each: "；".join(map(str, each.memberships.all())), width=36),
        Column("link", _("Link"), lambda each: link_for(site, each, "invited"), width=90),
    )
    return excel_file(_("Links by which the new people choose a password"), columns, invited)
