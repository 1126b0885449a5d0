"""Rows written once: the clause names its target, and what is there stays as it is."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from workflow import clock
from workflow.models import Notification
from workflow.once import put_once


def message(person, url):
    return Notification(person=person, message="Hello", url=url, key="hello", created_at=clock.now())


@pytest.mark.django_db
def test_of_several_alike_the_first_is_written_and_what_is_there_stays():
    person = User.objects.create(username="somebody")
    with CaptureQueriesContext(connection) as told:
        put_once(Notification, [message(person, "/1/"), message(person, "/2/")], "person", "key")
        put_once(Notification, [message(person, "/3/")], "person", "key")
        put_once(Notification, [], "person", "key")
    assert list(Notification.objects.values_list("url", flat=True)) == ["/1/"]
    said = [each["sql"] for each in told if "INSERT" in each["sql"]]
    assert [bool(re.search(r'ON CONFLICT\s?\("person_id", "key"\)', each)) for each in said] == [True, True]


def test_no_bulk_write_leaves_its_target_unnamed():
    """Relatives of PostgreSQL refuse ON CONFLICT without one."""
    rooms = [path for path in Path(settings.BASE_DIR).iterdir() if (path / "__init__.py").exists()]
    files = [path for room in rooms for path in room.rglob("*.py") if "migrations" not in path.parts]
    found = [path.name for path in files if "ignore_conflicts=True" in path.read_text()]
    assert sorted(found) == ["test_once.py", "test_past_days.py"]
