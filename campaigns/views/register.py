"""The register of themes and slogans."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models.memberships import HOST_ROLES, OFFICE_ROLES
from accounts.models.units import UnitLevel
from campaigns.forms.register import SayingForm
from campaigns.models import Saying
from campaigns.models.register import SayingKind
from campaigns.register import enter_by_hand, in_hand_of, sought, used_by
from workflow import clock
from workflow.pages import number, refused, words

PAGE = 50


def sayings(request: HttpRequest) -> HttpResponse:
    """Themes and slogans over the years and levels; staff enter what is missing."""
    user: Any = request.user
    if not user.units_as(*HOST_ROLES):
        raise PermissionDenied
    enters = bool(user.units_as(*OFFICE_ROLES))
    if request.method == "POST" and not enters:
        raise PermissionDenied
    if "remove" in request.POST:
        return taken_out(request)
    form = SayingForm(request.POST or None, initial={"year": clock.today().year})
    if request.method == "POST" and form.is_valid():
        if enter_by_hand(form.instance, by=user):
            messages.success(request, _("Entered in the register."))
            return redirect("campaigns:sayings")
        form.add_error("text", _("It stands in the register already."))
    chosen = {name: words(request.GET, name) for name in ("q", "year", "level", "kind")}
    page = Paginator(sought(Saying.objects.all(), chosen), PAGE).get_page(request.GET.get("page"))
    used = used_by(user, page.object_list)
    context = {
        "page": page,
        "rows": [(saying, used.get(saying.key, [])) for saying in page],
        "removable": set(in_hand_of(user).filter(pk__in=[row.pk for row in page]).values_list("pk", flat=True)),
        "chosen": chosen,
        "levels": UnitLevel.choices,
        "kinds": SayingKind.choices,
        "form": form,
        "enters": enters,
    }
    return render(request, "campaigns/sayings.html", context, status=422 if form.errors else 200)


def taken_out(request: HttpRequest) -> HttpResponse:
    """Take out what somebody of the own office entered by mistake."""
    rows = in_hand_of(request.user).filter(pk=number(request.POST.get("remove")))
    saying = rows.first()
    if saying is None:
        refused(request, _("It is not in the register any more, or was not entered by your office."))
    else:
        rows.delete()
        messages.success(request, _("Taken out of the register: %(text)s") % {"text": saying})
    return redirect(request.get_full_path())
