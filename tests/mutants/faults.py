"""The faults one line can get: mutmut's operators, without those that change nothing."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from typing import cast

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

from tests.mutants.source import Source


def faults_of_line(source: Source, number: int) -> dict[str, list[str]]:
    """What mutmut would make of one line.

    Arguments: the file, the number of the line. Returns: name of the operator → the line with the fault, stripped; an
    operator that has nothing to change here is not in it.
    """
    wrapper = MetadataWrapper(cst.parse_module(source.text), unsafe_skip_copy=True)
    finder = NodesOfLine(number)
    wrapper.visit(finder)
    found: dict[str, list[str]] = defaultdict(list)
    for node in finder.nodes:
        for operator, replacement in replacements(node):
            faulty = cast(cst.Module, wrapper.module.deep_replace(node, replacement)).code
            line = changed_line(source, number, faulty)
            if line is not None and line not in found[operator] and matters(source.text, faulty):
                found[operator].append(line)
    return {operator: lines for operator, lines in found.items() if lines}


class NodesOfLine(cst.CSTVisitor):
    """Collects the nodes that begin and end on one line."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self.nodes: list[cst.CSTNode] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        place = self.get_metadata(PositionProvider, node, None)
        if place is None:
            return True
        if place.start.line == place.end.line == self.number:
            self.nodes.append(node)
        return place.start.line <= self.number <= place.end.line


def replacements(node: cst.CSTNode) -> Iterator[tuple[str, cst.CSTNode]]:
    """What every operator would put in the place of a node, with the operator's name."""
    for kind, operator in mutation_operators:
        if isinstance(node, kind):
            for replacement in operator(node):
                yield operator.__name__.removeprefix("operator_"), replacement


def changed_line(source: Source, number: int, faulty: str) -> str | None:
    """The line as the fault leaves it, when it is the only one that changed and the file can still be compiled."""
    lines = faulty.splitlines(keepends=True)
    before, after = source.lines[number - 1], lines[number - 1] if len(lines) >= number else ""
    alone = lines == [*source.lines[: number - 1], after, *source.lines[number:]]
    if not alone or before.strip() == after.strip():
        return None
    try:
        compile(faulty, source.path, "exec", dont_inherit=True)
    except SyntaxError:
        return None
    return after.strip()


def matters(text: str, faulty: str) -> bool:
    """Is the faulty text another programme? Types and docstrings are nothing a programme does."""
    return meaning(text) != meaning(faulty)


def meaning(text: str) -> str:
    """The tree of a text without what changes nothing when it runs."""
    return ast.dump(WithoutWords().visit(ast.parse(text)))


class WithoutWords(ast.NodeTransformer):
    """Takes annotations, docstrings and the type that ``cast`` names out of a tree."""

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.annotation = ast.Constant(None)
        return self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        return ast.Pass() if isinstance(node.value, ast.Constant) else self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if isinstance(node.func, ast.Name) and node.func.id == "cast":
            node.args = node.args[1:]
        return self.generic_visit(node)
