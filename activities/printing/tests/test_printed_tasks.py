"""The task table as the notice prints it."""

from datetime import date

from accounts.models import UnitGroup
from activities.models import Activity, Part
from activities.printing.annex_content import activity_blocks
from documents.outline import Table
from tests.cast import activity


def test_tasks_with_last_days_are_printed_as_a_table_with_their_units_and_numbers(cast):
    Activity.objects.filter(campaign=cast.campaign).delete()
    towns = UnitGroup.objects.create(owner=cast.office, name="各镇街")
    poster = activity(cast.campaign, "张贴海报。", [], [cast.health])
    poster.group_participations.create(group=towns, part=Part.LEAD)
    clip = activity(cast.campaign, "制作短片", [cast.water])
    Activity.objects.filter(pk=poster.pk).update(due_on=date(2015, 9, 20), number="1")
    Activity.objects.filter(pk=clip.pk).update(due_on=date(2015, 9, 25), remark="时长约30秒", date_text="9.25")
    poster.deliverables.create(order=1, title="海报", target=100, measure="张")
    late = poster.deliverables.create(order=2, title="总结", due_on=date(2015, 10, 5))
    late.windows.create(starts_on=date(2015, 10, 1), ends_on=date(2015, 10, 5))
    (table,) = activity_blocks(cast.campaign)
    assert isinstance(table, Table)
    assert table.rows == (
        ("1", "张贴海报", "9月20日", "各镇街", "Health bureau", "海报不少于100张；总结，10月5日前，10月1日至10月5日"),
        ("2", "制作短片", "9.25", "Water bureau", "", "时长约30秒"),
    )


def test_a_list_in_which_anything_has_no_last_day_stays_a_list(cast):
    Activity.objects.filter(campaign=cast.campaign).first().deliverables.create(order=1, title="x", target=1)
    assert not any(isinstance(block, Table) for block in activity_blocks(cast.campaign))
