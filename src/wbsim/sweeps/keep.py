"""What is kept of every world of a sweep, besides its figures at the horizon."""

from __future__ import annotations

from typing import Literal, get_args

#: all: monthly values of the region, yearly ones of states and dyads, as they were simulated (32 bits a number).
#: monthly: the same, rounded to 13 binary digits behind the first (an error of at most 0.00006 of the value), which
#: packs into a third: below 10 kB a world. horizon: states and dyads in the last December alone.
Keep = Literal["all", "monthly", "horizon"]
KEEPS: tuple[Keep, ...] = get_args(Keep)
#: Bytes a world and scenario that are kept of wbsim's own model over 144 months, as measured; for plans.
BYTES = {"all": 16_000, "monthly": 9_000, "horizon": 900}
