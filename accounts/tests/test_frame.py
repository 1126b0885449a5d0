"""Signing in, the inbox, the language, and what the frame of every page says."""

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from accounts.models import Role, User
from tests.cast import person, said, signed_in, text
from tests.pages import press
from workflow.models import Notification
from workflow.telling import Message, notify, notify_each

SIGN_IN = "/sign-in/"


def tell(user, key, url="/campaigns/", title="质量月"):
    notify([user], "New notice: %(title)s. Please sign for it.", key=key, url=url, title=title)
    return Notification.objects.get(person=user, key=key)


# --- signing in --------------------------------------------------------------------------------------------


@pytest.fixture
def known(cast):
    cast.liaison.set_password("a long password")
    cast.liaison.save()
    return cast.liaison


def sign_in(password, going="", **more):
    """Type name and password on the page of somebody who was going somewhere."""
    page = f"{SIGN_IN}?next={going}" if going else SIGN_IN
    return press(Client(), page, username="liaison", password=password, follow=False, **more)


def test_signing_in_leads_to_where_one_was_going(known):
    assert sign_in("a long password").headers["Location"] == "/"
    assert sign_in("a long password", "/inbox/").headers["Location"] == "/inbox/"


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com", "javascript:alert(1)"])
def test_signing_in_never_leads_elsewhere(known, elsewhere):
    assert sign_in("a long password", elsewhere).headers["Location"] == "/"
    assert sign_in("a long password", forged={"next": elsewhere}).headers["Location"] == "/"


@pytest.mark.parametrize("password", ["", "a wrong password", "A LONG PASSWORD"])
def test_a_wrong_password_signs_nobody_in(known, password):
    response = sign_in(password)
    assert (response.status_code, "_auth_user_id" in response.client.session) == (200, False)


def test_signing_out_needs_a_press(cast):
    client = signed_in(cast.liaison)
    assert client.get(reverse("accounts:sign-out")).status_code == 405
    assert "_auth_user_id" in client.session
    press(client, "/", form=reverse("accounts:sign-out"))
    assert "_auth_user_id" not in client.session


def test_the_own_password_is_changed_with_the_old_one(known):
    client = signed_in(known)
    new = {"new_password1": "another long one", "new_password2": "another long one"}
    press(client, reverse("accounts:password"), **new, old_password="not the old one")
    assert User.objects.get(pk=known.pk).check_password("a long password") is True
    press(client, reverse("accounts:password"), **new, old_password="a long password")
    assert User.objects.get(pk=known.pk).check_password("another long one") is True


# --- inbox -------------------------------------------------------------------------------------------------


def test_messages_are_listed_newest_first_and_the_bell_counts_the_unread(cast):
    tell(cast.liaison, "1", title="first")
    tell(cast.liaison, "2", title="second")
    tell(cast.head, "1", title="not mine")
    response = signed_in(cast.liaison).get(reverse("accounts:inbox"))
    assert [str(row) for row in response.context["shown"].page] == [
        "New notice: second. Please sign for it.", "New notice: first. Please sign for it.",
    ]  # fmt: skip
    assert (response.context["unread"], "2 unread messages" in text(response)) == (2, True)


def test_opening_a_message_leads_on_and_marks_it_read(cast):
    row = tell(cast.liaison, "1", url="/campaigns/")
    client = signed_in(cast.liaison)
    assert client.get(reverse("accounts:message", args=[row.pk])).headers["Location"] == "/campaigns/"
    first = Notification.objects.get().read_at
    client.get(reverse("accounts:message", args=[row.pk]))
    assert (first is not None, Notification.objects.get().read_at) == (True, first)


def test_the_message_of_another_is_not_there(cast):
    row = tell(cast.head, "1")
    assert signed_in(cast.liaison).get(reverse("accounts:message", args=[row.pk])).status_code == 404
    assert Notification.objects.get().read_at is None


def test_an_empty_inbox_says_what_will_appear(cast):
    shown = text(signed_in(cast.liaison).get(reverse("accounts:inbox")))
    assert "Messages about notices, returned filings and briefings appear here." in shown


