"""Writing a notice: what is saved, and what happens when two people write."""

import pytest
from django.urls import reverse
from django.utils import translation

from campaigns.merge_texts import merged
from campaigns.models import Notice
from campaigns.versions import StaleText, save_text, set_aside
from campaigns.way import send_to_review
from tests.cast import ISSUED_ON, at_once, make_cast, postgresql, signed_in, text
from tests.pages import autosave, forge, opened, press
from tests.pages import page_of as shown_by
from workflow import clock
from workflow.models import MoveRefused


def page_of(notice):
    return reverse("campaigns:editor", args=[notice.pk])


def saves_by_itself(client, notice, **changes):
    return autosave(client, page_of(notice), **changes)


def saves(client, page, **changes):
    """Type and press Save. Arguments: the client, the page's address or the page opened before, what is typed."""
    return press(client, page, "Save", **changes)


def fresh(notice):
    return Notice.objects.get(pk=notice.pk)


# --- saving ------------------------------------------------------------------------------------------------


def test_the_page_saves_by_itself_and_says_from_which_revision_to_go_on(cast):
    client = signed_in(cast.staff)
    answer = saves_by_itself(client, cast.notice, body="一、New purpose")
    assert (answer.status_code, answer.json()["seen"], answer.json()["wrong"]) == (200, 1, {})
    assert fresh(cast.notice).body == "一、New purpose"
    again = saves_by_itself(client, cast.notice, body="一、Newer")
    assert (again.json()["seen"], [row.body for row in cast.notice.versions.all()]) == (2, ["一、Newer"])


def test_without_javascript_the_button_saves_and_the_page_comes_back(cast):
    response = saves(signed_in(cast.staff), page_of(cast.notice), body="By the button\r\nTwo lines")
    assert (response.status_code, fresh(cast.notice).body) == (200, "By the button\nTwo lines")
    assert "By the button" in text(response)


