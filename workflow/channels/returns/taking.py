"""A mail that came back is kept with its delivery; where nobody is, no more goes there."""

import logging
from collections.abc import Iterable

from django.db import Error

from workflow.channels.channel import MAIL, Cause
from workflow.channels.delivery import Delivery
from workflow.channels.returns.notice import read
from workflow.channels.returns.stopped import StoppedAddress

log = logging.getLogger(__name__)


def take_in(raw: bytes) -> Delivery | None:
    """Keep what one mail says. Returns: the delivery that failed by it; None: it says nothing of one of ours."""
    found = read(raw)
    row = Delivery.objects.filter(pk=found.delivery, channel=MAIL).first() if found else None
    if found is None or row is None:
        return None
    said = found.said.replace(row.address, "…") if row.address else found.said
    if not row.came_back(found.cause, said, found.at):
        return None
    if found.cause == Cause.ADDRESS:
        StoppedAddress.stop(row.address, said)
    return row


def take_all(mails: Iterable[bytes]) -> tuple[int, int]:
    """Keep what many say; one that cannot be read holds no other up. Returns: how many there were, how many counted."""
    looked_at = counted = 0
    for raw in mails:
        looked_at += 1
        try:
            counted += take_in(raw) is not None
        except Error:
            raise
        except Exception:  # a mail may be anything at all
            log.exception("a mail that came back cannot be read")
    return looked_at, counted
