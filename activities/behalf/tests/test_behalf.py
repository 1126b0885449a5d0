"""The office files on behalf of a unit: from the text of a mail into the unit's own form, both names kept."""

import io
from datetime import date
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.db.models.lookups import IsNull
from django.test import Client

from activities.counting.tests.test_tally import owed, posters, typed
from activities.evidence.forms.photos import add_photo
from activities.evidence.pictures import picture_from
from activities.evidence.tests.test_pictures import BLUE, drawn
from activities.models import Assignment, Entry, Incoming, Plan
from activities.tasks import rescue
from reports.models import Summary
from tests.cast import PLAN as SHORT
from tests.cast import Cast, filed_plan, log, said, signed_in, text
from tests.pages import autosave, forge, opened, page_of, press

MAIL = """一、活动目标：让市民了解供水质量
二、时间地点：2015年9月5日至6日，市第一水厂
三、预计人数：300人
四、经费：12000元
五、安全措施：入口设专人引导
六、媒体邀请
请电视台到场。"""
PLAN = SHORT | {
    "content": "A tour",
    "schedule": "Ten o'clock",
    "budget_source": "Own means",
    "person_in_charge": "Li",
    "person_phone": "138 0000 0001",
}
SIGNED = {"filed_for": "张三", "filed_note": "9月1日来电"}


@pytest.fixture
def plan(autumn: Cast) -> Assignment:
    """The plan the water bureau owes."""
    return autumn.owed(autumn.water, "plan")


@pytest.fixture
def staff(autumn: Cast) -> Client:
    return signed_in(autumn.staff)


def form_of(plan: Assignment) -> str:
    return f"{plan.get_absolute_url()}?behalf=1"


def hand_in(client: Client, plan: Assignment, **data: Any) -> Any:
    return press(client, f"/assignments/{plan.pk}/behalf/", "Put it into the form", **data)


def submit(client: Client, plan: Assignment, **typed: Any) -> Any:
    """Submit the unit's plan in its name."""
    return press(client, form_of(plan), "action=submit", **PLAN | typed)


def initial(response: Any) -> dict[str, Any]:
    form = response.context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}


def test_the_text_of_a_mail_stands_in_the_units_form(staff: Client, plan: Assignment) -> None:
    response = hand_in(staff, plan, text=MAIL)
    assert response.redirect_chain == [(form_of(plan), 302)]
    values = initial(response)
    assert (values["goal"], values["place"], values["safety"]) == ("让市民了解供水质量", "市第一水厂", "入口设专人引导")
    assert [str(values[name]) for name in ("starts_on", "ends_on", "expected_participants", "budget")] == [
        "2015-09-05",
        "2015-09-06",
        "300",
        "12000",
    ]
    assert response.context["remainder"] == "六、媒体邀请\n请电视台到场。"
    assert "六、媒体邀请" in text(response)
    assert Incoming.objects.get().text == MAIL


def test_what_of_a_word_file_is_not_taken_over_is_said_and_the_file_is_kept_with_the_filing(
    staff: Client, plan: Assignment, tmp_path: Any, media: Any
) -> None:
    document = docx.Document()
    document.add_paragraph("一、活动目标：让市民了解供水质量")
    document.add_picture(io.BytesIO(drawn("PNG")))
    document.save(tmp_path / "plan.docx")
    data = (tmp_path / "plan.docx").read_bytes()
    answer = hand_in(staff, plan, file=SimpleUploadedFile("方案.docx", data))
    assert said(answer) == [
        "1 picture of the file is not taken over. Save it from Word and add it among the photos.",
        "The file itself is kept with the filing.",
    ]
    kept = plan.attachments.get()
    with kept.file.open() as file:
        assert (kept.name, file.read()) == ("方案.docx", data)


def test_a_word_file_is_read_too(staff: Client, plan: Assignment, tmp_path: Any) -> None:
    document = docx.Document()
    for line in MAIL.split("\n"):
        document.add_paragraph(line)
    document.save(tmp_path / "plan.docx")
    file = SimpleUploadedFile("方案.docx", (tmp_path / "plan.docx").read_bytes())
    values = initial(hand_in(staff, plan, file=file))
    assert values["goal"] == "让市民了解供水质量"
    assert Incoming.objects.get().name == "方案.docx"


