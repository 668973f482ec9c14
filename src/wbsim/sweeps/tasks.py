"""The chunks that are still to be simulated, in an order that leaves an early stop with a usable sweep."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from wbsim.experiments.blocks import Span
from wbsim.store.chunks import Kept
from wbsim.sweeps.cases import Cases
from wbsim.sweeps.plan import SweepPlan
from wbsim.sweeps.work import SweepTask

#: Chunks for each worker at least, where there are worlds enough, so that none waits long for another.
_EACH = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """Worlds of one case in a chunk: row `row` of the chunk called `chunk`."""

    first: int
    count: int
    chunk: str
    row: int

    @property
    def end(self) -> int:
        """The world after its last."""
        return self.first + self.count


def pieces_of(cases: Cases, kept: Mapping[str, Kept]) -> list[list[Piece]]:
    """The kept pieces of every case, in the order of their worlds; chunks of other cases are of no concern."""
    found: list[list[Piece]] = [[] for _ in cases.keys]
    for name, chunk in kept.items():
        entry = chunk.entry
        for row, key in enumerate(entry.cases):
            number = cases.number.get(key)
            if number is not None:
                found[number].append(Piece(entry.first, entry.count, name, row))
    for pieces in found:
        pieces.sort(key=lambda piece: (piece.first, -piece.count, piece.chunk))
    return found


def missing(pieces: Sequence[Piece], first: int, worlds: int) -> tuple[Span, ...]:
    """The worlds from `first` to `first + worlds - 1` that no piece holds."""
    at, end = first, first + worlds
    spans = list[Span]()
    for piece in pieces:
        if at >= end:
            break
        if piece.first > at:
            spans.append(Span(at, min(piece.first, end) - at))
        at = max(at, piece.end)
    if at < end:
        spans.append(Span(at, end - at))
    return tuple(spans)


def complete_worlds(pieces: Sequence[Piece], first: int, worlds: int) -> int:
    """How many worlds are there from `first` on without a gap, at most `worlds`."""
    spans = missing(pieces, first, worlds)
    return worlds if not spans else spans[0].first - first


def tasks_of(
    plan: SweepPlan, cases: Cases, kept: Mapping[str, Kept], workers: int, *, early: bool = False
) -> tuple[SweepTask, ...]:
    """What is left to simulate. `early`: small chunks first, for a sweep that time may stop.

    Every case has its first block of worlds before any has its second, and within a block the points come in an order
    that spreads over the whole design (van der Corput's).
    """
    gaps = [missing(pieces, plan.first, plan.worlds) for pieces in pieces_of(cases, kept)]
    left = sum(span.count for spans in gaps for span in spans)
    if not left:
        return ()
    block, together = _sizes(plan, left, workers)
    # Cases that share their assumptions lie side by side, so that their common months are simulated once.
    order: dict[str, int] = {}
    for share in cases.shares:
        order.setdefault(share, len(order))
    ordered = sorted(range(len(cases.keys)), key=lambda case: (order[cases.shares[case]], case))
    tasks = list[SweepTask]()
    for span in _blocks(plan, block, early):
        cut = [(case, part) for case in ordered for part in _within(gaps[case], span)]
        batches = list(_batches(cut, together))
        tasks += [_task(cases, batches[place]) for place in spread(len(batches))]
    return tuple(tasks)


def spread(count: int) -> list[int]:
    """0 to `count` - 1 in van der Corput's order: any first few lie evenly over all."""
    bits = max(1, (count - 1).bit_length())
    reversed_bits = (int(f"{number:0{bits}b}"[::-1], 2) for number in range(1 << bits))
    return [number for number in reversed_bits if number < count]


def _sizes(plan: SweepPlan, left: int, workers: int) -> tuple[int, int]:
    """Worlds in a block, and worlds of all cases in a chunk: smaller than the model's own where there is little."""
    share = max(1, left // (_EACH * workers))
    return min(plan.model.block, max(1, share)), max(1, min(plan.model.together, share))


def _blocks(plan: SweepPlan, block: int, early: bool) -> Iterable[Span]:
    """The worlds in blocks; with `early` the first three are a quarter, a quarter and a half of a block."""
    at, end = plan.first, plan.first + plan.worlds
    first = [max(1, block // 4), max(1, block // 4), max(1, block // 2)] if early else []
    while at < end:
        size = min(first.pop(0) if first else block, end - at)
        yield Span(at, size)
        at += size


def _within(gaps: Sequence[Span], span: Span) -> list[Span]:
    """The parts of `gaps` that lie in `span`."""
    if len(gaps) == 1 and gaps[0].first <= span.first and gaps[0].last >= span.last:
        return [span]
    parts = ((max(gap.first, span.first), min(gap.last, span.last)) for gap in gaps)
    return [Span(first, last - first + 1) for first, last in parts if first <= last]


def _batches(cut: Iterable[tuple[int, Span]], together: int) -> Iterable[tuple[Span, tuple[int, ...]]]:
    """Cases with the same worlds to do, so many that a chunk has `together` worlds of all of them."""
    for span, group in groupby(cut, key=lambda each: each[1]):
        numbers = [case for case, _ in group]
        size = max(1, together // span.count)
        for start in range(0, len(numbers), size):
            yield span, tuple(numbers[start : start + size])


def _task(cases: Cases, batch: tuple[Span, tuple[int, ...]]) -> SweepTask:
    span, numbers = batch
    runs = tuple(len(list(group)) for _, group in groupby(numbers, key=lambda number: cases.shares[number]))
    return SweepTask(
        tuple(cases.scenarios[number] for number in numbers),
        tuple(cases.keys[number] for number in numbers),
        runs,
        span,
    )
