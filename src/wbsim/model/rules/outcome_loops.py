"""Outcomes of a month as compiled loops over worlds: means and counts of citizens, pairs and states.

One pass in the place of several NumPy calls an outcome. Sums are added in a written order, without `fastmath`, so that
the bytes are the same on every machine, and comparisons are written so that what is not a number stays so. Arrays are
C-contiguous float64 unless it is said otherwise; R worlds, six states, D domains.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from wbsim.kernels import OPTIONS


@njit(**OPTIONS)
def of_citizens(shares, first, second):  # type: ignore[no-untyped-def]
    """Read-outs as (7, R): mean trust of the pairs and their worst, support, war, safe, closer, deny; shares, 0 to 1.

    `shares` (R, 6, 15), float32, in the order of `kernels.READOUTS`; `first` and `second` (15,) states of the dyads.
    """
    worlds, states, _ = shares.shape
    out = np.empty((7, worlds))
    for r in range(worlds):
        whole, worst = 0.0, np.inf
        for d in range(len(first)):
            i, j = first[d], second[d]
            trust = (np.float64(shares[r, i, 5 + j]) + np.float64(shares[r, j, 5 + i])) / 2.0
            whole += trust
            if trust < worst or np.isnan(trust):
                worst = trust
        out[0, r], out[1, r] = whole / len(first), worst
        whole = 0.0
        for i in range(states):
            support = 0.0
            for d in range(5):
                support += np.float64(shares[r, i, d])
            whole += support / 5.0
        out[2, r] = whole / states
        for n in range(4):
            whole = 0.0
            for i in range(states):
                whole += np.float64(shares[r, i, 11 + n])
            out[3 + n, r] = whole / states
    return out


@njit(**OPTIONS)
def of_pairs(joint, trust, aid):  # type: ignore[no-untyped-def]
    """Means (3, R) over the 30 directed pairs of joint cooperation, governments' trust and help, all (R, 6, 6)."""
    worlds, states, _ = joint.shape
    out = np.empty((3, worlds))
    for r in range(worlds):
        one = two = three = 0.0
        for i in range(states):
            a = b = c = 0.0
            for j in range(states):
                other = 1.0 if i != j else 0.0
                a += joint[r, i, j] * other
                b += trust[r, i, j] * other
                c += aid[r, i, j] * other
            one += a
            two += b
            three += c
        out[0, r], out[1, r], out[2, r] = one / 30.0, two / 30.0, three / 30.0
    return out


@njit(**OPTIONS)
def of_states(ratio, posture, usual, staff, inclusive, enough, delivery, delivered, best, severity):  # type: ignore[no-untyped-def]
    """Seven outcomes (7, R), and threat levels by domain (D, R).

    The seven: mean threat level, mean posture, staff, mean over pairs of how much of a channel of `enough` each has,
    mean delivery, mean of how much of `delivered` the best `best` domains have, number of open crises. `ratio`
    (R, 6, D) of threat levels to the reference; `posture` and `usual` (R, 6); `staff` (R, 6); `inclusive` (R, 6, 6);
    `delivery` (R, D); `severity` (R, 15).
    """
    worlds, states, domains = ratio.shape
    out, threats = np.empty((7, worlds)), np.empty((domains, worlds))
    reached = np.empty(domains)
    for r in range(worlds):
        burden = armed = desks = wide = 0.0
        for i in range(states):
            level = 0.0
            for d in range(domains):
                level += ratio[r, i, d]
            burden += level / domains
            armed += posture[r, i] / usual[r, i]
            desks += staff[r, i]
            for j in range(states):
                if i != j:
                    part = inclusive[r, i, j] / enough
                    wide += 1.0 if part >= 1.0 else part
        made = 0.0
        for d in range(domains):
            made += delivery[r, d]
            part = delivery[r, d] / delivered
            reached[d] = 1.0 if part >= 1.0 else part
            level = 0.0
            for i in range(states):
                level += ratio[r, i, d]
            threats[d, r] = level / states
        reached.sort()
        top = 0.0
        for d in range(domains - best, domains):
            top += reached[d]
        crises = 0.0
        for d in range(severity.shape[1]):
            crises += 1.0 if severity[r, d] > 0.0 else 0.0
        out[0, r], out[1, r], out[2, r], out[3, r] = burden / states, armed / states, desks, wide / 30.0
        out[4, r], out[5, r], out[6, r] = made / domains, top / best, crises
    return out, threats
