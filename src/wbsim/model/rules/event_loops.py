"""Crises (E2), threat levels (E1) and help between states (X3) as compiled loops.

One pass in the place of a dozen NumPy calls each; exponentials and logarithms stay NumPy's, between two loops. The
loops add and multiply in a written order, without `fastmath` and without a function of the C library, so that the
bytes are the same on every machine. Bounds are written so that what is not a number stays so. Arrays are C-contiguous
float64; R worlds, six states, n dyads or states, D domains; parameters are (R,) unless it is said otherwise.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from wbsim.kernels import OPTIONS


@njit(**OPTIONS)
def ends(odds, protracted, short, long, u):  # type: ignore[no-untyped-def]
    """Which crises (R, n) end this month: at odds of 1 / (mean duration - 1), moved by a shift (E2).

    `odds` (R, n or 1) exponential of the shift; `protracted` (R, n) 1 where the crisis is a long one; `short` and
    `long` mean durations in months; `u` (R, n, 4) uniforms, of which the last is read.
    """
    worlds, places = protracted.shape
    wide = np.int64(odds.shape[1] > 1)
    over = np.empty((worlds, places), np.bool_)
    for r in range(worlds):
        for d in range(places):
            months = (long[r] if protracted[r, d] > 0.0 else short[r]) - 1.0
            chance = odds[r, d * wide] / (1e-9 if months <= 1e-9 else months)
            over[r, d] = u[r, d, 3] < chance / (1.0 + chance)
    return over


@njit(**OPTIONS)
def outbreaks(u, risk, steps, shift):  # type: ignore[no-untyped-def]
    """World and place (n, 2) of each crisis that breaks out at `risk` (R, n), logits (n, 3) against its climbs (E2).

    `u` (R, n, 4) uniforms, of which the first is read; three `steps` up, lowered by `shift` (R, n), within ±40. Few
    crises break out in a month, so that exponentials of the others would be in vain.
    """
    worlds, places = risk.shape
    two, three, four = steps
    count = 0
    for r in range(worlds):
        for d in range(places):
            if u[r, d, 0] < risk[r, d]:
                count += 1
    where, against = np.empty((count, 2), np.int64), np.empty((count, 3))
    count = 0
    for r in range(worlds):
        for d in range(places):
            if u[r, d, 0] < risk[r, d]:
                where[count, 0], where[count, 1] = r, d
                for n in range(3):
                    x = (two[r] if n == 0 else (three[r] if n == 1 else four[r])) + shift[r, d]
                    against[count, n] = -(-40.0 if x <= -40.0 else (40.0 if x >= 40.0 else x))
                count += 1
    return where, against


@njit(**OPTIONS)
def break_out(severity, protracted, where, odds, u, long_share, most):  # type: ignore[no-untyped-def]
    """Move `severity` and `protracted` (R, n) in place by this month's outbreaks `where` (n, 2) (E2).

    On an open crisis the worse of the two severities holds. `odds` (n, 3) against each step up, which is taken with
    1 / (1 + odds); `u` (R, n, 4) uniforms, the second of the severity and the third of the length. Crises that would
    climb beyond `most` do not break out.
    """
    for n in range(where.shape[0]):
        r, d = where[n, 0], where[n, 1]
        two = 1.0 / (1.0 + odds[n, 0])
        three = two * (1.0 / (1.0 + odds[n, 1]))
        four = three * (1.0 / (1.0 + odds[n, 2]))
        climb = u[r, d, 1]
        climbed = 4.0 if climb < four else (3.0 if climb < three else (2.0 if climb < two else 1.0))
        if climbed > most:
            continue
        if severity[r, d] == 0.0:
            protracted[r, d] = 1.0 if u[r, d, 2] < long_share[r] else 0.0
        now = severity[r, d]
        severity[r, d] = climbed if now < climbed else now


@njit(**OPTIONS)
def log_hazard(out, rate, lulls, excitation, rhetoric, posture, pressure, contagion, trust, dyads):  # type: ignore[no-untyped-def]
    """Fill `out` (R, 15) with the log of each dyad's hazard of a new crisis this month, at most 1.5 (E2).

    `rate` (R, 15) log of the background; `lulls` their spread and (R, 15); `excitation` (R, 15); `rhetoric` and `trust`
    their weight, last month's (R, 6, 6) and the usual (R, 6, 6); `posture` weight and arming (R, 15); `pressure` its
    strength (R,) and exposure (R, 6); `contagion` weight, severity (R, 15) and inside (R, 6) a month ago; `dyads`
    their first and second states (15,) and the dyads that share a state with each (8, 15).
    """
    worlds, places = out.shape
    spread, lull = lulls
    by_rhetoric, tone, usual_tone = rhetoric
    by_posture, armed = posture
    strength, exposure = pressure
    by_contagion, severity, internal = contagion
    by_trust, known, usual_known = trust
    first, second, sharing = dyads
    for r in range(worlds):
        for d in range(places):
            i, j = first[d], second[d]
            near = internal[r, i]
            if internal[r, j] > near or np.isnan(internal[r, j]):
                near = internal[r, j]
            for n in range(sharing.shape[0]):
                beside = severity[r, sharing[n, d]]
                if beside > near or np.isnan(beside):
                    near = beside
            warmth = ((tone[r, i, j] - usual_tone[r, i, j]) + (tone[r, j, i] - usual_tone[r, j, i])) / 2.0
            trusted = (
                (known[r, i, j] - usual_known[r, i, j]) + (known[r, j, i] - usual_known[r, j, i])
            ) / 2.0
            x = (
                rate[r, d]
                + spread[r] * lull[r, d]
                - 0.5 * spread[r] * spread[r]
                + excitation[r, d]
                - by_rhetoric[r] * warmth
                + by_posture[r] * armed[r, d]
                + strength[r] * ((exposure[r, i] + exposure[r, j]) / 2.0)
                + by_contagion[r] * near
                - by_trust[r] * trusted
            )
            out[r, d] = 1.5 if x >= 1.5 else x


@njit(**OPTIONS)
def reached(now, before, step):  # type: ignore[no-untyped-def]
    """Number (R,) of crises (R, n) that reached a severity `step` this month (E2)."""
    worlds, places = now.shape
    out = np.zeros(worlds)
    for r in range(worlds):
        for d in range(places):
            if now[r, d] >= step and before[r, d] < step:
                out[r] += 1.0
    return out


@njit(**OPTIONS)
def felt(severity, internal, kin, solidarity, echo):  # type: ignore[no-untyped-def]
    """Severity of crises as the citizens of each state feel it, (R, 6) (C1).

    `severity` (R, 6, 6) between states, `internal` (R, 6); those of `kin` (6, 6) count by `solidarity`, the rest of
    the region's by `echo`.
    """
    worlds, states = internal.shape
    out, own = np.empty((worlds, states)), np.empty(states)
    for r in range(worlds):
        for i in range(states):
            own[i] = severity[r, i, 0]
            for j in range(1, states):
                own[i] += severity[r, i, j]
        whole, inside = own[0], internal[r, 0]
        for i in range(1, states):
            whole += own[i]
            inside += internal[r, i]
        whole = whole / 2.0
        for i in range(states):
            near = 0.0
            for k in range(states):
                if kin[i, k] != 0.0:
                    near += own[k] - severity[r, k, i]
            far = whole - own[i] - near + inside - internal[r, i]
            out[r, i] = own[i] + solidarity[r] * near + internal[r, i] + echo[r] * far
    return out


@njit(**OPTIONS)
def move_levels(out, level, left, spillover, neighbours, good, capacity, noise, shocks):  # type: ignore[no-untyped-def]
    """Fill `out` (R, 6, D) with threat levels after a month, within ±3 (E1).

    `level` (R, 6, D) before, of which a month leaves `left`; `spillover` from `neighbours` (6, 6); `good` effect,
    delivery and usual delivery (R, D); `capacity` effect and log over the reference (R, 6); `noise` its size and
    standard normal numbers (R or 0, 6, D), none without chance; `shocks` (R, 6, D).
    """
    worlds, states, domains = level.shape
    by_good, delivery, usual = good
    by_capacity, able = capacity
    size, normal = noise
    for r in range(worlds):
        for i in range(states):
            for d in range(domains):
                around = level[r, 0, d] * neighbours[i, 0]
                for j in range(1, states):
                    around += level[r, j, d] * neighbours[i, j]
                x = (
                    left[r] * level[r, i, d]
                    + spillover[r] * (around - level[r, i, d])
                    - by_good[r] * (delivery[r, d] - usual[r, d])
                    - by_capacity[r] * able[r, i]
                )
                if normal.shape[0]:
                    x = x + size[r] * normal[r, i, d]
                x = x + shocks[r, i, d]
                out[r, i, d] = -3.0 if x <= -3.0 else (3.0 if x >= 3.0 else x)


@njit(**OPTIONS)
def strike(shocks, struck, dated, chance, ordinary, mean, u, logs, disasters):  # type: ignore[no-untyped-def]
    """Fill `shocks` (R, 6, D), sizes above what is ordinary, and where disasters `struck` (R, 6) (E1).

    `dated` (6, D) by the agenda; others come with `chance` (R, 6, D), against what is `ordinary`, and an exponential
    size of this `mean`; `u` uniforms of their coming and `logs` logarithms of those of their size, (R, 6, D);
    `disasters` the domain that strikes.
    """
    worlds, states, domains = shocks.shape
    for r in range(worlds):
        for i in range(states):
            for d in range(domains):
                came = 1.0 if u[r, i, d] < chance[r, i, d] else 0.0
                shocks[r, i, d] = (
                    dated[i, d] + came * (-mean[r] * logs[r, i, d]) - ordinary[r, i, d] * mean[r]
                )
                if d == disasters:
                    struck[r, i] = 1.0 if dated[i, d] > 0.0 else came


@njit(**OPTIONS)
def against_aid(out, base, trust, support, nonrecognition, recognised, pact, domain):  # type: ignore[no-untyped-def]
    """Fill `out` (R, 6, 6) with the logits against j (third) helping i (second) after a shock, within ±40 (X3).

    `trust` weight and (R, 6, 6); `support` weight and rise (R, 6, D) of the helper's public in `domain`; `recognised`
    (6, 6); `pact` (R, 6, 6) logit of an activated pact.
    """
    worlds, states, _ = out.shape
    slope, known = trust
    by_support, risen = support
    for r in range(worlds):
        for i in range(states):
            for j in range(states):
                x = (
                    base[r]
                    + slope[r] * (known[r, j, i] - 0.5)
                    + by_support[r] * risen[r, j, domain]
                    - nonrecognition[r] * (1.0 - recognised[i, j])
                    + pact[r, i, j]
                )
                out[r, i, j] = -(-40.0 if x <= -40.0 else (40.0 if x >= 40.0 else x))


@njit(**OPTIONS)
def between_others(odds):  # type: ignore[no-untyped-def]
    """Turn `odds` (R, 6, 6) against into chances in place, 0 on the diagonal."""
    worlds, states, _ = odds.shape
    for r in range(worlds):
        for i in range(states):
            for j in range(states):
                odds[r, i, j] = 1.0 / (1.0 + odds[r, i, j]) * (1.0 if i != j else 0.0)
