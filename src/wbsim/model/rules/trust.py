"""Trust between governments (G3), their rhetoric (G2) and military posture (G4)."""

from __future__ import annotations

import numpy as np

from wbsim.model.rules.basics import Floats, sigmoid


def reputation(kept: Floats, broken: Floats, alpha: Floats, beta: Floats) -> Floats:
    """Beta reputation in [0, 1]: (kept + α) / (kept + broken + α + β) (G3; Jøsang & Ismail 2002)."""
    return np.asarray((kept + alpha) / (kept + broken + alpha + beta))


def own_level(
    base: Floats,
    kin: Floats,
    ally: Floats,
    dispute: Floats,
    nonrecognition: Floats,
    residual: Floats,
) -> Floats:
    """A dyad's own level of trust in (0, 1): the logistic of what its traits add up to (G3)."""
    return sigmoid(base + kin + ally - dispute - nonrecognition + residual)


def prior_counts(level: Floats, strength: Floats, broken: Floats, kept: Floats) -> tuple[Floats, Floats]:
    """α and β such that trust stands at `level` while the ordinary records `broken` and `kept` are there (G3).

    `strength` α+β; α is held between a thousandth of it and all but a thousandth, so that a dyad of extreme level
    under a heavy record starts slightly off it.
    """
    alpha = np.clip(level * (strength + broken + kept) - kept, 0.001 * strength, 0.999 * strength)
    return np.asarray(alpha), np.asarray(strength - alpha)


def belief(log_odds: Floats, reference: Floats, kept: Floats, signals: Floats, ratio: Floats) -> Floats:
    """Log odds that the other is trustworthy after a month of `signals` (variant two-types; Kydd 2005).

    A signal of one observation has the log likelihood ratio `ratio`; the belief returns to `reference` by 1 - kept.
    """
    return np.asarray(reference + kept * (log_odds - reference) + ratio * signals)


def rhetoric_aim(
    trust: Floats, slope: Floats, rent: Floats, gain: Floats, dispute: Floats, pledge: Floats
) -> Floats:
    """Rhetoric aimed at, in (-1, 1): tanh(slope (trust - ½) - gain rent dispute/3 + pledge) (G2)."""
    return np.asarray(np.tanh(slope * (trust - 0.5) - gain * rent * dispute / 3.0 + pledge))


def posture_aim(
    level: Floats, rivalry: Floats, rivals: Floats, distrust: Floats, lost_trust: Floats, shown: Floats
) -> Floats:
    """Posture aimed at: its level times 1 + reaction to rivals' arming, damped by what is shown, + lost trust (G4).

    `rivals`: weighted mean of rivals' posture over its level minus 1; `shown` 0 to 1 lowers that reaction.
    """
    return np.asarray(level * np.maximum(1.0 + rivalry * (1.0 - shown) * rivals + distrust * lost_trust, 0.1))
