"""What a browser sends: a form is read from the page that shows it, filled in, and its button pressed.

A test that posts what it thinks of itself misses what the page really sends: an untouched select posts its first
choice. So forms are posted with :func:`press`; only what no page would send (somebody else's row, a forged value) is
given by hand, and said to be: ``forged=`` or :func:`forge`. Nothing else posts (``tests/hand_posts.py``, a lint step).
WebTest (https://docs.pylonsproject.org/projects/webtest/en/latest/forms.html) reads the form and knows what each kind
of field sends and offers; Django's test client opens and posts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import copy
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
    return page_of(client.get(address, follow=True))


def page_of(response: Any, address: str = "") -> Page:
    """The page a response shows, to be filled in and pressed. What is disabled sends nothing, so it is taken out.

    Arguments: the response; its address where that is not the one asked for.
    """
    html = BeautifulSoup(response.content.decode(), "html.parser")
    for disabled in html.select("input[disabled], select[disabled], textarea[disabled]"):
        disabled.decompose()
    query = response.request["QUERY_STRING"]
    return Page(address or response.request["PATH_INFO"] + (f"?{query}" if query else ""), html)


def press(
    client: Client,
    page: str | Page,
    button: str = "",
    /,
    *,
    form: str = "",
    forged: Mapping[str, Any] | None = None,
    follow: bool = True,
    **values: Any,
) -> Any:
    """Fill in a form of a page as a person would, press its button, and follow where it leads.

    Arguments: the client of a signed-in person; the address of the page, or a page opened before; the button, as
    ``name=value`` or by its words (empty: the first); the form, by a CSS selector or by the address it sends to (empty:
    the first that has the button and every field named); what the page would not offer, laid over what it sends (None:
    not sent); whether to follow redirects; the fields to change, None or [] for a box to be left without its tick.
    Returns: the last response. Raises: NoSuchForm.
    """
    page = opened(client, page) if isinstance(page, str) else page
    filled, pressed = filled_in(page, button, form, values)
    data = sent(filled, pressed) | dict(forged or {})
    data = {name: value for name, value in data.items() if value is not None}
    target = urljoin(page.address, (pressed.get("formaction") if pressed else None) or filled.action)
    if filled.method.lower() == "get":
        return client.get(target.partition("?")[0], data, follow=True)
    came_from = {} if "HTTP_REFERER" in client.defaults else {"Referer": f"http://testserver{page.address}"}
    return client.post(target, data, follow=follow, headers=came_from)


def autosave(client: Client, page: str | Page, *, forged: Mapping[str, Any] | None = None, **values: Any) -> Any:
    """What ``draft.js`` sends two seconds after the last key: the form without its files and without a button.

    Arguments: as for :func:`press`. Returns: the answer. Raises: NoSuchForm.
    """
    page = opened(client, page) if isinstance(page, str) else page
    form, _button = filled_in(page, "", "form[data-draft]", values)
    words = {name: [each for each in found if isinstance(each, str)] for name, found in sent(form, None).items()}
    return client.post(urljoin(page.address, form.action), words | {"action": "autosave"} | dict(forged or {}))


def previewed(client: Client, page: str | Page, *, forged: Mapping[str, Any] | None = None, **values: Any) -> Any:
    """What ``editor.js`` sends for the pages beside a text that is being written.

    Arguments: as for :func:`press`. Returns: the answer. Raises: NoSuchForm.
    """
    page = opened(client, page) if isinstance(page, str) else page
    form, _button = filled_in(page, "", "form[data-pages-of]", values)
    address = str(page.html.select("form[data-pages-of]")[0]["data-pages-of"])
    return client.post(address, sent(form, None) | dict(forged or {}))


def forge(client: Client, address: str, data: Mapping[str, Any] | bytes | None = None, **more: Any) -> Any:
    """Send what no page of this person would: a stranger's attack, a press on something that is gone.

    Arguments: the client, the address, what is sent, and what Django's client takes beside. Returns: the response.
    """
    return client.post(address, data if isinstance(data, bytes) else dict(data or {}), **more)


# --- reading and filling a form ------------------------------------------------------------------------------------


def filled_in(page: Page, button: str, selector: str, values: Mapping[str, Any]) -> tuple[Form, Tag | None]:
    """The form meant with these values in it, and its button. Raises: NoSuchForm."""
    form, pressed = chosen(page, button, selector, values)
    for name, value in values.items():
        fill(form, name, value)
    return form, pressed


def sent(form: Form, pressed: Tag | None) -> dict[str, list[Any]]:
    """What a form sends, by name."""
    data: dict[str, list[Any]] = {}
    for name, value in [*form.submit_fields(), *sent_by(pressed)]:
        data.setdefault(name, []).extend([value] if not isinstance(value, File) else files(value))
    return data


def chosen(page: Page, button: str, wanted: str, names: Iterable[str]) -> tuple[Form, Tag | None]:
    """The form meant and its button. Raises: NoSuchForm."""
    known = set()
    for each in forms_of(page, wanted):
        form = Form(page, str(with_rows(each, names)))
        pressed = button_of(page, each, button)
        known |= set(form.fields)
        shut = button or each.select("button")  # a form whose buttons are all disabled is not sent by Enter either
        if set(names) <= set(form.fields) and (pressed or not shut):
            return form, pressed
    raise NoSuchForm(
        f"no form {wanted} with {sorted(names)} and the button “{button}”; the page has {sorted(filter(None, known))}"
    )


def forms_of(page: Page, wanted: str) -> list[Tag]:
    """The forms a selector finds, or those that send to an address; all of the page where nothing is wanted."""
    if not wanted.startswith("/"):
        return list(page.html.select(wanted or "main form"))
    return [form for form in page.html.select("form") if wanted in addresses_of(page, form)]


def addresses_of(page: Page, form: Tag) -> set[str]:
    """Where a form may send: by itself, or by one of its buttons."""
    own = [str(form.get("action") or ""), *(str(each["formaction"]) for each in form.select("button[formaction]"))]
    return {urljoin(page.address, each).partition("#")[0] for each in own}


def with_rows(form: Tag, names: Iterable[str]) -> Tag:
    """The form with as many rows as are filled in: ``rows.js`` adds them from a pattern, which is not sent itself."""
    form = copy(form)
    for pattern in form.select("template[data-rows]"):
        rows = pattern["data-rows"]
        total = form.select_one(f'[name="{rows}-TOTAL_FORMS"]')
        meant = [re.match(rf"{rows}-(\d+)-", name) for name in names]
        needed = max([int(each[1]) + 1 for each in meant if each], default=0)
        for number in range(int(str(total["value"])) if total else needed, needed):
            row = pattern.decode_contents().replace("__prefix__", str(number))
            pattern.insert_before(BeautifulSoup(row, "html.parser"))
            if total:
                total["value"] = str(number + 1)
        pattern.decompose()
    return form


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
