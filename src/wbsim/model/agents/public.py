"""A public: the citizens of one state, their attitudes and beliefs (C1 to C5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numpy as np
from numpy.typing import NDArray

from wbsim.model.population import Population

if TYPE_CHECKING:
    from wbsim.model.region import Region

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]


class Public(mesa.Agent):
    """The citizens of one state; `place` is its index in every axis of states.

    Its variables are views of those of the `Population`, which moves all publics at once: `attitudes`
    (R, M, 16, G) hold ten threats and trust in six states (the own one unused).
    """

    VARIABLES = Population.VARIABLES

    def __init__(self, model: Region, place: int) -> None:
        super().__init__(model)
        self.population = model.population
        self.place = place

    @property
    def attitudes(self) -> Singles:
        """Attitudes of single citizens, (R, M, 16, G)."""
        return self.population.attitudes[:, self.place]

    @property
    def circle_sums(self) -> Singles:
        """Sums of the attitudes over the members of each circle, (R, 16, G)."""
        return self.population.circle_sums[:, self.place]

    @property
    def shares(self) -> Singles:
        """Shares of citizens, (R, 15) in the order of the kernels' `READOUTS`."""
        return self.population.shares[:, self.place]

    @property
    def means(self) -> Singles:
        """Mean attitudes of each community, (R, 16, C)."""
        return self.population.means[:, self.place]

    @property
    def anchors(self) -> Singles:
        """Mean anchors of each community at the start, (R, 16, C)."""
        return self.population.anchors[:, self.place]

    @property
    def anchor_shift(self) -> Singles:
        """What the anchors have moved since, (R, 16, C)."""
        return self.population.anchor_shift[:, self.place]

    @property
    def news_fast(self) -> Floats:
        """Fast part of the news about each threat, (R, 10)."""
        return self.population.news_fast[:, self.place]

    @property
    def news_slow(self) -> Floats:
        """Slow part of it, (R, 10)."""
        return self.population.news_slow[:, self.place]

    @property
    def visible(self) -> Floats:
        """Joint results with each state that can be seen, (R, 6)."""
        return self.population.visible[:, self.place]

    @property
    def belief(self) -> Floats:
        """What citizens believe that cooperation delivers, (R, 5)."""
        return self.population.belief[:, self.place]

    @property
    def history(self) -> Floats:
        """Mean fear of this month and of the twelve before it, newest first, (R, 13)."""
        return self.population.history[:, self.place]

    @property
    def support_start(self) -> Floats:
        """Constants of the logit of support in the reference month, (R, 5)."""
        return self.population.support_start[:, self.place]

    def mean_threats(self) -> Floats:
        """Mean threat perceptions, (R, 10)."""
        return self.population.mean_threats()[:, self.place]
