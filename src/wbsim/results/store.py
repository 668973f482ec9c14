"""Worlds on disk: one Zarr store for each set of assumptions, written as worlds finish.

The pieces in which a store is written have a fixed size, so that its bytes don't depend on how worlds were
simulated. Labels make it readable by xarray.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import zarr
from numpy.typing import NDArray

from wbsim.results.chunk import Chunk
from wbsim.results.layout import DIMENSIONS, Layout
from wbsim.store.labelled import open_group

#: Worlds in one piece of a store.
PIECE = 256
#: Values read at once, however many worlds there are: some 64 MB.
READ_CELLS = 16_000_000


class StoreWriter:
    """Takes chunks in the order of their worlds, and writes them in pieces; `close` writes the rest.

    The layout's worlds are the most that may come; the store ends up with as many as came.
    """

    def __init__(self, path: Path, layout: Layout) -> None:
        self._layout = layout
        self._waiting: list[Chunk] = []
        self._written = 0
        group = zarr.open_group(str(path), mode="w-", zarr_format=3)
        self._arrays = {name: _create(group, name, layout) for name in DIMENSIONS}
        self._failed = np.zeros((len(layout.scenarios), layout.worlds), bool)
        self._group = group
        for name, labels in layout.coordinates.items():
            _label(group, name, list(labels))

    def add(self, chunk: Chunk) -> None:
        """Take the worlds that follow those taken so far."""
        self._waiting.append(chunk)
        for failure in chunk.failures:
            scenario = self._layout.scenarios.index(failure.scenario)
            self._failed[scenario, failure.world - self._layout.first] = True
        while sum(waiting.count for waiting in self._waiting) >= PIECE:
            self._write(PIECE)

    def close(self) -> None:
        """Write what is left, and the labels of the worlds that came."""
        if rest := sum(waiting.count for waiting in self._waiting):
            self._write(rest)
        worlds, first = self._written, self._layout.first
        if worlds < self._layout.worlds:
            for array in self._arrays.values():
                array.resize((array.shape[0], worlds, *array.shape[2:]))
        failed = self._group.create_array(
            "failed",
            shape=(len(self._failed), worlds),
            chunks=(len(self._failed), PIECE),
            dtype="bool",
            dimension_names=("scenario", "world"),
        )
        failed[:] = self._failed[:, :worlds]
        _label(self._group, "world", list(range(first, first + worlds)))

    def _write(self, worlds: int) -> None:
        place = slice(self._written, self._written + worlds)
        for name, array in self._arrays.items():
            values: NDArray[Any] = np.concatenate([chunk.array(name) for chunk in self._waiting], axis=1)
            array[:, place] = values[:, :worlds]
        left = sum(chunk.count for chunk in self._waiting) - worlds
        last = self._waiting[-1]
        self._waiting = [_tail(last, left)] if left else []
        self._written += worlds


def _tail(chunk: Chunk, worlds: int) -> Chunk:
    """The last `worlds` worlds of `chunk`."""
    skipped = chunk.count - worlds
    return Chunk(
        chunk.first + skipped,
        chunk.regional[:, skipped:],
        chunk.states[:, skipped:],
        chunk.dyads[:, skipped:],
        chunk.summary[:, skipped:],
        tuple(failure for failure in chunk.failures if failure.world >= chunk.first + skipped),
        chunk.digests[32 * skipped :],
    )


def _create(group: Any, name: str, layout: Layout) -> Any:
    """An array whose pieces hold one scenario's worlds; inside a piece outcomes lie apart, to be read one by
    one."""
    shape = layout.shape(name)
    return group.create_array(
        name,
        shape=shape,
        chunks=(1, PIECE, *shape[2:-1], 1),
        shards=(1, PIECE, *shape[2:]),
        dtype="float64" if name == "summary" else "float32",
        fill_value=float("nan"),
        dimension_names=DIMENSIONS[name],
    )


def _label(group: Any, name: str, labels: list[Any]) -> None:
    whole = all(isinstance(label, int) for label in labels)
    array = group.create_array(
        name, shape=(len(labels),), dtype="int64" if whole else str, dimension_names=(name,)
    )
    array[:] = np.array(labels, dtype=np.int64 if whole else object)


def read_outcome(path: Path, scenario: int, outcome: int) -> Iterator[tuple[slice, NDArray[np.float32]]]:
    """Monthly values of one outcome under one scenario, a stretch of months at a time: (months, (worlds,
    stretch)).

    Both arguments count from 0 along the store's axes. No stretch takes more than some 64 MB, however many
    worlds.
    """
    array: Any = open_group(path)["regional"]
    worlds, months = int(array.shape[1]), int(array.shape[2])
    step = max(1, min(months, READ_CELLS // max(1, worlds)))
    for start in range(0, months, step):
        stretch = slice(start, min(months, start + step))
        yield stretch, np.asarray(array[scenario, :, stretch, outcome])
