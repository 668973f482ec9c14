"""Rules over all pairs of states as compiled loops: channels and practice (X1), goods (X2), pacts (X3), forums (M3),
ownership (M4), blame (C2).

One pass in the place of a dozen over large arrays. The loops add and multiply in a written order, without `fastmath`
and without a function of the C library, so that the bytes are the same on every machine.
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
    row = states * count
    shut = closed.reshape(worlds, states, row)
    opened = openness.reshape(worlds, states, row)
    ours = owned.reshape(worlds, states, row)
    part = np.empty(row)
    for r in range(worlds):
        for i in range(states):
            # A state that opens nothing would multiply by one and add zero: a third of all pairs or more.
            if worth[r] * members[r, i] == 0.0:
                continue
            for j in range(states):
                pair = worth[r] * np.sqrt(staffed[r, i] * staffed[r, j]) * members[r, i] * members[r, j]
                most = inclusive[r, i, j]
                if by_domain:
                    for d in range(count):
                        x = pair * domains[r * by_world, i * by_first, j * by_second, d]
                        part[j * count + d] = x
                        most = max(most, x)
                else:
                    x = pair * domains[r * by_world, i * by_first, j * by_second, 0]
                    most = max(most, x)
                    for d in range(count):
                        part[j * count + d] = x
                inclusive[r, i, j] = most
            for n in range(row):
                shut[r, i, n] *= 1.0 - part[n]
            for n in range(row):
                opened[r, i, n] += part[n]
            for n in range(row):
                ours[r, i, n] += part[n] * share[r]


@njit(**OPTIONS)
def against_practice(out, trust, threshold, width, first, second):  # type: ignore[no-untyped-def]
    """Fill `out` (R, 15, D) with the logits against practising cooperation, within ±40 (X1).

    The lower of the trust (R, 6, 6) of the two states `first` and `second` (15,) of a dyad, over the `threshold`
    (R, D), in units of `width` (R,).
    """
    worlds, dyads, count = out.shape
    for r in range(worlds):
        for n in range(dyads):
            one, two = trust[r, first[n], second[n]], trust[r, second[n], first[n]]
            lower = two if two < one or np.isnan(two) else one
            for d in range(count):
                x = (lower - threshold[r, d]) / width[r]
                out[r, n, d] = -(-40.0 if x <= -40.0 else (40.0 if x >= 40.0 else x))


@njit(**OPTIONS)
def set_in_ratio(out, lead, inputs, power):  # type: ignore[no-untyped-def]
    """Fill `out` (A, n, B) with `inputs`, floored at 1e-6, over their `lead` (A, B) (X2).

    The lead is the largest of the n inputs where `power` (A, B) is positive, the smallest where it is negative.
    """
    before, count, after = inputs.shape
    for a in range(before):
        for b in range(after):
            rising = power[a, b] > 0.0
            for n in range(count):
                x = inputs[a, n, b]
                x = 1e-6 if x <= 1e-6 else x
                out[a, n, b] = x
                # What is not a number leads, so that it spoils the sum.
                if n == 0 or np.isnan(x) or (x > lead[a, b] if rising else x < lead[a, b]):
                    lead[a, b] = x
            for n in range(count):
                out[a, n, b] /= lead[a, b]


@njit(**OPTIONS)
def raise_ratios(logs, power):  # type: ignore[no-untyped-def]
    """Multiply logarithms (A, n, B) in place by the `power` (A, B) (X2)."""
    before, count, after = logs.shape
    for a in range(before):
        for n in range(count):
            for b in range(after):
                logs[a, n, b] = power[a, b] * logs[a, n, b]


@njit(**OPTIONS)
def practise(out, effort, odds, closed):  # type: ignore[no-untyped-def]
    """Fill `out` (R, 6, 6, D) with practised cooperation √(e_i e_j) times willingness times channel (X1).

    `effort` (R, 6, D); `odds` (R, 15, D) against the willingness by dyad, which is 1 / (1 + odds);
    `closed` (R, 6, 6, D) the part of the channel that is not open.
    """
    worlds, states, count = effort.shape
    for r in range(worlds):
        dyad = 0
        for i in range(states):
            out[r, i, i] = 0.0
            for j in range(i + 1, states):
                for d in range(count):
                    ready = np.sqrt(effort[r, i, d] * effort[r, j, d]) * (1.0 / (1.0 + odds[r, dyad, d]))
                    out[r, i, j, d] = ready * (1.0 - closed[r, i, j, d])
                    out[r, j, i, d] = ready * (1.0 - closed[r, j, i, d])
                dyad += 1


@njit(**OPTIONS)
def expect(out, promised, alone, target, trust, bound, intended):  # type: ignore[no-untyped-def]
    """Fill `out` (K R, 6, 6) with the effort that i (second) expects of j (third), and of itself (M3).

    K proposals for R worlds.
    Fill `promised` (K R, 6) with the `target` (K R, 6) of those who would be `bound`, and with the effort `alone` of
    the others, both (R, 6). By its `trust` (R, 6, 6) i expects the promised effort of j, else the effort alone; of
    itself it knows the share of the promised rise that it is `intended` (R,) to make.
    """
    worlds, states = alone.shape
    for n in range(target.shape[0]):
        r = n % worlds
        for i in range(states):
            promised[n, i] = target[n, i] if bound[r, i] > 0.0 else alone[r, i]
        for i in range(states):
            for j in range(states):
                t = intended[r] if i == j else trust[r, i, j]
                out[n, i, j] = t * promised[n, j] + (1.0 - t) * alone[r, j]


@njit(**OPTIONS)
def worst_among(severity, members):  # type: ignore[no-untyped-def]
    """Worst severity (R,) of open crises (R, 6, 6) between `members` (6,), 1 or 0."""
    worlds, states, _ = severity.shape
    out = np.empty(worlds)
    for r in range(worlds):
        worst = severity[r, 0, 0] * (members[0] * members[0])
        for i in range(states):
            for j in range(states):
                x = severity[r, i, j] * (members[i] * members[j])
                if x > worst or np.isnan(x):
                    worst = x
        out[r] = worst
    return out


@njit(**OPTIONS)
def signed_pact(out, weight, effort, domain, alive, members, left):  # type: ignore[no-untyped-def]
    """Fill `out` (R, 6, 6) with the logit of a pact, as far as both make an `effort` (R, 6, D) in its `domain` (X3).

    `weight` and `alive` (R,); `members` (6,); `left` (R or 1, 6, 6) by non-recognition.
    """
    worlds, states, _ = out.shape
    by_world = np.int64(left.shape[0] > 1)
    for r in range(worlds):
        for i in range(states):
            for j in range(states):
                ready = np.sqrt(effort[r, i, domain] * effort[r, j, domain]) * alive[r]
                among = members[i] * members[j] * (1.0 if i != j else 0.0)
                out[r, i, j] = weight[r] * ready * among * left[r * by_world, i, j]


@njit(**OPTIONS)
def owned_share(practice, owned, openness):  # type: ignore[no-untyped-def]
    """Share (R,) of practised cooperation that runs through owned channels (M4); all three (R, 6, 6, D)."""
    worlds, states, _, count = practice.shape
    out = np.empty(worlds)
    for r in range(worlds):
        whole, ours = 0.0, 0.0
        for i in range(states):
            whole_i, ours_i = 0.0, 0.0
            for j in range(states):
                whole_ij, ours_ij = 0.0, 0.0
                for d in range(count):
                    x = practice[r, i, j, d]
                    whole_ij += x
                    ours_ij += x * (owned[r, i, j, d] / max(openness[r, i, j, d], 1e-12))
                whole_i += whole_ij
                ours_i += ours_ij
            whole += whole_i
            ours += ours_i
        out[r] = ours / max(whole, 1e-12)
    return out


@njit(**OPTIONS)
def blame(severity, friends, side, solidarity, reversal):  # type: ignore[no-untyped-def]
    """Severity for which each community of each state blames each state, (R, 6, C, 6) (C2).

    A community blames the opponents of its own state and, by solidarity, those of the states whose side it takes; for
    crises of a state whose side it takes it trusts that state more, by the reversal, instead of less. `severity`
    (R, 6, 6); `friends` (6, C, 2) and `side` (6, C, 6) as in `Geography`; `solidarity`, `reversal` (R,).
    """
    worlds, states, _ = severity.shape
    communities = side.shape[1]
    out = np.zeros((worlds, states, communities, states))
    for r in range(worlds):
        for j in range(states):
            of_all = 0.0
            for i in range(states):
                of_all += severity[r, i, j]
            for i in range(states):
                own = severity[r, i, j]
                for c in range(communities):
                    mine = 0.0
                    for k in friends[i, c]:
                        if k < states:
                            mine += severity[r, k, j]
                    if side[i, c, j] > 0.0:
                        out[r, i, c, j] = -reversal[r] * (own + solidarity[r] * (of_all - own - mine))
                    else:
                        out[r, i, c, j] = own + solidarity[r] * mine
    return out
