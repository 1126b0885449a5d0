"""What ``manage.py doctor`` asks beside the parts of ``/readyz``: what was installed, and how it was set."""

import ctypes.util
import re
import shutil
from collections.abc import Callable
from datetime import timedelta
from importlib import metadata
from pathlib import Path

from django.conf import settings
from django.core.checks import WARNING, run_checks
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.duties import needed, two_duties
from accounts.models import Membership, User
from documents.counts import thousands
from qualitymonth.parts import PARTS, Unwell
from workflow import virus_scan
from workflow.channels.channel import MAIL, Failure
from workflow.channels.returns import mailbox
from workflow.channels.sending import channels

LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
SKEW = timedelta(seconds=30)
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\n]+)", re.M)


def packages() -> None:
    """Whether exactly the pinned Python packages are installed. Raises: Unwell."""
    wanted = dict(PINNED.findall((settings.BASE_DIR / "requirements.txt").read_text()))
    wrong = sorted(name for name, version in wanted.items() if installed(name) != version)
    if wrong:
        said = _("Missing or of another version: %(names)s. Run: pip install -r requirements.txt")
        raise Unwell(said % {"names": ", ".join(wrong)})


def installed(name: str) -> str:
    """The version of a package; empty when it is not there."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def libraries() -> None:
    """Whether the libraries that set a page, and the programs for backups, are there. Raises: Unwell."""
    missing = [f"lib{name}" for name in LIBRARIES if not ctypes.util.find_library(name)]
    programs = ("pg_dump", "pg_restore") if connection.vendor == "postgresql" else ()
    missing += [name for name in ("fc-list", *programs) if not shutil.which(name)]
    if missing:
        said = _(
            "Missing: %(names)s. Run as root: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 "
            "fontconfig postgresql-client"
        )
        raise Unwell(said % {"names": ", ".join(missing)})


def built_files() -> None:
    """Whether catalogues are compiled and static files collected. Raises: Unwell."""
    catalogues = (settings.BASE_DIR / "locale").glob("*/LC_MESSAGES/django.po")
    if not all(each.with_suffix(".mo").exists() for each in catalogues):
        raise Unwell(_("The Chinese catalogue is not compiled. Run: python manage.py compilemessages -i .venv"))
    if not (Path(settings.STATIC_ROOT) / "theme.css").exists():
        raise Unwell(_("The static files are not collected. Run: python manage.py collectstatic --noinput"))


def migrations() -> None:
    """Whether the database is of this version. Raises: Unwell."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error as error:
        raise Unwell(_("Unknown while the database does not answer.")) from error
    if waiting:
        said = _("%(number)s migrations are not applied. Make a backup, then run: python manage.py migrate")
        raise Unwell(said % {"number": thousands(len(waiting))})


def mail() -> None:
    """Whether the mail server takes us; without one the inbox on the site tells everything. Raises: Unwell."""
    ask(MAIL, _("The mail server does not take us (%(why)s). Look at EMAIL_URL."))
    if settings.PRODUCTION and not settings.SITE_URL:
        raise Unwell(_("Mails name no page of the site, as its address is not known. Set SITE_URL."))


def returned_mail() -> None:
    """Whether the mailbox can be read to which mail comes back, where one is named. Raises: Unwell."""
    try:
        mailbox.try_out()
    except mailbox.Closed as closed:
        said = _("Mail that comes back cannot be read (%(why)s). Look at RETURNS_URL.")
        raise Unwell(said % {"why": closed}) from closed


def webhooks() -> None:
    """Whether each address that gets letters takes us. Raises: Unwell with all that do not."""
    wrong = []
    for hook in settings.WEBHOOKS.values():
        said = _("The address that gets letters does not take us (%(why)s). Look at WEBHOOK_URL.")
        try:
            ask(hook.name, said.replace("WEBHOOK_URL", hook.setting))
        except Unwell as unwell:
            wrong.append(str(unwell))
    if wrong:
        raise Unwell(" · ".join(wrong))


