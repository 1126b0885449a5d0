"""A password chosen by link: for a new person, and for who forgot it. Good once, for a time, for one person."""

import re
from datetime import timedelta

from django.core import mail
from django.test import Client

from accounts import choosing
from accounts.models import RoleChange, User
from tests.cast import signed_in, text
from tests.pages import forge, opened, press

OWN, OTHER = "seven grey cranes", "nine white cranes"
NEW = {"username": "new.person", "name": "New Person"}


def browser():
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def chooses(link, password=OWN, client=None):
    """Open a link and choose. Returns: the page it led to."""
    client = client or browser()
    shown = client.get(link.removeprefix("http://testserver"), follow=True)
    if shown.status_code != 200:
        return shown
    assert link.rpartition("/")[0] not in text(shown)
    return press(client, opened(client, "/choose/"), new_password1=password, new_password2=password)


def link_on(response):
    return re.search(r'value="(http://testserver/choose/[^"]+)"', response.content.decode())[1]


def invited(cast, **values):
    return press(signed_in(cast.admin), "/people/new/", "invite=1", **NEW, unit=cast.water.pk, role="liaison", **values)


def is_in(response):
    return "_auth_user_id" in response.client.session


def test_a_new_person_is_invited_chooses_a_password_and_is_in(cast):
    link = link_on(invited(cast))
    new = User.objects.get(username="new.person")
    assert (new.has_usable_password(), list(new.memberships.values_list("unit", "role"))) == (
        False, [(cast.water.pk, "liaison")],
    )  # fmt: skip
    assert "guessed too easily" in text(chooses(link, "Liaison@2026"))
    entered = chooses(link)
    assert (is_in(entered), entered.request["PATH_INFO"]) == (True, "/")
    assert is_in(press(browser(), "/sign-in/", username="new.person", password=OWN))


def test_a_link_is_good_once_and_for_seven_days(cast, monkeypatch):
    link = link_on(invited(cast))
    monkeypatch.setitem(choosing.LASTS, "invited", timedelta(seconds=-1))
    assert chooses(link).status_code == 410
    monkeypatch.undo()
    late = browser()
    late.get(link.removeprefix("http://testserver"))
    page = opened(late, "/choose/")
    chooses(link)
    second = press(late, page, new_password1=OTHER, new_password2=OTHER)
    assert (chooses(link, OTHER).status_code, second.status_code) == (410, 410)
    assert User.objects.get(username="new.person").check_password(OWN)


def test_a_link_changed_by_hand_or_of_another_kind_opens_nothing(cast):
    link = link_on(invited(cast))
    for other in (link.replace("invited", "forgotten"), link.replace("invited", "x"), link[:-4] + "aaa/", "/choose/"):
        assert chooses(other).status_code == 410


def test_for_somebody_known_a_link_leaves_a_trace_and_who_is_switched_off_cannot_use_it(cast):
    link = link_on(press(signed_in(cast.admin), f"/people/{cast.liaison.pk}/", "invite=1"))
    assert list(RoleChange.objects.values_list("person__name", "deed", "by__name")) == [("liaison", "invited", "admin")]
    User.objects.filter(pk=cast.liaison.pk).update(is_active=False)
    assert chooses(link).status_code == 410


def test_nobody_makes_a_link_for_people_of_others(cast):
    page = f"/people/{cast.district_signer.pk}/"
    assert forge(signed_in(cast.admin), page, {"invite": "1"}).status_code == 404


def forgets(account, client=None):
    return press(client or browser(), "/sign-in/forgot/", account=account)


def test_who_forgot_the_password_gets_a_mail_and_others_the_same_answer(cast, django_capture_on_commit_callbacks):
    answers = []
    for account in ("liaison", "LIAISON@example.com", "nobody at all"):
        with django_capture_on_commit_callbacks(execute=True):
            answers.append(text(forgets(account)))
    answers = [re.sub(r'name="csrfmiddlewaretoken" value="\w+"|nonce="\S+"', "", each) for each in answers]
    assert (len(set(answers)), "a mail with a link is on its way" in answers[0]) == (1, True)
    assert [each.to for each in mail.outbox] == [["liaison@example.com"]] * 2
    assert is_in(chooses(re.search(r"http\S+", mail.outbox[1].body)[0]))
    assert chooses(re.search(r"http\S+", mail.outbox[0].body)[0], OTHER).status_code == 410


def test_nobody_fills_the_mailbox_of_another(cast, django_capture_on_commit_callbacks):
    for _ in range(9):
        with django_capture_on_commit_callbacks(execute=True):
            forgets("liaison")
    assert len(mail.outbox) == 3


def test_a_site_that_sends_no_mail_offers_none(cast, settings):
    assert "/sign-in/forgot/" in text(browser().get("/sign-in/"))
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert "/sign-in/forgot/" not in text(browser().get("/sign-in/"))
