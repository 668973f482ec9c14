"""Which scenario is best where: by the mean, in what share of worlds, and whether that can be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.report.swept.curve import ERRORS, Floats, Numbers, over_points
from wbsim.statistics.best import best_shares
from wbsim.statistics.bootstrap import oriented
from wbsim.statistics.paired import Better


@dataclass(frozen=True, slots=True)
class Best:
    """For each place (places,): the scenario with the best mean, -1 where there are no figures.

    `shares` (places, scenarios): the share of worlds in which each is best, those that tie share a world, mean over
    the points of the place. `decided`: its mean is better than each other's by more than two Monte Carlo errors.
    """

    scenario: NDArray[np.int64]
    shares: Floats
    decided: NDArray[np.bool_]


def best_of(values: Floats, better: Better, places: Sequence[Numbers]) -> Best:
    """What is best at `places`, each the points there, of `values` (points, scenarios, worlds)."""
    scenarios = values.shape[1]
    found = np.full(len(places), -1)
    shares, decided = np.full((len(places), scenarios), np.nan), np.zeros(len(places), bool)
    for number, points in enumerate(places):
        chosen = values[points]
        each = [share for point in chosen if (share := _shares(point, better)) is not None]
        if not each:
            continue
        shares[number] = np.mean(each, axis=0)
        # Worlds of a point count under all scenarios or none, so that the means are over the same worlds.
        good = oriented(np.stack([over_points(chosen[:, s]) for s in range(scenarios)]), better)
        found[number] = first = int(good.mean(axis=1).argmax())
        lead = good[first] - np.delete(good, first, axis=0)
        if lead.shape[1] > 1:
            error = lead.std(axis=1, ddof=1) / np.sqrt(lead.shape[1])
            decided[number] = bool((lead.mean(axis=1) > ERRORS * error).all())
    return Best(found, shares, decided)


def _shares(point: Floats, better: Better) -> tuple[float, ...] | None:
    return best_shares(point[:, np.isfinite(point).all(axis=0)], better)
