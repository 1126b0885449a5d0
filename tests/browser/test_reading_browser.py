"""A notice pasted becomes a campaign, is issued, and its units owe: in a real browser."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from accounts.models import Membership, Role, Unit, User
from activities.models import Assignment, Reading
from activities.states import Kind
from campaigns.models import Campaign, Notice
from tests.browser.conftest import Desks
from tests.browser.desk import PASSWORD, Desk, said
from tests.browser.unit import Today

pytestmark = pytest.mark.browser

SHARED = settings.BASE_DIR.parent / "shared" / "notices" / "shenzhen-2015.txt"
OWN = Path(settings.BASE_DIR) / "documents" / "reading" / "tests" / "notices" / "brackets-2021.txt"


@pytest.fixture
def office(db: None) -> Unit:
    """An office with one of its staff and its signer; no other unit is known."""
    office = Unit.objects.create(name="市质量强市办", full_name="深圳市质量强市工作领导小组办公室", kind="office")
    for name in (Role.STAFF, Role.SIGNER):
        user = User.objects.create_user(str(name), password=PASSWORD, name=str(name))
        Membership.objects.create(user=user, unit=office, role=name)
    return office


def pasted(desk: Desk, text: str) -> None:
    """Paste a notice and have it read."""
    desk.open("/readings/")
    desk.write(text=text)
    desk.press("Begin reading")


def corrected(desk: Desk, words: str, **values: str) -> None:
    """Correct the proposal in which these words stand, in place."""
    row = desk.page.locator(".proposal").filter(has_text=words).first
    row.get_by_role("link", name=said("Edit"), exact=True).click()
    form = desk.page.locator(".proposal.editing")
    for name, value in values.items():
        form.locator(f"[name='{name}']").fill(value)
    form.get_by_role("button", name=said("Save"), exact=True).click()
    expect(form).to_have_count(0)


@pytest.mark.skipif(not SHARED.exists(), reason="the notice lies in ../shared")
def test_shenzhen_2015_pasted_corrected_confirmed_issued(desks: Desks, today: Today, office: Unit) -> None:
    today(date(2015, 8, 5))
    staff = desks("staff")
    pasted(staff, SHARED.read_text())
    assert Reading.objects.get().proposals.filter(group="activity").count() == 63
    corrected(staff, "“质量月”启动大会", place="南山区政府礼堂")
    corrected(staff, "开展经费保障质量提升行动", date_text="9月份", starts_on="2015-09-01", ends_on="2015-09-30")
    staff.press("Confirm: make the campaign")
    campaign = Campaign.objects.get()
    assert (campaign.activities.count(), campaign.slogans.count(), str(campaign.summary_due_on)) == (
        63,
        10,
        "2015-10-15",
    )
    assert [row.place for row in campaign.activities.filter(order=0)] == ["南山区政府礼堂"]
    notice = Notice.objects.get()
    staff.open(notice.get_absolute_url())
    staff.press("Send to review")
    signer = desks("signer")
    signer.open(notice.get_absolute_url())
    signer.press("Reviewed")
    signer.open(f"/notices/{notice.pk}/issue/")
    for remark in signer.page.locator("#findings input[id^='remark-']").all():
        remark.fill("与往年格式一致")
    signer.press("Issue now")
    signer.sees(said("The notice is issued."))
    expect(signer.page.locator("#handout progress")).to_have_count(0)
    owed = Assignment.objects.filter(campaign=campaign)
    plans = owed.filter(kind=Kind.PLAN)
    each = dict.fromkeys((Kind.RECEIPT, Kind.LIAISON, Kind.SUMMARY, Kind.OTHER), 26)
    counted = owed.filter(kind=Kind.DELIVERABLE).values_list("deliverable__title", "deliverable__target", "unit__name")
    assert list(counted) == [("市民群众现场参观", 4000, "深圳市国资委")]
    assert Counter(owed.values_list("kind", flat=True)) == each | {Kind.PLAN: plans.count(), Kind.DELIVERABLE: 1}
    assert plans.values("activity").distinct().count() >= 57


def test_a_proposal_and_its_sentence_light_up_together(desks: Desks, office: Unit) -> None:
    staff = desks("staff")
    pasted(staff, OWN.read_text())
    reading = Reading.objects.get()
    row = reading.proposals.filter(group="activity")[1]
    staff.page.locator(f"#p-{row.pk} strong").click()
    lit = staff.page.locator(".source .lit")
    assert "".join(lit.all_text_contents()) == reading.text[row.start : row.end]
    staff.page.locator(f"[data-of~='{row.pk}']").first.click()
    expect(staff.page.locator(".proposal.lit")).to_have_count(1)


def test_the_review_is_kept_and_a_colleague_goes_on_with_it_on_a_phone_without_script(
    desks: Desks, office: Unit
) -> None:
    staff = desks("staff")
    pasted(staff, OWN.read_text())
    reading = Reading.objects.get()
    staff.page.close()
    colleague = desks("signer", narrow=True, script=False)
    colleague.open("/readings/")
    colleague.follow(reading.title)
    row = reading.proposals.filter(group="activity")[0]
    colleague.page.locator(f"#p-{row.pk}").get_by_role("link", name=said("Edit"), exact=True).click()
    colleague.write(place="体育馆")
    colleague.press("Save")
    row.refresh_from_db()
    assert (row.values["place"], row.checked) == ("体育馆", True)


def test_two_characters_offer_the_known_units(desks: Desks, office: Unit) -> None:
    Unit.objects.create(name="市教育局", aliases=["教育部门"])
    staff = desks("staff")
    pasted(staff, OWN.read_text())
    row = Reading.objects.get().proposals.filter(group="activity")[0]
    staff.page.locator(f"#p-{row.pk}").get_by_role("link", name=said("Edit"), exact=True).click()
    staff.page.locator(".editing [name='assist']").fill("")
    staff.page.locator(".editing [name='assist']").press_sequentially("市总工会、教育", delay=20)
    expect(staff.page.locator("#units-like option")).to_have_count(1)
    assert staff.page.locator("#units-like option").get_attribute("value") == "市总工会、市教育局"
