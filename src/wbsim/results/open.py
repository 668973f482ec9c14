"""Results read back as labelled arrays."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wbsim.errors import InputError, Problem
from wbsim.store.labelled import checked

if TYPE_CHECKING:
    import xarray

#: The stores of a results folder are numbered: `worlds-1.zarr` is the baseline's own set of assumptions.
STORE_NAME = "worlds-{number}.zarr"
RECORD_NAME = "record.json"


def open_results(path: str | Path, assumptions: int = 1) -> xarray.Dataset:
    """The worlds of a results folder, labelled; values are read from disk when they are used.

    `regional` (scenario, world, month, outcome), `states` (scenario, world, year, state, state_outcome),
    `dyads` (scenario, world, year, dyad, dyad_outcome), `summary` (scenario, world, window, outcome) and
    `failed` (scenario, world). `assumptions` counts the sets of assumptions from 1, the baseline's own.
    InputError if `path` holds no results, or fewer sets.
    """
    folder = Path(path)
    store = folder / STORE_NAME.format(number=assumptions)
    if not store.is_dir():
        found = len(list(folder.glob(STORE_NAME.format(number="*")))) if folder.is_dir() else 0
        message = (
            f"no set {assumptions} of assumptions; there are {found}" if found else "not a results folder"
        )
        raise InputError(
            Problem(
                message, file=str(path), suggestion="give the folder that `wbsim compare` or `wbsim run` made"
            )
        )
    return open_store(store)


def open_store(store: Path) -> xarray.Dataset:
    """One store as a labelled dataset, values read when they are used."""
    import xarray

    dataset: xarray.Dataset = xarray.open_zarr(checked(store), consolidated=False, chunks=None, zarr_format=3)
    return dataset


def read_record(path: str | Path) -> dict[str, Any]:
    """The record of provenance of a results folder. InputError if there is none."""
    file = Path(path) / RECORD_NAME
    try:
        record: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(Problem(f"no readable record of results: {error}", file=str(file))) from error
    return record