@pytest.mark.parametrize("data", [{"text": ""}, {"text": "  \n"}])
def test_nothing_handed_in_is_said(staff: Client, plan: Assignment, data: dict[str, str]) -> None:
    response = hand_in(staff, plan, **data)
    assert (response.status_code, Incoming.objects.count()) == (422, 0)


def test_a_picture_is_no_text(staff: Client, plan: Assignment) -> None:
    file = SimpleUploadedFile("scan.docx", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50)
    response = hand_in(staff, plan, file=file)
    assert (response.status_code, Incoming.objects.count()) == (422, 0)


def test_both_names_are_kept_and_shown_and_the_unit_is_told(autumn: Cast, staff: Client, plan: Assignment) -> None:
    response = submit(staff, plan, **SIGNED)
    assert said(response) == ["Submitted."]
    plan.refresh_from_db()
    assert (plan.state, plan.submitted_by, plan.filed_for, plan.filed_note) == (
        "submitted",
        autumn.staff,
        "张三",
        "9月1日来电",
    )
    [(_from, to, who, note)] = log(plan)
    assert (to, who, "张三" in note, "9月1日来电" in note) == ("submitted", autumn.staff, True, True)
    for reader in (autumn.staff, autumn.liaison, autumn.leader):
        page = text(signed_in(reader).get(plan.get_absolute_url()))
        assert ("staff, on behalf of 张三" in page, "9月1日来电" in page) == (True, True)
    assert "on behalf of 张三" in text(staff.get(f"/campaigns/{plan.campaign_id}/assignments/"))
    told = [row.text for row in autumn.liaison.notifications.filter(key__startswith="assignment-")]
    assert len(told) == 1
    assert autumn.neighbour.notifications.filter(key__startswith="assignment-").count() == 0


def test_without_names_nothing_is_submitted_and_all_that_was_typed_stays(staff: Client, plan: Assignment) -> None:
    response = submit(staff, plan)
    assert response.status_code == 422
    assert set(response.context["signing"].errors) == {"filed_for", "filed_note"}
    assert PLAN["goal"] in text(response)
    assert Assignment.objects.get(pk=plan.pk).state == "open"


def test_a_filing_of_the_units_own_leaves_no_foreign_name(
    autumn: Cast, staff: Client, plan: Assignment, settings: Any
) -> None:
    settings.TODAY = date(2015, 8, 25)  # before the last day: later it is returned, not taken back
    submit(staff, plan, **SIGNED)
    press(signed_in(autumn.liaison), plan.get_absolute_url(), form=f"/assignments/{plan.pk}/withdraw/")
    plan.refresh_from_db()
    assert (plan.filed_for, plan.filed_note) == ("", "")
    filed_plan(plan, autumn.liaison)
    plan.refresh_from_db()
    assert (plan.filed_by, plan.filed_for) == ("liaison", "")


def test_what_the_unit_is_writing_is_neither_read_nor_replaced(autumn: Cast, staff: Client, plan: Assignment) -> None:
    draft = Plan.draft(plan)
    draft.goal = "Still a secret"
    draft.save_draft(by=autumn.liaison, seen=0)
    shown = staff.get(form_of(plan))
    assert ("Still a secret" in text(shown), "begun a draft of its own (liaison)" in text(shown)) == (False, True)
    page = page_of(shown)
    saved = press(staff, page, "action=submit", **PLAN, forged={"action": "save"})
    for refused in (saved, autosave(staff, page, **PLAN)):
        assert (refused.status_code, Plan.objects.count()) == (409, 1)
    submit(staff, plan, **SIGNED)
    assert list(
        Plan.objects.annotate(draft=IsNull(F("submitted_at"), True)).values_list("version", "goal", "draft")
    ) == [
        (1, "Still a secret", True),
        (2, PLAN["goal"], False),
    ]


def test_the_office_goes_on_in_its_own_draft(staff: Client, plan: Assignment) -> None:
    hand_in(staff, plan, text=MAIL)
    response = press(staff, form_of(plan), "action=save", goal="Corrected")
    assert response.redirect_chain == [(form_of(plan), 302)]
    assert initial(response)["goal"] == "Corrected"
    assert response.context["remainder"] == "六、媒体邀请\n请电视台到场。"


def test_only_with_the_mark_in_the_address_the_office_meets_a_form(staff: Client, plan: Assignment) -> None:
    page = staff.get(plan.get_absolute_url())
    assert ("form" in page.context, "File on behalf of the unit" in text(page)) == (False, True)
    assert forge(staff, plan.get_absolute_url(), PLAN | SIGNED | {"action": "submit", "seen": "0"}).status_code == 403


