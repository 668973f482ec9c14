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
def _random_numbers(noise, worlds, citizens, octets, moment, k0, k1):  # type: ignore[no-untyped-def]
    """All the noise of one state, into the small array that the kernel reuses."""
    for world in range(worlds):
        for octet in range(octets):
            kernels._draw(
                noise, citizens, np.uint64(world), np.uint64(moment), np.uint64(0), np.uint64(octet), k0, k1
            )


@njit(nogil=True, error_model="numpy")
def _sigmoids(values, out, worlds, times):  # type: ignore[no-untyped-def]
    """`times` sigmoids of every citizen of one state, on arrays that stay in the nearest cache."""
    for _ in range(worlds * times):
        kernels.sigmoid(values, out)


def loops(month: Month) -> dict[str, Callable[[], object]]:
    """The three loops, each with the work of `month`."""
    first = month.calls[0]
    states, attitudes = len(month.calls), [call["attitudes"].reshape(-1).copy() for call in month.calls]
    noise = np.zeros((8, *first["attitudes"].shape[2:]), np.float32)
    values = np.linspace(-3.0, 3.0, month.citizens).astype(np.float32)
    out = np.empty_like(values)
    keep, drift, zero = np.float32(0.9), np.float32(0.1), np.uint64(0)

    def memory() -> None:
        for array in attitudes:
            _through_memory(array, keep, drift)

    def chance() -> None:
        for _ in range(states):
            _random_numbers(noise, month.worlds, month.citizens, kernels.ROWS // 8, 1, zero, zero)

    def sigmoids() -> None:
        for _ in range(states):
            _sigmoids(values, out, month.worlds, SIGMOIDS)

    return {"memory": memory, "random numbers": chance, "sigmoids": sigmoids}
