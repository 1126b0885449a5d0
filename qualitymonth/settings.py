"""Settings. Only environment variables differ between a laptop, an office and a province."""

import os
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from qualitymonth import folder_broker
from qualitymonth.environment import (
    cache_url,
    house_style,
    is_exposed,
    log_format,
    mail_settings,
    measured_from,
    media_storage,
    oidc_issuer,
    returns_to,
    returns_url,
    roles_named,
    secret_key,
    site_url,
    today_set,
    webhooks,
    when_down,
)

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")
VAR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))

# --- who can reach it ------------------------------------------------------------------------------
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
PRODUCTION = is_exposed(ALLOWED_HOSTS)
DEBUG = env.bool("DEBUG", default=False)
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("DEBUG: production does not start with DEBUG on.")
SECRET_KEY = secret_key(env("SECRET_KEY", default=""), PRODUCTION, VAR)
HTTPS = env.bool("HTTPS", default=PRODUCTION)
SITE_URL = site_url(env("SITE_URL", default=""), ALLOWED_HOSTS, HTTPS)
CSRF_FAILURE_VIEW = "accounts.sign_in.page_was_old"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# --- the rooms -------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "crispy_forms",
    "crispy_bootstrap5",
    "rules",
    "csp",
    "allauth.account",
    "allauth.mfa",
    "workflow",
    "documents",
    "accounts",
    "feedback",
    "campaigns",
    "activities",
    "reports",
    "qualitymonth",
]

MIDDLEWARE = [
    "qualitymonth.health.Probes",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "qualitymonth.request_log.RequestLog",
    "accounts.private_pages.PrivatePages",
    "accounts.device_rights.NoDevices",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "accounts.language.LanguageBySwitch",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.sessions.TimeOuts",
    "allauth.account.middleware.AccountMiddleware",
    "activities.behalf.visitor_doors.LetVisitorsIn",
    "accounts.sign_in.SignInFirst",
    "accounts.audit_trail.NoteDownloads",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "workflow.no_room.NoRoom",
]

ROOT_URLCONF = "qualitymonth.urls"
WSGI_APPLICATION = "qualitymonth.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"i18n": "workflow.templatetags.said_once"},
            "builtins": ["workflow.templatetags.addressed", "workflow.templatetags.scripts"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.page_frame.frame",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- people ----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "accounts.passwords.HardToGuess"},
    {"NAME": "accounts.passwords.OfSeveralKinds"},
]
PASSWORD_HASHERS = [
    "accounts.passwords.Argon2id",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # what was kept before; made anew at the next sign-in
]
# How old a password may be before a new one is asked for. None by default, as NIST SP 800-63B advises; GB/T 22239 grade
# three asks for 90.
PASSWORD_MAX_DAYS = env.int("PASSWORD_MAX_DAYS", default=0)
# How many proxies of ours stand before the site: so many addresses at the end of X-Forwarded-For are believed.
PROXIES = env.int("PROXIES", default=1 if PRODUCTION else 0)
# Three administrators (GB/T 22239, grade three): one runs the system, one gives roles, one reads the audit trail.
SEPARATE_ADMINISTRATORS = env.bool("SEPARATE_ADMINISTRATORS", default=False)
# Who has to sign in in two steps, by role: admin,signer,… (accounts/models/memberships.py); anybody may.
TWO_FACTOR_ROLES = roles_named(env.list("TWO_FACTOR_ROLES", default=[]))
MFA_TOTP_ISSUER = "质量月"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_TOLERANCE = 1  # telephones whose clock is half a minute off
ACCOUNT_LOGIN_METHODS = {"username"}  # the pages are ours (accounts/sign_in.py): allauth keeps the rows
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
DEMONSTRATION_PASSWORD = "quality-month"  # nosec B105 # shown on purpose; opens nothing in production
# The audit trail: the key of its chain (keep it where the database's administrator does not reach), its digest (sha256,
# or sm3 where the algorithms of GB/T 32905 are asked for), and the file, best on another disk, that holds its end.
AUDIT_KEY = env("AUDIT_KEY", default=SECRET_KEY)
AUDIT_ALGORITHM = env("AUDIT_ALGORITHM", default="sha256")
AUDIT_ANCHORS = env("AUDIT_ANCHORS", default=str(VAR / "audit-anchors.txt"))
# Telephones and mail addresses go so many days after their campaign was archived, or their account shut (0: never).
PERSONAL_DATA_DAYS = env.int("PERSONAL_DATA_DAYS", default=365)
# An OpenID Connect provider of the office: how it names itself, what it knows us by, and its name on our pages.
OIDC_ISSUER = oidc_issuer(env("OIDC_ISSUER", default=""), env("OIDC_CLIENT_ID", default=""))
OIDC_CLIENT_ID, OIDC_CLIENT_SECRET = env("OIDC_CLIENT_ID", default=""), env("OIDC_CLIENT_SECRET", default="")
OIDC_NAME = env("OIDC_NAME", default="统一身份认证")
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "reports:home"
LOGOUT_REDIRECT_URL = "accounts:sign-in"

