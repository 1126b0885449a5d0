"""What stands in the annexes of a notice on paper: the list of activities, logo and slogans, a text, a file."""

from hashlib import sha256
from pathlib import PurePath

from django.core.cache import caches
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

import documents
from accounts.models import Unit, UnitGroup
from activities.models import Activity
from activities.models.activity import Part, Scope
from activities.printing.task_table_annex import is_task_table, task_table
from activities.printing.units_by_groups import Members, in_short, members_of
from campaigns.annex_editing import blocks as text_blocks
from campaigns.models import AnnexContent, Asset, Campaign
from campaigns.models.notice import NoticeAnnex
from campaigns.models.register import AssetKind
from documents.errors import DocumentError
from documents.numerals import in_chinese
from documents.outline import Annex, Block, Blocks, Figure, Heading, Paragraph
from documents.text import chinese_date

Files = dict[str, bytes]
PICTURES = (".jpg", ".jpeg", ".png")
LOGO_WIDTH = 0.35
"""Share of the type area: about 55 mm."""
KEPT = 3600
"""Seconds a converted file is kept: a preview sets the same ones again and again."""
PARTS = {Part.LEAD: "牵头", Part.UNDERTAKE: "承办", Part.ASSIST: "协办", Part.PARTICIPATE: "参与"}
"""The parts as the pages of the campaign call them; a notice that was read has words of its own."""
WHOLE = {"national": "全国", "province": "全省", "city": "全市", "district": "全区", "town": "全镇"}
"""How far an office of each level reaches."""
ORDINALS = "一二三四五"


def annex(campaign: Campaign, row: NoticeAnnex) -> tuple[Annex, Files]:
    """One annex and the pictures in it; what goes beside the paper has no body here.

    Raises: DocumentError naming the annex whose file cannot be printed.
    """
    match row.content:
        case AnnexContent.HANDED_IN:
            body, files = named(row, *handed_in(row))
            return Annex(row.title, body, row.heading), files
        case AnnexContent.ACTIVITIES:
            return Annex(row.title, tuple(activity_blocks(campaign))), {}
        case AnnexContent.SLOGANS:
            body, files = slogan_blocks(campaign)
            return Annex(row.title, body), files
        case AnnexContent.TEXT:
            return Annex(row.title, text_blocks(row.text)), {}
        case AnnexContent.FILE if row.file:
            body, files = named(row, *read_file(str(row.file.name), row.file_name))
            return Annex(row.title, body), files
    return Annex(row.title), {}


def named(row: NoticeAnnex, body: Blocks, files: Files) -> tuple[Blocks, Files]:
    """The pictures of a file under names no other annex uses."""
    names = {name: f"{row.order}-{name}" for name in files}
    renamed = tuple(
        Figure(names[each.name], each.caption, each.width) if isinstance(each, Figure) else each for each in body
    )
    return renamed, {names[name]: data for name, data in files.items()}


def handed_in(row: NoticeAnnex) -> tuple[Blocks, Files]:
    """What was handed in, block by block, with the pictures from the Word file.

    Raises: DocumentError when the file is gone, or a picture is broken.
    """
    body = row.handed_in
    wanted = [each.name for each in body if isinstance(each, Figure)]
    if not wanted:
        return body, {}
    _blocks, found = documents.sources.read_docx(stored_bytes(str(row.file.name), row.file_name))
    return body, {name: documents.layout.prepare(f"{row.file_name}: {name}", found[name]).data for name in wanted}


def read_file(stored: str, name: str) -> tuple[Blocks, Files]:
    """What of an uploaded file is set into the paper: a picture, or the text of a .docx; of others nothing.

    Arguments: where it is stored; the name it came with.
    Raises: DocumentError naming the file.
    """
    ending = PurePath(name).suffix.lower()
    if ending not in (*PICTURES, ".docx"):
        return (), {}
    data = stored_bytes(stored, name)
    key = f"annex:{sha256(name.encode() + bytes(1) + data).hexdigest()}"
    found: tuple[Blocks, Files] | None = caches["previews"].get(key)
    if found is None:
        found = word_blocks(name, data) if ending == ".docx" else picture_blocks(name, data)
        caches["previews"].set(key, found, KEPT)
    return found


def stored_bytes(stored: str, name: str) -> bytes:
    """An uploaded file. Arguments: where it is stored; the name it came with. Raises: DocumentError naming it."""
    try:
        with default_storage.open(stored) as file:
            return bytes(file.read())
    except OSError as error:
        raise DocumentError(_("The file “%(name)s” cannot be read any more.") % {"name": name}) from error


def picture_blocks(name: str, data: bytes) -> tuple[Blocks, Files]:
    """A picture as wide as the text."""
    return (Figure("picture"),), {"picture": documents.layout.prepare(name, data).data}


def word_blocks(name: str, data: bytes) -> tuple[Blocks, Files]:
    """The text, tables and pictures of a Word file."""
    body, files = documents.sources.read_docx(data)
    if not body:
        raise DocumentError(_("There is nothing in “%(name)s” that can be printed.") % {"name": name})
    return body, {each: documents.layout.prepare(f"{name}: {each}", picture).data for each, picture in files.items()}


