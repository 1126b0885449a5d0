"""A page whose form was sent and not done: what was typed stands in it again, and a line says so.

It is put into the finished page, so every form of the site has it without knowing of it, and a browser without
JavaScript as well.
"""

from collections import defaultdict
from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.http import HttpRequest
from django.template.loader import render_to_string

from accounts.page_forms import Field, Form, PageForms, Tag, edited

Values = dict[str, list[str]]
Edit = tuple[int, int, str]
TICKED = ("checkbox", "radio")
NO_WORDS = ("submit", "button", "reset", "image", "file", "password")
COUNT = "-TOTAL_FORMS"
MARKS = ("action", "base", "seen", "next", "language")
"""What a page sends of itself: nobody typed it."""
KEPT_BY_THE_PAGE = (COUNT, "-INITIAL_FORMS", "-MIN_NUM_FORMS", "-MAX_NUM_FORMS")
MOST_ROWS = 1000


def with_words(request: HttpRequest, page: bytes, entry: dict[str, Any]) -> bytes:
    """The page with what was typed.

    Arguments: the request for it; the page as it was made; what is kept (see :mod:`accounts.unsent`).
    Returns: the page. Words that have no field on it stand above, to be copied.
    """
    values: Values = defaultdict(list)
    for name, value in entry["fields"]:
        values[name].append(value)
    text = with_rows(page.decode(), request.path, entry["action"], values)
    forms = PageForms(text)
    if forms.main < 0:
        return page
    form = form_of(forms, request.path, entry["action"], values)
    left = {name: list(each) for name, each in values.items()}
    edits: list[Edit] = list(put(form, values, left)) if form else []
    words = [each for name in left if name not in {*MARKS, *forms.buttons} for each in left[name] if is_said(each)]
    if not entry.get("refused") or words or entry["too_long"] or entry["files"]:
        context = {"entry": entry, "found": form and (form.get("id") or "unsent"), "left": words}
        edits.append((forms.main, forms.main, render_to_string("parts/unsent.html", context, request)))
    return edited(text, edits).encode()


def is_said(value: str) -> bool:
    """Whether it is words rather than the number of a row or what a page showed when it was opened."""
    return bool(value.strip()) and not value.isdecimal() and not value.startswith(("{", "[{"))


def form_of(page: PageForms, here: str, action: str, values: Values) -> Form | None:
    """The form that was sent: of those that post to the same address the one with most of its fields."""
    forms = [each for each in page.forms if action in addresses(each, here)]
    return max(forms, key=lambda each: likeness(each, values), default=None)


def addresses(form: Form, here: str) -> set[str]:
    """Where a form posts, by any of its buttons."""
    if form.get("method").lower() != "post":
        return set()
    buttons = [each.get("formaction") for each in form.fields if each.get("formaction")]
    return {urlsplit(urljoin(here, each)).path for each in [form.get("action") or here, *buttons]}


def likeness(form: Form, values: Values) -> int:
    """How many of the names, and of the marks that the page itself sends, are those that were sent."""
    own = [each for each in form.fields if each.get("type") == "hidden" or each.name == "button"]
    marks = sum(each.get("value") in values.get(each.get("name"), ()) for each in own)
    return marks + len({each.get("name") for each in form.fields} & set(values))


def with_rows(text: str, here: str, action: str, values: Values) -> str:
    """Rows that were added to the form by a button (see static/rows.js) are added again."""
    form = form_of(PageForms(text), here, action, values)
    edits: list[Edit] = []
    for pattern in form.patterns if form else ():
        name = pattern.get("data-rows") + COUNT
        count = next((each for each in form.fields if each.get("name") == name), None) if form else None
        if count is None:
            continue
        there, wanted = number(count.get("value")), number(values.get(name, [""])[0])
        if there < wanted <= MOST_ROWS:
            row = text[pattern.end : pattern.closed]
            rows = (row.replace("__prefix__", str(each)).replace("§", str(each + 1)) for each in range(there, wanted))
            edits += [(pattern.start, pattern.start, "".join(rows)), exchanged(count, value=str(wanted))]
    return edited(text, edits)


def number(text: str) -> int:
    """A number of rows as a page sends it; 0 when it is none."""
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def exchanged(tag: Tag, **changes: str | bool) -> Edit:
    """The edit that sets or takes away attributes of a tag."""
    return tag.start, tag.end, tag.written(**changes)


def put(form: Form, values: Values, left: Values) -> Iterator[Edit]:
    """Write the values into the form, unfolded. What has a field is taken out of ``left``."""
    typed: dict[str, str | bool] = {"data_typed": True} if form.get("data-draft") else {}
    yield exchanged(form, id=form.get("id") or "unsent", **typed)  # what stands here is not what the server has
    yield from (exchanged(each, open=True) for each in form.folds)
    for field in form.fields:
        name = field.get("name")
        if takes_nothing(field) or name.endswith(KEPT_BY_THE_PAGE):
            left.pop(name, None)
        elif field.name == "select":
            yield from choose(field, values.get(name, []), left)
        elif field.get("type") in TICKED:
            yield tick(field, values.get(name, []), left)
        elif left.get(name):
            yield write(field, left[name].pop(0))


def takes_nothing(field: Field) -> bool:
    """Whether a field takes no words back."""
    return field.name == "button" or field.get("type") in NO_WORDS or field.get("name") == "csrfmiddlewaretoken"


def choose(field: Field, values: list[str], left: Values) -> Iterator[Edit]:
    """Choose in a list what was chosen, if it is offered."""
    offered = {option.get("value") for option in field.options}
    if not set(values) <= offered or (not values and "multiple" not in field.attributes):
        return
    left.pop(field.get("name"), None)
    for option in field.options:
        yield exchanged(option, selected=option.get("value") in values)


def tick(field: Field, values: list[str], left: Values) -> Edit:
    """Tick what was ticked."""
    value = field.get("value", "on")
    if value in left.get(field.get("name"), ()):
        left[field.get("name")].remove(value)
    return exchanged(field, checked=value in values)


def write(field: Field, value: str) -> Edit:
    """Write into a field or a text of many lines, whose first line break a browser leaves out."""
    if field.name == "textarea":
        return field.end, field.closed, "\n" + escape(value)
    return exchanged(field, value=value)
