"""Wilson's interval of a share (Wilson 1927): what so many worlds leave open about a chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

#: Standard normal quantile of 95 %: both ends together leave out a tenth.
_QUANTILE = 1.6448536269514722


def wilson(hits: NDArray[np.int64], worlds: int, quantile: float = _QUANTILE) -> tuple[Values, Values]:
    """Ends of the 90 % interval of shares of `worlds` (1 or more), from counts `hits` of any shape, between 0 and 1."""
    if worlds < 1:
        raise ValueError(f"a share needs a world at least; there are {worlds}")
    share = np.asarray(hits, dtype=np.float64) / worlds
    spread = quantile**2 / worlds
    middle = (share + spread / 2.0) / (1.0 + spread)
    half = quantile * np.sqrt(share * (1.0 - share) / worlds + spread / (4.0 * worlds)) / (1.0 + spread)
    return np.clip(middle - half, 0.0, 1.0), np.clip(middle + half, 0.0, 1.0)
