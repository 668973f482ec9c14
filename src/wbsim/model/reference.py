"""The reference month: the fixed point of the status quo without chance, where everything begins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.chance.draws import Draws
from wbsim.model.agents.government import VETOED
from wbsim.model.geography import Geography
from wbsim.model.rules import basics, cooperation, crises, effort, forum, trust
from wbsim.tables.parameters.crises import DYAD_GROUPS

Floats = NDArray[np.float64]

#: Steps of the damped iteration for effort, many more than any prior world needs to 1e-15; a fixed number, so that
#: no world depends on the others.
_STEPS = 100


@dataclass
class Reference:
    """Values of the reference month in R worlds; see `Environment` and the agents for their meaning."""

    alpha: Floats  # (R, 6, 6)
    beta: Floats  # (R, 6, 6)
    broken: Floats  # (R, 6, 6) ordinary record of crises
    kept: Floats  # (R, 6, 6) ordinary record of help
    aid: Floats  # (R, 6, 6) chance a month that j (third) helps i (second) in ordinary times
    trust: Floats  # (R, 6, 6)
    rhetoric: Floats  # (R, 6, 6)
    posture: Floats  # (R, 6)
    capacity: Floats  # (R, 6)
    level: Floats  # (R, 6, D) relative to the region's mean
    load: Floats  # (R, 15) ordinary severity open between states
    pair_load: Floats  # (R, 6, 6) the same
    internal_load: Floats  # (R, 6)
    worst_load: Floats  # (R, 6) ordinary severity of the worst open crisis with another state
    anchors: Floats  # (R, 6, 16, C)
    effort: Floats  # (R, 6, D)
    motive: Floats  # (R, 6, D)
    staffed: Floats  # (R, 6)
    ideal_good: Floats  # (R, D) public good of the joint ideals
    ideal_joint: (
        Floats  # (R, 6, 6) practice of the joint ideals, mean of domains, full trust and open channels
    )
    support_gap: Floats  # (R, 6, D) support against that of the six, in units of 10 points
    # Filled by the region, once channels are known.
    joint: Floats  # (R, 6, 6)
    cooperation: (
        Floats  # (R,) cooperation index: mean of joint over the pairs, against that of the joint ideals
    )
    delivery: Floats  # (R, D)
    practice: Floats  # (R, 6, 6, D)
    belief: Floats  # (R, D)
    felt: Floats  # (R, 6)


def pairs(dyads: Floats, geography: Geography) -> Floats:
    """(R, 15) spread to a symmetric (R, 6, 6)."""
    out = np.zeros((len(dyads), 6, 6))
    out[:, geography.first, geography.second] = dyads
    out[:, geography.second, geography.first] = dyads
    return out


def reference(p: Draws, geography: Geography, staff: Floats, exponents: Floats, ordinary: bool) -> Reference:
    """Solve for the reference month.

    `staff` (R, 6): desks that the mechanisms of the status quo ask for; `exponents` (R, D) of public goods;
    `ordinary` False leaves out the ordinary load of crises (a region without events).
    """
    worlds = len(p["loss_weight"])
    load, internal_load, worst_load = _loads(p, geography)
    if not ordinary:
        load, internal_load, worst_load = (np.zeros_like(each) for each in (load, internal_load, worst_load))
    pair_load = pairs(load, geography)
    level = trust.own_level(
        p["trust_level_base"][:, None, None],
        p["trust_level_kin"][:, None, None] * geography.kin,
        p["trust_level_ally"][:, None, None] * geography.allies,
        p["trust_level_dispute"][:, None, None] * geography.dispute,
        p["trust_level_nonrecognition"][:, None, None] * (1.0 - geography.recognised) * basics.OTHERS,
        pairs(p["trust_level_residual"], geography),
    )
    fade = basics.keep(p["record_half_life"])[:, None, None]
    broken = (p["loss_weight"] * p["trust_crisis"])[:, None, None] * pair_load / (1.0 - fade)
    aid = _ordinary_aid(p, geography, level) if ordinary else np.zeros_like(broken)
    kept = p["aid_record"][:, None, None] * aid / (1.0 - fade)
    alpha, beta = trust.prior_counts(level, p["trust_strength"][:, None, None], broken, kept)
    known = trust.reputation(kept, broken, alpha, beta)
    rhetoric = trust.rhetoric_aim(
        known,
        p["rhetoric_trust"][:, None, None],
        p["rent"][:, :, None],
        p["rhetoric_rent"][:, None, None],
        geography.dispute,
        np.zeros((1, 1, 1)),
    )
    threat = geography.level / (geography.level.sum(axis=0) / 6.0)
    level_ratio = np.broadcast_to(threat, (worlds, 6, 5)).copy()
    support = (p["support_base"][:, None] + p["support_residual"])[..., None] + p["support_domain"][:, None]
    gap = effort.support_gap(support)
    none, nowhere = np.zeros(worlds), np.zeros((worlds, 6))
    motive = effort.motive(
        effort.base(
            p["effort_base"],
            p["effort_residual"],
            p["responsiveness"],
            gap,
            nowhere,
            none,
            nowhere,
            none,
            nowhere,
        ),
        np.zeros((1, 1, 1)),
        np.zeros((1, 1, 1)),
        np.zeros((1, 1, 1)),
        p["threat_push"][:, None, None],
        level_ratio,
        (p["accession_push"][:, None] * p["credibility"])[..., None],
        p["rent"][..., None],
        p["scrutiny"][..., None],
        np.zeros((1, 1, 1)),
    )
    solved, staffed = _solve_effort(p, motive, staff)
    ideals = forum.joint_ideal(
        forum.marginal_benefit(basics.sigmoid(motive), p["benefit_shared"][:, None, :])
    )
    empty = np.zeros((worlds, 0))
    return Reference(
        alpha=alpha,
        beta=beta,
        broken=broken,
        kept=kept,
        aid=aid,
        trust=known,
        rhetoric=rhetoric,
        posture=p["posture_level"].copy(),
        capacity=p["capacity"].copy(),
        level=level_ratio,
        load=load,
        pair_load=pair_load,
        internal_load=internal_load,
        worst_load=worst_load,
        anchors=_anchors(p, geography),
        effort=solved,
        motive=motive,
        staffed=staffed,
        ideal_good=cooperation.ideal_good(ideals, exponents),
        ideal_joint=basics.total(cooperation.ideal_practice(ideals), 3) / 5.0,
        support_gap=gap,
        joint=empty,
        cooperation=empty,
        delivery=empty,
        practice=empty,
        belief=empty,
        felt=empty,
    )


def crisis_rate(p: Draws, geography: Geography) -> Floats:
    """Background rate a year of each dyad, (R, 15)."""
    assert p["crisis_rate"].shape[1] == len(DYAD_GROUPS)
    return p["crisis_rate"][:, geography.dyad_group]


@dataclass(frozen=True)
class Ordinary:
    """What crises are like in ordinary times: a law of what is open between states, given a rate, and inside them."""

    rate: Floats  # (R, 15) of outbreaks between states a month, lulls aside
    between: Callable[[Floats], crises.Law]
    inside: crises.Law


def ordinary_crises(p: Draws, geography: Geography) -> Ordinary:
    """The stationary law of crises under chance, in closed form (E2)."""
    zero = np.zeros(len(p["loss_weight"]))
    two, three, four = (
        step[:, None]
        for step in crises.climbs(p["escalation_two"], p["escalation_three"], p["escalation_four"], zero)
    )
    steps = (two, three, four)
    durations = (p["short_months"][:, None], p["long_months"][:, None], p["long_share"][:, None])

    def law(rate: Floats) -> crises.Law:
        return crises.stationary(1.0 - np.exp(-rate), *durations, steps)

    inside = law(p["internal_rate"] / 12.0)
    near = [(1.0 - tail[:, geography.first]) * (1.0 - tail[:, geography.second]) for tail in inside.tails]
    spread = p["lull_spread"][:, None]
    rate = crises.usual_rate(
        crisis_rate(p, geography) / 12.0,
        p["excitation"][:, None],
        basics.keep(p["excitation_half_life"])[:, None],
        p["contagion"][:, None],
        geography.sharing,
        lambda usual: crises.with_lulls(usual, spread, law),
        near,
        steps,
    )
    return Ordinary(rate, law, inside)


def _loads(p: Draws, geography: Geography) -> tuple[Floats, Floats, Floats]:
    """Ordinary severity open between states (R, 15), inside them (R, 6), and the worst of each with others (R, 6)."""
    ordinary = ordinary_crises(p, geography)
    between = crises.with_lulls(ordinary.rate, p["lull_spread"][:, None], ordinary.between)
    own = [np.flatnonzero((geography.first == state) | (geography.second == state)) for state in range(6)]
    worst = [
        crises.expected_worst([[tail[:, dyad] for tail in between.tails] for dyad in dyads]) for dyads in own
    ]
    return between.load, ordinary.inside.load, np.stack(worst, axis=1)


def _ordinary_aid(p: Draws, geography: Geography, level: Floats) -> Floats:
    """Chance a month that a natural shock strikes i (second) and j (third) helps, (R, 6, 6) (X3)."""
    struck = 1.0 - np.exp(-p["hazard_rate"][:, None] * p["hazard_share"] / 12.0)
    helps = cooperation.aid_chance(
        p["aid_base"][:, None, None],
        p["aid_trust"][:, None, None],
        level,
        np.zeros((1, 1, 1)),
        p["aid_nonrecognition"][:, None, None],
        geography.recognised,
        np.zeros((1, 1, 1)),
    )
    return np.asarray(struck[:, :, None] * helps * basics.OTHERS)


def _solve_effort(p: Draws, motive: Floats, staff: Floats) -> tuple[Floats, Floats]:
    """Effort (R, 6, D) and staffed share (R, 6) at which nothing moves."""
    level = basics.sigmoid(motive)
    budget = p["staff_budget"][:, None] * p["capacity"]
    pull = p["reciprocity"][:, None, None]
    staffed = np.ones_like(budget)
    for _ in range(_STEPS):
        wanted = effort.aim(motive, pull, basics.others_mean(level), level, np.zeros((1, 1, 1)))
        staffed = effort.staffed_share(budget, basics.total(wanted, -1), staff)
        aim = wanted * staffed[..., None]
        aim[:, VETOED] = np.minimum(
            aim[:, VETOED], effort.veto_cap(p["veto_cap"], *np.zeros((3, 1)))[:, None]
        )
        level = 0.5 * (level + aim)
    return level, staffed


def _anchors(p: Draws, geography: Geography) -> Floats:
    """Mean anchors of each community, (R, 6, 16, C) (C1, C2)."""
    side = geography.side
    worlds, most = len(p["loss_weight"]), side.shape[1]
    out = np.zeros((worlds, 6, 16, most))
    out[:, :, :10] = (p["threat_level"][:, None, :] + p["threat_residual"])[..., None]
    base = p["trust_base"][:, None, None] + p["trust_residual"]
    distance = p["trust_dispute"][:, None, None] * geography.dispute + p["trust_nonrecognition"][
        :, None, None
    ] * (1.0 - geography.recognised)
    for c in range(most):
        kin = side[:, c, :]
        out[:, :, 10:, c] = base + kin * p["trust_kin"][:, None, None] - (1.0 - kin) * distance
    for i in range(6):
        out[:, i, 10 + i] = 0.0
    return out
