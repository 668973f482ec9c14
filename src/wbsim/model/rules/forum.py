"""What a forum decides (M3): ideals, proposal, acceptance."""

from __future__ import annotations

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


def expected_gain(
    alone: Floats,
    target: Floats,
    benefit: Floats,
    trust: Floats,
    bound: Floats,
    exponent: Floats,
    loss: Floats,
    without: Floats | None = None,
) -> Floats:
    """Each state's expected gain (R, 6) from a proposal (M3).

    b_i [Q(expected) - Q(alone)] - loss ½ (target_i² - alone_i²): i gives its own target for sure and expects of j
    T_ij target_j + (1 - T_ij) alone_j. `bound` (R, 6) is 1 for those that would be bound; the others stay alone.
    `target` (R, 6), or (K, R, 6) for K proposals at once. `exponent` and `loss` (R,); `without` (R,) is Q(alone), for
    those who know it already.
    """
    promised, expected = np.empty(target.shape), np.empty((*target.shape, 6))
    expect(expected.reshape(-1, 6, 6), promised.reshape(-1, 6), alone, target.reshape(-1, 6), trust, bound)
    good = public_good(expected, exponent[:, None], axis=-1)
    if without is None:
        without = public_good(alone, exponent, axis=1)
    return np.asarray(
        benefit * (good - without[:, None]) - loss[:, None] * 0.5 * (promised * promised - alone * alone)
    )


def accepts_spatial(ideal: Floats, status_quo: Floats, proposal: Floats) -> NDArray[np.bool_]:
    """Whether the proposal is nearer to the ideal point than the status quo is (Tsebelis 2002)."""
    return np.asarray(np.abs(proposal - ideal) < np.abs(status_quo - ideal))


def adopted(
    yes: NDArray[np.bool_], present: NDArray[np.bool_], rule: str, population: Floats
) -> NDArray[np.bool_]:
    """(R,) whether the members present (R, 6) adopt: by consensus, all but one, or 55 % of them with 65 % of people."""
    votes = yes & present
    count, there = votes.sum(axis=1), present.sum(axis=1)
    if rule == "consensus":
        return np.asarray(count == there)
    if rule == "all-but-one":
        return np.asarray(count >= there - 1)
    people = total(np.where(votes, population, 0.0), 1) / np.maximum(
        total(np.where(present, population, 0.0), 1), 1.0
    )
    return np.asarray((count >= 0.55 * there) & (people >= 0.65))
