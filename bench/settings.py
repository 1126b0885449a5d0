"""The product's settings with one address more: the floor every page is compared with."""

from qualitymonth.settings import *  # noqa: F403 -- Django's settings are a namespace

ROOT_URLCONF = "bench.urls"
