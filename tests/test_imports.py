"""No file imports itself by a detour: the rooms are in layers, and inside a room the files are as well."""

from graphlib import CycleError, TopologicalSorter

import grimp

PACKAGES = (
    "accounts", "activities", "bench", "campaigns", "documents", "feedback", "qualitymonth", "reports", "tests",
    "workflow",
)  # fmt: skip


def circle(imports):
    """Return the first circle of imports, [] when there is none. imports: {file: the files it imports}."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def test_a_circle_is_found():
    assert set(circle({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}})) == {"a", "b", "c"}


def test_no_file_imports_itself_by_a_detour():
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)  # imports for types alone count as well
    imports = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    assert len(imports) > 400
    assert circle(imports) == []
