"""Precautions in proportion to the gathering: the more people are expected, the more a plan has to say.

Hubei's notice of 2020 asks organisers to fix the size of a gathering sensibly and to have health precautions and an
emergency plan. From 1,000 people a public gathering needs a safety permit (Regulation on Safety Administration of
Large-scale Mass Activities, State Council order 505 of 2007, articles 2 and 11). Where "many" begins below that is
ours: 500.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LARGE = 500
"""Expected participants from which health precautions and an emergency plan are asked for."""
PERMIT = 1000
"""Expected participants from which a public gathering needs a safety permit."""


@dataclass(frozen=True)
class Step:
    """From how many participants which fields of a plan are asked for, and why, for a person."""

    least: int
    fields: tuple[str, ...]
    why: str | Promise


STEPS = (
    Step(1, ("safety",), _("Any gathering: say in a sentence or two how it is kept safe.")),
    Step(
        LARGE,
        ("health", "emergency"),
        _("From 500 participants on: health precautions, and what is done in an emergency."),
    ),
    Step(
        PERMIT,
        ("permit",),
        _("From 1,000 participants on, open to the public: the police permit, or where the application stands."),
    ),
)


def asked_for(participants: int | None) -> list[str]:
    """The precautions a plan must name.

    Arguments: the expected participants; None while unknown, which is taken for a small gathering.
    Returns: names of fields of a plan; none when nobody gathers.
    """
    number = 1 if participants is None else participants
    return [name for step in STEPS if number >= step.least for name in step.fields]
