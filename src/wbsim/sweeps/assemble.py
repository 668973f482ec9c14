"""Results of a sweep assembled from its chunks: labelled arrays on disk, read and written a slab at a time."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wbsim.store.chunk_file import Content, DamagedError
from wbsim.store.chunks import Chunks
from wbsim.store.files import refusals_named
from wbsim.sweeps.arrays import ARRAYS, SweepArrays
from wbsim.sweeps.cases import Cases
from wbsim.sweeps.plan import SweepPlan
from wbsim.sweeps.series import Series
from wbsim.sweeps.tasks import Piece, complete_worlds, pieces_of

RESULTS = "results"


class DamagedChunkError(Exception):
    """A chunk that is not what was written; `name` is its file's."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} {reason}")
        self.name = name


@dataclass(frozen=True, slots=True)
class FailedWorld:
    """A world that did not finish at one point under one scenario, with its error."""

    point: int
    scenario: str
    world: int
    error: str


@dataclass(frozen=True, slots=True)
class Assembled:
    """What was assembled: arrays of `worlds` worlds of every point and scenario, in the folder `folder`.

    `failed` lists worlds that raised or gave no number; `missing` counts worlds of points and scenarios that were not
    simulated (lost with their worker, or not reached in time), `empty` the points that have no world at all.
    """

    folder: Path
    results_sha256: str
    worlds: int
    failed: tuple[FailedWorld, ...]
    missing: int
    empty: int


@dataclass(slots=True)
class _Hashes:
    """Digests of one case, fed with its worlds in their order; regional values by outcome."""

    states: dict[str, list[hashlib._Hash]] = field(default_factory=dict)

    def add(self, content: Content, row: int, part: slice) -> None:
        for name, array in content.arrays.items():
            values = array[row, :, part] if name == "regional" else array[row, part][None]
            states = self.states.setdefault(name, [hashlib.sha256() for _ in values])
            for state, each in zip(states, values, strict=True):
                state.update(np.ascontiguousarray(each).data)

    def digest(self) -> str:
        whole = hashlib.sha256()
        for name in sorted(self.states):
            whole.update(name.encode())
            for state in self.states[name]:
                whole.update(state.digest())
        return whole.hexdigest()


@dataclass(slots=True)
class _Book:
    """What is noted while chunks are read: digests, series and errors by case, and how often each is still needed."""

    uses: NDArray[np.int64]
    digests: dict[int, str] = field(default_factory=dict)
    errors: dict[int, dict[int, str]] = field(default_factory=dict)
    series: dict[int, Series] = field(default_factory=dict)


def assemble(plan: SweepPlan, cases: Cases, chunks: Chunks, folder: Path) -> Assembled:
    """Assemble the results in a draft in `folder`, which `publish` gives its name.

    They hold as many worlds as every case has, or all with the missing ones marked where a case lacks the first.
    Raises DamagedChunkError for a chunk that must be simulated anew, and DiskError.
    """
    pieces = pieces_of(cases, chunks.kept)
    worlds = _worlds(plan, pieces)
    draft = folder / f".partial-{RESULTS}"
    with refusals_named(draft):
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        arrays = SweepArrays.create(draft / ARRAYS, plan, worlds)
        book = _Book(np.bincount(cases.place.ravel(), minlength=len(cases.keys)))
        used = [_used(each, plan.first, worlds) for each in pieces]
        missing = 0
        for points in arrays.point_blocks():
            missing += _fill(plan, cases, chunks, arrays, points, used, book)
        digest = _digest(plan, cases, worlds, book)
    there = np.array([bool(each) for each in used])
    return Assembled(
        draft,
        digest,
        worlds,
        tuple(_failed(plan, cases, book)),
        missing,
        int((~there[cases.place].any(axis=1)).sum()),
    )


def _worlds(plan: SweepPlan, pieces: Sequence[Sequence[Piece]]) -> int:
    """Worlds that results have: those that all cases with any have without a gap, all if that would leave none."""
    counts = [complete_worlds(each, plan.first, plan.worlds) for each in pieces if each]
    return min(counts, default=0) or plan.worlds


