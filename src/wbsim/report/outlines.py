"""Outlines of the six states as they are drawn on a map, and a place in each for its dot."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from wbsim.tables.places import STATE_CODES

Points = NDArray[np.float64]

#: Parallel at which a degree of longitude is drawn as long as it is there: the middle of the region.
_MIDDLE = 42.8


@dataclass(frozen=True)
class Outline:
    """A state's border as points (n, 2) of a plane, and its centroid (2,): x to the east, y to the north.

    The unit is a degree of latitude; longitudes are shortened by the cosine of the region's middle.
    """

    code: str
    border: Points
    centre: Points


def outlines() -> tuple[Outline, ...]:
    """The six in the order of the tables. Source: Natural Earth, public domain (see the data's own README)."""
    file = resources.files("wbsim.tables").joinpath("data", "wb6_borders.geojson")
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    borders = {
        each["properties"]["code"]: _flat(np.array(each["geometry"]["coordinates"][0])) for each in features
    }
    return tuple(Outline(code, borders[code], centroid(borders[code])) for code in STATE_CODES)


def _flat(degrees: Points) -> Points:
    flat: Points = degrees * np.array([np.cos(np.radians(_MIDDLE)), 1.0])
    return flat


def centroid(border: Points) -> Points:
    """Centre of gravity of the area inside a closed border (n, 2)."""
    x, y = border[:-1].T
    after_x, after_y = border[1:].T
    cross = x * after_y - after_x * y
    area = cross.sum() / 2.0
    centre: Points = np.array([((x + after_x) * cross).sum(), ((y + after_y) * cross).sum()]) / (6.0 * area)
    return centre
