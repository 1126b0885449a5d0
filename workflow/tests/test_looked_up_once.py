"""What templates look up once says what Django's own tags say, whoever asks next."""

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override


def shown(text, **given):
    return Template(text).render(Context(given))


def test_a_message_is_said_to_each_reader_in_their_language():
    page = Template("{% load i18n %}{% translate 'Home' %}")
    said = []
    for language in ("zh-hans", "en", "zh-hans"):
        with override(language):
            said.append(page.render(Context()))
    assert said == ["首页", "Home", "首页"]


def test_a_message_that_is_given_is_asked_for_each_time():
    with override("en"):
        page = Template("{% load i18n %}{% translate words %}")
        assert [page.render(Context({"words": each})) for each in ("Home", "<b>")] == ["Home", "&lt;b&gt;"]


def test_an_address_is_the_one_of_its_row():
    page = Template("{% url 'activities:assignments' pk %} {% url 'reports:home' %}")
    for pk in (7, 8):
        assert page.render(Context({"pk": pk})) == f"{reverse('activities:assignments', args=[pk])} /"


@pytest.mark.parametrize("pk", [None, "", "seven", -1])
def test_an_address_of_no_row_is_refused_as_ever(pk):
    with pytest.raises(NoReverseMatch):
        shown("{% url 'activities:assignments' pk %}", pk=pk)


def test_every_answer_has_its_own_nonce(rf):
    page = Template("{% scripts 'frame.js' %}")
    for nonce in ("one", "two"):
        request = rf.get("/")
        request.csp_nonce = nonce
        found = page.render(Context({"request": request}))
        assert "frame" in found and f'nonce="{nonce}"' in found and " defer " in found
