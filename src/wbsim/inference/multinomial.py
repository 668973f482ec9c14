"""Pick-one questions: how the shares of categories that exclude each other scatter together, on the logit scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Least share of a category: less is rounding.
LEAST_REMAINDER = 1e-6


def logit(share: Floats) -> Floats:
    """log(p / (1 - p)) of shares in (0, 1), any shape."""
    return np.asarray(np.log(share) - np.log1p(-share))


def sampling_covariance(share: Floats, size: float) -> Floats:
    """Covariance (m, m) of the logits of m shares of one multinomial sample of `size` effective respondents.

    Delta method: var(logit p_i) = 1 / (n p_i q_i) and cov(logit p_i, logit p_j) = -1 / (n q_i q_j), q = 1 - p.
    Singular if the shares add up to one.
    """
    rest = 1.0 - share
    covariance = -1.0 / (size * np.outer(rest, rest))
    np.fill_diagonal(covariance, 1.0 / (size * share * rest))
    return covariance


def with_remainder(share: Floats) -> Floats:
    """The shares (m,) and, last, the share of everything that is not among them; ValueError unless that is positive."""
    remainder = 1.0 - float(np.sum(share))
    if remainder < LEAST_REMAINDER:
        raise ValueError(
            f"shares of one pick-one question add up to {1.0 - remainder:.6g}; they must stay under 1: leave out a row"
        )
    return np.append(share, remainder)


def tilt_loadings(share: Floats, tilted: Floats | None = None) -> Floats:
    """How the logits of m shares answer to independent unit tilts of all m + 1 categories, shape (m, m + 1).

    A tilt e multiplies p_i by exp(e_i) and rescales to one, so that d logit p_i = (e_i - sum_j p_j e_j) / q_i. The
    loadings are scaled by one factor, such that the mean variance of the m + 1 logits is one: with two categories
    the logit then has a variance of exactly one, whichever of both is published. Which category of a question is
    left out changes no likelihood, to first order.

    Where the tilts are large, the derivative changes on the way from `share` to the `tilted` shares (m,): the mean of
    both ends is right to second order (trapezoidal rule).
    """
    jacobian = _tilts(share)
    scale = np.sqrt(np.mean(np.sum(jacobian**2, axis=1)))
    if tilted is not None:
        jacobian = 0.5 * (jacobian + _tilts(tilted))
    return np.asarray(jacobian[:-1] / scale)


def _tilts(share: Floats) -> Floats:
    """Derivatives (m + 1, m + 1) of the logits of all categories by tilts that are not scaled."""
    full = with_remainder(share)
    return np.asarray((np.eye(full.size) - full) / (1.0 - full)[:, None])