def test_a_message_shows_what_stands_below_it_as_text_and_only_addresses_of_ours_lead_anywhere(cast, settings):
    settings.SITE_URL = "https://quality.example.com"
    body = (
        "<b>1</b>. https://quality.example.com/campaigns/?a=1&b=2。\n"
        '2. https://quality.example.com.evil.example/ "onclick=x https://elsewhere.example/'
    )
    notify_each([Message(cast.liaison.pk, "Two things", "debts", "/campaigns/", body)])
    shown = signed_in(cast.liaison).get(reverse("accounts:inbox")).content.decode()
    letter = shown[shown.index('<details class="letter" open>') :].partition("</details>")[0]
    assert '&lt;b&gt;1&lt;/b&gt;. <a href="/campaigns/?a=1&amp;b=2">' in letter
    assert letter.count("<a ") == 1 and "&quot;onclick=x https://elsewhere.example/" in letter


INBOX = "/inbox/"


def found(client, query=""):
    """The titles of the messages a filter finds, as they stand."""
    return [row.values["title"] for row in client.get(f"{INBOX}?{query}").context["shown"].page]


def test_messages_are_narrowed_searched_and_counted(cast, settings):
    settings.TODAY = date(2015, 8, 20)
    tell(cast.liaison, "issued-1", title="深质强〔2015〕1号")
    settings.TODAY = date(2015, 9, 20)
    tell(cast.liaison, "petition-7-granted", title="More time")
    notify_each([Message(cast.liaison.pk, "New notice: %(title)s. Please sign for it.", "owed-2015-09-20", "/",
                         "1. The plan of the waterworks", {"title": "Debts"})])  # fmt: skip
    tell(cast.head, "issued-1", title="Not mine")
    client = signed_in(cast.liaison)
    first = cast.liaison.notifications.get(key="issued-1")
    client.get(reverse("accounts:message", args=[first.pk]))
    asked = {query: found(client, query) for query in (
        "read=no", "read=yes", "about=petitions,reminders", "age=older", "age=week", "q=WATERWORKS", "q=[2015]1",
        "q=(2015)", "q=mine", "sort=-told", "about=nonsense",
    )}  # fmt: skip
    every = ["Debts", "More time", "深质强〔2015〕1号"]
    assert asked == {
        "read=no": every[:2], "read=yes": every[2:], "about=petitions,reminders": every[:2], "age=older": every[2:],
        "age=week": every[:2], "q=WATERWORKS": every[:1], "q=[2015]1": every[2:], "q=(2015)": every[2:], "q=mine": [],
        "sort=-told": every[::-1], "about=nonsense": every,
    }  # fmt: skip
    shown = client.get(f"{INBOX}?read=no").context["shown"].found
    counts = {facet.name: [(each.value, each.number) for each in offers] for facet, offers in shown.facets()}
    assert counts == {"read": [("no", 2), ("yes", 1)], "about": [("reminders", 1), ("petitions", 1)]}


def unread(user):
    return list(user.notifications.unread().order_by("pk").values_list("values__title", flat=True))


def test_what_is_ticked_is_read_at_once_and_not_read_again_by_the_other_press(cast):
    rows = [tell(cast.liaison, str(n), title=f"No. {n}") for n in range(3)]
    client = signed_in(cast.liaison)
    done = press(client, INBOX, "deed=read", row=[rows[0].pk, rows[2].pk])
    assert (said(done), unread(cast.liaison)) == (["2 messages are read."], ["No. 1"])
    assert done.context["unread"] == 1
    first = cast.liaison.notifications.get(pk=rows[0].pk).read_at
    press(client, INBOX, "deed=read", row=[rows[0].pk])
    assert cast.liaison.notifications.get(pk=rows[0].pk).read_at == first
    undone = press(client, f"{INBOX}?read=yes", "deed=unread", row=[rows[0].pk])
    assert (said(undone), unread(cast.liaison)) == (["1 message is unread."], ["No. 0", "No. 1"])
    assert undone.redirect_chain == [("/inbox/?read=yes", 302)]
    assert said(press(client, INBOX, "deed=read")) == ["Please tick at least one row."]


