"""A test that posts a form past its page is found, wherever it hides; one that presses is left alone."""

from pathlib import Path

import pytest

from tests.hand_posts import hand_posts, main

PRESSES = 'press(client, "/units/", "Save", name="Harbour")\nforge(client, "/units/", {"name": "Harbour"})\n'


@pytest.mark.parametrize(
    "posts",
    [
        'client.post("/units/", {"name": "Harbour"})',
        'signed_in(cast.staff).post(\n    "/units/",\n    typed,\n)',
        "send = client.post",
        'getattr(client, "post")("/units/")',
        'client.generic("POST", "/units/", b"")',
    ],
)
def test_a_form_posted_by_hand_is_found_at_its_line(posts: str) -> None:
    assert hand_posts(PRESSES + posts) == [3]


def test_what_is_pressed_or_said_to_be_forged_is_not_found() -> None:
    assert hand_posts(PRESSES + 'client.get("/units/")\nposts = ["post"]\n') == []


def test_the_lint_step_names_the_file_and_looks_at_tests_only(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    for name in ("accounts/tests/test_units.py", "accounts/views.py", "tests/pages.py", ".venv/tests/test_x.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('client.post("/units/")\n')
    assert main(tmp_path) == 1
    assert [line.partition(" ")[0] for line in capsys.readouterr().out.splitlines()] == [
        "accounts/tests/test_units.py:1:"
    ]
    (tmp_path / "accounts/tests/test_units.py").write_text(PRESSES)
    assert main(tmp_path) == 0
