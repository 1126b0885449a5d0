"""Two people change one form at once: the second is told what differs, and chooses; nothing is overwritten silently.

A page sends back what it showed when it was opened (``base``). What stands now is compared with it: what only the other
person changed stays theirs, what only this one changed is theirs to change, and where both changed the same field the
person chooses. No column is needed, and whatever writes the row, by whatever way, is noticed.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from workflow.compare import Piece, compare

LONG = 60
"""From so many characters on two texts are compared."""
Value = str | list[str]
Join = Callable[[str, str, str], str | None]
"""Both changes of a text in one (base, mine, theirs); None when only a person can join them."""


def nobody_joins(_base: str, _mine: str, _theirs: str) -> str | None:
    """Texts of one line are not joined."""
    return None


def written(form: forms.BaseForm) -> dict[str, Value]:
    """What stands in a form, in a way that can be compared and sent: as shown, or as typed once it was sent."""
    return {bound.name: plain(bound.value()) for bound in form if not bound.is_hidden}


def plain(value: Any) -> Value:
    """One value of a form: a text, or the sorted texts of several choices."""
    if value is None or value is False:
        return ""
    if isinstance(value, list | tuple | set):
        return sorted(str(getattr(each, "pk", each)) for each in value)
    return str(getattr(value, "pk", value)).replace("\r\n", "\n").strip()


def base(form: forms.BaseForm) -> str:
    """What the page sends back: what its form shows when it is opened."""
    return json.dumps(written(form), ensure_ascii=False)


def sent_base(request: HttpRequest) -> dict[str, Value]:
    """What the page showed when it was opened; empty when it did not say."""
    try:
        found = json.loads(request.POST.get("base", ""))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def mark(*forms_shown: forms.BaseForm, beside: Sequence[Any] = ()) -> str:
    """What a page of several rows shows, in short, sent back as its ``base``: another mark, and somebody changed it.

    Arguments: the forms as opened; what else the page shows (numbers of rows).
    """
    rows: list[Any] = [*(written(form) for form in forms_shown), *beside]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


def overtaken(request: HttpRequest, stands: str) -> bool:
    """Whether what a page showed when it was opened stands no more. Call it while the row is locked."""
    return request.POST.get("base", stands) != stands


@dataclass(frozen=True)
class Difference:
    """A field that somebody else changed meanwhile."""

    name: str
    label: str
    theirs: Value
    mine: Value
    shown: Mapping[str, str]
    """What a person reads: ``theirs``, and ``mine``, which is to stand unless they choose otherwise."""
    both: str | None = None
    """A text with both changes, when they lie apart."""
    is_clash: bool = False
    """Both changed it, each in another way."""

    @property
    def is_long(self) -> bool:
        """Whether the texts are better compared than read one after the other."""
        return any("\n" in text or len(text) > LONG for text in self.shown.values())

    @property
    def pieces(self) -> list[Piece]:
        """Their text against mine."""
        return compare(self.shown["theirs"], self.shown["mine"])


def meet(
    request: HttpRequest, make: Callable[[QueryDict | None], Any], join: Join = nobody_joins
) -> tuple[Any, list[Difference]]:
    """The form to save, and what somebody else changed meanwhile. Call it while the row is locked.

    Arguments: the request; how the form of the row is made, of what was sent or (None) of what stands; how texts of
    several lines are joined. Returns: the form, with what only the others changed taken over; the differences, of
    which those with ``is_clash`` have to be chosen from before it may be saved.
    """
    opened: dict[str, Any] = {**sent_base(request), **dict.fromkeys(unanswered(request))}
    sent = chosen(request)
    mine = make(sent)
    found = differences(mine, make(None), opened, join)
    return (make(settled(sent, found)) if found else mine), found


def differences(
    mine: forms.BaseForm, now: forms.BaseForm, opened: Mapping[str, Value], join: Join = nobody_joins
) -> list[Difference]:
    """What somebody else changed since a page was opened, and this person does not have the same.

    Arguments: the form as sent; the form of the row as it stands now; what the page showed when it was opened; how
    texts of several lines are joined.
    """
    own, theirs, found = written(mine), written(now), []
    for name, value in theirs.items():
        before = opened.get(name)
        if name in own and value not in (before, own[name]):
            found.append(difference(now[name], before, value, own[name], join))
    return found


def difference(bound: Any, before: Value | None, theirs: Value, mine: Value, join: Join) -> Difference:
    """One field that differs; choices of several are put together: what either added, without what either took."""
    shown = {"theirs": worded(bound.field, theirs), "mine": worded(bound.field, mine)}
    label = str(bound.label)
    if isinstance(theirs, list):
        mine = together(before or [], mine, theirs)
        return Difference(bound.name, label, theirs, mine, shown | {"mine": worded(bound.field, mine)})
    if mine == before:
        return Difference(bound.name, label, theirs, theirs, shown | {"mine": shown["theirs"]})
    long = isinstance(bound.field.widget, forms.Textarea) and isinstance(before, str)
    both = join(str(before), str(mine), theirs) if long else None
    return Difference(bound.name, label, theirs, mine, shown, both, is_clash=True)


def together(before: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Theirs, with what this person added and without what this person took away."""
    return sorted((set(theirs) | (set(mine) - set(before))) - (set(before) - set(mine)))


