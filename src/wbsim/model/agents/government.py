"""A government: one of the six, with its part of the variables that `Governments` holds for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

from wbsim.model.agents.part import Part

if TYPE_CHECKING:
    from wbsim.model.region import Region

#: The state whose effort a veto player caps.
VETOED = 1


class Government(mesa.Agent):
    """One of the six; `place` is its index in every axis of states. `Governments` acts for all six at once."""

    VARIABLES = (
        "effort",
        "motive",
        "rhetoric",
        "kept",
        "broken",
        "log_odds",
        "trust",
        "posture",
        "capacity",
        "staffed",
        "priority",
        "war_memory",
        "crisis_memory",
    )

    effort = Part("governments")
    motive = Part("governments")
    rhetoric = Part("governments")
    kept = Part("governments")
    broken = Part("governments")
    log_odds = Part("governments")
    trust = Part("governments")
    posture = Part("governments")
    capacity = Part("governments")
    staffed = Part("governments")
    priority = Part("governments")
    war_memory = Part("governments")
    crisis_memory = Part("governments")

    def __init__(self, model: Region, place: int) -> None:
        super().__init__(model)
        self.region = model
        self.place = place
