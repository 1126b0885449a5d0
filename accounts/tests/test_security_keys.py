"""Signing in with a security key: added once, shown each time, and no answer counts twice, elsewhere or for another."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts import two_factor
from tests.cast import said, signed_in, text
from tests.pages import forge, opened, page_of, press
from tests.soft_key import SoftKey

OWN = "seven grey cranes"
ASKED = "/two-factor/key/"


@pytest.fixture
def liaison(cast):
    cast.liaison.set_password(OWN)
    cast.liaison.save()
    return cast.liaison


def asked(client, **new):
    """What the browser is told to ask a key."""
    answer = forge(client, ASKED, new)
    assert answer.status_code == 200, answer.content
    return answer.json()


def added(client, key, name="blue key", answer=None, password=OWN):
    answer = key.added(asked(client, new="1")) if answer is None else answer
    return press(client, "/two-factor/", "Add the key", name=name, password=password, forged={"answer": answer})


def by_password(going="/inbox/"):
    client = Client()
    client.cookies["django_language"] = "en"
    return press(client, f"/sign-in/?next={going}", username="liaison", password=OWN)


def show(waits, answer):
    return press(waits.client, page_of(waits), "Show my security key", forged={"answer": answer})


def at(response):
    return response.request["PATH_INFO"]


def test_with_a_key_one_signs_in_without_typing_and_the_password_alone_opens_nothing(liaison):
    key, client = SoftKey(), signed_in(liaison)
    codes = page_of(added(client, key)).html.select(".codes code")
    assert (len(codes), two_factor.is_on(liaison)) == (10, True)
    assert "blue key" in text(client.get("/two-factor/"))
    waits = by_password()
    assert (at(waits), waits.client.get("/inbox/").status_code) == ("/sign-in/code/", 302)
    assert at(show(waits, key.shown(asked(waits.client)))) == "/inbox/"
    waits = by_password()
    assert at(press(waits.client, page_of(waits), "Sign in", code=codes[0].get_text())) == "/inbox/"


def test_an_answer_counts_once_and_only_for_what_was_asked_here(liaison):
    key = SoftKey()
    added(signed_in(liaison), key)
    waits = by_password()
    heard = key.shown(asked(waits.client))
    assert at(show(waits, heard)) == "/inbox/"
    refused = {
        "heard before": lambda client: (asked(client), heard)[1],
        "of another page": lambda client: key.shown(asked(client), site="https://testserver.example.com"),
        "of another key": lambda client: SoftKey().shown(asked(client)),
        "signed by another": lambda client: forged(key, asked(client)),
    }
    for way, answer in refused.items():
        waits = by_password()
        shown = show(waits, answer(waits.client))
        assert (way, at(shown), "This is not a key of yours" in text(shown)) == (way, "/sign-in/code/", True)


def forged(key, what):
    """The number of one key, the signature of another."""
    other = SoftKey()
    other.number = key.number
    return other.shown(what)


@pytest.mark.parametrize("answer", ["nonsense", "[]", "{}", '{"id": 7, "response": {}}', "null"])
def test_what_is_no_answer_of_a_key_is_refused_in_words(liaison, answer):
    client = signed_in(liaison)
    asked(client, new="1")
    shown = added(client, SoftKey(), answer=answer)
    assert "The key did not answer what was asked" in text(shown)
    assert page_of(shown).html.select_one("input[name=name]")["value"] == "blue key"
    assert not two_factor.is_on(liaison)
    added(client, SoftKey())
    waits = by_password()
    asked(waits.client)
    assert "This is not a key of yours" in text(show(waits, answer))


def test_without_a_question_no_answer_counts(liaison):
    key, client = SoftKey(), signed_in(liaison)
    answer = key.added(asked(client, new="1"))
    added(client, key, answer=answer)
    assert "did not answer what was asked" in text(added(client, SoftKey(), answer=answer))
    assert "did not answer what was asked" in text(added(client, SoftKey(), answer=""))


def test_whoever_finds_a_browser_open_adds_no_key_and_a_stranger_is_asked_nothing(liaison):
    shown = added(signed_in(liaison), SoftKey(), password="a guess")
    assert ("This is not your password" in text(shown), two_factor.is_on(liaison)) == (True, False)
    assert [forge(Client(), ASKED, new).status_code for new in ({}, {"new": "1"})] == [403, 403]


def test_keys_are_guessed_at_no_quicker_than_codes(liaison):
    added(signed_in(liaison), SoftKey())
    waits = by_password()
    assert [show(waits, "{}").status_code for _ in range(6)] == [200] * 5 + [429]


def test_app_and_key_stand_beside_each_other_and_the_last_that_goes_takes_the_codes_along(liaison):
    client = signed_in(liaison)
    added(client, SoftKey())
    assert said(added(client, SoftKey(), name="office computer")) == ["The key office computer will do at signing in."]
    page = opened(client, "/two-factor/")
    assert page.html.select_one("code.secret")  # the app is still offered
    for name in ("blue key", "office computer"):
        done = press(client, "/two-factor/", f"Remove {name}", password=OWN)
        assert said(done) == [f"The key {name} opens nothing any more."]
    assert (two_factor.is_on(liaison), two_factor.codes_left(liaison)) == (False, 0)


def test_a_lost_key_is_a_press_of_the_administrator(liaison, cast):
    added(signed_in(liaison), SoftKey())
    press(signed_in(cast.admin), reverse("accounts:person", args=[liaison.pk]), "Switch off the second step")
    assert at(by_password()) == "/inbox/"
