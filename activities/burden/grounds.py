"""The rules a finding of the burden check names: what they are called, and in short what they say.

They were read in public re-prints: the check says so beside them, and whoever quotes one looks it up first.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activities.finding import Rule

PROVISIONS = _("Provisions on Curbing Formalism to Ease the Burden on the Grassroots, issued on 6 August 2024")
APPS = _("Measures on Government Applications for Mobile Devices, 国办函〔2026〕12号")
DATA = _("Regulations on Sharing Government Data, in force since 1 August 2025")
HABIT = _("What this office counts with")


def provisions(says: Promise | str) -> Rule:
    """One of the provisions of 2024."""
    return Rule(PROVISIONS, says)


LENGTH = provisions(_("a paper about the whole has at most 5,000 characters, one about a single task at most 4,000"))
REPORTS = provisions(_("as a rule nobody is asked to report how a paper is carried out, or for papers of its own"))
PASSED_ON = provisions(_("papers that only support, divide or pass on the work of another are to be few"))
MATERIALS = provisions(_("forms and materials are not asked for often"))
BELOW_COUNTY = provisions(_("forms are as a rule not asked for below the county's platform, and filed once at most"))
MORE = provisions(_("papers do not grow in number from year to year without a written explanation"))
PHOTOS = Rule(APPS, _("lower levels are not made to send photos, videos or tracks of their work without need"))
CLOCKING = Rule(APPS, _("no clocking in, no ranking by points, no hours online"))
TWICE = Rule(APPS, _("nothing is filled in twice"))
KNOWN = Rule(DATA, _("what can be had by sharing is not collected again; each item has one source"))
TIME = Rule(HABIT, _("so many working days are left for each kind of filing"))
