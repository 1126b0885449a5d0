"""Signing in through a provider of the office: a real one on loopback, in a process of its own."""

import json
import socket
import subprocess
import sys
from datetime import timedelta
from http.client import HTTPConnection
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import two_factor
from accounts.models import Act, AuditEntry, LinkedAccount, Membership, Role, RoleChange, User
from accounts.sign_in_forms import CodeForm
from qualitymonth.environment import oidc_issuer
from tests.cast import person, said, signed_in, text
from tests.oidc_provider import CLIENT, SECRET
from tests.pages import NoSuchForm, forge, opened, page_of, press
from workflow.models import Notification

START, SIGN_IN, LINKED = reverse("accounts:elsewhere"), reverse("accounts:sign-in"), reverse("accounts:linked")
HEAVY = ("authlib", "requests", "joserfc", "cryptography")
PASSWORD = "seven grey cranes"
TROUBLE = "Signing in through the other system did not work. Please try once more, or use your password."
UNSAID = "The other system did not say who you are. Please sign in with your password."


@pytest.fixture(scope="module")
def provider():
    """The address of a provider that runs."""
    process = subprocess.Popen([sys.executable, "-m", "tests.oidc_provider"], stdout=subprocess.PIPE, text=True)
    yield process.stdout.readline().strip()
    process.kill()
    process.wait()


@pytest.fixture
def office(cast, settings, provider):
    """The cast, whose office has that provider."""
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = provider, CLIENT, SECRET
    settings.OIDC_NAME = "Office sign-in"
    return cast


@pytest.fixture
def browser(office):
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def linked(user, number, issuer):
    return LinkedAccount.objects.create(user=user, issuer=issuer, subject=number)


def at_provider(address, number, fault=""):
    """Sign in there. Returns: where the browser is sent back to."""
    there = urlsplit(address)
    connection = HTTPConnection(there.hostname, there.port, timeout=20)
    connection.request("GET", f"{there.path}?{there.query}&as={number}&fault={fault}")
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 302
    return answer.headers["Location"].removeprefix("http://testserver")


def through(client, number, fault="", start=START):
    """Press the button, sign in there, come back. Returns: the last page."""
    sent = client.get(start)
    assert sent.status_code == 302
    return client.get(at_provider(sent["Location"], number, fault), follow=True)


def who(client):
    """The account signed in in this browser."""
    number = client.session.get("_auth_user_id")
    return User.objects.get(pk=number).username if number else ""


# --- without a provider ------------------------------------------------------------------------------------


def test_without_a_provider_nothing_of_it_is_there(cast, client):
    assert [client.get(address).status_code for address in (START, reverse("accounts:elsewhere-back"))] == [404, 404]
    assert START not in client.get(SIGN_IN).content.decode()
    assert LINKED not in signed_in(cast.staff).get("/").content.decode()
    with pytest.raises(NoSuchForm):
        press(signed_in(cast.admin), reverse("accounts:person", args=[cast.head.pk]), form="#connect", subject="1")
    address = reverse("accounts:person", args=[cast.head.pk])
    forge(signed_in(cast.admin), address, {"connect": "1", "subject": "number-7"})
    assert not LinkedAccount.objects.exists()


@pytest.mark.parametrize("issuer", ["", "https://sign-in.example.com"])
def test_a_web_process_loads_nothing_for_it_before_somebody_presses_the_button(issuer, monkeypatch, tmp_path):
    monkeypatch.setenv("OIDC_ISSUER", issuer)
    monkeypatch.setenv("OIDC_CLIENT_ID", CLIENT)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/empty.sqlite3")
    program = (
        "import json, sys, qualitymonth.wsgi\n"
        "from django.urls import get_resolver; get_resolver().url_patterns; get_resolver().reverse_dict\n"
        "from django.test import Client; assert Client(SERVER_NAME='localhost').get('/sign-in/').status_code == 200\n"
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))\n"
    )
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    loaded = json.loads(out.splitlines()[-1])
    assert "accounts" in loaded
    assert [name for name in HEAVY if name in loaded] == []


@pytest.mark.parametrize(
    ("issuer", "client", "wrong"),
    [
        ("http://sign-in.example.com", CLIENT, "not https"),
        ("sign-in.example.com", CLIENT, "not https"),
        ("https://sign-in.example.com", "", "OIDC_CLIENT_ID"),
    ],
)
def test_a_provider_on_an_open_line_or_one_that_does_not_know_us_is_refused(issuer, client, wrong):
    with pytest.raises(ImproperlyConfigured, match=wrong):
        oidc_issuer(issuer, client)


# --- signing in --------------------------------------------------------------------------------------------


def test_whose_account_is_connected_is_signed_in_and_goes_on_to_the_page_that_was_wanted(office, browser, provider):
    linked(office.staff, "number-7", provider)
    page = opened(browser, reverse("campaigns:campaigns"))
    button = page.html.find("a", string="Sign in at Office sign-in")["href"]
    shown = through(browser, "number-7", start=button)
    assert (who(browser), shown.request["PATH_INFO"]) == ("staff", reverse("campaigns:campaigns"))
    entry = AuditEntry.objects.get(person=office.staff.pk)
    assert (entry.act, entry.about) == (Act.SIGN_IN, reverse("accounts:elsewhere-back"))


