"""What is kept of every world of a sweep, besides its figures at the horizon."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

#: all: monthly values of the region, yearly ones of states and dyads, as they were simulated (32 bits a number).
#: monthly: the same, rounded to 13 binary digits behind the first (an error of at most 0.00006 of the value), which
#: packs into a third: below 10 kB a world. horizon: states and dyads in the last December alone.
Keep = Literal["all", "monthly", "horizon"]
KEEPS: tuple[Keep, ...] = get_args(Keep)
#: Bytes a world and scenario that are kept of wbsim's own model, as measured; for plans.
BYTES = {"all": 16_000, "monthly": 9_000, "horizon": 900}

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
