"""Chinese is the language of the site: nothing is left in English, and English is one switch away."""

import ast
import html.parser
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone, translation

from accounts.models import Role, User
from activities.models import Assignment
from activities.states import AssignmentState, Kind, Standing
from documents.counts import so_many
from reports.demonstration import stages
from tests.pages import press
from workflow.models import Notification
from workflow.templatetags.clock import away, deadline

BASE = settings.BASE_DIR
ROOMS = ("accounts", "activities", "campaigns", "documents", "feedback", "qualitymonth", "reports", "workflow")
CATALOGUE = BASE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
IGNORED = "".join(f" -i {name}" for name in ("node_modules", ".venv", "var", "bench", "tests"))
HINT = f"python manage.py makemessages -l zh_Hans --no-location --no-obsolete{IGNORED}"

LATIN, HAN = re.compile(r"[A-Za-z]{2,}"), re.compile(r"[一-鿿]")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|</?\w+>")
CODE_LIKE = re.compile(r"SHA-256|[0-9a-f]{64}|[\w.-]+@[\w.-]+")
"""Checksums and addresses, which are the same in every language."""


# --- the catalogue -----------------------------------------------------------------------------------------


EXTRACT = """
import sys
from workflow.management.commands.makemessages import Command
Command().run_from_argv(["", *sys.argv[1:]])
"""


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str | None, str]]:
    """Every message the sources ask for, extracted from a copy: the catalogue of the project is not touched."""
    copy = tmp_path_factory.mktemp("sources") / "project"
    for room in (*ROOMS, "templates"):
        shutil.copytree(BASE / room, copy / room, ignore=shutil.ignore_patterns("__pycache__", "tests", "*.json"))
    (copy / "locale").mkdir()
    extract = [sys.executable, "-c", EXTRACT, "makemessages", "-l", "zh_Hans", "--no-location"]
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(extract, cwd=copy, env=env, check=True, capture_output=True, timeout=120)
    found = polib.pofile(str(copy / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"))
    return {(entry.msgctxt, entry.msgid) for entry in found}


def chinese(entry: polib.POEntry) -> list[str]:
    """What stands in the catalogue for one message: one form, Chinese has no plural."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_everything_the_site_says_can_be_said_in_chinese(asked, catalogue) -> None:
    translated = {(each.msgctxt, each.msgid) for each in catalogue if all(chinese(each)) and not each.fuzzy}
    assert sorted(map(str, asked - translated)) == [], f"translate these, after: {HINT}"
    assert sorted(map(str, translated - asked)) == [], f"nobody says these any more: {HINT}"


def test_no_translation_waits_for_a_second_look(catalogue) -> None:
    assert [each.msgid for each in catalogue if each.fuzzy or not all(chinese(each))] == []
    assert [each.msgid for each in catalogue.obsolete_entries()] == []


def test_a_translation_is_chinese(catalogue) -> None:
    assert [each.msgid for each in catalogue if not re.search(r"[、：一-鿿]", "".join(chinese(each)))] == []


def test_every_name_number_and_tag_of_a_message_stands_in_its_translation(catalogue) -> None:
    wrong = [
        (each.msgid, text)
        for each in catalogue
        for text in chinese(each)
        if sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(each.msgid_plural or each.msgid))
    ]
    assert wrong == []


def test_the_site_speaks_the_catalogue_as_it_stands(catalogue) -> None:
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    assert {(each.msgctxt, each.msgid): chinese(each) for each in compiled} == {
        (each.msgctxt, each.msgid): chinese(each) for each in catalogue
    }, "compile it: python manage.py compilemessages -l zh_Hans"


# --- the words of an office -----------------------------------------------------------------------------


def test_labels_are_the_words_an_office_uses() -> None:
    with translation.override("zh-hans"):
        assert [str(each.label) for each in Standing] == [
            "按时", "延期内报送", "逾期报送", "逾期未报", "待补正", "未到期", "不涉及", "不再要求",
        ]  # fmt: skip
        assert [str(each.label) for each in AssignmentState] == [
            "待报送", "已报送", "已通过", "已退回", "不涉及", "不再要求",
        ]  # fmt: skip
        assert [str(each.label) for each in Kind] == [
            "签收回执", "联络员登记", "活动方案", "任务完成情况", "场次材料",
            "活动进展", "典型案例", "媒体报道", "其他材料", "活动总结", "督办单回复", "补充一问", "议定事项",
        ]  # fmt: skip
        assert [str(each.label) for each in Role] == [
            "质强办工作人员", "签发人", "联络员", "单位负责人", "领导", "管理员", "安全管理员",
            "审计管理员",
        ]  # fmt: skip


def test_a_deadline_is_written_in_the_order_of_the_language() -> None:
    midnight = datetime(2015, 10, 16, tzinfo=timezone.get_default_timezone())
    with translation.override("zh-hans"):
        assert (deadline(midnight), away(midnight)) == ("10月15日 24:00", "还有44天")
    with translation.override("en"):
        assert (deadline(midnight), away(midnight)) == ("15 October 24:00", "in 44 days")


# --- text that would escape translation ---------------------------------------------------------------------


class Words(html.parser.HTMLParser):
    """The text a person reads or hears on a page; what is marked as another language or decoration left out."""

    SPOKEN = ("alt", "title", "placeholder", "aria-label", "data-label")
    VOID = ("meta", "link", "input", "img", "br", "hr", "col", "rect", "path", "source")
    CLOSED = ("script", "style", "code")

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open: list[tuple[str, bool]] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        hidden = tag in self.CLOSED or given.get("aria-hidden") == "true" or (tag != "html" and "lang" in given)
        if not (hidden or self.silent):
            self.found += [given[name] or "" for name in self.SPOKEN if name in given]
        if tag not in self.VOID:
            self.open.append((tag, hidden))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)

    @property
    def silent(self) -> bool:
        return any(hidden for _tag, hidden in self.open)


def bare(template: str, letters: str) -> list[str]:
    """Text of a template that stands outside translation tags and has such letters."""
    template = re.sub(r"(</?){{.*?}}", r"\1p", template)  # a tag whose name is computed
    for pattern in (
        r"{% comment %}.*?{% endcomment %}",
        r"{% blocktrans(?:late)?\b.*?{% endblocktrans(?:late)? %}",
        r"{#.*?#}|{%.*?%}|{{.*?}}",
    ):
        template = re.sub(pattern, "", template, flags=re.DOTALL)
    texts = [CODE_LIKE.sub("", text).strip() for text in Words(template).found]
    return [text for text in texts if re.search(letters, text)]


TEMPLATES = sorted((BASE / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=[str(path.relative_to(BASE / "templates")) for path in TEMPLATES])
def test_no_text_of_a_page_stands_outside_translation(path: Path) -> None:
    official = path.is_relative_to(BASE / "templates" / "documents")  # official papers are Chinese in any language
    assert bare(path.read_text(), LATIN.pattern if official else f"{LATIN.pattern}|{HAN.pattern}") == []


def test_bare_text_is_found_wherever_it_hides() -> None:
    page = """<p title="a title">{% translate "marked" %} free {{ value }} <img alt="a picture"> 自由
        {% blocktranslate %}marked{% endblocktranslate %}<b aria-hidden="true">质</b><i lang="en">English</i>
        {# a note #}<span>SHA-256</span></p>"""
    assert bare(page, f"{LATIN.pattern}|{HAN.pattern}") == ["a title", "free", "a picture", "自由"]


SOURCES = sorted(
    path
    for room in ROOMS
    for path in (BASE / room).rglob("*.py")
    if not {"tests", "migrations", "demonstration", "management"} & set(path.parts)
)
SAY = ("ValidationError", "MoveRefused", "StaleDraft")
LABELS = ("label", "help_text", "verbose_name", "empty_label")


def unmarked(source: str) -> list[str]:
    """Sentences that a call shows to a person although nothing marks them for translation."""
    found = []
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call):
            found += [text for node in spoken(call) if LATIN.search(text := written(node))]
    return found


def spoken(call: ast.Call) -> Iterator[ast.expr]:
    """The arguments of a call that a person reads: labels, refusals, messages."""
    yield from (keyword.value for keyword in call.keywords if keyword.arg in LABELS)
    name = ast.unparse(call.func)
    if name in SAY or name.endswith(".ValidationError") or re.fullmatch(r"models\.\w+Field", name):
        yield from call.args[:1]
    if name == "refused" or name.startswith("messages.") or name.endswith(".add_error"):
        yield from call.args[1:2]


def written(node: ast.expr) -> str:
    """The letters a literal brings along; what is computed brings none."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    parts = node.values if isinstance(node, ast.JoinedStr) else []
    return "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))


def test_no_label_and_no_refusal_is_written_without_being_marked() -> None:
    assert {str(path.relative_to(BASE)): said for path in SOURCES if (said := unmarked(path.read_text()))} == {}


def test_an_unmarked_refusal_is_found() -> None:
    source = """
messages.info(request, "Not now.")
refused(request, "Not yet.")
refused(request, _("Not now."))
raise forms.ValidationError(f"{name} is wrong")
forms.CharField(label="goal", help_text=_("why"))
models.CharField("theme", max_length=9)
"""
    assert sorted(unmarked(source)) == [" is wrong", "Not now.", "Not yet.", "goal", "theme"]


# --- how many ------------------------------------------------------------------------------------------------

PLACES = {"number", "meant", "year", "row", "first", "last", "next", "edition", "percent"}
"""What a message counts out without parting it: the number of a thing, a year, a share."""
WHOLE = re.compile(r"%\((\w+)\)d")


def test_no_message_prints_a_count_without_parting_its_thousands(catalogue) -> None:
    """1,200 on every page, in every message and mail: counts are %(n)s, written by ``so_many`` or ``thousands``."""
    found = [
        (name, entry.msgid)
        for entry in catalogue
        for name in WHOLE.findall(entry.msgid + entry.msgid_plural)
        if entry.msgid_plural or name not in PLACES
    ]
    assert found == []


def unparted(source: str) -> list[str]:
    """Lengths that go into a message as they are: values of ``… % {…}``, and of ``notify``, ``remark``, ``so_many``."""
    found: list[ast.expr] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and isinstance(node.right, ast.Dict):
            found += node.right.values
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in TELLING:
            found += [keyword.value for keyword in node.keywords]
    return [ast.unparse(each) for each in found if re.match(r"len\(|.*\.count\(\)$", ast.unparse(each))]


TELLING = ("notify", "remark", "so_many", "in_site_language")


def test_no_length_goes_into_a_message_as_it_is() -> None:
    assert {str(path.relative_to(BASE)): said for path in SOURCES if (said := unparted(path.read_text()))} == {}


def test_a_length_that_goes_into_a_message_as_it_is_is_found() -> None:
    source = """
_("%(n)s units") % {"n": len(units)}
_("%(n)s units") % {"n": thousands(len(units))}
notify(people, "%(n)s units", n=units.count())
"""
    assert unparted(source) == ["len(units)", "units.count()"]


@pytest.mark.parametrize(("number", "said"), [(1, "1 unit is added."), (1200, "1,200 units are added.")])
def test_a_message_parts_thousands_as_a_page_does(number: int, said: str) -> None:
    with translation.override("en"):
        assert so_many("%(n)s unit is added.", "%(n)s units are added.", number) == said


# --- the switch ----------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("preferred", ["", "en", "en-GB,en;q=0.9", "de", "zh-TW"])
def test_the_site_is_chinese_whatever_the_browser_prefers(client: Client, preferred: str) -> None:
    page = client.get(reverse("accounts:sign-in"), headers={"accept-language": preferred}).content.decode()
    assert '<html lang="zh-CN">' in page
    assert "<title>登录 · 质量月</title>" in page


@pytest.mark.django_db
def test_the_switch_leads_back_to_the_page_in_english_and_again_in_chinese(client: Client) -> None:
    here = reverse("accounts:sign-in") + "?next=/campaigns/"
    for language, html_language, title in (
        ("en", "en", "Sign in · Quality Month"),
        ("zh-hans", "zh-CN", "登录 · 质量月"),
    ):
        switched = press(client, here, f"language={language}", form=reverse("set_language"), follow=False)
        assert (switched.status_code, switched["Location"]) == (302, here)
        page = client.get(here, headers={"accept-language": "fr"}).content.decode()
        assert f'<html lang="{html_language}">' in page
        assert f"<title>{title}</title>" in page


@pytest.mark.django_db
def test_the_switch_leads_to_no_other_site_and_knows_no_other_language(client: Client) -> None:
    forged = {"language": "xx", "next": "https://elsewhere.example.com/"}
    page, form = reverse("accounts:sign-in"), reverse("set_language")
    switched = press(client, page, "language=en", form=form, forged=forged, follow=False)
    assert switched["Location"] == f"http://testserver{page}"
    assert settings.LANGUAGE_COOKIE_NAME not in switched.cookies


# --- every page, as a person sees it -------------------------------------------------------------------------

ONCE_EACH = 2
"""How many pages of one view a person opens: an early and a late one show what the first does not."""


@pytest.fixture
def september(db: None, settings: object) -> None:
    """The demonstration as of 20 September: some have filed, some were returned, some are late."""
    settings.TODAY = stages.DAYS["plans"]  # type: ignore[attr-defined]
    stages.build("plans")


def pages(client: Client) -> Iterator[tuple[str, str]]:
    """Address and markup of the pages this person comes to by following links from the first page."""
    waiting, known, opened = ["/"], {"/"}, dict[str, int]()
    while waiting:
        address = waiting.pop(0)
        view = resolve(address.partition("?")[0]).view_name
        opened[view] = opened.get(view, 0) + 1
        if opened[view] > ONCE_EACH:
            continue
        answer = client.get(address, follow=True)
        if not answer["Content-Type"].startswith("text/html"):
            continue
        markup = answer.content.decode()
        yield address, markup
        links = re.findall(r'(?:href|hx-get)="(/(?!static/)[^"#]*)"', markup)
        fresh = [link.replace("&amp;", "&") for link in dict.fromkeys(links) if link not in known]
        known.update(fresh)
        waiting += fresh


def data_words() -> set[str]:
    """What the demonstration itself writes in Latin letters: words within Chinese sentences, and accounts."""
    facts = " ".join(path.read_text() for path in settings.FIXTURES.rglob("*.json"))
    sentences = " ".join(text for text in re.findall(r'"([^"]*)"', facts) if HAN.search(text))
    return {*LATIN.findall(sentences), *User.objects.values_list("username", flat=True)}


def english_on(markup: str) -> set[str]:
    """Latin words a person reads on a page; an account stands alone and counts as one word."""
    texts = [CODE_LIKE.sub("", text).strip() for text in Words(markup).found]
    accounts = {text for text in texts if re.fullmatch(r"[a-z]+(-[a-z]+)?\d?", text)}
    return accounts | {word for text in texts if text not in accounts for word in LATIN.findall(text)}


LOAN_WORDS = {
    "doc",
    "wps",
    "xls",
    "xlsx",
    "et",
    "PSD",
    "TOTP",
    "ZIP",
    "txt",
    "Cookie",
    "Ctrl",
    "PDF",
    "JPEG",
    "PNG",
    "WebP",
    "MB",
    "OCR",
    "Word",
    "WPS",
    "OFD",
    "LibreOffice",
    "docx",
    "Email",
}
LOAN_WORDS |= {"Excel", "PowerPoint", "MP", "MOV", "WebM", "AVI", "WMV", "WAV", "AI", "EPS", "HEIC"}  # may be uploaded
LOAN_WORDS |= {
    "OpenAPI",
    "JSON",
    "Power",
    "Query",
    "Authorization",
    "Accept",
    "Language",
    "Retry",
    "After",
    "Standard",
    "Webhooks",
    "next",
    "cursor",
    "fields",
    "https",
    "http",
}  # what the programmers of another system look for
LOAN_WORDS |= {"Outlook", "Internet", "Web", "iPhone", "iPad", "Mac", "ICSx"}  # calendar programs and their buttons


def test_nobody_meets_an_english_word_on_a_chinese_page(client: Client, september: None) -> None:
    known = data_words() | LOAN_WORDS
    for username in ("staff", "signer", "liaison-futian", "leader", "admin"):
        client.force_login(User.objects.get(username=username))
        found = {address: english_on(markup) - known for address, markup in pages(client)}
        assert len(found) > 4
        assert {address: words for address, words in found.items() if words} == {}


def test_the_same_walk_in_english_finds_english_on_every_page(client: Client, september: None) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.force_login(User.objects.get(username="liaison-futian"))
    known = data_words() | LOAN_WORDS
    assert [address for address, markup in pages(client) if len(english_on(markup) - known) < 10] == []


def test_what_is_wrong_with_a_form_is_said_in_chinese(client: Client, september: None) -> None:
    liaison = User.objects.get(username="liaison-guangming")
    client.force_login(liaison)
    typed = {
        Kind.PLAN: {"starts_on": "2014-01-01", "ends_on": "soon", "expected_participants": "-1", "budget": "much"},
        Kind.SUMMARY: {},
        Kind.LIAISON: {"form-0-email": "nobody", "form-0-mobile": "x"},
    }
    for kind, wrong in typed.items():
        owed = liaison.memberships.get().unit.assignments.filter(kind=kind, state=AssignmentState.OPEN)[0]
        answer = press(client, owed.get_absolute_url(), "action=submit", **wrong)
        assert answer.status_code == 422
        assert "invalid-feedback" in answer.content.decode()
        assert english_on(answer.content.decode()) - data_words() - LOAN_WORDS == set()


def test_a_unit_reads_chinese_although_the_office_works_in_english(client: Client, september: None) -> None:
    client.force_login(User.objects.get(username="staff"))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    waiting = Assignment.objects.to_review().filter(kind=Kind.PLAN).select_related("activity", "unit")[0]
    form = reverse("activities:accept", args=[waiting.pk])
    assert press(client, waiting.get_absolute_url(), form=form, follow=False).status_code == 302
    told = Notification.objects.filter(person__memberships__unit=waiting.unit).latest("pk")
    with translation.override("zh-hans"):
        assert told.text == f"已审核通过：活动方案 · {waiting.activity.title}。"


def test_no_message_is_asked_for_inside_an_f_string() -> None:
    """xgettext of gettext 0.21 does not look inside f-strings: such a message never reaches the catalogue."""
    asked = {"_", "gettext", "so_many", "pgettext", "gettext_lazy"}
    found = [
        f"{path.relative_to(BASE)}:{call.lineno}"
        for room in ROOMS
        for path in (BASE / room).rglob("*.py")
        if "tests" not in path.parts
        for text in ast.walk(ast.parse(path.read_text()))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in asked
    ]
    assert found == []
