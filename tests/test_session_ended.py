"""A session that ended, then a press: back on the page with the words typed, and a line that nothing was done yet."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from django.urls import reverse
from webtest.forms import Form, Text, Textarea

from accounts import unsent
from accounts.models import AuditEntry, User
from accounts.unsent_page import with_words
from activities.models import Assignment, Demand
from campaigns.models import AssetVersion, Opening
from tests.cast import issued, make_cast, text
from tests.doors import DOORS
from tests.pages import Page, forge, opened, page_of, press
from tests.site import Site, everything
from workflow.models import Notification

PASSWORD = "a long known password"
TYPED = "请补充参加人数，再报一次"
NOTHING = "Nothing was done yet"
SIGN_IN = "/sign-in/"
FIRST = ("staff", "signer", "liaison", "admin", "head")


@pytest.fixture
def site(db: None, media: Any) -> Site:
    cast = make_cast()
    Demand.objects.create(notice=cast.notice, order=1, title="List of names")
    found = Site(issued(cast))
    for user in found.cast.people().values():
        user.set_password(PASSWORD)
        user.save()
    return found


def of(user: User, **more: Any) -> Client:
    """A browser in which a person signed in."""
    client = Client(headers={"Accept-Language": "en"}, raise_request_exception=False, **more)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.force_login(user)
    return client


def ended(client: Client) -> None:
    """The session is over: its cookie is gone."""
    del client.cookies[settings.SESSION_COOKIE_NAME]


def signs_in(client: Client, response: Any, user: User) -> Any:
    """Sign in on the page shown."""
    page = page_of(response, response.request["PATH_INFO"] + "?" + response.request["QUERY_STRING"])
    return press(client, page, "Sign in", username=user.username, password=PASSWORD)


def at(response: Any) -> str:
    """Where a person is after all redirects."""
    return response.request["PATH_INFO"]


def forms_of(response: Any, address: str) -> list[tuple[str, Form]]:
    """The forms of a page that post, with the address they post to."""
    page = page_of(response, address)
    each = [Form(page, str(form)) for form in page.html.select("main form[method=post]")]
    return [(urlsplit(form.action or address).path, form) for form in each]


def pages_of(site: Site) -> dict[tuple[str, str], tuple[str, Form]]:
    """Where each form stands: by who sees it and the address it posts to."""
    found: dict[tuple[str, str], tuple[str, Form]] = {}
    for name, row in DOORS.items():
        for who in FIRST:
            address = site.address(name)
            response = site.clients[who].get(address) if row[1] and who in row[1] else None
            if response is None or response.status_code != 200 or response.streaming:
                continue
            for action, form in forms_of(response, address):
                if (who, action) not in found or address == action:
                    found[who, action] = (address, form)
    return found


def typed(form: Form | None) -> dict[str, Any]:
    """What a form sends after something was typed in every field for words."""
    if form is None:
        return {"reason": TYPED}
    for fields in form.fields.values():
        for field in fields:
            if type(field) in (Text, Textarea):
                field.force_value(TYPED) if hasattr(field, "force_value") else setattr(field, "value", TYPED)
    data: dict[str, list[Any]] = {"reason": [TYPED]}
    for name, value in form.submit_fields():
        if isinstance(value, str):
            data.setdefault(name, []).append(value)
    return data


def as_before() -> str:
    """All rows, but for what reading and signing in write."""
    User.objects.update(last_login=None)
    Notification.objects.update(read_at=None)
    Opening.objects.all().delete()
    AssetVersion.objects.update(downloads=0)
    AuditEntry.objects.all()._raw_delete("default")
    return everything()


def test_every_deed_with_a_session_that_ended(site: Site) -> None:
    """Never an empty page, nothing is done, and what was typed is there after signing in."""
    stands, people = pages_of(site), site.cast.people()
    odd, before = {}, as_before()
    for name, row in DOORS.items():
        address = site.address(name)
        able = [who for who in FIRST if who in (row[2] or ())] or [who for who in people if who in (row[2] or ())]
        seen = [who for who in able if (who, address) in stands]
        if not able:
            continue
        who = (seen or able)[0]
        page, form = stands.get((who, address), ("/", None))
        client = of(people[who])
        ended(client)
        came_from = {"Referer": f"http://testserver{page}"}
        pressed = forge(client, address, typed(form), follow=True, headers=came_from)
        shown = signs_in(client, pressed, people[who])
        words = BeautifulSoup(text(shown), "html.parser").find("main")
        found = (at(pressed), shown.status_code, NOTHING in text(shown), TYPED in str(words), as_before() == before)
        if found != (SIGN_IN, 200, True, True, True):
            odd[name, who] = (at(shown), *found)
    assert odd == {}


def returned(site: Site, client: Client, **headers: str) -> tuple[Assignment, Any]:
    """Staff write a reason and press Return after the session ended."""
    plan = site.targets["plan"]
    page = reverse("activities:plan", args=[plan.pk])
    headers = {"Referer": f"http://testserver{page}"} | headers
    form = Page(page, page_of(client.get(page), page).html)
    ended(client)
    client.defaults |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    response = press(client, form, form=f'form[action="{reverse("activities:return", args=[plan.pk])}"]', reason=TYPED)
    return plan, response


def reasons(response: Any) -> list[str]:
    """What stands in the field of the reason."""
    return [
        each.get_text().strip() or each.get("value", "") for each in page_of(response, "").html.select("[name=reason]")
    ]


def test_the_reason_of_a_return_stands_in_its_field_again_and_the_next_press_returns(site: Site) -> None:
    client = of(site.cast.staff)
    plan, response = returned(site, client)
    assert "is kept for half an hour" in text(response)
    shown = signs_in(client, response, site.cast.staff)
    assert (at(shown), NOTHING in text(shown), TYPED in reasons(shown)) == (f"/assignments/{plan.pk}/plan/", True, True)
    assert Assignment.objects.get(pk=plan.pk).state == "submitted"
    page = page_of(shown, at(shown))
    done = press(client, page, form=f'form[action="/assignments/{plan.pk}/return/"]')
    assert (Assignment.objects.get(pk=plan.pk).state, NOTHING in text(done)) == ("returned", False)
    assert TYPED in text(client.get(f"/assignments/{plan.pk}/plan/"))


def test_words_are_not_shown_to_somebody_who_cannot_open_the_page(site: Site) -> None:
    client = of(site.cast.staff)
    _plan, response = returned(site, client)
    shown = signs_in(client, response, site.cast.stranger)
    assert (shown.status_code, TYPED in text(shown)) == (404, False)
    assert TYPED not in text(client.get("/"))


def test_a_page_of_another_site_is_never_where_one_comes_back_to(site: Site) -> None:
    for elsewhere in (
        "https://evil.example/x/",
        "http://testserver.evil.example/",
        "javascript:alert(1)",
        "//evil.example/",
    ):
        client = of(site.cast.staff)
        _plan, response = returned(site, client, Referer=elsewhere)
        shown = signs_in(client, response, site.cast.staff)
        where = [urlsplit(url).netloc for url, _status in shown.redirect_chain]
        assert (at(shown), shown.status_code, set(where)) == ("/", 200, {""})


def test_without_a_page_that_is_known_nobody_reads_the_words_but_everybody_that_nothing_was_done(site: Site) -> None:
    client = of(site.cast.staff)
    _plan, response = returned(site, client, Referer="")
    shown = signs_in(client, response, site.cast.staff)
    assert (at(shown), NOTHING in text(shown), TYPED in text(shown)) == ("/", True, False)


def test_a_second_tab_whose_sign_in_page_is_old_leads_on(site: Site) -> None:
    client = of(site.cast.staff, enforce_csrf_checks=True)
    plan, response = returned(site, client)
    second = page_of(response, response.request["PATH_INFO"] + "?" + response.request["QUERY_STRING"])
    signs_in(client, response, site.cast.staff)
    client.defaults["HTTP_REFERER"] = f"http://testserver{SIGN_IN}"
    shown = press(client, second, "Sign in", username="staff", password=PASSWORD)
    assert (at(shown), shown.status_code, TYPED in reasons(shown)) == (f"/assignments/{plan.pk}/plan/", 200, True)


def test_with_both_cookies_lost_the_words_are_there_after_signing_in(site: Site) -> None:
    client = of(site.cast.staff, enforce_csrf_checks=True)
    plan = site.targets["plan"]
    form = page_of(client.get(f"/assignments/{plan.pk}/plan/"), f"/assignments/{plan.pk}/plan/")
    client.cookies.clear()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.defaults["HTTP_REFERER"] = f"http://testserver/assignments/{plan.pk}/plan/"
    response = press(client, form, form=f'form[action="/assignments/{plan.pk}/return/"]', reason=TYPED)
    shown = signs_in(client, response, site.cast.staff)
    assert (at(shown), NOTHING in text(shown), TYPED in reasons(shown)) == (f"/assignments/{plan.pk}/plan/", True, True)
    assert Assignment.objects.get(pk=plan.pk).state == "submitted"


def test_what_another_site_sends_is_refused_and_not_kept(site: Site) -> None:
    plan = site.targets["plan"]
    for sent in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {}):
        client = of(site.cast.staff, enforce_csrf_checks=True)
        response = forge(client, f"/assignments/{plan.pk}/return/", {"reason": TYPED}, headers=sent)
        assert (response.status_code, unsent.UNSENT in client.session) == (403, False)


def test_passwords_and_files_are_never_kept(site: Site) -> None:
    client = of(site.cast.staff)
    page = opened(client, "/password/")
    ended(client)
    press(client, page, old_password="secret one", new_password1="secret two", new_password2="secret two")
    assert client.session[unsent.UNSENT][0]["fields"] == []


def test_what_is_not_wanted_any_more_is_put_away(site: Site) -> None:
    client = of(site.cast.staff)
    _plan, response = returned(site, client)
    shown = signs_in(client, response, site.cast.staff)
    client.defaults["HTTP_REFERER"] = f"http://testserver{at(shown)}"
    after = press(client, page_of(shown, at(shown)), "Put away")
    assert (at(after), NOTHING in text(after), TYPED in text(after)) == (at(shown), False, False)


@pytest.mark.parametrize("part", ["activities:petitions", "campaigns:campaigns", "reports:dashboard"])
def test_a_part_of_a_page_fetched_after_the_end_sends_the_whole_page_to_sign_in_and_back(site: Site, part: str) -> None:
    """No sign-in page within a page."""
    client, page = of(site.cast.staff), site.cast.campaign.get_absolute_url()
    ended(client)
    asked = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}?of=2"}
    answer = client.get(site.address(part), headers=asked)
    assert (answer.status_code, answer.content) == (200, b"")
    shown = client.get(answer.headers["HX-Redirect"])
    assert at(shown) == SIGN_IN
    assert at(signs_in(client, shown, site.cast.staff)) == page


def test_a_visitor_by_link_finds_the_words_after_opening_the_link_again(site: Site) -> None:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    link = reverse("activities:link", args=[site.secret])
    site.targets["plan"].send_back(by=site.cast.staff, reason="Say when")
    client.get(link)
    page = opened(client, f"/assignments/{site.targets['plan'].pk}/plan/")
    ended(client)
    press(client, page, "action=save", goal=TYPED)
    shown = client.get(link, follow=True)
    assert (at(shown), NOTHING in text(shown), TYPED in text(shown)) == (page.address, True, True)


def test_an_address_that_takes_no_reading_says_so_on_a_page(site: Site) -> None:
    response = of(site.cast.staff).get(f"/assignments/{site.targets['plan'].pk}/return/")
    assert (response.status_code, "Nothing was done." in text(response)) == (405, True)


PAGE = """<main id="main"><form method="post" data-draft="1" action="/x/">
<input name="a" value="&lt;old&gt;"><textarea name="t" rows=3>
old</textarea><select name="s"><option value="1" selected>1</option><option value="2">2</option></select>
<input type="checkbox" name="c" value="1" checked><input type="checkbox" name="c" value="2">
<input type="hidden" name="form-TOTAL_FORMS" value="1"><input name="form-0-name" value="">
<template data-rows="form"><p><label>§</label><input name="form-__prefix__-name"></p></template></form>
<p>&amp; 1 < 2</p></main>"""


def test_only_what_was_typed_changes_on_the_page(db: None, rf: Any) -> None:
    """Choices, ticks, several lines, signs of HTML and rows that were added; the rest stays to the letter."""
    fields = [
        ("a", 'He said "<b>"'), ("t", "one\n<two>"), ("s", "2"), ("c", "2"), ("form-TOTAL_FORMS", "2"),
        ("form-0-name", "张一"), ("form-1-name", "李二"), ("gone", "没有栏目"),
    ]  # fmt: skip
    entry = {"fields": fields, "action": "/x/", "files": False, "too_long": False}
    shown = with_words(rf.get("/x/"), PAGE.encode(), entry).decode()
    form = Form(page_of_text(shown), str(BeautifulSoup(shown, "html.parser").select_one("form[data-draft]")))
    fields_sent = [(name, str(value).lstrip("\n")) for name, value in form.submit_fields()]
    sent = [each for each in fields_sent if each[0] != "form-__prefix__-name"]  # a browser leaves the pattern out
    assert sent == [each for each in fields if each[0] != "gone"]
    marks = ('<pre class="said mb-1">没有栏目</pre>', "data-typed", "<label>2</label>")
    assert [mark for mark in marks if mark not in shown] == []
    assert shown.endswith("<p>&amp; 1 < 2</p></main>")


def page_of_text(text: str) -> Page:
    """A page that is only a text."""
    return Page("/x/", BeautifulSoup(text, "html.parser"))
