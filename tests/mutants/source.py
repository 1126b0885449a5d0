"""The functions of the three rooms, and where a line of text stands in them: names and text, never numbers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOMS = ("workflow", "activities", "reports")
NOT_SAMPLED = {"tests", "migrations", "demonstration", "management"}

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Function:
    """A function or method: its qualified name and the first and last line of its body, counted from 1."""

    name: str
    first: int
    last: int


@dataclass(frozen=True)
class Source:
    """One file, by its path from the top of the house."""

    path: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        """Its lines, with their ends."""
        return self.text.splitlines(keepends=True)

    @cached_property
    def functions(self) -> list[Function]:
        """Every function, the outer before those inside it."""
        return list(functions(ast.parse(self.text)))

    def around(self, number: int) -> Function | None:
        """The innermost function whose body holds this line."""
        holding = [function for function in self.functions if function.first <= number <= function.last]
        return holding[-1] if holding else None

    def equal_lines(self, function: Function, line: str) -> list[int]:
        """The numbers of the lines of a function, not of one inside it, that read like this when indentation is left
        out."""
        return [
            number
            for number in range(function.first, function.last + 1)
            if self.lines[number - 1].strip() == line and self.around(number) == function
        ]

    def with_line(self, number: int, line: str) -> str:
        """The text of the file with other words on one line; indentation and line end stay."""
        old = self.lines[number - 1]
        indented = old[: len(old) - len(old.lstrip())] + line + "\n"
        return "".join([*self.lines[: number - 1], indented, *self.lines[number:]])


def functions(tree: ast.AST, inside: str = "") -> Iterator[Function]:
    """Every function below a node, with the names of the classes and functions around it in its own."""
    for node in ast.iter_child_nodes(tree):
        name = inside
        if isinstance(node, FunctionNode | ast.ClassDef):
            name = f"{inside}.{node.name}" if inside else node.name
        if isinstance(node, FunctionNode):
            yield Function(name, node.body[0].lineno, node.end_lineno or node.body[-1].lineno)
        yield from functions(node, name)


def sources(top: Path) -> list[Source]:
    """Every file of the rooms that can have a fault of the sample, in the order of their paths."""
    return [
        Source(str(path.relative_to(top)), path.read_text())
        for room in ROOMS
        for path in sorted((top / room).rglob("*.py"))
        if not NOT_SAMPLED & set(path.relative_to(top).parts)
    ]
