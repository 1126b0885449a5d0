"""One more question: whom it goes to, one tap, numbers as people write them, silence, correction, time, the end."""

from datetime import date, timedelta
from urllib.parse import parse_qsl

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import Membership, Role, UnitGroup
from activities.asking import issue as notices
from activities.chasing.prepare import chosen_rows
from activities.models import Answer, AnswerKind, Assignment, Question
from activities.questions import asking
from activities.questions.answers import summary
from activities.questions.whom import whom
from activities.states import Kind, QuestionState, Standing
from activities.units.merge import merge
from reports.figures import campaign_figures
from tests.cast import filed_plan, log, said, signed_in, text
from tests.pages import NoSuchForm, forge, opened, page_of, press
from workflow import clock
from workflow.models import MoveRefused, Notification

DUE = {"due_on": "2015-09-02", "due_hour": "12:00"}
CHOICES = "Yes\nNo\nNot yet"


def asked(cast, kind=AnswerKind.CHOICE, units=None, words="Is the hall booked?", **more):
    """A question to water and health, due on 2 September."""
    question = Question(
        campaign=cast.campaign, text=words, answer_kind=kind,
        choices=CHOICES.split("\n") if kind == AnswerKind.CHOICE else [], due_at=clock.end_of(date(2015, 9, 2)), **more,
    )  # fmt: skip
    asking.ask(question, [unit.pk for unit in units or (cast.water, cast.health)], by=cast.staff)
    return question


def address(cast, unit=None):
    return cast.owed(unit or cast.water, Kind.QUESTION).get_absolute_url()


def answered(cast, who=None, unit=None, button="action=submit", **values):
    return press(signed_in(who or cast.liaison), address(cast, unit), button, **values)


def form_of(cast, query=""):
    return reverse("activities:new-question", args=[cast.campaign.pk]) + query


def units_of(cast, **chosen):
    return {row.unit for row in whom(cast.campaign, chosen, cast.staff).rows}


# --- whom --------------------------------------------------------------------------------------------------------


def test_the_units_of_the_lists_filter_are_asked_and_those_of_a_group(autumn):
    everybody = {autumn.water, autumn.health, autumn.district}
    assert units_of(autumn) == units_of(autumn, kind="plan") == everybody
    filed_plan(autumn.owed(autumn.water, Kind.PLAN), autumn.liaison)
    assert units_of(autumn, kind="plan", standing="filed") == {autumn.water}
    assert units_of(autumn, kind="plan", standing="owed") == everybody - {autumn.water}
    assert units_of(autumn, q="Health") == units_of(autumn, unit=str(autumn.health.pk)) == {autumn.health}
    group = UnitGroup.objects.create(owner=autumn.office, name="Bureaus")
    group.units.set([autumn.health])
    foreign = UnitGroup.objects.create(owner=autumn.district, name="Theirs")
    foreign.units.set([autumn.water])
    assert units_of(autumn, group=str(group.pk)) == {autumn.health}
    assert units_of(autumn, group=str(foreign.pk)) == set()
    assert units_of(autumn, kind="nonsense", standing="'", unit="x", group="99999999999999999999") == everybody


def test_a_filter_of_the_list_that_says_more_than_the_page_is_taken_as_it_came(autumn):
    filed_plan(autumn.owed(autumn.water, Kind.PLAN), autumn.liaison)
    for query in (f"?unit={autumn.health.pk}", "?kind=plan,summary&q=Health"):
        page = opened(signed_in(autumn.staff), form_of(autumn, query))
        assert not page.html.select("form.sift") and "Asked are the units of the list" in page.html.get_text()
        values = {"text": f"Which hall? {query}", "answer_kind": "text", **DUE}
        press(signed_in(autumn.staff), page, form="#ask", **values)
        assert units(Question.objects.first()) == {autumn.health}
    assert opened(signed_in(autumn.staff), form_of(autumn, "?kind=plan")).html.select("form.sift")