def worded(field: Any, value: Value) -> str:
    """A value as a person reads it."""
    choices = getattr(field, "choices", None)
    if choices is not None:
        values = value if isinstance(value, list) else [value]
        labels = {str(key): str(words) for key, words in choices}
        return "、".join(labels.get(each, each) for each in values if each) or "—"
    return str(value) or "—"


def settled(sent: QueryDict, found: Sequence[Difference]) -> QueryDict:
    """The form as sent, with what only the other person changed taken over and choices of both put together."""
    data = sent.copy()
    for each in found:
        if not each.is_clash:
            put(data, each.name, each.mine)
    return data


def chosen(request: HttpRequest) -> QueryDict:
    """The form as sent, with what was chosen where both had changed a field: ``take-<field>`` says whose."""
    data, theirs = request.POST.copy(), sent_base(request)
    for name in request.POST.getlist("asked"):
        take = request.POST.get(f"take-{name}")
        if take == "theirs" and name in theirs:
            put(data, name, theirs[name])
        elif take == "both" and f"both-{name}" in data:
            put(data, name, request.POST.get(f"both-{name}", ""))
    return data


def unanswered(request: HttpRequest) -> list[str]:
    """The fields both had changed, for which this person did not choose."""
    taken = ("theirs", "mine", "both")
    return [name for name in request.POST.getlist("asked") if request.POST.get(f"take-{name}") not in taken]


def clash_of(form: forms.BaseForm, now: forms.BaseForm, found: Sequence[Difference]) -> dict[str, Any]:
    """What ``parts/together.html`` shows of a clash. Arguments: the form as sent, as it stands now, the differences."""
    kept = [each for each in found if not each.is_clash]
    return {"form": form, "base": base(now), "found": found, "kept": kept}


def changed(form: forms.BaseForm, now: forms.BaseForm) -> list[str]:
    """What the fields are called that a form changes of what stands now."""
    before = written(now)
    return [str(form[name].label) for name, value in written(form).items() if value != before.get(name)]


def said(saved: str, found: Sequence[Difference]) -> str:
    """That it was saved, and what somebody else had changed meanwhile that now stands beside it."""
    labels = "、".join(each.label for each in found if not each.is_clash)
    if not labels:
        return saved
    stays = _("What somebody else changed meanwhile stays too: %(fields)s.") % {"fields": labels}
    return f"{saved} {stays}"


def put(data: QueryDict, name: str, value: Value) -> None:
    """Write a value into what was sent."""
    data.setlist(name, value if isinstance(value, list) else [value])
