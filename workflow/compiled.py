"""A query whose SQL is built once for each process; later calls only put in other values.

Building a queryset with its conditions and turning it into SQL costs as much as many a page may cost in all, and gives
the same text every time. A :class:`Compiled` query is written with the ORM, as any other, with a :class:`Given` where a
value will stand::

    of_person = Compiled(lambda person: Membership.objects.filter(user=person).values_list("unit", "role"))
    of_person(person=7)  # [(3, "staff")]

Rows are tuples: what ``values_list`` gives.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Expression, F, Q, QuerySet
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler


class Given(Expression):
    """The place of a value in a compiled query."""

    def __init__(self, name: str, place: int | None = None) -> None:
        """Arguments: the value's name; for one of several values, its place among them."""
        super().__init__()
        self.name, self.place = name, place

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """A placeholder, and this object where the value will stand."""
        return "%s", [self]

    def of(self, values: dict[str, Any], connection: Any) -> Any:
        """Its value as the database takes it."""
        value = values[self.name]
        return adapted(value if self.place is None else value[self.place], connection)


def adapted(value: Any, connection: Any) -> Any:
    """A value as the database's driver takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def any_of(column: str, values: Iterable[Any]) -> Q:
    """That a column has one of these values: as ``column__in``, which takes no :class:`Given` for a foreign key."""
    return Q(In(F(column), list(values)))


SOME = " LIMIT %s OFFSET %s"
ROWS, COUNT, PART = "{}", "SELECT COUNT(*) FROM ({}) counted", "{}" + SOME
"""What becomes of the SQL of a queryset: as it is, how many rows it has, some of them."""


class Statement:
    """One text of SQL with its places, and what turns its columns into Python."""

    def __init__(self, rows: "QuerySet[Any, Any]", form: str, more: Iterable[Any]) -> None:
        """Arguments: the queryset; what its SQL becomes; the values that come behind its own."""
        rows = rows.order_by() if form == COUNT else rows
        compiler: SQLCompiler = rows.query.get_compiler(using=rows.db)
        sql, params = compiler.as_sql()
        self.sql, self.params = form.format(sql), (*params, *more)
        self.using, self.compiler = rows.db, compiler
        columns = [each for each, *_rest in compiler.select] if form in (ROWS, PART) else []
        self.converters = compiler.get_converters(columns)

    def run(self, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        """The rows for these values."""
        connection = connections[self.using]
        params = [each.of(values, connection) if isinstance(each, Given) else each for each in self.params]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        if not self.converters:
            return rows
        return [tuple(row) for row in self.compiler.apply_converters(rows, self.converters)]


def filled(values: Sequence[Any]) -> list[Any]:
    """Several values, the last one again and again until they are a power of two: so that a query has few shapes."""
    wanted = 1 << (len(values) - 1).bit_length() if values else 0
    return [*values, *([values[-1]] * (wanted - len(values)) if values else ())]


class Compiled:
    """A query that is compiled once for each shape: which of its parts are wanted, and how many values each place has.

    ``build`` is called with the parts as they are and with the values replaced by :class:`Given` (several values: a
    list of them). It must not look at a clock, a person or anything else but its arguments: what it returns is kept.
    """

    def __init__(self, build: "Callable[..., QuerySet[Any, Any]]", form: str = ROWS) -> None:
        """Arguments: makes the queryset, ending in ``values_list``; what is wanted of it.

        ``COUNT``: only the number of rows (:meth:`number`). ``PART``, or any other text that
        ends with ``SOME``: some of the rows, ``limit`` of them from ``offset`` on, which are two more values of a call.
        """
        self.build, self.form = build, form
        self.statements: dict[Hashable, Statement | None] = {}

    def __call__(self, *parts: Hashable, **values: Any) -> list[tuple[Any, ...]]:
        """The rows.

        Arguments: parts of which the text of the query depends; the values. Several values are given as a list or
        tuple, for :func:`any_of`; None is no value, because in SQL nothing equals it.
        """
        values = {name: filled(value) if isinstance(value, list | tuple) else value for name, value in values.items()}
        several = {name: len(value) for name, value in values.items() if isinstance(value, list)}
        key = (parts, tuple(values), tuple(several.items()))
        if key not in self.statements:
            self.statements[key] = self.compiled(parts, values, several)
        statement = self.statements[key]
        return statement.run(values) if statement else self.nothing()

    def compiled(
        self, parts: tuple[Hashable, ...], values: dict[str, Any], several: dict[str, int]
    ) -> Statement | None:
        """The statement of a shape; None when it can have no rows."""
        places = {
            name: [Given(name, place) for place in range(several[name])] if name in several else Given(name)
            for name in values
        }
        try:
            part = [places.pop("limit"), places.pop("offset")] if self.form.endswith(SOME) else []
            return Statement(self.build(*parts, **places), self.form, part)
        except EmptyResultSet:
            return None

    def nothing(self) -> list[tuple[Any, ...]]:
        """What a query without rows gives."""
        return [(0,)] if self.form == COUNT else []

    def number(self, *parts: Hashable, **values: Any) -> int:
        """How many rows there are (of a query made with ``COUNT``)."""
        return int(self(*parts, **values)[0][0])
