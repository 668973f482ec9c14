"""What was observed of an institution, counted in its simulated worlds: pure functions of a trace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.analogues.analogue import Observation
from wbsim.analogues.trace import Trace, places
from wbsim.tables.places import DYAD_NAMES

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

#: Share of the pledged rise that counts as a visible step, and as done in part (assumed).
STEP, PART = 0.25, 0.1


@dataclass(frozen=True)
class Shares:
    """`successes` of `trials`, both (R,); a world without trials says nothing. Fractions have one trial a world."""

    successes: Floats
    trials: Floats


@dataclass(frozen=True)
class Times:
    """`months` (R,) until something, and whether it was `seen` (R,) by then; NaN where it could not begin."""

    months: Floats
    seen: Booleans


@dataclass(frozen=True)
class Counts:
    """Events (R,) in as many years as were observed."""

    events: Floats


@dataclass(frozen=True)
class Scores:
    """A score (R, 6) by state, high for the first in an order; NaN where a state has none."""

    values: Floats


Sample = Shares | Times | Counts | Scores


def measure(trace: Trace, observation: Observation, window: range, chance: Floats) -> Sample:
    """What the model gives for an observation about the months `window`, counted from the institution's first.

    `chance` (R,) are uniforms in (0, 1) for what the model does not simulate itself.
    """
    if observation.indicator == "months-to-result":
        return Times(-np.log(chance) * trace.lag, np.ones(trace.worlds, bool))
    return _COUNTERS[observation.indicator](trace, observation, window)


def _meetings(trace: Trace, observation: Observation, window: range) -> Shares:
    months = np.array([month for month in window if trace.meeting[month]], dtype=int)
    here = places(observation.who, trace.members)
    everybody = trace.attended[months][:, :, trace.members].all(axis=2)
    held = trace.convened[months]
    due = np.full(trace.worlds, float(len(months)))
    match observation.indicator:
        case "all-present":
            return Shares(everybody.sum(axis=0).astype(float), due)
        case "attendance":
            came = trace.attended[months][:, :, here].sum(axis=(0, 2)).astype(float)
            return Shares(came, due * len(here))
        case "absent-if-incomplete":
            absent = ~trace.attended[months][:, :, here] & ~everybody[:, :, None]
            trials = (~everybody).sum(axis=0) * float(len(here))
            return Shares(absent.sum(axis=(0, 2)).astype(float), trials)
        case "convened":
            return Shares(held.sum(axis=0).astype(float), due)
        case _:
            passed = trace.passed[months].any(axis=2) & held
            return Shares(passed.sum(axis=0).astype(float), held.sum(axis=0).astype(float))


def _kept(trace: Trace, observation: Observation, window: range) -> Shares:
    """On the lenient scale what was done in part counts half, so that successes are no whole numbers."""
    here = places(observation.who, trace.members)
    span = slice(window.start, window.stop)
    reviewed, kept = trace.reviewed[span][:, :, here], trace.kept[span][:, :, here]
    full = (kept & reviewed).sum(axis=(0, 2, 3)).astype(float)
    trials = reviewed.sum(axis=(0, 2, 3)).astype(float)
    if observation.bar == "lenient":
        in_part = reviewed & ~kept & (trace.done[span][:, :, here] >= PART)
        full = full + 0.5 * in_part.sum(axis=(0, 2, 3))
        some = np.maximum(trials, 1.0)
        return Shares(full / some, np.minimum(trials, 1.0))
    return Shares(full, trials)


def _funds(trace: Trace, observation: Observation, window: range) -> Shares:
    values = trace.verified if observation.indicator == "verified" else trace.earned
    chosen = values[window.start : window.stop][:, :, places(observation.who, trace.members)]
    return Shares(chosen.mean(axis=(0, 2)), np.ones(trace.worlds))


def _items(trace: Trace, observation: Observation, window: range) -> Counts:
    return Counts(trace.passed[window.start : window.stop].sum(axis=(0, 2)).astype(float))


def _first_item(trace: Trace, observation: Observation, window: range) -> Times:
    passed: Booleans = np.asarray(trace.passed[window.start : window.stop].any(axis=2))
    seen: Booleans = np.asarray(passed.any(axis=0))
    months = np.where(seen, passed.argmax(axis=0) + 1.0, float(len(window)))
    return Times(months, seen)


def _act(trace: Trace, observation: Observation, window: range) -> Times:
    """From the first adoption until the last of the states that it bound has taken its step.

    Another item in the same domain, or the end of the commitment before everybody took it, ends what is seen.
    """
    here = places(observation.who, trace.members)
    months: Floats = np.full(trace.worlds, np.nan)
    seen: Booleans = np.zeros(trace.worlds, bool)
    passed = trace.passed[window.start : window.stop]
    for world in np.flatnonzero(passed.any(axis=(0, 2))):
        first = int(passed[:, world].any(axis=1).argmax())
        domain = int(passed[first, world].argmax())
        bound: Booleans = np.asarray(trace.bound[window.start + first : window.stop, world][:, here, domain])
        if not bound[0].any():
            continue
        again = passed[first + 1 :, world, domain]
        until = int(again.argmax()) + 1 if again.any() else bound.shape[0]
        alive: Booleans = np.asarray(bound[:until].any(axis=1))
        until = until if alive.all() else int((~alive).argmax())
        whom = here[bound[0]]
        done = trace.done[window.start + first : window.start + first + until, world][:, whom, domain]
        # What was done by the beginning of a month: the first month in which all had taken their step.
        all_done = np.maximum.accumulate(done >= STEP, axis=0)[1:].all(axis=1)
        seen[world] = bool(all_done.any())
        months[world] = float(all_done.argmax() + 1) if seen[world] else float(max(until, 1))
    return Times(months, seen)


def _crises(trace: Trace, observation: Observation, window: range) -> Counts:
    columns = [DYAD_NAMES.index(name) for name in observation.who] or list(range(len(DYAD_NAMES)))
    severity = trace.severity[window.start : window.stop + 1][:, :, columns]
    new = (severity[1:] >= observation.severity) & (severity[:-1] < observation.severity)
    return Counts(new.sum(axis=(0, 2)).astype(float))


def _order(trace: Trace, observation: Observation, window: range) -> Scores:
    span = slice(window.start, window.stop)
    bound = trace.bound[span]
    held = bound.sum(axis=(0, 3)).astype(float)
    total = (trace.done[span] * bound).sum(axis=(0, 3))
    return Scores(np.where(held > 0, total / np.maximum(held, 1.0), np.nan))


#: Each indicator's statistic; the delay until a joint result comes from the parameter itself.
_COUNTERS: dict[str, Callable[[Trace, Observation, range], Sample]] = {
    "all-present": _meetings,
    "attendance": _meetings,
    "absent-if-incomplete": _meetings,
    "convened": _meetings,
    "adopted": _meetings,
    "kept": _kept,
    "verified": _funds,
    "earned": _funds,
    "months-to-first-item": _first_item,
    "months-to-act": _act,
    "items": _items,
    "crises": _crises,
    "order-acting": _order,
}
