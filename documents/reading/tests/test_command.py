"""``read_notice`` prints the draft, or says why the file cannot be read."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from documents.reading.tests.score import HERE


def run(path, **options):
    out = io.StringIO()
    call_command("read_notice", str(path), stdout=out, **options)
    return out.getvalue()


def test_json_and_table():
    path = (HERE / "notices") / "county-table-2019.txt"
    draft = json.loads(run(path, format="json"))
    assert [task["no"] for task in draft["tasks"]] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert "召开全县质量工作推进会" in run(path)


def test_a_file_that_cannot_be_read(tmp_path):
    picture = tmp_path / "a.docx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(CommandError):
        run(picture)
    with pytest.raises(CommandError):
        run(tmp_path / "missing.txt")
