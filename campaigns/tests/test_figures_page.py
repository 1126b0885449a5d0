"""The page on which an office says which figures every unit reports."""

from django.urls import reverse

from campaigns.models import Indicator
from tests.cast import said, signed_in, text
from tests.pages import press


def page(cast):
    return reverse("campaigns:figures", args=[cast.campaign.pk])


def asked(cast):
    return list(cast.campaign.indicators.values_list("name", "measure"))


def test_a_campaign_without_a_form_is_offered_the_usual_figures_and_asks_them_once_saved(cast):
    Indicator.objects.all().delete()
    client = signed_in(cast.staff)
    assert "参与人数（人次）" in text(client.get(page(cast)))
    assert asked(cast) == []
    assert said(press(client, page(cast), "Save")) == ["Saved."]
    assert (len(asked(cast)), asked(cast)[1]) == (8, ("参与人数", "人次"))


def test_figures_are_lines_with_their_unit_of_measure_in_brackets(cast):
    client = signed_in(cast.staff)
    press(client, page(cast), "Save", figures="检查企业（单位）（家）\n\n 培训人员 (人次) \n案例")
    assert asked(cast) == [("检查企业（单位）", "家"), ("培训人员", "人次"), ("案例", "")]
    assert "检查企业（单位）（家）、培训人员（人次）、案例" in text(client.get(cast.campaign.get_absolute_url()))


def test_a_figure_named_twice_is_refused_and_what_was_typed_stays(cast):
    refused = press(signed_in(cast.staff), page(cast), "Save", figures="检查企业（家）\n检查企业（次）")
    assert "This figure stands there twice: 检查企业" in text(refused)
    assert "检查企业（次）" in text(refused)
    assert asked(cast) == [("Posters", "sheets"), ("Visitors", "people")]


def test_units_do_not_change_what_they_are_asked(autumn):
    assert signed_in(autumn.liaison).get(page(autumn)).status_code == 403
