"""A public: the citizens of one state, with their part of the variables that `Publics` holds for all six."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numpy as np
from numpy.typing import NDArray

from wbsim.model.agents.part import Part

if TYPE_CHECKING:
    from wbsim.model.region import Region

Floats = NDArray[np.float64]


class Public(mesa.Agent):
    """The citizens of one state; `place` is its index in every axis of states. `Publics` moves all six at once."""

    VARIABLES = (
        "attitudes",
        "circle_sums",
        "anchor_shift",
        "shares",
        "means",
        "news_fast",
        "news_slow",
        "resentment",
        "visible",
        "belief",
        "mood",
        "history",
    )

    attitudes = Part("publics")
    circle_sums = Part("publics")
    anchor_shift = Part("publics")
    shares = Part("publics")
    means = Part("publics")
    news_fast = Part("publics")
    news_slow = Part("publics")
    resentment = Part("publics")
    visible = Part("publics")
    belief = Part("publics")
    mood = Part("publics")
    history = Part("publics")
    anchors = Part("publics")
    support_start = Part("publics")

    def __init__(self, model: Region, place: int) -> None:
        super().__init__(model)
        self.region = model
        self.place = place

    def mean_threats(self) -> Floats:
        """Mean threat perceptions, (R, 10)."""
        threats: Floats = self.region.publics.mean_threats()
        return threats[:, self.place]
