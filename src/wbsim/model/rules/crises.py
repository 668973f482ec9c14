"""Crises between and inside states (E2): risk, severity, duration."""

from __future__ import annotations

import numpy as np

from wbsim.model.rules.basics import Floats, sigmoid


def risk(
    rate: Floats,
    lull: Floats,
    spread: Floats,
    excitation: Floats,
    rhetoric: Floats,
    posture: Floats,
    pressure: Floats,
    contagion: Floats,
    trust: Floats,
) -> Floats:
    """Chance (R, n) of a new crisis this month (E2).

    `rate` a year; `lull` standard normal times `spread`, with the mean of its exponential taken off; the other terms
    are logs that raise the hazard, trust one that lowers it, each against its reference.
    """
    log_hazard = (
        np.log(np.maximum(rate, 1e-12) / 12.0)
        + spread * lull
        - 0.5 * spread * spread
        + excitation
        - rhetoric
        + posture
        + pressure
        + contagion
        - trust
    )
    return np.asarray(1.0 - np.exp(-np.exp(np.minimum(log_hazard, 1.5))))


def climbs(two: Floats, three: Floats, four: Floats, shift: Floats) -> tuple[Floats, Floats, Floats]:
    """Chances that a crisis reaches severity 2, 3 and 4: products of steps, each raised by `shift` logits (E2)."""
    to_two = sigmoid(two + shift)
    to_three = to_two * sigmoid(three + shift)
    return to_two, to_three, to_three * sigmoid(four + shift)


def severity(u: Floats, two: Floats, three: Floats, four: Floats) -> Floats:
    """Severity 1 to 4 from a uniform `u` and the chances of reaching each step."""
    return np.asarray(1.0 + (u < two) + (u < three) + (u < four))


def end_chance(mean_months: Floats, shift: Floats) -> Floats:
    """Chance that an open crisis ends this month: 1 / mean duration, moved by `shift` logits (E2)."""
    odds = np.exp(np.clip(shift, -20.0, 20.0)) / np.maximum(mean_months - 1.0, 1e-9)
    return np.asarray(odds / (1.0 + odds))


def expected_load(
    rate: Floats, short: Floats, long: Floats, long_share: Floats, steps: tuple[Floats, Floats, Floats]
) -> Floats:
    """Mean severity open at any time under the background rate: onsets a month x duration x severity (E2)."""
    duration = (1.0 - long_share) * short + long_share * long
    mean_severity = 1.0 + steps[0] + steps[1] + steps[2]
    return np.asarray((1.0 - np.exp(-rate / 12.0)) * duration * mean_severity)
