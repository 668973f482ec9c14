"""What result-based payment does to a government (M2)."""

from __future__ import annotations

import numpy as np

from wbsim.model.rules.basics import Floats, sigmoid


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


def capacity_aim(reference: Floats, gain: Floats, payment: Floats, ordinary: Floats) -> Floats:
    """Capacity that a payment supports in the long run, against the ordinary one (M2)."""
    return np.asarray(reference * np.exp(gain * (payment - ordinary)))
