"""Passwords: which are taken, how they are kept, and what slows a stranger down but no colleague."""

from datetime import timedelta
from functools import cache

import pytest
from django.contrib.auth import hashers
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from accounts import brakes
from accounts.models import User, WrongTry
from accounts.passwords import Argon2id
from tests.cast import signed_in, text
from tests.pages import opened, press

OWN = "seven grey cranes"
OFFICE, ELSEWHERE = "10.0.0.1", "203.0.113.9"
WAIT = "Please wait"


@pytest.fixture
def known(cast):
    """The liaison officer and the head of one unit; both can sign in."""
    for user in (cast.liaison, cast.head):
        user.set_password(OWN)
        user.save()
    return cast


def tries(password, name="liaison", address=OFFICE, client=None):
    """One try to sign in; a browser nobody has signed in with, unless one is given."""
    client = client or Client(REMOTE_ADDR=address, headers={"accept-language": "en"})
    client.cookies["django_language"] = "en"
    return press(client, page(), username=name, password=password)


@cache
def page():
    """The page to sign in, the same for everybody."""
    return opened(Client(), "/sign-in/")


def is_in(response):
    return "_auth_user_id" in response.client.session


@pytest.fixture
def hashed(monkeypatch):
    """What was hashed: the work a try makes."""
    done = []
    hasher = hashers.MD5PasswordHasher
    encode = hasher.encode
    monkeypatch.setattr(hasher, "encode", lambda self, *given: done.append(given[0]) or encode(self, *given))
    return done


# --- which are taken ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "password",
    ["qualitymonth1", "liaison1liaison", "Quality@2026", "P@ssw0rd2026!", "Zhiliangyue2026!", "Fagaiwei#123456",
     "1qaz@WSX3edc", "quality-month", "aB3$xyz9q", "onlysmallletter", "13800000009Aa!"],
)  # fmt: skip
def test_what_is_short_plain_or_guessed_first_is_no_password(password):
    with pytest.raises(ValidationError):
        validate_password(password, User(username="liaison-fagaiwei", mobile="138 0000 0009"))


@pytest.mark.parametrize("password", ["x7Kp29QmT4", "three quiet herons", "一行白鹭上青天Ab9", "a long new password"])
def test_what_is_long_or_mixed_is_one(password):
    validate_password(password, User(username="liaison-fagaiwei"))


def test_it_is_kept_by_argon2id_and_an_old_hash_is_made_anew_at_the_next_sign_in(known, settings):
    old = User.objects.get(username="liaison").password
    settings.PASSWORD_HASHERS = ["accounts.passwords.Argon2id", "django.contrib.auth.hashers.MD5PasswordHasher"]
    assert is_in(tries(OWN))
    new = User.objects.get(username="liaison").password
    assert (old.split("$")[0], new.split("$")[:4]) == ("md5", ["argon2", "argon2id", "v=19", "m=19456,t=2,p=1"])
    assert (Argon2id().must_update(new), is_in(tries(OWN))) == (False, True)


def test_an_unknown_name_costs_the_same_as_a_known_one(known, hashed):
    User.objects.filter(username="head").update(is_active=False)
    cost = {}
    for name in ("liaison", "head", "nobody at all"):
        tries("not it", name=name)
        cost[name] = len(hashed)
        hashed.clear()
    assert cost == {"liaison": 1, "head": 1, "nobody at all": 1}


# --- the brake ---------------------------------------------------------------------------------------------


def test_forty_wrong_passwords_are_hashed_five_times(known, hashed):
    last = [tries(f"wrong {n}", address=ELSEWHERE) for n in range(40)][-1]
    assert (len(hashed), last.status_code, WAIT in text(last)) == (5, 429, True)
    assert 0 < int(last.headers["Retry-After"]) <= 30


def test_a_hundred_names_from_one_address_are_the_end_of_it(known, hashed, monkeypatch):
    monkeypatch.setitem(brakes.FREE, "address", 12)
    for n in range(20):
        tries("wrong", name=f"unit-{n}", address=ELSEWHERE)
    assert len(hashed) == 12
    assert is_in(tries(OWN, address=OFFICE))


def test_one_name_from_many_addresses_is_braked_but_not_in_the_browser_one_uses(known, hashed, monkeypatch):
    monkeypatch.setitem(brakes.FREE, "name", 8)
    browser = tries(OWN, address=OFFICE).client
    press(browser, "/", form="/sign-out/")
    hashed.clear()
    for n in range(16):
        tries("wrong", address=f"203.0.113.{n}")
    assert len(hashed) == 8
    assert not is_in(tries(OWN, address="198.51.100.1"))
    assert is_in(tries(OWN, client=browser))


def test_a_colleague_who_mistypes_stops_nobody_behind_the_same_address(known):
    for _ in range(12):
        tries("mistyped", name="head")
    assert is_in(tries(OWN))
    assert not is_in(tries(OWN, name="head"))


