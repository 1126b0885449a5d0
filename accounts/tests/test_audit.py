"""The audit trail: who saw and did what is written down, and nobody changes it unseen."""

import csv
import io
from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts import audit_chain
from accounts.models import Act, AuditEntry, Deed, RoleChange
from accounts.role_changes import record
from tests.cast import signed_in
from tests.pages import press
from workflow.models import Transition

HELD = {each.name for each in AuditEntry._meta.concrete_fields} - {"id", "number"}
"""What is written of an entry; its number is the place."""


@pytest.fixture(autouse=True)
def anchors(settings, tmp_path):
    """The file outside the database."""
    settings.AUDIT_ANCHORS = str(tmp_path / "anchors.txt")


@pytest.fixture
def trail(autumn):
    """What a September leaves: moves of the notice and of its assignments, a role, ten pages seen; all chained."""
    record(Deed.PASSWORD, autumn.liaison, by=autumn.admin)
    for day in range(10):
        AuditEntry.objects.create(person=autumn.admin.pk, name="admin", act=Act.SAW, about=f"/people/{day}/")
    assert audit_chain.seal() > 10
    return autumn


def fault():
    """What ``manage.py verify_audit`` says."""
    with pytest.raises(CommandError) as raised:
        call_command("verify_audit")
    return str(raised.value)


def written(person):
    return list(AuditEntry.objects.filter(person=person.pk).order_by("pk").values_list("act", "about"))


# --- what is written -------------------------------------------------------------------------------------------------


def test_signing_in_wrong_tries_and_signing_out_are_written_and_a_mistyped_name_is_not(client, cast):
    sign_in = reverse("accounts:sign-in")
    press(client, sign_in, username=cast.staff.username, password="wrong words")
    press(client, sign_in, username="my secret password", password="typed in the wrong field")
    assert written(cast.staff) == [("refused", sign_in)]
    stranger = AuditEntry.objects.get(person=None)
    assert (stranger.name, stranger.detail, stranger.address) == ("", "", "127.0.0.1")


def test_who_opened_the_telephone_numbers_of_others_is_written(cast):
    client = signed_in(cast.admin)
    before = len(written(cast.admin))
    for name in ("accounts:people", "accounts:audit"):
        client.get(reverse(name))
    assert written(cast.admin)[before:] == [("saw", reverse("accounts:people"))]


def test_what_was_downloaded_is_written(cast):
    client = signed_in(cast.admin)
    address = reverse("accounts:audit-entries")
    b"".join(client.get(address).streaming_content)
    assert written(cast.admin)[-1] == ("saved", address)


def test_each_move_and_each_role_is_chained_once(trail):
    for table, act in ((Transition, Act.MOVE), (RoleChange, Act.POWER)):
        held = AuditEntry.objects.filter(act=act)
        assert sorted(held.values_list("source_pk", flat=True)) == sorted(table.objects.values_list("pk", flat=True))
    count = AuditEntry.objects.count()
    assert audit_chain.seal() == 0
    assert AuditEntry.objects.count() == count


def test_a_line_whose_transaction_ended_late_is_chained_all_the_same(trail):
    line = Transition.objects.order_by("-pk")[1]
    AuditEntry.objects.filter(source="workflow.transition", source_pk=line.pk)._raw_delete("default")
    audit_chain.seal()
    assert AuditEntry.objects.get(source="workflow.transition", source_pk=line.pk).number


def test_an_entry_is_neither_changed_nor_removed(trail):
    entry = AuditEntry.objects.first()
    for forbidden in (entry.save, entry.delete):
        with pytest.raises(TypeError):
            forbidden()


# --- the chain -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_a_trail_nobody_touched_is_whole(settings, autumn, algorithm, capsys):
    settings.AUDIT_ALGORITHM = algorithm
    audit_chain.seal()
    settings.AUDIT_ALGORITHM = "sha256"  # both may stand in one chain
    AuditEntry.objects.create(act=Act.SAW, about="/later/")
    audit_chain.seal()
    audit_chain.anchor()
    call_command("verify_audit")
    assert str(AuditEntry.objects.count()) in capsys.readouterr().out


@pytest.mark.parametrize(
    "change",
    [{"name": "another"}, {"about": "/people/1O/"}, {"person": None}, {"detail": " "}, {"act": Act.SAVED},
     {"address": "10.0.0.1"}, {"digest": "0" * 64}, {"algorithm": "sm3"}, {"algorithm": "none"}],
)  # fmt: skip
def test_an_altered_entry_is_named(trail, change):
    AuditEntry.objects.filter(number=5).update(**change)
    assert fault() == "Entry 5 was altered."


