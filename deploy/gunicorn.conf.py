"""gunicorn of an office: two processes of four threads; their number is the first thing to raise (WEB_WORKERS)."""

import os

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = 4
timeout = 60
max_requests, max_requests_jitter = 2000, 200
loglevel = "warning"
