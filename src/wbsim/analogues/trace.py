"""What is written down of a simulated institution, month by month, to count in it what was observed of the real one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from wbsim.tables.places import STATE_INDEX

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]


@dataclass(frozen=True)
class Trace:
    """T months of an institution in R worlds, from its first month on.

    Of a forum, months first: `meeting` (T,) was one due; `attended` (T, R, 6), `convened` (T, R), `passed` (T, R, D);
    `reviewed`, `kept`, `bound` (T, R, 6, D) commitments that were reviewed and observed, that were seen as kept, and
    that are in force; `done` (T, R, 6, D) the share of the pledged rise that was made by the beginning of the month.
    `members` (6,). Of a result-based programme `verified` (T, R, 6) and `earned` (T, R, 6). Of all: `severity`
    (T + 1, R, 15) of crises before the first month and at the end of each, and `lag` (R,), the parameter.
    What has no mechanism is empty: (0, ...).
    """

    members: Booleans
    meeting: Booleans
    attended: Booleans
    convened: Booleans
    passed: Booleans
    reviewed: Booleans
    kept: Booleans
    bound: Booleans
    done: Floats
    verified: Floats
    earned: Floats
    severity: Floats
    lag: Floats

    @property
    def worlds(self) -> int:
        """Number of worlds R."""
        return int(self.severity.shape[1])


class ForumLike(Protocol):
    """Of a forum, what is read after each month."""

    members: Floats
    meeting: bool
    attended: NDArray[np.generic]
    convened: NDArray[np.generic]
    passed: NDArray[np.generic]
    reviewed: NDArray[np.generic]
    found_kept: NDArray[np.generic]
    bound: NDArray[np.generic]
    target: Floats
    alone: Floats


class ResultsLike(Protocol):
    """Of a result-based programme, what is read after each month."""

    verified: Floats
    earned: Floats
    weights: Floats


class Recorder:
    """Collects a trace; `month` is called after each simulated month of the institution."""

    def __init__(
        self,
        forum: ForumLike | None,
        results: ResultsLike | None,
        severity: Floats,
        effort: Floats,
        lag: Floats,
    ) -> None:
        self.forum, self.results, self.lag = forum, results, lag
        self._severity = [severity.copy()]
        self._forum: list[tuple[NDArray[np.generic], ...]] = []
        self._results: list[tuple[Floats, Floats]] = []
        self._done = np.zeros_like(effort) if forum is None else _done(forum, effort)

    def month(self, severity: Floats, effort: Floats) -> None:
        """Write down a month that has ended with this `severity` (R, 15) of crises and `effort` (R, 6, D)."""
        self._severity.append(severity.copy())
        if self.forum is not None:
            each = self.forum
            flags = (
                np.asarray(bool(each.meeting)),
                *(
                    np.asarray(values) > 0
                    for values in (
                        each.attended, each.convened, each.passed, each.reviewed, each.found_kept, each.bound,
                    )
                ),
            )  # fmt: skip
            self._forum.append((*flags, self._done))
            self._done = _done(each, effort)
        if self.results is not None:
            weights = self.results.weights / np.maximum(self.results.weights.sum(axis=1, keepdims=True), 1e-9)
            self._results.append(
                ((self.results.verified * weights[:, None, :]).sum(axis=2), self.results.earned.copy())
            )

    def trace(self) -> Trace:
        """Everything that was written down."""
        severity = np.stack(self._severity)
        worlds = severity.shape[1]
        if self._forum:
            columns = [np.stack(column) for column in zip(*self._forum, strict=True)]
        else:
            shapes = ((), (worlds, 6), (worlds,), (worlds, 5), *[(worlds, 6, 5)] * 4)
            columns = [np.zeros((0, *shape), bool) for shape in shapes]
        results = [np.stack(column) for column in zip(*self._results, strict=True)] or [
            np.zeros((0, worlds, 6))
        ] * 2
        members = np.ones(6, bool) if self.forum is None else self.forum.members > 0
        meeting, attended, convened, passed, reviewed, kept, bound = (
            np.asarray(column, dtype=bool) for column in columns[:-1]
        )
        verified, earned = results
        return Trace(
            members, meeting, attended, convened, passed, reviewed, kept, bound,
            np.asarray(columns[-1], dtype=np.float64), verified, earned, severity, self.lag,
        )  # fmt: skip


def _done(forum: ForumLike, effort: Floats) -> Floats:
    """Share (R, 6, D) of the pledged rise that was made, between -1 and 2; 0 where nothing is pledged."""
    rise = forum.target - forum.alone
    share = (effort - forum.alone) / np.where(rise > 1e-9, rise, 1.0)
    return np.asarray(np.where(rise > 1e-9, np.clip(share, -1.0, 2.0), 0.0))


def places(codes: Sequence[str], members: Booleans) -> NDArray[np.int64]:
    """Columns of the states named, of all members where none is."""
    return np.array([STATE_INDEX[code] for code in codes]) if codes else np.flatnonzero(members)
