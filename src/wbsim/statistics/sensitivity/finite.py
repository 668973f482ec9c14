"""The guard against missing values: SALib, for one, answers a single missing value with zeros and no word."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wbsim.errors import WbsimError

#: Share of blocks that may be missing (assumed: what fails is hardly a random sample, and a twentieth of it can
#: already hide a corner of the space).
MOST_MISSING = 0.05


class MissingError(WbsimError):
    """Too many values are missing for an analysis to mean anything."""


def complete_blocks(values: NDArray[np.float64], what: str) -> NDArray[np.bool_]:
    """Which blocks of `values` (blocks, ...) have finite values only, (blocks,).

    `what` names blocks in the plural ("trajectories", "worlds"). MissingError if more than 5 % are incomplete.
    """
    values = np.asarray(values, dtype=np.float64)
    complete = np.isfinite(values.reshape(len(values), -1)).all(axis=1)
    missing = int(len(values) - complete.sum())
    if missing > MOST_MISSING * len(values):
        raise MissingError(
            f"{missing} of {len(values)} {what} have a value that is missing or not finite, more than "
            f"{100 * MOST_MISSING:.0f} %: what fails is no random sample, so nothing is said. Look at the failed "
            "worlds first"
        )
    return np.asarray(complete)
