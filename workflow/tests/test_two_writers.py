"""Two processes that write to one SQLite file wait for each other; nobody sees “database is locked”."""

import os
import subprocess
import sys

from django.conf import settings

TIMES = 60
WRITE = f"""
import os, sys, time
os.environ.update(DJANGO_SETTINGS_MODULE="tests.settings", DATABASE_URL=sys.argv[1])
import django
django.setup()
from django.db import connection, transaction
connection.ensure_connection()
print("ready", flush=True)
sys.stdin.read()
for _ in range({TIMES}):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT n FROM counted")
        (seen,) = cursor.fetchone()
        time.sleep(0.001)
        cursor.execute("UPDATE counted SET n = %s", [seen + 1])
with connection.cursor() as cursor:
    print(cursor.execute("PRAGMA synchronous").fetchone(), cursor.execute("PRAGMA journal_mode").fetchone())
"""
TABLE = """
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as file:
    file.execute("CREATE TABLE counted (n)")
    file.execute("INSERT INTO counted VALUES (0)")
"""
COUNT = "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute('SELECT n FROM counted').fetchone()[0])"


def test_two_processes_read_and_write_at_once_and_no_count_is_lost(tmp_path):
    path = str(tmp_path / "office.sqlite3")
    subprocess.run([sys.executable, "-c", TABLE, path], check=True)
    start = {
        "args": [sys.executable, "-c", WRITE, f"sqlite:///{path}"],
        "cwd": settings.BASE_DIR,
        "env": {**os.environ},
    }
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    writers = [subprocess.Popen(**start, **pipes, text=True) for _ in range(2)]
    assert [each.stdout.readline() for each in writers] == ["ready\n"] * 2
    for each in writers:
        each.stdin.close()
        each.stdin = None
    said = [each.communicate() for each in writers]
    full, wal = "(2,)", "('wal',)"
    assert [(out.strip(), "locked" in wrong) for out, wrong in said] == [(f"{full} {wal}", False)] * 2, said
    counted = subprocess.run([sys.executable, "-c", COUNT, path], capture_output=True, text=True, check=True)
    assert int(counted.stdout) == 2 * TIMES
