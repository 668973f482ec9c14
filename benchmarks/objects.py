"""The yardstick: the citizens' rules C1 and C2 as a Mesa model with one object for each citizen of one world.

Written as a Mesa modeller would who cares for speed: random numbers in bulk from NumPy, what never changes
computed once, attitudes as lists, plain loops over agents (a synchronous update needs no order), no attribute
looked up twice. It leaves the read-outs (C3, C4) out, which the kernel includes, so the comparison is kind to
it.
"""

from __future__ import annotations

from dataclasses import dataclass

import mesa
import numpy as np
from kernel import Call
from numpy.typing import NDArray

from wbsim.kernels import ROWS, THREAT_ROWS

Numbers = list[float]


@dataclass(frozen=True, slots=True)
class Inputs:
    """One state of one world, in float64: N citizens in G circles, K = 16 attitudes, C communities.

    `start` (N, K); `own` (N, K) the pull of the own anchor, added each month; `attention` (N,); `attachment`
    (N,); `community` (G,); `cues` (K,); `pushes` (C, K); `keep` (K,) what is left of an attitude; `influence`;
    `volatility`; `lean` the slope of acceptance, for trust.
    """

    start: NDArray[np.float64]
    own: NDArray[np.float64]
    attention: NDArray[np.float64]
    attachment: NDArray[np.float64]
    community: NDArray[np.int64]
    cues: NDArray[np.float64]
    pushes: NDArray[np.float64]
    keep: NDArray[np.float64]
    influence: float
    volatility: float
    lean: float


def inputs(call: Call, state: int, world: int) -> Inputs:
    """What the kernel was given for one state of one world."""
    citizens, people, habits, forcings = call.citizens, call.people, call.habits, call.forcings
    starts, circles = people.starts[state], citizens.attitudes.shape[4]

    def flat(values: NDArray[np.float32]) -> NDArray[np.float64]:
        """Ranks one after the other: (M, G) as (N,), (M, 16, G) as (N, 16)."""
        return np.moveaxis(values, -1, 1).reshape(-1, *values.shape[1:-1])[: people.citizens].astype(float)

    kind = np.array([0] * THREAT_ROWS + [1] * (ROWS - THREAT_ROWS))
    community = np.searchsorted(starts[1:], np.arange(circles), side="right")
    rate = habits.rate[world].astype(float)[kind]
    anchors = forcings.anchors[world, state].astype(float)[:, community[np.arange(people.citizens) % circles]]
    spread = habits.spread[world].astype(float)[kind]
    chi, share = float(habits.influence[world]), float(habits.attention_spread[world])
    pushes = np.zeros((len(starts) - 1, ROWS))
    pushes[:, THREAT_ROWS:] = forcings.pushes[world, state].T
    return Inputs(
        start=flat(citizens.attitudes[world, state]),
        own=rate * (anchors.T + spread * flat(people.scores[state])),
        attention=1.0 - share + share * flat(people.attention[state]),
        attachment=flat(people.attachment[state]),
        community=community,
        cues=forcings.cues[world, state].astype(float),
        pushes=pushes,
        keep=1.0 - rate - chi,
        influence=chi,
        volatility=float(habits.volatility[world]),
        lean=float(habits.cue_attachment[world]),
    )


class Citizen(mesa.Agent):
    """One citizen with 16 attitudes."""

    __slots__ = ("attachment", "attention", "attitudes", "pull")

    def __init__(
        self, model: State, attitudes: Numbers, pull: Numbers, attention: float, attachment: float
    ) -> None:
        super().__init__(model)
        self.attitudes = attitudes
        self.pull = pull
        self.attention = attention
        self.attachment = attachment

    def live(self, keep: Numbers, drift: Numbers, cues: Numbers, lean: Numbers, noise: Numbers) -> None:
        """A month: what is left, the own anchor, the circle, the cue as far as it is taken in, noise (C1, C2)."""
        a, n = self.attention, self.attachment
        self.attitudes = [
            k * x + own + d + a * (cue - tilt * n) + e
            for k, x, own, d, cue, tilt, e in zip(
                keep, self.attitudes, self.pull, drift, cues, lean, noise, strict=True
            )
        ]


class Circle:
    """Citizens who know each other, all of one community."""

    __slots__ = ("citizens", "community")

    def __init__(self, citizens: list[Citizen], community: int) -> None:
        self.citizens = citizens
        self.community = community

    def hear(self, influence: float, pushes: Numbers) -> Numbers:
        """What moves all members alike: the pull of their mean, and the community's push."""
        share = influence / len(self.citizens)
        columns = zip(*[citizen.attitudes for citizen in self.citizens], strict=True)
        return [share * sum(column) + push for column, push in zip(columns, pushes, strict=True)]


class State(mesa.Model):
    """The citizens of one state in acquaintance circles; cues and pushes may change from month to month."""

    def __init__(self, given: Inputs, seed: int) -> None:
        super().__init__(rng=seed)
        circles = len(given.community)
        self.chance = np.random.default_rng(seed)
        self.given = given
        self.cues, self.pushes = given.cues.tolist(), given.pushes.tolist()
        traits = (given.start, given.own, given.attention, given.attachment)
        people = [
            Citizen(self, *values) for values in zip(*(trait.tolist() for trait in traits), strict=True)
        ]
        self.people = people
        self.circles = [Circle(people[g::circles], int(given.community[g])) for g in range(circles)]

    def step(self) -> None:
        """All circles hear themselves first, then all citizens move: nobody sees this month's change."""
        given, cues, keep = self.given, self.cues, self.given.keep.tolist()
        drift = [circle.hear(given.influence, self.pushes[circle.community]) for circle in self.circles]
        slope = [0.0] * THREAT_ROWS + [given.lean] * (ROWS - THREAT_ROWS)
        lean = [s * abs(cue) for s, cue in zip(slope, cues, strict=True)]
        noise = (given.volatility * self.chance.standard_normal((len(self.people), ROWS))).tolist()
        for number, circle in enumerate(self.circles):
            heard = drift[number]
            for citizen, own in zip(circle.citizens, noise[number :: len(drift)], strict=True):
                citizen.live(keep, heard, cues, lean, own)

    def means(self) -> NDArray[np.float64]:
        """Mean attitudes, (K,)."""
        return np.asarray(np.mean([citizen.attitudes for citizen in self.people], axis=0))
