"""What production refuses to start on, and what the environment decides."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from documents.outline import HouseStyle
from qualitymonth.environment import (
    house_style,
    is_exposed,
    kept_secret,
    media_storage,
    secret_key,
    site_url,
    today_set,
    webhook_secret,
    webhook_url,
)
from workflow.channels.hook import Hook

TOP = Path(settings.BASE_DIR)
KEY = "k" * 40
PRODUCTION = {"ALLOWED_HOSTS": "quality.example.com", "SECRET_KEY": KEY, "DEBUG": "off"}
SHOWN = "from django.conf import settings as s; print(s.DEBUG, s.SESSION_COOKIE_SECURE, s.SECURE_SSL_REDIRECT)"


COOKIES = (
    "from django.conf import settings as s; from accounts.said_once import HostCookie as c;"
    "from accounts.brakes import cookie_of;"
    "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.LANGUAGE_COOKIE_NAME, c.cookie_name, cookie_of('a'))"
)


def started(shown: str = SHOWN, **environment: str) -> tuple[int, str]:
    """Exit code and last line of a process that loads the settings."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    kept |= {"DJANGO_SETTINGS_MODULE": "qualitymonth.settings", "DATABASE_URL": "sqlite://:memory:"}
    kept |= {"REDIS_URL": "redis://127.0.0.1:1/0", "HTTPS": "", "MEDIA": "file:///tmp", "TODAY": ""} | environment
    kept = {name: value for name, value in kept.items() if value or name in environment}
    done = subprocess.run([sys.executable, "-c", shown], cwd=TOP, env=kept, capture_output=True, text=True)
    return done.returncode, (done.stdout or done.stderr).strip().splitlines()[-1]


def test_production_starts_closed() -> None:
    """A host name that is not loopback is production: no DEBUG, cookies and pages over HTTPS only."""
    assert started(**PRODUCTION) == (0, "False True True")


def test_in_production_every_cookie_is_of_this_host_only() -> None:
    setup = f"import django; django.setup(); {COOKIES}"
    code, names = started(setup, **PRODUCTION)
    assert (code, [name.startswith("__Host-") for name in names.split()]) == (0, [True] * 5), names


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY: production needs a key of its own"),
        ({"SECRET_KEY": "k" * 39}, "SECRET_KEY: production needs a key of its own"),
        ({"SECRET_KEY": "change-me-" + KEY}, "SECRET_KEY: production needs a key of its own"),
        ({"DEBUG": "on"}, "DEBUG: production does not start with DEBUG on."),
        ({"ALLOWED_HOSTS": "localhost,quality.example.com", "DEBUG": "on"}, "DEBUG: production does not start"),
        ({"TODAY": "20 September"}, "TODAY: '20 September' is no date like 2015-09-20."),
        ({"MEDIA": "ftp://files"}, "MEDIA: 'ftp://files' is neither file:///folder nor s3://bucket."),
        ({"RETURNS_URL": "imap://a:b@mail.example.com/INBOX"}, "RETURNS_URL: not imaps://account:password@host/INBOX"),
        ({"MAIL_RETURNS_TO": "returns"}, "MAIL_RETURNS_TO: 'returns' is not returns@example.com"),
        ({"WEBHOOK_URL": "https://gateway.example.com/"}, "WEBHOOK_SECRET: whsec_ and at least 24 bytes"),
        ({"WEBHOOKS": "sms"}, "WEBHOOK_SMS_URL: '' is not https://"),
        ({"WEBHOOKS": "short messages"}, "WEBHOOKS: 'short messages' is no name like wecom or sms"),
        ({"WEBHOOKS": "mail"}, "WEBHOOKS: 'mail' is no name like wecom or sms"),
        (
            {"WEBHOOKS": "sms", "WEBHOOK_SMS_URL": "https://a.example.com/", "WEBHOOK_SMS_MESSAGES": "reminder"},
            "WEBHOOK_SMS_MESSAGES: reminder is none of reminders, questions",
        ),
    ],
)
def test_production_refuses_to_start(changed: dict[str, str], words: str) -> None:
    code, last = started(**PRODUCTION | changed)
    assert (code, words in last) == (1, True), last


def test_the_example_of_the_environment_is_no_secret_anybody_starts_with() -> None:
    lines = (TOP / ".env.example").read_text().splitlines()
    given = next(line.partition("=")[2].strip() for line in lines if line.lstrip("# ").startswith("SECRET_KEY="))
    with pytest.raises(ImproperlyConfigured):
        secret_key(given, exposed=True, var=TOP)


@pytest.mark.parametrize(
    ("hosts", "exposed"),
    [
        ([], False),
        (["localhost", "127.0.0.1", "[::1]"], False),
        (["localhost", "192.168.1.5"], True),
        (["*"], True),
        (["0.0.0.0"], True),
        ([".example.com"], True),
    ],
)
def test_whoever_others_can_reach_is_production(hosts: list[str], exposed: bool) -> None:
    assert is_exposed(hosts) is exposed


