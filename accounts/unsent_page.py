"""A page whose form was sent when the session had ended: what was typed stands in it again, and a line says so.

It is put into the finished page, so every form of the site has it without knowing of it, and a browser without
JavaScript as well.
"""

from collections import defaultdict
from copy import deepcopy
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.http import HttpRequest
from django.template.loader import render_to_string
from lxml import html

Values = dict[str, list[str]]
TICKED = ("checkbox", "radio")
NO_WORDS = ("submit", "button", "reset", "image", "file", "password")
COUNT = "-TOTAL_FORMS"
MARKS = ("action", "base", "seen", "next", "language")
"""What a page sends of itself: nobody typed it."""
KEPT_BY_THE_PAGE = (COUNT, "-INITIAL_FORMS", "-MIN_NUM_FORMS", "-MAX_NUM_FORMS")


def with_words(request: HttpRequest, page: bytes, entry: dict[str, Any]) -> bytes:
    """The page with what was typed.

    Arguments: the request for it; the page as it was made; what is kept (see :mod:`accounts.unsent`).
    Returns: the page. Words that have no field on it stand above, to be copied.
    """
    tree = html.document_fromstring(page.decode(), parser=html.HTMLParser(encoding="utf-8"))
    main = tree.find(".//main")
    if main is None:
        return page
    values: Values = defaultdict(list)
    for name, value in entry["fields"]:
        values[name].append(value)
    form = form_of(tree, request.path, entry["action"], values)
    left = put(form, values) if form is not None else values
    words = [each for name in left for each in left[name] if name not in MARKS and is_said(each)]
    if form is not None:
        form.set("id", form.get("id") or "unsent")
    context = {"entry": entry, "found": form is not None and form.get("id"), "left": words}
    main.insert(0, html.fragment_fromstring(render_to_string("parts/unsent.html", context, request)))
    return html.tostring(tree, encoding="utf-8", doctype="<!doctype html>")


def is_said(value: str) -> bool:
    """Whether it is words rather than the number of a row or what a page showed when it was opened."""
    return bool(value.strip()) and not value.isdecimal() and not value.startswith(("{", "[{"))


def form_of(tree: Any, here: str, action: str, values: Values) -> Any:
    """The form that was sent: of those that post to the same address the one with most of its fields."""
    forms = [each for each in tree.iter("form") if action in addresses(each, here)]
    return max(forms, key=lambda each: likeness(each, values), default=None)


def addresses(form: Any, here: str) -> set[str]:
    """Where a form posts, by any of its buttons."""
    if form.get("method", "get").lower() != "post":
        return set()
    buttons = [each.get("formaction") for each in form.iter("button") if each.get("formaction")]
    return {urlsplit(urljoin(here, each)).path for each in [form.get("action") or here, *buttons]}


def likeness(form: Any, values: Values) -> int:
    """How many of the names, and of the marks that the page itself sends, are those that were sent."""
    fields = list(fields_of(form))
    own = [each for each in fields if each.get("type") == "hidden" or each.tag == "button"]
    marks = sum(each.get("value", "") in values.get(each.get("name"), ()) for each in own)
    return marks + len({each.get("name") for each in fields} & set(values))


def fields_of(form: Any) -> Any:
    """Everything of a form that has a name, also what stands outside of it; not the pattern of a row."""
    outside = form.getroottree().iterfind(f".//*[@form='{form.get('id')}']") if form.get("id") else ()
    for each in [*form.iter("input", "textarea", "select", "button"), *outside]:
        if each.get("name") and next(each.iterancestors("template"), None) is None:
            yield each


def put(form: Any, values: Values) -> Values:
    """Write the values into the form. Returns: those without a field."""
    if form.get("data-draft"):
        form.set("data-typed", "")  # what stands here is not what the server has
    add_rows(form, values)
    left = {name: list(each) for name, each in values.items()}
    for field in fields_of(form):
        name = field.get("name")
        if takes_nothing(field) or name.endswith(KEPT_BY_THE_PAGE):
            left.pop(name, None)
        elif field.tag == "select":
            choose(field, values.get(name, ()), left)
        elif field.get("type") in TICKED:
            tick(field, values.get(name, ()), left)
        elif left.get(name):
            write(field, left[name].pop(0))
    return left


def takes_nothing(field: Any) -> bool:
    """Whether a field takes no words back."""
    return field.tag == "button" or field.get("type") in NO_WORDS or field.get("name") == "csrfmiddlewaretoken"


def add_rows(form: Any, values: Values) -> None:
    """Rows that were added to the form by a button (see static/rows.js) are added again."""
    for pattern in form.iter("template"):
        rows = pattern.get("data-rows")
        total = form.find(f".//input[@name='{rows}{COUNT}']") if rows else None
        sent = values.get(f"{rows}{COUNT}", ["0"])[0]
        if total is None or not len(pattern):
            continue
        for number in range(int(total.get("value") or 0), min(int(sent) if sent.isdecimal() else 0, 1000)):
            pattern.addprevious(row_of(pattern[0], number))
            total.set("value", str(number + 1))


def row_of(pattern: Any, number: int) -> Any:
    """One more row, as rows.js makes it."""
    text = html.tostring(deepcopy(pattern), encoding="unicode", with_tail=False)
    return html.fragment_fromstring(text.replace("__prefix__", str(number)).replace("§", str(number + 1)))


def choose(field: Any, values: Any, left: Values) -> None:
    """Choose in a list what was chosen, if it is offered."""
    offered = {option.get("value", option.text or ""): option for option in field.iter("option")}
    if not set(values) <= set(offered) or (not values and not field.get("multiple")):
        return
    for value, option in offered.items():
        mark(option, "selected", value in values)
    left.pop(field.get("name"), None)


def tick(field: Any, values: Any, left: Values) -> None:
    """Tick what was ticked."""
    value = field.get("value", "on")
    mark(field, "checked", value in values)
    if value in left.get(field.get("name"), ()):
        left[field.get("name")].remove(value)


def mark(element: Any, name: str, holds: bool) -> None:
    """Set an attribute that has no value, or take it away."""
    if holds:
        element.set(name, "")
    else:
        element.attrib.pop(name, None)


def write(field: Any, value: str) -> None:
    """Write into a field or a text of many lines, whose first line break a browser leaves out."""
    if field.tag == "textarea":
        field.text = "\n" + value
    else:
        field.set("value", value)
