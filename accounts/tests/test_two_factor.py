"""Signing in in two steps: an app or paper, demanded by role, braked, and switched off by an administrator."""

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse

from accounts import two_factor
from accounts.models import RoleChange
from tests.cast import said, signed_in, text
from tests.pages import opened, page_of, press

OWN = "seven grey cranes"


@pytest.fixture
def liaison(cast):
    cast.liaison.set_password(OWN)
    cast.liaison.save()
    return cast.liaison


def digits(secret):
    """What the app shows now."""
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))


def switched_on(client, address="/two-factor/"):
    """Set up as a person does. Returns: the secret in the app, and the page with the recovery codes."""
    page = opened(client, address)
    secret = page.html.select_one("code.secret").get_text()
    return secret, press(client, page, "Switch it on", password=OWN, code=digits(secret))


def by_password(going="/inbox/"):
    client = Client()
    client.cookies["django_language"] = "en"
    return press(client, f"/sign-in/?next={going}", username="liaison", password=OWN)


def step(response, code):
    return press(response.client, page_of(response), code=code)


def at(response):
    return response.request["PATH_INFO"]


def test_once_it_is_on_the_password_alone_opens_nothing_and_the_code_leads_on(liaison):
    secret, _page = switched_on(signed_in(liaison))
    waits = by_password()
    assert (at(waits), waits.client.get("/inbox/").status_code) == ("/sign-in/code/", 302)
    wrong = step(waits, "000000")
    assert "This code is not right" in text(wrong)
    shown = digits(secret)
    assert at(step(waits, shown)) == "/inbox/"
    again = step(by_password(), shown)
    assert (at(again), "was used already" in text(again)) == ("/sign-in/code/", True)


def test_a_recovery_code_is_shown_once_and_good_once(liaison):
    client = signed_in(liaison)
    _secret, shown = switched_on(client)
    codes = [each.get_text() for each in page_of(shown).html.select(".codes code")]
    assert (len(codes), codes[0] in text(client.get("/two-factor/"))) == (10, False)
    assert [at(step(by_password(), codes[0])) for _ in range(2)] == ["/inbox/", "/sign-in/code/"]
    assert "9 recovery codes are left" in text(client.get("/two-factor/"))
    press(client, "/two-factor/", "New recovery codes", password=OWN)
    assert at(step(by_password(), codes[1])) == "/sign-in/code/"


def test_codes_cannot_be_guessed(liaison):
    secret, _page = switched_on(signed_in(liaison))
    waits = by_password()
    found = [step(waits, f"00000{n}").status_code for n in range(6)]
    assert found == [200] * 5 + [429]
    assert at(step(by_password(), digits(secret))) == "/sign-in/code/"


def test_whoever_waited_too_long_or_has_another_password_meanwhile_begins_anew(liaison, monkeypatch):
    secret, _page = switched_on(signed_in(liaison))
    waits = by_password()
    monkeypatch.setattr("accounts.second_step.SECONDS", -1)
    assert at(step(waits, digits(secret))) == "/sign-in/"
    monkeypatch.undo()
    waits = by_password()
    liaison.set_password("another long one")
    liaison.save()
    assert at(step(waits, digits(secret))) == "/sign-in/"


def test_whoever_finds_a_browser_open_changes_nothing(liaison):
    client = signed_in(liaison)
    page = opened(client, "/two-factor/")
    secret = page.html.select_one("code.secret").get_text()
    assert "This is not your password" in text(press(client, page, password="a guess", code=digits(secret)))
    switched_on(client)
    press(client, "/two-factor/", "Switch it off", password="a guess")
    assert two_factor.is_on(liaison)
    press(client, "/two-factor/", "Switch it off", password=OWN)
    assert not two_factor.is_on(liaison)


def test_a_role_that_demands_it_opens_nothing_before_it_is_set_up(liaison, settings, cast):
    settings.TWO_FACTOR_ROLES = ["liaison"]
    assert signed_in(cast.head).get("/inbox/").status_code == 200
    entered = by_password()
    assert (at(entered), "Your role demands a second step" in text(entered)) == ("/two-factor/", True)
    _secret, shown = switched_on(entered.client, "/inbox/")
    assert page_of(shown).html.select_one("main a.btn")["href"] == "/inbox/"
    assert entered.client.get("/inbox/").status_code == 200


def test_a_lost_telephone_is_a_press_of_the_administrator_with_a_trace(liaison, cast):
    switched_on(signed_in(liaison))
    done = press(signed_in(cast.admin), reverse("accounts:person", args=[liaison.pk]), "Switch off the second step")
    assert said(done) == ["liaison signs in with the password alone now."]
    assert at(by_password()) == "/inbox/"
    assert list(RoleChange.objects.values_list("person__name", "deed", "by__name")) == [("liaison", "factor", "admin")]


def test_in_the_dialog_before_the_end_the_code_is_asked_for_as_well(liaison):
    secret, _page = switched_on(signed_in(liaison))
    client = Client(headers={"accept-language": "en"})

    def dialog(response):
        page = page_of(response, "/session/")
        page.html.dialog.name = "main"
        return page

    waits = press(client, dialog(client.get("/session/", {"account": "liaison"})), password=OWN)
    assert (waits.status_code, "_auth_user_id" in client.session) == (422, False)
    assert press(client, dialog(waits), code=digits(secret)).json()["left"] > 7000
    assert "_auth_user_id" in client.session
