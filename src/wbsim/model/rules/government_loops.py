"""Rules of the six governments as compiled loops: records (G3), rhetoric (G2), effort (G1).

One pass in the place of a dozen NumPy calls each; exponentials and hyperbolic tangents stay NumPy's, between two
loops. The loops add and multiply in a written order, without `fastmath` and without a function of the C library, so
that the bytes are the same on every machine. Bounds are written so that what is not a number stays so. Arrays are
C-contiguous float64; R worlds, six states, D domains; parameters are (R,) unless it is said otherwise.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from wbsim.kernels import OPTIONS


@njit(**OPTIONS)
def record(kept, broken, excess, fade, contact, helped, arms, effects, crises, loss_weight):  # type: ignore[no-untyped-def]
    """Move records `kept` and `broken` (R, 6, 6) of i (second) about j (third) in place, and fill `excess` (G3).

    `excess` (R, 6, 6) what was seen kept this month less what was seen broken. `contact` weight, joint cooperation
    (R, 6, 6) and that of the reference; `helped` weight and help (R, 6, 6); `arms` weight, arming above its level
    (R, 6) and disputes (6, 6); `effects` observations of mechanisms, kept and broken (R, 6, 6); `crises` weight and
    severity (R, 6, 6); `loss_weight` of all that breaks. `fade` is what a month leaves.
    """
    worlds, states, _ = kept.shape
    by_contact, joint, usual = contact
    by_help, given = helped
    by_arms, armed, dispute = arms
    more_kept, more_broken = effects
    by_crisis, severity = crises
    for r in range(worlds):
        for i in range(states):
            for j in range(states):
                gained = by_contact[r] * (joint[r, i, j] - usual[r, i, j])
                threat = armed[r, j] * dispute[i, j] / 3.0
                gains = more_kept[r, i, j] + (0.0 if gained <= 0.0 else gained) + by_help[r] * given[r, i, j]
                losses = loss_weight[r] * (
                    more_broken[r, i, j]
                    + (0.0 if -gained <= 0.0 else -gained)
                    + by_crisis[r] * severity[r, i, j]
                    + by_arms[r] * (0.0 if threat <= 0.0 else threat)
                )
                kept[r, i, j] = fade[r] * kept[r, i, j] + gains
                broken[r, i, j] = fade[r] * broken[r, i, j] + losses
                excess[r, i, j] = gains - losses


@njit(**OPTIONS)
def reputation(out, kept, broken, alpha, beta):  # type: ignore[no-untyped-def]
    """Fill `out` with the beta reputation (kept + α) / (kept + broken + α + β), all (R, 6, 6) (G3)."""
    worlds, states, _ = kept.shape
    for r in range(worlds):
        for i in range(states):
            for j in range(states):
                a, b = alpha[r, i, j], beta[r, i, j]
                out[r, i, j] = (kept[r, i, j] + a) / (kept[r, i, j] + broken[r, i, j] + a + b)


@njit(**OPTIONS)
def lean(out, trust, slope, rent, gain, dispute, pledge, pull, added):  # type: ignore[no-untyped-def]
    """Fill `out` (R, 6, 6) with what rhetoric leans on: slope (trust - ½) - gain rent dispute/3 + pledge (G2).

    `trust` (R, 6, 6); `rent` (R, 6); `dispute` (6, 6); the pledge is the mean over domains of `pledge` (R, 6, D) by
    its `pull`, and what mechanisms `added` (R, 6).
    """
    worlds, states, _ = trust.shape
    domains = pledge.shape[2]
    for r in range(worlds):
        for i in range(states):
            whole = pledge[r, i, 0]
            for d in range(1, domains):
                whole += pledge[r, i, d]
            whole = whole / 5.0 * pull[r] + added[r, i]
            gained = gain[r] * rent[r, i]
            for j in range(states):
                out[r, i, j] = slope[r] * (trust[r, i, j] - 0.5) - gained * dispute[i, j] / 3.0 + whole


@njit(**OPTIONS)
def speak(rhetoric, aim, left, hardening, severity, usual):  # type: ignore[no-untyped-def]
    """Move `rhetoric` (R, 6, 6) in place towards `aim` (R, 6, 6), hardened by crises (G2).

    What hardens it is `severity` above the `usual`, both (R, 6, 6). `left` is what a month leaves of a gap.
    """
    worlds, states, _ = rhetoric.shape
    for r in range(worlds):
        speed = 1.0 - left[r]
        for i in range(states):
            for j in range(states):
                now = rhetoric[r, i, j]
                excess = severity[r, i, j] - usual[r, i, j]
                moved = now + speed * (aim[r, i, j] - now) - hardening[r] * excess
                rhetoric[r, i, j] = -1.0 if moved <= -1.0 else (1.0 if moved >= 1.0 else moved)


@njit(**OPTIONS)
def clip_domains(out, threat, domain):  # type: ignore[no-untyped-def]
    """Fill `out` (R, 6, D) with each domain's threat perception, of `threat` (R, 6, 10), within ±20 (G1)."""
    worlds, states, domains = out.shape
    for r in range(worlds):
        for i in range(states):
            for d in range(domains):
                x = threat[r, i, domain[d]]
                out[r, i, d] = -20.0 if x <= -20.0 else (20.0 if x >= 20.0 else x)


