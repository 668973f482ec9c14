"""The labelled arrays of a sweep: figures of every world, failed worlds, and monthly means, with the design as labels.

One Zarr store, written once when results are assembled, a slab at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import zarr
from numpy.typing import NDArray

from wbsim.store.labelled import open_group
from wbsim.sweeps.plan import SweepPlan
from wbsim.sweeps.series import Series
from wbsim.sweeps.value import Value, value_text

ARRAYS = "sweep.zarr"
#: Bytes of figures that are gathered before they are written.
_SLAB = 16_000_000
#: Worlds in a piece of the store, about.
_WORLDS = 4096


@dataclass(slots=True)
class Slab:
    """Figures (points, scenarios, worlds, outcomes) on their way to the store; NaN where there is none."""

    points: slice
    worlds: slice
    figures: NDArray[np.float64]
    there: NDArray[np.bool_]

    def put(self, places: Sequence[tuple[int, int]], start: int, values: NDArray[np.float64]) -> None:
        """Put `values` (worlds, outcomes) at `places` (point, scenario), from world `start` of the slab on."""
        part = slice(start, start + len(values))
        for point, scenario in places:
            self.figures[point, scenario, part] = values
            self.there[point, scenario, part] = True

    @property
    def missing(self) -> int:
        """Worlds of points and scenarios that nothing was put for."""
        return int((~self.there).sum())


class SweepArrays:
    """The store of one sweep while it is written. Worlds are counted from 0."""

    def __init__(self, group: Any, plan: SweepPlan, worlds: int) -> None:
        self._group, self._plan, self._months = group, plan, plan.months
        outcomes, scenarios = len(plan.model.outcomes), len(plan.scenarios)
        self._worlds = worlds
        block = plan.model.block
        self._world_block = min(worlds, max(block, _WORLDS // block * block))
        cells = scenarios * self._world_block * outcomes * 8
        self._point_block = max(1, min(len(plan.design.points), _SLAB // max(1, cells)))

    @classmethod
    def create(cls, path: Path, plan: SweepPlan, worlds: int) -> SweepArrays:
        """A new store at `path` for `worlds` worlds of every point and scenario."""
        group = zarr.open_group(str(path), mode="w-", zarr_format=3)
        arrays = cls(group, plan, worlds)
        arrays._create()
        return arrays

    @property
    def has_series(self) -> bool:
        """Whether monthly values are kept."""
        return self._plan.keep != "horizon"

    @property
    def series_shape(self) -> tuple[int, int]:
        """Outcomes and months of the monthly values that are kept; (0, 0) where none are."""
        return (len(self._plan.model.outcomes), len(self._months)) if self.has_series else (0, 0)

    def point_blocks(self) -> Iterator[slice]:
        """The points in pieces that are gathered at once."""
        return _cut(len(self._plan.design.points), self._point_block)

    def world_blocks(self) -> Iterator[slice]:
        """The worlds in pieces that are gathered at once."""
        return _cut(self._worlds, self._world_block)

    def slab(self, points: slice, worlds: slice) -> Slab:
        """An empty slab."""
        shape = (points.stop - points.start, len(self._plan.scenarios), worlds.stop - worlds.start)
        figures = np.full((*shape, len(self._plan.model.outcomes)), np.nan)
        return Slab(points, worlds, figures, np.zeros(shape, bool))

    def write(self, slab: Slab) -> None:
        """Write a slab; worlds without a figure that is a number count as failed."""
        self._group["figures"][slab.points, :, slab.worlds] = slab.figures
        self._group["failed"][slab.points, :, slab.worlds] = ~np.isfinite(slab.figures).all(axis=-1)

    def write_series(self, points: slice, place: NDArray[np.int64], series: Mapping[int, Series]) -> None:
        """Write the monthly means and spreads of some points, whose cases `place` (points, scenarios) names."""
        for name in ("monthly_mean", "monthly_sd"):
            values = {
                int(case): series[int(case)].mean() if name == "monthly_mean" else series[int(case)].sd()
                for case in np.unique(place)
            }
            self._group[name][points] = np.array([[values[int(case)] for case in row] for row in place])

    def _create(self) -> None:
        plan, worlds = self._plan, self._worlds
        points, scenarios, outcomes = len(plan.design.points), len(plan.scenarios), len(plan.model.outcomes)
        block = (self._point_block, 1, self._world_block)
        self._array(
            "figures",
            (points, scenarios, worlds, outcomes),
            ("design", "scenario", "world", "outcome"),
            "float64",
            (*block, 1),
            (*block, outcomes),
        )
        self._array("failed", (points, scenarios, worlds), ("design", "scenario", "world"), "bool", block)
        if self.has_series:
            months = len(self._months)
            for name in ("monthly_mean", "monthly_sd"):
                self._array(
                    name,
                    (points, scenarios, months, outcomes),
                    ("design", "scenario", "month", "outcome"),
                    "float32",
                    (self._point_block, 1, months, outcomes),
                )
            self._label("month", "month", list(self._months))
        self._label("design", "design", list(range(points)))
        self._label("scenario", "scenario", [scenario.name for scenario in plan.scenarios])
        self._label("outcome", "outcome", list(plan.model.outcomes))
        self._label("world", "world", list(range(plan.first, plan.first + worlds)))
        for number, key in enumerate(plan.design.keys):
            self._label(key, "design", coordinate([point[number] for point in plan.design.points]))
        self._group.attrs["keys"] = list(plan.design.keys)

    def _array(
        self,
        name: str,
        shape: tuple[int, ...],
        dimensions: tuple[str, ...],
        dtype: str,
        chunks: tuple[int, ...],
        shards: tuple[int, ...] | None = None,
    ) -> None:
        self._group.create_array(
            name,
            shape=shape,
            chunks=chunks,
            shards=shards,
            dtype=dtype,
            fill_value=False if dtype == "bool" else float("nan"),
            dimension_names=dimensions,
        )

    def _label(self, name: str, dimension: str, labels: Sequence[Any]) -> None:
        kinds = {type(label) for label in labels}
        dtype: Any = "int64" if kinds <= {int} else "float64" if kinds <= {int, float} else str
        array = self._group.create_array(
            name, shape=(len(labels),), dtype=dtype, dimension_names=(dimension,)
        )
        array[:] = np.array(labels, dtype=object if dtype is str else dtype)


def coordinate(values: Sequence[Value]) -> list[Any]:
    """The values of one key as labels: numbers where all are numbers, else texts; lists joined by "+"."""
    if all(isinstance(value, int | float) for value in values):
        return list(values)
    return [value_text(value) for value in values]


def _cut(count: int, size: int) -> Iterator[slice]:
    for start in range(0, count, size):
        yield slice(start, min(count, start + size))


def open_arrays(folder: Path) -> Any:
    """The store in the results folder `folder`, to be read."""
    return open_group(folder / ARRAYS)


def read_outcome(group: Any, outcome: int) -> NDArray[np.float64]:
    """Figures (points, scenarios, worlds) of one outcome, by its place."""
    values: NDArray[np.float64] = np.array(group["figures"][:, :, :, outcome], dtype=np.float64)
    return values
