"""Elementary effects (Morris 1991; mu* after Campolongo, Cariboni & Saltelli 2007), with chance told apart.

Factors live on the middles of `LEVELS` strips of equal prior probability, so that no factor sits at the end of its
range, and move by half of the probability: from 1/8 to 5/8 or from 3/8 to 7/8 and back. An effect is the change of the
output for such a move towards higher probability, in the output's unit: it is not divided by the step.

With R worlds at every point the effect d_tw of trajectory t in world w is μ + D_t + W_w + (DW)_tw. World k has the same
chance everywhere, so the mean over trajectories of its luck, W, is in every effect alike; what is left of chance in
the mean over worlds is (DW) / R, whose variance is estimated and taken off sigma².
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.statistics.sensitivity.finite import complete_blocks

Values = NDArray[np.float64]

#: Strips of equal probability, an even number (4: Morris's own choice).
LEVELS = 4
RESAMPLES = 499
#: Ends of a 90 % interval.
_ENDS = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class Screened:
    """Effects of G factors, all in the output's unit, (G,); intervals (G, 2) of 90 %, by bootstrap.

    `mu`: mean effect. `mu_star`: mean absolute effect. `sigma`: standard deviation of effects over trajectories, free
    of chance: it is large where a factor acts in curves or together with others. `floor`: the mu* that what is left
    of chance would give alone, None with one world. `trajectories`: used; `dropped`: left out for missing values.
    """

    mu: Values
    mu_star: Values
    sigma: Values
    mu_interval: Values
    mu_star_interval: Values
    sigma_interval: Values
    floor: Values | None
    trajectories: int
    dropped: int


def trajectories(factors: int, count: int, seed: int) -> Values:
    """`count` random trajectories through the unit cube, (count, factors + 1, factors): each step moves one factor."""
    generator = np.random.default_rng([seed, factors, count])
    unit = np.empty((count, factors + 1, factors))
    half = LEVELS // 2
    for number in range(count):
        at = generator.integers(0, LEVELS, factors)
        unit[number, 0] = at
        for step, factor in enumerate(generator.permutation(factors)):
            at[factor] += half if at[factor] < half else -half
            unit[number, step + 1] = at
    return (unit + 0.5) / LEVELS


def effects(unit: Values, values: Values) -> Values:
    """Elementary effects (T, G, R) of `values` (T, G + 1, R) along trajectories `unit` (T, G + 1, G)."""
    moves = np.diff(unit, axis=1)
    factor = np.abs(moves).argmax(axis=2)
    sign = np.sign(np.take_along_axis(moves, factor[:, :, None], axis=2))
    found = np.empty((unit.shape[0], unit.shape[2], values.shape[2]))
    np.put_along_axis(found, factor[:, :, None], sign * np.diff(values, axis=1), axis=1)
    return found


def morris(unit: Values, values: Values, seed: int, resamples: int = RESAMPLES) -> Screened:
    """Screen G factors from `values` (T, G + 1, R) of R worlds along T trajectories `unit` (T, G + 1, G).

    Intervals draw trajectories and worlds again. Trajectories with a value that isn't finite are dropped, MissingError
    beyond 5 %; ValueError for fewer than two.
    """
    whole = complete_blocks(values, "trajectories")
    found = effects(unit[whole], values[whole])
    count, _, worlds = found.shape
    if count < 2:
        raise ValueError(f"sigma needs two trajectories or more; there are {count}")
    generator = np.random.default_rng([seed, count, worlds])
    drawn = []
    for _ in range(resamples):
        some, of = generator.integers(0, count, count), generator.integers(0, worlds, worlds)
        drawn.append(np.stack(_measures(found[some][:, :, of].mean(axis=2), _noise(found))))
    ends = np.quantile(np.stack(drawn), _ENDS, axis=0)
    mu, mu_star, sigma = _measures(found.mean(axis=2), _noise(found))
    intervals = [np.stack([ends[0, n], ends[1, n]], axis=1) for n in range(3)]
    return Screened(
        mu,
        mu_star,
        sigma,
        intervals[0],
        intervals[1],
        intervals[2],
        None if worlds < 2 else math.sqrt(2.0 / math.pi) * np.sqrt(_noise(found)),
        count,
        int(np.sum(~whole)),
    )


def _measures(mean: Values, noise: Values) -> tuple[Values, Values, Values]:
    variance = mean.var(axis=0, ddof=1) - noise
    return mean.mean(axis=0), np.abs(mean).mean(axis=0), np.sqrt(np.maximum(variance, 0.0))


def _noise(found: Values) -> Values:
    """Variance (G,) that chance leaves in an effect's mean over R worlds beyond what all trajectories share."""
    count, factors, worlds = found.shape
    if worlds < 2:
        return np.zeros(factors)
    rest = found - found.mean(axis=2, keepdims=True) - found.mean(axis=0, keepdims=True)
    rest += found.mean(axis=(0, 2))[None, :, None]
    squares = np.asarray(np.sum(rest**2, axis=(0, 2)))
    return np.asarray(squares / ((count - 1) * (worlds - 1) * worlds))
