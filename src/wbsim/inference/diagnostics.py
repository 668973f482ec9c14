"""Convergence of Markov chains: rank-normalised split R-hat and effective sample sizes.

Vehtari, Gelman, Simpson, Carpenter and Bürkner 2021, Bayesian Analysis 16(2). Chains are (chains, draws) arrays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import rankdata

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Convergence:
    """Of each coordinate, shape (D,): `r_hat` (good under 1.01), effective sample sizes of the centre, `bulk`, and
    of the 5 and 95 % quantiles, `tail` (good from 400 on)."""

    r_hat: Floats
    bulk: Floats
    tail: Floats


def convergence(chains: Floats) -> Convergence:
    """Diagnostics of `chains`, shape (chains, draws, D)."""
    coordinates = range(chains.shape[2])
    return Convergence(
        np.array([rank_r_hat(chains[:, :, d]) for d in coordinates]),
        np.array([bulk_size(chains[:, :, d]) for d in coordinates]),
        np.array([tail_size(chains[:, :, d]) for d in coordinates]),
    )


def split(chains: Floats) -> Floats:
    """Each chain in two halves, shape (2 chains, draws // 2); the middle draw of an odd number goes."""
    half = chains.shape[1] // 2
    return np.concatenate([chains[:, :half], chains[:, -half:]])


def rank_normalise(chains: Floats) -> Floats:
    """Normal scores of the ranks over all chains: quantiles of (rank - 3/8) / (S + 1/4), ties averaged."""
    ranks = rankdata(chains, method="average").reshape(chains.shape)
    return np.asarray(ndtri((ranks - 0.375) / (chains.size + 0.25)))


def r_hat(chains: Floats) -> float:
    """Potential scale reduction of the chains as they are, sqrt(((n - 1) W + B) / (n W)); NaN if nothing varies."""
    draws = chains.shape[1]
    within = float(np.mean(np.var(chains, axis=1, ddof=1)))
    between = draws * float(np.var(np.mean(chains, axis=1), ddof=1))
    if within == 0.0:
        return float("nan")
    return float(np.sqrt(((draws - 1) * within + between) / (draws * within)))


def rank_r_hat(chains: Floats) -> float:
    """The larger of rank-normalised split R-hat of the draws and of their distances from the median."""
    halves = split(chains)
    folded = np.abs(halves - np.median(halves))
    return max(r_hat(rank_normalise(halves)), r_hat(rank_normalise(folded)))


def effective_size(chains: Floats) -> float:
    """Effective sample size of the mean, by Geyer's initial monotone sequence over all chains; NaN if nothing varies.

    At most S log10(S) for S draws, as anti-correlated draws would otherwise promise too much.
    """
    count, draws = chains.shape
    if draws < 4:
        raise ValueError(f"an effective sample size needs four draws a chain; there are {draws}")
    covariance = _autocovariance(chains)
    within = float(np.mean(covariance[:, 0])) * draws / (draws - 1)
    between = float(np.var(np.mean(chains, axis=1), ddof=1)) if count > 1 else 0.0
    total = within * (draws - 1) / draws + between
    if total == 0.0:
        return float("nan")
    correlation = 1.0 - (within - np.mean(covariance, axis=0)) / total
    correlation[0] = 1.0
    pairs = correlation[: 2 * (draws // 2)].reshape(-1, 2).sum(axis=1)
    negative = np.flatnonzero(pairs < 0)
    stop = int(negative[0]) if negative.size else pairs.size
    monotone = np.minimum.accumulate(pairs[:stop])
    time = max(-1.0 + 2.0 * float(np.sum(monotone)), 1.0 / np.log10(chains.size))
    return float(chains.size / time)


def bulk_size(chains: Floats) -> float:
    """Effective sample size of the rank-normalised split chains."""
    return effective_size(rank_normalise(split(chains)))


def tail_size(chains: Floats) -> float:
    """The smaller effective sample size of being under the 5 % and the 95 % quantile."""
    low, high = np.quantile(chains, (0.05, 0.95))
    halves = split(chains)
    return min(effective_size((halves <= end).astype(np.float64)) for end in (low, high))


def _autocovariance(chains: Floats) -> Floats:
    """Autocovariances (chains, draws) at lags from 0, divided by the number of draws."""
    draws = chains.shape[1]
    centred = chains - chains.mean(axis=1, keepdims=True)
    size = 1 << (2 * draws - 1).bit_length()
    spectrum = np.fft.rfft(centred, size, axis=1)
    return np.asarray(np.fft.irfft(np.abs(spectrum) ** 2, size, axis=1)[:, :draws] / draws)
