"""make demo: it replaces the demonstration and nothing else, and makes nothing where others can reach the site."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Role, UnitGroup, User
from campaigns.models import Campaign
from reports.demonstration import strangers
from tests.cast import campaign, person, unit

pytestmark = pytest.mark.django_db(transaction=True)  # a database is emptied


@pytest.fixture(autouse=True)
def day_file(settings: Any, tmp_path: Path) -> Path:
    settings.TODAY_FILE = tmp_path / "today"
    return settings.TODAY_FILE


def make_demo(**options: Any) -> str:
    said = io.StringIO()
    call_command("seed", stdout=said, stderr=said, **options)
    return said.getvalue()


def refused(**options: Any) -> str:
    """What was said; nothing is lost."""
    said = io.StringIO()
    before = [set(kind.objects.values_list("pk", flat=True)) for kind in strangers.KINDS]
    with pytest.raises(CommandError) as refusal:
        call_command("seed", stdout=said, stderr=said, **options)
    assert [set(kind.objects.values_list("pk", flat=True)) for kind in strangers.KINDS] == before
    return f"{said.getvalue()}{refusal.value}"


@pytest.fixture
def demonstration() -> None:
    make_demo(units=3)


@pytest.mark.usefixtures("demonstration")
def test_a_demonstration_makes_room_for_another() -> None:
    assert "The former demonstration was replaced." in make_demo(units=4)
    assert User.objects.filter(username="liaison-4").exists()


def own_campaign() -> None:
    campaign(unit("某市质强办"), "某市自己的质量月")


def own_person() -> None:
    person("wang", (unit("某单位"), Role.STAFF))


def own_account() -> None:
    """An account of the demonstration that somebody works with."""
    User.objects.filter(username="staff").update(name="王某", email="wang@office.example.cn")


def own_group() -> None:
    UnitGroup.objects.create(owner=User.objects.get(username="staff").memberships.get().unit, name="自己的分组")


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize(
    ("brought", "named"),
    [
        (own_campaign, "1 Campaign: 某市自己的质量月"),
        (own_person, "1 User: wang"),
        (own_account, "1 User: 王某"),
        (own_group, "1 UnitGroup: 自己的分组"),
    ],
)
def test_what_somebody_brought_is_named_and_not_deleted(brought: Any, named: str) -> None:
    brought()
    said = refused(stage="issued")
    assert named in said
    assert "Nothing was deleted." in said
    make_demo(units=2, replace=True)
    assert strangers.strangers() == []


def test_an_office_that_never_had_a_demonstration_keeps_everything() -> None:
    """Even where its people write from addresses that look like the demonstration's, or nobody is entered yet."""
    unit("某市质强办")
    assert "1 Unit: 某市质强办" in refused()
    person("somebody")
    assert "1 User: somebody" in refused(units=3)
    assert make_demo(if_empty=True) == ""


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize(("answer", "goes"), [("delete", True), ("", False), ("y", False), ("no", False)])
def test_somebody_at_a_terminal_is_asked(monkeypatch: Any, answer: str, goes: bool) -> None:
    own_campaign()
    monkeypatch.setattr("sys.stdin", type("Terminal", (), {"isatty": lambda self: True})())
    monkeypatch.setattr("builtins.input", lambda question: answer)
    assert make_demo(units=2).startswith("There is data") if goes else refused(units=2)
    assert Campaign.objects.filter(title="某市自己的质量月").exists() is not goes


@pytest.mark.parametrize("options", [{}, {"replace": True}, {"units": 3}, {"stage": "briefing", "replace": True}])
def test_a_production_site_gets_no_known_passwords_and_no_day_of_the_past(
    settings: Any, day_file: Path, options: dict[str, Any]
) -> None:
    settings.PRODUCTION = True
    assert "production" in refused(**options)
    assert (User.objects.exists(), day_file.exists()) == (False, False)


def test_a_production_site_starts_empty_and_says_how_it_gets_its_first_administrator(settings: Any) -> None:
    settings.PRODUCTION = True
    assert "python manage.py first_administrator" in make_demo(if_empty=True)
    assert not User.objects.exists()
    person("somebody")
    assert make_demo(if_empty=True) == ""
