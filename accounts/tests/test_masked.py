"""Numbers and mail addresses: what is left of them where nobody needs them whole, and when they go."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import Act, AuditEntry, Deed, User
from accounts.personal_data import forget_shut, forgotten_before, masked, masked_in
from accounts.role_changes import record
from workflow import clock


@pytest.mark.parametrize(
    ("value", "left"),
    [
        ("138 0000 1234", "138****1234"),
        ("13800001234", "138****1234"),
        ("+86 138 0000 1234", "861****1234"),
        ("0755-8300 5678", "075****5678"),
        ("8300 5678", "****5678"),
        ("0755-83005678转8012", "075****5678转8012"),
        ("13800001234、0755-83005678", "138****1234、075****5678"),
        ("(0755) 8300 5678", "(075****5678"),
        ("12345", "****45"),
        ("138.0000.1234", "138****1234"),
        ("138/0000/1234", "138****1234"),
        ("138·0000·1234", "138****1234"),
        ("138_0000_1234", "138****1234"),
        ("8300‑5678", "****5678"),
        ("0755—8300 5678*12", "075****7812"),
        ("13800001234@example.com", "1***@example.com"),
        ('"Wen Li"@example.com', "***@example.com"),
        ("wen!@example.com", "w***@example.com"),
        ("wen@localhost", "w***@localhost"),
        ("wen@example.com", "w***@example.com"),
        ("", ""),
    ],
)
def test_enough_is_left_to_tell_them_apart_and_too_little_to_use_them(value, left):
    assert masked(value) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("联系人：文某，13800001234，邮箱 wen@example.com。", "联系人：文某，138****1234，邮箱 w***@example.com。"),
        ("电话0755-83005678，9月5日开始，预算 120000000 元", "电话075****5678，9月5日开始，预算 120000000 元"),
        ("电话（0755）8300 5678，+86 138 0000 1234", "电话075****5678，861****1234"),
        ("8613800001234 １３８００００１２３４ 138.0000.1234", "861****1234 １３８****１２３４ 138****1234"),
        ("表3.13800001234.5，编号 0.0755-83005678", None),
        ("文号〔2015〕12号，2015-09-20，统一代码 914403001922038216", None),
    ],
)
def test_in_a_text_other_figures_stay(text, left):
    found = masked_in(text)
    assert found == (left or text)
    assert masked_in(found) == found


# --- accounts that were shut -------------------------------------------------------------------------------


@pytest.fixture
def gone(cast):
    """Somebody whose account was shut today."""
    user = User.objects.get(pk=cast.liaison.pk)
    user.phone, user.is_active = "0755-8300 5678", False
    user.date_joined = timezone.now() - timedelta(days=900)
    user.save()
    record(Deed.SHUT, user, by=cast.admin)
    return user


def ways(user):
    user.refresh_from_db()
    return [user.phone, user.mobile, user.email]


def later(days):
    return timezone.localdate() + timedelta(days=days)


def test_a_shut_account_keeps_its_numbers_for_the_set_time_and_no_longer(gone, settings):
    settings.PERSONAL_DATA_DAYS = 100
    with clock.as_of(later(99)):
        assert forget_shut(forgotten_before()) == 0
    assert all(ways(gone))
    with clock.as_of(later(101)):
        assert [forget_shut(forgotten_before()) for _ in range(2)] == [1, 0]
    assert ways(gone) == ["", "", ""]
    entry = AuditEntry.objects.get(act=Act.REMOVED)
    assert (entry.about, entry.person, entry.detail) == (f"user {gone.pk}", None, "telephone numbers and mail address")


def test_an_open_account_keeps_them(cast):
    with clock.as_of(later(5000)):
        assert forget_shut(forgotten_before()) == 0
    assert ways(cast.liaison)[1:] == ["138 0000 0001", "liaison@example.com"]


def test_shut_again_the_time_begins_anew(gone, cast, settings):
    settings.PERSONAL_DATA_DAYS = 100
    gone.role_changes.update(at=timezone.now() - timedelta(days=400))
    record(Deed.SHUT, gone, by=cast.admin)
    assert forget_shut(forgotten_before()) == 0
    assert all(ways(gone))


def test_with_no_time_set_nothing_is_forgotten(settings):
    settings.PERSONAL_DATA_DAYS = 0
    with clock.as_of(date(2099, 1, 1)):
        assert forgotten_before() is None