def test_a_page_of_somebody_elses_site_is_not_gone_on_to(office, browser, provider):
    linked(office.staff, "number-7", provider)
    shown = through(browser, "number-7", start=f"{START}?next=https://evil.example.com/")
    assert (who(browser), shown.request["PATH_INFO"]) == ("staff", "/")


def test_nobody_is_made_and_nobody_is_found_by_mail_or_name(office, browser):
    """The provider vouches for the mail and the account name of staff; neither opens staff's account here."""
    before = User.objects.count()
    shown = through(browser, "number-9")
    assert (shown.status_code, who(browser), User.objects.count()) == (403, "", before)
    assert ("connected with nobody here" in text(shown), "number-9" in text(shown)) == (True, True)
    assert AuditEntry.objects.get().act == Act.REFUSED


@pytest.mark.parametrize("fault", ["signature", "unsigned", "issuer", "audience", "nonce", "expired", "cancelled"])
def test_an_answer_that_cannot_be_believed_signs_nobody_in(office, browser, provider, fault):
    linked(office.staff, "number-7", provider)
    shown = through(browser, "number-7", fault)
    assert (who(browser), said(shown), shown.request["PATH_INFO"]) == ("", [TROUBLE], SIGN_IN)
    through(browser, "number-7")
    assert who(browser) == "staff"  # only the fault was in the way


def test_a_provider_that_names_itself_otherwise_is_not_gone_to(office, browser, provider, settings):
    settings.OIDC_ISSUER = f"{provider}/"
    shown = browser.get(START, follow=True)
    assert (said(shown), shown.request["PATH_INFO"]) == ([TROUBLE], SIGN_IN)


@pytest.mark.parametrize(("fault", "words"), [("no_token", UNSAID), ("nobody", UNSAID)])
def test_an_answer_that_says_nothing_signs_nobody_in(office, browser, provider, fault, words):
    linked(office.staff, "number-7", provider)
    assert (said(through(browser, "number-7", fault)), who(browser)) == ([words], "")


def test_the_way_back_is_good_once_and_in_the_browser_that_began(office, browser, provider):
    linked(office.staff, "number-7", provider)
    back = at_provider(browser.get(START)["Location"], "number-7")
    other = Client()
    assert (other.get(back).status_code, who(other)) == (302, "")
    browser.get(back)
    assert who(browser) == "staff"
    browser.logout()
    assert (browser.get(back).status_code, who(browser)) == (302, "")


def test_whom_the_provider_names_when_it_refuses_is_not_in_the_log(office, browser, provider, caplog):
    back = at_provider(browser.get(START)["Location"], "number-7").partition("?")[0]
    state = parse_qs(urlsplit(at_provider(browser.get(START)["Location"], "number-7")).query)["state"][0]
    browser.get(f"{back}?state={state}&error=access_denied&error_description=Wen+Li+138+0000+0001+is+not+assigned")
    assert ("access_denied" in caplog.text, "Wen Li" in caplog.text) == (True, False)


def test_who_may_not_sign_in_does_not_that_way_either(office, browser, provider):
    linked(office.staff, "number-7", provider)
    User.objects.filter(pk=office.staff.pk).update(is_active=False)
    assert (through(browser, "number-7").status_code, who(browser)) == (403, "")


def test_the_number_of_another_provider_is_another_number(office, browser):
    linked(office.staff, "number-7", "https://before.example.com")
    assert (through(browser, "number-7").status_code, who(browser)) == (403, "")


def test_the_second_step_is_asked_for_all_the_same(office, browser, provider):
    linked(office.staff, "number-7", provider)
    two_factor.TOTP.activate(office.staff, two_factor.generate_totp_secret())
    shown = through(browser, "number-7")
    assert (who(browser), isinstance(shown.context["form"], CodeForm)) == ("", True)


def test_no_password_has_to_be_changed_by_who_did_not_type_one(office, browser, provider):
    linked(office.staff, "number-7", provider)
    User.objects.filter(pk=office.staff.pk).update(password_chosen_at=None)
    assert through(browser, "number-7").request["PATH_INFO"] == "/"
    assert signed_in(office.staff).get("/").status_code == 302


def test_what_was_typed_before_the_session_ended_stands_in_its_form_after_signing_in_that_way(office, provider):
    linked(office.staff, "number-7", provider)
    client = signed_in(office.staff)
    page = opened(client, reverse("accounts:new-group"))
    del client.cookies[settings.SESSION_COOKIE_NAME]
    asks = press(client, page, form="main form[method=post]", name="Schools of the north")
    button = page_of(asks).html.find("a", string="Sign in at Office sign-in")
    shown = through(client, "number-7", start=button["href"])
    assert (shown.request["PATH_INFO"], 'value="Schools of the north"' in text(shown)) == (page.address, True)


