"""What doctor says of a machine on which something is missing."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import Role
from qualitymonth import doctor
from tests.cast import person, unit
from workflow import pulse
from workflow.channels.hook import Hook

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def well(settings, media, tmp_path):
    """A machine on which all is well."""
    (tmp_path / "theme.css").touch()
    settings.STATIC_ROOT = str(tmp_path)
    pulse.beat(*settings.LANES, "beat")
    person("admin", (unit("Office"), Role.ADMIN))


def said(*arguments):
    """Exit code, and what is not well."""
    out = StringIO()
    try:
        call_command("doctor", *arguments, stdout=out)
        code = 0
    except SystemExit as ended:
        code = ended.code
    lines = out.getvalue().splitlines()
    assert len(lines) == len(doctor.QUESTIONS)
    return code, [line[2:] for line in lines if line.startswith("✗")]


def test_a_machine_on_which_all_is_well():
    assert said() == (0, [])


def test_what_is_missing_is_said_with_the_way_out_in_both_languages(settings, monkeypatch):
    settings.STATIC_ROOT = "/nowhere"
    monkeypatch.setattr(doctor, "installed", lambda name: "" if name == "redis" else doctor.metadata.version(name))
    english = (
        1,
        [
            "packages: Missing or of another version: redis. Run: pip install -r requirements.txt",
            "built files: The static files are not collected. Run: python manage.py collectstatic --noinput",
        ],
    )
    assert said("--language", "en") == english
    code, chinese = said()
    assert (code, "缺少或版本不符：redis" in chinese[0], "pip install" in chinese[0]) == (1, True, True)


def test_a_virus_scanner_that_is_down_is_named(settings):
    settings.CLAMAV = "unix:///nowhere/clamd.ctl"
    assert said("--language", "en")[1] == [
        "virus scanner: The virus scanner does not answer at unix:///nowhere/clamd.ctl. Start clamav-daemon, or take "
        "CLAMAV out."
    ]


def test_a_production_without_https_and_with_another_day_is_named(settings):
    settings.PRODUCTION, settings.HTTPS, settings.TODAY = True, False, date(2015, 9, 20)
    code, found = said("--language", "en")
    assert (code, len(found)) == (1, 1)
    for words in ("security.W004", "HTTPS is off", "TODAY is set: every deadline is judged by 2015-09-20"):
        assert words in found[0]


def test_a_mail_server_that_is_away_and_open_secrets_are_named(settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "workflow.channels.post.EmailBackend", "127.0.0.1"
    settings.WEBHOOKS = {"sms": Hook("sms", "https://127.0.0.1:1/", "whsec_", setting="WEBHOOK_SMS_URL")}
    settings.EMAIL_PORT = 1
    settings.BASE_DIR, old = tmp_path, settings.BASE_DIR
    (tmp_path / "requirements.txt").write_text((old / "requirements.txt").read_text())
    (tmp_path / ".env").touch(mode=0o644)
    code, found = said("--language", "en")
    assert (code, [line.partition(":")[0] for line in found]) == (1, ["secrets", "mail", "webhook"])
    assert f"chmod 640 {tmp_path}/.env" in found[0]
    assert "Look at WEBHOOK_SMS_URL." in found[2]


def test_a_mailbox_of_returned_mail_that_cannot_be_read_is_named(settings, tmp_path):
    settings.RETURNS_URL = f"maildir://{tmp_path}/returns"
    assert said("--language", "en")[1] == [
        f"returned mail: Mail that comes back cannot be read (No such file or directory: {tmp_path}/returns/new). "
        "Look at RETURNS_URL."
    ]
    (tmp_path / "returns" / "new").mkdir(parents=True)
    assert said("--language", "en")[0] == 0


def test_a_webhook_for_an_office_nobody_knows_is_named(settings, monkeypatch):
    monkeypatch.setattr(doctor, "ask", lambda *_asked: None)
    settings.WEBHOOKS = {
        "sms": Hook("sms", "https://127.0.0.1:1/", "whsec_", offices=("Office", "Offise"), setting="WEBHOOK_SMS_URL")
    }
    assert said("--language", "en")[1] == [
        "offices of webhooks: Nobody is of: Offise. Write the name of the office as the page “Units” has it: "
        "WEBHOOK_SMS_OFFICES."
    ]