def test_what_cannot_be_kept_is_said_beside_its_field_and_the_rest_is_saved(cast):
    answer = saves_by_itself(signed_in(cast.staff), cast.notice, title="长" * 300, body="Kept all the same")
    assert list(answer.json()["wrong"]) == ["title"]
    assert (fresh(cast.notice).title, fresh(cast.notice).body) == ("Notice of City month", "Kept all the same")
    page = saves(signed_in(cast.staff), page_of(cast.notice), title="长" * 300, year="3015")
    assert (page.status_code, "长" * 300 in text(page), "A year between 1949 and 2100." in text(page)) == (
        422,
        True,
        True,
    )


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("a\0b\x07c\x1bd", "abcd"),
        ("right\u202eleft", "rightleft"),
        ("cafe\u0301", "café"),
        ("party 🎉 time", "party 🎉 time"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_signs_without_a_shape_are_dropped_and_all_else_is_kept(cast, sent, kept):
    client = signed_in(cast.staff)
    saves_by_itself(client, cast.notice, body=sent)
    assert fresh(cast.notice).body == kept
    assert "<script>alert(1)" not in client.get(page_of(cast.notice)).content.decode()


def test_half_a_character_from_a_broken_program_does_no_harm(cast):
    client = signed_in(cast.staff)
    raw = b"seen=0&action=autosave&kind=notice&year=2015&publicity=request&title=T&body=before%ED%A0%80after"
    answer = forge(client, page_of(cast.notice), raw, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, fresh(cast.notice).body.replace("\ufffd", "")) == (200, "beforeafter")


def test_two_hundred_thousand_characters_are_kept_and_one_more_is_refused_and_stays_on_the_page(cast):
    client, long = signed_in(cast.staff), "质量第一。\n" * 33_333
    saves_by_itself(client, cast.notice, body=long)
    assert len(fresh(cast.notice).body) == 199_998
    response = saves(client, page_of(cast.notice), body=long + "质量第一\n")
    assert (response.status_code, len(fresh(cast.notice).body)) == (422, 199_998)
    assert response.context["form"]["body"].value().endswith("质量第一\n")


@pytest.mark.parametrize("seen", ["", "-1", "x", "9" * 30])
def test_a_page_that_does_not_know_when_it_was_opened_saves_nothing_unseen(cast, seen):
    answer = saves(signed_in(cast.staff), page_of(cast.notice), body="Other", forged={"seen": seen})
    assert (answer.status_code, fresh(cast.notice).body) == (409, "一、Purpose\nEverybody takes part.")


# --- two people --------------------------------------------------------------------------------------------


def two_write(cast, mine="Mine", theirs="Theirs", **more):
    """The signer saved while the page of staff was open; staff saves now. Returns: staff's browser, the answer."""
    client = signed_in(cast.staff)
    page = opened(client, page_of(cast.notice))
    save_text(cast.notice, by=cast.signer, seen=0, body=theirs)
    return client, saves(client, page, body=mine, **more)


def test_the_second_one_sees_both_texts_and_nothing_was_saved_over(cast):
    _client, response = two_write(cast, "Everybody takes part in May.", "Everybody takes part in June.")
    assert (response.status_code, fresh(cast.notice).body) == (409, "Everybody takes part in June.")
    page = text(response)
    assert "signer saved this notice meanwhile." in page
    pieces = {(piece.kind, piece.text) for _name, found in response.context["changes"] for piece in found}
    assert {("removed", "June"), ("added", "May")} <= pieces


def texts(notice):
    return [(row.saved_by.name, row.body) for row in notice.versions.select_related("saved_by")]


def test_mine_becomes_the_text_and_theirs_stays_a_version(cast):
    client, response = two_write(cast)
    press(client, shown_by(response), "choice=mine")
    assert fresh(cast.notice).body == "Mine"
    assert texts(cast.notice) == [("signer", "Theirs"), ("staff", "Mine")]


def test_theirs_stays_the_text_and_mine_is_kept_below_it(cast):
    client, response = two_write(cast)
    press(client, shown_by(response), "choice=theirs")
    assert fresh(cast.notice).body == "Theirs"
    assert texts(cast.notice) == [("signer", "Theirs"), ("staff", "Mine"), ("signer", "Theirs")]


def test_a_text_of_both_typed_there_becomes_the_text(cast):
    client, response = two_write(cast)
    press(client, shown_by(response), "choice=merged", body="Both")
    assert texts(cast.notice) == [("signer", "Theirs"), ("staff", "Both")]


def test_one_person_in_two_windows_loses_nothing_either(cast):
    client = signed_in(cast.staff)
    second = opened(client, page_of(cast.notice))
    save_text(cast.notice, by=cast.staff, seen=0, body="First window")
    clash = saves(client, second, body="Second window")
    assert clash.status_code == 409
    press(client, shown_by(clash), "choice=mine")
    assert [body for _who, body in texts(cast.notice)] == ["First window", "Second window"]


def test_a_third_who_saves_while_one_chooses_is_not_run_over(cast):
    client, response = two_write(cast)
    save_text(fresh(cast.notice), by=cast.signer, seen=1, body="Theirs again")
    assert press(client, shown_by(response), "choice=mine").status_code == 409
    assert fresh(cast.notice).body == "Theirs again"


def test_the_page_that_saves_by_itself_is_told_and_stops(cast):
    client = signed_in(cast.staff)
    page = opened(client, page_of(cast.notice))
    save_text(cast.notice, by=cast.signer, seen=0, body="Theirs")
    answer = autosave(client, page, body="Mine")
    told = (answer.status_code, answer.json())
    assert told == (409, {"why": "signer saved this notice meanwhile.", "mine": False, "seen": 1})


def test_the_same_form_sent_twice_is_no_clash(cast):
    client = signed_in(cast.staff)
    page = opened(client, page_of(cast.notice))
    twice = [saves(client, page, body="Once", follow=False) for _press in range(2)]
    assert [answer.status_code for answer in twice] == [302, 302]
    assert texts(cast.notice) == [("staff", "Once")]


def test_settings_beside_the_text_that_differ_are_shown_too(cast):
    client = signed_in(cast.staff)
    page = opened(client, page_of(cast.notice))
    save_text(cast.notice, by=cast.signer, seen=0, urgency="urgent")
    response = saves(client, page, body="Mine", in_order="on")
    assert response.context["settings"] == [
        ("urgency", "Urgent", "—"),
        ("countersigned one after another", "not ticked", "ticked"),
    ]


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "both"),
    [
        ("a\nb\nc\nd\ne", "A\nb\nc\nd\ne", "a\nb\nc\nd\nE", "A\nb\nc\nd\nE"),
        ("a\nb\nc\nd", "a\nb\nc\nd\nnew", "new\na\nb\nc\nd", "new\na\nb\nc\nd\nnew"),
        ("a\nb\nc", "a\nc", "a\nb\nc", "a\nc"),
        ("a\nb\nc", "a\nX\nc", "a\nX\nc", "a\nX\nc"),
        ("a\nb\nc", "a\nX\nc", "a\nY\nc", None),
        ("a\nb\nc", "a\nX\nc", "a\nb\nY", None),
        ("", "mine", "theirs", None),
    ],
)
def test_changes_that_lie_apart_are_joined_and_others_are_left_to_a_person(base, mine, theirs, both):
    assert (merged(base, mine, theirs), merged(base, theirs, mine)) == (both, both)


def test_two_changes_in_different_paragraphs_are_proposed_as_one_text(cast):
    base = "一、Purpose\nOne.\nTwo.\nThree."
    Notice.objects.filter(pk=cast.notice.pk).update(body=base)
    by_script = {"base": base.replace("\n", "\r\n")}  # draft.js fills it in where the page has an empty one
    _client, response = two_write(cast, base.replace("One", "Uno"), base.replace("Three", "Tres"), forged=by_script)
    assert response.context["form"]["body"].value() == "一、Purpose\nUno.\nTwo.\nTres."
    assert "here both are in one text" in text(response)