# --- what is kept where ----------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'db.sqlite3'}")}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"] = {
        # Writers queue instead of failing, readers never wait, what is committed is on the disk:
        # https://www.sqlite.org/wal.html
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
    if env("TEST_DATABASE_FILE", default=""):  # a worker process must see the test's database
        DATABASES["default"]["TEST"] = {"NAME": env("TEST_DATABASE_FILE")}
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", 600)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
# Ten seconds a day it takes the hour that is the default of a field (08:00) for the hour at which it asks.
# i18n has two modules: ours stands in for Django's on purpose.
SILENCED_SYSTEM_CHECKS = ["fields.W161", "templates.W003"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "workflow.quiet_cache.QuietRedisCache", "LOCATION": cache_url(REDIS_URL)}}
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Pages of a notice that is being written: another process of the same office may draw the page this one has set.
PREVIEWS: dict[str, Any] = {
    "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
    "LOCATION": str(VAR / "previews"),
    "OPTIONS": {"MAX_ENTRIES": 400},
}
CACHES["previews"] = CACHES["default"] if REDIS_URL else PREVIEWS
# Figures are kept by the newest line of the log, which no two processes read differently: so each keeps its own, and a
# page asks nobody for them. Few, since each is old with the next line and holds a page of the dashboard.
FIGURES: dict[str, Any] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "figures",
    "OPTIONS": {"MAX_ENTRIES": 30},
}
CACHES["figures"] = FIGURES
CACHES["previews-here"] = PREVIEWS  # while Redis is away

MEDIA = env("MEDIA", default=f"file://{VAR / 'media'}")
MEDIA_ROOT = MEDIA.removeprefix("file://") if MEDIA.startswith("file://") else ""
STORAGES = {
    "default": media_storage(MEDIA, env("S3_ENDPOINT_URL", default="")),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o640, 0o750
# Behind nginx: the internal location of MEDIA's folder; nginx then sends the files (see .env.example).
X_ACCEL_REDIRECT = env("X_ACCEL_REDIRECT", default="")
FONTS_DIR = Path(env("FONTS_DIR", default=str(VAR / "fonts")))
CHAPTERS_DIR = VAR / "chapters"
# How official documents are printed where the standard leaves it to the office.
HOUSE_STYLE = house_style(env("IMPRINT", default="last"), env("PAGE_NUMBERS", default="outside"))
# Into how many shares the chapters of a book are split for workers that have nothing else to do.
BUILD_SHARES = env.int("BUILD_SHARES", default=os.cpu_count() or 1)
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
PHOTO_MAX_BYTES = 20_000_000
UPLOAD_MAX_BYTES = 200_000_000  # a clip; whatever is larger is dropped while it arrives
FILE_UPLOAD_HANDLERS = [
    "workflow.uploads.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "workflow.uploads.RoomyTemporaryFiles",
]
# Django answers more files with a bare 400; up to here the form answers, beside the field, and what was typed stays.
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
# Looked through by ClamAV where there is one; whether files are refused or taken while it does not answer.
CLAMAV, CLAMAV_DOWN = env("CLAMAV", default=""), when_down(env("CLAMAV_DOWN", default="refuse"))
FIXTURES = BASE_DIR / "fixtures"

# --- static files ----------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
NODE = BASE_DIR / "node_modules"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap", NODE / "bootstrap" / "dist"),
    ("webauthn", NODE / "@simplewebauthn" / "browser" / "dist" / "bundle"),
]
WHITENOISE_USE_FINDERS = DEBUG

# --- language and time -----------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["qualitymonth.formats"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
TODAY_FILE = VAR / "today"
TODAY = today_set(env("TODAY", default=""), None if PRODUCTION else TODAY_FILE)