def test_a_provider_that_is_away_is_said_and_the_password_still_opens(office, browser, settings):
    settings.OIDC_ISSUER = "http://127.0.0.1:1"
    shown = browser.get(START, follow=True)
    assert (said(shown), shown.request["PATH_INFO"]) == ([TROUBLE], SIGN_IN)
    office.staff.set_password(PASSWORD)
    office.staff.save()
    press(browser, SIGN_IN, username="staff", password=PASSWORD)
    assert who(browser) == "staff"


def test_a_provider_that_is_away_is_left_alone_for_a_while(office, browser, settings):
    """What listens is asked once: whoever presses the button again and again keeps no process waiting."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(20)
        Thread(target=hangs_up, args=[server], daemon=True).start()
        settings.OIDC_ISSUER = f"http://127.0.0.1:{server.getsockname()[1]}"
        assert [said(browser.get(START, follow=True)) for _press in range(3)] == [[TROUBLE]] * 3
        server.settimeout(0)
        with pytest.raises(BlockingIOError):  # nobody else came
            server.accept()


def hangs_up(server):
    """Take one connection and end it."""
    server.accept()[0].close()


# --- connecting --------------------------------------------------------------------------------------------


@pytest.fixture
def at_home(office):
    """Staff, signed in with a password, back from the provider."""
    office.staff.set_password(PASSWORD)
    office.staff.save()
    client = signed_in(office.staff)
    through(client, "number-7", start=opened(client, LINKED).html.find("a", string="Sign in at Office sign-in")["href"])
    return client


def test_a_person_connects_with_the_own_password_and_signs_in_that_way(office, at_home, browser):
    press(at_home, LINKED, "Connect", password=PASSWORD)
    through(browser, "number-7")
    assert who(browser) == "staff"
    assert list(RoleChange.objects.values_list("person", "deed", "by")) == [
        (office.staff.pk, "linked", office.staff.pk)
    ]


def test_an_open_browser_connects_nothing_without_the_password(at_home):
    shown = press(at_home, LINKED, "Connect", password="a wrong one")
    assert (shown.status_code, LinkedAccount.objects.exists()) == (422, False)
    assert "This is not your password." in text(shown)


def test_nothing_is_connected_that_the_provider_did_not_vouch_for(office):
    office.staff.set_password(PASSWORD)
    office.staff.save()
    forge(signed_in(office.staff), LINKED, {"password": PASSWORD, "subject": "number-7"})
    assert not LinkedAccount.objects.exists()


def test_an_account_there_is_connected_with_one_person(office, at_home, provider):
    linked(office.signer, "number-7", provider)
    shown = press(at_home, LINKED, "Connect", password=PASSWORD)
    assert said(shown) == ["It is connected already. Take the connection away first, here or at the other person."]
    assert LinkedAccount.objects.get().user == office.signer


def test_the_connection_is_taken_away(office, at_home, browser):
    press(at_home, LINKED, "Connect", password=PASSWORD)
    press(at_home, LINKED, "Take the connection away")
    assert through(browser, "number-7").status_code == 403
    assert [row.deed for row in RoleChange.objects.order_by("pk")] == ["linked", "unlinked"]


def person_page(user):
    return reverse("accounts:person", args=[user.pk])


def test_who_gives_roles_connects_by_the_number_and_the_person_hears_of_it(office, browser):
    press(signed_in(office.admin), person_page(office.liaison), form="#connect", subject=" number-8 ")
    through(browser, "number-8")
    assert who(browser) == "liaison"
    heard = Notification.objects.filter(person=office.liaison, key__startswith="role-change").get()
    assert str(heard.message % heard.values) == (
        "admin connected an account elsewhere with that of liaison, who may sign in with it."
    )
    press(signed_in(office.admin), person_page(office.liaison), "Take the connection away")
    assert not LinkedAccount.objects.exists()


def test_an_account_that_is_connected_is_not_given_to_a_second_one(office, provider):
    linked(office.head, "number-8", provider)
    shown = press(signed_in(office.admin), person_page(office.liaison), form="#connect", subject="number-8")
    assert said(shown) == ["It is connected already. Take the connection away first, here or at the other person."]
    assert (LinkedAccount.objects.get().user, RoleChange.objects.count()) == (office.head, 0)


def test_nobody_connects_people_whom_another_office_looks_after(office):
    also = person("also", (office.water, Role.LIAISON))
    Membership.objects.create(user=also, unit=office.street, role=Role.HEAD)
    assert forge(signed_in(office.admin), person_page(also), {"connect": "1", "subject": "n"}).status_code == 404
    assert forge(signed_in(office.staff), person_page(office.head), {"connect": "1", "subject": "n"}).status_code == 403
    assert not LinkedAccount.objects.exists()


def test_sessions_that_came_that_way_last_as_long_as_others(office, browser, provider):
    linked(office.staff, "number-7", provider)
    through(browser, "number-7")
    assert browser.session.get_expiry_date() > timezone.now() + timedelta(minutes=30)
