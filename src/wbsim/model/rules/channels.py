"""Channels between states and what runs through them (X1), as compiled loops over worlds, pairs and domains.

One pass in the place of a dozen over arrays of all pairs and domains. They add and multiply in a written order and
call no function of the C library, so that the bytes are the same on every machine.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from wbsim.kernels import OPTIONS


@njit(**OPTIONS)
def add_channel(closed, openness, owned, inclusive, worth, staffed, members, domains, share):  # type: ignore[no-untyped-def]
    """Add what one mechanism opens of each pair's channel: k ω √(s_i s_j) in its domains, where both are members (X1).

    `closed`, `openness`, `owned` (R, 6, 6, D) and `inclusive` (R, 6, 6) as in `Effects`, changed in place; `worth`
    (R,) openness k times value ω; `staffed` (R, 6); `members` (R, 6); `domains` (R or 1, 6 or 1, 6 or 1, D or 1)
    weights of the domains; `share` (R,) how far it is owned.
    """
    worlds, states, _, count = closed.shape
    by_world, by_first, by_second, by_domain = [np.int64(length > 1) for length in domains.shape]
    for r in range(worlds):
        for i in range(states):
            for j in range(states):
                pair = worth[r] * np.sqrt(staffed[r, i] * staffed[r, j]) * members[r, i] * members[r, j]
                most = inclusive[r, i, j]
                for d in range(count):
                    part = pair * domains[r * by_world, i * by_first, j * by_second, d * by_domain]
                    closed[r, i, j, d] *= 1.0 - part
                    openness[r, i, j, d] += part
                    owned[r, i, j, d] += part * share[r]
                    most = max(most, part)
                inclusive[r, i, j] = most


@njit(**OPTIONS)
def practise(out, effort, willing, closed):  # type: ignore[no-untyped-def]
    """Fill `out` (R, 6, 6, D) with practised cooperation √(e_i e_j) times willingness times channel (X1).

    `effort` (R, 6, D); `willing` (R, 15, D) by dyad; `closed` (R, 6, 6, D) the part of the channel that is not open.
    """
    worlds, states, count = effort.shape
    for r in range(worlds):
        dyad = 0
        for i in range(states):
            out[r, i, i] = 0.0
            for j in range(i + 1, states):
                for d in range(count):
                    ready = np.sqrt(effort[r, i, d] * effort[r, j, d]) * willing[r, dyad, d]
                    out[r, i, j, d] = ready * (1.0 - closed[r, i, j, d])
                    out[r, j, i, d] = ready * (1.0 - closed[r, j, i, d])
                dyad += 1
