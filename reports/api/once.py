"""A deed is done once, however often it is asked for: the same key and the same request get the same answer."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from reports.api.caller import Caller
from reports.api.refusal import Refused, answer
from reports.models.interface import ApiAnswer

LONGEST = 100


def once(request: HttpRequest, caller: Caller, deed: Callable[[], dict[str, Any]]) -> HttpResponse:
    """Do a deed and keep its answer in the same transaction, or give the answer that is kept.

    Whoever sends the same at the same time waits for the first one (the key is unique). A refusal is not kept: what
    was missing may be there the next time.

    Raises: Refused without a key, or where the key was used for something else.
    """
    key, digest = key_of(request), digest_of(request)
    kept = ApiAnswer.objects.filter(token=caller.token, key=key).first()
    if kept is None:
        try:
            with transaction.atomic():
                row = ApiAnswer.objects.create(token=caller.token, key=key, digest=digest)
                body = deed()
                row.status, row.body = 201, json.dumps(body, ensure_ascii=False, default=str)
                row.save()
                return answer(json.loads(row.body), 201)
        except IntegrityError:
            kept = ApiAnswer.objects.filter(token=caller.token, key=key).first()
            if kept is None:  # it was not the key that was there already
                raise
    return again(kept, digest)


def again(kept: ApiAnswer, digest: str) -> HttpResponse:
    """The answer that is kept. Raises: Refused where another request had the key."""
    if kept.digest != digest:
        told = _("This idempotency key was used for another request. Send a new key with a new report.")
        raise Refused(409, "key_used", told)
    response = answer(json.loads(kept.body), kept.status)
    response["Idempotency-Replayed"] = "true"
    return response


def key_of(request: HttpRequest) -> str:
    """The key of a request. Raises: Refused where there is none of use."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if not key or len(key) > LONGEST or not key.isprintable():
        told = _("Send a header Idempotency-Key, another one for each report: then nothing is counted twice.")
        raise Refused(422, "key_missing", told)
    return key


def digest_of(request: HttpRequest) -> str:
    """What is asked: address and content, however it is spaced."""
    try:
        content = json.dumps(json.loads(request.body or b"null"), sort_keys=True)
    except ValueError:
        content = request.body.decode(errors="replace")
    return hashlib.sha256(f"{request.path}\n{content}".encode()).hexdigest()
