"""Contacts: names, telephone numbers, mail addresses and fax, kept apart and with the place they stand."""

from __future__ import annotations

import re
from dataclasses import replace

from documents.reading.phrases.spans import Flow, Span
from documents.reading.structure.lines import Line

from .draft import Contact

_PHONE = (
    r"(?:1[3-9]\d{9}|1[3-9]\d[ -]\d{4}[ -]\d{4}|\(?0\d{2,3}\)?[ —-]?\d{7,8}(?:[转—-]\d{1,5})?|"
    r"(?<!\d)(?:\d{7,8}|\d{4}-\d{4})(?:[转—-]\d{1,5})?)(?!\d)"
)
_EMAIL = (
    r"(?<![A-Za-z0-9._+-])[A-Za-z0-9][A-Za-z0-9._+-]{0,62}"
    r"@[A-Za-z0-9-]{1,62}(?:\.[A-Za-z0-9-]{1,62}){0,4}\.[A-Za-z]{2,6}"
)
_LABELS = "联系|电话|手机|邮箱|办公|传真|电子|咨询|移动|固话|座机|微信|地址|及"
_ENDS = f"{_LABELS}|同志|先生|女士|老师"
_NAME = (
    rf"(?!{_LABELS})[\u4e00-\u9fff]{{2,4}}?(?:·[\u4e00-\u9fff]{{2,6}})?"
    rf"(?=[^\u4e00-\u9fff·]|{_ENDS}|$)"
)
_TOKEN = re.compile(
    rf"(?P<email>{_EMAIL})|(?P<phone>{_PHONE})"
    r"|(?P<label>(?:联系人|联络人|联系方式|联系电话|办公电话|咨询电话|电话号码|手机|电话|移动电话|传真号码|传真|(?:电子)?邮箱(?:地址)?|电子邮件|E-?mail|[Oo][Aa]邮箱|地址|联系人及电话)\s*：)"
)
_PERSON = re.compile(
    rf"(?P<unit>[^，。；：、\n()\d]{{2,30}})?(?:联系人|联络人|联系人员)(?:及电话|及联系方式|和电话)?：\n?(?P<names>{_NAME}(?:[、，]{_NAME}(?!：))*)"
)
_COLON = re.compile(rf"(?:^|(?<=[，。；\n]))(?P<unit>[^，。；：\n()\d]{{2,20}})：(?P<names>{_NAME})(?=[(，、\d])")
_UNIT_NAME = re.compile(
    rf"(?:^|(?<=[，。；：\n(]))(?P<unit>[^，。；：\n()\d]{{1,20}}(?:局|委|办|处|科|会|室|部|股|院|中心|厅))"
    rf"(?P<names>[\u4e00-\u9fff]{{2,3}})(?=[，、]?\(?(?:联系)?(?:电话：?)?{_PHONE})"
)
_PERSON_UNIT = re.compile(
    r"(?:联系人|联络人)：(?P<unit>[^，。；：\n()\d]{1,20}(?:局|委|办|处|科|会|室|部|股|院|中心|厅))"
    r"(?P<names>[\u4e00-\u9fff]{2,3})(?=[，。；(\n]|电话|联系|$)"
)
_BARE = re.compile(rf"(?:^|(?<=[，。；\n]))(?P<names>{_NAME})：(?={_PHONE})")
_LABELLED_PHONE = re.compile(rf"(?<!移动)(?:联系|咨询|办公)?电话(?:\(传真\))?：(?P<phone>{_PHONE})")
_LONG_LEFT, _LONG_RIGHT = re.compile(r"\d{7,8}$"), re.compile(r"0?\d{7,11}")
_NEAR = 160
_SURNAMED = re.compile(r"(?:同志|先生|女士|老师)$")
_NOT_NAMES = re.compile(r"电话|邮箱|传真|手机|联系|地址|附件|时间|地点|单位|处|科$|局$|办$|委$|室$|内容|主题")


def find_contacts(source: str, flow: Flow, where: str) -> list[Contact]:
    """Return the contacts of a stretch of the document; where names the part (body, annex 2)."""
    people = _people(flow)
    contacts = []
    for index, (start, end, unit, name) in enumerate(people):
        limit = people[index + 1][0] if index + 1 < len(people) else len(flow)
        contacts.append(_contact(flow, start, end, limit, unit, name, where))
    return _share_mail([c for c in contacts if c.phones or c.emails or c.mailbox or c.name])