def test_all_of_a_filter_is_read_and_nothing_of_anybody_else(cast):
    theirs = tell(cast.head, "issued-1", title="Theirs")
    for n in range(31):
        tell(cast.liaison, f"issued-{n}", title=f"Notice {n}")
    tell(cast.liaison, "slip-1-issued", title="Slip")
    client = signed_in(cast.liaison)
    assert len(client.get(INBOX).context["shown"].page) == 30
    press(client, f"{INBOX}?about=notices", "deed=read", all="1")
    assert (unread(cast.liaison), unread(cast.head)) == (["Slip"], ["Theirs"])
    press(client, INBOX, "deed=read", forged={"row": str(theirs.pk)})
    assert (unread(cast.liaison), unread(cast.head)) == (["Slip"], ["Theirs"])


def test_the_inbox_goes_out_as_excel(cast):
    tell(cast.liaison, "issued-1", title="=1+1")
    tell(cast.liaison, "slip-1-issued", title="Slip")
    answer = signed_in(cast.liaison).get(f"{INBOX}?about=notices&excel=1")
    head, *rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert (head, [row[:2] for row in rows]) == (
        ["Message", "What it is about", "When"],
        [["New notice: =1+1. Please sign for it.", "Notices and their way"]],
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_messages(cast, rows, django_assert_num_queries):
    for n in range(rows):
        tell(cast.liaison, str(n))
    client = signed_in(cast.liaison)
    with django_assert_num_queries(8):
        response = client.get(reverse("accounts:inbox"))
    assert len(response.context["shown"].page) == rows


# --- frame -------------------------------------------------------------------------------------------------


def language(client, **headers):
    page = client.get("/sign-in/", headers=headers).content.decode()
    return page.partition('<html lang="')[2].partition('"')[0]


def test_chinese_unless_switched_whatever_the_browser_prefers(db):
    client = Client()
    assert language(client, accept_language="en-GB,en;q=0.9") == "zh-CN"
    press(client, SIGN_IN, "language=en", form=reverse("set_language"))
    assert language(client, accept_language="zh-CN") == "en"
    press(client, SIGN_IN, "language=zh-hans", form=reverse("set_language"))
    assert language(client) == "zh-CN"


@pytest.mark.parametrize("value", ["xx", "", "en-nonsense", "../../etc"])
def test_an_unknown_language_is_chinese(db, value):
    client = Client()
    client.cookies["django_language"] = value
    assert language(client) == "zh-CN"


def test_every_page_says_which_day_it_is_taken_to_be(cast, settings):
    pages = []
    for day in (date(2015, 9, 20), None):
        settings.TODAY = day
        pages.append("today is taken to be 20 September 2015" in text(signed_in(cast.liaison).get("/")))
    assert pages == [True, False]


def test_the_menu_names_the_person_and_the_roles(cast):
    both = person("both", (cast.water, Role.LIAISON), (cast.health, Role.HEAD))
    shown = text(signed_in(both).get("/"))
    assert [
        words for words in ("Water bureau · Liaison officer", "Health bureau · Head of unit") if words not in shown
    ] == []


def test_a_person_acts_in_the_roles_of_the_units_and_no_others(cast):
    both = person("both", (cast.water, Role.LIAISON), (cast.health, Role.HEAD), (cast.office, Role.LEADER))
    assert both.units_as(Role.LIAISON, Role.HEAD) == {cast.water.pk, cast.health.pk}
    assert (both.units_as(Role.STAFF), both.units_as()) == (set(), set())
    found = [
        both.is_in(cast.water, Role.LIAISON),
        both.is_in(cast.water.pk, Role.HEAD),
        both.is_in(cast.office, Role.LEADER),
    ]
    assert found == [True, False, True]


def test_who_is_switched_off_is_told_nothing(cast):
    User.objects.filter(pk=cast.head.pk).update(is_active=False)
    found = User.objects.speaking_for([cast.water], Role.LIAISON, Role.HEAD)
    assert list(found) == [cast.liaison]
