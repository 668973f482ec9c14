"""The arrays of a chunk as they are kept: rounded where that was asked for, and with one NaN and one zero."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wbsim.sweeps.keep import Keep

#: Low bits of a 32-bit number that rounding leaves away.
_DROPPED = 10

Singles = NDArray[np.float32]


def rounded(values: Singles) -> Singles:
    """`values` (any shape) to the nearest of 13 binary digits behind the first; what is not finite stays."""
    plain = np.ascontiguousarray(values, dtype=np.float32)
    bits = plain.view(np.uint32)
    half, mask = np.uint32(1 << (_DROPPED - 1)), np.uint32((1 << 32) - (1 << _DROPPED))
    near: Singles = ((bits + half) & mask).view(np.float32)
    return np.where(np.isfinite(plain) & np.isfinite(near), near, plain)


def canonical(values: NDArray[Any]) -> NDArray[Any]:
    """`values` with one NaN and one zero, because other bits of them carry no result."""
    plain: NDArray[Any] = values + values.dtype.type(0.0)
    plain[np.isnan(plain)] = np.nan
    return plain


def kept_arrays(regional: Singles, states: Singles, dyads: Singles, keep: Keep) -> Mapping[str, Singles]:
    """What is kept of arrays (cases, worlds, months or years, ...); regional with its outcomes before the worlds.

    Months of one outcome lie together, (cases, outcomes, worlds, months): they are alike, so they pack well.
    """
    if keep == "horizon":
        return {"states": canonical(states[:, :, -1:]), "dyads": canonical(dyads[:, :, -1:])}
    series = np.ascontiguousarray(np.moveaxis(regional, -1, 1))
    arrays = {"regional": series, "states": states, "dyads": dyads}
    if keep == "monthly":
        arrays = {name: rounded(array) for name, array in arrays.items()}
    return {name: canonical(array) for name, array in arrays.items()}
