"""Whether the object-per-citizen yardstick and the kernel simulate the same population: means, in units of chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from kernel import Month
from objects import State, inputs

from wbsim import kernels

#: Months apart from every other use of the citizens' random numbers.
_FIRST_MONTH = np.uint64(20_000 << 16)


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


def agreement(month: Month, worlds: int, months: int) -> Agreement:
    """Let both run for `months` from the same citizens under the same forcings, in `worlds` worlds of each state."""
    scores = []
    for place, recorded in enumerate(month.calls):
        call = {name: v.copy() if isinstance(v, np.ndarray) else v for name, v in recorded.items()}
        models = [State(inputs(call, world), 1000 * place + world) for world in range(worlds)]
        for step in range(months):
            call["moment"] = _FIRST_MONTH + np.uint64(step << 16)
            kernels.update_citizens(*call.values())
            for model in models:
                model.step()
        attitudes = call["attitudes"].reshape(month.worlds, kernels.ROWS, -1)[:worlds, :, : month.citizens]
        for world, model in enumerate(models):
            rate = call["rate"][world].astype(float)
            left = 1.0 - np.repeat(rate, (kernels.THREAT_ROWS, kernels.ROWS - kernels.THREAT_ROWS))
            # Influence cancels within a circle, so noise in the mean fades at the rate of the anchor alone.
            variance = (1.0 - left ** (2 * months)) / (1.0 - left**2) / month.citizens
            error = float(call["volatility"][world]) * np.sqrt(2.0 * variance)
            scores.append((attitudes[world].astype(float).mean(axis=-1) - model.means()) / error)
    flat = np.concatenate(scores)
    return Agreement(len(flat), months, float(np.mean(flat**2)), float(np.abs(flat).max()))