# How often one token of the interface for other systems may ask in a minute (reports/api/).
API_A_MINUTE = env.int("API_A_MINUTE", default=600)

# --- jobs: the row is the truth, the queue only a hint ---------------------------------------------
QUEUE = "qualitymonth.celery.app"
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Nothing short waits behind something long: each lane is a queue, and the Procfile says which workers serve which.
LANES = {
    "quick": (),  # mail, rescues, housekeeping: all that is named nowhere else
    "handouts": (
        "activities.hand_out",
        "activities.do_bulk",
        "activities.set_paper",
        "activities.set_slip",
        "activities.set_minutes",
        "workflow.enter_sheet",
        "workflow.write_list",
    ),
    "photos": (
        "activities.look_at_photos",
        "reports.compare_summaries",
        "reports.take_into_search",
        "reports.check_search",
        "reports.tell_systems",
    ),
    "books": (
        "reports.build_briefing",
        "reports.help_build",
        "reports.set_accepted",
        "reports.build_archive",
        "activities.pack",
        "reports.recount",
    ),
}
# Lists that go out and come in as Excel (workflow/sheets/), by the name that stands in the file.
SHEETS = {
    "units": "accounts.sheets.units.Units",
    "people": "accounts.sheets.people.People",
    "activities": "activities.programme.sheet.Activities",
    "officers": "activities.asking.officers_sheet.Officers",
    "figures": "activities.counting.sheet.Figures",
    "answers": "activities.questions.sheet.Answers",
    "summary-figures": "reports.summaries.sheet.SummaryFigures",
    "indicators": "reports.indicators.sheet.Targets",
}
# Lists of pages that go out as Excel as they are narrowed, by the name under which a worker finds them again.
LISTS = {
    "units": "accounts.register.page_before",
    "messages": "accounts.inbox.page_before",
    "owed": "activities.judging.lists.before.owed",
    "filed": "activities.judging.lists.before.filed",
    "own": "activities.judging.lists.before.own",
    "receipts": "activities.judging.lists.before.receipts",
    "summaries": "reports.summaries.grid.page_before",
    "petitions": "activities.judging.lists.before.petitions",
}
PULSE_SECONDS = 15  # so often workers and beat leave a sign of life (workflow/pulse.py)
CELERY_TASK_DEFAULT_QUEUE = "quick"
CELERY_TASK_QUEUES: dict[str, dict[str, str]] = {lane: {} for lane in LANES}
CELERY_TASK_ROUTES = {task: {"queue": lane} for lane, tasks in LANES.items() for task in tasks}
CELERY_BEAT_SCHEDULER = "qualitymonth.celery:Clock"
CELERY_BEAT_MAX_LOOP_INTERVAL = PULSE_SECONDS
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat")
CELERY_BEAT_SCHEDULE = {
    "deliver": {"task": "workflow.deliver", "schedule": 60.0, "options": {"expires": 55}},
    "forget-sessions": {"task": "accounts.forget_sessions", "schedule": 3600.0, "options": {"expires": 3000}},
    "chain-audit": {"task": "accounts.chain_audit", "schedule": 60.0, "options": {"expires": 55}},
    "sound-units": {"task": "accounts.sound_units", "schedule": 60.0, "options": {"expires": 55}},
    "anchor-audit": {"task": "accounts.anchor_audit", "schedule": 86400.0, "options": {"expires": 80000}},
    "forget-personal-data": {
        "task": "activities.forget_personal_data",
        "schedule": 86400.0,
        "options": {"expires": 80000},
    },
    "chase": {"task": "activities.chase", "schedule": 60.0, "options": {"expires": 55}},
    "rescue-papers": {"task": "activities.rescue", "schedule": 60.0, "options": {"expires": 55}},
    "discard-packages": {"task": "activities.discard_packages", "schedule": 3600.0, "options": {"expires": 3000}},
    "forget-chapters": {"task": "reports.forget_chapters", "schedule": 86400.0, "options": {"expires": 80000}},
    "forget-sent-photos": {"task": "activities.forget_sent_photos", "schedule": 600.0, "options": {"expires": 590}},
    "forget-told": {"task": "activities.forget_told", "schedule": 86400.0, "options": {"expires": 80000}},
    "rescue-sheets": {"task": "workflow.rescue", "schedule": 60.0, "options": {"expires": 55}},
    "forget-sheets": {"task": "workflow.forget_sheets", "schedule": 3600.0, "options": {"expires": 3000}},
    "sweep-files": {"task": "workflow.sweep_files", "schedule": 86400.0, "options": {"expires": 80000}},
    "compare-summaries": {"task": "reports.compare_summaries", "schedule": 60.0, "options": {"expires": 55}},
    "take-into-search": {"task": "reports.take_into_search", "schedule": 60.0, "options": {"expires": 55}},
    "check-search": {"task": "reports.check_search", "schedule": 86400.0, "options": {"expires": 80000}},
    "tell-systems": {"task": "reports.tell_systems", "schedule": 60.0, "options": {"expires": 55}},
    "forget-interface": {"task": "reports.forget_interface", "schedule": 86400.0, "options": {"expires": 80000}},
    "recount": {"task": "reports.recount", "schedule": 86400.0, "options": {"expires": 80000}},
    "fold-counts": {"task": "reports.fold", "schedule": 300.0, "options": {"expires": 290}},
    "set-accepted": {"task": "reports.set_accepted", "schedule": 60.0, "options": {"expires": 55}},
    "rescue-briefings": {"task": "reports.rescue", "schedule": 60.0, "options": {"expires": 55}},
}
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {"visibility_timeout": 3600}
else:
    BROKER_DIR = Path(env("BROKER_DIR", default=str(VAR / "broker")))
    CELERY_BROKER_URL = "filesystem://localhost"  # a host name only to keep kombu quiet
    CELERY_BROKER_TRANSPORT_OPTIONS = folder_broker.ready(BROKER_DIR)

