"""The product's settings in the surroundings of a test run: nothing of the developer's is read or written.

Variables are set before the product's settings read them, so the worker process a test starts inherits them.
What the shell sets (DATABASE_URL, REDIS_URL) stays; a ``.env`` file has no say.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

SCRATCH = "QUALITY_MONTH_TEST_FOLDER"

if SCRATCH not in os.environ:
    os.environ[SCRATCH] = tempfile.mkdtemp(prefix="quality-month-test-")
    atexit.register(shutil.rmtree, os.environ[SCRATCH], ignore_errors=True)

# Each process of a run (pytest-xdist numbers them gw0, gw1, …) has a folder and two Redis databases of its own.
process = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
scratch = Path(os.environ[SCRATCH]) / process
scratch.mkdir(exist_ok=True)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{scratch / 'unused.sqlite3'}")
os.environ.setdefault("REDIS_URL", "")
if os.environ["REDIS_URL"]:
    os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'].rpartition('/')[0]}/{2 * int(process.removeprefix('gw'))}"
if ":memory:" not in os.environ["DATABASE_URL"]:
    os.environ["TEST_DATABASE_FILE"] = str(scratch / "test.sqlite3")  # read for SQLite only
os.environ.update(
    ALLOWED_HOSTS="localhost,127.0.0.1,[::1],testserver",
    SECRET_KEY="only-for-tests-" + "0" * 40,
    DEBUG="off",
    HTTPS="off",
    # The month of the demonstration; a test that needs another day sets settings.TODAY, a worker is given its own.
    TODAY=os.environ.get("QUALITY_MONTH_TEST_DAY", "2015-09-01"),
    BROKER_DIR=str(scratch / "broker"),
    MEDIA=f"file://{scratch / 'media'}",
    EMAIL_URL="memorymail://",
    # pytest-playwright runs an event loop in the main thread, where Django would refuse its database.
    DJANGO_ALLOW_ASYNC_UNSAFE="true",
)

from qualitymonth.settings import *  # noqa: E402, F403 -- Django's settings are a namespace; set up above first
from qualitymonth.settings import STATIC_ROOT  # noqa: E402

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns about a folder that is not there
if "TEST_TEMPLATE" in os.environ:  # a database that tests.servers has migrated: copied instead of migrated again
    DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ["TEST_TEMPLATE"]}  # noqa: F405
# A worker says once that it is there, and then leaves the tables of later tests alone; unless a test is about that.
PULSE_SECONDS = CELERY_BEAT_MAX_LOOP_INTERVAL = int(os.environ.get("QUALITY_MONTH_TEST_PULSE", "3600"))
CHAPTERS_DIR = scratch / "chapters"
PREVIEWS["LOCATION"] = str(scratch / "previews")  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # hundreds of sign-ins, no secrets
