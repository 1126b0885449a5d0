"""Whatever stands in an OFD, in whatever order, it is read or refused with a reason, and nothing unseen comes out."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.in_child import Stop
from documents.refusal import REASONS
from documents.sources.ofd import child

from .ofd_files import Manner, More, ofd, package, parts
from .ofd_setting import Sheet, words

SECRET = "密"
SHOWN = Sheet([words(30, 40 + 10 * at, "请各单位于10月12日前报送总结。") for at in range(3)])
NUMBERS = st.sampled_from([
    "0", "5", "-3", "1e9", "nan", "inf", "x", "", "g", "g 3 5", "g 99999999 1", "0 0 210 297", "1 0 0 1 0 0",
    "0 0 0 0 0 0", "1 1 -1 1 5 5", "0 1 -1 0 210 0",
])  # fmt: skip
WORDS = st.sampled_from(["总结", "一、", "5家", "", " ", "\u3000", "\ue11e", "\n", "𬱖", "\u200b", "A&amp;B", "10月"])
NAMES = st.sampled_from(
    ["Boundary", "CTM", "Size", "HScale", "Font", "Alpha", "X", "Y", "DeltaX", "DeltaY", "ID", "ResourceID"]
)


def attributes() -> st.SearchStrategy[str]:
    """Attributes, each at most once."""
    return st.dictionaries(NAMES, NUMBERS, max_size=4).map(
        lambda said: "".join(f' {name}="{value}"' for name, value in said.items())
    )


def element(tag: str, inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda said, inside: f"<{tag}{said}>{inside}</{tag}>", attributes(), inner)


SHAPES = st.just("<CGTransform><Glyphs>1 x</Glyphs></CGTransform>")
TEXTS = element("TextObject", st.one_of(element("TextCode", WORDS), SHAPES))
LINES = st.sampled_from(["M 0 0 L 9 0", "M 0 L", "B 1 2", "S x y C C", "M 0 0 L 0 50 L 50 50 C"])
PATHS = element("PathObject", LINES.map(lambda said: f"<AbbreviatedData>{said}</AbbreviatedData>"))
UNSEEN = st.just(f'<TextObject Visible="false" Size="5"><TextCode X="50" Y="50">{SECRET}</TextCode></TextObject>')
DRAWN = st.recursive(
    st.one_of(TEXTS, PATHS, UNSEEN, element("ImageObject", st.just("")), element("CompositeObject", st.just(""))),
    lambda inner: st.builds(
        lambda tag, inside: f"<{tag}>{''.join(inside)}</{tag}>",
        st.sampled_from(["PageBlock", "Layer", "Odd"]),
        st.lists(inner, max_size=3),
    ),
    max_leaves=6,
)


def read_or_refused(data: bytes) -> str:
    """The text, "" where it is refused: always with a reason that the door knows."""
    try:
        return str(json.loads(child.read(data))["text"])
    except Stop as stop:
        assert str(stop) in REASONS
        return ""


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(DRAWN, max_size=5).map("".join))
def test_whatever_is_drawn_is_read_and_nothing_unseen(objects):
    text = read_or_refused(ofd([SHOWN], Manner(), More(objects=objects)))
    assert ("10月12日" in text, SECRET in text) == (True, False)


HELD = parts([SHOWN, SHOWN], Manner(), More())


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(HELD)), st.integers(0, 4000), st.binary(max_size=12), st.booleans())
def test_a_part_cut_or_overwritten_is_read_or_refused(name, at, instead, is_cut):
    content = bytes(HELD[name])
    at %= len(content)
    changed = content[:at] + instead + (b"" if is_cut else content[at + len(instead) :])
    read_or_refused(package(HELD | {name: changed}))


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 4000), st.binary(max_size=8))
def test_a_package_that_is_damaged_is_read_or_refused(at, instead):
    whole = package(HELD)
    at %= len(whole)
    read_or_refused(whole[:at] + instead + whole[at + len(instead) :])
