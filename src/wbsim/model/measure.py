"""Outcomes of a month, and those that look back over several."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wbsim.model.geography import geography
from wbsim.model.rules import basics, loops, outcome_loops
from wbsim.tables.outcomes import DYAD_OUTCOMES, OUTCOME_INDEX, OUTCOME_NAMES, STATE_OUTCOMES
from wbsim.tables.places import DOMAIN_NAMES

if TYPE_CHECKING:
    from wbsim.model.region import Region

Floats = NDArray[np.float64]

#: Benchmarks of the parts of cooperative security (assumptions, see `docs/model.md`).
INCLUSIVE, DELIVERED, DELIVERED_DOMAINS, OWNED, TRUSTING, KEPT, CRISES = 0.25, 0.5, 3, 0.5, 0.5, 0.6, 3.0
#: Months that parts look back over, and those of them in which all must be met in full for the strict verdict.
WINDOW, NEEDED = 36, 24
_PARTS = ("part_inclusive", "part_delivery", "part_owned", "part_trust")


def measure(region: Region) -> Floats:
    """This month's outcomes (R, O) in the order of `OUTCOME_NAMES`.

    Of cooperative security the parts of this month, with new crises as their number, and whether all are met in full;
    `look_back` makes the outcomes of them.
    """
    environment, effects, reference = region.environment, region.effects, region.reference
    g = region.geography
    of_citizens = outcome_loops.of_citizens(region.publics.shares, g.first, g.second)
    trust, worst, supporting, worried, safe, closer, deny = of_citizens
    cooperation, trusting, aiding = outcome_loops.of_pairs(
        environment.joint, region.governments.trust, region.aid
    )
    of_states, threats = outcome_loops.of_states(
        np.exp(environment.level),
        region.governments.posture,
        reference.posture,
        effects.staff,
        effects.inclusive,
        INCLUSIVE,
        environment.delivery,
        DELIVERED,
        DELIVERED_DOMAINS,
        environment.severity,
    )
    cooperation = cooperation / pairs_mean(reference.ideal_joint)
    burden, posture, staff, inclusive, delivered, best_domains, open_crises = of_states
    support, closer, deny = 100.0 * supporting, 100.0 * closer, 100.0 * deny
    owned = loops.owned_share(environment.practice, effects.owned, effects.openness)
    risen = (cooperation - reference.cooperation) / np.maximum(environment.spent / 100.0, 1e-9)
    values: dict[str, Floats] = {
        "cooperation": cooperation,
        "delivery": delivered,
        "public_trust": 100.0 * trust,
        "public_trust_worst": 100.0 * worst,
        "government_trust": trusting,
        "war_worry": 100.0 * worried,
        "support": support,
        "feeling_safe": 100.0 * safe,
        "support_closer": closer,
        "deny_harm": deny,
        "perceived_gap": closer - deny,
        "support_delivery_gap": support - 100.0 * delivered,
        "threat_burden": burden,
        "crises_severe": environment.new_severe,
        "crisis_months": open_crises,
        "armed_conflict": environment.new_war,
        "internal_crises": environment.new_internal,
        "posture": posture,
        "owned_share": owned,
        "commitments_reviewed": effects.reviewed,
        "commitments_kept": effects.found_kept,
        "meetings_held": effects.held,
        "meetings_failed": effects.failed,
        "items_adopted": effects.items,
        "items_shared": effects.shared,
        "adopted_regretted": effects.regretted,
        "aid_given": aiding,
        "money": effects.money,
        "staff": staff,
        "cooperation_per_euro": risen,
        "part_inclusive": np.maximum(effects.equals, inclusive),
        "part_delivery": best_domains,
        "part_owned": np.minimum(owned / OWNED, 1.0),
        "part_trust": np.minimum(worst / TRUSTING, 1.0),
        "part_no_crisis": environment.new_severe,
        "cooperative_security": np.zeros(region.worlds),
        "cooperative_security_strict": (effects.reviewed_kept >= KEPT).astype(float),
    }
    for name, made, threat in zip(DOMAIN_NAMES, environment.delivery.T, threats, strict=True):
        key = name.replace("-", "_")
        values[f"delivery_{key}"], values[f"threat_{key}"] = made, threat
    return np.array([values[name] for name in OUTCOME_NAMES]).T


def look_back(monthly: Floats) -> None:
    """Turn the parts of single months (R, M, O) into outcomes that look back over 36 months, or all there were.

    Parts become means, crises what their number leaves of the benchmark, cooperative security the mean of the five
    parts, and its strict form 1 where all were met in full, and commitments kept, in 24 of the months.
    """
    months = monthly.shape[1]
    seen = np.minimum(np.arange(1, months + 1), WINDOW)
    column = {name: OUTCOME_INDEX[name] for name in OUTCOME_NAMES}
    crises, strict = column["part_no_crisis"], column["cooperative_security_strict"]
    full = (monthly[:, :, [column[name] for name in _PARTS]] >= 1.0).all(axis=2)
    full &= (monthly[:, :, crises] == 0.0) & (monthly[:, :, strict] > 0.0)
    monthly[:, :, strict] = _rolling(full.astype(float)) >= NEEDED
    monthly[:, :, crises] = np.maximum(1.0 - _rolling(monthly[:, :, crises]) / CRISES, 0.0)
    whole = monthly[:, :, crises].copy()
    for name in _PARTS:
        monthly[:, :, column[name]] = _rolling(monthly[:, :, column[name]]) / seen
        whole += monthly[:, :, column[name]]
    monthly[:, :, column["cooperative_security"]] = whole / (len(_PARTS) + 1)


def by_state(region: Region) -> Floats:
    """This month's outcomes of each state, (R, 6, len(STATE_OUTCOMES))."""
    shares = region.publics.shares.astype(float)
    posture = region.governments.posture / region.reference.posture
    values = {
        "support": 100.0 * _mean(shares[:, :, :5]),
        "war_worry": 100.0 * shares[:, :, 11],
        "feeling_safe": 100.0 * shares[:, :, 12],
        "public_trust": 100.0 * basics.total(shares[:, :, 5:11], 2) / 5.0,
        "posture": posture,
        "threat_burden": _mean(np.exp(region.environment.level)),
    }
    return np.stack([values[name] for name in STATE_OUTCOMES], axis=2)


