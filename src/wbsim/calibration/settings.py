"""How much a calibration runs, and what it assumes of the errors of figures."""

from __future__ import annotations

from dataclasses import dataclass, field

from wbsim.inference.observation import Spread

#: An intercept's prior does not depend on how often its wording was asked: that it was asked of six publics says more
#: about it, not that it is small. With 0.3 for shared wordings, the share that calls disinformation a problem (57 to
#: 94 %) forced the level of a threat that other questions put at 45 %.
#: Wave effects, drifts and the discrepancy lie in the range that repeated questions of 2008 to 2022 leave, with and
#: without the two breaks among them, an invasion and a declaration of independence (`wbsim waves`).
ERRORS = Spread(wave=0.10, drift=0.15, drift_own=0.30, drift_listed=3.0, discrepancy=0.15, wording=0.7)


@dataclass(frozen=True, slots=True)
class Settings:
    """How much is simulated and sampled.

    `prior` points of the prior; ES-MDA with `members` in `steps`, of which the emulator learns from the last `late`;
    one to `refits` + 1 waves of as many at the draws, with `citizens` a state (the others have `few`); SMC with
    `particles`, `draws` of which are kept; a check with fresh chance at up to `wave` of them; `free` worlds for event
    rates, `institutions` for each comparable institution, and `scores` points for scores of cooperation; `halves`
    members of each split prior; `chains` and `generations` of the second algorithm. `errors` of the figures.
    """

    prior: int = 4096
    members: int = 2000
    steps: int = 8
    late: int = 4
    refits: int = 3
    wave: int = 2500
    citizens: int = 1000
    few: int = 200
    particles: int = 8000
    draws: int = 2000
    free: int = 4096
    institutions: int = 1024
    scores: int = 16384
    halves: int = 600
    chains: int = 60
    generations: int = 12000
    errors: Spread = field(default=ERRORS)


#: For tests and for a first look: the same chain in seconds.
SMALL = Settings(
    prior=512, members=300, steps=4, refits=1, wave=300, citizens=80, few=80, particles=1000, draws=500,
    free=512, institutions=256, scores=4096, halves=200, chains=30, generations=300,
)  # fmt: skip
