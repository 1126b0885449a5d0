"""What a password has to be, and how it is kept. The one everybody knows opens the demonstration, and nothing else."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LENGTH = 10
LONG = 16
"""From here on the length alone is enough, whatever signs it is made of."""
KINDS = 3
"""Of capital letters, small letters, digits and other signs: what GB/T 22239 calls complexity."""
LEFT = 6
"""Signs that stay when everything anybody would guess first is taken away."""
GUESSED_FIRST = (
    "quality", "month", "liaison", "office", "admin", "signer", "leader", "staff", "password", "passwd", "welcome",
    "zhiliangyue", "zhiliang", "zhiqiangban", "zhijian", "shichangjianguan", "shijianju", "lianluoyuan", "mima",
    "woaini", "zhongguo", "china", "qwertyuiop", "qwerty", "qwer", "asdfghjkl", "asdf", "zxcvbnm", "zxcv", "qaz", "wsx",
    "edc", "iloveyou", "letmein", "abcdef", "abcd", "abc",
)  # fmt: skip
SPELLED = str.maketrans("@$0!13", "asoiie")
"""Letters as people disguise them: p@ssw0rd."""
ROWS = re.compile(r"(?:19|20)\d\d|1?2?34(?:5(?:6(?:7(?:8(?:90?)?)?)?)?)?|123|(?:(?:(?:0?9)?8)?7)?654321|321")
AGAIN = re.compile(r"(.)\1+")
HELP = gettext_lazy(
    "At least 10 characters: of three kinds among capital letters, small letters, digits and other signs, or 16 and "
    "more of any. Not the account name, nor words and rows of keys everybody tries first."
)


class Argon2id(Argon2PasswordHasher):
    """argon2id as OWASP asks at least (19 MiB, two passes, one lane): 31 to 43 ms of CPU; older hashes are made anew.

    Source: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
    """

    time_cost = 2
    memory_cost = 19 * 1024  # KiB
    parallelism = 1


class HardToGuess(CommonPasswordValidator):
    """What stays of a password without the words everybody tries first is long enough, and it is on no list of them."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises: ValidationError."""
        if password == settings.DEMONSTRATION_PASSWORD:
            raise ValidationError(_("Everybody knows this password from the demonstration. Please choose another."))
        if password.lower().strip() in self.passwords or len(rest(password, user)) < LEFT:
            raise ValidationError(
                _("This password is guessed too easily: it is little more than a name, a well-known word or a number.")
            )

    def get_help_text(self) -> str:
        """What is asked of a password, in words."""
        return str(HELP)


class OfSeveralKinds:
    """Long, or of several kinds of signs."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises: ValidationError."""
        kinds = {(each.isupper(), each.islower(), each.isdigit()) for each in password}
        if len(password) < LONG and len(kinds) < KINDS:
            raise ValidationError(
                _("Please mix three kinds of capital letters, small letters, digits and other signs, or write 16.")
            )

    def get_help_text(self) -> str:
        """Said once, by :class:`HardToGuess`."""
        return ""


def rest(password: str, user: Any) -> str:
    """What stays of a password without names, well-known words, years, rows of digits and signs typed repeatedly."""
    plain = unicodedata.normalize("NFKC", password).lower()
    words = sorted({*names_of(user), *GUESSED_FIRST}, key=len, reverse=True)
    return min((without(words, each) for each in (plain, plain.translate(SPELLED))), key=len)


def without(words: list[str], text: str) -> str:
    """A text without these words, and without what is no secret beside them."""
    for word in words:
        text = text.replace(word, " ")
    return re.sub(r"\s", "", AGAIN.sub(r"\1", ROWS.sub(" ", text)))


def names_of(user: Any) -> Iterator[str]:
    """What others know of a person: account, name, mail, telephones, and the parts of them."""
    for field in ("username", "name", "email", "phone", "mobile"):
        known = str(getattr(user, field, "") or "").lower()
        yield from (part for part in (known, *re.split(r"[\W_]+", known)) if len(part) > 3)