def test_the_office_sees_whom_how_many_and_what_they_were_asked_before_and_sends(autumn):
    asked(autumn)
    Membership.objects.filter(unit=autumn.district).delete()
    client = signed_in(autumn.staff)
    page = opened(client, form_of(autumn))
    words = " ".join(page.html.get_text().split())
    assert "3 units fit" in words and "1 question: 2 units；0 questions: 1 units" in words
    assert "Nobody has an account for these; please telephone, or answer on their behalf: District office" in words
    values = {"text": "How many stalls?", "answer_kind": "number", "about_kind": "plan", "activity": "open DAY", **DUE}
    answer = press(client, page, form="#ask", to=[str(autumn.health.pk)], **values)
    question = Question.objects.first()
    assert (said(answer), units(question)) == (["1 unit is asked."], {autumn.health})
    assert (str(timezone.localtime(question.due_at))[:16], question.notice) == ("2015-09-02 12:00", autumn.notice)
    owed = question.assignments.get()
    assert (owed.standing, owed.due_at) == (Standing.DUE, question.due_at)
    assert question.about == "Activity plan · Open day of the waterworks"
    told = Notification.objects.get(key=f"question-{question.pk}-asked")
    assert (told.person, told.url) == (autumn.neighbour, reverse("activities:answer-question", args=[question.pk]))
    assert "How many stalls?" in told.text


def units(question):
    return {row.unit for row in question.assignments.select_related("unit")}


def test_a_double_click_asks_once_and_a_filter_that_grew_is_looked_at_again(autumn):
    client, values = signed_in(autumn.staff), {"text": "Which hall?", "answer_kind": "text", **DUE}
    page = opened(client, form_of(autumn))
    press(client, page, form="#ask", **values)
    again = press(client, page, form="#ask", **values)
    assert again.status_code == 409
    assert said(again) == ["This is asked already. Correct that question, or give more time for it."]
    assert "Which hall?" in again.content.decode()
    page = opened(client, form_of(autumn, "?kind=plan&standing=owed"))
    filed_plan(autumn.owed(autumn.water, Kind.PLAN), autumn.liaison)
    moved = press(client, page, form="#ask", **{**values, "text": "And the square?"})
    assert said(moved) == ["Meanwhile other units fit the filter. Nothing was sent: please look at them again."]
    nobody = press(client, form_of(autumn), form="#ask", to=[], **{**values, "text": "And the square?"})
    assert said(nobody) == ["Nobody is chosen, so nothing was asked."]
    assert Question.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"options": ""}, {"options"}),
        ({"options": "Yes"}, {"options"}),
        ({"options": "Yes\nYes"}, {"options"}),
        ({"options": "x" * 61 + "\nNo"}, {"options"}),
        ({"answer_kind": "text", "options": "Yes\nNo"}, {"options"}),
        ({"due_on": "2015-08-31"}, {"due_on"}),
        ({"due_on": "2015-09-01", "due_hour": "00:01"}, {"due_on"}),
        ({"due_on": "2099-01-01"}, {"due_on"}),
        ({"due_on": ""}, {"due_on"}),
        ({"text": " "}, {"text"}),
        ({"activity": "Street fair"}, {"activity"}),
        ({"activity": "o"}, {"activity"}),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(autumn, values, wrong):
    typed = {
        "text": "Is the hall booked?",
        "answer_kind": "choice",
        "options": CHOICES,
        "hint": "Kept",
        **DUE,
        **values,
    }
    answer = press(signed_in(autumn.staff), form_of(autumn), form="#ask", to=[str(autumn.water.pk)], **typed)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, wrong)
    assert "Kept" in answer.content.decode() and not Question.objects.exists()
    boxes = page_of(answer).html.select("input[name=to]")
    assert [box["value"] for box in boxes if box.has_attr("checked")] == [str(autumn.water.pk)]


def test_nothing_is_asked_when_no_notice_is_in_force_and_a_withdrawn_one_ends_it(autumn):
    question = asked(autumn)
    notices.withdraw(autumn.notice, by=autumn.signer, reason="Off")
    assert {row.standing for row in question.assignments.all()} == {Standing.CLOSED}
    with pytest.raises(NoSuchForm):
        press(signed_in(autumn.staff), form_of(autumn), "Ask those ticked now", form="#ask")
    with translation.override("en"), pytest.raises(MoveRefused, match="No notice of this campaign is in force"):
        asked(autumn)


