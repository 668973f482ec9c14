"""Everything that changes from month to month, as arrays with a leading axis of worlds."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Citizens = NDArray[np.float32]


@dataclass
class State:
    """The region's variables in R worlds, D = 5 domains, K = 10 threats, C communities, 15 dyads.

    Pairs are (R, 6, 6) with the holder first: `trust[r, i, j]` is what i thinks of j. Severities are 0 without a
    crisis, else 1 to 4.
    """

    effort: Floats  # (R, 6, D) share of the possible
    motive: Floats  # (R, 6, D) logit of effort without reciprocity and commitments
    rhetoric: Floats  # (R, 6, 6) -1 hostile to 1 friendly
    kept: Floats  # (R, 6, 6) record of kept commitments, in observations
    broken: Floats  # (R, 6, 6)
    belief_type: Floats  # (R, 6, 6) log odds that the other is trustworthy (variant two-types)
    trust: Floats  # (R, 6, 6) 0 to 1
    posture: Floats  # (R, 6)
    capacity: Floats  # (R, 6)
    staffed: Floats  # (R, 6) share of the staff asked for that there is
    practice: Floats  # (R, 6, 6, D) practised cooperation x
    good: Floats  # (R, D) public good Q
    level: Floats  # (R, 6, D) log of the threat level over its reference
    news_fast: Floats  # (R, 6, K)
    news_slow: Floats  # (R, 6, K)
    visible: Floats  # (R, 6, 6) visible joint results
    delivered: Floats  # (R, 6, D) citizens' belief in what cooperation delivers
    severity: Floats  # (R, 15) open crises between states
    protracted: Floats  # (R, 15) 1 where the open crisis is a long one
    excitation: Floats  # (R, 15)
    lull: Floats  # (R, 15) slow change of risk, standard normal
    internal: Floats  # (R, 6) severity of the open internal crisis
    internal_protracted: Floats  # (R, 6)
    pressure: Floats  # (R,) Russian pressure
    credibility: Floats  # (R, 6) of accession
    mediation: Floats  # (R,)
    peacekeepers: Floats  # (R,)
    anchor_shift: Citizens  # (R, 6, 16, C) drift of anchors (variant adapting)
    attitudes: Citizens  # (R, 6, 16, M, G)
    shares: Citizens  # (R, 6, 15) read-outs
    means: Citizens  # (R, 6, 16, C) mean attitudes by community
    fear_history: Floats  # (R, 13, 6) mean fear of the last thirteen months, newest first
    trust_2022: Floats  # (R,) public trust of the worst dyad in December 2022
    spent: Floats  # (R,) EUR m since the start

    def copy(self) -> Self:
        """An independent copy."""
        return type(self)(*(getattr(self, item.name).copy() for item in fields(self)))

    def finite(self) -> NDArray[np.bool_]:
        """(R,) whether every number of a world is finite."""
        good = np.ones(len(self.pressure), dtype=bool)
        for item in fields(self):
            values = getattr(self, item.name)
            good &= np.isfinite(values.reshape(len(values), -1)).all(axis=1)
        return good
