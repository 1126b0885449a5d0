"""What the environment decides, read once: see ``.env.example`` for every name."""

import re
import secrets
from base64 import b64decode
from datetime import date
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from documents.outline import HouseStyle
from workflow.channels.hook import Hook

ROLES = {"staff", "signer", "liaison", "head", "leader", "admin", "security", "auditor"}
IMPRINTS, PAGE_NUMBERS = ("last", "even"), ("outside", "centre", "none")
TOKEN = "token"  # nosec B105 # a word of the settings
SECONDS_FOR_MAIL = 60
"""For each answer of the mail server."""
MARKED_LOCAL = 20
"""Before the @ of the address for returned mail, so that with its mark it stays below 64 octets (RFC 5321)."""
MESSAGES = {
    "reminders": ("reminder",),
    "questions": ("question",),
    "slips": ("slip", "slips"),
    "notices": ("issued", "closed", "task", "day"),
    "answers": ("assignment", "petition", "entry"),
}
"""Which messages a webhook may be for: how their keys begin. Answers are those of the office to what was filed."""
LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "testserver"}


def is_exposed(hosts: list[str]) -> bool:
    """Whether anybody but this machine can reach the site: then it is production.

    Arguments: the allowed host names. Returns: True when one of them is not loopback.
    """
    return not set(hosts) <= LOOPBACK


def secret_key(given: str, exposed: bool, var: Path) -> str:
    """The secret key: given by the environment, or (on loopback only) made once and kept.

    Arguments: the value of SECRET_KEY, whether the site is exposed, the folder for generated files.
    Returns: the key. Raises: ImproperlyConfigured in production without a key of its own.
    """
    if exposed and (len(given) < 40 or given.startswith("change-me")):
        raise ImproperlyConfigured(
            "SECRET_KEY: production needs a key of its own, at least 40 characters "
            '(python -c "import secrets; print(secrets.token_urlsafe(50))").'
        )
    return given or kept_secret(var / "secret_key")