# --- logo and slogans --------------------------------------------------------------------------------------


def slogan_blocks(campaign: Campaign) -> tuple[Blocks, Files]:
    """The logo with the note on its use, and the slogans, one a line."""
    figures, files = logo(campaign)
    note: list[Block] = [Paragraph(line) for line in campaign.logo_note.splitlines() if line.strip()]
    slogans: list[Block] = [Paragraph(slogan.text) for slogan in campaign.slogans.all()]
    parts = [("“质量月”标识", [*figures, *note]), ("“质量月”宣传口号", slogans)]
    body: list[Block] = []
    for ordinal, (heading, lines) in zip(ORDINALS, [part for part in parts if part[1]], strict=False):
        body += [Heading(1, f"{ordinal}、", heading), *lines]
    return tuple(body), files


def logo(campaign: Campaign) -> tuple[tuple[Block, ...], Files]:
    """The newest version of the campaign's logo; artwork no printer here can open is shown by its thumbnail."""
    asset = Asset.objects.filter(campaign=campaign, kind=AssetKind.LOGO).first()
    version = asset.versions.first() if asset else None
    if not (asset and version):
        return (), {}
    picture = PurePath(version.file_name).suffix.lower() in PICTURES
    stored = version.file if picture else version.thumbnail
    stored_as = str(stored.name or "")
    _figures, files = read_file(stored_as, f"{asset.title}{PurePath(stored_as).suffix}") if stored_as else ((), {})
    if "picture" not in files:
        return (), {}
    return (Figure("logo", width=LOGO_WIDTH),), {"logo": files["picture"]}


# --- the list of activities --------------------------------------------------------------------------------


def activity_blocks(campaign: Campaign) -> list[Block]:
    """The list of activities: the common ones, then those of each unit under its number; tasks with days as a table."""
    rows = list(campaign.activities.select_related("owner").for_list())
    if is_task_table(rows):
        return [task_table(campaign)]
    groups = members_of(campaign.host)
    blocks: list[Block] = []
    common = f"{WHOLE.get(campaign.host.level, '')}统筹安排的活动"
    headings = ((Scope.COMMON, common), (Scope.MEMBER, "成员单位组织开展的活动"))
    parts = [(heading, [row for row in rows if row.scope == scope]) for scope, heading in headings]
    for ordinal, (heading, entries) in zip(ORDINALS, [part for part in parts if part[1]], strict=False):
        blocks.append(Heading(1, f"{ordinal}、", heading))
        for place, group in enumerate(grouped(entries), start=1):
            blocks.append(Heading(2, group[0].number or f"（{in_chinese(place)}）", entry_text(group, groups)))
    return blocks


def grouped(rows: list[Activity]) -> list[list[Activity]]:
    """Activities that stand under one number, in order; one without a number stands alone."""
    groups: dict[str, list[Activity]] = {}
    for row in rows:
        groups.setdefault(row.number or f"alone {row.pk}", []).append(row)
    return list(groups.values())


def entry_text(group: list[Activity], groups: Members) -> str:
    """One entry: its unit, then each activity with what it is about."""
    first = group[0]
    if first.owner is None:
        return told(first, groups)
    parts = [f"{row.sub_number}{told(row, groups)}" for row in group]
    umbrella = f"{first.group}。" if first.group else ""
    return f"{first.owner}：{umbrella}{''.join(parts)}"


def told(row: Activity, groups: Members) -> str:
    """Title and content, then when, where and who; a content that holds the title already says it all.

    So it is when a notice was read: its list is printed in the words it was read from.
    """
    if row.title in row.description:
        return row.description
    said = [row.title.rstrip("。"), row.description.strip().rstrip("。")]
    text = "。".join(each for each in said if each) + "。"
    facts = "；".join(each for each in (when(row, text), where(row, text), *who(row, groups)) if each)
    return f"{text}（{facts}）" if facts else text


def when(row: Activity, text: str) -> str:
    """The time as printed, or from the dates; a last day by which it is to be done."""
    if row.date_text:
        return "" if row.date_text in text else f"时间：{row.date_text}"
    if row.starts_on:
        first, last = chinese_date(row.starts_on), chinese_date(row.ends_on) if row.ends_on else ""
        return f"时间：{first}至{last}" if last and last != first else f"时间：{first}"
    return f"完成时限：{chinese_date(row.due_on)}" if row.due_on else ""


def where(row: Activity, text: str) -> str:
    return f"地点：{row.place}" if row.place and row.place not in text else ""


def who(row: Activity, groups: Members) -> list[str]:
    """Who leads, undertakes, assists and takes part; the unit under whose name the entry stands is not repeated.

    Where all units of a group take a part, the group stands for them.
    """
    found = []
    for part, word in PARTS.items():
        takers = [each for each in row.with_part(part) if part != Part.LEAD or each != row.owner]
        units, names = in_short([each for each in takers if isinstance(each, Unit)], groups)
        names = [*(unit.name for unit in units), *names, *(each.name for each in takers if isinstance(each, UnitGroup))]
        if names:
            found.append(f"{row.words.get(part, word)}：{'、'.join(dict.fromkeys(names))}")
    return found
