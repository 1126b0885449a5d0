"""Notices of the past as data: each goes from draft to issued, and its numbers are those of the notice."""

import pytest

from accounts.models import Role, User
from activities.asking import issue
from activities.models import Assignment
from campaigns.states import NoticeState
from campaigns.way import approve, countersign
from reports.demonstration.load import folders, load
from workflow import clock

NUMBERS = {
    # joint bodies, activities, slogans, addressees
    "dongguan-2013": (1, 15, 0, 54),
    "hubei-2020": (0, 5, 18, 37),
    "jiangsu-2010": (6, 16, 21, 92),
    "shenzhen-2015": (0, 63, 10, 26),
}


def test_every_folder_is_known_here():
    assert folders() == sorted(NUMBERS)


@pytest.mark.parametrize("folder", NUMBERS)
def test_a_notice_of_the_past_goes_from_draft_to_issued(db, folder):
    found = load(folder)
    notice, campaign = found.notice, found.campaign
    counted = (notice.joint_bodies, campaign.activities, campaign.slogans, notice.addressees)
    assert tuple(rows.count() for rows in counted) == NUMBERS[folder]
    assert set(campaign.taking_part()) == set(notice.addressees.all())
    staff, signer = (User.objects.speaking_for([campaign.host], role).first() for role in (Role.STAFF, Role.SIGNER))
    with clock.as_of(found.issued_on):
        approve(notice, author=staff, reviewer=signer)
        for body in notice.joint_bodies.all():
            countersign(notice, body, by=User.objects.speaking_for([body.unit_id], Role.SIGNER).get())
        issue.issue(notice, by=signer, due=issue.proposed_due(notice))
    receipts = Assignment.objects.filter(campaign=campaign, kind="receipt").count()
    others = notice.addressees.exclude(pk=campaign.host_id).count()  # an office does not sign for its own notice
    assert (notice.state, notice.document_number.seq, receipts) == (NoticeState.ISSUED, notice.number_wanted, others)


def test_jiangsu_carries_out_the_national_campaign(db):
    campaign = load("jiangsu-2010").campaign
    assert (campaign.parent.title, campaign.parent.year) == ("2010年全国“质量月”活动", 2010)
    assert [slogan.text for slogan in campaign.slogans.all() if slogan.is_theme] == ["抓质量水平提升  促发展方式转变"]
