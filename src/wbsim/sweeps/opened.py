"""The results of a sweep, opened: figures, labelled arrays, and the monthly values of single points."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from wbsim.errors import InputError, Problem
from wbsim.paths import user_path
from wbsim.store.chunks import Chunks
from wbsim.store.labelled import checked
from wbsim.sweeps.arrays import ARRAYS, open_arrays, read_outcome
from wbsim.sweeps.assemble import RESULTS, Assembled, FailedWorld
from wbsim.sweeps.cases import cases_of
from wbsim.sweeps.folder import read_plan
from wbsim.sweeps.plan import SweepPlan
from wbsim.sweeps.publish import FILES, RECORD
from wbsim.sweeps.summary import Summary, summarise
from wbsim.sweeps.tasks import pieces_of

if TYPE_CHECKING:
    import xarray
    from matplotlib.axes import Axes


class Sweep:
    """A finished sweep in a folder; values are read when they are asked for."""

    def __init__(self, folder: Path, plan: SweepPlan, record: dict[str, Any]) -> None:
        self.folder, self.plan, self.record = folder, plan, record

    @property
    def results_sha256(self) -> str:
        """The hash of all values."""
        return str(self.record["results_sha256"])

    @property
    def worlds(self) -> int:
        """Worlds of every point and scenario."""
        return int(self.record["worlds"])

    @cached_property
    def summary(self) -> Summary:
        """Figures at every point, computed from the worlds."""
        failed = tuple(
            FailedWorld(each["design"], each["scenario"], each["world"], each["error"])
            for each in self.record["failures"]
        )
        place = Assembled(
            self.folder / RESULTS,
            self.results_sha256,
            self.worlds,
            failed,
            self.record["missing"],
            self.record["points_without_worlds"],
        )
        return summarise(self.plan, place.folder, place)

    def figures(self, outcome: str) -> NDArray[np.float64]:
        """Figures (points, scenarios, worlds) of an outcome; NaN where a world failed. KeyError if unknown."""
        names = tuple(self.plan.model.outcomes)
        if outcome not in names:
            raise KeyError(f"no outcome {outcome!r}; there are {', '.join(names)}")
        return read_outcome(open_arrays(self.folder / RESULTS), names.index(outcome))

    def plot(
        self, outcome: str, key: str | None = None, *, scenario: str | None = None, ax: Axes | None = None
    ) -> Axes:
        """Draw an outcome and return the axes.

        With `key`: along it, what each policy changes, or the level where there is nothing to compare with. Without:
        the first picture of the report, which is a map of the two keys that move the outcome most in a grid of
        several, points of a sampled design, else the curve along its key; `scenario` is the one that maps and points
        are of, by default the first that is not the baseline. InputError for names that the sweep does not have.
        """
        from wbsim.report.swept.plot import plot

        return plot(self, outcome, key, scenario, ax)

    def report(self, path: str | Path) -> Path:
        """Write the report to the file `path`, and return it."""
        from wbsim.report.swept.page import publish_sweep

        return publish_sweep(self, Path(path))

    def __str__(self) -> str:
        from wbsim.report.sweep_tables import plain_tables

        return plain_tables(self.summary)

    def to_xarray(self) -> xarray.Dataset:
        """Everything labelled: `figures` (design, scenario, world, outcome), `failed`, monthly means and spreads.

        The values of each key are coordinates along `design`; values are read from disk when they are used.
        """
        import xarray

        dataset: xarray.Dataset = xarray.open_zarr(
            checked(self.folder / RESULTS / ARRAYS), consolidated=False, chunks=None, zarr_format=3
        )
        return dataset.set_coords([key for key in self.plan.design.keys if key in dataset])

    def monthly(self, point: int, scenario: str) -> xarray.DataArray:
        """Monthly values (world, month, outcome) of one point under one scenario, as they were kept.

        InputError where no monthly values were kept, or a chunk is gone or damaged.
        """
        import xarray

        names = [each.name for each in self.plan.scenarios]
        if scenario not in names or not 0 <= point < len(self.plan.design.points):
            raise KeyError(f"there are points 0 to {len(self.plan.design.points) - 1} and scenarios {names}")
        if self.plan.keep == "horizon":
            raise InputError(
                Problem(
                    "keeps no monthly values: it was run with --keep horizon",
                    file=str(self.folder),
                    suggestion="run it with --keep monthly or --keep all",
                )
            )
        chunks, cases = Chunks(self.folder), cases_of(self.plan)
        pieces = pieces_of(cases, chunks.kept)[int(cases.place[point, names.index(scenario)])]
        first, values = self.plan.first, list[NDArray[np.float32]]()
        worlds = list[int]()
        for piece in pieces:
            content = chunks.read(piece.chunk, ("regional",))
            values.append(content.arrays["regional"][piece.row].transpose(1, 2, 0))
            worlds += range(piece.first, piece.end)
        chosen = np.array(worlds) < first + self.worlds
        return xarray.DataArray(
            np.concatenate(values)[chosen],
            dims=("world", "month", "outcome"),
            coords={
                "world": np.array(worlds)[chosen],
                "month": list(self.plan.months),
                "outcome": list(self.plan.model.outcomes),
            },
        )


def open_sweep(folder: str | Path, *, plugins: Sequence[str | Path] = ()) -> Sweep:
    """The finished sweep in `folder`, made with `plugins`: a folder never names code that runs.

    InputError if it holds none, is not finished, or a file of its results is gone or of another size (all bytes are
    compared by `wbsim verify`).
    """
    path = user_path(folder)
    plan = read_plan(path, same_model=False, plugins=plugins)
    results = path / RESULTS
    if not (results / RECORD).is_file():
        raise InputError(
            Problem(
                "holds no results yet: the sweep is not finished",
                file=str(folder),
                suggestion=f"go on with `wbsim resume {folder}`",
            )
        )
    problems = changed_files(results, sizes_only=True)
    if problems:
        raise InputError(
            Problem(
                f"is damaged: {problems[0]}" + (f" and {len(problems) - 1} more" if problems[1:] else ""),
                file=str(folder),
                suggestion=f"`wbsim resume {folder}` assembles the results again",
            )
        )
    return Sweep(path.absolute(), plan, json.loads((results / RECORD).read_text(encoding="utf-8")))


def changed_files(results: Path, *, sizes_only: bool = False) -> Sequence[str]:
    """What differs from the list of files that was written with the results, in words; empty if nothing does."""
    from wbsim.sweeps.publish import sha256_of

    try:
        listed = json.loads((results / FILES).read_text(encoding="utf-8")).items()
    except (OSError, ValueError, AttributeError) as error:
        return [f"{FILES} cannot be read: {error}"]
    found = []
    for name, (size, digest) in listed:
        file = results / name
        if not file.is_file():
            found.append(f"{name} is gone")
        elif file.stat().st_size != size or (not sizes_only and sha256_of(file) != digest):
            found.append(f"{name} is not what was written")
    return found
