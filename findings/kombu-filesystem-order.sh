#!/usr/bin/env bash
# kombu 5.7.0, filesystem transport: in which order messages come out (Celery without Redis or RabbitMQ).
#
# Guess: first in, first out; each message is a file with a time stamp in its name, and the folder is read sorted.
# Seen:  the stamp is the monotonic clock in milliseconds, which begins anew when the machine does, and the names are
#        sorted as text. So what is put in after a restart overtakes everything that waited over it; and whenever the
#        clock gains a digit (10 seconds, 100 seconds, … 28 hours, 12 days after the machine started) the newer messages
#        come before the older ones. The script sets that clock, to stand for a machine that was started anew.
# Matters: what was handed out on Friday waits behind all that is handed out on Monday, and "the later order wins"
#        may not be relied on where offices run without a broker.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check --no-deps \
    kombu==5.7.0 amqp==5.4.2 vine==5.1.0 packaging==26.3 tzdata==2026.6
cd "$work"
venv/bin/python - <<'PYTHON'
import os
from unittest.mock import patch

from kombu import Connection
from kombu.transport import filesystem

for folder in ("queue", "control"):
    os.mkdir(folder)
FOLDERS = {"data_folder_in": "queue", "data_folder_out": "queue", "control_folder": "control"}


def order(said, *clock):
    """Put a message in at each reading of the monotonic clock (seconds), take all out again."""
    with Connection("filesystem://", transport_options=FOLDERS) as connection:
        queue = connection.SimpleQueue("quick")
        for number, seconds in enumerate(clock, 1):
            with patch.object(filesystem, "monotonic", lambda: seconds):
                queue.put(number)
        taken = [queue.get(timeout=5) for _ in clock]
        for message in taken:
            message.ack()
    print(f"{said}: put in {list(range(1, len(clock) + 1))}, taken out {[message.payload for message in taken]}")
    return [message.payload for message in taken]


within = order("up for a day", 86400.0, 86401.0, 86402.0)
restarted = order("machine restarted after the first", 86400.0, 30.0, 31.0)
digit = order("10^8 milliseconds after the start", 99999.0, 100001.0)
if (within, restarted, digit) != ([1, 2, 3], [2, 3, 1], [2, 1]):
    raise SystemExit("CHANGED: messages came out in another order than stated")
PYTHON
