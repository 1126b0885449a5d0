"""A bare Django project with the product's middleware: what a web process holds before it is this product.

Settings, addresses and view in one file. The two middlewares of our own stand here as what they extend or do without
the product's tables: Django's for the language, none for visitors by link. ``python -m bench.bare`` signs somebody in.
"""

import os
from importlib import import_module

import environ
from django.http import HttpRequest, HttpResponse
from django.urls import path

SECRET_KEY = "bare" * 10
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "bench.bare"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
DATABASES = {"default": environ.Env().db("DATABASE_URL", default="sqlite://:memory:")}
DATABASES["default"]["CONN_MAX_AGE"] = 600
STATIC_URL = "static/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "zh-hans"
USE_TZ = True


def floor(request: HttpRequest) -> HttpResponse:
    """A signed-in person and one SELECT."""
    sessions = import_module("django.contrib.sessions.models").Session
    return HttpResponse(f"{request.user.get_username()} {sessions.objects.count()}")


urlpatterns = [path("bench/floor/", floor)]


def sign_in() -> str:
    """Make somebody and a session of theirs. Returns: its cookie."""
    auth, engine = import_module("django.contrib.auth"), import_module("django.contrib.sessions.backends.db")
    user = auth.get_user_model().objects.create_user("somebody")
    session = engine.SessionStore()
    session[auth.SESSION_KEY] = str(user.pk)
    session[auth.BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[auth.HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"sessionid={session.session_key}"


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.bare"
    import django

    django.setup()
    print(sign_in())
