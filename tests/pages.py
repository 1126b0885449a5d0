"""What a browser sends: a form is read from the page that shows it, filled in, and its button pressed.

A test that posts what it thinks of itself misses what the page really sends: an untouched select posts its first
choice. So forms are posted with :func:`press`; only what no page would send (somebody else's row, a forged value) is
posted by hand. WebTest (https://docs.pylonsproject.org/projects/webtest/en/latest/forms.html) reads the form and knows
what each kind of field sends and offers; Django's test client opens and posts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from django.test import Client
from webtest.forms import Checkbox, File, Form


class NoSuchForm(AssertionError):
    """The page has no such form, field, choice or button: what a person could not have done either."""


@dataclass(frozen=True)
class Page:
    """A page that is open: its address and what stands on it (WebTest asks for ``html``)."""

    address: str
    html: BeautifulSoup


def opened(client: Client, address: str) -> Page:
    """Open a page, wherever it leads. Arguments: the client of a signed-in person, the address."""
    response = client.get(address, follow=True)
    query = response.request["QUERY_STRING"]
    return page_of(response, response.request["PATH_INFO"] + (f"?{query}" if query else ""))


def page_of(response: Any, address: str) -> Page:
    """The page a response shows. What is disabled sends nothing, so it is taken out."""
    html = BeautifulSoup(response.content.decode(), "html.parser")
    for disabled in html.select("input[disabled], select[disabled], textarea[disabled]"):
        disabled.decompose()
    return Page(address, html)


def press(client: Client, page: str | Page, button: str = "", *, form: str = "", **values: Any) -> Any:
    """Fill in a form of a page as a person would, press its button, and follow where it leads.

    Arguments: the client of a signed-in person; the address of the page, or a page opened before; the button, as
    ``name=value`` or by its words (empty: the first); the form, by a CSS selector (empty: the first that has the
    button and every field named); the fields to change, None or [] for a box to be left without its tick.
    Returns: the last response. Raises: NoSuchForm.
    """
    page = opened(client, page) if isinstance(page, str) else page
    filled, pressed = chosen(page, button, form, values)
    for name, value in values.items():
        fill(filled, name, value)
    data: dict[str, list[Any]] = {}
    for name, value in [*filled.submit_fields(), *sent_by(pressed)]:
        data.setdefault(name, []).extend([value] if not isinstance(value, File) else files(value))
    target = urljoin(page.address, (pressed.get("formaction") if pressed else None) or filled.action)
    if filled.method.lower() == "get":
        return client.get(target.partition("?")[0], data, follow=True)
    return client.post(target, data, follow=True)


def chosen(page: Page, button: str, selector: str, names: Iterable[str]) -> tuple[Form, Tag | None]:
    """The form meant and its button. Raises: NoSuchForm."""
    known = set()
    for each in page.html.select(selector or "main form"):
        form = Form(page, str(each))
        pressed = button_of(page, each, button)
        known |= set(form.fields)
        if set(names) <= set(form.fields) and (pressed or not button):
            return form, pressed
    raise NoSuchForm(
        f"no form with {sorted(names)} and the button “{button}”; the page has {sorted(filter(None, known))}"
    )


def button_of(page: Page, form: Tag, wanted: str) -> Tag | None:
    """The button that is not disabled and says or sends what is wanted; the first where nothing is."""
    outside = page.html.select(f'button[form="{form["id"]}"]') if form.get("id") else []
    for each in [*form.select("button"), *outside]:
        says = (f"{each.get('name')}={each.get('value', '')}", " ".join(each.get_text().split()))
        if not each.has_attr("disabled") and (not wanted or wanted in says):
            return each
    return None


def sent_by(button: Tag | None) -> list[tuple[str, str]]:
    """What a pressed button adds."""
    return [(str(button["name"]), str(button.get("value", "")))] if button and button.get("name") else []


def fill(form: Form, name: str, value: Any) -> None:
    """Type, choose or tick. Raises: NoSuchForm when the page does not offer it."""
    fields = form.fields[name]
    if all(isinstance(field, Checkbox) for field in fields):
        ticked = {str(each) for each in (value if isinstance(value, list | tuple) else [value]) if each is not None}
        offered = {field._value or "on" for field in fields}
        if not ticked <= offered:
            raise NoSuchForm(f"“{name}” does not offer {sorted(ticked - offered)}, only {sorted(offered)}")
        for field in fields:
            field.checked = (field._value or "on") in ticked
        return
    try:
        one = value if isinstance(fields[0], File) else texts(value)
        if hasattr(fields[0], "force_value") and not hasattr(fields[0], "options"):
            fields[0].force_value(one)  # also hidden fields, which scripts fill
        else:
            fields[0].value = one
    except ValueError as refused:
        raise NoSuchForm(f"“{name}” does not offer {value!r}: {refused}") from None


def texts(value: Any) -> Any:
    """A value as a page has it."""
    return [str(each) for each in value] if isinstance(value, list | tuple) else "" if value is None else str(value)


def files(field: File) -> list[Any]:
    """The files chosen in a field."""
    return list(field.value) if isinstance(field.value, list | tuple) else [field.value] if field.value else []
