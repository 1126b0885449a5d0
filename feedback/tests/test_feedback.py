"""Complaints and suggestions: from any page to the office that looks after the unit, and back with an answer."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.audit_trail import copied
from accounts.handover import hand_over
from accounts.models import Membership, Role, Unit, User
from feedback.models import Feedback
from feedback.office import office_for
from tests.cast import log, person, said, signed_in, text, unit
from tests.pages import opened, press
from workflow.models import MoveRefused, Notification

MINE = reverse("feedback:mine")
OFFICE = reverse("feedback:office")
WORDS = "The button “file” is below the screen of my telephone"


def written(cast, by=None, words=WORDS):
    return Feedback.send(words, by=by or cast.liaison, unit=cast.water)


def told(row=None):
    """Who was told of it, and in which words."""
    rows = Notification.objects.filter(key__startswith="feedback-").order_by("pk")
    return [(each.person.username, str(each)) for each in rows if row is None or each.url == row.get_absolute_url()]


def listed(client, address=OFFICE, **query):
    return [str(row) for row in client.get(address, query).context["page"]]


# --- writing -----------------------------------------------------------------------------------------------


def test_from_the_foot_of_a_page_to_the_office_that_looks_after_the_unit(cast):
    client = signed_in(cast.liaison)
    foot = opened(client, "/campaigns/?q=words+somebody+typed").html.select_one("footer a")
    page = opened(client, foot["href"])
    assert "City office reads it and answers." in page.html.get_text()
    done = press(client, page, "Send", text=f"  {WORDS} ")
    row = Feedback.objects.get()
    assert (row.writer, row.unit, row.office) == (cast.liaison, cast.water, cast.office)
    assert (row.text, row.page, row.state) == (WORDS, "/campaigns/", "received")
    assert said(done) == ["City office has it. You will be told when it is answered."]
    new = "A new complaint or suggestion from Water bureau."
    assert told(row) == [("staff", new), ("admin", new)]
    assert listed(client, MINE) == [WORDS]


def test_the_page_it_is_about_is_left_out_when_the_tick_is_taken_away(cast):
    press(signed_in(cast.liaison), f"{MINE}?about=/campaigns/", "Send", text=WORDS, about=None)
    assert Feedback.objects.get().page == ""


@pytest.mark.parametrize("about", ["https://example.com/", "//example.com", "javascript:alert(1)", "/nowhere/", MINE])
def test_what_is_no_page_of_ours_is_not_offered_and_not_kept(cast, about):
    client = signed_in(cast.liaison)
    page = opened(client, f"{MINE}?about={about}")
    assert page.html.select("[name=about]") == []
    press(client, page, "Send", text=WORDS, forged={"about": "on", "page": about})
    assert Feedback.objects.get().page == ""


def test_nothing_and_too_much_are_sent_back_with_what_was_typed(cast):
    client = signed_in(cast.liaison)
    assert press(client, MINE, "Send", text="  ").status_code == 422
    long = press(client, MINE, "Send", text="x" * 4001)
    assert (long.status_code, "x" * 4001 in text(long)) == (422, True)
    assert not Feedback.objects.exists()


LINES = "\r\n".join(["x" * 79] * 50)
"""3,999 characters as a browser counts them for maxlength; it sends two at the end of each line."""


def test_a_text_as_long_as_the_browser_lets_it_become_is_not_too_long(cast):
    press(signed_in(cast.liaison), MINE, "Send", text=LINES)
    row = Feedback.objects.get()
    press(signed_in(cast.staff), row.get_absolute_url(), "deed=answer", words=LINES)
    assert (len(row.text), [len(each[3]) for each in log(row)]) == (3999, [3999])


def test_a_second_press_sends_nothing_twice(cast):
    client = signed_in(cast.liaison)
    page = opened(client, MINE)
    for _ in range(2):
        press(client, page, "Send", text=WORDS)
    assert (Feedback.objects.count(), len(told())) == (1, 2)


def test_who_speaks_for_several_units_says_for_which(cast):
    Membership.objects.create(user=cast.liaison, unit=cast.street, role=Role.LIAISON)
    press(signed_in(cast.liaison), MINE, "Send", text=WORDS, unit=cast.street.pk)
    row = Feedback.objects.get()
    assert (row.unit, row.office) == (cast.street, cast.district)


def test_for_a_unit_of_others_nobody_writes(cast):
    Membership.objects.create(user=cast.liaison, unit=cast.street, role=Role.LIAISON)
    done = press(signed_in(cast.liaison), MINE, "Send", text=WORDS, forged={"unit": cast.health.pk})
    assert (done.status_code, Feedback.objects.exists()) == (422, False)


# --- which office ------------------------------------------------------------------------------------------


def test_each_office_hears_the_people_of_its_own_units(cast):
    """The district's own people are heard by the city, the street's by the district."""
    assert [office_for(each) for each in (cast.water, cast.district, cast.street)] == [
        cast.office, cast.office, cast.district,
    ]  # fmt: skip


def test_an_office_of_its_own_hears_its_own_people(cast):
    assert office_for(cast.office) == cast.office


def test_where_nobody_answers_the_office_above_hears_it_and_else_the_first_of_the_site(cast):
    Membership.objects.filter(unit=cast.district).delete()
    assert office_for(cast.street) == cast.office
    alone = unit("Alone")
    below = unit("Below", parent=unit("Middle", parent=cast.district))
    Unit.objects.filter(pk=cast.district.pk).update(kept_by=None, parent=cast.office)
    assert [office_for(each) for each in (alone, Unit.objects.get(pk=below.pk), None)] == [cast.office] * 3


def test_on_a_site_without_an_office_it_is_said(cast):
    Membership.objects.exclude(role=Role.LIAISON).delete()
    done = press(signed_in(cast.liaison), MINE, "Send", text=WORDS)
    assert (done.status_code, Feedback.objects.exists()) == (422, False)
    assert "No office of this site has anybody yet who could answer." in text(done)


# --- answering ---------------------------------------------------------------------------------------------


def test_the_office_answers_and_the_writer_reads_it(cast):
    row = written(cast)
    answered = press(signed_in(cast.staff), row.get_absolute_url(), "deed=answer", words="Mended. Thank you.")
    assert said(answered) == ["liaison is told."]
    assert log(row) == [("received", "answered", cast.staff, "Mended. Thank you.")]
    assert told(row)[2:] == [("liaison", f"City office answered what you wrote: {WORDS}")]
    liaison = signed_in(cast.liaison)
    message = cast.liaison.notifications.first()
    read = liaison.get(reverse("accounts:message", args=[message.pk]), follow=True)
    assert ("Mended. Thank you." in text(read), "Answered" in text(read)) == (True, True)
    assert "Answered" in text(liaison.get(MINE))


def test_what_is_not_taken_up_is_answered_with_the_reason(cast):
    row = written(cast)
    press(signed_in(cast.admin), row.get_absolute_url(), "deed=close", words="The law asks for it.")
    assert log(row) == [("received", "closed", cast.admin, "The law asks for it.")]
    assert told(row)[2:] == [("liaison", f"City office says why it does not take up what you wrote: {WORDS}")]


@pytest.mark.parametrize("words", ["", "   ", "x" * 4001])
def test_an_answer_has_words_and_an_end(cast, words):
    row = written(cast)
    refused = press(signed_in(cast.staff), row.get_absolute_url(), "deed=answer", words=words)
    assert said(refused) == ["Please write at least a word and at most 4,000 characters."]
    assert log(row) == []


def test_who_is_not_content_asks_again(cast):
    row = written(cast)
    row.answer("Soon.", by=cast.staff)
    again = press(signed_in(cast.liaison), row.get_absolute_url(), "Ask again", words="When?")
    assert said(again) == ["City office has it again."]
    assert log(row)[1:] == [("answered", "received", cast.liaison, "When?")]
    asks = "Water bureau is not content with an answer and asks again."
    assert told(row)[3:] == [("staff", asks), ("admin", asks)]
    assert listed(signed_in(cast.staff)) == [WORDS]


def test_the_second_of_two_who_answer_is_told_who_was_faster(cast):
    row, same = written(cast), Feedback.objects.get()
    row.answer("Yes.", by=cast.staff)
    with pytest.raises(MoveRefused, match="Somebody was faster"):
        same.answer("No.", by=cast.admin)
    assert log(row) == [("received", "answered", cast.staff, "Yes.")]


def test_what_the_second_of_two_typed_stands_above_to_be_copied(cast):
    row, admin = written(cast), signed_in(cast.admin)
    page = opened(admin, row.get_absolute_url())
    row.answer("Yes.", by=cast.staff)
    assert "An answer of half an hour" in text(press(admin, page, "deed=answer", words="An answer of half an hour"))


def test_a_second_press_answers_and_asks_nothing_twice_and_says_what_the_first_said(cast):
    row = written(cast)
    for who, button, done in (("staff", "deed=answer", "liaison is told."), ("liaison", "Ask again", "has it again.")):
        client = signed_in(cast.people()[who])
        page = opened(client, row.get_absolute_url())
        for _ in range(2):
            pressed = press(client, page, button, words="The same words")
            assert (said(pressed)[0].endswith(done), "not done" in text(pressed)) == (True, False)
    assert ([each[1] for each in log(row)], len(told(row))) == (["answered", "received"], 5)


def test_nobody_is_said_to_be_told_whose_account_is_shut(cast):
    row = written(cast)
    User.objects.filter(pk=cast.liaison.pk).update(is_active=False)
    staff = signed_in(cast.staff)
    assert "The account of liaison is shut: nobody gets a message." in text(staff.get(row.get_absolute_url()))
    answered = press(staff, row.get_absolute_url(), "deed=answer", words="Mended.")
    assert said(answered) == ["It is kept here. The account of liaison is shut: nobody is told."]
    assert told(row)[2:] == []


def test_the_list_of_the_office_holds_what_waits_the_oldest_first_or_everything(cast):
    first, _second = written(cast), written(cast, words="Another thing")
    third = Feedback.send("A third thing", by=cast.neighbour, unit=cast.health)
    third.answer("Yes.", by=cast.staff)
    staff = signed_in(cast.staff)
    assert listed(staff) == [WORDS, "Another thing"]
    assert listed(staff, show="all") == ["A third thing", "Another thing", WORDS]
    assert listed(staff, show="all", q="Health") == ["A third thing"]
    assert listed(staff, q="telephone") == [str(first)]
    assert listed(staff, q="liaison") == [WORDS, "Another thing"]


# --- who sees it -------------------------------------------------------------------------------------------


def test_only_the_writer_and_who_answers_for_the_office_see_it(cast):
    row, of_the_street = written(cast), Feedback.send("Of the street", by=cast.street_liaison, unit=cast.street)
    sees = {
        each.pk: {
            who
            for who, user in cast.people().items()
            if signed_in(user).get(each.get_absolute_url()).status_code == 200
        }
        for each in (row, of_the_street)
    }
    assert sees == {row.pk: {"liaison", "staff", "admin"}, of_the_street.pk: {"street_liaison", "district_staff"}}
    assert listed(signed_in(cast.district_staff), show="all") == ["Of the street"]
    assert listed(signed_in(cast.head), MINE) == []


def test_what_was_written_and_answered_is_in_no_audit_trail(cast):
    """The page promises it: only the writer and the office see it."""
    row = written(cast)
    row.answer("Whom do you mean?", by=cast.staff)
    row.ask_again("The head himself, 138 0000 0001", by=cast.liaison)
    trail = [each.detail for each in copied() if each.about == f"feedback {row.pk}"]
    assert trail == ["received → answered", "answered → received"]


def test_an_answer_is_not_handed_over_to_the_successor(cast):
    row = written(cast)
    row.answer("Mended.", by=cast.staff)
    hand_over(cast.water, cast.liaison, cast.neighbour, by=cast.staff)
    assert [who for who, _words in told(row)] == ["staff", "admin", "liaison"]


def test_on_the_sign_in_page_nobody_is_sent_there(cast):
    assert "/feedback/" not in text(Client().get("/sign-in/"))


def test_an_error_page_leads_there_too(cast):
    assert f'href="{MINE}"' in text(signed_in(cast.liaison).get("/nowhere/"))


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_rows(cast, rows, django_assert_num_queries):
    for number in range(rows):
        written(cast, words=f"Thing {number}")
    client = signed_in(cast.staff)
    with django_assert_num_queries(6):
        assert len(listed(client)) == rows


def test_who_has_no_role_is_heard_by_the_first_office(cast):
    press(signed_in(person("alone")), MINE, "Send", text=WORDS)
    row = Feedback.objects.get()
    assert (row.unit, row.office) == (None, cast.office)