# --- mail ------------------------------------------------------------------------------------------
vars().update(mail_settings(env.email_url("EMAIL_URL", default="dummymail://")))
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="quality-month@localhost")
MAIL_A_MINUTE = env.int("MAIL_A_MINUTE", default=0)
# Where mails go that cannot be delivered, and where they are read (workflow/channels/returns/).
MAIL_RETURNS_TO = returns_to(env("MAIL_RETURNS_TO", default=""))
RETURNS_URL = returns_url(env("RETURNS_URL", default=""))
if RETURNS_URL:
    CELERY_BEAT_SCHEDULE["read-returns"] = {
        "task": "workflow.read_returns",
        "schedule": 300.0,
        "options": {"expires": 290},
    }
# Webhooks of the offices: see workflow/channels/webhook.py.
WEBHOOK_ALLOWED_HOSTS = env.list("WEBHOOK_ALLOWED_HOSTS", default=[])
WEBHOOKS = webhooks(env, WEBHOOK_ALLOWED_HOSTS)

# --- whether all is well ----------------------------------------------------------------------------
MONITORING_TOKEN = env("MONITORING_TOKEN", default="")
# Who reads the figures for Prometheus at /metrics: addresses, networks, or "token" for MONITORING_TOKEN. Empty: nobody,
# and nothing is counted.
METRICS_FROM = measured_from(env.list("METRICS_FROM", default=[]))
DISK_FREE_MB = env.int("DISK_FREE_MB", default=500)
BACKUP_HOURS = env.int("BACKUP_HOURS", default=0)

# --- closed doors ----------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [NONCE],  # a file somebody sent is no script, though it has our address
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
    }
}
# A session ends when nothing was done for so long, and so long after signing in whatever was done (seconds). The cookie
# goes when the browser is closed.
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = env.int("SESSION_IDLE_MINUTES", default=120) * 60
SESSION_LONGEST = env.int("SESSION_LONGEST_HOURS", default=12) * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True  # no script of ours reads a cookie
LANGUAGE_COOKIE_SAMESITE = "Lax"
# Browsers take a cookie of such a name from this host only, and over HTTPS only: no neighbour under the same domain can
# set one (https://www.rfc-editor.org/rfc/rfc6265#section-4.1.2, RFC 6265bis).
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}django_language"
MESSAGE_STORAGE = "accounts.said_once.SaidOnce"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"

# Lines for people, or JSON for what gathers logs (qualitymonth/log_lines.py).
LOG_FORMAT = log_format(env("LOG_FORMAT", default="json" if PRODUCTION else "line"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "qualitymonth.log_lines.JsonLines"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "qualitymonth": {"level": "INFO"},
        "django.request": {"level": "ERROR"},  # the rest: qualitymonth.requests
        "celery.app.trace": {"level": "CRITICAL"},  # qualitymonth.jobs says it without what the task was given
        "fontTools": {"level": "ERROR"},  # subsetting tables are of no interest to an office
    },
}
