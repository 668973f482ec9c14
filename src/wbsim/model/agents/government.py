"""A government: one of the six, with its part of the variables that `Governments` holds for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from wbsim.model.region import Region

Floats = NDArray[np.float64]

#: The state whose effort a veto player caps.
VETOED = 1


class _Own:
    """A government's own part (R, ...) of the array (R, 6, ...) of the same name; writing to it writes there."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, agent: Government, owner: type) -> Floats:
        whole: Floats = getattr(agent.region.governments, self.name)
        return whole[:, agent.place]

    def __set__(self, agent: Government, values: Floats) -> None:
        getattr(agent.region.governments, self.name)[:, agent.place] = values


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
    )

    effort = _Own()
    motive = _Own()
    rhetoric = _Own()
    kept = _Own()
    broken = _Own()
    log_odds = _Own()
    trust = _Own()
    posture = _Own()
    capacity = _Own()
    staffed = _Own()

    def __init__(self, model: Region, place: int) -> None:
        super().__init__(model)
        self.region = model
        self.place = place
