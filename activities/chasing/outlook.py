"""What a reminder will do, said before it does it: how many people of how many units, who, whom nobody can reach."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from accounts.models import Role, Unit, User
from activities.chasing import dispatch, who
from activities.chasing.still_asked import still_asked
from activities.chasing.words import Debt, Part, Text, text
from activities.models import Assignment, Named, Reminder
from activities.states import LetterState
from campaigns.models import Campaign


@dataclass(frozen=True)
class Addressee:
    """One person who may get it."""

    pk: int
    name: str
    mail: bool
    roles: list[str]
    units: list[str]
    debts: int
    """What is still to be asked of the person; none: nothing goes."""
    ticked: bool


@dataclass(frozen=True)
class Numbers:
    """How many it reaches."""

    people: int
    units: int
    debts: int


@dataclass(frozen=True)
class Outlook:
    """A reminder that is not written yet. ``letters``: what each person would be asked for."""

    letters: who.Letters
    asks: who.Asks
    told: int
    """People who were reminded today of all they would be asked for: they are not told again."""

    @property
    def units(self) -> int:
        """Units that owe something the reminder asks for, whether anybody can be reached or not."""
        return len(self.asks)

    def numbers(self, left_out: Collection[int] = ()) -> Numbers:
        """Whom it would reach without some of the people."""
        asked = {debt for person, debts in self.letters.items() if person not in left_out for debt in debts}
        unit_of = {ask.assignment: unit for unit, asks in self.asks.items() for ask in asks}
        units = {unit_of[debt] for debt in asked}
        return Numbers(len(self.letters.keys() - set(left_out)), len(units), len(asked))

    def missing(self) -> list[who.Missing]:
        """Units nobody can be reached of, or nobody by mail."""
        return who.missing(self.asks.keys())


def outlook(rows: "QuerySet[Assignment]", *, to_heads: bool) -> Outlook:
    """What a reminder of what is owed among these assignments would do now; five queries, whatever the number.

    Arguments: assignments of one campaign; whether the heads of the units get it as well.
    """
    asks = who.found_by(rows, to_heads=to_heads)
    letters = who.letters(asks, who.reachable(asks.keys()), [])
    told = dispatch.told_today(letters.keys()) if letters else set()
    fresh = {person: left for person, debts in letters.items() if (left := untold(person, debts, told))}
    return Outlook(fresh, asks, len(letters) - len(fresh))


def untold(person: int, debts: dict[int, str], told: set[tuple[int, int]]) -> dict[int, str]:
    """What a person was not told today."""
    return {debt: role for debt, role in debts.items() if (person, debt) not in told}


# --- people ---------------------------------------------------------------------------------------------------


def addressees(
    letters: who.Letters, left_out: Collection[int] = (), asked: who.Letters | None = None
) -> list[Addressee]:
    """Those people as a page lists them, in the order of their first unit.

    Arguments: what each letter names; those whose box has no tick; what of it would still be asked, if not all.
    Two queries.
    """
    debts = {debt for each in letters.values() for debt in each}
    rows = Assignment.objects.filter(pk__in=debts).order_by("unit__order", "unit_id", "pk")
    units = {pk: (place, name) for place, (pk, name) in enumerate(rows.values_list("pk", "unit__name"))}
    people = User.objects.filter(pk__in=list(letters)).only("name", "username", "email")
    found = [(sorted(units[debt] for debt in letters[person.pk]), person) for person in people]
    return [
        Addressee(
            pk=person.pk,
            name=str(person),
            mail=bool(person.email),
            roles=[str(Role(role).label) for role in sorted(set(letters[person.pk].values()))],
            units=list(dict.fromkeys(name for _place, name in named)),
            debts=len(named if asked is None else asked.get(person.pk, ())),
            ticked=person.pk not in left_out,
        )
        for named, person in sorted(found, key=lambda each: (each[0], each[1].pk))
    ]


def preview(campaign: Campaign, person: int, debts: dict[int, str], *, line: str, words: str) -> Text | None:
    """The message as it would reach one person; None where nothing is left to ask."""
    owed = dispatch.owing(debts.keys())
    found = [Debt(owed[debt].row, campaign.pk, role) for debt, role in debts.items() if debt in owed]
    if not found:
        return None
    name = str(User.objects.only("name", "username").get(pk=person))
    return text(name, [Part(line, words or dispatch.words_of(campaign), found)])


# --- one that is written ----------------------------------------------------------------------------------------


def numbers(reminder: Reminder) -> Numbers:
    """Whom a reminder that is not sent will reach, as things stand."""
    rows = still_asked(reminder).filter(letter__state=LetterState.WAITING)
    counts = {"people": "letter", "units": "assignment__unit", "debts": "assignment"}
    return Numbers(**rows.aggregate(**{name: Count(what, distinct=True) for name, what in counts.items()}))


def letters_of(people: Iterable[int], rows: "QuerySet[Named]") -> who.Letters:
    """What the letters of some people name. Arguments: people; what is named by a reminder, or still asked by it."""
    found: who.Letters = defaultdict(dict)
    rows = rows.filter(letter__person__in=list(people)).order_by("pk")
    for person, assignment, role in rows.values_list("letter__person", "assignment", "role"):
        found[person][assignment] = role
    return found


def units_named(reminder: Reminder) -> "QuerySet[Unit]":
    """The units whose debts it names."""
    return Unit.objects.filter(pk__in=Named.objects.filter(letter__reminder=reminder).values("assignment__unit"))