def _used(pieces: Sequence[Piece], first: int, worlds: int) -> list[tuple[Piece, int, int]]:
    """(piece, first world, end) of what is read of a case: in order, no world twice."""
    at, end = first, first + worlds
    used = []
    for piece in pieces:
        start, stop = max(at, piece.first), min(end, piece.end)
        if start < stop:
            used.append((piece, start, stop))
            at = stop
    return used


def _fill(
    plan: SweepPlan,
    cases: Cases,
    chunks: Chunks,
    arrays: SweepArrays,
    points: slice,
    used: Sequence[Sequence[tuple[Piece, int, int]]],
    book: _Book,
) -> int:
    """Read everything of some points and write it; returns how many worlds of them are missing."""
    place = cases.place[points]
    places: dict[int, list[tuple[int, int]]] = {}
    for spot, number in np.ndenumerate(place):
        places.setdefault(int(number), []).append((spot[0], spot[1]))
    new = places.keys() - book.digests.keys()
    hashes = {case: _Hashes() for case in new}
    for case in new:
        book.series[case] = Series.empty(arrays.series_shape)
    missing = 0
    for span in arrays.world_blocks():
        slab = arrays.slab(points, span)
        for content, rows in _contents(chunks, places, used, plan.first, span, new):
            for case, row, start, stop in rows:
                part = slice(start - content.entry.first, stop - content.entry.first)
                slab.put(places[case], start - plan.first - span.start, content.arrays["figures"][row, part])
                if case in new:
                    hashes[case].add(content, row, part)
                    book.series[case].add(content, row, part)
                    _note_errors(book, case, content, row, start, stop)
        missing += slab.missing
        arrays.write(slab)
    for case in new:
        book.digests[case] = hashes[case].digest()
    if arrays.has_series:
        _write_series(arrays, points, place, book)
    return missing


def _contents(
    chunks: Chunks,
    wanted_cases: Iterable[int],
    used: Sequence[Sequence[tuple[Piece, int, int]]],
    first: int,
    span: slice,
    new: Set[int],
) -> Iterator[tuple[Content, list[tuple[int, int, int, int]]]]:
    """Chunks with worlds of `span`, each read once, and (case, row, first world, end) of what is wanted of it."""
    wanted: dict[str, list[tuple[int, int, int, int]]] = {}
    low, high = first + span.start, first + span.stop
    for case in sorted(wanted_cases):
        for piece, start, stop in used[case]:
            if start < high and stop > low:
                part = (case, piece.row, max(start, low), min(stop, high))
                wanted.setdefault(piece.chunk, []).append(part)
    for name, rows in sorted(wanted.items(), key=lambda item: (item[1][0][2], item[0])):
        whole = any(case in new for case, *_ in rows)
        try:
            yield chunks.read(name, None if whole else ("figures",)), rows
        except DamagedError as error:
            raise DamagedChunkError(name, str(error)) from error


def _note_errors(book: _Book, case: int, content: Content, row: int, start: int, stop: int) -> None:
    for each in content.failed:
        if each.case == row and start <= each.world < stop:
            book.errors.setdefault(case, {})[each.world] = each.error


def _write_series(arrays: SweepArrays, points: slice, place: NDArray[np.int64], book: _Book) -> None:
    arrays.write_series(points, place, book.series)
    for case in place.ravel():
        book.uses[case] -= 1
        if not book.uses[case]:
            book.series.pop(int(case), None)


def _digest(plan: SweepPlan, cases: Cases, worlds: int, book: _Book) -> str:
    """The hash of all values, whatever chunks they came in, with the labels that they are read by."""
    labels = {
        "keys": plan.design.keys,
        "points": plan.design.points,
        "scenarios": [scenario.name for scenario in plan.scenarios],
        "outcomes": list(plan.model.outcomes),
        "first": plan.first,
        "worlds": worlds,
        "months": [plan.months[0], plan.months[-1]],
        "keep": plan.keep,
    }
    digest = hashlib.sha256(json.dumps(labels, sort_keys=True).encode())
    for case in cases.place.ravel():
        digest.update(book.digests[int(case)].encode())
    return digest.hexdigest()


def _failed(plan: SweepPlan, cases: Cases, book: _Book) -> Iterator[FailedWorld]:
    for point, row in enumerate(cases.place):
        for scenario, case in zip(plan.scenarios, row, strict=True):
            for world, error in sorted(book.errors.get(int(case), {}).items()):
                yield FailedWorld(point, scenario.name, world, error)
