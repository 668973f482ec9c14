"""From monthly values of any model to one figure a world: a mean, a sum, or a last value at the horizon."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from wbsim.experiments.windows import MEAN_MONTHS
from wbsim.tables.record import Outcome


def figures_of(
    regional: NDArray[np.float32], since: int, outcomes: Mapping[str, Outcome]
) -> NDArray[np.float64]:
    """Figures (..., outcomes) at the last month of `regional` (..., months, outcomes).

    An outcome's record says whether its figure is the mean of the last twelve months, the sum from month number
    `since` on (from 0), or the last value.
    """
    rules = np.array([outcome.summary for outcome in outcomes.values()])
    figures = np.empty((*regional.shape[:-2], regional.shape[-1]))
    figures[...] = regional[..., -1, :]
    for rule, first in (("mean", max(0, regional.shape[-2] - MEAN_MONTHS)), ("sum", since)):
        chosen = rules == rule
        if not chosen.any():
            continue
        values = regional[..., first:, :] if chosen.all() else regional[..., first:, :][..., chosen]
        total = values.sum(axis=-2, dtype=np.float64)
        figures[..., chosen] = total / values.shape[-2] if rule == "mean" else total
    return figures
