"""Pick-one questions: how the shares of categories that exclude each other scatter together, on the logit scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Least share of what is unpublished: less is rounding.
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
