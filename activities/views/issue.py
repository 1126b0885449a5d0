"""The signer issues a notice: first what will happen, then the deed."""

from collections import Counter

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from accounts.models import Role, User
from activities import handing_out
from activities import issue as deed
from activities.forms.issue import DueDatesForm
from campaigns.models import Notice
from campaigns.states import NoticeState
from workflow.pages import may, require, told, visible


def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what every unit will owe and until when; on POST issue it."""
    notice = visible(Notice.objects.select_related("campaign__host"), request, pk=pk)
    if notice.is_sent and request.method != "POST":
        messages.info(request, _("The notice has been issued already."))
        return redirect(notice)
    form = DueDatesForm(request.POST or None, initial=vars(deed.proposed_due(notice)), demands=notice.demands.all())
    why = why_not(request, notice)
    if request.method == "POST" and not why and form.is_valid():
        with told(request, _("The notice is issued.")):
            deed.order(notice, by=request.user, due=form.dates())
        return redirect(notice)
    debts = handing_out.debts(notice, addressed(notice))
    counts = Counter(f"demand_{debt.demand}" if debt.demand else str(debt.kind) for debt in debts)
    context = {
        "notice": notice,
        "campaign": notice.campaign,
        "form": form,
        "why": why,
        "units": notice.addressees.count(),
        "rows": [(form[name], counts[name]) for name in form.fields],
    }
    return render(request, "activities/issue.html", context, status=403 if request.POST and why else 200)


def why_not(request: HttpRequest, notice: Notice) -> list[str]:
    """Everything that keeps this person from issuing this notice now."""
    if notice.is_sent:
        return [_("The notice has been issued already.")]
    if not may(request.user, "issue", notice):
        signers = User.objects.speaking_for([notice.campaign.host_id], Role.SIGNER)
        names = pgettext("between names", ", ").join(str(person) for person in signers)
        return [_("Only a signer of the office can issue it: %(names)s.") % {"names": names or "-"}]
    if notice.state != NoticeState.SIGNED and not notice.can_move(NoticeState.SIGNED):
        return [_("It has to be reviewed and countersigned first.")]
    return deed.blockers(notice)


def addressed(notice: Notice) -> list[int]:
    """The ids of the units it goes to."""
    return list(notice.addressees.values_list("pk", flat=True))


@require_POST
def set_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the paper of an issued notice again after it failed."""
    notice = visible(Notice.objects.select_related("campaign", "paper"), request, pk=pk)
    require(request, "change", notice)
    with told(request, _("It is being set again.")):
        deed.set_again(notice, by=request.user)
    return redirect(notice)
