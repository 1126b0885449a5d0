"""The bundle for a machine without network: it holds every pinned library, and its script puts a version in place."""

from __future__ import annotations

import re
import subprocess
import tarfile
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings

TOP = Path(settings.BASE_DIR)
PIN = re.compile(r"^([\w.-]+)(?:\[.*\])?==([^ ;\n]+)", re.M)


def pins(name: str = "requirements.txt") -> dict[str, str]:
    """The libraries of a lock file, with their versions."""
    return dict(PIN.findall((TOP / name).read_text()))


def bundle_with(folder: Path, libraries: dict[str, str]) -> Path:
    """A bundle with wheels of these libraries, named as pip names them."""
    (folder / "wheels").mkdir()
    for name, version in libraries.items():
        (folder / "wheels" / f"{name.replace('-', '_').replace('.', '_')}-{version}-py3-none-any.whl").touch()
    return folder


def lacking(folder: Path, **environment: str) -> list[str]:
    """What the script says a bundle lacks."""
    command = ["bash", "scripts/bundle.sh", "--list", str(folder)]
    done = subprocess.run(command, cwd=TOP, env=environment | {"PATH": "/usr/bin:/bin"}, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


def test_a_bundle_with_every_pinned_library_lacks_nothing(tmp_path: Path) -> None:
    wanted = pins()
    assert len(wanted) > 50
    assert lacking(bundle_with(tmp_path, wanted)) == []


def test_a_library_that_is_missing_or_of_another_version_is_named(tmp_path: Path) -> None:
    wanted = pins()
    django = wanted.pop("django")
    crispy, wanted["django-crispy-forms"] = wanted["django-crispy-forms"], "0.1"
    assert lacking(bundle_with(tmp_path, wanted)) == [
        f"django-{django.replace('.', '-')}", f"django-crispy-forms-{crispy.replace('.', '-')}",
    ]  # fmt: skip


def test_with_the_tests_also_what_they_need_is_asked_for(tmp_path: Path) -> None:
    missing = lacking(bundle_with(tmp_path, pins()), TESTS="on")
    assert len(missing) == len(pins("requirements-dev.txt").keys() - pins().keys()) > 30
    assert [each for each in missing if each.startswith("pytest-django-")] != []


STUB = 'TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd); cd "$TOP"; say() { echo "$@"; }\n'
DEEDS = ("need_space", "need_run_packages", "need_test_packages", "compile_catalogues", "collect_static")


def packed(folder: Path, version: dict[str, str]) -> Path:
    """A bundle of a very small version, whose scripts only say what they were asked to do."""
    folder.mkdir()
    scripts = {f"scripts/{name}.sh": "" for name in ("system", "python", "build")}
    scripts["scripts/common.sh"] = STUB + "".join(f'{deed}() {{ echo "{deed}" >>done.txt; }}\n' for deed in DEEDS)
    scripts["scripts/system.sh"] = "missing_packages() { :; }\n"
    for name, files in (("app", version | scripts), ("front-end", {"node_modules/bootstrap/dist/a.css": "a"})):
        with tarfile.open(folder / f"{name}.tar.gz", "w:gz") as archive:
            for path, text in files.items():
                entry = tarfile.TarInfo(path)
                entry.size = len(text.encode())
                archive.addfile(entry, BytesIO(text.encode()))
    for path, text in {"fonts/face.otf": "face", "packages/wanted.txt": "make\n", "wheels/a.whl": "a"}.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text)
    (folder / "install.sh").write_bytes((TOP / "scripts" / "install.sh").read_bytes())
    sums = "find . -type f ! -name SHA256SUMS -print0 | xargs -0 sha256sum >SHA256SUMS"
    subprocess.run(["bash", "-c", sums], cwd=folder, check=True)
    return folder


def installed(bundle: Path, to: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", bundle / "install.sh", to], capture_output=True, text=True)


def test_a_newer_bundle_takes_the_place_of_the_older_and_leaves_what_is_the_offices_own(tmp_path: Path) -> None:
    to = tmp_path / "app"
    first = packed(tmp_path / "first", {"manage.py": "1", "accounts/migrations/0002_gone.py": "old"})
    assert installed(first, to).returncode == 0
    assert (to / "done.txt").read_text().split() == [
        "need_space", "need_run_packages", "compile_catalogues", "collect_static",
    ]  # fmt: skip
    (to / ".env").write_text("SECRET_KEY=ours")
    (to / "var" / "db.sqlite3").write_text("rows")
    second = packed(tmp_path / "second", {"manage.py": "2", "accounts/migrations/0002_new.py": "new"})
    assert installed(second, to).returncode == 0
    assert ((to / "manage.py").read_text(), (to / ".env").read_text()) == ("2", "SECRET_KEY=ours")
    assert [path.name for path in (to / "accounts" / "migrations").iterdir()] == ["0002_new.py"]
    assert sorted(path.name for path in (to / "var").rglob("*") if path.is_file()) == ["db.sqlite3", "face.otf"]
    assert (to / "node_modules" / "bootstrap" / "dist" / "a.css").read_text() == "a"


@pytest.mark.parametrize("damaged", ["app.tar.gz", "wheels/a.whl", "packages/wanted.txt"])
def test_of_a_damaged_bundle_nothing_is_put_in_place(tmp_path: Path, damaged: str) -> None:
    bundle = packed(tmp_path / "bundle", {"manage.py": "1"})
    (bundle / damaged).write_bytes((bundle / damaged).read_bytes() + b"x")
    done = installed(bundle, tmp_path / "app")
    assert (done.returncode, "The bundle is damaged: copy it once more." in done.stderr) == (1, True)
    assert not (tmp_path / "app" / "manage.py").exists()
