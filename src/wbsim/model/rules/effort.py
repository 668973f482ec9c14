"""Effort of governments for cooperation (G1) and the staff it needs."""

from __future__ import annotations

import numpy as np

from wbsim.model.rules.basics import Floats, sigmoid, total


def salience(threat_means: Floats) -> Floats:
    """Salience of each domain (..., D) with mean near 1, from the mean threat perceptions (..., D) of a state."""
    weights = np.exp(np.clip(threat_means, -20.0, 20.0))
    return np.asarray(weights.shape[-1] * weights / total(weights, -1, keepdims=True))


def motive(
    base: Floats,
    responsiveness: Floats,
    importance: Floats,
    support_rise: Floats,
    threat_push: Floats,
    level: Floats,
    accession: Floats,
    rent: Floats,
    scrutiny: Floats,
    incentive: Floats,
) -> Floats:
    """Logit of a state's own motive for effort by domain (..., D), without reciprocity and commitments (G1).

    `responsiveness` times `importance` (salience) times `support_rise` (in units of 10 points above the reference);
    `level` of the threat relative to the region's mean; `accession` push times credibility; `rent` lowered by
    `scrutiny` 0 to 1; `incentive` what payment, crowding out and league tables add.
    """
    return np.asarray(
        base
        + responsiveness * importance * support_rise
        + threat_push * (level - 1.0)
        + accession
        - rent * (1.0 - scrutiny)
        + incentive
    )


def support_gap(level: Floats) -> Floats:
    """Support of each public against the mean of the six, in units of 10 points, (R, 6, D) (G1).

    `level` (R, 6, D) logit of the support of the mean citizen in the reference month.
    """
    share = sigmoid(level)
    return np.asarray((share - total(share, 1, keepdims=True) / share.shape[1]) / 0.1)


def base(
    level: Floats,
    residual: Floats,
    responsiveness: Floats,
    gap: Floats,
    priority: Floats,
    war_weight: Floats,
    war: Floats,
    crisis_weight: Floats,
    crisis: Floats,
) -> Floats:
    """Logit of effort before this month's motives, (R, 6, D) (G1).

    `level` and weights (R,); `residual` (R, 6) of a state that no named motive explains; `responsiveness` (R, 6) to
    the `gap` of the own public's support from that of the six (R, 6, D), in units of 10 points; `priority` that the
    government gives to cooperation by itself, memory of a `war` outside, which raises effort, and of `crisis` with
    others above the usual, which lowers it, all (R, 6).
    """
    state = level[:, None] + residual + priority + war_weight[:, None] * war - crisis_weight[:, None] * crisis
    return np.asarray(state[:, :, None] + responsiveness[:, :, None] * gap)


def aim(own: Floats, reciprocity: Floats, others: Floats, effort: Floats, pledge: Floats) -> Floats:
    """Effort aimed at (..., D) in (0, 1): own motive, the pull of others' mean effort, and pledges in force (G1).

    `pledge` is the logit by which commitments in force raise effort, already times the share that is acted upon.
    """
    return sigmoid(own + reciprocity * (others - effort) + pledge)


def staffed_share(budget: Floats, wanted: Floats, mechanisms: Floats) -> Floats:
    """Share (0, 1] of the staff asked for that a state has: budget over effort's and mechanisms' demand."""
    return np.asarray(np.minimum(1.0, budget / np.maximum(wanted + mechanisms, 1e-12)))


def veto_cap(cap: Floats, internal_severity: Floats, money: Floats, stake: Floats) -> Floats:
    """Highest effort that a veto player allows, at most 1 (G1).

    `cap` in calm times, half of it at internal severity 4; `money` raises it by each EUR m a year at `stake`.
    """
    return np.asarray(np.minimum(cap * (1.0 - internal_severity / 8.0) + money * stake, 1.0))
