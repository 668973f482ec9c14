"""What result-based payment does to a government (M2)."""

from __future__ import annotations

import numpy as np

from wbsim.model.rules.basics import Floats, sigmoid, total


def verified_chance(effort: Floats, bar: Floats, slope: Floats) -> Floats:
    """Chance that outputs of this effort pass verification: logistic in effort (M2)."""
    return sigmoid(slope * (effort - bar))


def marginal_payment(
    share: Floats, weight: Floats, funds: Floats, gaming: Floats, chance: Floats, slope: Floats
) -> Floats:
    """Payment for one more unit of effort, EUR m a year: φ w F (1 - gaming) ∂P/∂e (M2)."""
    return np.asarray(share * weight * funds * (1.0 - gaming) * slope * chance * (1.0 - chance))


def reported(chance: Floats, gaming: Floats) -> Floats:
    """Verified share with the inflation that gaming adds, at most 1 (M2)."""
    return np.asarray(np.minimum(1.0, chance + gaming * (1.0 - chance)))


def agreed_target(start: Floats, rise: Floats | float) -> Floats:
    """Target of the verified share, (0, 1]: its `start` and a `rise` of what is missing to all (M2)."""
    return np.asarray(np.maximum(start + rise * (1.0 - start), 1e-3))


def achieved(verified: Floats, gaming: Floats, target: Floats) -> Floats:
    """Reported share of the agreed target, 0 to 1 (M2)."""
    return np.asarray(np.minimum(1.0, reported(verified, gaming) / target))


def share_out(pot: Floats, earned: Floats, unearned: str) -> tuple[Floats, Floats]:
    """Payment of result funds (R, n), and what is kept for the next year, (R,), EUR m a year (M2).

    `pot` (R, n) what each could earn, 0 for those who do not take part; `earned` (R, n) the share of it that each
    earned. What is not earned goes to the `earners` in proportion (to the next year where nobody earns), to the
    `next-year`, `equally` to all who take part, or is `lost`.
    """
    result = pot * earned
    missing = total(pot - result, 1)
    taking = (pot > 0.0).astype(float)
    nothing = np.zeros_like(missing)
    if unearned == "lost":
        return result, nothing
    if unearned == "next-year":
        return result, missing
    if unearned == "equally":
        return result + (missing / np.maximum(total(taking, 1), 1.0))[:, None] * taking, nothing
    by_all = total(earned * taking, 1)
    bonus = (missing / np.maximum(by_all, 1e-12))[:, None] * earned * taking
    anybody = by_all > 0.0
    return np.where(anybody[:, None], result + bonus, result), np.where(anybody, 0.0, missing)


def capacity_aim(reference: Floats, gain: Floats, payment: Floats, ordinary: Floats) -> Floats:
    """Capacity that a payment supports in the long run, against the ordinary one (M2)."""
    return np.asarray(reference * np.exp(gain * (payment - ordinary)))
