"""Parts of a page that are kept for what they depend on; addresses of rows."""

from datetime import date

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe

from activities.states import PAGES
from workflow.addresses import address
from workflow.templatetags import kept as tags
from workflow.templatetags.kept import kept


@pytest.fixture
def made(monkeypatch):
    """How often a template was rendered; the part says what it was given."""
    found = []

    def render(name, given):
        found.append(name)
        return Template("{{ a }}|{{ b }}|{{ user }}").render(Context(given))

    tags.part.cache_clear()
    monkeypatch.setattr(tags, "render_to_string", render)
    yield found
    tags.part.cache_clear()


def test_a_part_is_rendered_once_for_the_same_values(made):
    assert [kept("menu.html", a=1, b="x") for _ in range(3)] == ["1|x|"] * 3
    assert (kept("menu.html", a=2, b="x"), kept("other.html", a=1, b="x"), len(made)) == ("2|x|", "1|x|", 3)


def test_the_languages_have_parts_of_their_own(made):
    for code in ("en", "zh-hans", "en"):
        with translation.override(code):
            kept("menu.html", a=1)
    assert len(made) == 2


def test_what_is_alike_but_not_the_same_is_kept_apart(made):
    assert [kept("menu.html", a=value) for value in (1, True, "1", None, date(2015, 9, 1))] == [
        "1||", "True||", "1||", "None||", "2015年9月1日||"
    ]  # fmt: skip
    assert len(made) == 5


def test_a_text_somebody_vouched_for_is_escaped_all_the_same(made):
    """Otherwise what is kept for it would be shown for the same text typed by anybody."""
    assert kept("menu.html", a=mark_safe("<b>"), b="") == kept("menu.html", a="<b>", b="") == "&lt;b&gt;||"
    assert len(made) == 1


@pytest.mark.parametrize("value", [object(), [1], {"a": 1}, 1.5, ("x", [])])
def test_what_may_change_is_nothing_to_keep_a_part_by(value):
    with pytest.raises(TypeError):
        kept("menu.html", a=value)


def test_while_pages_are_made_nothing_is_kept(made, settings):
    settings.DEBUG = True
    assert [kept("menu.html", a=1), kept("menu.html", a=1)] == ["1||"] * 2
    assert len(made) == 2


@pytest.mark.parametrize("page", [*PAGES.values(), "activities:activity", "activities:task", "accounts:unit"])
def test_the_address_of_a_row_is_that_of_its_page(page):
    assert [address(page, pk) for pk in (1, 40_000)] == [reverse(page, args=[pk]) for pk in (1, 40_000)]
