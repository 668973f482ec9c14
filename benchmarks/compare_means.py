"""Whether a yardstick and the kernel simulate the same population: means, in units of chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from kernel import Month
from numpy.typing import NDArray
from objects import Inputs, State, inputs

from wbsim import kernels

#: Months apart from every other use of the citizens' random numbers.
_FIRST_MONTH = np.uint64(20_000 << 16)


class Yardstick(Protocol):
    """The citizens of one state of one world, written in another way."""

    def step(self) -> None:
        """Simulate a month."""

    def means(self) -> NDArray[np.float64]:
        """Mean attitudes, (K,)."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Differences of `count` mean attitudes after `months`, divided by their Monte Carlo standard error."""

    count: int
    months: int
    mean_square: float
    largest: float

    @property
    def holds(self) -> bool:
        """Whether a chance of one in a thousand on either side holds for the sum of squares (normal approximation)."""
        return bool(abs(self.mean_square - 1.0) < 3.3 * np.sqrt(2.0 / self.count))


def agreement(
    month: Month, worlds: int, months: int, make: Callable[[Inputs, int], Yardstick] = State
) -> Agreement:
    """Let both run for `months` from the same citizens under the same forcings, in `worlds` worlds of each state."""
    scores = []
    start = month.call.copy()
    states = start.citizens.attitudes.shape[1]
    models = {
        (state, world): make(inputs(start, state, world), 1000 * state + world)
        for state in range(states)
        for world in range(worlds)
    }
    for step in range(months):
        kernels.update_citizens(*start._replace(moment=_FIRST_MONTH + np.uint64(step << 16)))
        for model in models.values():
            model.step()
    for (state, world), model in models.items():
        ranks = np.moveaxis(start.citizens.attitudes[world, state].astype(float), 1, 0)
        means = ranks.reshape(kernels.ROWS, -1)[:, : month.citizens].mean(axis=1)
        rate = start.habits.rate[world].astype(float)
        left = 1.0 - np.repeat(rate, (kernels.THREAT_ROWS, kernels.ROWS - kernels.THREAT_ROWS))
        # Influence cancels within a circle, so noise in the mean fades at the rate of the anchor alone.
        variance = (1.0 - left ** (2 * months)) / (1.0 - left**2) / month.citizens
        error = float(start.habits.volatility[world]) * np.sqrt(2.0 * variance)
        moved = np.delete(np.arange(kernels.ROWS), kernels.THREAT_ROWS + state)
        scores.append(((means - model.means()) / error)[moved])
    flat = np.concatenate(scores)
    return Agreement(len(flat), months, float(np.mean(flat**2)), float(np.abs(flat).max()))
