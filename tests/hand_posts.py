"""Tests that post a hand-made form: ``make lint`` names them (``python -m tests.hand_posts``).

What a page sends is read from the page (``tests/pages.py``); a dictionary written by hand sends less, and the fault of
the page stays unseen.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

DOOR = Path("tests/pages.py")
"""The one file that posts."""


def hand_posts(source: str) -> list[int]:
    """The lines of a source that post past the pages: ``x.post``, ``getattr(x, "post")``, ``x.generic("POST", …)``."""
    found = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.expr) and is_post(node))
    return sorted(node.lineno for node in found)


def is_post(node: ast.expr) -> bool:
    """Whether this is a post, or takes the method that posts."""
    if isinstance(node, ast.Attribute):
        return node.attr == "post"
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    said = [each.value for each in node.args if isinstance(each, ast.Constant)]
    return (name == "getattr" and "post" in said) or (name == "generic" and "POST" in said)


def tests_below(top: Path) -> Iterator[Path]:
    """The test files of the house and their helpers."""
    for path in sorted(top.glob("**/*.py")):
        within = path.relative_to(top)
        if not within.parts[0].startswith((".", "node_modules")) and "tests" in within.parts and within != DOOR:
            yield path


def main(top: Path) -> int:
    """Say where somebody posts by hand. Returns: 1 if anybody does."""
    found = [(path.relative_to(top), line) for path in tests_below(top) for line in hand_posts(path.read_text())]
    for path, line in found:
        print(
            f"{path}:{line}: a form posted by hand; use press(…) of tests/pages.py, or forge(…) where no page sends it"
        )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path.cwd()))
