"""The first page of an office's people: which notice waits for whom, in the right words."""

from datetime import timedelta

import pytest
from django.urls import reverse

from activities.asking import issue
from campaigns import way
from campaigns.models import JointBody
from tests.cast import notice, signed_in, text
from workflow import clock


def home(user):
    return signed_in(user).get(reverse("reports:home"))


def waits(cast, *names):
    """What waits for each person, and what they see under way elsewhere, of the city's notice."""
    found = {}
    for name in names:
        context = home(cast.people()[name]).context
        found[name] = tuple(
            next((str(row["what"]) for row in context.get(part, []) if row["notice"] == cast.notice), "")
            for part in ("errands", "under_way")
        )
    return found


def test_each_step_waits_for_those_who_take_it(cast):
    everybody = ("signer", "staff", "district_signer", "liaison")
    nobody = dict.fromkeys(everybody, ("", ""))
    assert waits(cast, *everybody) == nobody | {"signer": ("write", ""), "staff": ("write", "")}
    way.send_to_review(cast.notice, by=cast.staff)
    assert waits(cast, *everybody) == nobody | {"signer": ("review", ""), "staff": ("", "review")}
    body = JointBody.objects.create(notice=cast.notice, order=1, unit=cast.district, name="District office")
    way.review(cast.notice, by=cast.signer)
    countersign = {"signer": ("", "countersign"), "staff": ("", "countersign"), "district_signer": ("countersign", "")}
    assert waits(cast, *everybody) == nobody | countersign
    way.countersign(cast.notice, body, by=cast.district_signer)
    assert waits(cast, *everybody) == nobody | {"signer": ("sign", ""), "staff": ("", "sign")}
    issue.sign(cast.notice, by=cast.signer)
    assert waits(cast, *everybody) == nobody | {"signer": ("issue", ""), "staff": ("", "issue")}


def test_a_notice_with_a_set_hour_waits_for_nobody(cast):
    way.approve(cast.notice, author=cast.staff, reviewer=cast.signer)
    issue.order(cast.notice, by=cast.signer, due=issue.proposed_due(cast.notice), at=clock.now() + timedelta(hours=5))
    assert waits(cast, "signer") == {"signer": ("", "issue")}
    assert "goes out on" in text(home(cast.signer))


def test_the_joint_signer_is_led_to_the_notice(cast):
    JointBody.objects.create(notice=cast.notice, order=1, unit=cast.district, name="District office")
    way.approve(cast.notice, author=cast.staff, reviewer=cast.signer)
    shown = text(home(cast.district_signer))
    assert ("It waits to be countersigned." in shown, "Read and countersign it" in shown) == (True, True)


@pytest.mark.parametrize("rows", [1, 50])
def test_the_first_page_takes_the_same_queries_for_any_number_of_notices(cast, rows, django_assert_num_queries):
    for number in range(rows):
        made = notice(cast.campaign, 10 + number, [cast.water])
        if number % 2:
            way.send_to_review(made, by=cast.staff)
    if rows == 1:
        way.send_to_review(made, by=cast.staff)
    client = signed_in(cast.signer)
    client.get(reverse("reports:home"))
    with django_assert_num_queries(15):
        client.get(reverse("reports:home"))