def kept_secret(path: Path) -> str:
    """A random key kept in a file only its owner reads; made at first need."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def today_set(given: str, path: Path | None) -> date | None:
    """The day the clock is set to, for a campaign of a past year; None: the real day.

    Arguments: the value of TODAY (ISO date); the file in which ``seed`` leaves its day, None where it has no say.
    Raises: ImproperlyConfigured when it is no date.
    """
    text = given or (path.read_text().strip() if path and path.exists() else "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ImproperlyConfigured(f"TODAY: {text!r} is no date like 2015-09-20.") from error


def site_url(given: str, hosts: list[str], https: bool) -> str:
    """The address of the site in mails and messages, for readers who are elsewhere.

    Arguments: the value of SITE_URL; the allowed host names, of which the first that is one host is the default;
    whether it is reached by HTTPS. Returns: no slash at its end; empty when it is not known.
    Raises: ImproperlyConfigured for anything but http(s)://host, perhaps with a port.
    """
    named = [host for host in hosts if host not in LOOPBACK and not host.startswith((".", "*"))]
    if not given:
        return f"http{'s' * https}://{named[0]}" if named else "" if is_exposed(hosts) else "http://127.0.0.1:8000"
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ImproperlyConfigured(f"SITE_URL: {given!r} is not https://host, with a port where it needs one.")
    return f"{parts.scheme}://{parts.netloc}"


def mail_settings(found: dict[str, Any]) -> dict[str, Any]:
    """Django's settings for mail. Arguments: what EMAIL_URL says. Returns: the same, by our SMTP, with patience."""
    django_s = found["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    ours = {"EMAIL_BACKEND": "workflow.channels.post.EmailBackend"} if django_s else {}
    return {"EMAIL_TIMEOUT": SECONDS_FOR_MAIL, **found, **ours}


def returns_to(given: str) -> str:
    """Where mails go that cannot be delivered; empty: to the sender. Raises: ImproperlyConfigured for no address."""
    local, _at, domain = given.rpartition("@")
    if given and (not local or not domain or len(local) > MARKED_LOCAL or set(given) & set("<> \t")):
        raise ImproperlyConfigured(
            f"MAIL_RETURNS_TO: {given!r} is not returns@example.com, or returns+@example.com with at most "
            f"{MARKED_LOCAL} signs before the @."
        )
    return given


def returns_url(given: str) -> str:
    """Where mails that came back are read; empty: nowhere.

    Raises: ImproperlyConfigured for anything but imaps://account:password@host/folder and maildir:///folder; imap://,
    which shows the password to the network, is for this machine.
    """
    at = urlsplit(given)
    reached = at.scheme == "imaps" or (at.scheme == "imap" and at.hostname in LOOPBACK)
    mailbox = reached and at.hostname and at.username and at.password
    if given and not mailbox and not (at.scheme == "maildir" and not at.netloc and at.path.startswith("/")):
        raise ImproperlyConfigured(
            "RETURNS_URL: not imaps://account:password@host/INBOX (what is no letter or digit as %40) or "
            "maildir:///folder."
        )
    return given


def webhooks(env: Any, allowed: list[str]) -> dict[str, Hook]:
    """Where letters go as JSON, by name: WEBHOOK_URL with what belongs to it, and each that WEBHOOKS names.

    Arguments: the environment; the hosts that may be in the house. Raises: ImproperlyConfigured.
    """
    found = {"webhook": "WEBHOOK"} if env("WEBHOOK_URL", default="") else {}
    for name in env.list("WEBHOOKS", default=[]):
        if not re.fullmatch(r"[a-z][a-z0-9]{1,9}", name) or name in ("mail", "webhook"):
            raise ImproperlyConfigured(
                f"WEBHOOKS: {name!r} is no name like wecom or sms, of two to ten small letters and digits."
            )
        found[name] = f"WEBHOOK_{name.upper()}"
    return {name: webhook(name, begins, env, allowed) for name, begins in found.items()}


def webhook(name: str, begins: str, env: Any, allowed: list[str]) -> Hook:
    """One of them. Arguments: its name; how its settings begin. Raises: ImproperlyConfigured."""
    chosen = env.list(f"{begins}_MESSAGES", default=[])
    if unknown := set(chosen) - set(MESSAGES):
        raise ImproperlyConfigured(f"{begins}_MESSAGES: {', '.join(sorted(unknown))} is none of {', '.join(MESSAGES)}.")
    return Hook(
        name=name,
        url=webhook_url(env(f"{begins}_URL", default=""), allowed, f"{begins}_URL"),
        secret=webhook_secret(env(f"{begins}_SECRET", default=""), f"{begins}_SECRET"),
        label=env(f"{begins}_LABEL", default=""),
        a_minute=env.int(f"{begins}_A_MINUTE", default=0),
        offices=tuple(each.strip() for each in env.list(f"{begins}_OFFICES", default=[])),
        keys=tuple(key for each in chosen for key in MESSAGES[each]),
        setting=f"{begins}_URL",
    )


def webhook_url(given: str, allowed: list[str], setting: str = "WEBHOOK_URL") -> str:
    """Where letters go as JSON.

    Arguments: the value of a setting; the hosts that may be in the house; which setting. Raises: ImproperlyConfigured
    for an address that is none, or that takes letters over the open network unencrypted.
    """
    address = urlsplit(given)
    if address.hostname and address.scheme == "https":
        return given
    if address.hostname and address.scheme == "http" and address.hostname in [each.lower() for each in allowed]:
        return given
    raise ImproperlyConfigured(
        f"{setting}: {given!r} is not https://…; http:// is for a host of your own, named in WEBHOOK_ALLOWED_HOSTS."
    )


def webhook_secret(given: str, setting: str = "WEBHOOK_SECRET") -> str:
    """What letters are signed with, as Standard Webhooks writes it. Raises: ImproperlyConfigured for too little."""
    try:
        key = b64decode(given.removeprefix("whsec_"), validate=True) if given.startswith("whsec_") else b""
    except ValueError:
        key = b""
    if len(key) < 24:
        raise ImproperlyConfigured(
            f"{setting}: whsec_ and at least 24 bytes in base64 (echo whsec_$(openssl rand -base64 32))."
        )
    return given


def media_storage(media: str, endpoint: str) -> dict[str, Any]:
    """Where uploaded and printed files are kept.

    Arguments: the value of MEDIA (``file:///folder`` or ``s3://bucket``); the S3 endpoint, empty for the default.
    Returns: the entry for STORAGES. Raises: ImproperlyConfigured for any other address.
    """
    kind, _sep, place = media.partition("://")
    if kind == "file" and place:
        return {"BACKEND": "workflow.kept_files.KeptOnDisk"}
    if kind == "s3" and place:
        options = {"bucket_name": place, "querystring_auth": True, "file_overwrite": False}
        return {
            "BACKEND": "workflow.bucket.KeptInBucket",
            "OPTIONS": options | ({"endpoint_url": endpoint} if endpoint else {}),
        }
    raise ImproperlyConfigured(f"MEDIA: {media!r} is neither file:///folder nor s3://bucket.")


def house_style(imprint: str, numbers: str) -> HouseStyle:
    """How this office prints where the standard leaves it free: where the imprint stands, where pages are numbered.

    Raises: ImproperlyConfigured for anything but the words of HouseStyle.
    """
    for name, given, words in (("IMPRINT", imprint, IMPRINTS), ("PAGE_NUMBERS", numbers, PAGE_NUMBERS)):
        if given not in words:
            raise ImproperlyConfigured(f"{name}: {given!r} is none of {', '.join(words)}.")
    return HouseStyle(imprint, numbers)  # type: ignore[arg-type]


def log_format(given: str) -> str:
    """How the log is written. Raises: ImproperlyConfigured for other words."""
    if given not in ("line", "json"):
        raise ImproperlyConfigured(f"LOG_FORMAT: {given!r} is neither line nor json.")
    return given


def when_down(given: str) -> str:
    """What happens to files while the virus scanner does not answer. Raises: ImproperlyConfigured for other words."""
    if given not in ("refuse", "take"):
        raise ImproperlyConfigured(f"CLAMAV_DOWN: {given!r} is neither refuse nor take.")
    return given


def oidc_issuer(given: str, client: str) -> str:
    """The provider through which people may sign in; empty: none.

    Raises: ImproperlyConfigured for one that is not reached by HTTPS (but on loopback), or that would not know us.
    """
    if not given:
        return ""
    address = urlsplit(given)
    if address.scheme != "https" and address.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise ImproperlyConfigured(
            f"OIDC_ISSUER: {given!r} is not https://…; whoever is between could sign in as anybody."
        )
    if not client:
        raise ImproperlyConfigured("OIDC_CLIENT_ID: the provider has to know this site by it.")
    return given


def roles_named(given: list[str]) -> list[str]:
    """Who has to sign in in two steps. Raises: ImproperlyConfigured: a role misspelt would be one that need not."""
    if unknown := set(given) - ROLES:
        raise ImproperlyConfigured(
            f"TWO_FACTOR_ROLES: {', '.join(sorted(unknown))} is no role; there are {sorted(ROLES)}."
        )
    return given


def measured_from(given: list[str]) -> list[Any]:
    """Who may read the figures for Prometheus: networks, and the word ``token`` for whoever brings MONITORING_TOKEN.

    Raises: ImproperlyConfigured for anything else.
    """
    try:
        return [each if each == TOKEN else ip_network(each) for each in given]
    except ValueError as error:
        raise ImproperlyConfigured(f"METRICS_FROM: {error}; 127.0.0.1, 10.1.0.0/16 or token.") from error


def cache_url(redis: str) -> str:
    """The Redis database of the cache: the one after the queue's, so that emptying the cache loses no job.

    Arguments: the value of REDIS_URL (redis://host:port/number). Returns: the same with the next number.
    """
    server, _sep, number = redis.rstrip("/").rpartition("/")
    return f"{server}/{int(number) + 1}" if number.isdecimal() else f"{redis.rstrip('/')}/1"