def one_bit_off(value):
    """The value with one bit of it changed."""
    if isinstance(value, str):
        return chr(ord(value[0]) ^ 1) + value[1:] if value else "\x01"
    return value + timedelta(microseconds=1) if isinstance(value, datetime) else (value or 0) ^ 1


@pytest.mark.parametrize("column", sorted(HELD))
def test_one_bit_of_any_column_is_enough(trail, column):
    entry = AuditEntry.objects.get(number=7)
    AuditEntry.objects.filter(number=7).update(**{column: one_bit_off(getattr(entry, column))})
    assert fault() == "Entry 7 was altered."


def test_a_removed_entry_is_named(trail):
    AuditEntry.objects.filter(number=6)._raw_delete("default")
    assert fault() == "Entry 6 is not there."


@pytest.mark.parametrize("how_many", [1, 3])
def test_an_inserted_entry_is_named(trail, how_many):
    for entry in AuditEntry.objects.filter(number__gte=6).order_by("-number"):
        AuditEntry.objects.filter(pk=entry.pk).update(number=entry.number + how_many)
    for number in range(6, 6 + how_many):
        AuditEntry.objects.create(act=Act.SAW, about="/never/", number=number, algorithm="sha256", digest="ab" * 32)
    assert fault() == "Entry 6 was inserted."


@pytest.mark.parametrize("other", [6, 7, 9])
def test_two_that_changed_places_are_named(trail, other):
    for old, new in ((5, 0), (other, 5), (0, other)):
        AuditEntry.objects.filter(number=old).update(number=new)
    assert fault() == f"Entry 5 changed places with entry {other}."


def test_a_removed_entry_is_named_though_those_behind_it_closed_up(trail):
    AuditEntry.objects.filter(number=6)._raw_delete("default")
    for entry in AuditEntry.objects.filter(number__gt=6).order_by("number"):
        AuditEntry.objects.filter(pk=entry.pk).update(number=entry.number - 1)
    assert fault() == "Entry 6 was altered."


def test_a_line_of_the_log_that_was_altered_or_removed_behind_the_trail_is_named(trail):
    last = Transition.objects.order_by("-pk").first()
    place = AuditEntry.objects.get(source="workflow.transition", source_pk=last.pk).number
    Transition.objects.filter(pk=last.pk).update(note="as if it had never been")
    assert fault() == f"Entry {place} line {last.pk} of workflow.Transition, which it holds fast, was altered."
    Transition.objects.filter(pk=last.pk).delete()
    assert fault() == f"Entry {place} line {last.pk} of workflow.Transition, which it holds fast, is missing."


def test_an_end_that_was_cut_off_is_noticed_by_what_was_written_down_outside(trail):
    audit_chain.anchor()
    end = AuditEntry.objects.exclude(number=None).order_by("-number").first()
    AuditEntry.objects.filter(pk=end.pk)._raw_delete("default")
    assert fault().startswith(f"Entry {end.number} is not what was written down on 20")


def test_a_chain_written_anew_with_another_key_does_not_pass(trail, settings):
    settings.AUDIT_KEY = "what somebody with the database alone can only guess"
    assert fault() == "Entry 1 was altered."


# --- the page --------------------------------------------------------------------------------------------------------


def listed(user, **chosen):
    return [entry.about for entry in signed_in(user).get(reverse("accounts:audit"), chosen).context["page"]]


def test_the_administrator_finds_entries_by_words_act_and_day(trail):
    assert listed(trail.admin, q="/people/3/") == ["/people/3/"]
    assert "/people/3/" not in listed(trail.admin, act="sign_in")
    assert listed(trail.admin, q="/people/3/", since="2999-01-01") == []
    assert listed(trail.admin, q="/people/3/", until="no day") == ["/people/3/"]


def test_nobody_else_reads_it_and_an_administrator_only_of_people_looked_after(trail):
    assert signed_in(trail.staff).get(reverse("accounts:audit")).status_code == 403
    AuditEntry.objects.create(person=trail.district_signer.pk, name="elsewhere", act=Act.SAW, about="/elsewhere/")
    assert listed(trail.admin, q="elsewhere") == []


def test_the_table_for_a_report_holds_no_formula(trail):
    AuditEntry.objects.create(person=trail.admin.pk, name="admin", act=Act.SAW, about="=1+1", detail="typed, said")
    answer = signed_in(trail.admin).get(reverse("accounts:audit-entries"), {"q": "typed"})
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert [(row["about"], row["detail"]) for row in rows] == [("'=1+1", "typed, said")]
