"""What stood in five columns stands in sections: the five that were asked are the first version of such a campaign.

The columns stay what they are: the version before goes on reading and writing them while this one is put in place, and
the model takes them as what holds. They go with the next version.
"""

from django.db import migrations

HEADINGS = {
    "overview": ("总体情况", True),
    "practice": ("主要做法", True),
    "effect": ("取得成效", True),
    "problems": ("存在问题", False),
    "suggestions": ("意见建议", False),
}
MANY = 500


def section(key, heading, needed):
    return {
        "key": key, "heading": heading, "hint": "", "needed": needed, "least": None, "most": None, "strict": False,
        "evidence": "",
    }  # fmt: skip


def into_sections(apps, _schema_editor):
    Summary, SectionSet = apps.get_model("reports", "Summary"), apps.get_model("reports", "SectionSet")
    rows = [section(key, *said) for key, said in HEADINGS.items()]
    campaigns = Summary.objects.order_by().values_list("assignment__campaign", flat=True).distinct()
    sets = {pk: SectionSet.objects.create(campaign_id=pk, version=1, rows=rows) for pk in campaigns}
    batch = []
    for summary in Summary.objects.select_related("assignment").iterator(chunk_size=MANY):
        summary.asked = sets[summary.assignment.campaign_id]
        summary.written = [
            {"key": key, "heading": heading, "text": getattr(summary, key), "sources": []}
            for key, (heading, _needed) in HEADINGS.items()
        ]
        batch.append(summary)
        if len(batch) == MANY:
            Summary.objects.bulk_update(batch, ["written", "asked"])
            batch = []
    Summary.objects.bulk_update(batch, ["written", "asked"])


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_summary_sections")]

    operations = [migrations.RunPython(into_sections, migrations.RunPython.noop)]
