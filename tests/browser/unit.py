"""The unit's part of the September, step by step in one window: wide or narrow, with scripts or without."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from playwright.sync_api import FilePayload, expect

from campaigns.models import Indicator
from reports.models import Summary
from tests import september
from tests.browser.desk import Desk, said

Today = Callable[[date], None]


def opens_newest_message(desk: Desk) -> None:
    """From the bell to where the newest message leads."""
    desk.page.locator(".bell").click()
    desk.page.locator("main a[id^=r]").first.click()
    desk.look()


def signs_for_receipt(desk: Desk) -> None:
    """From the message to the notice, and from the list of what is owed to the signature."""
    desk.open("/")
    desk.sees(said("To do now"), said("Coming"))
    opens_newest_message(desk)
    desk.sees("深质强办〔2015〕17号")
    desk.open("/")
    desk.follow(said("Receipt"))
    desk.press("Sign for receipt")
    desk.sees(said("You have signed for the notice."), said("On time"))


def registers_officers(desk: Desk) -> None:
    """The account's own data stand there already; a wrong number is refused beside its field, nothing is lost."""
    desk.open("/")
    desk.follow(said("Liaison officers"))
    assert desk.value("form-0-name") == september.OFFICER["name"]
    rows = {f"form-0-{name}": value for name, value in september.OFFICER.items()}
    desk.write(**{**rows, "form-0-mobile": "12"})
    desk.press("Submit to the office")
    desk.sees(said("A mobile number has at least 8 digits."))
    assert desk.value("form-0-department") == september.OFFICER["department"]
    desk.write(**rows)
    desk.press("Submit to the office")
    desk.sees(said("Submitted."), september.OFFICER["mobile"], september.OFFICER["email"])


def writes_a_plan(desk: Desk, title: str) -> None:
    """Half-done it can be saved and not submitted; complete it can be submitted, withdrawn, submitted."""
    desk.open("/")
    desk.follow(title)
    desk.write(**september.HALF)
    desk.press("Save the draft")
    desk.sees(said("The draft is saved. It is not submitted yet."))
    desk.press("Submit to the office")
    desk.sees(said("This time nothing was saved: please look at the fields marked below."))
    desk.sees(said("Needed before you can submit."))
    assert desk.value("goal") == september.HALF["goal"]
    desk.write(**{**september.PLAN, "ends_on": "2015-09-01"})
    desk.press("Submit to the office")
    desk.sees(said("The last day is before the first day."))
    desk.write(**september.PLAN)
    desk.press("Submit to the office")
    desk.sees(said("Submitted."), september.PLAN["place"])
    desk.page.locator("#deeds summary").click()  # it says first until when it must be filed again
    desk.sees("撤回后需重新报送")
    desk.press("Withdraw")
    desk.sees(said("It was withdrawn. It is owed again until you submit it."))
    assert desk.value("safety") == september.PLAN["safety"]
    desk.press("Submit to the office")
    desk.sees(said("Submitted."))


def corrects_the_plan(desk: Desk) -> None:
    """What was returned stands first; reason and history are read; the correction is filed."""
    desk.open("/")
    desk.sees(said("Returned, please correct"))
    opens_newest_message(desk)
    desk.sees(said("The office returned it"))
    expect(desk.page.get_by_text(september.REASON)).to_have_count(2)  # above the form, and in the history
    desk.write(**september.CORRECTION)
    desk.press("Submit to the office")
    desk.sees(said("Submitted."))


def jpeg(name: str, data: bytes) -> FilePayload:
    """A file as the browser hands it over: whoever names it calls it a JPEG."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def reports_late(desk: Desk) -> None:
    """The summary after its deadline: said to be late, taken in all the same, with figures and photos."""
    text = september.summary_text()
    desk.open("/")
    desk.sees(said("You can still file: late is shown as late, it is not refused."))
    desk.follow(said("Summary"))
    desk.write(**{name: text[name] for name in Summary.SECTIONS})
    desk.write(**{f"figure_{each.pk}": str(text["figures"][each.name]) for each in Indicator.objects.all()})
    chooser = desk.page.locator("[name=photos]")
    chooser.set_input_files([jpeg("会场.jpg", "不是照片".encode())])
    desk.press("Submit to the office")
    desk.sees("会场.jpg", said("This is no photo. JPEG, PNG, WebP, HEIC, GIF, BMP and TIFF are accepted."))
    assert desk.value("overview") == text["overview"]
    chooser.set_input_files([jpeg(f"{number}.jpg", data) for number, (data, _caption) in enumerate(september.photos())])
    desk.press("Save the draft")
    captions = desk.page.locator("[name^=caption_]")
    expect(captions).to_have_count(2)
    for place, (_data, caption) in enumerate(september.photos()):
        captions.nth(place).fill(caption)
    desk.press("Submit to the office")
    desk.sees(said("Submitted."), said("Filed late"), text["photos"][0]["caption"])
    shown = desk.page.locator(".photos img")
    expect(shown).to_have_count(2)
    desk.open("/")
    desk.sees(said("Filed late"))
