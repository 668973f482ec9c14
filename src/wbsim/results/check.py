"""A store of worlds read whole: its values hashed again, so that nobody reads figures of a damaged folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wbsim.results.hash import WorldsHash, world_digest
from wbsim.results.layout import Layout
from wbsim.results.store import PIECE
from wbsim.store.labelled import open_group

Singles = NDArray[np.float32]
#: What is hashed, in the order of `hash`.
HASHED = ("regional", "states", "dyads")
#: Axes with labels that every store of this version has alike, whatever was simulated.
FIXED_AXES = ("outcome", "state", "state_outcome", "dyad", "dyad_outcome")


def labels_of(path: Path, axis: str) -> tuple[Any, ...]:
    """The labels along an axis of the store at `path`."""
    group: Any = open_group(path)
    return tuple(value.item() if isinstance(value, np.generic) else value for value in group[axis][:])


def layout_of(path: Path) -> Layout:
    """The axes of the store at `path`."""
    worlds = labels_of(path, "world")
    return Layout(
        tuple(str(name) for name in labels_of(path, "scenario")),
        int(worlds[0]),
        len(worlds),
        tuple(str(month) for month in labels_of(path, "month")),
        tuple(str(month) for month in labels_of(path, "window")),
    )


def pieces(path: Path) -> Iterator[tuple[slice, dict[str, Singles]]]:
    """All hashed values of the store at `path`, a piece of its worlds at a time: (worlds, arrays by name)."""
    group: Any = open_group(path)
    arrays = {name: group[name] for name in HASHED}
    worlds = int(arrays["regional"].shape[1])
    for start in range(0, worlds, PIECE):
        place = slice(start, min(worlds, start + PIECE))
        yield place, {name: np.asarray(array[:, place]) for name, array in arrays.items()}


def add_piece(state: WorldsHash, layout: Layout, place: slice, arrays: dict[str, Singles]) -> None:
    """Feed `state` with the worlds of one piece."""
    for row in range(place.stop - place.start):
        values = {
            name: [arrays[array][number, row] for array in HASHED]
            for number, name in enumerate(layout.scenarios)
        }
        state.add(world_digest(layout.first + place.start + row, values))
