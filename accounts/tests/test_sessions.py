"""How long one stays signed in, the dialog before the end, and where else one is signed in."""

from datetime import timedelta
from time import time

import pytest
from django.forms import model_to_dict
from django.test import Client
from django.utils import timezone

from accounts.models import Session, User
from accounts.sessions import BEGAN, SEEN, browser_of
from tests.cast import signed_in, text
from tests.pages import forge, opened, page_of, press

OWN = "seven grey cranes"
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130 Safari/537.36 Edg/130"
)
HOUR = 3600


@pytest.fixture
def liaison(cast):
    cast.liaison.set_password(OWN)
    cast.liaison.save()
    return cast.liaison


def by_password(**more):
    client = Client(headers={"user-agent": EDGE}, REMOTE_ADDR="10.0.0.1", **more)
    client.cookies["django_language"] = "en"
    press(client, "/sign-in/", username="liaison", password=OWN)
    return client


def was(client, **ago):
    """Put the beginning or the last use of a session back by so many hours."""
    session = client.session
    session.update({name: int(time() - hours * HOUR) for name, hours in ago.items()})
    row = Session.objects.get(pk=session.session_key)
    row.session_data = session.encode(dict(session.items()))
    row.save()


def is_in(client):
    return client.get("/inbox/").status_code == 200


# --- how long ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ago", "stays"), [({SEEN: 1.9}, True), ({SEEN: 2}, False), ({BEGAN: 11.9}, True), ({BEGAN: 12}, False)]
)
def test_a_session_ends_two_hours_after_the_last_use_and_twelve_after_signing_in(liaison, ago, stays):
    client = signed_in(liaison)
    was(client, **ago)
    assert is_in(client) is stays


def test_what_somebody_does_lengthens_it_and_what_a_page_fetches_by_itself_does_not(liaison):
    client = signed_in(liaison)
    for asks, lengthens in (({"headers": {"HX-Request": "true"}}, False), ({}, True)):
        was(client, **{SEEN: 1})
        client.get("/inbox/", **asks)
        assert (time() - client.session[SEEN] < 60) is lengthens
    was(client, **{SEEN: 1})
    client.get("/session/")
    assert time() - client.session[SEEN] > 3000


def test_working_writes_the_session_every_few_minutes_only(liaison, django_assert_num_queries):
    client = signed_in(liaison)
    client.get("/sessions/")
    with django_assert_num_queries(4):
        client.get("/sessions/")


def test_signing_in_again_begins_it_anew(liaison):
    client = by_password()
    was(client, **{BEGAN: 11.99})
    assert press(client, dialog(client), password=OWN).json()["left"] > 7000
    assert time() - client.session[BEGAN] < 60


# --- the dialog --------------------------------------------------------------------------------------------


def dialog(client):
    """What the script fetches, with its forms as those of a page."""
    page = page_of(client.get("/session/", {"account": "liaison"}))
    page.html.dialog.name = "main"
    return page


def test_before_it_ends_one_goes_on_with_one_press(liaison):
    client = signed_in(liaison)
    was(client, **{SEEN: 1.95})
    page = dialog(client)
    assert "In 3 minutes you will be signed out" in page.html.get_text()
    assert press(client, page, "Go on working").json() == {"left": 2 * HOUR}
    assert time() - client.session[SEEN] < 60


def test_a_press_to_go_on_after_it_ended_asks_to_sign_in_with_the_account_filled_in(liaison):
    client = signed_in(liaison)
    was(client, **{SEEN: 1.95})
    page = dialog(client)
    Session.objects.all().delete()
    asked = press(client, page, "Go on working")
    assert (asked.status_code, 'value="liaison"' in text(asked)) == (200, True)
    assert "This field is required" not in text(asked)


def test_at_its_longest_or_after_its_end_one_signs_in_again_with_a_fresh_token_and_the_page_goes_on(liaison):
    client = by_password(enforce_csrf_checks=True)
    was(client, **{SEEN: 3})
    page = dialog(client)
    assert "You are not signed in any more" in page.html.get_text()
    wrong = press(client, page, password="not it")
    assert (wrong.status_code, "_auth_user_id" in client.session) == (422, False)
    right = press(client, page, password=OWN).json()
    done = forge(client, "/sessions/", {"end": "x", "csrfmiddlewaretoken": right["token"]})
    assert (done.status_code, done.headers["Location"]) == (302, "/sessions/")


def test_the_dialog_is_braked_like_the_page(liaison):
    client = Client(headers={"accept-language": "en"})
    page = dialog(client)
    found = [press(client, page, password=f"guess {n}").status_code for n in range(7)]
    assert found == [422] * 5 + [429] * 2


# --- where else --------------------------------------------------------------------------------------------


def test_one_sees_where_one_is_signed_in_and_ends_one_of_them(liaison, cast):
    here, there, colleague = by_password(), by_password(), signed_in(cast.head)
    page = opened(here, "/sessions/")
    shown = text(here.get("/sessions/"))
    assert ("Edge · Windows" in shown, "10.0.0.1" in shown, shown.count("this browser")) == (True, True, 1)
    assert here.session.session_key not in shown
    press(here, page, "Sign out there")
    assert (is_in(here), is_in(there), is_in(colleague)) == (True, False, True)


def test_signing_out_everywhere_ends_all_of_mine_and_nobody_elses(liaison, cast):
    here, there, colleague = by_password(), by_password(), signed_in(cast.head)
    other = Session.objects.get(user=cast.head).number
    press(here, "/sessions/", "Sign out there", forged={"end": other})
    assert (is_in(there), is_in(colleague)) == (True, True)
    press(here, "/sessions/", "Sign out everywhere")
    assert (is_in(here), is_in(there), is_in(colleague)) == (False, False, True)


def test_a_new_password_ends_all_other_sessions(liaison):
    here, there = by_password(), by_password()
    press(here, "/password/", old_password=OWN, new_password1="x7Kp29QmT4", new_password2="x7Kp29QmT4")
    assert (is_in(here), is_in(there)) == (True, False)


@pytest.mark.parametrize(
    ("agent", "name"),
    [(EDGE, "Edge · Windows"), ("", ""), ("curl/8", ""),
     ("Mozilla/5.0 (X11; Linux x86_64) UOS Firefox/1", "Firefox · 统信UOS"),
     ("Mozilla/5.0 (Linux; Android 14) Chrome/1 MicroMessenger/8", "微信 · Android")],
)  # fmt: skip
def test_a_browser_has_a_name_one_knows(agent, name):
    assert browser_of(agent) == name


def test_the_person_of_a_request_is_found_whole_by_number_or_not_at_all(liaison):
    found = User.objects.get(pk=liaison.pk)
    assert model_to_dict(found) == model_to_dict(User.objects.filter(pk=liaison.pk).get())
    assert (found._state.adding, found.get_deferred_fields()) == (False, set())
    for nobody in (0, None, 10**30):
        with pytest.raises(User.DoesNotExist):
            User.objects.get(pk=nobody)


def test_a_session_that_is_over_in_the_database_holds_nothing(liaison):
    client = by_password()
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/").status_code == 302
