"""The check before issue: everything that is wrong or doubtful with a notice, all at once.

What must not go out blocks; the rest can be let pass with a remark, which stays with the notice.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

import documents
from accounts.models import Role, User
from activities.adopting.coverage import findings_from_above
from activities.asking.annex_check import annex_findings
from activities.asking.deadlines import Deadline, deadlines, said
from activities.asking.demands_check import demands
from activities.asking.earlier_words import last_years_words
from activities.asking.empty_groups import asked_of_nobody
from activities.asking.handing_out import RESPONSIBLE, WITH_ACTIVITIES, DueDates, asked_by
from activities.asking.proposed_days import proposed_due
from activities.burden.check import burdens
from activities.finding import SHOWN, Finding, in_short, mark, place
from activities.models import Activity, GroupParticipation, Participation
from activities.printing.notice_document import Spoilt, notice_paper
from campaigns.models import DocumentNumber, Notice, NoticeKind, NumberSeries, Saying, WavedFinding
from campaigns.near_quotations import bare, differs_by_little
from campaigns.states import JointState, NoticeState
from documents.counts import so_many, thousands
from documents.outline import Document
from workflow import clock
from workflow.models import MoveRefused
from workflow.once import put_once
from workflow.pages import label
from workflow.workdays import working_days

TITLE_LENGTH = 2 * 22
"""Characters of two lines of a title; Latin letters and digits count half."""
NUMERALS = "零一二三四五六七八九十"
BODIES = re.compile(r"等\s*(\d{1,2}|[二三四五六七八九十]{1,2})\s*(?:个)?(?:部门|单位|家|委|厅|局)")


def findings(notice: Notice, due: DueDates | None = None, on: date | None = None) -> list[Finding]:
    """Everything the check finds, what blocks first.

    Arguments: the notice; the days set on the issue page, if any yet; the day of the issue (None: today).
    """
    document, _files, spoilt = notice_paper(notice)
    found = [
        *empty_parts(notice),
        *people_missing(notice),
        *number_used(notice),
        *title_length(notice),
        *annex_findings(notice, document),
        *joint_bodies(notice),
        *without_lead(notice),
        *groups_of_nobody(notice),
        *days(notice, due, on or clock.today()),
        *asks_much(notice, due, on),
        *demands(notice, due),
        *findings_from_above(notice),
        *slogans(notice),
        *last_years_words(notice),
        *cannot_be_set(notice, document, spoilt),
    ]
    return sorted(found, key=lambda each: not each.blocks)


def asks_much(notice: Notice, due: DueDates | None = None, on: date | None = None) -> Iterator[Finding]:
    """What the burden check finds. Arguments: as for ``findings``; without days yet, those proposed."""
    yield from burdens(asked_by(notice, deadlines(notice, due or proposed_due(notice)), on))


def mendable(notice: Notice) -> list[Finding]:
    """Findings that may have a mend, as the check finds them now."""
    return [*demands(notice), *asks_much(notice)]


# --- letting pass --------------------------------------------------------------------------------------------


def waved(notice: Notice) -> dict[str, WavedFinding]:
    """What was let pass, by the code of the finding: by whom, when, with which reason."""
    return {row.code: row for row in notice.waved.select_related("by")}


def open_findings(notice: Notice, found: Iterable[Finding]) -> list[Finding]:
    """Those that nobody has let pass."""
    passed = set(notice.waved.values_list("code", flat=True))
    return [each for each in found if each.blocks or each.code not in passed]


def wave(notice: Notice, found: Iterable[Finding], remarks: Mapping[str, str], *, by: Any) -> None:
    """Let findings pass, each with its remark; what blocks cannot be let pass.

    Arguments: the notice; the findings; remarks by the code of the finding; who lets them pass.
    """
    rows = [
        WavedFinding(
            notice=notice,
            code=each.code,
            text=each.text[:300],
            remark=remarks[each.code][:300],
            by=by,
            at=clock.now(),
        )
        for each in found
        if not each.blocks and remarks.get(each.code)
    ]
    put_once(WavedFinding, rows, "notice", "code")


def wave_no_more(notice: Notice, code: str, *, by: Any) -> None:
    """Take back that a finding was let pass: it stands against the notice again; with which reason stays in the log.

    Arguments: the notice; the code of the finding; who takes it back. Raises: MoveRefused when it was not let pass.
    """
    row = notice.waved.filter(code=code).first()
    if row is None:
        raise MoveRefused(_("Somebody took this back already."))
    row.delete()
    said = gettext_noop("No longer let pass: %(what)s (the reason was: %(reason)s)")
    notice.remark(said, by=by, what=row.text or code, reason=row.remark)


def wave_all(notice: Notice, remark: str, *, by: Any, due: DueDates | None = None) -> None:
    """Let everything pass that may, with one remark: for issuing without the page."""
    with translation.override(settings.LANGUAGE_CODE):
        found = findings(notice, due)
        wave(notice, found, {each.code: remark or _("Issued as it stands.") for each in found}, by=by)


def insist(notice: Notice, due: DueDates | None = None, on: date | None = None, *, blocking_only: bool = False) -> None:
    """Refuse what must not go out.

    Arguments: as for ``findings``; whether doubtful things may wait until the issue (signing).
    Raises: MoveRefused naming all of it.
    """
    stand = open_findings(notice, findings(notice, due, on))
    if blocking_only:
        stand = [each for each in stand if each.blocks]
    if stand:
        raise MoveRefused(" ".join(each.text for each in stand))


# --- what is looked at ---------------------------------------------------------------------------------------


def empty_parts(notice: Notice) -> Iterator[Finding]:
    """Parts no notice goes out without; a bulletin is addressed to nobody by name."""
    for name in ("title", "body", "signature", "salutation", "org_code"):
        if name == "salutation" and notice.kind == NoticeKind.BULLETIN:
            continue
        if not getattr(notice, name).strip():
            said_so = _("The notice has no %(part)s.") % {"part": label(notice, name)}
            yield Finding(f"empty:{name}", said_so, True, place("campaigns:editor", notice.pk))


def people_missing(notice: Notice) -> Iterator[Finding]:
    """Nobody addressed, nobody to sign."""
    if not notice.addressees.exists():
        yield Finding("addressees", _("No unit is addressed."), True, place("campaigns:addressees", notice.pk))
    if not User.objects.speaking_for([notice.campaign.host_id], Role.SIGNER).exists():
        said_so = _("%(office)s has no signer.") % {"office": notice.campaign.host}
        yield Finding("signer", said_so, True, reverse("accounts:people"))


def number_used(notice: Notice) -> Iterator[Finding]:
    """The number it is to carry was used already; or another office keeps the register it would come from."""
    code, year, wanted, where = notice.org_code, notice.year, notice.number_wanted, place("campaigns:editor", notice.pk)
    if notice.document_number_id:
        return
    for series in NumberSeries.objects.kept_by_another(code, year, notice.campaign.host):
        yield Finding("series", _("%(series)s is kept by another office.") % {"series": series}, True, where)
    if wanted and (why := DocumentNumber.objects.why_not(code, year, wanted)):
        yield Finding("number", why, True, where)


def title_length(notice: Notice) -> Iterator[Finding]:
    """A title of more than two lines."""
    length = sum(1 if ord(char) > 255 else 0.5 for char in notice.title)
    if length > TITLE_LENGTH:
        said_so = _("The title is longer than two lines of 22 characters (%(length)s characters).")
        where = place("campaigns:editor", notice.pk)
        yield Finding(f"title:{mark(notice.title)}", said_so % {"length": thousands(round(length))}, False, where)


def joint_bodies(notice: Notice) -> Iterator[Finding]:
    """Joint bodies that are named and missing, or that nobody can sign for."""
    bodies, where = list(notice.joint_bodies.all()), place("campaigns:bodies", notice.pk)
    for body in bodies:
        if body.state != JointState.ACCEPTED and not User.objects.speaking_for([body.unit_id], Role.SIGNER).exists():
            said_so = _("Nobody can countersign for %(body)s: it has no signer.") % {"body": body.name}
            yield Finding(f"joint-signer:{body.pk}", said_so, True, where)
    named = BODIES.search(notice.title)
    number = numeral(named[1]) if named else 0
    if number > 1 and number != len(bodies) + 1:
        values = {"named": thousands(number), "known": thousands(len(bodies) + 1)}
        said_so = _("The title names %(named)s issuing bodies, but %(known)s issue it.") % values
        yield Finding(f"joint-number:{number}:{len(bodies)}", said_so, False, where)


def numeral(text: str) -> int:
    """The value of a number below twenty, in digits or in Chinese."""
    return int(text) if text.isdecimal() else sum(NUMERALS.index(char) for char in text)


def without_lead(notice: Notice) -> Iterator[Finding]:
    """Activities of which nobody would owe anything: no unit leads them, or none of those that do gets the notice.

    What the office itself leads it owes to nobody; groups are looked at by ``groups_of_nobody``.
    """
    if notice.kind not in WITH_ACTIVITIES:
        return
    led = Participation.objects.filter(part__in=RESPONSIBLE)
    asked = led.filter(Q(unit__in=notice.addressees.values("pk")) | Q(unit=notice.campaign.host_id))
    by_groups = GroupParticipation.objects.filter(part__in=RESPONSIBLE).values("activity")
    rows = Activity.objects.filter(campaign=notice.campaign_id, owner=None).exclude(pk__in=by_groups)
    nobody = rows.exclude(pk__in=asked.values("activity")).exclude(assignments__volunteered=False)
    nobody = nobody.annotate(led=Exists(led.filter(activity=OuterRef("pk"))))
    found = list(nobody.values_list("title", "led"))
    if titles := [title for title, is_led in found if not is_led]:
        text = so_many(
            "%(n)s activity has no lead unit: %(titles)s.",
            "%(n)s activities have no lead unit: %(titles)s.",
            len(titles),
            titles=in_short(titles),
        )
        yield Finding(f"lead:{mark(*titles)}", text, False, place("activities:activities", notice.campaign_id))
    titles = [title for title, is_led in found if is_led]
    if titles and notice.addressees.exists():
        text = so_many(
            "%(n)s activity is led only by units the notice does not go to, so nobody owes a plan: %(titles)s.",
            "%(n)s activities are led only by units the notice does not go to, so nobody owes plans: %(titles)s.",
            len(titles),
            titles=in_short(titles),
        )
        yield Finding(f"led:{mark(*titles)}", text, False, place("campaigns:addressees", notice.pk))


def groups_of_nobody(notice: Notice) -> Iterator[Finding]:
    """Groups that are to do something and in which nobody is who gets the notice."""
    if notice.kind not in WITH_ACTIVITIES:
        return
    for group, why, tasks in asked_of_nobody(notice):
        titles = [task.title for task in tasks]
        text = _("%(why)s So nobody of it is asked: %(titles)s.") % {"why": why, "titles": in_short(titles)}
        yield Finding(f"group:{group.pk}:{mark(*titles)}", text, False, place("accounts:group", group.pk))


def days(notice: Notice, due: DueDates | None, on: date) -> Iterator[Finding]:
    """Last days before the issue; and days off on which something falls due: each day once."""
    past: dict[tuple[date, bool], list[Deadline]] = {}
    off: dict[date, list[Deadline]] = {}
    calendar = working_days()
    for each in deadlines(notice, due):
        if each.day < on:
            past.setdefault((each.day, each.set_here), []).append(each)
        elif not each.event and not calendar.is_working_day(each.day):
            off.setdefault(each.day, []).append(each)
    where = "" if due else place("activities:activities", notice.campaign_id)
    for (day, blocks), rows in past.items():
        values = {"what": in_short([said(each) for each in rows]), "day": date_format(day, "DATE_FORMAT")}
        said_so = _("The last day of %(what)s, %(day)s, lies before the issue.") % values
        yield Finding(f"past:{mark_of(rows)}:{day}", said_so, blocks, where)
    for day, rows in off.items():
        values = {"what": in_short([said(each) for each in rows]), "day": date_format(day, "DATE_FORMAT")}
        values["why"] = calendar.why_off(day)
        said_so = _("The last day of %(what)s, %(day)s, is a day off (%(why)s).") % values
        yield Finding(f"off:{mark_of(rows)}:{day}", said_so, False, where)


def counted(notice: Notice, found: Iterable[Finding], due: DueDates) -> list[date]:
    """The days which the check and the days it was given count with: the working days decide over each.

    Arguments: the notice; what the check found; the days set, or those proposed.
    """
    return [each.day for each in deadlines(notice, due)] + [day for each in found for day in each.days]


def mark_of(rows: list[Deadline]) -> str:
    """What names these deadlines, and no others."""
    return rows[0].code if len(rows) == 1 else mark(*(each.code for each in rows))


def slogans(notice: Notice) -> Iterator[Finding]:
    """Theme and slogans that differ a little from what stands in the register."""
    campaign = notice.campaign
    texts = [campaign.theme, campaign.spirit_slogan, *(each.text for each in campaign.slogans.all())]
    register = dict(Saying.objects.values_list("key", "text"))
    for text in dict.fromkeys(text for text in texts if text and bare(text) not in register):
        length = len(bare(text))
        like = differs_by_little(text, [known for key, known in register.items() if abs(len(key) - length) < 2])
        if like:
            values = {"text": text, "known": like}
            said_so = _("“%(text)s” differs by a little from “%(known)s” in the register.") % values
            yield Finding(f"slogan:{mark(text, like)}", said_so, False, campaign.get_absolute_url())


def cannot_be_set(notice: Notice, document: Document, spoilt: list[Spoilt]) -> Iterator[Finding]:
    """Annexes that are broken, and characters that no font can print, each with its paragraph."""
    for each in spoilt:
        said_so = _("It cannot be set: %(what)s.") % {"what": each.why.rstrip(".。")}
        yield Finding(f"spoilt:{each.order}", said_so, True, place("campaigns:annexes", notice.pk))
    for missing in documents.layout.missing_glyphs(document)[:SHOWN]:
        said_so = _("It cannot be set: %(what)s.") % {"what": missing}
        code = f"glyph:{ord(missing.char):x}:{mark(missing.place)}"
        yield Finding(code, said_so, True, place("campaigns:editor", notice.pk))


def is_checked(notice: Notice) -> bool:
    """Whether the check still says something: once it went out, nothing can be mended any more."""
    return not notice.is_sent and notice.state != NoticeState.WITHDRAWN