@pytest.mark.parametrize("who", ["leader", "admin", "neighbour", "district_staff", "stranger"])
def test_nobody_else_files_on_behalf(autumn: Cast, plan: Assignment, who: str) -> None:
    client = signed_in(getattr(autumn, who))
    status = 403 if who == "leader" else 404
    office = signed_in(autumn.staff)
    form, mail = opened(office, form_of(plan)), opened(office, f"/assignments/{plan.pk}/behalf/")
    met = [press(client, form, "action=submit", **PLAN, **SIGNED), press(client, mail, text=MAIL)]
    assert [answer.status_code for answer in met] == [status] * 2
    assert (Assignment.objects.get(pk=plan.pk).state, Incoming.objects.count()) == ("open", 0)


def test_the_mark_in_the_address_changes_nothing_for_the_unit(autumn: Cast, plan: Assignment) -> None:
    client = signed_in(autumn.liaison)
    assert "signing" not in client.get(form_of(plan)).context
    submit(client, plan, forged=SIGNED)
    plan.refresh_from_db()
    assert (plan.submitted_by, plan.filed_for) == (autumn.liaison, "")


def test_the_receipt_and_the_summary_are_filed_on_behalf_too(autumn: Cast, staff: Client) -> None:
    receipt, summary = autumn.owed(autumn.water, "receipt"), autumn.owed(autumn.water, "summary")
    assert press(staff, form_of(receipt), "Sign for receipt").status_code == 422
    press(staff, form_of(receipt), "Sign for receipt", **SIGNED)
    response = hand_in(staff, summary, text="一、基本情况\n顺利。\n二、主要做法\n开放日。\n三、取得成效\n好。")
    assert initial(response) == {"overview": "顺利。", "practice": "开放日。", "effect": "好。"}
    figures = {f"figure_{each.pk}": "3" for each in autumn.campaign.indicators.all()}
    press(staff, page_of(response), "action=submit", **figures, **SIGNED)
    rows = Assignment.objects.filter(pk__in=[receipt.pk, summary.pk])
    assert [(row.state, row.submitted_by, row.filed_for) for row in rows] == [("submitted", autumn.staff, "张三")] * 2
    assert Summary.objects.get().overview == "顺利。"


def test_what_is_not_owed_any_more_is_not_filed_on_behalf(autumn: Cast, staff: Client, plan: Assignment) -> None:
    filed_plan(plan, autumn.liaison)
    response = staff.get(f"/assignments/{plan.pk}/behalf/", follow=True)
    assert response.redirect_chain == [(plan.get_absolute_url(), 302)]
    assert len(said(response)) == 1


def test_the_office_neither_sees_nor_takes_away_photos_of_the_units_draft(
    autumn: Cast, staff: Client, plan: Assignment, media: Any
) -> None:
    add_photo(plan, picture_from(drawn()), autumn.liaison, "Not for the office yet")
    own = plan.photos.get()
    page = staff.get(form_of(plan))
    assert ("Not for the office yet" in text(page), f"remove_{own.pk}" in page.content.decode()) == (False, False)
    photo = SimpleUploadedFile("gate.jpg", drawn(colour=BLUE))
    typed_in, forged = {"goal": "By telephone", "photos": photo, **SIGNED}, {f"remove_{own.pk}": "on"}
    press(staff, form_of(plan), "action=save", **typed_in, forged=forged)
    added = plan.photos.exclude(pk=own.pk).get()
    assert plan.photos.filter(pk=own.pk).exists()
    rescue()  # a worker makes them
    seen = [signed_in(each).get(f"/photos/{added.pk}/small/").status_code for each in (autumn.staff, autumn.signer)]
    assert (seen, staff.get(f"/photos/{own.pk}/small/").status_code) == ([200, 200], 404)
    assert f'name="remove_{added.pk}"' in staff.get(form_of(plan)).content.decode()


def test_the_office_does_not_report_with_the_units_own_evidence(cast: Cast, media: Any) -> None:
    posters(cast)
    row = owed(cast)
    add_photo(row, picture_from(drawn()), cast.liaison)
    page = press(signed_in(cast.staff), form_of(row), **typed(row, **SIGNED))
    assert (said(page), Entry.objects.get().photos.count(), row.photos.count()) == (["Counted."], 0, 1)