@njit(**OPTIONS)
def share_out(weights):  # type: ignore[no-untyped-def]
    """Turn positive `weights` (R, 6, D) in place into D times their shares, of mean 1 over the domains (G1)."""
    worlds, states, domains = weights.shape
    for r in range(worlds):
        for i in range(states):
            whole = weights[r, i, 0]
            for d in range(1, domains):
                whole += weights[r, i, d]
            for d in range(domains):
                weights[r, i, d] = domains * weights[r, i, d] / whole


@njit(**OPTIONS)
def want(motive, against, base, public, threat, accession, rents, incentive, noise, effort, pledge):  # type: ignore[no-untyped-def]
    """Fill `motive` (R, 6, D) with the logits of effort alone, and `against` with -logits of the effort aimed at (G1).

    Logits of the aim are held within ±40. `base` (R, 6, D) before the motives that follow; `public` how much each
    government listens (R, 6), `importance` and rise of support (R, 6, D); `threat` push and levels (R, 6, D);
    `accession` push and credibility (R, 6); `rents` and `scrutiny` (R, 6); `incentive` (R, 6, D); `noise` its size and
    standard normal numbers (R or 0, 6, D), none without chance; `effort` reciprocity and last month's efforts
    (R, 6, D); `pledge` pull and pledges (R, 6, D).
    """
    worlds, states, domains = motive.shape
    heard, importance, support = public
    push, level = threat
    draw, credibility = accession
    rent, scrutiny = rents
    size, normal = noise
    mutual, done = effort
    pull, pledged = pledge
    whole = np.empty(domains)
    for r in range(worlds):
        for d in range(domains):
            whole[d] = done[r, 0, d]
        for i in range(1, states):
            for d in range(domains):
                whole[d] += done[r, i, d]
        for i in range(states):
            for d in range(domains):
                chance = size[r] * normal[r, i, d] if normal.shape[0] else 0.0
                own = (
                    base[r, i, d]
                    + heard[r, i] * importance[r, i, d] * support[r, i, d]
                    + push[r] * (level[r, i, d] - 1.0)
                    + draw[r] * credibility[r, i]
                    - rent[r, i] * (1.0 - scrutiny[r, i])
                    + (incentive[r, i, d] + chance)
                )
                motive[r, i, d] = own
                others = (whole[d] - done[r, i, d]) / 5.0
                x = own + mutual[r] * (others - done[r, i, d]) + pull[r] * pledged[r, i, d]
                against[r, i, d] = -(-40.0 if x <= -40.0 else (40.0 if x >= 40.0 else x))


@njit(**OPTIONS)
def decide(effort, staffed, odds, budget, capacity, staff, left, vetoed, cap):  # type: ignore[no-untyped-def]
    """Move `effort` (R, 6, D) in place towards what is aimed at within the staff there is; fill `staffed` (R, 6) (G1).

    `odds` (R, 6, D) against the effort wanted, which is 1 / (1 + odds); `budget` of staff times `capacity` (R, 6);
    `staff` (R, 6) asked for by mechanisms; the state `vetoed` makes at most its `cap` (R,).
    """
    worlds, states, domains = effort.shape
    for r in range(worlds):
        speed = 1.0 - left[r]
        most = cap[r]
        for i in range(states):
            whole = 1.0 / (1.0 + odds[r, i, 0])
            for d in range(1, domains):
                whole += 1.0 / (1.0 + odds[r, i, d])
            asked = whole + staff[r, i]
            share = budget[r] * capacity[r, i] / (1e-12 if asked <= 1e-12 else asked)
            share = 1.0 if share >= 1.0 else share
            staffed[r, i] = share
            for d in range(domains):
                aim = 1.0 / (1.0 + odds[r, i, d]) * share
                # A cap that is not a number spoils the effort, as it should.
                if i == vetoed and not (aim < most or np.isnan(aim)):
                    aim = most
                now = effort[r, i, d]
                moved = now + speed * (aim - now)
                effort[r, i, d] = 0.0 if moved <= 0.0 else (1.0 if moved >= 1.0 else moved)


@njit(**OPTIONS)
def arm(posture, level, rivalry, rivals, distrust, weights, trust, usual, shown, left, noise):  # type: ignore[no-untyped-def]
    """Move `posture` (R, 6) in place: towards `level` (R, 6) times 1 + rivals' arming, damped, + lost trust (G4).

    `rivals` (R, 6) mean arming of rivals, `weights` (6, 6) who is whose rival; `trust` and `usual` (R, 6, 6); `shown`
    weight and transparency (R, 6); `noise` its size and standard normal numbers (R or 0, 6, 1), none without chance.
    """
    worlds, states = posture.shape
    damping, transparency = shown
    size, normal = noise
    for r in range(worlds):
        speed = 1.0 - left[r]
        for i in range(states):
            lost = weights[i, 0] * (usual[r, i, 0] - trust[r, i, 0])
            for j in range(1, states):
                lost += weights[i, j] * (usual[r, i, j] - trust[r, i, j])
            seen = damping[r] * transparency[r, i]
            seen = 1.0 if seen >= 1.0 else seen
            factor = 1.0 + rivalry[r] * (1.0 - seen) * rivals[r, i] + distrust[r] * lost
            aim = level[r, i] * (0.1 if factor <= 0.1 else factor)
            moved = posture[r, i] + speed * (aim - posture[r, i])
            if normal.shape[0]:
                moved = moved + size[r] * normal[r, i, 0]
            posture[r, i] = 0.1 if moved <= 0.1 else (6.0 if moved >= 6.0 else moved)
