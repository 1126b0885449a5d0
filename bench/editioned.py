"""The filling of ``bench/edition.py``: every unit of a province has filed its summary, accepted, with two photographs.

Three to four pages a unit: text, a table of twelve rows, two photographs. Django is set up by the caller.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction
from PIL import Image

from activities.models import Assignment, Photo
from activities.states import AssignmentState, Kind
from campaigns.models import Campaign, Indicator
from reports.models import Figure, Passage, Summary
from workflow import clock

PHOTOS = ("活动现场", "专家走进企业")
SECTIONS = (
    ("overview", "组织领导", """\
围绕“以质取胜、共建共享”主题，制定方案、明确责任，扎实开展各项活动。
（一）健全机制。成立由主要负责同志任组长的活动领导小组，召开动员会{a}次，印发方案{b}份，确定联络员并建立每周调度制度。
（二）压实责任。将{c}项任务逐项分解到科室和企业，明确完成时限，实行台账管理、对账销号，确保件件有着落、事事有回音。"""),
    ("practice", "主要做法", """\
1.广泛宣传发动。张贴海报{d}张，悬挂横幅{b}条，发放宣传资料{e}份，接待群众咨询{d}人次，营造人人关心质量的浓厚氛围。
2.开展质量提升。组织专家走进{c}家企业把脉问诊，提出整改建议{d}条，帮助企业解决计量、标准、检验检测方面的难题。
（1）开展首席质量官培训，培训{d}人；开展质量管理小组活动，形成成果{c}项，其中{a}项获得上级表彰。
（2）开展实验室开放日活动，邀请学生、社区居民代表{d}名走进检测一线，了解产品质量安全知识。"""),
    ("effect", "活动成效", """\
序号\t内容\t完成时限\t参加人数
{table}"""),
    ("problems", "存在问题",
     "部分企业质量主体责任意识还不够强，基层质量技术服务力量仍较薄弱，宣传形式的创新性和针对性有待进一步提高。"),
    ("suggestions", "下一步打算",
     "持续巩固活动成果，健全长效机制，把质量强企、质量强链工作抓实抓细，为高质量发展提供有力支撑。"),
)  # fmt: skip


@transaction.atomic
def fill(campaign: Campaign) -> int:
    """Every unit's summary, filed and accepted. Returns: how many."""
    rows = list(Assignment.objects.filter(campaign=campaign, kind=Kind.SUMMARY).order_by("unit__order"))
    at = clock.now()
    Assignment.objects.filter(pk__in=[row.pk for row in rows]).update(state=AssignmentState.ACCEPTED, submitted_at=at)
    made = Summary.objects.bulk_create([summary(row, number, at) for number, row in enumerate(rows, 1)], batch_size=500)
    figures(campaign, made)
    Photo.objects.bulk_create(photos(rows), batch_size=500)
    return len(rows)


def figures(campaign: Campaign, made: list[Summary]) -> None:
    """A number of each unit for whatever the office asked."""
    asked = list(Indicator.objects.filter(campaign=campaign))
    rows = [Figure(summary=row, indicator=each, value=3 + row.pk % 90) for row in made for each in asked]
    Figure.objects.bulk_create(rows, batch_size=2000)


def passages(number: int) -> list[Passage]:
    """What one unit wrote."""
    chance = random.Random(number)  # nosec B311 # the same each time
    values = {key: chance.randrange(2, 900) for key in "abcde"}
    table = "\n".join(f"{n}\t开展质量宣传咨询\t9月{n + 10}日前\t{chance.randrange(1, 300)}" for n in range(1, 13))
    return [Passage(key, heading, text.format(table=table, **values)) for key, heading, text in SECTIONS]


def summary(row: Assignment, number: int, at: datetime) -> Summary:
    """One unit's summary."""
    found = Summary(assignment=row, version=1, submitted_at=at)
    found.write(passages(number))
    return found


def photos(rows: list[Assignment]) -> Iterator[Photo]:
    """Two photographs for every unit, as they are kept."""
    folder = Path(settings.MEDIA_ROOT) / "photos" / "2015"
    folder.mkdir(parents=True, exist_ok=True)
    at, pictures = clock.now() - timedelta(days=1), drawn()
    for row in rows:
        for caption in PHOTOS:
            data = next(pictures)
            digest = sha256(data).hexdigest()
            (folder / f"{digest[:16]}.jpg").write_bytes(data)
            yield Photo(assignment=row, file=f"photos/2015/{digest[:16]}.jpg", width=1200, height=800,
                        caption=caption, sha256=digest, added_at=at, looked_at=at)  # fmt: skip


def drawn() -> Iterator[bytes]:
    """One photograph after the other: 1,200 × 800 pixels, about 100 KB."""
    chance = random.Random(2024)  # nosec B311
    small = Image.frombytes("RGB", (500, 400), chance.randbytes(600_000))
    ground = small.resize((3000, 2400), Image.Resampling.BICUBIC)
    while True:
        left, upper, out = chance.randrange(1800), chance.randrange(1600), io.BytesIO()
        ground.crop((left, upper, left + 1200, upper + 800)).save(out, "JPEG", quality=75)
        yield out.getvalue()
