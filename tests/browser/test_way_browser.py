"""Notices of the past go from draft to issued in a browser, each step as the right person, and what follows them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import translation
from playwright.sync_api import expect

from accounts.models import Role, User
from activities.models import Assignment
from campaigns.models import Notice
from reports.demonstration.load import Demonstration, load
from tests.browser.desk import Desk, said

pytestmark = pytest.mark.browser

Desks = Callable[..., Desk]
Today = Callable[[date], None]
REMARK = "与往年格式一致"


def speaker(unit: int, role: str) -> str:
    """The account of the first person who holds a role in a unit."""
    return str(User.objects.speaking_for([unit], role).order_by("pk")[0].username)


@pytest.mark.parametrize(("folder", "narrow"), [("jiangsu-2010", False), ("hubei-2020", True)])
def test_a_notice_of_the_past_goes_from_draft_to_issued(desks: Desks, today: Today, folder: str, narrow: bool) -> None:
    demonstration = load(folder)
    today(demonstration.issued_on)
    notice, host = demonstration.notice, demonstration.campaign.host_id
    the_staff_send_it_to_review(desks(speaker(host, Role.STAFF), narrow=narrow), notice)
    signer = desks(speaker(host, Role.SIGNER), narrow=narrow)
    the_signer_reviews_it(signer, notice)
    for body in notice.joint_bodies.all():
        the_body_countersigns(desks(speaker(body.unit_id, Role.SIGNER), narrow=narrow, form=False), body.name)
    the_signer_issues_it(signer, notice)
    everybody_has_it(signer, demonstration)


def the_staff_send_it_to_review(staff: Desk, notice: Notice) -> None:
    """The first page says that it is being written; its own page has the button."""
    staff.sees(said("It is being written."), notice.title)
    staff.follow(notice.title)
    staff.press("Send to review")
    staff.sees(said("It waits to be reviewed."))


def the_signer_reviews_it(signer: Desk, notice: Notice) -> None:
    """What waits is on the first page; until the bodies have countersigned nothing can be issued."""
    signer.follow(said("Read and review it"))
    signer.press("Reviewed")
    if notice.joint_bodies.exists():
        names = "、".join(body.name for body in notice.joint_bodies.all())
        signer.cannot_press("Check and issue", said("It still has to be countersigned by %(names)s.", names=names))


def the_body_countersigns(desk: Desk, name: str) -> None:
    """The signer of a joint body is led from the first page to the notice."""
    desk.open("/")
    desk.follow(said("Read and countersign it"))
    with translation.override("zh-hans"):
        desk.page.get_by_role("button", name=said("Countersign for %(body)s", body=name), exact=True).click()
    desk.sees(said("It is countersigned."))


def the_signer_issues_it(signer: Desk, notice: Notice) -> None:
    """One press signs, numbers and issues; what is doubtful is let pass with a remark."""
    signer.open(notice.get_absolute_url())
    signer.follow(said("Check and issue"))
    let_pass(signer)
    signer.press("Issue now")
    signer.sees(said("The notice is issued."))


def let_pass(signer: Desk) -> None:
    """Each doubtful thing with a remark of its own."""
    for field in signer.page.locator("#findings input[id^='remark-']").all():
        field.fill(REMARK)


def everybody_has_it(signer: Desk, demonstration: Demonstration) -> None:
    """The number is that of the paper of the time; the page has the PDF; each addressee owes its receipt."""
    notice = Notice.objects.get(pk=demonstration.notice.pk)
    signer.sees(notice.number, said("Open the PDF"))
    expect(signer.page.locator("#handout progress")).to_have_count(0)
    assert notice.document_number and notice.document_number.seq == demonstration.notice.number_wanted
    receipts = Assignment.objects.filter(notice=notice, kind="receipt").count()
    assert receipts == notice.addressees.exclude(pk=demonstration.campaign.host_id).count()


@pytest.mark.parametrize("narrow", [False, True], ids=["1280", "390"])
def test_a_set_hour_a_withdrawal_the_numbers_and_a_deputy(desks: Desks, today: Today, narrow: bool) -> None:
    demonstration = load()
    today(demonstration.issued_on)
    notice = demonstration.notice
    staff, signer = desks("staff", narrow=narrow), desks("signer", narrow=narrow)
    staff.open(notice.get_absolute_url())
    staff.press("Send to review")
    signer.open(notice.get_absolute_url())
    signer.press("Reviewed")
    an_hour_is_set_and_cancelled(signer, notice)
    it_is_withdrawn(signer, notice)
    signer.open("/numbers/")
    signer.follow("深质强办〔2015〕")
    signer.sees("与省局通知重复", said("The next number is %(n)s.", n=18))
    a_deputy_is_named(desks("admin", narrow=narrow))


def an_hour_is_set_and_cancelled(signer: Desk, notice: Notice) -> None:
    """It is signed at once and goes out by itself; until then the hour can be taken back."""
    signer.open(f"/notices/{notice.pk}/issue/")
    let_pass(signer)
    signer.page.get_by_text(said("Issue at a set hour")).click()
    signer.press("Issue at this hour")
    signer.sees(said("Please say at which hour it is to go out."))
    signer.write(at="2015-08-21T08:00")
    signer.press("Issue at this hour")
    signer.sees("深质强办〔2015〕17号", said("It goes out by itself"))
    signer.press("Cancel the set hour")
    signer.sees(said("The set hour is cancelled. The notice stays signed."))


def it_is_withdrawn(signer: Desk, notice: Notice) -> None:
    """Not without a reason, which stands above the text from then on."""
    signer.page.get_by_text(said("Withdraw it"), exact=True).first.click()
    signer.page.locator("#note-withdraw-notice").fill("与省局通知重复")
    signer.press("Withdraw it")
    signer.sees(said("This notice was withdrawn before it was issued."), "与省局通知重复")
    assert Notice.objects.get(pk=notice.pk).state == "withdrawn"


def a_deputy_is_named(admin: Desk) -> None:
    """Who is away, who acts, until when."""
    admin.open("/deputies/")
    admin.page.locator("[name='absent']").select_option(
        label=admin.page.locator("[name='absent'] option").nth(3).inner_text()
    )
    admin.page.locator("[name='deputy']").select_option(index=1)
    admin.write(until="2015-09-05")
    admin.press("Name this deputy")
    admin.sees(said("End it now"))
