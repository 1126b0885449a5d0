"""The mark by which a mail that comes back is found again: it stands in its Message-ID and in its return address.

It is signed, so nobody who has not got the mail can say of it that it came back.
"""

import re
from collections.abc import Iterator
from email.utils import parseaddr

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "workflow.channels.returns"
SIGNS = 16
"""Of the signature, in hexadecimal. With the rest it leaves room in the 64 octets of RFC 5321, 4.5.3.1.1."""
MARK = re.compile(rf"(?<![0-9a-z])(\d{{14}}\.\d{{1,18}})\.([0-9a-f]{{{SIGNS}}})(?![0-9a-z])", re.IGNORECASE)


def marked(name: str) -> str:
    """The name of a letter with its signature."""
    return f"{name}.{signature(name)}"


def signature(name: str) -> str:
    """What nobody else can write below a name. In small letters: some servers change the others in an address."""
    return salted_hmac(SALT, name, algorithm="sha256").hexdigest()[:SIGNS]


def number_in(text: str) -> int | None:
    """The number of the delivery whose mark stands first in a text; None: there is none of ours."""
    return next(numbers_in(text), None)


def numbers_in(text: str) -> Iterator[int]:
    """The numbers of all deliveries whose marks stand in a text."""
    for name, signed in MARK.findall(text):
        if constant_time_compare(signature(name), signed.lower()):
            yield int(name.partition(".")[2])


def return_address(name: str) -> str:
    """Where a mail goes that cannot be delivered: MAIL_RETURNS_TO, with the mark where it ends in + (RFC 5233)."""
    local, at, domain = parseaddr(settings.MAIL_RETURNS_TO)[1].rpartition("@")
    return f"{local}{marked(name)}{at}{domain}" if local.endswith("+") else f"{local}{at}{domain}"
