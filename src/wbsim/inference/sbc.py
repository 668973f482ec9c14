"""Simulation-based calibration: does the whole chain recover parameters that were drawn from the prior?

Talts et al. 2018, arXiv 1804.06788: ranks of the truth among posterior draws are uniform if inference is right. The
simultaneous band about the ranks' distribution function follows Säilynoja, Bürkner and Vehtari 2022, Statistics and
Computing 32.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom, chi2

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: One replicate: the true point (D,), drawn from the prior, and draws (M, D) of the posterior given data from it.
Replicate = Callable[[np.random.Generator], tuple[Floats, Floats]]


@dataclass(frozen=True, slots=True)
class Recovered:
    """What one replicate came to, shape (D,) each.

    `rank` of the truth among `out_of` thinned draws, z = (truth - mean) / sd of the posterior, and whether the
    central 50 and 90 % intervals hold the truth.
    """

    rank: Integers
    out_of: int
    z: Floats
    inside_50: NDArray[np.bool_]
    inside_90: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Share:
    """A coverage over replicates and coordinates, with the standard error that coordinates of a replicate share."""

    value: float
    error: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Ranks (R, D) of R replicates out of `out_of`, coverages, the sd of z (1 if right), and for each coordinate the
    p-value (D,) of a chi-square test and whether its ranks leave the simultaneous 95 % band."""

    ranks: Integers
    out_of: int
    coverage_50: Share
    coverage_90: Share
    sd_of_z: float
    chi_square_p: Floats
    outside_band: NDArray[np.bool_]


def recover(replicate: Replicate, generator: np.random.Generator, out_of: int = 99) -> Recovered:
    """Run one replicate; ranks are taken among `out_of` evenly spaced draws. ValueError with fewer draws."""
    truth, draws = replicate(generator)
    if draws.shape[0] < out_of or draws.shape[1:] != truth.shape:
        raise ValueError(f"draws {draws.shape} do not hold {out_of} of points {truth.shape}")
    thinned = draws[np.linspace(0, draws.shape[0] - 1, out_of).astype(int)]
    below, ties = np.sum(thinned < truth, axis=0), np.sum(thinned == truth, axis=0)
    rank = below + generator.integers(0, ties + 1)
    ends = np.quantile(draws, (0.05, 0.25, 0.75, 0.95), axis=0)
    return Recovered(
        np.asarray(rank),
        out_of,
        np.asarray((truth - draws.mean(axis=0)) / draws.std(axis=0, ddof=1)),
        np.asarray((ends[1] <= truth) & (truth <= ends[2])),
        np.asarray((ends[0] <= truth) & (truth <= ends[3])),
    )


def summarise(replicates: list[Recovered], generator: np.random.Generator) -> Calibration:
    """Put replicates together, however they were run; ValueError with fewer than two, or of different kinds."""
    if len(replicates) < 2 or len({(each.out_of, each.rank.shape) for each in replicates}) != 1:
        raise ValueError("two replicates or more of one kind are needed")
    ranks = np.stack([each.rank for each in replicates])
    out_of = replicates[0].out_of
    level = band_level(len(replicates), out_of, 0.95, generator)
    return Calibration(
        ranks,
        out_of,
        _share([each.inside_50 for each in replicates]),
        _share([each.inside_90 for each in replicates]),
        float(np.sqrt(np.mean(np.stack([each.z for each in replicates]) ** 2))),
        np.array([chi_square_p(column, out_of) for column in ranks.T]),
        np.array([leaves_band(column, out_of, level) for column in ranks.T]),
    )


def calibrate(
    replicate: Replicate, count: int, generator: np.random.Generator, out_of: int = 99
) -> Calibration:
    """Run `count` replicates, each with a generator of its own spawned from `generator`, and summarise them."""
    return summarise([recover(replicate, each, out_of) for each in generator.spawn(count)], generator)


def chi_square_p(ranks: Integers, out_of: int, bins: int = 10) -> float:
    """p-value that ranks (R,) of 0 to `out_of` are uniform, by a chi-square test in `bins` bins or as many as ranks."""
    bins = min(bins, out_of + 1, max(2, ranks.size // 5))
    edges = np.arange(out_of + 1) * bins // (out_of + 1)
    expected = ranks.size * np.bincount(edges, minlength=bins) / (out_of + 1)
    observed = np.bincount(edges[ranks], minlength=bins)
    return float(chi2.sf(np.sum((observed - expected) ** 2 / expected), bins - 1))


def band_level(
    replicates: int, out_of: int, share: float, generator: np.random.Generator, simulations: int = 2000
) -> float:
    """Pointwise tail probability with which a band holds all of a uniform sample's distribution function with `share`.

    By simulation of the least two-sided tail probability over all ranks (Säilynoja et al. 2022, algorithm 2).
    """
    least = np.empty(simulations)
    for number in range(simulations):
        least[number] = _least_tail(generator.integers(0, out_of + 1, replicates), out_of)
    return float(np.quantile(least, 1.0 - share))


def band(replicates: int, out_of: int, level: float) -> tuple[Floats, Floats]:
    """Lower and upper end (out_of,) of the distribution function of ranks, at 0 to `out_of` - 1."""
    at = (np.arange(out_of) + 1) / (out_of + 1)
    low = binom.ppf(level / 2, replicates, at) / replicates
    high = binom.ppf(1.0 - level / 2, replicates, at) / replicates
    return np.asarray(low), np.asarray(high)


def leaves_band(ranks: Integers, out_of: int, level: float) -> bool:
    """Whether the distribution function of ranks (R,) goes further out than the band of that `level`."""
    return _least_tail(ranks, out_of) < level


def _least_tail(ranks: Integers, out_of: int) -> float:
    """Least two-sided binomial tail probability of the ranks' distribution function, over all ranks."""
    below = np.cumsum(np.bincount(ranks, minlength=out_of + 1))[:-1]
    at = (np.arange(out_of) + 1) / (out_of + 1)
    low = binom.cdf(below, ranks.size, at)
    high = binom.sf(below - 1, ranks.size, at)
    return float(min(1.0, 2.0 * np.min(np.minimum(low, high))))


def _share(inside: list[NDArray[np.bool_]]) -> Share:
    per_replicate = np.array([np.mean(each) for each in inside])
    error = np.std(per_replicate, ddof=1) / np.sqrt(per_replicate.size)
    return Share(float(per_replicate.mean()), float(error))
