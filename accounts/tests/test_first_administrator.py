"""An office begins: one command, then everything else on the pages."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import Role, Unit, User
from tests.cast import text
from tests.pages import press

pytestmark = pytest.mark.django_db
OFFICE = "某市质强办"
SECRET = "three quiet herons"


def begin(monkeypatch: Any, password: str = SECRET, **options: Any) -> str:
    """The command as a script runs it: the password is a line of standard input."""
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    call_command("first_administrator", stdout=out, **{"office": OFFICE, "name": "安某"} | options)
    return out.getvalue()


def signed_in_by_password(username: str, password: str) -> Client:
    client = Client()
    press(client, reverse("accounts:sign-in"), username=username, password=password)
    assert "_auth_user_id" in client.session
    return client


def test_from_an_empty_database_to_a_clerk_who_begins_a_campaign(monkeypatch: Any) -> None:
    assert "can sign in as admin" in begin(monkeypatch, full_name="某市质量强市工作领导小组办公室")
    admin = signed_in_by_password("admin", SECRET)
    office = Unit.objects.get(name=OFFICE)
    new = {
        "username": "clerk",
        "name": "文某",
        "new_password": "another long one",
        "unit": office.pk,
        "role": Role.STAFF,
    }
    press(admin, reverse("accounts:new-person"), form="#person", **new)
    clerk = signed_in_by_password("clerk", "another long one")
    own = {"new_password1": "seven grey cranes", "new_password2": "seven grey cranes"}
    press(clerk, reverse("campaigns:new-campaign"), old_password="another long one", **own)
    assert clerk.get(reverse("campaigns:new-campaign")).status_code == 200
    assert clerk.get(reverse("accounts:new-unit")).status_code == 200


def test_a_unit_that_is_there_already_is_taken(monkeypatch: Any) -> None:
    known = Unit.objects.create(name=OFFICE, level="province")
    begin(monkeypatch, account="an.mou")
    assert [held.unit_id for held in User.objects.get(username="an.mou").held] == [known.pk]
    assert Unit.objects.get().level == "province"


@pytest.mark.parametrize(
    ("password", "options"),
    [
        ("short", {}),
        ("Admin@123456", {}),
        ("", {}),
        ("quality-month", {}),
        (SECRET, {"account": "no spaces please"}),
        (SECRET, {"office": " "}),
        (SECRET, {"office": "x" * 81}),
        (SECRET, {"name": ""}),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_half_written(
    monkeypatch: Any, password: str, options: dict[str, Any]
) -> None:
    with pytest.raises(CommandError) as wrong:
        begin(monkeypatch, password, **options)
    assert str(wrong.value)
    assert (Unit.objects.count(), User.objects.count()) == (0, 0)


def test_there_is_only_one_first_administrator(monkeypatch: Any) -> None:
    begin(monkeypatch)
    with pytest.raises(CommandError, match="changepassword admin"):
        begin(monkeypatch, account="second")
    assert User.objects.count() == 1


def test_the_password_is_typed_twice_where_somebody_sits(monkeypatch: Any) -> None:
    typed = iter([SECRET, "three quiet heron"])
    monkeypatch.setattr("sys.stdin", type("Terminal", (), {"isatty": lambda self: True})())
    monkeypatch.setattr("accounts.management.commands.first_administrator.getpass", lambda question: next(typed))
    with pytest.raises(CommandError, match="differ"):
        call_command("first_administrator", office=OFFICE, name="安某")
    assert not User.objects.exists()


@pytest.mark.parametrize(("production", "opens"), [(True, False), (False, True)])
def test_the_password_of_the_demonstration_opens_nothing_in_production(
    settings: Any, production: bool, opens: bool
) -> None:
    User.objects.create_user("staff", password=settings.DEMONSTRATION_PASSWORD, name="安某")
    settings.PRODUCTION = production
    client = Client()
    shown = press(client, reverse("accounts:sign-in"), username="staff", password=settings.DEMONSTRATION_PASSWORD)
    assert ("_auth_user_id" in client.session) is opens
    assert (
        gettext("This is the password of the demonstration, which everybody knows. Please ask for another one.")
        in text(shown)
    ) is not opens
