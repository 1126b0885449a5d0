"""The addresses of the interface and its description. Loaded by the first request with a token (``views/door.py``)."""

from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLResolver
from django.urls.resolvers import RegexPattern
from django.utils.translation import gettext as _
from ninja import Header, NinjaAPI, Path, Query
from ninja.errors import HttpError, ValidationError
from ninja.security import HttpBearer

from activities.states import AssignmentState, Kind
from reports.api import contents, counted, deeds, reading, schemas
from reports.api.once import key_of, once
from reports.api.refusal import Refused, answer
from reports.models.interface import Scope

VERSION = "1.0"
PREFIX = "/api/v1/"
NUMBER = schemas.NUMBER


class Token(HttpBearer):
    """The description says that a token is needed; who asks was known at the door."""

    openapi_name = "token"

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        return request.caller  # type: ignore[attr-defined]


api = NinjaAPI(
    title="质量月 Quality Month",
    version=VERSION,
    description="Figures, lists and records; filing of progress and counts. See docs/api.md.",
    docs_url=None,
    openapi_url=None,
    auth=Token(),
    urls_namespace="interface",
)
Cursor = Annotated[str | None, Query(max_length=200, description="`next` of the page before")]
Limit = Annotated[int, Query(ge=1, le=reading.MOST)]
Number = Annotated[int, Path(ge=1, le=NUMBER)]
Of = Annotated[int | None, Query(ge=1, le=NUMBER)]
Written = Literal["plan", "progress", "case", "coverage", "summary", "other", "round"]
KEY = Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=100, pattern=r"^[!-~]+$")]
WRONG = dict.fromkeys((400, 401, 403, 404, 409, 422, 429, 503), schemas.Wrong)


def who(request: HttpRequest) -> Any:
    """The system that asks."""
    return request.caller  # type: ignore[attr-defined]


def reader(request: HttpRequest) -> Any:
    """The same, where it may read. Raises: Refused."""
    caller = who(request)
    if not caller.sees_office:
        caller.insist(Scope.READ)
    return caller


@api.get("campaigns", response={200: schemas.Campaigns, **WRONG}, summary="Campaigns", tags=["read"])
def campaigns(request: HttpRequest, cursor: Cursor = None, limit: Limit = 100) -> HttpResponse:
    return answer(reading.campaigns(reader(request), cursor, limit))


@api.get("campaigns/{number}", response={200: schemas.CampaignOut, **WRONG}, summary="One campaign", tags=["read"])
def campaign(request: HttpRequest, number: Number) -> HttpResponse:
    return answer(reading.campaign(reader(request), number))


@api.get("campaigns/{number}/figures", response={200: schemas.FiguresOut, **WRONG}, summary="Figures", tags=["read"])
def figures(request: HttpRequest, number: Number) -> HttpResponse:
    return answer(counted.figures(reader(request), number))


@api.get("notices", response={200: schemas.Notices, **WRONG}, summary="Notices", tags=["read"])
def notices(request: HttpRequest, cursor: Cursor = None, limit: Limit = 100) -> HttpResponse:
    return answer(reading.notices(reader(request), cursor, limit))


@api.get("notices/{number}", response={200: schemas.NoticeWhole, **WRONG}, summary="One notice", tags=["read"])
def notice(request: HttpRequest, number: Number) -> HttpResponse:
    return answer(reading.notice(reader(request), number))


@api.get("units", response={200: schemas.Units, **WRONG}, summary="Units", tags=["read"])
def units(request: HttpRequest, cursor: Cursor = None, limit: Limit = 100) -> HttpResponse:
    return answer(reading.units(reader(request), cursor, limit))


@api.get("assignments", response={200: schemas.Assignments, **WRONG}, summary="Assignments", tags=["read"])
def assignments(
    request: HttpRequest,
    cursor: Cursor = None,
    limit: Limit = 100,
    campaign: Of = None,
    unit: Of = None,
    kind: Kind | None = None,
    state: AssignmentState | None = None,
) -> HttpResponse:
    narrowed = {"campaign": campaign, "unit": unit, "kind": kind and str(kind), "state": state and str(state)}
    return answer(reading.assignments(reader(request), cursor, limit, **narrowed))


@api.get(
    "assignments/{number}", response={200: schemas.AssignmentOut, **WRONG}, summary="One assignment", tags=["read"]
)
def assignment(request: HttpRequest, number: Number) -> HttpResponse:
    return answer(reading.assignment(reader(request), number))


@api.get(
    "assignments/{number}/filing", response={200: schemas.FilingOut, **WRONG}, summary="What was filed", tags=["read"]
)
def filing(request: HttpRequest, number: Number) -> HttpResponse:
    return answer(contents.filing(reader(request), number))


@api.get("filings/{kind}", response={200: schemas.Filings, **WRONG}, summary="Filings of a kind", tags=["read"])
def filings(
    request: HttpRequest, kind: Written, cursor: Cursor = None, limit: Limit = 50, campaign: Of = None
) -> HttpResponse:
    return answer(contents.filings(reader(request), kind, cursor, limit, campaign))


@api.post("progress", response={201: schemas.AssignmentOut, **WRONG}, summary="File progress", tags=["file"])
def progress(request: HttpRequest, given: schemas.ProgressIn, key: KEY) -> HttpResponse:
    caller = who(request)
    caller.insist(Scope.FILE)
    return once(request, caller, lambda: deeds.file_progress(caller, given))


@api.post(
    "assignments/{number}/counts", response={201: schemas.CountOut, **WRONG}, summary="Report a count", tags=["file"]
)
def counts(request: HttpRequest, number: Number, given: schemas.CountIn, key: KEY) -> HttpResponse:
    caller = who(request)
    caller.insist(Scope.FILE)
    return once(request, caller, lambda: deeds.report_count(caller, number, given, key_of(request)))


# --- what is wrong is said in one sentence ----------------------------------------------------------------------------


@api.exception_handler(ValidationError)
def not_understood(_request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    """A request that is not of the form the description asks for."""
    fields: dict[str, list[str]] = {}
    for each in wrong.errors:
        place = [str(part) for part in each["loc"] if part not in ("body", "query", "path", "header", "given")]
        fields.setdefault(".".join(place) or "body", []).append(str(each["msg"]))
    told = _("The request is not as it should be: %(fields)s. See the description of the interface.")
    return Refused(422, "invalid", told % {"fields": ", ".join(fields)}, fields=fields).answer()


@api.exception_handler(HttpError)
def not_read(_request: HttpRequest, wrong: HttpError) -> HttpResponse:
    """A request whose content is no JSON at all."""
    return Refused(
        wrong.status_code, "invalid", _("The content of the request cannot be read: it is no JSON.")
    ).answer()


@api.exception_handler(Refused)
def refused(_request: HttpRequest, refusal: Refused) -> HttpResponse:
    """It was not done, and why."""
    return refusal.answer()


@api.exception_handler(Http404)
def absent(_request: HttpRequest, _absent: Http404) -> HttpResponse:
    """There is no such row, or none this system may see."""
    return Refused(404, "not_found", _("There is nothing here, or nothing this token may see.")).answer()


def description() -> dict[str, Any]:
    """The interface as OpenAPI describes it."""
    return dict(api.get_openapi_schema(path_prefix=PREFIX))


resolver = URLResolver(RegexPattern(r""), api.urls[0])
