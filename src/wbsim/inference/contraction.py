"""What the data taught about each coordinate, and how many figures' worth of information they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Label = Literal["not identified by data", "weak", "identified"]

#: Contractions from which a coordinate is weakly identified, and identified.
WEAK, IDENTIFIED = 0.1, 0.4


@dataclass(frozen=True, slots=True)
class Contraction:
    """One minus posterior over prior sd of each coordinate, shape (D,): 0 nothing learnt, 1 everything; its Monte
    Carlo `error`, and a label."""

    value: Floats
    error: Floats
    labels: tuple[Label, ...]

    @property
    def identified(self) -> NDArray[np.bool_]:
        """Which coordinates the data identify."""
        return np.asarray(self.value >= IDENTIFIED)


def label(value: float) -> Label:
    """The label of a contraction; one below zero means the posterior is wider than the prior."""
    if value < WEAK:
        return "not identified by data"
    return "weak" if value < IDENTIFIED else "identified"


def contraction(draws: Floats, prior_sd: Floats | float = 1.0) -> Contraction:
    """Contraction of posterior `draws` (M, D), independent, against `prior_sd`, (D,) or one for all."""
    if draws.shape[0] < 2:
        raise ValueError(f"a contraction needs two draws or more; there are {draws.shape[0]}")
    ratio = np.std(draws, axis=0, ddof=1) / prior_sd
    value = np.asarray(1.0 - ratio)
    centred = draws - draws.mean(axis=0)
    second = np.mean(centred**2, axis=0)
    kurtosis = np.mean(centred**4, axis=0) / np.maximum(second**2, 1e-300)
    error = ratio * np.sqrt(np.maximum(kurtosis - 1.0, 0.0) / (4.0 * draws.shape[0]))
    return Contraction(value, np.asarray(error), tuple(label(float(each)) for each in value))


def effective_figures(prior_covariance: Floats, error_covariance: Floats) -> float:
    """Effective number of figures, sum of s / (1 + s) over the eigenvalues s of G^(-1/2) C G^(-1/2).

    `prior_covariance` C (K, K) is that of the model's outputs under the prior, `error_covariance` G (K, K) that of
    their errors, levels included. Between 0 and K: a figure counts by the share of its variance that the parameters
    explain.
    """
    root = np.linalg.inv(np.linalg.cholesky(error_covariance))
    signal = np.maximum(np.linalg.eigvalsh(root @ prior_covariance @ root.T), 0.0)
    return float(np.sum(signal / (1.0 + signal)))


def effective_figures_by_block(
    prior_covariance: Floats, error_covariance: Floats, blocks: Mapping[str, Integers]
) -> dict[str, float]:
    """Effective number of figures of each block of rows, taken by itself.

    Blocks overlap in what they say, so that the numbers of all blocks add up to more than that of the whole.
    """
    return {
        name: effective_figures(prior_covariance[np.ix_(rows, rows)], error_covariance[np.ix_(rows, rows)])
        for name, rows in blocks.items()
    }