def test_a_stranger_locks_nobody_of_the_unit_out(known):
    for _ in range(12):
        for name in ("liaison", "head"):
            tries("guessed", name=name, address=ELSEWHERE)
    assert [is_in(tries(OWN, name=name)) for name in ("liaison", "head")] == [True, True]


def test_each_wrong_try_doubles_the_wait_up_to_a_quarter_of_an_hour(known):
    waits = []
    for _ in range(4):
        tries("wrong")
    for _ in range(7):
        WrongTry.objects.update(last_at=timezone.now() - timedelta(minutes=16))  # the wait is over
        tries("wrong")
        waits.append(int(tries("wrong").headers.get("Retry-After", 0)))
    assert waits == [30, 60, 120, 240, 480, 900, 900]


def test_after_a_quiet_hour_it_begins_anew_and_the_table_is_emptied(known):
    for _ in range(9):
        tries("wrong")
    WrongTry.objects.update(last_at=timezone.now() - brakes.QUIET)
    assert tries("wrong").status_code == 200
    assert set(WrongTry.objects.values_list("wrong", flat=True)) == {1}
    WrongTry.objects.update(last_at=timezone.now() - brakes.QUIET)
    brakes.forget_old()
    assert not WrongTry.objects.exists()


def test_the_right_password_forgives_what_was_mistyped(known):
    for _ in range(2):
        for _ in range(4):
            tries("mistyped")
        assert is_in(tries(OWN))


def test_a_cookie_of_another_person_or_made_up_makes_no_browser_known(known):
    for user, cookie in (
        ("head", tries(OWN, name="head").client.cookies[brakes.cookie_of("head")].value),
        ("", "x:y:z"),
    ):
        browser = Client(REMOTE_ADDR=ELSEWHERE)
        browser.cookies[brakes.cookie_of("liaison")] = cookie
        for n in range(8):
            tries(f"wrong {user} {n}", client=browser)
        browser.cookies.clear()
        assert tries(OWN, client=browser).status_code == 429
        WrongTry.objects.all().delete()


def test_the_old_password_cannot_be_guessed_on_the_page_to_change_it(known, hashed):
    client = signed_in(known.liaison)
    for n in range(20):
        press(client, "/password/", old_password=f"guess {n}", new_password1="x7Kp29QmT4", new_password2="x7Kp29QmT4")
    assert len(hashed) == 5


def test_behind_a_proxy_of_ours_the_address_is_the_one_it_saw(known, settings, rf):
    asked = rf.get("/", REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": "6.6.6.6, 203.0.113.9"})
    found = []
    for settings.PROXIES in (0, 1, 2, 3):
        found.append(brakes.address_of(asked))
    assert found == ["127.0.0.1", "203.0.113.9", "6.6.6.6", "6.6.6.6"]
    assert brakes.address_of(rf.get("/", REMOTE_ADDR="2001:db8:0:1:aaaa::1")) == "2001:db8:0:1::/64"


# --- one that somebody else knows --------------------------------------------------------------------------


def given(admin, user):
    press(signed_in(admin), f"/people/{user.pk}/", "reset=password", new_password="a word for now 77")


def test_a_password_somebody_else_gave_is_replaced_before_anything_else_and_leads_on(known):
    given(known.admin, known.liaison)
    client = tries("a word for now 77").client
    shown = client.get("/inbox/", follow=True)
    assert (shown.request["PATH_INFO"], "choose one that only you know" in text(shown)) == ("/password/", True)
    shut = opened(client, "/inbox/")
    same = {"new_password1": "a word for now 77", "new_password2": "a word for now 77"}
    kept = press(client, shut, old_password="a word for now 77", **same)
    assert "This is the password you have" in text(kept)
    done = press(client, shut, old_password="a word for now 77", new_password1=OWN, new_password2=OWN)
    assert (done.request["PATH_INFO"], is_in(tries(OWN))) == ("/inbox/", True)


def test_until_then_nothing_can_be_pressed_and_one_can_sign_out(known):
    client = signed_in(known.admin)
    before = opened(client, f"/people/{known.head.pk}/")
    User.objects.filter(pk=known.admin.pk).update(password_chosen_at=None)
    shown = press(client, before, form="#person", name="Renamed")
    assert (shown.request["PATH_INFO"], User.objects.get(pk=known.head.pk).name) == ("/password/", "head")
    press(client, "/password/", form="/sign-out/")
    assert "_auth_user_id" not in client.session


def test_where_the_office_says_so_a_password_ends(known, settings):
    User.objects.filter(pk=known.liaison.pk).update(password_chosen_at=timezone.now() - timedelta(days=91))
    client = signed_in(known.liaison)
    assert client.get("/inbox/").status_code == 200
    settings.PASSWORD_MAX_DAYS = 90
    assert "older than the office allows" in text(client.get("/inbox/", follow=True))