def offices_of_webhooks() -> None:
    """Whether there is every office that a webhook is for. Raises: Unwell."""
    for hook in settings.WEBHOOKS.values():
        if nobody := [each for each in hook.offices if not User.objects.of_offices([each]).exists()]:
            said = _("Nobody is of: %(names)s. Write the name of the office as the page “Units” has it: %(setting)s.")
            raise Unwell(said % {"names": "、".join(nobody), "setting": hook.setting.replace("_URL", "_OFFICES")})


def ask(name: str, said: str) -> None:
    """Try out a channel in use; no letter is sent. Arguments: its name; what to say when it fails. Raises: Unwell."""
    channel = channels()[name]
    try:
        if channel.is_on():
            channel.try_out()
    except Failure as failure:
        raise Unwell(said % {"why": failure.said}) from failure


def secrets() -> None:
    """Whether the file of settings is closed to others. Raises: Unwell."""
    path = settings.BASE_DIR / ".env"
    if path.exists() and path.stat().st_mode & 0o007:
        raise Unwell(_("Everybody on this machine can read %(path)s. Run: chmod 640 %(path)s") % {"path": path})


def deployment() -> None:
    """Whether the settings are those of a site that others reach: HTTPS, cookies, keys. Raises: Unwell."""
    if not settings.PRODUCTION:
        return
    found = [f"{each.id} {each.msg}" for each in run_checks(include_deployment_checks=True) if each.level >= WARNING]
    if not settings.HTTPS:
        found.append(_("HTTPS is off: passwords go over the network for everybody to read. Set HTTPS=on behind nginx."))
    if settings.TODAY:
        found.append(_("TODAY is set: every deadline is judged by %(day)s. Take it out.") % {"day": settings.TODAY})
    if found:
        raise Unwell(" · ".join(found))


def clock() -> None:
    """Whether this machine and the database tell the same time. Raises: Unwell."""
    if connection.vendor != "postgresql":
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            away = abs(cursor.fetchone()[0] - timezone.now())
    except Error as error:
        raise Unwell(_("Unknown while the database does not answer.")) from error
    if away > SKEW:
        said = _("The clocks of this machine and of the database are %(seconds)s seconds apart. Set them by NTP.")
        raise Unwell(said % {"seconds": thousands(int(away.total_seconds()))})


def administrators() -> None:
    """Whether somebody holds each of the administrators' roles. Raises: Unwell."""
    try:
        held = set(Membership.objects.held_now().filter(user__is_active=True).values_list("role", flat=True))
    except Error as error:
        raise Unwell(_("Unknown while the database does not answer.")) from error
    if missing := [str(role.label) for role in needed() if role not in held]:
        said = _("Nobody is: %(roles)s. Name one on the page “People”, the first by manage.py first_administrator.")
        raise Unwell(said % {"roles": ", ".join(missing)})
    if twice := list(two_duties()):
        said = _("Nobody may administer in two ways at once: %(people)s. Take one role away on the page “People”.")
        raise Unwell(said % {"people": ", ".join(map(str, twice))})


def virus_scanner() -> None:
    """Whether ClamAV answers, where files are looked through. Raises: Unwell."""
    if virus_scan.state() == "down":
        said = _("The virus scanner does not answer at %(place)s. Start clamav-daemon, or take CLAMAV out.")
        raise Unwell(said % {"place": settings.CLAMAV})


QUESTIONS: dict[str, Callable[[], None]] = {
    "packages": packages,
    "libraries": libraries,
    "built files": built_files,
    "settings": deployment,
    "secrets": secrets,
    **PARTS,
    "migrations": migrations,
    "administrators": administrators,
    "clock": clock,
    "mail": mail,
    "returned mail": returned_mail,
    "webhook": webhooks,
    "offices of webhooks": offices_of_webhooks,
    "virus scanner": virus_scanner,
}
