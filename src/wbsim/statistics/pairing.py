"""What simulating all scenarios in the same worlds gains in precision (common random numbers)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wbsim.statistics.paired import Values


@dataclass(frozen=True, slots=True)
class Pairing:
    """Variances over worlds, in the outcome's unit squared: of the paired difference, and of the difference that
    independent worlds would have given (the sum of both variances).

    `ratio` is the first by the second: 0.1 means that a tenth of the worlds is enough for the same error. None where
    no world differs from any other under either scenario. A ratio of 0 is exact: the difference is the same everywhere.
    """

    paired: float
    independent: float
    ratio: float | None


def pairing(policy: Values, baseline: Values) -> Pairing | None:
    """Variance reduction from pairing, both arguments (worlds,) in the same worlds; None with fewer than two."""
    if policy.size < 2:
        return None
    paired = float(np.var(policy - baseline, ddof=1))
    independent = float(np.var(policy, ddof=1) + np.var(baseline, ddof=1))
    return Pairing(paired, independent, paired / independent if independent > 0 else None)
