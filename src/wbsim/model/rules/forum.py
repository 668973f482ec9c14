"""What a forum decides (M3): ideals, proposal, acceptance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.model.rules.basics import Floats, total
from wbsim.model.rules.cooperation import public_good
from wbsim.model.rules.loops import expect

#: Ambitions that each member weighs for its own ideal.
AMBITIONS = (0.2, 0.4, 0.6, 0.8, 1.0)


def marginal_benefit(alone: Floats, shared: Floats) -> Floats:
    """Benefit of all six from one more unit of a state's effort: (1 + 5 s) times its effort alone (M3)."""
    return np.asarray((1.0 + 5.0 * shared) * alone)


def joint_ideal(benefit: Floats) -> Floats:
    """Effort that serves all six best, at most 1 (M3)."""
    return np.asarray(np.minimum(1.0, benefit))


def weighted_mean(positions: Floats, weights: Floats) -> Floats:
    """Mean of positions (..., n) weighted by capability times salience: the compromise model (M3)."""
    return np.asarray(total(positions * weights, -1) / np.maximum(total(weights, -1), 1e-12))


def weighted_median(positions: Floats, weights: Floats) -> Floats:
    """Median of positions (..., n) by weight: the first at which half of the weight is reached."""
    order = np.argsort(positions, axis=-1, kind="stable")
    ranked = np.take_along_axis(positions, order, -1)
    weight = np.cumsum(np.take_along_axis(weights, order, -1), axis=-1)
    place = (weight >= 0.5 * weight[..., -1:]).argmax(axis=-1)
    return np.asarray(np.take_along_axis(ranked, place[..., None], -1)[..., 0])


@dataclass(frozen=True)
class Situation:
    """What members know when they weigh proposals, in N situations (worlds, or worlds by domain).

    `alone` effort without a commitment and `benefit` of all six from a unit of each state's effort, (N, 6);
    `exponent` of the public good and `loss` weight of costs, (N,); `trust` of i (second) in j, (N, 6, 6); `gate`
    (N, 6, 6) what trust and channels let through of two states' efforts; `delivered` (N,) 1 where members weigh what
    will be delivered through these gates, 0 where they weigh efforts; `intended` (N,) the share of its own promised
    rise that a member means to make.
    """

    alone: Floats
    benefit: Floats
    exponent: Floats
    loss: Floats
    trust: Floats
    gate: Floats
    delivered: Floats
    intended: Floats

    def trusting(self) -> Situation:
        """The same where everybody keeps what it promises, and knows it of the others."""
        kept = {"trust": np.ones_like(self.trust), "intended": np.ones_like(self.intended)}
        return Situation(**(dict(vars(self)) | kept))


def expected_gain(situation: Situation, target: Floats, bound: Floats) -> Floats:
    """Each state's expected gain (K, N, 6) from proposals of efforts `target` (K, N, 6) (M3).

    b_i [Q(expected) - Q(alone)] - loss ½ (own_i² - alone_i²): i expects of j T_ij target_j + (1 - T_ij) alone_j, and
    knows of itself the share of the rise that it means to make, own_i. `bound` (N, 6) is 1 for those that would be
    bound; the others stay alone.
    Where members weigh what is delivered, the bracket is Q(alone) [Q(x expected) / Q(x alone) - 1], x the practice
    that efforts make through the gates: the same unit, so that today's effort is worth the same under both.
    """
    s = situation
    promised, expected = np.empty(target.shape), np.empty((*target.shape, 6))
    flat, wide = target.reshape(-1, 6), expected.reshape(-1, 6, 6)
    expect(wide, promised.reshape(-1, 6), s.alone, flat, s.trust, bound, s.intended)
    without = public_good(s.alone, s.exponent, axis=1)
    exponent = s.exponent[:, None]
    risen = public_good(expected, exponent, axis=-1) - without[:, None]
    if (s.delivered > 0.0).any():
        before = public_good(practised(s.alone[:, None], s.gate), exponent, axis=-1)
        after = public_good(practised(expected, s.gate), exponent, axis=-1)
        risen = np.where(s.delivered[:, None] > 0.0, without[:, None] * (after / before - 1.0), risen)
    own = np.diagonal(expected, axis1=-2, axis2=-1)
    cost = 0.5 * (own * own - s.alone * s.alone)
    return np.asarray(s.benefit * risen - s.loss[:, None] * cost)


def practised(effort: Floats, gate: Floats) -> Floats:
    """Mean practice (..., N, n, 6) of each state with the others, by efforts (..., N, n, 6) through gates (N, 6, 6).

    The n axis holds the expectations of different states.
    """
    root = np.sqrt(effort)
    met = gate[:, None, :, 0] * root[..., 0:1]
    for k in range(1, 6):
        met = met + gate[:, None, :, k] * root[..., k : k + 1]
    return np.asarray(root * met / 5.0)


def unit_of_gain(situation: Situation, target: Floats, there: Floats) -> Floats:
    """Mean gain (N,) of those `there` (N, 6) if all of them reach `target` (N, 6) for sure: what costs are counted in.

    Members who would lose by it count as nothing (M3).
    """
    gain = expected_gain(situation.trusting(), target[None], there)[0]
    return np.asarray(total(np.maximum(gain, 0.0) * there, 1) / np.maximum(total(there, 1), 1.0))


def accepts(gain: Floats, cost: Floats, unit: Floats) -> NDArray[np.bool_]:
    """Whether an expected `gain` (..., N, 6) covers the cost of being bound (M3).

    `cost` (N, 6) is in units of the gain of full cooperation, `unit` (N,). Where there is nothing to gain for
    anybody, nobody accepts.
    """
    return np.asarray((gain >= cost * unit[:, None]) & (unit > 1e-9)[:, None])


def accepts_spatial(ideal: Floats, status_quo: Floats, proposal: Floats) -> NDArray[np.bool_]:
    """Whether the proposal is nearer to the ideal point than the status quo is (Tsebelis 2002)."""
    return np.asarray(np.abs(proposal - ideal) < np.abs(status_quo - ideal))


def adopted(
    yes: NDArray[np.bool_], present: NDArray[np.bool_], rule: str, population: Floats
) -> NDArray[np.bool_]:
    """(..., N) whether the members present (N, 6) adopt: by consensus, all but one, or 55 % with 65 % of people.

    `yes` (..., N, 6).
    """
    votes = yes & present
    count, there = votes.sum(axis=-1), present.sum(axis=-1)
    if rule == "consensus":
        return np.asarray(count == there)
    if rule == "all-but-one":
        return np.asarray(count >= there - 1)
    people = total(np.where(votes, population, 0.0), -1) / np.maximum(
        total(np.where(present, population, 0.0), -1), 1.0
    )
    return np.asarray((count >= 0.55 * there) & (people >= 0.65))