# --- when it is no longer written --------------------------------------------------------------------------


def test_from_the_review_on_the_page_says_why_and_who_has_it(cast):
    send_to_review(cast.notice, by=cast.staff)
    page = text(signed_in(cast.signer).get(page_of(cast.notice)))
    assert "It stands at “In review”." in page
    assert "staff brought it there on" in page
    assert "<textarea" not in page


def test_what_was_typed_while_somebody_sent_it_to_review_is_shown_not_lost(cast):
    client = signed_in(cast.signer)
    page = opened(client, page_of(cast.notice))
    send_to_review(cast.notice, by=cast.staff)
    response = saves(client, page, body="Too late")
    assert (response.status_code, "Too late" in text(response), fresh(cast.notice).body) == (
        409,
        True,
        cast.notice.body,
    )
    answer = autosave(client, page, body="Too late")
    assert (answer.status_code, "In review" in answer.json()["why"]) == (409, True)


def test_a_notice_that_went_out_cannot_be_written(autumn):
    with pytest.raises(MoveRefused):
        save_text(autumn.notice, by=autumn.staff, seen=autumn.notice.revision, body="Changed")
    page = text(signed_in(autumn.staff).get(page_of(autumn.notice)))
    assert "write a correction or a supplementary notice" in page


# --- versions as they are kept -----------------------------------------------------------------------------


def test_one_sitting_of_a_person_is_one_version_and_the_next_day_another(cast):
    with clock.as_of(ISSUED_ON):
        for revision, body in enumerate(("一", "一、", "一、目的")):
            save_text(cast.notice, by=cast.staff, seen=revision, body=body)
    save_text(cast.notice, by=cast.staff, seen=3, body="一、目的二")
    assert [body for _who, body in texts(cast.notice)] == ["一、目的", "一、目的二"]


def test_who_empties_the_page_by_mistake_finds_the_text_among_the_versions(cast):
    long = "一、目的\n" + "让每个人都参与质量月。" * 20
    save_text(cast.notice, by=cast.staff, seen=0, body=long)
    save_text(cast.notice, by=cast.staff, seen=1, body="")
    save_text(cast.notice, by=cast.staff, seen=2, body="重新写起")
    assert [body for _who, body in texts(cast.notice)] == [long, "重新写起"]


def test_a_stale_page_is_refused_by_the_deed_itself(cast):
    save_text(cast.notice, by=cast.signer, seen=0, body="Theirs")
    with translation.override("en"), pytest.raises(StaleText, match="signer saved this notice meanwhile"):
        save_text(fresh(cast.notice), by=cast.staff, seen=0, body="Mine")


def test_the_same_text_is_not_set_aside(cast):
    save_text(cast.notice, by=cast.staff, seen=0, body="Text")
    values = {name: getattr(cast.notice, name) for name in ("title", "salutation", "body", "signature")}
    set_aside(cast.notice, by=cast.signer, **values)
    assert texts(cast.notice) == [("staff", "Text")]


def test_the_page_asks_the_same_number_of_questions_of_a_long_notice(cast, django_assert_num_queries):
    client = signed_in(cast.staff)
    client.get(page_of(cast.notice))
    with django_assert_num_queries(QUERIES):
        client.get(page_of(cast.notice))
    for number in range(50):
        cast.notice.versions.create(
            number=number + 1, saved_by=cast.staff, saved_at=clock.now(), body="一、目的\n" * 500
        )
    with django_assert_num_queries(QUERIES):
        client.get(page_of(cast.notice))


QUERIES = 6


# --- at the same moment, over PostgreSQL -------------------------------------------------------------------


@postgresql
@pytest.mark.django_db(transaction=True)
def test_of_four_who_save_at_the_same_moment_one_is_first_and_three_are_told():
    cast = make_cast()
    people = iter([cast.staff, cast.signer, cast.leader, cast.admin])

    def save(wait):
        who, notice = next(people), fresh(cast.notice)
        wait()
        save_text(notice, by=who, seen=0, body=f"Text of {who}")
        return notice.body

    ends = at_once(save)
    saved = [each for each in ends if isinstance(each, str)]
    assert (len(saved), sorted(type(each).__name__ for each in ends if each not in saved)) == (1, ["StaleText"] * 3)
    assert (fresh(cast.notice).body, [body for _who, body in texts(cast.notice)]) == (saved[0], saved)


@postgresql
@pytest.mark.django_db(transaction=True)
def test_a_text_saved_while_the_notice_goes_to_review_is_either_reviewed_or_refused():
    cast = make_cast()
    deeds = iter([lambda notice: save_text(notice, by=cast.staff, seen=0, body="Late words"),
                  lambda notice: send_to_review(notice, by=cast.signer)])  # fmt: skip

    def do(wait):
        deed, notice = next(deeds), fresh(cast.notice)
        wait()
        deed(notice)

    at_once(do, threads=2)
    notice = fresh(cast.notice)
    assert notice.state == "review"
    assert notice.versions.last().body == notice.body
