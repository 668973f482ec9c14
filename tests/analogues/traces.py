"""Traces of institutions written by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from wbsim.analogues.trace import Trace

MONTHS, WORLDS = 24, 4


def quiet(months: int = MONTHS, worlds: int = WORLDS) -> Trace:
    """Meetings every six months that all attend; nothing is adopted, there is no crisis."""
    six, domains, everything = (months, worlds, 6), (months, worlds, 5), (months, worlds, 6, 5)
    meeting = np.array([month % 6 == 5 for month in range(months)])
    return Trace(
        members=np.ones(6, bool),
        meeting=meeting,
        attended=np.broadcast_to(meeting[:, None, None], six).copy(),
        convened=np.broadcast_to(meeting[:, None], six[:2]).copy(),
        passed=np.zeros(domains, bool),
        reviewed=np.zeros(everything, bool),
        kept=np.zeros(everything, bool),
        bound=np.zeros(everything, bool),
        done=np.zeros(everything),
        verified=np.zeros((0, worlds, 6)),
        earned=np.zeros((0, worlds, 6)),
        severity=np.zeros((months + 1, worlds, 15)),
        lag=np.full(worlds, 40.0),
    )


def changed(trace: Trace, **arrays: np.ndarray) -> Trace:
    """The trace with some arrays in the place of others."""
    return replace(trace, **arrays)  # type: ignore[arg-type]
