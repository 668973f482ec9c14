"""Rules of the six publics outside the citizens' kernel, as compiled loops: news (C1), cues (C2), beliefs (C3).

One pass in the place of a dozen NumPy calls each. The loops add and multiply in a written order, without `fastmath`
and without a function of the C library, so that the bytes are the same on every machine. Arrays are C-contiguous
float64 unless it is said otherwise; R worlds, six states, D domains, C communities, ten threats.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from wbsim.kernels import OPTIONS


@njit(**OPTIONS)
def hear(fast, slow, left, incident, domain, has_domain, war, weight, felt, usual, invasion):  # type: ignore[no-untyped-def]
    """Move fast and slow news (R, 6, 10) in place: what is left of them, and this month's impulse (C1).

    `left` two shares (R,), of fast and slow news; `incident` (R, 6, D) shocks, which are news about the threats that
    have a domain (`domain`, `has_domain` (10,)); the threat `war` hears crises as they are `felt` (R, 6) above what is
    `usual` (R, 6), and an `invasion` (R,), with two `weight`s (R,).
    """
    worlds, states, threats = fast.shape
    left_fast, left_slow = left
    by_crisis, by_invasion = weight
    for r in range(worlds):
        for i in range(states):
            for k in range(threats):
                impulse = incident[r, i, domain[k]] * has_domain[k]
                if k == war:
                    impulse += by_crisis[r] * (felt[r, i] - usual[r, i]) + by_invasion[r] * invasion[r]
                fast[r, i, k] = left_fast[r] * fast[r, i, k] + impulse
                slow[r, i, k] = left_slow[r] * slow[r, i, k] + impulse


@njit(**OPTIONS)
def cue_threats(cues, fast, slow, level, domain, has_domain, share, reaction, by_level, war, russia):  # type: ignore[no-untyped-def]
    """Fill the first ten rows of `cues` (R, 6, 16), float32, with news above that of the reference month (C1).

    `share` (R,) of fast news; `reaction` (R,) of citizens to news; `by_level` (R,) weight of threat levels `level`
    (R, 6, D); `war` the threat that hears of war and what it hears beside crises (R, 6), `russia` likewise.
    """
    worlds, states, threats = fast.shape
    war_row, heard = war
    russia_row, pressed = russia
    for r in range(worlds):
        for i in range(states):
            for k in range(threats):
                news = share[r] * fast[r, i, k] + (1.0 - share[r]) * slow[r, i, k]
                if k == war_row:
                    news += heard[r, i]
                news += by_level[r] * (level[r, i, domain[k]] * has_domain[k])
                if k == russia_row:
                    news += pressed[r, i]
                cues[r, i, k] = np.float32(reaction[r] * news)


@njit(**OPTIONS)
def hear_of_war(out, rhetoric, usual, by_rhetoric, armed, by_armed, pressed, pressure, exposure):  # type: ignore[no-untyped-def]
    """Fill `out` (R, 6) with news of war beside crises, and `pressed` (R, 6) with Russian pressure as felt (C1).

    Rhetoric (R, 6, 6) of the others towards a state, harsher than `usual`, and their arming `armed` (R, 6), with
    weights (R,); `pressure` (R,) times `exposure` (R, 6).
    """
    worlds, states, _ = rhetoric.shape
    for r in range(worlds):
        for j in range(states):
            hostile = usual[r, 0, j] - rhetoric[r, 0, j]
            for i in range(1, states):
                hostile += usual[r, i, j] - rhetoric[r, i, j]
            out[r, j] = by_rhetoric[r] * (hostile / 5.0) + by_armed[r] * armed[r, j]
            pressed[r, j] = pressure[r] * exposure[r, j]


@njit(**OPTIONS)
def cue_trust(cues, rhetoric, usual, reaction, first):  # type: ignore[no-untyped-def]
    """Fill rows `first` on of `cues` (R, 6, 16), float32: the own rhetoric (R, 6, 6) above `usual` (C2)."""
    worlds, states, _ = rhetoric.shape
    for r in range(worlds):
        for i in range(states):
            for j in range(states):
                cue = reaction[r] * (rhetoric[r, i, j] - usual[r, i, j])
                cues[r, i, first + j] = np.float32(cue * (1.0 if i != j else 0.0))


@njit(**OPTIONS)
def resent(resentment, blamed, usual, left):  # type: ignore[no-untyped-def]
    """Move the acute resentment (R, 6, C, 6) in place: what is `left` (R,) of it, and this month's blame (C2).

    `blamed` and `usual` (R, 6, C, 6).
    """
    worlds, states, communities, _ = blamed.shape
    for r in range(worlds):
        for i in range(states):
            for c in range(communities):
                for j in range(states):
                    new = blamed[r, i, c, j] - usual[r, i, c, j]
                    resentment[r, i, c, j] = left[r] * resentment[r, i, c, j] + new


@njit(**OPTIONS)
def push_trust(pushes, visible, usual, by_results, blamed, blamed_usual, loss, acute):  # type: ignore[no-untyped-def]
    """Fill `pushes` (R, 6, 6, C), float32: joint results above `usual` raise trust, blame above its own lowers it (C2).

    `visible` (R, 6, 6); `blamed` (R, 6, C, 6); `by_results` and `loss` (R,). `acute`: the `share` (R,) of a loss that
    is acute, resentment `now` and `before` (R, 6, C, 6), and what a month leaves of trust's distance `kept` (R,). The
    push of the acute part is such that trust stands below its course by the resentment itself, whatever trust's own
    half-life.
    """
    worlds, states, communities, _ = blamed.shape
    share, now, before, kept = acute
    for r in range(worlds):
        for i in range(states):
            for j in range(states):
                other = 1.0 if i != j else 0.0
                results = by_results[r] * (visible[r, i, j] - usual[r, i, j])
                for c in range(communities):
                    lasting = blamed[r, i, c, j] - blamed_usual[r, i, c, j]
                    passing = now[r, i, c, j] - kept[r] * before[r, i, c, j]
                    blame = loss[r] * ((1.0 - share[r]) * lasting + share[r] * passing)
                    pushes[r, i, j, c] = np.float32((results - blame) * other)


@njit(**OPTIONS)
def learn(belief, delivery, visibility, unseen, learning, publicity, published):  # type: ignore[no-untyped-def]
    """Move beliefs (R, 6, D) in place towards what is seen of `delivery` (R, D) and what reports show (C3).

    `visibility`, `unseen` (what is believed of what is not seen) and `learning` (R,); of this month's mechanisms
    `publicity`, the share of what is not seen that reports show, and the achievement `published` (R, 6, D).
    """
    worlds, states, domains = belief.shape
    for r in range(worlds):
        seen = visibility[r]
        for i in range(states):
            for d in range(domains):
                # Written so that what is not a number stays so.
                made = 1.0 if delivery[r, d] > 1.0 else delivery[r, d]
                told = publicity[r, i, d]
                beyond = told * published[r, i, d] + (1.0 - told) * unseen[r]
                held = seen * made + (1.0 - seen) * beyond
                belief[r, i, d] = belief[r, i, d] + learning[r] * (held - belief[r, i, d])


@njit(**OPTIONS)
def support_constant(out, start, weight, belief, usual, mood):  # type: ignore[no-untyped-def]
    """Fill `out` (R, 6, D), float32: `start` (R, 6, D), what `belief` (R, 6, D) above `usual` (R, D) adds, and the
    `mood` (R, 6) of each public (C3)."""
    worlds, states, domains = belief.shape
    for r in range(worlds):
        for i in range(states):
            for d in range(domains):
                out[r, i, d] = np.float32(
                    start[r, i, d] + weight[r] * (belief[r, i, d] - usual[r, d]) + mood[r, i]
                )
