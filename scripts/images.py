"""make images: the pictures of README, taken from the project itself: dashboard, a page of a briefing, a notice.

Builds the demonstration in a throwaway folder, serves it on a free port, photographs it in headless Chromium, and
turns pages of its own PDFs into pictures with pdftoppm.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
PASSWORD = "quality-month"  # nosec B105 # the demonstration's, shown in README
WIDTH, HEIGHT = 1280, 960


def manage(*words: str, env: dict[str, str]) -> None:
    """Run manage.py in the throwaway folder. Raises: CalledProcessError."""
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def served(env: dict[str, str]) -> Iterator[str]:
    """The site on a free port for as long as it is needed. Yields: its address."""
    address = f"127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "gunicorn", "qualitymonth.wsgi", "--bind", address, "--log-level", "error"]
    server = subprocess.Popen(command, cwd=ROOT, env=env)
    try:
        wait_for(f"http://{address}/sign-in/")
        yield f"http://{address}"
    finally:
        server.terminate()
        server.wait()


def wait_for(url: str) -> None:
    """Wait until it answers. Raises: OSError after half a minute."""
    for _attempt in range(60):
        try:
            urllib.request.urlopen(url)  # nosec B310 # a site this script has started
            return
        except OSError:
            time.sleep(0.5)
    raise OSError(f"{url} does not answer")


def photograph(address: str) -> None:
    """The dashboard as the leader sees it, and a liaison officer's first page on a phone."""
    flags = ["--disable-gpu", "--disable-background-networking", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        for user, name, width in (("leader", "dashboard", WIDTH), ("liaison-pingshan", "phone", 390)):
            page = browser.new_page(viewport={"width": width, "height": HEIGHT}, locale="zh-CN")
            page.goto(f"{address}/sign-in/")
            page.fill("[name=username]", user)
            page.fill("[name=password]", PASSWORD)
            page.click("main button")
            page.wait_for_load_state("networkidle")
            page.screenshot(path=IMAGES / f"{name}.png")
        browser.close()


def page_image(folder: Path, page: int, name: str) -> None:
    """One page of the newest PDF of a folder as a picture."""
    pdf = max(folder.rglob("*.pdf"), key=lambda path: path.stat().st_mtime)
    target = IMAGES / name
    command = ["pdftoppm", "-r", "72", "-png", "-f", str(page), "-l", str(page), "-singlefile", str(pdf), str(target)]
    subprocess.run(command, check=True)


def main() -> None:
    """Make all pictures anew."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as var:
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL", "TODAY")}
        env = {**kept, "VAR_DIR": var, "FONTS_DIR": str(ROOT / "var" / "fonts")}
        manage("migrate", "--verbosity", "0", env=env)
        manage("collectstatic", "--noinput", "--verbosity", "0", env=env)
        manage("seed", "--stage", "briefing", env=env)
        with served(env) as address:
            photograph(address)
        page_image(Path(var) / "media" / "briefings", 8, "briefing")
        page_image(Path(var) / "media" / "notices", 1, "notice")


if __name__ == "__main__":
    main()
