"""Who leads, undertakes, assists or takes part: in running text, after labels, in brackets, by 会同 and 联合."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .role_brackets import brackets
from .role_cues import sentences, verbs
from .role_labels import labelled
from .role_partners import partners
from .role_subjects import EVERYBODY, acting, convener, subjects
from .spans import Flow
from .units import Register, UnitFound


@dataclass(slots=True)
class Roles:
    """The units of an entry as read, before it is settled who leads."""

    units: list[UnitFound] = field(default_factory=list)
    explicit: bool = False

    def add(self, found: list[UnitFound]) -> None:
        """Take in units not yet taken in."""
        names, spans = {unit.name for unit in self.units}, [unit.span for unit in self.units]
        new = [unit for unit in found if unit.name not in names]
        self.units.extend(unit for unit in new if not any(span.covers(unit.span) for span in spans))


def read_roles(flow: Flow, register: Register) -> Roles:
    """Return the units of an entry with their roles (lead, undertake, share, partner, assist, other)."""
    roles = Roles()
    for reader in (convener, labelled, sentences, verbs, brackets):
        roles.add(reader(flow, register))
    roles.explicit = bool(roles.units)
    roles.add(partners(flow, register))
    leads = any(unit.role in ("lead", "undertake", "share") for unit in roles.units)
    everybody = any(EVERYBODY.match(flow.text, start) for start, _ in flow.pieces("。；\n"))
    if not (roles.explicit and leads) and not everybody:
        found = subjects(flow, register, led=any(unit.role == "lead" for unit in roles.units))
        roles.add(found)
        roles.explicit = roles.explicit or any(re.search("负责|牵头", unit.cue) for unit in found)
    if not roles.units:
        roles.add(acting(flow, register))
    return roles


def settle(units: list[UnitFound], heads: Sequence[UnitFound] = ()) -> tuple[UnitFound, ...]:
    """Return the units with their final role lead, assist or other.

    The units heading the entry lead; whoever undertakes leads only when nobody else does; so does a unit that shares.
    """
    names = {unit.name for unit in heads}
    found = [*heads, *(unit for unit in units if unit.name not in names)]
    has_lead = any(unit.role == "lead" for unit in found)
    stand_in = "undertake" if any(unit.role == "undertake" for unit in found) else "share"
    settled = []
    for unit in found:
        role = unit.role
        if role in ("undertake", "share"):
            role = "lead" if not has_lead and role == stand_in else "assist"
        elif role == "partner":
            role = "assist"
        settled.append(replace(unit, role=role))
    return tuple(settled)