def parted(flow: Flow) -> Flow:
    """Return a flow in which numbers that stand apart in the source do not run into one another."""
    signs, at = [], []
    for index, sign in enumerate(flow.text):
        gap = index and sign.isdigit() and flow.text[index - 1].isdigit() and flow.at[index] > flow.at[index - 1] + 1
        if gap and _LONG_LEFT.search(flow.text, max(0, index - 8), index) and _LONG_RIGHT.match(flow.text, index):
            signs.append("，")
            at.append(flow.at[index - 1])
        signs.append(sign)
        at.append(flow.at[index])
    return Flow(flow.source, "".join(signs), at)


def _people(flow: Flow) -> list[tuple[int, int, str, str]]:
    """Where each person is named: start, end, unit, name."""
    found: dict[int, tuple[int, int, str, str]] = {}
    for form in (_UNIT_NAME, _PERSON_UNIT, _PERSON, _COLON, _BARE):
        for match in form.finditer(flow.text):
            unit = (match.groupdict().get("unit") or "").strip()
            for name in re.finditer(r".+" if form in (_UNIT_NAME, _PERSON_UNIT) else _NAME, match["names"]):
                begin = match.start("names") + name.start()
                if not _NOT_NAMES.search(name[0]) and begin not in found and _has_number(flow.text, match.end(), form):
                    found[begin] = (begin, match.start("names") + name.end(), unit, _SURNAMED.sub("", name[0]))
    return [found[begin] for begin in sorted(found)]


def _has_number(text: str, end: int, form: re.Pattern[str]) -> bool:
    return form in (_PERSON, _PERSON_UNIT) or re.search(_PHONE, text[end : end + 24]) is not None


def _contact(flow: Flow, start: int, end: int, limit: int, unit: str, name: str, where: str) -> Contact:
    phones, emails, fax = [], [], []
    stop, label = end, ""
    for token in _TOKEN.finditer(flow.text, end, min(limit, end + _NEAR)):
        if token.start() - stop > 40:
            break
        if token["label"]:
            label = token["label"]
        elif token["email"]:
            emails.append(token[0])
        elif "传真" in label:
            fax.append(token[0])
        else:
            phones.append(token[0])
        stop = token.end()
    mailbox = re.search(r"[Oo][Aa]邮箱：([^，。；：\n]{3,30})", flow.text[end : min(limit, end + _NEAR)])
    return Contact(
        flow.span(start, stop),
        name,
        unit,
        tuple(phones),
        tuple(emails),
        tuple(fax),
        mailbox[1] if mailbox else "",
        where,
    )


def _share_mail(contacts: list[Contact]) -> list[Contact]:
    """Numbers printed once for two names, and a mail address printed once for a block, belong to all of it."""
    shared: list[Contact] = []
    for index, contact in enumerate(contacts):
        following = contacts[index + 1] if index + 1 < len(contacts) else None
        if not contact.phones and following is not None and following.span.start - contact.span.end < 6:
            contact = replace(contact, phones=following.phones, emails=following.emails, confidence=0.7)
        shared.append(contact)
    return shared


def columned(source: str, lines: list[Line], where: str) -> list[Contact]:
    """Return the contacts of lines set in columns: unit, name, numbers with wide gaps between them."""
    contacts = []
    for line in lines:
        cells = line.text.split()
        phones = [cell for cell in cells if re.fullmatch(_PHONE, cell)]
        names = [cell for cell in cells if re.fullmatch(_NAME, cell) and not _NOT_NAMES.search(cell)]
        if 2 <= len(cells) <= 6 and phones and names:
            unit = cells[0].rpartition("：")[2] if cells[0] != names[-1] else ""
            contacts.append(Contact(line.span, names[-1], unit, tuple(phones), where=where))
    return contacts


def loose_phones(flow: Flow, known: set[str], where: str) -> list[Contact]:
    """Return numbers that are labelled 电话 but belong to nobody named: an office's own."""
    found = []
    for match in _LABELLED_PHONE.finditer(flow.text):
        if match["phone"] not in known:
            found.append(Contact(flow.span(*match.span()), phones=(match["phone"],), where=where, confidence=0.6))
    return found


def loose_mail(flow: Flow) -> list[tuple[str, Span]]:
    """Return the mail addresses of a flow."""
    return [(match[0], flow.span(*match.span())) for match in re.finditer(_EMAIL, flow.text)]