def test_nothing_new_is_asked_in_a_campaign_that_is_closed(autumn):
    question = asked(autumn)
    autumn.campaign.move("closed", by=autumn.staff)
    question.pk, question.text = None, "And the square?"
    with translation.override("en"), pytest.raises(MoveRefused, match="The campaign is closed"):
        asking.ask(question, [autumn.water.pk], by=autumn.staff)
    assert "The campaign is closed: nothing new is asked in it." in text(signed_in(autumn.staff).get(form_of(autumn)))


# --- answers -----------------------------------------------------------------------------------------------------


def test_one_tap_from_the_message_answers_and_a_second_tap_does_no_harm(autumn):
    question = asked(autumn)
    client = signed_in(autumn.liaison)
    page = opened(client, Notification.objects.filter(person=autumn.liaison, key__startswith="question").get().url)
    assert [button["value"] for button in page.html.select("button[name=choice]")] == CHOICES.split("\n")
    tapped = press(client, page_at(page, autumn), "choice=Yes")
    assert said(tapped) == ["Submitted."]
    twice = press(client, page_at(page, autumn), "choice=Yes")
    assert said(twice) == ["It came in twice and is kept once."]
    other = press(client, page_at(page, autumn), "choice=No")
    assert other.status_code == 409
    answer = Answer.objects.get(submitted_at__isnull=False)
    assert (answer.choice, autumn.owed(autumn.water, Kind.QUESTION).standing) == ("Yes", Standing.ON_TIME)
    found = summary(question)
    assert [(option.text, option.number, option.percent) for option in found.options] == [
        ("Yes", 1, 100), ("No", 0, 0), ("Not yet", 0, 0)
    ]  # fmt: skip
    assert (found.answered, found.silent) == (1, 1)
    assert {each.kind: each.tally.on_time for each in campaign_figures(autumn.campaign).kinds}[Kind.QUESTION] == 1


def page_at(page, cast):
    """The page the message led to, at the address the redirect ended at."""
    return type(page)(address(cast), page.html)


def test_a_choice_that_was_not_offered_or_none_is_refused(autumn):
    asked(autumn)
    page = opened(signed_in(autumn.liaison), address(autumn))
    for forged in ({"choice": "Perhaps"}, {"choice": None}):
        answer = press(signed_in(autumn.liaison), page, "choice=Yes", forged=forged)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["choice"])
    assert autumn.owed(autumn.water, Kind.QUESTION).is_owed


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1,000", 1000), ("１２０", 120), ("三十", 30), ("两千", 2000), ("30人", 30), ("0.5", 0.5), ("0", 0)],
)
def test_a_number_is_taken_as_people_write_it(autumn, typed, kept):
    asked(autumn, AnswerKind.NUMBER, measure="人")
    assert said(answered(autumn, number=typed)) == ["Submitted."]
    assert Answer.objects.get().number == kept


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1,000余", "Write 1000 alone, and what is about it into the remark."),
        ("约30", "Write 30 alone"),
        ("三十多", "Write the number alone, and what is about it"),
        ("many", "Enter a number."),
        ("-5", "A number below nothing cannot be meant."),
        ("9" * 30, "digits"),
        ("", "Needed before you can submit."),
    ],
)
def test_what_is_no_number_is_refused_with_what_to_write_instead(autumn, typed, words):
    asked(autumn, AnswerKind.NUMBER)
    answer = answered(autumn, number=typed, remark="As I typed")
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["number"])
    assert words in text(answer) and "As I typed" in answer.content.decode()
    assert autumn.owed(autumn.water, Kind.QUESTION).is_owed


