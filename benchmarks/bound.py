"""What the machine must do at least: three loops measured alone, whose sum bounds the citizens' kernel.

Its attitudes go through memory once (read and written), its random numbers are made, and the model's own
sigmoid is evaluated as often as the read-outs need it. A kernel that overlapped the three perfectly could
beat the sum.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from kernel import Month
from numba import njit

from wbsim import kernels

#: Sigmoids of a citizen's month: support in 5 domains, trust in 5 states, war, safety, closer cooperation,
#: denial.
SIGMOIDS = kernels.READOUT_COUNT - 1


@njit(nogil=True, error_model="numpy")
def _through_memory(values, keep, drift):  # type: ignore[no-untyped-def]
    """Read and write every attitude once."""
    for n in range(values.shape[0]):
        values[n] = keep * values[n] + drift


@njit(nogil=True, error_model="numpy")
def _random_numbers(words, noise, worlds, citizens, moment, k0, k1):  # type: ignore[no-untyped-def]
    """All the noise of one state, rank by rank, into the small arrays that stay in the nearest cache."""
    circles = np.uint64(noise.shape[1])
    for world in range(worlds):
        first = np.uint64(0)
        while first < citizens:
            width = min(circles, citizens - first)
            kernels._draw(words, circles, first, width, np.uint64(world), moment, np.uint64(0), k0, k1)
            for row in range(kernels.ROWS):
                kernels._noise(
                    noise[row], words, np.uint64(row // 4) * circles, kernels._MASKS[row % 4], width
                )
            first += circles


@njit(nogil=True, error_model="numpy")
def _sigmoids(values, out, worlds, times):  # type: ignore[no-untyped-def]
    """`times` sigmoids of every citizen of one state, on arrays that stay in the nearest cache."""
    for _ in range(worlds * times):
        kernels.sigmoid(values, out)


def loops(month: Month) -> dict[str, Callable[[], object]]:
    """The three loops, each with the work of `month`."""
    attitudes = month.call.citizens.attitudes.reshape(-1).copy()
    states, circles = month.call.citizens.attitudes.shape[1], month.call.citizens.attitudes.shape[4]
    words, noise = np.zeros(4 * circles, np.uint32), np.zeros((kernels.ROWS, circles), np.float32)
    values = np.linspace(-3.0, 3.0, month.citizens).astype(np.float32)
    out = np.empty_like(values)
    keep, drift, zero = np.float32(0.9), np.float32(0.1), np.uint64(0)

    def memory() -> None:
        _through_memory(attitudes, keep, drift)

    def chance() -> None:
        for _ in range(states):
            _random_numbers(words, noise, month.worlds, np.uint64(month.citizens), zero, zero, zero)

    def sigmoids() -> None:
        for _ in range(states):
            _sigmoids(values, out, month.worlds, SIGMOIDS)

    return {"memory": memory, "random numbers": chance, "sigmoids": sigmoids}
