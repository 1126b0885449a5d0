"""The package for the file room: complete, indexed, checked, readable without this software."""

import csv
import hashlib
import io
import zipfile
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from activities.counting.tests.test_tally import owed, posters, reported
from activities.judging import petitions
from activities.models import SlipPaper
from activities.printing.tasks import set_paper
from activities.states import Kind
from activities.supervision import slips
from activities.supervision.proposals import Measure, draft_all
from reports import archive_package, order_archive, tasks
from reports.models import Archive
from reports.summaries import package as summary_package
from tests.cast import filed_plan, filed_summary, signed_in, text
from tests.pages import opened, press


@pytest.fixture
def package(autumn, media):
    """A campaign with its paper, a receipt on behalf, a returned plan and an extension, as a package."""
    set_paper(autumn.notice.paper.pk)
    autumn.owed(autumn.water, Kind.RECEIPT).submit(by=autumn.staff, filed_for="=Wang()", filed_note="Telephone")
    plan = autumn.owed(autumn.health, Kind.PLAN)
    asked = petitions.ask(plan, kind="extension", reason="Rain", by=autumn.neighbour, until=plan.campaign.ends_on)
    petitions.decide(asked, grant=True, by=autumn.staff)
    filed_plan(plan, autumn.neighbour)
    plan.send_back(by=autumn.staff, reason="No budget")
    file = io.BytesIO()
    seen = []
    archive_package.write(autumn.campaign, file, lambda done, total: seen.append((done, total)))
    assert seen[-1][0] == seen[-1][1] == len(seen)
    return zipfile.ZipFile(file)


def rows(package, path):
    return list(csv.reader(io.StringIO(package.read(path).decode("utf-8-sig"))))


def test_everything_is_there_and_every_checksum_is_right(autumn, package):
    names = package.namelist()
    folder = "通知/深质强〔2015〕1号"
    expected = [
        f"{folder}/Notice of City month.pdf", f"{folder}/Notice of City month.docx",
        f"{folder}/Notice of City month.ofd", f"{folder}/历次文本/01.txt", f"{folder}/签收.csv",
        "各单位应报事项.csv", "延期与不涉及.csv", "日志.csv",
        "索引.html", "索引.csv", "SHA256SUMS",
    ]  # fmt: skip
    assert names == expected
    sums = dict(line.split("  ", 1)[::-1] for line in package.read("SHA256SUMS").decode().splitlines())
    assert list(sums) == expected[:-1]
    assert {path: hashlib.sha256(package.read(path)).hexdigest() for path in sums} == sums
    assert package.read(names[0]).startswith(b"%PDF")


def test_the_index_names_each_file_in_html_and_as_a_table(package):
    page = package.read("索引.html").decode()
    table = rows(package, "索引.csv")
    assert [line[0] for line in table[1:]] == package.namelist()[:8]
    assert [path for path in package.namelist()[:8] if path not in page] == []


def test_receipts_days_decisions_and_log_stand_in_tables(autumn, package):
    receipts = rows(package, "通知/深质强〔2015〕1号/签收.csv")
    assert [line[0] for line in receipts[1:]] == ["Water bureau", "Health bureau", "District office"]
    assert receipts[1][4] == "Telephone"
    owed = rows(package, "各单位应报事项.csv")
    assert len(owed) == 13
    asked = rows(package, "延期与不涉及.csv")
    assert [line[4] for line in asked[1:]] == ["Rain"]
    log = rows(package, "日志.csv")
    assert "No budget" in [line[7] for line in log]


def test_reports_of_deliverables_stand_there_with_what_the_office_made_of_them(cast, media):
    posters(cast)
    row = owed(cast)
    reported(row, 60, "a", by=cast.liaison, note="Station wall")
    reported(row, 40, "b", by=cast.liaison).reject(by=cast.staff, reason="Last year's")
    file = io.BytesIO()
    archive_package.write(cast.campaign, file)
    package = zipfile.ZipFile(file)
    found = [(line[0], line[1], line[2], line[5], line[8], line[-1]) for line in rows(package, "成果填报.csv")[1:]]
    assert found == [
        ("Water bureau", "Posters", "60 张", "Station wall", "liaison", ""),
        ("Water bureau", "Posters", "40 张", "", "liaison", "Last year's"),
    ]
    logged = [line[2] for line in rows(package, "日志.csv") if line[1] == "成果填报"]
    assert logged == ["Water bureau · Posters · 40 张"]


