"""The sample: which faults, drawn by chance from a fixed seed, and where each stands in a tree that changed since."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from tests.mutants.faults import faults_of_line
from tests.mutants.reach import Reach
from tests.mutants.source import ROOMS, Function, Source

SEED = 2015
CRUDE = {
    "arg_removal",
    "assignment",
}  # mostly a crash, which any test of the line notices: taken where there is no other


@dataclass(frozen=True)
class Fault:
    """One line of one function as it is and as it should not be.

    Function, line and occurrence (the how-manyth of the function's equal lines, from 0) say where; ``file`` says only
    where that was when the sample was drawn, and decides between functions of one name.
    """

    file: str
    function: str
    line: str
    occurrence: int
    operator: str
    fault: str


@dataclass(frozen=True)
class Place:
    """Where a fault stands in a tree: the file and the number of the line."""

    source: Source
    number: int


def draw(sources: list[Source], reach: Reach, size: int, seed: int = SEED) -> Iterator[Fault]:
    """Faults on lines that some test runs, from each room in proportion to its lines; one fault a line.

    Arguments: the files, what the tests run, how many faults, the seed. Yields: the faults, room by room.
    """
    chance = random.Random(seed)
    lines = {room: reached_lines(room, sources, reach) for room in ROOMS}
    for room, share in shares({room: len(lines[room]) for room in ROOMS}, size).items():
        chance.shuffle(lines[room])
        drawn = 0
        for place, function in lines[room]:
            if drawn == share:
                break
            if found := faults_of_line(place.source, place.number):
                operator = chance.choice(sorted(found.keys() - CRUDE) or sorted(found))
                fault = named(place, function, operator, chance.choice(found[operator]))
                if placed(fault, sources) == place:  # it must be found again
                    yield fault
                    drawn += 1


def reached_lines(room: str, sources: list[Source], reach: Reach) -> list[tuple[Place, Function]]:
    """The lines inside functions of a room that some test runs."""
    return [
        (Place(source, number), function)
        for source in sources
        if source.path.startswith(f"{room}/")
        for number in sorted(reach.lines(source.path))
        if (function := source.around(number))
    ]


def shares(sizes: dict[str, int], total: int) -> dict[str, int]:
    """A whole number divided in proportion to sizes, remainders to the largest."""
    exact = {name: total * size / sum(sizes.values()) for name, size in sizes.items()}
    whole = {name: int(share) for name, share in exact.items()}
    for name in sorted(exact, key=lambda name: whole[name] - exact[name])[: total - sum(whole.values())]:
        whole[name] += 1
    return whole


def named(place: Place, function: Function, operator: str, fault: str) -> Fault:
    """A fault told by names and text."""
    line = place.source.lines[place.number - 1].strip()
    occurrence = place.source.equal_lines(function, line).index(place.number)
    return Fault(place.source.path, function.name, line, occurrence, operator, fault)


def placed(fault: Fault, sources: list[Source]) -> Place | None:
    """Where the fault stands in these files, which may be others than those it was drawn from.

    A function of that qualified name with that line comes first, then one of that last name (a function became a
    method, or the reverse), then any function, if the line is the only one like it. Among several the file that is
    called as before decides. Returns: None when there is no such line, or no telling which.
    """
    there = [
        (function, Place(source, number))
        for source in sources
        for function in source.functions
        for occurrence, number in enumerate(source.equal_lines(function, fault.line))
        if occurrence == fault.occurrence
    ]
    same_name = [place for function, place in there if function.name == fault.function]
    same_last = [place for function, place in there if last(function.name) == last(fault.function)]
    for places in (same_name, same_last, [place for _, place in there]):
        if place := the_one(places, fault.file):
            return place
    return None


def last(name: str) -> str:
    """The last of the names that a qualified name is made of."""
    return name.rpartition(".")[2]


def the_one(places: list[Place], file: str) -> Place | None:
    """The only place; among several the one in that file, or the only one in a file of that name."""
    same_path = [place for place in places if place.source.path == file]
    same_file = [place for place in places if Path(place.source.path).name == Path(file).name]
    return next((found[0] for found in (places, same_path, same_file) if len(found) == 1), None)


def load(path: Path) -> list[tuple[Fault, str]]:
    """The faults of a sample and what became of each then."""
    return [(fault_of(kept), kept["result"]) for kept in json.loads(path.read_text())["faults"]]


def row(fault: Fault, **result: object) -> dict[str, Any]:
    """A fault and what became of it, as it is kept."""
    return {**asdict(fault), **result}


def fault_of(kept: dict[str, Any]) -> Fault:
    """The fault that a kept row tells of."""
    return Fault(**{field.name: kept[field.name] for field in fields(Fault)})
