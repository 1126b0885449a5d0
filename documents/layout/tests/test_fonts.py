"""The faces of the standard: official ones first, whatever the operator drops into the folder, never none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from documents.layout import fonts

BASE = Path(__file__).resolve().parents[3]


def test_every_face_has_a_font_that_exists():
    assert set(fonts.faces()) == {"fangsong", "kai", "title", "hei", "song"}
    assert all(os.path.exists(face.file) for face in fonts.faces().values())


def test_the_fonts_of_the_set_up_print_the_whole_of_gb_2312():
    characters = [
        bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)
    ]
    text = "".join(characters)
    assert len(text) == 6763
    for face in fonts.faces():
        assert fonts.lacking(text, face) == ()


def test_a_glyph_look_up_costs_next_to_nothing(benchmark_seconds=0.02):
    import time  # noqa: PLC0415

    text = "质量强国建设纲要" * 250
    fonts.lacking(text)
    start = time.perf_counter()
    for _ in range(10):
        fonts.lacking(text)
    assert (time.perf_counter() - start) / 10 < benchmark_seconds


def test_width_counts_half_width_digits():
    assert fonts.width("质量") == 2
    assert 0.4 < fonts.width("2") < 0.65


@pytest.mark.parametrize("drop", [True, False])
def test_an_official_face_dropped_into_the_folder_is_taken(tmp_path, drop):
    """A renamed copy of a free font stands in for the official one."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    if drop:
        with TTFont(fonts.faces()["kai"].file) as font:
            for record in font["name"].names:
                if record.nameID in {1, 4, 16}:
                    record.string = "FangSong_GB2312"
            font.save(tmp_path / "official.ttf")
    code = "from documents.layout import fonts; print(fonts.faces()['fangsong'].family)"
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("QM_FONT", "FONTCONFIG"))}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=BASE, env=environment | {"FONTS_DIR": str(tmp_path)},
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert (done.stdout.strip() == "FangSong_GB2312") is drop
    assert done.stdout.strip() in fonts.STACKS["fangsong"]


@pytest.mark.slow
def test_without_a_fangsong_documents_are_still_set(tmp_path):
    code = (
        "from documents.paper import to_pdf; from documents.tests.samples import notice;"
        "import sys; sys.stdout.buffer.write(to_pdf(notice()))"
    )
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("QM_FONT", "FONTCONFIG"))}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=BASE, env=environment | {"FONTS_DIR": str(tmp_path)},
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    assert done.stdout.startswith(b"%PDF")


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash here")
def test_the_font_script_fails_with_one_clear_line(tmp_path):
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("mktemp", "rm", "mkdir", "dirname", "cat", "chmod"):
        (tools / name).symlink_to(shutil.which(name))
    (tools / "apt-get").write_text("#!/bin/sh\nexit 1\n")
    (tools / "dpkg-deb").write_text("#!/bin/sh\nexit 1\n")
    for name in ("apt-get", "dpkg-deb"):
        (tools / name).chmod(0o755)
    done = subprocess.run(
        [shutil.which("bash"), BASE / "scripts" / "fonts.sh"],
        env={"PATH": str(tools), "FONTS_DIR": str(tmp_path / "fonts")}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.count("\n") == 1
    assert "Noto Serif" in done.stdout
    assert done.stderr == ""
