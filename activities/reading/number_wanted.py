"""The document number of a notice that was read: complete, or a draft's 〔2016〕 号, which is given one at signing."""

import re
from dataclasses import dataclass

from activities.models import Reading
from campaigns.models import Notice, NoticeKind

NUMBER = re.compile(
    r"^(?P<code>[^〔［\[（(【]*)[〔［\[（(【](?P<year>\d{4})年?[〕］\]）)】]第?(?P<seq>\d*|[xX×*＊_＿—－…-]+)号?$"
)


@dataclass(frozen=True)
class Wanted:
    """Issuing code, year and, where it is known already, the number the notice is to carry."""

    code: str
    year: int
    seq: int | None

    @classmethod
    def of(cls, reading: Reading, text: str, year: int) -> "Wanted | None":
        """What a reading says of its number.

        Arguments: the reading; the number as it stands in the text; the year if it does not say one.
        Returns: the number; None when what stands there is none. Where it names no code, the office's last one.
        """
        text = re.sub(r"\s", "", text)
        if not text:
            return cls(last_code(reading), year, None)
        found = NUMBER.match(text)
        if found is None:
            return None
        seq = int(found["seq"]) if found["seq"].isdecimal() else None
        return cls(found["code"] or last_code(reading), int(found["year"]), seq)


def last_code(reading: Reading) -> str:
    """The issuing code of the office's last notice, if it had one."""
    rows = Notice.objects.filter(campaign__host=reading.host).exclude(org_code="").exclude(kind=NoticeKind.BULLETIN)
    return rows.values_list("org_code", flat=True).first() or ""
