"""How far a search finds the same again in resampled worlds (Bryant & Lempert 2010)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.statistics.discovery.figures import figures_of
from wbsim.statistics.discovery.prim import Patience, prim

Values = NDArray[np.float64]
Worlds = NDArray[np.bool_]

#: Resamples (assumed: a share of them then has an error of at most 7 points).
RESAMPLES = 50


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and 5 % and 95 % points over resamples."""

    low: float
    median: float
    high: float


@dataclass(frozen=True, slots=True)
class Reproducibility:
    """First boxes of `resamples` searches, each in worlds drawn with replacement from the searched ones.

    `restricted` (inputs,): share of the searches whose box restricts each input; `nothing`: share without a box.
    `density` and `coverage`: of the found boxes in the worlds that their own resample left out; None without any.
    """

    resamples: int
    restricted: tuple[float, ...]
    nothing: float
    density: Spread | None
    coverage: Spread | None


def reproduce(
    values: Values,
    cases: Worlds,
    categorical: Worlds,
    seed: int,
    patience: Patience | None = None,
    resamples: int = RESAMPLES,
) -> Reproducibility:
    """Search `resamples` resamples of the worlds of `values` (inputs, worlds); `seed` decides which worlds."""
    generator = np.random.default_rng([seed, cases.size, resamples])
    counts = np.zeros(len(values), dtype=np.int64)
    nothing, densities, coverages = 0, list[float](), list[float]()
    for _ in range(resamples):
        drawn = generator.integers(0, cases.size, cases.size)
        left_out = np.ones(cases.size, dtype=bool)
        left_out[drawn] = False
        box = prim(values[:, drawn], cases[drawn], categorical, patience).chosen
        if not box.restrictions:
            nothing += 1
            continue
        counts[list(box.places)] += 1
        figures = figures_of(box.inside(values[:, left_out]), cases[left_out])
        if figures.density is not None:
            densities.append(figures.density)
        if figures.coverage is not None:
            coverages.append(figures.coverage)
    return Reproducibility(
        resamples,
        tuple((counts / max(1, resamples)).tolist()),
        nothing / max(1, resamples),
        _spread(densities),
        _spread(coverages),
    )


def _spread(values: list[float]) -> Spread | None:
    if not values:
        return None
    low, median, high = np.quantile(values, (0.05, 0.5, 0.95)).tolist()
    return Spread(low, median, high)
