"""What is drawn of a sweep, by its design and what it compares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from wbsim.report.swept.axis import POINT

#: changes: differences along a key; levels along a key; map: a key against another in cells; points: drawn points;
#: best: which scenario is best in the cells, or on the strip of one key; best-points: of drawn points.
Kind = Literal["changes", "levels", "map", "points", "best", "best-points"]

#: Designs whose points lie all over the ranges.
SCATTERED = ("latin-hypercube", "sobol")
#: Keys that get curves of their own, those with the largest effects (assumed: more are a table).
MOST_CURVES = 3
#: Policies that get a map of their own.
MOST_MAPS = 3
#: Which scenario is best is worth a picture from this number on: with two, their difference says it.
LEAST_BEST = 3


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its kind, its keys (along, then up), and its scenario where it is about one."""

    kind: Kind
    keys: tuple[str, ...]
    scenario: str = ""


def pictures_of(
    design: str, keys: Sequence[str], scenarios: Sequence[str], baseline: str | None
) -> tuple[Picture, ...]:
    """The pictures of one outcome, the most telling first.

    `design` is its kind; `keys` are those that move, those with the largest effects first. Nothing moves: no picture.
    A grid of two keys or more gives maps of the first two. Sampled points of Latin hypercube and Sobol designs give
    scatters of the first two; those of Morris and Saltelli lie on few places, or in groups, and give curves alone.
    """
    if not keys:
        return ()
    compared = baseline is not None and len(scenarios) > 1
    focus = [name for name in scenarios if not (compared and name == baseline)]
    if design == "list" and len(keys) > 1:
        keys = (POINT,)
    kinds: tuple[Kind, ...] = ("changes", "levels") if compared else ("levels",)
    curves = [Picture(kind, (key,)) for key in keys[:MOST_CURVES] for kind in kinds]
    pair = tuple(keys[:2])
    flat: list[Picture] = []
    if len(pair) == 2 and design == "grid":
        flat = [Picture("map", pair, name) for name in focus[:MOST_MAPS]]
    elif len(pair) == 2 and design in SCATTERED:
        flat = [Picture("points", pair, name) for name in focus[:MOST_MAPS]]
    best: list[Picture] = []
    if len(scenarios) >= LEAST_BEST:
        scattered = len(pair) == 2 and design in SCATTERED
        over = pair if design == "grid" or scattered else pair[:1]
        best = [Picture("best-points" if scattered else "best", over)]
    return (*flat, *best, *curves)
