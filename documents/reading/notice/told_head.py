"""What a file says of its own head (the tags of an official OFD), found again in its text: taken before any guess."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from documents.reading.phrases.dates import DateFound, issue_date
from documents.reading.phrases.spans import Flow, Span, Text, fold, verbatim

from .addressees import listed


@dataclass(frozen=True, slots=True)
class ToldHead:
    """The fields that a file is tagged with, each where it stands in the text; without what does not stand there."""

    title: Text | None = None
    number: Text | None = None
    issuers: tuple[Text, ...] = ()
    addressees: tuple[Text, ...] = ()
    issued: DateFound | None = None


def told_head(source: str, fields: Iterable[tuple[str, str]]) -> ToldHead:
    """Return the fields of a file as they stand in its text. fields: 标题, 发文字号, 发文机关, 主送机关, 成文日期."""
    said: dict[str, list[Flow]] = {}
    at = [place for place, char in enumerate(source) if not char.isspace()] if fields else []
    text = fold("".join(source[place] for place in at))
    for field, value in fields:
        bare = fold("".join(value.split()))
        found = (text.rfind(bare) if field in ("发文机关", "成文日期") else text.find(bare)) if bare else -1
        if found >= 0:
            said.setdefault(field, []).append(Flow(source, bare, at[found : found + len(bare)]))
    dates = [day for flow in said.get("成文日期", []) if (day := issue_date(flow))]
    to = [listed(flow) for flow in said.get("主送机关", [])]
    return ToldHead(
        title=next(map(_text, said.get("标题", [])), None),
        number=next(map(_text, said.get("发文字号", [])), None),
        issuers=tuple(dict.fromkeys(map(_text, said.get("发文机关", [])))),
        addressees=tuple(name for names in to for name in names),
        issued=next(iter(dates), None),
    )


def _text(flow: Flow) -> Text:
    span: Span = flow.whole()
    return Text(verbatim(flow.source, span), span)
