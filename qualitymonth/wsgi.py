"""The WSGI entry point (gunicorn)."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

import documents

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qualitymonth.settings")
documents.work_elsewhere()

application = get_wsgi_application()
resolve("/")  # loads the addresses and their views now, and not under the first visitor
gc.collect()
gc.freeze()  # what is loaded stays: the collector need not go through all of it in the middle of a page
