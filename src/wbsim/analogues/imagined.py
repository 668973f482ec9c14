"""What more institutions would teach: evidence that was not gathered, imagined at parameters the posterior allows.

An answer to "which evidence would narrow this number?" before anybody looks for it: the institutions that there are,
and as many more of the same kind whose records are drawn from the model, are fitted together. The draws know what the
model knows, their scatter and discrepancy included, so the answer is optimistic wherever the model is wrong.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from wbsim.analogues.analogue import Count, Events, Interval, Observation, Order, Share, Value
from wbsim.analogues.fit import Evidence, fit
from wbsim.analogues.likelihood import draw
from wbsim.analogues.surface import Surface
from wbsim.inference.contraction import contraction

Floats = NDArray[np.float64]

#: Months after which nobody waits any longer for something to happen.
PATIENCE = 120.0


@dataclass(frozen=True)
class Imagined:
    """Evidence that might be gathered: `copies` more institutions for each that has an observation of `indicators`."""

    indicators: Collection[str]
    copies: int


def imagine(evidence: Evidence, wanted: Imagined, truth: Floats, generator: np.random.Generator) -> Evidence:
    """The evidence with what is `wanted`, as it might be observed if the parameters were `truth` (P,).

    Orders of states are left as they are: nothing is imagined for them.
    """
    more: list[Surface] = []
    for surface, used in zip(evidence.surfaces, evidence.use, strict=True):
        order = isinstance(surface.observation.value, Order)
        if used and not order and surface.observation.indicator in wanted.indicators:
            more += [_another(surface, evidence.multiple, truth, generator) for _ in range(wanted.copies)]
    use = np.concatenate([evidence.use, np.ones(len(more), bool)])
    return replace(evidence, surfaces=(*evidence.surfaces, *more), use=use)


def expected_contraction(
    evidence: Evidence, wanted: Imagined, truths: Floats, particles: int, generator: np.random.Generator
) -> Floats:
    """Contraction (P,) that is to be expected with what is `wanted`, the mean over parameters `truths` (T, P)."""
    found = [
        contraction(
            fit(imagine(evidence, wanted, truth, generator), particles, particles, generator).draws
        ).value
        for truth in truths
    ]
    return np.asarray(np.mean(found, axis=0))


def _another(surface: Surface, multiple: float, truth: Floats, generator: np.random.Generator) -> Surface:
    seen = draw(
        surface.observation,
        surface.predict(truth[None]),
        surface.spread,
        surface.offset(multiple),
        generator,
    )
    return replace(surface, observation=_observed(surface.observation, float(seen[0])))


def _observed(like: Observation, seen: float) -> Observation:
    """An observation with the value that was `seen`, in the unit of `draw`."""
    return replace(like, value=_value(like.value, seen))


def _value(like: Value, seen: float) -> Value:
    match like:
        case Count(_, trials):
            return Count(round(seen * trials), trials)
        case Share(_, error):
            return Share(seen, error)
        case Interval():
            return Interval(PATIENCE, None) if seen > PATIENCE else Interval(max(seen, 0.5), max(seen, 0.5))
        case Events(_, years):
            return Events(round(seen), years)
        case Order():
            return like
