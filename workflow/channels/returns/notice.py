"""What a mail server says of a mail that it could not deliver after all.

Most say it as RFC 3464 has it, with fields for machines. Others, among them many Chinese providers, write a letter for
people and put the original below it. Both are read; who is away, or has opened the mail, sends nothing of the kind.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from html import unescape

from workflow.channels.channel import Cause
from workflow.channels.returns.judging import cause_of, telling_line
from workflow.channels.returns.marks import number_in

LONGEST = 20_000
"""Characters of a letter for people that are looked at."""
SENDERS = {"mailer-daemon", "mailerdaemon", "mail-daemon", "postmaster"}
SAYS_SO = re.compile(
    r"undeliver|not deliver|delivery (status|failure|has failed)|failure notice|returned mail|mail delivery|"
    r"退信|投递失败|无法投递|无法送达|发送失败",
    re.IGNORECASE,
)
ANSWERS_BY_ITSELF = re.compile(
    r"^\s*(自动回复|自动答复|automatic reply|auto[- ]?reply|out of (the )?office)", re.IGNORECASE
)
TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True)
class Returned:
    """One mail that came back: the number of its delivery, why, in which words, and when that was written."""

    delivery: int
    cause: Cause
    said: str
    at: datetime | None


def read(raw: bytes) -> Returned | None:
    """What came back. Arguments: one mail. Returns: None for any other mail, and for one that is not marked as ours."""
    message = message_from_bytes(raw)
    parts = list(message.walk())
    number = number_in("\n".join(everything(parts)))
    if number is None:
        return None
    said = by_fields(parts) if any(map(is_status, parts)) else by_letter(message)
    return Returned(number, *said, written_at(message)) if said else None


# --- the two ways of saying it ------------------------------------------------------------------------------------


def is_status(part: Message) -> bool:
    """Whether it holds the fields of RFC 3464."""
    return part.get_content_type() in ("message/delivery-status", "message/global-delivery-status")


def by_fields(parts: Iterable[Message]) -> tuple[Cause, str] | None:
    """Cause and words by the fields for machines; None: it is on its way still, or arrived."""
    for part in filter(is_status, parts):
        for group in part.walk():
            if one_line(group.get("Action")).lower().startswith("failed"):
                status, words = one_line(group.get("Status")), one_line(group.get("Diagnostic-Code"))
                words = words.partition(";")[2].strip() or words
                return cause_of(status, words), words or status
    return None


def by_letter(message: Message) -> tuple[Cause, str] | None:
    """Cause and words by a letter for people; None: it is no such letter."""
    subject = decoded(message.get("Subject"))
    sender = parseaddr(one_line(message.get("From")))[1].partition("@")[0].lower()
    nobody = one_line(message.get("Return-Path")) == "<>"
    if ANSWERS_BY_ITSELF.match(subject) or not (sender in SENDERS or (nobody and SAYS_SO.search(subject))):
        return None
    text = "\n".join(letter_of(message))[:LONGEST]
    said = telling_line(text)
    return cause_of("", said or text), said or subject


# --- a mail as text -------------------------------------------------------------------------------------------------


def letter_of(message: Message) -> Iterator[str]:
    """What was written for people: the texts, but not those of the mail that is sent back with it."""
    if message.get_content_maintype() == "multipart":
        for part in message.get_payload():  # a list: it says of itself that it has parts
            if isinstance(part, Message):
                yield from letter_of(part)
    elif message.get_content_type() in ("text/plain", "text/html"):
        yield as_text(message)


def everything(parts: Iterable[Message]) -> Iterator[str]:
    """Every line of head and every text of all parts: somewhere there the mark stands."""
    for part in parts:
        yield from (f"{name}: {one_line(value)}" for name, value in part.items())
        if part.get_content_maintype() == "text":
            yield as_text(part)


def as_text(part: Message) -> str:
    """The text of a part, by the character set it names or by one that fits; of HTML its words."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    text = in_characters(content, part.get_content_charset() or "utf-8")
    return unescape(TAG.sub("\n", text)) if part.get_content_subtype() == "html" else text


def in_characters(content: bytes, named: str) -> str:
    """Bytes as characters; what fits no set is left out by a sign."""
    for charset in (named, "utf-8", "gb18030"):
        try:
            return content.decode(charset)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode(errors="replace")


def decoded(value: object) -> str:
    """A line of the head as people read it."""
    try:
        return str(make_header(decode_header(one_line(value))))
    except (ValueError, LookupError):
        return one_line(value)


def one_line(value: object) -> str:
    """A line of the head without its folds; empty where there is none."""
    return " ".join(str(value or "").split())


def written_at(message: Message) -> datetime | None:
    """When it was written, where it says so."""
    try:
        at = parsedate_to_datetime(one_line(message.get("Date")))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
