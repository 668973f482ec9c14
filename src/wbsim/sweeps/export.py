"""A sweep as tables for other programs: one row a value, sorted, the same bytes for the same results."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from wbsim.errors import InputError, Problem
from wbsim.paths import user_path
from wbsim.store.files import refusals_named
from wbsim.sweeps.arrays import open_arrays
from wbsim.sweeps.assemble import RESULTS
from wbsim.sweeps.opened import Sweep
from wbsim.sweeps.summary import FIGURES
from wbsim.sweeps.value import value_text

EXTRA = 'pip install "wbsim[export]"'
#: Rows of a table written at once.
_ROWS = 100_000


def export_csv(sweep: Sweep, file: Path, *, summary: bool = False) -> int:
    """Write comma-separated text; returns the number of rows.

    Columns: `design` (the number of the point), the value of each key, `scenario`, `world` (with `summary`: the name
    of a figure over the worlds), `outcome`, `value` (empty where there is none). Sorted by these, in this order.
    """
    header, rows = _table(sweep, summary)
    count = 0
    with _fresh(file) as path, path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            value = row[-1]
            writer.writerow((*row[:-1], "" if np.isnan(value) else repr(float(value))))
            count += 1
    return count


def export_parquet(sweep: Sweep, file: Path, *, summary: bool = False) -> int:
    """Write the same table as Parquet; missing values are null. InputError without the extra `export`."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise _without("Parquet") from None
    header, rows = _table(sweep, summary)
    kinds = {"design": pyarrow.int64(), "world": pyarrow.int64(), "value": pyarrow.float64()}
    schema = pyarrow.schema([(name, kinds.get(name, pyarrow.string())) for name in header])
    count = 0
    with _fresh(file) as path, parquet.ParquetWriter(path, schema) as writer:
        for batch in _batched(rows, _ROWS):
            columns: list[list[Any]] = [list(column) for column in zip(*batch, strict=True)]
            columns[-1] = [None if np.isnan(value) else float(value) for value in columns[-1]]
            writer.write_table(
                pyarrow.table(
                    [
                        pyarrow.array(column, type=each.type)
                        for column, each in zip(columns, schema, strict=True)
                    ],
                    schema=schema,
                )
            )
            count += len(batch)
    return count


def export_netcdf(sweep: Sweep, file: Path) -> None:
    """Write the labelled arrays as NetCDF 4. InputError without the extra `export`."""
    try:
        import h5netcdf  # noqa: F401
        import h5py  # noqa: F401
    except ImportError:
        raise _without("NetCDF") from None
    import xarray

    read = sweep.to_xarray().load()
    # In alphabetical order, not in that of a folder's files.
    values = {
        str(name): (read[name].dims, read[name].to_numpy()) for name in sorted(map(str, read.data_vars))
    }
    labels = {str(name): (read[name].dims, read[name].to_numpy()) for name in sorted(map(str, read.coords))}
    dataset = xarray.Dataset(values, labels, dict(read.attrs))
    with _fresh(file) as path:
        dataset.to_netcdf(path, engine="h5netcdf")


def _table(sweep: Sweep, summary: bool) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    keys = list(sweep.plan.design.keys)
    header = ["design", *keys, "scenario", "summary" if summary else "world", "outcome", "value"]
    return header, _summary_rows(sweep) if summary else _world_rows(sweep)


def _world_rows(sweep: Sweep) -> Iterator[tuple[Any, ...]]:
    plan = sweep.plan
    names = [scenario.name for scenario in plan.scenarios]
    outcomes = sorted(plan.model.outcomes)
    order = [tuple(plan.model.outcomes).index(name) for name in outcomes]
    figures = open_arrays(sweep.folder / RESULTS)["figures"]
    size = figures.chunks[0]  # points that lie together on disk
    for start in range(0, len(plan.design.points), size):
        block = figures[start : start + size]
        for number, point in enumerate(plan.design.points[start : start + size]):
            labels = tuple(map(value_text, point))
            for name in sorted(names):
                values = block[number, names.index(name)][:, order]
                for world, row in enumerate(values, plan.first):
                    for outcome, value in zip(outcomes, row, strict=True):
                        yield (start + number, *labels, name, world, outcome, value)


def _summary_rows(sweep: Sweep) -> Iterator[tuple[Any, ...]]:
    plan, summary = sweep.plan, sweep.summary
    names = [scenario.name for scenario in plan.scenarios]
    for number, point in enumerate(plan.design.points):
        labels = tuple(map(value_text, point))
        for name in sorted(names):
            found = []
            for kind, table in (("level", summary.levels), ("difference", summary.differences)):
                if kind == "difference" and name == plan.baseline:
                    continue
                for outcome, figures in table.items():
                    for figure in FIGURES:
                        if kind == "level" and figure == "p_better":
                            continue
                        value = getattr(figures, figure)[number, names.index(name)]
                        found.append((f"{kind} {figure}", outcome, value))
            for figure, outcome, value in sorted(found, key=lambda row: row[:2]):
                yield (number, *labels, name, figure, outcome, value)


def _batched(rows: Iterator[tuple[Any, ...]], size: int) -> Iterator[list[tuple[Any, ...]]]:
    batch = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


class _fresh:  # noqa: N801  (reads as a verb: with _fresh(file) as path)
    """A file that is there whole or not at all; InputError if there is one already."""

    def __init__(self, file: Path) -> None:
        self._file = user_path(file)
        if self._file.exists():
            raise InputError(
                Problem(
                    "exists already; it is not overwritten", file=str(file), suggestion="name another file"
                )
            )

    def __enter__(self) -> Path:
        with refusals_named(self._file):
            self._folder = tempfile.TemporaryDirectory(prefix=".partial-", dir=self._file.parent or ".")
        return Path(self._folder.name) / self._file.name

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if error is None:
            (Path(self._folder.name) / self._file.name).replace(self._file)
        self._folder.cleanup()


def _without(what: str) -> InputError:
    return InputError(
        Problem(
            f"{what} needs further libraries, which are not installed", suggestion=f"install them: {EXTRA}"
        )
    )
