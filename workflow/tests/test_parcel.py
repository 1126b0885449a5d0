"""A ZIP file made in parts: every name good for Windows and unique, every file as it was, also behind 4 GB."""

import dataclasses
import io
import json
import random
import re
import tempfile
import zipfile
from datetime import datetime
from typing import IO, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.zip_in_parts import LONGEST, Behind, Entry, Names, PartWriter, directory, read_through, safe

AT = datetime(2015, 9, 1, 8, 30)
DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{dev}{n}" for dev in ("com", "lpt") for n in "0123456789¹²³"
}


def part(files: dict[str, bytes], before: int) -> tuple[bytes, list[Entry]]:
    """One part with these files."""
    with tempfile.TemporaryFile() as file:
        with PartWriter(file, before) as writer:
            for path, data in files.items():
                writer.add(path, io.BytesIO(data), AT, size=len(data))
        file.seek(0)
        return file.read(), writer.entries


def whole(*parts: dict[str, bytes]) -> bytes:
    """The ZIP file of these parts."""
    out, entries = b"", []
    for files in parts:
        data, more = part(files, len(out))
        out, entries = out + data, entries + more
    return out + directory(entries, len(out))


def test_parts_one_behind_the_other_are_one_zip_file() -> None:
    noise = random.Random(1)
    first = {"市水务局/方案.txt": "方案".encode() * 500, "市水务局/1.jpg": noise.randbytes(5000)}
    second = {"市卫生局/2.jpg": noise.randbytes(300), "list.csv": b""}
    data = whole(first, {}, second)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == first | second
        kinds = {info.filename: info.compress_type for info in archive.infolist()}
        times = {info.date_time for info in archive.infolist()}
    assert (kinds["市水务局/1.jpg"], kinds["市水务局/方案.txt"]) == (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    assert times == {(2015, 9, 1, 8, 30, 0)}


def test_no_file_at_all_is_a_zip_file_too() -> None:
    assert zipfile.ZipFile(io.BytesIO(whole())).namelist() == []


def test_what_the_directory_must_know_survives_being_kept() -> None:
    data, entries = part({"a.txt": b"a" * 999}, 70)
    again = [Entry(**json.loads(json.dumps(dataclasses.asdict(entry)))) for entry in entries]
    assert directory(again, 70 + len(data)) == directory(entries, 70 + len(data))


class Sparse(io.RawIOBase):
    """A file with nothing but holes before its last part: six gigabytes without a disk."""

    def __init__(self, hole: int, tail: bytes) -> None:
        self.hole, self.tail, self.at = hole, tail, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.at

    def seek(self, offset: int, whence: int = 0) -> int:
        self.at = offset + {0: 0, 1: self.at, 2: self.hole + len(self.tail)}[whence]
        return self.at

    def read(self, size: int = -1) -> bytes:
        start = self.at - self.hole
        assert start >= 0, "nothing needs to be read before the part"
        data = self.tail[start:] if size < 0 else self.tail[start : start + size]
        self.at += len(data)
        return data


def test_a_file_behind_six_gigabytes_is_found() -> None:
    hole = 6 * 2**30
    data, entries = part({"last.jpg": b"here"}, hole)
    sparse: Any = Sparse(hole, data + directory(entries, hole + len(data)))
    with zipfile.ZipFile(sparse) as archive:
        assert (archive.infolist()[0].header_offset, archive.read("last.jpg")) == (hole, b"here")


def test_positions_count_from_what_lies_before() -> None:
    file = Behind(io.BytesIO(b"12345"), 100)
    assert [file.tell(), file.seek(103), file.seek(0, io.SEEK_END), file.seek(-1, io.SEEK_CUR)] == [100, 103, 105, 104]


def test_the_parts_are_handed_out_piece_by_piece() -> None:
    class Stored:
        def __init__(self, data: bytes) -> None:
            self.data = data

        def open(self, _mode: str) -> IO[bytes]:
            return io.BytesIO(self.data)

    pieces = list(read_through([Stored(b"a" * 300_000), Stored(b""), Stored(b"b")]))
    assert ([len(piece) for piece in pieces], b"".join(pieces)) == ([262_144, 37_856, 1], b"a" * 300_000 + b"b")


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("COM1 .txt", "_COM1.txt"),
        ("console.txt", "console.txt"),
        ('a/b:c*?"<>|.jpg', "a_b_c_.jpg"),
        ("..", "_"),
        ("a. . ", "a"),
        ("", "_"),
        ("x" * 300 + ".jpeg", "x" * 95 + ".jpeg"),
        ("宣传\u202egpj.exe", "宣传_gpj.exe"),
        ("一\n二\t三", "一_二_三"),
    ],
)
def test_names_that_windows_refuses(name: str, made: str) -> None:
    assert safe(name) == made


@given(st.lists(st.tuples(st.text(max_size=130), st.text(max_size=130)), max_size=30))
@settings(max_examples=300)
def test_every_path_is_good_and_unique_and_the_same_again(pairs: list[tuple[str, str]]) -> None:
    names, again = Names(), Names()
    paths = [names.unique(*pair) for pair in pairs]
    assert paths == [again.unique(*pair) for pair in pairs]
    assert len({Names.key(path) for path in paths}) == len(paths)
    for path in paths:
        parts = path.split("/")
        assert len(parts) == 2
        for each in parts:
            assert 0 < len(each) <= LONGEST
            assert not re.search(r'[<>:"\\|?*\x00-\x1f]', each)
            assert each[-1] not in ". "
            assert each.split(".")[0].rstrip().casefold() not in DEVICES
            each.encode()


def test_names_given_before_stay_taken() -> None:
    names = Names(["A/b.jpg"])
    assert names.unique("a", "B.JPG") == "a/B (2).JPG"
