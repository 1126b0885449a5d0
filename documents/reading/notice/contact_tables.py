"""Contacts in a table: a row a person, whatever the order of its columns."""

from __future__ import annotations

import re

from documents.reading.phrases.person_names import name_in
from documents.reading.structure.columns import Cell, Table

from .contacts import EMAIL, PHONE
from .draft import Contact

_COLUMNS = {
    "name": re.compile("姓名|联系人(?:姓名)?|联络员(?:姓名)?|负责人"),
    "unit": re.compile("(?:所在|工作|责任|牵头|联系)?(?:单位|部门|科室|处室)(?:名称)?|区县|县区|市县"),
    "phone": re.compile("(?:联系|办公|手机|移动)?(?:电话|号码|手机|方式)(?:号码)?"),
    "mail": re.compile("(?:电子)?(?:邮箱|信箱|邮件)(?:地址)?"),
}


def contacts_of(table: Table, where: str) -> list[Contact]:
    """Return the people of a table with a column of names and one of numbers; nothing when it is none of people."""
    columns = {kind: _column(table, form) for kind, form in _COLUMNS.items()}
    names, phones = columns["name"], columns["phone"]
    if not names or not phones:
        return []
    found = [_contact(row, columns, where) for row in table.rows]
    return [contact for contact in found if contact.name and contact.phones]


def _column(table: Table, form: re.Pattern[str]) -> list[int]:
    return [index for index, head in enumerate(table.header) if form.fullmatch(head.flow.text)]


def _contact(row: list[Cell], columns: dict[str, list[int]], where: str) -> Contact:
    said = {kind: " ".join(row[index].value for index in at if index < len(row)) for kind, at in columns.items()}
    spans = [span for cell in row for span in cell.spans]
    span = spans[0]._replace(end=spans[-1].end)
    name = name_in(re.sub(r"\s", "", said["name"]))
    phones, mails = re.findall(PHONE, said["phone"]), re.findall(EMAIL, said["mail"])
    return Contact(span, name, said["unit"], tuple(phones), tuple(mails), where=where)
