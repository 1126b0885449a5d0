"""The list of who owes what as an Excel file: what the address narrows it to, in the columns its reader has chosen."""

import io
import zipfile
from datetime import date

from django.urls import reverse

from accounts.models import Act, AuditEntry, Unit
from tests.cast import Cast, filed_plan, issued, signed_in
from tests.excel import fetched
from workflow import clock
from workflow.models import ListChoice


def test_what_is_shown_goes_out_and_nothing_becomes_a_formula(cast: Cast) -> None:
    issued(cast)
    Unit.objects.filter(pk=cast.water.pk).update(name='=HYPERLINK("http://x","y")')
    filed_plan(cast.owed(cast.water, "plan"), cast.liaison)
    client, address = signed_in(cast.staff), reverse("activities:assignments", args=[cast.campaign.pk])
    columns = ["unit", "what", "due", "day"]
    ListChoice.objects.create(person=cast.staff, listing="assignments", columns=columns)
    assert "excel=1" in client.get(address).content.decode()
    (grid,) = fetched(client, address, kind="plan", sort="unit", excel="1").values()
    assert grid[0] == ["What is owed", "Unit", "Due", "Day of filing"]
    assert [row[1] for row in grid[1:]] == ['=HYPERLINK("http://x","y")', "Health bureau", "District office"]
    last = clock.last_day(cast.owed(cast.water, "plan").due_at)
    assert (grid[1][2], grid[1][3], grid[2][3]) == (last, date(2015, 9, 1), "")
    file = zipfile.ZipFile(io.BytesIO(client.get(address, {"excel": "1"}).content))
    sheet = file.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet and b"hyperlink" not in sheet and b"<autoFilter" in sheet and b'state="frozen"' in sheet
    assert AuditEntry.objects.filter(act=Act.SAVED, about__contains="excel=1").count() == 2
