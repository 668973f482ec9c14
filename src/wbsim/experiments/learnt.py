"""How far a policy's effect hangs on what the data taught, and not on priors alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.experiments.experiment import Table
from wbsim.experiments.summary import Taught
from wbsim.scenario.posterior import learnt

Values = NDArray[np.float64]

#: Contraction from which the data taught something about a number, and worlds for each such number to tell.
LEARNT, WORLDS_EACH = 0.1, 3


@dataclass(frozen=True)
class Learnt(Taught):
    """An orthonormal basis (worlds, n) of what the data taught about each sound world's parameters; None if nothing.

    `share` is the adjusted part of the variance of an effect over worlds that a linear function of the numbers that
    the data narrowed by a tenth or more explains; the rest is chance and numbers that only have priors.
    """

    basis: Values | None
    worlds: int

    def share(self, effect: Values) -> float | None:
        """Between 0 and 1; None where there are too few worlds to tell, or no effect."""
        if not effect.size:
            return None
        if self.basis is None:
            return 0.0
        count = self.basis.shape[1]
        centred = effect - effect.mean()
        total = float(centred @ centred)
        if effect.size < WORLDS_EACH * count or not total > 0.0:
            return None
        explained = float(np.sum((self.basis.T @ centred) ** 2)) / total
        adjusted = 1.0 - (1.0 - explained) * (effect.size - 1) / (effect.size - 1 - count)
        return float(np.clip(adjusted, 0.0, 1.0))


def what_was_learnt(table: Table, seed: int) -> Learnt:
    """What the data taught about the worlds of `table`, which `seed` gave their draws."""
    from wbsim.chance.counter import Chance
    from wbsim.chance.fitted import posterior_of

    assumptions = table.scenarios[0].assumptions
    worlds = int(table.sound.sum())
    if assumptions.posterior is None or not assumptions.fitted:
        return Learnt(None, worlds)
    posterior = posterior_of(assumptions.posterior)
    taught = learnt(assumptions.posterior)
    free = [
        n
        for n, key in enumerate(posterior.keys)
        if taught.get(key, 0.0) >= LEARNT
        and assumptions.of(key.partition(".")[0], key.partition(".")[2] or None) == "posterior"
    ]
    if not free or not worlds:
        return Learnt(None, worlds)
    rows = posterior.rows(Chance(seed, table.first, table.figures.shape[2]))[table.sound]
    z = posterior.z[rows][:, free]
    return Learnt(np.linalg.qr(z - z.mean(axis=0))[0], worlds)
