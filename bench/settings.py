"""The product's settings with one address more, the floor every page is compared with, and its own clock."""

import os
from pathlib import Path

from qualitymonth.environment import today_set
from qualitymonth.settings import *  # noqa: F403 -- Django's settings are a namespace

ROOT_URLCONF = "bench.urls"
# The developer's own demonstration keeps its day: seed leaves this one's beside its data.
TODAY_FILE = Path(os.environ["BENCH_FOLDER"]) / "today"
TODAY = today_set("", TODAY_FILE)
CHAPTERS_DIR = Path(os.environ["BENCH_FOLDER"]) / "chapters"
