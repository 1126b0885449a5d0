"""The table for Excel: by a secret address, as calendars are read; or with a token in a header."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activities.behalf.visitor_doors import guesses_too_often
from reports.api import table
from reports.api.caller import Caller, caller_of, language_of, slow_down
from reports.api.refusal import Refused
from reports.api.views.door import nothing_there
from reports.models.interface import ApiToken, Scope
from workflow.pages import number


@login_not_required
@require_safe
def by_address(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The table of a secret address."""
    token = ApiToken.of_secret(secret)
    try:
        if token is None or Scope.FEED not in token.scopes:
            raise slow_guess(request)
        slow_down(token)
        token.note_use()
        with translation.override(token.language):
            return table.assignments(Caller(token), token.campaign)
    except Refused as refused:
        return refused.answer()


def slow_guess(request: HttpRequest) -> Refused:
    """That there is nothing; who tries many addresses is told to wait."""
    if guesses_too_often(request):
        return Refused(429, "slow_down", _("Too many requests with addresses nobody has. Please wait a minute."), 60)
    return nothing_there()


@login_not_required
@require_safe
def by_token(request: HttpRequest) -> HttpResponseBase:
    """The same with a token in the header (Power Query: Authorization), narrowed by ``campaign``."""
    with translation.override(language_of(request)):
        try:
            caller = caller_of(request)
            if not caller.sees_office:
                caller.insist(Scope.READ)
            return table.assignments(caller, number(request.GET.get("campaign")) or None)
        except Refused as refused:
            return refused.answer()
        except Http404:
            return nothing_there().answer()
