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

#: Thresholds of cooperative security (assumptions, see `docs/model.md`).
DELIVERED, DELIVERED_DOMAINS, OWNED, KEPT, INCLUSIVE = 0.5, 3, 0.5, 0.6, 0.25
WINDOW, NEEDED = 36, 24
_PARTS = ("part_inclusive", "part_delivery", "part_owned", "part_kept", "part_trust", "part_no_crisis")
_LAST_OF_2022 = 23


def measure(region: Region) -> Floats:
    """This month's outcomes (R, O) in the order of `OUTCOME_NAMES`; parts of cooperative security as 0 or 1."""
    environment, effects, reference = region.environment, region.effects, region.reference
    g = region.geography
    of_citizens = outcome_loops.of_citizens(region.publics.shares, g.first, g.second)
    trust, worst, supporting, worried, safe, closer, deny = of_citizens
    if region.month == _LAST_OF_2022:
        environment.trust_2022 = worst
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
        environment.severity,
    )
    cooperation = cooperation / pairs_mean(reference.ideal_joint)
    burden, posture, staff, inclusive, delivered, domains, open_crises = of_states
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
        "commitments_kept": effects.reviewed_kept,
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
        "part_delivery": (domains >= DELIVERED_DOMAINS).astype(float),
        "part_owned": (owned >= OWNED).astype(float),
        "part_kept": (effects.reviewed_kept >= KEPT).astype(float),
        "part_trust": (worst > environment.trust_2022).astype(float),
        "part_no_crisis": (environment.new_severe == 0.0).astype(float),
        "cooperative_security": np.zeros(region.worlds),
    }
    for name, made, threat in zip(DOMAIN_NAMES, environment.delivery.T, threats, strict=True):
        key = name.replace("-", "_")
        values[f"delivery_{key}"], values[f"threat_{key}"] = made, threat
    return np.array([values[name] for name in OUTCOME_NAMES]).T


def look_back(monthly: Floats) -> None:
    """Turn monthly 0 and 1 of the parts (R, M, O) into shares of the last 36 months, and all parts into one verdict."""
    columns = [OUTCOME_INDEX[name] for name in _PARTS]
    together = monthly[:, :, columns].min(axis=2)
    verdict = _rolling(together) >= NEEDED
    for column in columns:
        monthly[:, :, column] = _rolling(monthly[:, :, column]) / WINDOW
    monthly[:, :, OUTCOME_INDEX["cooperative_security"]] = verdict


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