@pytest.mark.parametrize(
    ("given", "hosts", "address"),
    [
        ("", ["localhost"], "http://127.0.0.1:8000"),
        ("", ["localhost", ".example.com", "quality.example.com"], "https://quality.example.com"),
        ("", [".example.com"], ""),
        ("http://10.1.0.7:8080/", [".example.com"], "http://10.1.0.7:8080"),
    ],
)
def test_mails_name_the_site_by_the_address_given_or_the_first_host(given: str, hosts: list[str], address: str) -> None:
    assert site_url(given, hosts, https=True) == address


@pytest.mark.parametrize("given", ["quality.example.com", "https://", "https://host/below", "javascript:alert(1)"])
def test_any_other_address_of_the_site_is_refused(given: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SITE_URL"):
        site_url(given, [], https=True)


@pytest.mark.parametrize(
    "url", ["http://gateway.example.com/", "gateway.example.com", "https:///letters", "ftp://a.b/"]
)
def test_letters_go_to_others_only_over_https(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="WEBHOOK_URL"):
        webhook_url(url, ["another.example.com"])


def test_to_a_host_of_the_house_they_may_go_as_they_are() -> None:
    assert webhook_url("http://Gateway.office:8080/letters", ["gateway.office"]) == "http://Gateway.office:8080/letters"


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_c2hvcnQ=", "whsec_no base64", "a" * 40])
def test_what_signs_letters_is_no_word_anybody_guesses(secret: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="WEBHOOK_SECRET"):
        webhook_secret(secret)


def test_on_loopback_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first, second = (secret_key("", exposed=False, var=tmp_path / "var") for _ in range(2))
    assert (first, len(first) >= 40) == (second, True)
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert kept_secret(tmp_path / "other") != first
    assert secret_key("given", exposed=False, var=tmp_path) == "given"


def test_the_day_comes_from_the_environment_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / "today"
    assert today_set("", file) is None
    file.write_text("2015-09-20\n")
    assert (today_set("", file), today_set("2015-10-01", file)) == (date(2015, 9, 20), date(2015, 10, 1))


def test_files_live_on_disk_or_in_a_bucket() -> None:
    disk = media_storage("file:///srv/media", "")
    assert disk == {"BACKEND": "workflow.kept_files.KeptOnDisk"}  # the folder is MEDIA_ROOT
    bucket = media_storage("s3://quality", "https://files.example.com")
    assert (bucket["BACKEND"], bucket["OPTIONS"]["bucket_name"], bucket["OPTIONS"]["endpoint_url"]) == (
        "workflow.bucket.KeptInBucket", "quality", "https://files.example.com",
    )  # fmt: skip
    assert "endpoint_url" not in media_storage("s3://quality", "")["OPTIONS"]


@pytest.mark.parametrize("media", ["", "file://", "s3://", "/srv/media", "http://files"])
def test_any_other_place_is_refused(media: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="MEDIA"):
        media_storage(media, "")


def test_the_checks_of_django_find_nothing() -> None:
    known = {"staticfiles.W004", *settings.SILENCED_SYSTEM_CHECKS}  # the first: npm's folders, fetched by set-up
    found = [each.msg for each in run_checks() if each.id not in known]
    assert found == []


def test_the_style_of_the_house_is_said_in_known_words():
    assert house_style("even", "centre") == HouseStyle("even", "centre")
    assert HouseStyle() == settings.HOUSE_STYLE
    with pytest.raises(ImproperlyConfigured, match="IMPRINT: 'foot' is none of last, even"):
        house_style("foot", "none")
    with pytest.raises(ImproperlyConfigured, match="PAGE_NUMBERS"):
        house_style("last", "")


GATEWAYS = {
    "WEBHOOK_URL": "https://gateway.example.com/",
    "WEBHOOK_SECRET": "whsec_" + "A" * 32,
    "WEBHOOK_A_MINUTE": "20",
    "WEBHOOKS": "sms",
    "WEBHOOK_SMS_URL": "https://sms.example.com/",
    "WEBHOOK_SMS_SECRET": "whsec_" + "B" * 32,
    "WEBHOOK_SMS_LABEL": "短信",
    "WEBHOOK_SMS_OFFICES": "市质量强市办,区质量强区办",
    "WEBHOOK_SMS_MESSAGES": "reminders,slips",
}


def test_the_one_webhook_of_before_stays_as_it_is_and_others_stand_beside_it_with_their_own_keys() -> None:
    shown = "from django.conf import settings; print(*settings.WEBHOOKS.values(), sep=' | ')"
    code, words = started(shown, **GATEWAYS)
    assert (code, words.split(" | ")) == (
        0,
        [
            repr(Hook("webhook", "https://gateway.example.com/", "whsec_" + "A" * 32, a_minute=20)),
            repr(
                Hook(
                    "sms",
                    "https://sms.example.com/",
                    "whsec_" + "B" * 32,
                    "短信",
                    offices=("市质量强市办", "区质量强区办"),
                    keys=("reminder", "slip", "slips"),
                    setting="WEBHOOK_SMS_URL",
                )
            ),
        ],
    )


def test_returned_mail_is_asked_for_by_beat_where_a_place_is_named() -> None:
    shown = "from django.conf import settings; print(settings.CELERY_BEAT_SCHEDULE.get('read-returns', {}).get('task'))"
    assert started(shown)[1] == "None"
    url = "imaps://returns%40example.com:word@imap.example.com/INBOX"
    assert started(shown, RETURNS_URL=url) == (0, "workflow.read_returns")
