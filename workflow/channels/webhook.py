"""A webhook: each letter as JSON to an address of the office's, which hands it to WeCom, DingTalk or an SMS gateway.

There may be several, each with its own key and rate: one for each office, or one for the messages that matter most.

Signed as Standard Webhooks has it (https://www.standardwebhooks.com): HMAC-SHA256 over name, time and body. The name of
the letter is the idempotency key: it is the same however often the letter is sent.
"""

import hmac
import json
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cached_property
from hashlib import sha256
from importlib import import_module
from time import time
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model

from workflow.channels import channel
from workflow.channels.channel import Away, Cause, Doubtful, GivenUp, Later, Letter
from workflow.channels.hook import Hook

TIMEOUT = 10
"""Seconds for connecting, and between two parts of an answer."""
MOST_READ = 65_536
"""Bytes of an answer that are looked at."""
IN_A_ROW = 3
"""So many failures of the server one after the other: it is asked again later, not with the next letter."""
LONGEST_WAIT = timedelta(days=1)
OURS = re.compile(r"^\w+\(host=[^)]*\): ")
"""How urllib3 names the connection."""
PREFIX, ALGORITHM = "whsec_", "HMAC-SHA256"


class Webhook(channel.Channel):
    """One of them; made for a batch: whom it reaches is asked once."""

    knows_again = True

    def __init__(self, hook: Hook) -> None:
        self.hook, self.name = hook, hook.name

    def is_on(self) -> bool:
        return True

    def a_minute(self) -> int:
        return self.hook.a_minute

    def address_of(self, told: Any) -> str:
        if self.hook.keys and told.key.partition("-")[0] not in self.hook.keys:
            return ""
        if self.hook.offices and told.person_id not in self.people:
            return ""
        return str(told.person.get_username())

    @cached_property
    def people(self) -> set[int]:
        """The people of its offices."""
        people: Any = get_user_model().objects
        return set(people.of_offices(self.hook.offices).values_list("pk", flat=True))

    @contextmanager
    def line(self) -> Iterator["WebhookLine"]:
        with import_module("workflow.channels.outward").session(settings.WEBHOOK_ALLOWED_HOSTS) as session:
            yield WebhookLine(session, self.hook)

    def try_out(self) -> None:
        """A question without a letter: any answer but a failure of the server will do."""
        with self.line() as line:
            answer = line.ask("OPTIONS", b"", {})
            if answer.status_code >= 500:
                raise Away(f"HTTP {answer.status_code}")


class WebhookLine:
    """One kept connection."""

    def __init__(self, session: Any, hook: Hook) -> None:
        self.session, self.hook, self.failed = session, hook, 0

    def send(self, letter: Letter, address: str, on_the_way: Callable[[], None]) -> None:
        body = as_json(letter)
        on_the_way()
        answer = self.ask("POST", body, signed(letter.name, body, self.hook.secret))
        self.judge(answer.status_code, answer.headers.get("Retry-After", ""), start_of(answer))

    def ask(self, method: str, body: bytes, headers: dict[str, str]) -> Any:
        """One request. Raises: Away, where it was not connected; Doubtful, where there was no answer."""
        requests, outward = import_module("requests"), import_module("workflow.channels.outward")
        try:
            return self.session.request(
                method, self.hook.url, data=body, headers=headers, timeout=TIMEOUT, allow_redirects=False,
                stream=True,
            )  # fmt: skip
        except outward.Inside as wrong:
            raise Away(f"{wrong} ✗ WEBHOOK_ALLOWED_HOSTS") from wrong
        except (requests.ConnectTimeout, requests.exceptions.SSLError) as wrong:
            raise Away(first_words(wrong)) from wrong
        except requests.RequestException as wrong:
            raise (Away if never_connected(wrong) else Doubtful)(first_words(wrong)) from wrong

    def judge(self, status: int, retry_after: str, words: str) -> None:
        """What the answer means. Raises: GivenUp, Later, Away."""
        said = f"HTTP {status} {words}".strip()
        if status in (429, 503) and retry_after:
            raise Away(said, waited(retry_after))
        if status == 429:
            raise Away(said)
        if status >= 500 or status in (408, 425) or (status < 300 and refused(words)):
            self.failed += 1
            raise (Away if self.failed >= IN_A_ROW else Later)(said)
        self.failed = 0
        if status >= 300:
            raise GivenUp(Cause.CONTENT, said)


def as_json(letter: Letter) -> bytes:
    """What is sent: plain text in every field."""
    to = {"account": letter.person.get_username(), "name": str(letter.person), "mobile": letter.person.mobile}
    body = {
        "id": letter.name, "at": letter.told_at.isoformat(), "to": to | {"email": letter.person.email},
        "title": letter.subject, "text": letter.text, "url": letter.url,
    }  # fmt: skip
    return json.dumps(body, ensure_ascii=False).encode()


def signed(name: str, body: bytes, secret: str) -> dict[str, str]:
    """The headers that say what it is and who sent it. Arguments: the letter's name and JSON; the key, after whsec_."""
    at = str(int(time()))
    key = b64decode(secret.removeprefix(PREFIX))
    mark = hmac.new(key, b".".join([name.encode(), at.encode(), body]), sha256).digest()
    return {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": name,
        "webhook-id": name,
        "webhook-timestamp": at,
        "webhook-signature": f"v1,{b64encode(mark).decode()}",
        "webhook-signature-algorithm": ALGORITHM,
    }


def start_of(answer: Any) -> str:
    """The beginning of what was answered, as text; a connection is used again only when it was all."""
    read = b""
    with suppress(OSError, import_module("urllib3").exceptions.HTTPError):  # the status was heard, and it counts
        read = answer.raw.read1(MOST_READ, decode_content=True) or b""
    answer.close()
    return read.decode(errors="replace")


def refused(words: str) -> bool:
    """Whether the body says that it failed while the status says it did not (WeCom, DingTalk: errcode)."""
    try:
        said = json.loads(words)
    except ValueError:
        return False
    return isinstance(said, dict) and said.get("errcode", 0) not in (0, "0", None)


def waited(given: str) -> timedelta:
    """How long a server asks to be left alone (RFC 9110, 10.2.3): seconds, or a date."""
    try:
        wait = (
            timedelta(seconds=int(given))
            if given.strip().isdecimal() and len(given) < 9
            else parsedate_to_datetime(given).astimezone(UTC) - datetime.now(UTC)
        )
    except ValueError:
        return timedelta(minutes=1)
    return max(timedelta(seconds=1), min(wait, LONGEST_WAIT))


def never_connected(wrong: Exception) -> bool:
    """Whether the error of requests is that nobody was reached."""
    reason = getattr(wrong.args[0] if wrong.args else None, "reason", None)
    return isinstance(reason, import_module("urllib3").exceptions.NewConnectionError)


def first_words(wrong: Exception) -> str:
    """What an error of the network says at its heart."""
    while isinstance(wrong.args[0] if wrong.args else None, Exception):
        wrong = wrong.args[0]
    return OURS.sub("", str(getattr(wrong, "reason", None) or wrong))
