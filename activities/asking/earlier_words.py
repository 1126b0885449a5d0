"""Words of an earlier year in a notice that begins with last year's text: its theme, its year."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from activities.finding import Finding, in_short, mark, place
from activities.models import Activity
from campaigns.models import Campaign, Notice
from campaigns.new_year import old_themes, old_years

CAMPAIGNS = 5
"""Earlier campaigns of the office whose themes are looked for."""


def last_years_words(notice: Notice) -> Iterator[Finding]:
    """Themes of earlier campaigns and years before this one, in the text, the annexes and the activities.

    Only where the office had a campaign before: what was never carried over needs no question.
    """
    campaign = notice.campaign
    before = Campaign.objects.filter(host=campaign.host_id, year__lt=campaign.year)
    themes = dict(before.order_by("year").values_list("theme", "year"))
    if not themes:
        return
    for text, where in texts_of(notice):
        for theme in old_themes(text, list(themes)[-CAMPAIGNS:], campaign.theme):
            said_so = _("“%(theme)s” is the theme of %(year)d; this year's is “%(now)s”.")
            values = {"theme": theme, "year": themes[theme], "now": campaign.theme}
            yield Finding(f"theme:{mark(theme, where)}", said_so % values, False, where)
        if found := old_years(text, campaign.year):
            said_so = _("An earlier year is spoken of: %(passages)s. Is it meant?")
            values = {"passages": in_short([f"“{each}”" for each in found])}
            yield Finding(f"year:{mark(where, *found)}", said_so % values, False, where)


def texts_of(notice: Notice) -> list[tuple[str, str]]:
    """What goes out with a notice, each with the page on which it is mended."""
    pk, campaign = notice.pk, notice.campaign
    annexes = [text for row in notice.annexes.all() for text in (row.title, row.text)]
    rows = Activity.objects.filter(campaign=campaign).values_list("title", "group", "description", "remark")
    demands = [row.title for row in notice.demands.all()]
    own = [campaign.title, campaign.spirit_slogan, campaign.logo_note, campaign.guiding_ideology]
    own += [each.text for each in campaign.slogans.all()]
    own += [text for point in campaign.points.all() for text in (point.heading, point.body)]
    return [
        ("\n".join([notice.title, notice.body, *demands]), place("campaigns:editor", pk)),
        ("\n".join(annexes), place("campaigns:annexes", pk)),
        ("\n".join(text for row in rows for text in row), place("activities:activities", campaign.pk)),
        ("\n".join(own), place("campaigns:edit-campaign", campaign.pk)),
    ]
