"""Shares of worlds with something, and how two such shares differ."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.statistics.intervals import Interval, wilson

Worlds = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Counted:
    """`hit` of `worlds`, as a share from 0 to 1 with its 95 % Wilson interval; None without worlds."""

    worlds: int
    hit: int
    share: float | None
    low: float | None
    high: float | None


def counted(hit: Worlds, among: Worlds | None = None) -> Counted:
    """In how many worlds, shape (worlds,), `hit` is true, of all or of those of `among`."""
    some = hit if among is None else hit[among]
    worlds, count = int(some.size), int(some.sum())
    ends = wilson(count, worlds)
    if ends is None:
        return Counted(worlds, count, None, None, None)
    return Counted(worlds, count, count / worlds, ends.low, ends.high)


def newcombe(first: Counted, second: Counted) -> Interval | None:
    """95 % interval of the share of `first` minus that of `second`, in separate worlds; None where one is empty.

    From the two Wilson intervals (Newcombe 1998, method 10).
    """
    a, b = first, second
    if (
        a.share is None
        or a.low is None
        or a.high is None
        or b.share is None
        or b.low is None
        or b.high is None
    ):
        return None
    between = a.share - b.share
    return Interval(
        between - math.hypot(a.share - a.low, b.high - b.share),
        between + math.hypot(a.high - a.share, b.share - b.low),
    )
