"""Whether policies together do more or less than one by one."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.statistics.paired import Values

#: Most ways of putting one scenario together that are looked at.
MOST = 8


@dataclass(frozen=True, slots=True)
class Union:
    """A scenario that is others put together: `whole` and `parts` count the scenarios from 0, the baseline."""

    whole: int
    parts: tuple[int, ...]


def unions(policies: Sequence[frozenset[Hashable]]) -> tuple[Union, ...]:
    """Every scenario whose policies are those of two or more others, put together, the baseline's being `policies[0]`.

    What a scenario adds to the baseline counts. The parts have nothing in common, else it would count twice; a
    scenario that lacks a policy of the baseline is neither whole nor part.
    """
    base = policies[0]
    added = {n: each - base for n, each in enumerate(policies) if n and each > base}
    found = []
    for whole, target in added.items():
        candidates = [(n, each) for n, each in added.items() if each < target]
        for number, parts in enumerate(_covers(target, candidates)):
            if number == MOST:
                break
            found.append(Union(whole, parts))
    return tuple(found)


def _covers(
    target: frozenset[Hashable], candidates: Sequence[tuple[int, frozenset[Hashable]]]
) -> Iterator[tuple[int, ...]]:
    """Every choice of candidates without overlap that together are `target`, in ascending order."""
    if not target:
        yield ()
        return
    for place, (number, each) in enumerate(candidates):
        if each <= target:
            for rest in _covers(target - each, candidates[place + 1 :]):
                yield (number, *rest)


def interaction(values: NDArray[np.float64], union: Union) -> Values:
    """World by world, the effect of the whole minus the sum of the effects of its parts: (worlds,).

    `values` is (scenarios, worlds). Positive: the outcome is higher than the parts would have it.
    """
    effects = values - values[0]
    together: Values = effects[union.whole] - effects[list(union.parts)].sum(axis=0)
    return together