def by_dyad(region: Region) -> Floats:
    """This month's outcomes of each dyad, (R, 15, len(DYAD_OUTCOMES)); crisis_months is 1 in an open crisis."""
    g = region.geography
    shares = region.publics.shares.astype(float)
    known = region.governments.trust
    values = {
        "cooperation": region.environment.joint[:, g.first, g.second]
        / region.reference.ideal_joint[:, g.first, g.second],
        "public_trust": 100.0 * dyad_trust(shares),
        "government_trust": (known[:, g.first, g.second] + known[:, g.second, g.first]) / 2.0,
        "crisis_months": (region.environment.severity > 0.0).astype(float),
    }
    return np.stack([values[name] for name in DYAD_OUTCOMES], axis=2)


def dyad_trust(shares: Floats) -> Floats:
    """Mean share trusting each other, (R, 15), of read-outs (R, 6, 15)."""
    g = geography()
    pairs = shares[:, :, 5:11]
    return np.asarray((pairs[:, g.first, g.second] + pairs[:, g.second, g.first]) / 2.0)


def _mean(x: Floats, axis: int = -1) -> Floats:
    return np.asarray(basics.total(x, axis) / x.shape[axis])


def pairs_mean(x: Floats) -> Floats:
    """Mean over the 30 directed pairs of (..., 6, 6)."""
    off = x * basics.OTHERS
    return np.asarray(basics.total(basics.total(off, -1), -1) / 30.0)


def _rolling(x: Floats) -> Floats:
    """Sum over the last 36 months up to each month, (R, M)."""
    sums = np.cumsum(x, axis=1)
    sums[:, WINDOW:] = sums[:, WINDOW:] - sums[:, :-WINDOW].copy()
    return sums