def test_numbers_are_added_up_and_the_silent_named(autumn):
    question = asked(autumn, AnswerKind.NUMBER, units=(autumn.water, autumn.health, autumn.district), measure="张")
    answered(autumn, number="1,000")
    answered(autumn, autumn.neighbour, autumn.health, number="50.5")
    page = text(signed_in(autumn.leader).get(question.get_absolute_url()))
    for words in ("2 of 3 answered", "1,050.5张", "525.25张", "50.5张 – 1,000张", "1 unit is silent"):
        assert words in page, words
    shown = signed_in(autumn.staff).get(question.get_absolute_url() + "?show=silent")
    assert [row.unit for row in shown.context["page"]] == [autumn.district]


def test_a_file_is_asked_for_and_stands_in_the_table(autumn, media):
    question = asked(autumn, AnswerKind.FILE)
    missing = answered(autumn)
    assert missing.status_code == 422 and "Please choose the file that is asked for." in text(missing)
    page = opened(signed_in(autumn.liaison), address(autumn))
    file = SimpleUploadedFile("list.txt", b"Names")
    answer = press(signed_in(autumn.liaison), page, "action=submit", forged={"documents": file})
    assert said(answer) == ["Submitted."]
    assert "list.txt" in text(signed_in(autumn.staff).get(question.get_absolute_url()))


def test_an_answer_is_changed_until_its_hour_and_not_after_it(autumn):
    question = asked(autumn)
    answered(autumn, button="choice=Yes")
    changed = press(signed_in(autumn.liaison), address(autumn), "Change the answer")
    assert changed.status_code == 200
    answered(autumn, button="choice=No")
    assert [option.number for option in summary(question).options] == [0, 1, 0]
    with clock.as_of(date(2015, 9, 3)):
        with pytest.raises(NoSuchForm):
            press(signed_in(autumn.liaison), address(autumn), "Change the answer")
        forge(signed_in(autumn.liaison), reverse("activities:withdraw", args=[question.assignments.first().pk]))
        assert autumn.owed(autumn.water, Kind.QUESTION).standing == Standing.ON_TIME


def test_a_late_answer_counts_and_counts_as_late(autumn):
    question = asked(autumn)
    with clock.as_of(date(2015, 9, 5)):
        assert said(answered(autumn, button="choice=Not yet")) == ["Submitted."]
    found = summary(question)
    assert (found.late, found.answered, found.options[2].number) == (1, 1, 1)


def test_the_office_answers_on_behalf_and_who_answers_for_two_units_chooses(autumn):
    question = asked(autumn)
    Membership.objects.create(user=autumn.liaison, unit=autumn.health, role=Role.LIAISON)
    link = reverse("activities:answer-question", args=[question.pk])
    both = text(signed_in(autumn.liaison).get(link))
    assert "For which unit do you answer?" in both and "Water bureau" in both and "Health bureau" in both
    assert Notification.objects.filter(person=autumn.liaison, key__startswith="question").count() == 1
    values = {"filed_for": "Ms Li", "filed_note": "by telephone"}
    done = press(signed_in(autumn.staff), f"{address(autumn)}?behalf=1", "choice=No", **values)
    assert done.status_code == 200
    assert autumn.owed(autumn.water, Kind.QUESTION).filed_for == "Ms Li"
    assert signed_in(autumn.district_liaison).get(link).status_code == 404


# --- corrected, extended, closed ---------------------------------------------------------------------------------


def test_a_question_is_corrected_and_what_was_chosen_stays(autumn):
    question = asked(autumn)
    answered(autumn, button="choice=Yes")
    page = reverse("activities:edit-question", args=[question.pk])
    client = signed_in(autumn.staff)
    gone = press(client, page, options="No\nPerhaps")
    assert "Chosen already, so it stays: Yes" in text(gone)
    done = press(client, page, text="Is the big hall booked?", options="Yes\nNo\nPerhaps")
    assert said(done) == ["It is corrected, and everybody asked was told."]
    question.refresh_from_db()
    assert (question.text, question.choices) == ("Is the big hall booked?", ["Yes", "No", "Perhaps"])
    assert "Is the hall booked?" in log(question)[-1][3]
    told = Notification.objects.filter(key__startswith=f"question-{question.pk}-corrected")
    assert {row.person for row in told} == {autumn.liaison, autumn.head, autumn.neighbour}


