"""The found set counted again in worlds that no search has seen: a search picks what was lucky in its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.optimum.goal import Goal, Robust, worth
from wbsim.statistics.bootstrap import LEAST_WORLDS
from wbsim.statistics.pareto import undominated

Floats = NDArray[np.float64]

#: Resamples of worlds; a share is no finer than one in so many.
RESAMPLES = 499


@dataclass(frozen=True, slots=True)
class Member:
    """One candidate in fresh worlds, for each goal (goals,), in its unit and turned so that more is better.

    `searched`: worth in the searched worlds; `fresh`: in fresh worlds; `mean`, `q05`, `q95`: of the paired gains over
    fresh worlds (parameters, structure and chance); `mcse`: Monte Carlo error of `fresh`; `beyond`: difference from the
    own levers in the same worlds, with `beyond_error`. `on_front`: no other of the set beats it on all goals in fresh
    worlds; `share`: in how many resamples of worlds that is so, None with too few worlds. `alike`: how many others of
    the set differ from it on no goal by more than two Monte Carlo errors.
    """

    searched: Floats
    fresh: Floats
    mean: Floats
    q05: Floats
    q95: Floats
    mcse: Floats
    beyond: Floats
    beyond_error: Floats
    on_front: bool
    share: float | None
    alike: int

    @property
    def optimism(self) -> Floats:
        """What the search promised beyond what fresh worlds show."""
        return self.searched - self.fresh


def choose(good: Floats, most: int) -> list[int]:
    """At most `most` of candidates with goals `good` (n, goals): the best on each goal, then what lies farthest apart.

    Each goal is scaled to its range among the candidates.
    """
    count = len(good)
    if count <= most:
        return list(range(count))
    spread = np.ptp(good, axis=0)
    scaled = (good - good.min(axis=0)) / np.where(spread > 0, spread, 1.0)
    chosen = list(dict.fromkeys(int(place) for place in scaled.argmax(axis=0)))[:most]
    while len(chosen) < most:
        distance = np.abs(scaled[:, None] - scaled[chosen][None]).sum(axis=2).min(axis=1)
        chosen.append(int(distance.argmax()))
    return sorted(chosen)


def confirm(
    searched: Floats, gains: Floats, goals: Sequence[Goal], robust: Robust, seed: int
) -> tuple[Member, ...]:
    """Members of a set whose first is the scenario's own levers.

    `searched` (n, goals): worth in the search. `gains` (n, goals, worlds): paired gains in fresh worlds, all finite.
    """
    fresh = worth(gains, robust)
    draws = _resampled(gains, robust, seed)
    error = None if draws is None else draws.std(axis=0, ddof=1)
    front = undominated(fresh)
    shares = None if draws is None else undominated(np.moveaxis(draws, 0, 1)).mean(axis=1)
    beyond = fresh - fresh[0]
    apart = np.zeros((len(gains), len(gains)), bool)
    beyond_error = np.full(fresh.shape, np.nan)
    if draws is not None:
        beyond_error = (draws - draws[:, :1]).std(axis=0, ddof=1)
        for one in range(len(gains)):
            differences = draws - draws[:, one : one + 1]
            limit = 2.0 * differences.std(axis=0, ddof=1)
            apart[one] = (np.abs(fresh - fresh[one]) > limit).any(axis=1)
    low, high = np.quantile(gains, (0.05, 0.95), axis=-1)
    return tuple(
        Member(
            searched[n],
            fresh[n],
            gains[n].mean(axis=-1),
            low[n],
            high[n],
            np.full(len(goals), np.nan) if error is None else error[n],
            beyond[n],
            beyond_error[n],
            bool(front[n]),
            None if shares is None else float(shares[n]),
            0 if draws is None else int((~apart[n]).sum()) - 1,
        )
        for n in range(len(gains))
    )


def _resampled(gains: Floats, robust: Robust, seed: int) -> Floats | None:
    """Worth (resamples, n, goals) when whole worlds are drawn again, the same for all; None with too few worlds."""
    worlds = gains.shape[-1]
    if worlds < LEAST_WORLDS:
        return None
    generator = np.random.default_rng([seed, worlds, 0x0717])
    return np.stack(
        [worth(gains[..., generator.integers(0, worlds, worlds)], robust) for _ in range(RESAMPLES)]
    )
