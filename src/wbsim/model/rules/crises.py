"""Crises between and inside states (E2): risk, severity, duration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.model.rules.basics import Floats, sigmoid

#: Months over which excitation is followed; its half-life is a year at most.
_MONTHS = 60


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


def survival(months: Floats, short: Floats, long: Floats, long_share: Floats) -> tuple[Floats, Floats]:
    """Chances that a crisis which opened `months` ago is still open, and that it is then a long one (E2).

    `short` and `long`: mean durations. A crisis can end in every month after that of its outbreak.
    """
    brief = (1.0 - long_share) * (1.0 - 1.0 / short) ** months
    lasting = long_share * (1.0 - 1.0 / long) ** months
    alive = brief + lasting
    return np.asarray(alive), np.asarray(lasting / np.maximum(alive, 1e-300))


@dataclass(frozen=True)
class Law:
    """The stationary law of what is open under a constant chance of outbreaks (E2).

    `tails`: chances (R, n) that a crisis of severity 1, 2, 3 and 4 or more is open; `long_tails` those of long ones.
    """

    tails: tuple[Floats, ...]
    long_tails: tuple[Floats, ...]

    @property
    def load(self) -> Floats:
        """Mean severity open, (R, n)."""
        return np.asarray(sum(self.tails[1:], self.tails[0]))


def stationary(
    onset: Floats, short: Floats, long: Floats, long_share: Floats, steps: tuple[Floats, Floats, Floats]
) -> Law:
    """The law at the end of a month, in closed form, of outbreaks with a chance `onset` (R, n) a month (E2).

    Crises end first, then new ones break out; on an open crisis the worse severity holds and the length stays. C, the
    chance to find nothing open between the two, follows from the balance of openings and endings: of each kind of
    length, the chance open times that of ending is C onset times its share. At a severity of k or more the balance is
    that of what is open below k, which outbreaks with a chance onset q_k lift there.
    """
    kinds = (((1.0 - long_share), 1.0 / short), (long_share, 1.0 / long))
    closed = 1.0 / ((1.0 - onset) + onset * sum(share / end for share, end in kinds))
    reach = (np.ones_like(steps[0]), *steps)
    tails: list[list[Floats]] = []
    for share, end in kinds:
        opened = closed * onset * share
        tails.append(
            [opened * q * ((1.0 - end) * onset / end + 1.0) / (end + (1.0 - end) * onset * q) for q in reach]
        )
    both = tuple(np.asarray(brief + lasting) for brief, lasting in zip(*tails, strict=True))
    return Law(both, tuple(np.asarray(each) for each in tails[1]))


def usual_rate(
    rate: Floats,
    excitation: Floats,
    left: Floats,
    contagion: Floats,
    sharing: NDArray[np.int64],
    law: Callable[[Floats], Law],
    near: Sequence[Floats],
    steps: tuple[Floats, Floats, Floats],
) -> Floats:
    """Rate (R, 15) of outbreaks in ordinary times, with what ordinary crises add to each other's risk (E2).

    `rate` (R, 15) of the background; `excitation` (R, 1) by a unit of severity, of which a month leaves `left` (R, 1);
    `contagion` (R, 1) by a unit of the worst severity next door: on the dyads `sharing` (8, 15), and inside the two
    states, whose calm `near` (R, 15) is the chance that neither has an open crisis of severity 1, 2, 3 or 4 or more.
    Excitation multiplies the rate by 1 + rate x what a crisis excites, contagion by its mean; three rounds, as both
    change with the rate that they make.
    """
    reach = (np.ones_like(steps[0]), *steps, np.zeros_like(steps[0]))
    excited = np.zeros_like(excitation)
    for k in range(1, 5):
        after = left.copy()
        for _ in range(_MONTHS):
            excited = excited + (reach[k - 1] - reach[k]) * np.expm1(excitation * k * after)
            after = after * left
    usual = rate
    for _ in range(3):
        tails = law(usual).tails
        infected = np.ones_like(rate)
        for k in range(4):
            calm = near[k]
            for places in sharing:
                calm = calm * (1.0 - tails[k][:, places])
            infected = infected + (1.0 - calm) * np.exp(contagion * k) * np.expm1(contagion)
        usual = rate * infected * (1.0 + usual * excited)
    return np.asarray(usual)


def with_lulls(rate: Floats, spread: Floats, law: Callable[[Floats], Law], nodes: int = 7) -> Law:
    """The law under `rate` (R, 15) times a slow change of risk, log-normal of mean one and sd `spread` (R, 1) (E2).

    Lulls last much longer than crises, so that the law follows them; the mean over them is by Gauss-Hermite quadrature.
    """
    points, weights = np.polynomial.hermite_e.hermegauss(nodes)
    laws = [law(rate * np.exp(spread * z - 0.5 * spread * spread)) for z in points]
    shares = weights / weights.sum()

    def mean(parts: Sequence[Floats]) -> Floats:
        total = shares[0] * parts[0]
        for share, part in zip(shares[1:], parts[1:], strict=True):
            total = total + share * part
        return np.asarray(total)

    return Law(
        tuple(mean([each.tails[k] for each in laws]) for k in range(4)),
        tuple(mean([each.long_tails[k] for each in laws]) for k in range(4)),
    )


def expected_worst(tails: Sequence[Sequence[Floats]]) -> Floats:
    """Mean (R,) of the worst severity among independent places, `tails` of each (E2)."""
    worst = np.zeros_like(tails[0][0])
    for k in range(4):
        calm = np.ones_like(worst)
        for place in tails:
            calm = calm * (1.0 - place[k])
        worst = worst + (1.0 - calm)
    return worst