def test_more_time_is_given_to_the_silent_alone(autumn):
    question = asked(autumn)
    with clock.as_of(date(2015, 9, 4)):
        answered(autumn, button="choice=Yes")
        client, page = signed_in(autumn.staff), question.get_absolute_url()
        too_soon = press(client, page, "Give more time", due_on="2015-09-01")
        assert said(too_soon) == ["This moment is past."]
        done = press(client, page, "Give more time", due_on="2015-09-06", due_hour="18:00")
        assert said(done) == ["1 unit has more time."]
        standings = {row.unit: row.standing for row in question.assignments.select_related("unit")}
    assert standings == {autumn.water: Standing.LATE, autumn.health: Standing.DUE}
    with translation.override("en"), pytest.raises(MoveRefused, match="must come after the present one"):
        asking.extend(question, clock.end_of(date(2015, 9, 5)), by=autumn.staff)


def test_reminding_of_one_question_reminds_of_no_other(autumn):
    first, client = asked(autumn), signed_in(autumn.staff)
    answered(autumn, button="choice=Yes")
    asked(autumn, units=[autumn.water], words="Is the stage booked?")
    link = opened(client, first.get_absolute_url()).html.select_one("#silent a.btn")["href"]
    found = chosen_rows(autumn.campaign, page_filter(link), autumn.staff)
    assert [(row.unit, row.question) for row in found] == [(autumn.health, first)]


def page_filter(link):
    """The parts of an address that choose something."""
    return dict(parse_qsl(link.partition("?")[2]))


def test_a_closed_question_asks_nobody_and_takes_nothing(autumn):
    question = asked(autumn)
    answered(autumn, button="choice=Yes")
    page = opened(signed_in(autumn.neighbour), address(autumn, autumn.health))
    done = press(signed_in(autumn.staff), question.get_absolute_url(), "Close the question")
    assert said(done) == ["Closed; 1 unit had not answered."]
    assert {row.unit: row.standing for row in question.assignments.select_related("unit")} == {
        autumn.water: Standing.ON_TIME, autumn.health: Standing.CLOSED
    }  # fmt: skip
    late = press(signed_in(autumn.neighbour), page, "choice=No")
    assert late.status_code == 409 and Answer.objects.filter(submitted_at__isnull=False).count() == 1
    for deed in ("extend", "close", "edit"):
        client, way = signed_in(autumn.staff), reverse(f"activities:{deed}-question", args=[question.pk])
        answer = forge(client, way, DUE, follow=True)
        assert said(answer) == ["The question is closed: nothing is asked any more."], deed
    with pytest.raises(NoSuchForm):
        press(signed_in(autumn.liaison), address(autumn), "Change the answer")
    assert Question.objects.get().state == QuestionState.CLOSED


def test_a_unit_that_was_merged_hands_its_question_on_or_owes_it_once(autumn):
    asked(autumn, units=(autumn.water,))
    merge(autumn.water, autumn.district, by=autumn.staff, on=date(2015, 9, 1))
    assert autumn.owed(autumn.district, Kind.QUESTION).is_owed
    Question.objects.update(text="Another")
    second = asked(autumn, units=(autumn.health, autumn.district))
    merge(autumn.health, autumn.district, by=autumn.staff, on=date(2015, 9, 1))
    standings = {row.unit: row.standing for row in second.assignments.select_related("unit")}
    assert standings == {autumn.health: Standing.CLOSED, autumn.district: Standing.DUE}
    assert autumn.health not in units_of(autumn)


def test_pages_cost_a_fixed_number_of_queries(autumn, django_assert_max_num_queries):
    question = asked(autumn, units=(autumn.water, autumn.health, autumn.district))
    answered(autumn, button="choice=Yes")
    client = signed_in(autumn.staff)
    for page in (
        question.get_absolute_url(),
        form_of(autumn),
        reverse("activities:questions", args=[question.campaign_id]),
    ):
        with django_assert_max_num_queries(18):
            assert client.get(page).status_code == 200
    assert Assignment.objects.filter(question=question, due_at__lt=clock.now() + timedelta(days=3)).count() == 3
