"""A sweep looked at again: every byte against its checksum, and some worlds simulated anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from wbsim.experiments.blocks import Span
from wbsim.results.verified import Verified
from wbsim.store.chunk_file import Array, DamagedError, parse
from wbsim.store.chunks import Chunks
from wbsim.sweeps.assemble import RESULTS
from wbsim.sweeps.cases import Cases, cases_of
from wbsim.sweeps.folder import read_plan
from wbsim.sweeps.opened import changed_files
from wbsim.sweeps.plan import SweepPlan
from wbsim.sweeps.publish import RECORD
from wbsim.sweeps.run import worlds_done
from wbsim.sweeps.tasks import Piece, pieces_of
from wbsim.sweeps.work import SweepTask, work_of


def verify_sweep(
    folder: Path,
    rerun: int = 0,
    progress: Callable[[int, int], None] | None = None,
    plugins: Sequence[str | Path] = (),
) -> Verified:
    """Check every chunk and file of the sweep in `folder`, and simulate `rerun` of its worlds again.

    The worlds are spread over the sweep, the same ones each time. InputError if the folder holds no sweep, or worlds
    are to be simulated with a model that changed since.
    """
    plan = read_plan(folder, same_model=rerun > 0, plugins=plugins)
    chunks, cases = Chunks(folder), cases_of(plan)
    problems = list[str]()
    for name in sorted(chunks.kept):
        try:
            chunks.read(name, ())
        except DamagedError as error:
            problems.append(f"chunk {name} {error}")
    results = folder / RESULTS
    has_results = (results / RECORD).is_file()
    if has_results:
        problems += [f"{RESULTS}: {what}" for what in changed_files(results)]
    there, planned = worlds_done(plan, cases, chunks)
    count = 0
    if rerun and not problems:
        for problem in _again(plan, cases, chunks, rerun, progress):
            count += 1
            problems += [problem] if problem else []
    checked = [f"{len(chunks.kept):,} chunks with {there:,} of {planned:,} worlds of all cases"]
    checked += ["the files of the results"] if has_results else ["no results yet"]
    return Verified(tuple(checked), count, tuple(problems))


def _again(
    plan: SweepPlan,
    cases: Cases,
    chunks: Chunks,
    rerun: int,
    progress: Callable[[int, int], None] | None,
) -> Iterator[str]:
    """For each world that is simulated again, what differs, in words; "" where nothing does."""
    pieces = [(case, piece) for case, each in enumerate(pieces_of(cases, chunks.kept)) for piece in each]
    total = sum(piece.count for _, piece in pieces)
    chosen = sorted({total * number // rerun for number in range(rerun)}) if total else []
    simulate = work_of(plan).ready()
    for number, place in enumerate(chosen):
        case, piece, world = _at(pieces, place)
        task = SweepTask((cases.scenarios[case],), (cases.keys[case],), (1,), Span(world, 1))
        # Read as it would be from the disk, so that both sides went the same way.
        new = parse(b"".join(simulate(task).parts))
        old = chunks.read(piece.chunk)
        different = [
            name
            for name, array in old.arrays.items()
            if not np.array_equal(_row(array, name, piece, world), new.arrays[name][0], equal_nan=True)
        ]
        where = ", ".join(f"{p} of {plan.scenarios[s].name}" for p, s in np.argwhere(cases.place == case)[:3])
        yield f"world {world} at point {where} has other {', '.join(different)} now" if different else ""
        if progress is not None:
            progress(number + 1, len(chosen))


def _at(pieces: list[tuple[int, Piece]], place: int) -> tuple[int, Piece, int]:
    """The case, the piece and the world at a place, all worlds of all pieces counted through."""
    for case, piece in pieces:
        if place < piece.count:
            return case, piece, piece.first + place
        place -= piece.count
    raise IndexError(place)


def _row(array: Array, name: str, piece: Piece, world: int) -> Array:
    row = world - piece.first
    values: Array = array[piece.row]
    return values[:, row : row + 1] if name == "regional" else values[row : row + 1]
