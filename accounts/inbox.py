"""What the system told a person, as a list: what it shows, is narrowed by, and where its rows come from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from documents.text import one_bracket
from workflow import clock
from workflow.addresses import address
from workflow.compiled import Compiled, any_of
from workflow.listing.columns import Column, Type
from workflow.listing.listing import Facet, Listing, Order, Source
from workflow.listing.sheet import Fact, Shape, Sheet
from workflow.models import Notification
from workflow.sheets.asked import Page
from workflow.templatetags.linked import linked
from workflow.words import Words

PAGE = 30
SHAPE = Shape(masks={"about": 1, "read": 2, "age": 3}, orders={"told": (0,)})
UNREAD, READ = "no", "yes"
WEEK, MONTH, OLDER = "week", "month", "older"
OTHER = "other"
ABOUT = {
    "notices": _("Notices and their way"),
    "filings": _("Assignments and filings"),
    "reminders": _("Reminders"),
    "petitions": _("Extensions, and what does not apply"),
    "questions": _("Questions"),
    "slips": _("Supervision slips"),
    "meetings": _("Joint meetings"),
    "indicators": _("Indicators over years"),
    "units": _("Units and people"),
    OTHER: _("Other"),
}
"""What a message may be about, the first word of its key saying so."""
FIRST_WORDS = {
    word: about
    for about, words in (
        ("notices", "issued closed notice signing day"),
        ("filings", "assignment entry case task"),
        ("reminders", "owed reminder held"),
        ("petitions", "petition"),
        ("questions", "question answer"),
        ("slips", "slip slips"),
        ("meetings", "meeting"),
        ("indicators", "indicator"),
        ("units", "merged deputy hand personal"),
    )
    for word in words.split()
}


# --- where rows come from -------------------------------------------------------------------------------------------


FACTS = Compiled(
    lambda person: (
        Notification.objects.filter(person=person).order_by("pk").values_list("pk", "key", "read_at", "created_at")
    )
)


WHOLE = [field.attname for field in Notification._meta.concrete_fields]
ROWS = Compiled(
    lambda person, pks: Notification.objects.filter(any_of("pk", pks), person=person).order_by().values_list(*WHOLE)
)


def facts_of(person: int, now: datetime) -> Iterator[Fact]:
    """The messages of a person as a sheet takes them."""
    week, month = now - timedelta(days=7), now - timedelta(days=30)
    for pk, key, read_at, at in FACTS(person=person):
        about = FIRST_WORDS.get(key.partition("-")[0], OTHER)
        yield pk, about, READ if read_at else UNREAD, WEEK if at >= week else MONTH if at >= month else OLDER


@dataclass
class Messages(Source):
    """The messages of one person, read for this page alone."""

    person: int = 0

    @classmethod
    def of(cls, person: int) -> "Messages":
        """All that was told to a person."""
        sheet = Sheet(SHAPE, facts_of(person, clock.now()))
        return cls(sheet, sheet.all, person=person)

    def worded(self, words: str) -> int:
        """The messages in which these characters stand, as the reader reads them."""
        sought = one_bracket(words)
        rows = Notification.objects.filter(person=self.person).only("message", "values", "body").iterator()
        found = (row.pk for row in rows if sought in one_bracket(f"{row.text}\n{row.body}"))
        return self.sheet.mask_of(self.sheet.place[pk] for pk in found if pk in self.sheet.place)

    def read(self, pks: Sequence[int]) -> list[Notification]:
        rows = ROWS(person=self.person, pks=list(pks))
        return [Notification.from_db(DEFAULT_DB_ALIAS, WHOLE, row) for row in rows]


# --- columns --------------------------------------------------------------------------------------------------------


def about(row: Notification) -> Any:
    """What a message is about."""
    return ABOUT[FIRST_WORDS.get(row.key.partition("-")[0], OTHER)]


def message(row: Notification, words: Words) -> str:
    """What it says, leading where it points; the letter below it, open until it is read."""
    icon = "envelope-open" if row.read_at else "envelope-fill"
    link = f'<a id="r{row.pk}" href="{address("accounts:message", row.pk)}">{escape(row.text)}</a>'
    said = f'<i class="bi bi-{icon}" aria-hidden="true"></i> {link}'
    if not row.body:
        return said
    is_open, whole = "" if row.read_at else " open", words.text("The message in full")
    return f'{said}<details class="letter"{is_open}><summary>{whole}</summary><div>{linked(row.body)}</div></details>'


MESSAGES = Listing(
    "messages",
    _("Inbox"),
    (
        Column("message", _("Message"), lambda row: row.text, width=60, html=message),
        Column("letter", _("The message in full"), lambda row: row.body, width=60, shown=False),
        Column("about", _("What it is about"), about, width=20),
        Column("told", _("When"), lambda row: row.created_at, Type.MOMENT, 18, "told",
               lambda row, words: f'<span class="day">{words.moment(row.created_at)}</span>'),
        Column("read", _("Read at"), lambda row: row.read_at, Type.MOMENT, 18, shown=False),
    ),
    (
        Facet("read", _("Read or not"), lambda _source: [(UNREAD, _("Not read yet")), (READ, _("Read"))],
              lambda source, value: source.sheet.having("read", value)),
        Facet("about", _("What it is about"), lambda _source: list(ABOUT.items()),
              lambda source, value: source.sheet.having("about", value)),
        Facet("age", _("When"),
              lambda _source: [(WEEK, _("In the last week")), (MONTH, _("In the last month")), (OLDER, _("Earlier"))],
              lambda source, value: source.sheet.having("age", value)),
    ),
    (Order("told", "told", back=True),),
    page=PAGE,
)  # fmt: skip


def page_before(user: Any, _scope: Mapping[str, Any]) -> Page:
    """The messages of this person."""
    return Page(MESSAGES, Messages.of(user.pk), "", reverse("accounts:inbox"))
