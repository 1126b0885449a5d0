"""The WSGI entry point (gunicorn)."""

import os

from django.core.wsgi import get_wsgi_application

import documents

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qualitymonth.settings")
documents.work_elsewhere()

application = get_wsgi_application()
