"""gunicorn of an office: two processes of four threads; their number is the first thing to raise (WEB_WORKERS).

Loaded by each process and not once before them (preload_app): counting references writes on nearly every page, so of
what would be shared little stays shared (163 MB instead of 167 for all three), and a reload would keep the old code.
"""

import os

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = 4
timeout = 60
max_requests, max_requests_jitter = 2000, 200
loglevel = "warning"
logconfig_dict = {  # what gunicorn itself says, in the form of all other lines
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "qualitymonth.log_lines.JsonLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"gunicorn.error": {"level": "WARNING", "handlers": ["console"], "propagate": False}},
}