def test_slips_lie_there_on_paper_and_in_the_log(autumn, media):
    made, _left = draft_all(autumn.campaign, Measure(days=0), [autumn.water.pk, autumn.health.pk], by=autumn.staff)
    slip = slips.issue(made[0], by=autumn.signer)
    SlipPaper.objects.filter(slip=slip).update(state="ready", **slip.paper.store(b"%PDF-1.7", b"PK", b"PK OFD"))
    file = io.BytesIO()
    archive_package.write(autumn.campaign, file)
    package = zipfile.ZipFile(file)
    paper = [name for name in package.namelist() if name.startswith("督办单/")]
    assert paper == [f"督办单/深质强督办〔2015〕1号 Water bureau.{ending}" for ending in ("pdf", "docx", "ofd")]
    logged = [line[1:3] for line in rows(package, "日志.csv") if line[1] == "督办单"]
    assert logged.count(["督办单", "Water bureau · 深质强督办〔2015〕1号"]) == 2
    assert logged.count(["督办单", "Health bureau · 深质强督办〔2015〕号"]) == 1


def test_another_day_than_asked_for_stands_beside_the_one_asked_for(autumn, media):
    plan = autumn.owed(autumn.health, Kind.PLAN)
    asked = petitions.ask(plan, kind="extension", reason="Rain", by=autumn.neighbour, until=date(2015, 9, 30))
    petitions.decide(asked, grant=True, by=autumn.staff, until=date(2015, 9, 5))
    file = io.BytesIO()
    archive_package.write(autumn.campaign, file)
    [head, line] = rows(zipfile.ZipFile(file), "延期与不涉及.csv")
    assert (line[head.index("申请至")], line[head.index("同意至")]) == ("2015-09-30", "2015-09-05")


def test_no_cell_is_a_formula(package):
    cells = [
        cell for path in package.namelist() if path.endswith(".csv") for line in rows(package, path) for cell in line
    ]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []


def test_pressed_twice_it_is_made_once_and_then_downloaded(autumn, media):
    page, address = signed_in(autumn.staff), reverse("reports:archives", args=[autumn.campaign.pk])
    first = order_archive.order(autumn.campaign, by=autumn.staff)
    assert order_archive.order(autumn.campaign, by=autumn.staff) == first
    tasks.build_archive(first.pk)
    first.refresh_from_db()
    assert (first.state, Archive.objects.count(), first.done) == ("ready", 1, first.total)
    assert "Download the package" in text(page.get(address))
    answer = page.get(reverse("reports:archive-file", args=[first.pk]))
    data = b"".join(answer.streaming_content)
    assert (hashlib.sha256(data).hexdigest(), len(data)) == (first.sha256, first.size)


def test_the_page_asks_the_same_number_of_questions(autumn, django_assert_num_queries):
    page, address = signed_in(autumn.staff), reverse("reports:archives", args=[autumn.campaign.pk])
    for _ in range(5):
        Archive.objects.create(campaign=autumn.campaign, made_by=autumn.staff, state="ready")
        with django_assert_num_queries(5):
            page.get(address)


def test_all_accepted_summaries_are_packed_as_pdf_and_word_and_what_cannot_be_set_is_named(autumn, media, monkeypatch):
    for unit, user in ((autumn.water, autumn.liaison), (autumn.health, autumn.neighbour)):
        owed_ = autumn.owed(unit, Kind.SUMMARY)
        filed_summary(owed_, user, overview=f"{unit.official_name}活动总结正文。")
        if unit == autumn.water:
            owed_.accept(by=autumn.staff)
    client = signed_in(autumn.staff)
    page = opened(client, reverse("reports:archives", args=[autumn.campaign.pk]))
    twice = [press(client, page, "Pack the summaries") for _ in range(2)]
    row = Archive.objects.get()
    assert (row.what, twice[1].status_code) == ("summaries", 200)
    tasks.build_archive(row.pk)
    name = autumn.water.official_name
    with zipfile.ZipFile(io.BytesIO(b"".join(client.get(reverse("reports:archive-file", args=[row.pk]))))) as file:
        assert file.namelist() == [f"001 {name}.pdf", f"001 {name}.docx", "列表.csv"]
        assert file.read(f"001 {name}.pdf").startswith(b"%PDF")
        assert list(rows(file, "列表.csv"))[1:] == [["1", name, "1", ""]]
    monkeypatch.setattr("reports.summaries.paper.LONGEST", 1)
    out = io.BytesIO()
    with translation.override("zh-hans"):
        summary_package.write(autumn.campaign, out, lambda done, total: None)
    with zipfile.ZipFile(out) as file:
        assert file.namelist() == ["列表.csv"]
        assert "最多可排版1个" in rows(file, "列表.csv")[1][3]
