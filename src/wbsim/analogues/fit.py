"""The posterior of the channels' parameters given institutions: tempered SMC on the surfaces of their observations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from wbsim.analogues.analogue import Analogue, Order
from wbsim.analogues.likelihood import log_likelihood
from wbsim.analogues.regression import features
from wbsim.analogues.surface import Surface
from wbsim.inference import smc

Floats = NDArray[np.float64]

#: Predictors at which the likelihood of an observation is tabulated, within the range that they are held in.
_GRID = np.linspace(-20.0, 20.0, 2001)
#: Multiples of the discrepancies that are compared by their marginal likelihood.
MULTIPLES = (0.5, 1.0, 1.5, 2.0, 3.0)


@dataclass(frozen=True)
class Evidence:
    """Surfaces of all observations of institutions over coordinates `keys`, and which of them are fitted.

    `use` (S,) marks those that may enter a likelihood. `silent` names observations (institution, id) of which the
    model says too little for a surface. `multiple` scales all discrepancies.
    """

    keys: tuple[str, ...]
    surfaces: tuple[Surface, ...]
    use: NDArray[np.bool_]
    silent: tuple[tuple[str, str], ...] = ()
    multiple: float = 1.0

    def likelihood(self, without: str | None = None) -> Callable[[Floats], Floats]:
        """Log-likelihood (n,) at points (n, P) of all that may be fitted, or of all but one institution."""
        chosen = [
            surface
            for surface, used in zip(self.surfaces, self.use, strict=True)
            if used and surface.analogue != without
        ]
        return _Likelihood(chosen, self.multiple)

    @property
    def fitted(self) -> int:
        """Number of observations that may be fitted."""
        return int(self.use.sum())


class _Likelihood:
    """The sum over observations, each tabulated over its predictor once; orders are evaluated as they are."""

    def __init__(self, surfaces: Sequence[Surface], multiple: float) -> None:
        self.single = [each for each in surfaces if not isinstance(each.observation.value, Order)]
        self.orders = [each for each in surfaces if isinstance(each.observation.value, Order)]
        self.multiple = multiple
        self.tables = [
            log_likelihood(each.observation, _GRID[:, None], each.spread, each.offset(multiple))
            for each in self.single
        ]

    def __call__(self, z: Floats) -> Floats:
        design = features(z)
        total = np.zeros(len(z))
        for surface, table in zip(self.single, self.tables, strict=True):
            total += np.interp((design @ surface.coefficients)[:, 0], _GRID, table)
        for surface in self.orders:
            scores = design @ surface.coefficients
            total += log_likelihood(
                surface.observation, scores, surface.spread, surface.offset(self.multiple)
            )
        return total


@dataclass(frozen=True)
class Channels:
    """Draws (M, P) of the coordinates that institutions inform, and how they were found.

    `sizes`: log marginal likelihood by how many times the discrepancies are as large as assumed, where asked for.
    """

    evidence: Evidence
    draws: Floats
    posterior: smc.Posterior
    sizes: Mapping[float, float] = field(default_factory=dict)


def may_be_fitted(analogues: Sequence[Analogue], surfaces: Sequence[Surface]) -> NDArray[np.bool_]:
    """Which surfaces (S,) belong to observations that may enter a likelihood."""
    allowed = {(each.name, observation.id) for each in analogues for observation in each.fitted}
    return np.array([surface.key in allowed for surface in surfaces], dtype=bool)


def fit(
    evidence: Evidence,
    particles: int,
    draws: int,
    generator: np.random.Generator,
    without: str | None = None,
) -> Channels:
    """The posterior under standard normal priors, given all that may be fitted or all but one institution."""
    posterior = smc.sample(
        evidence.likelihood(without), len(evidence.keys), generator, smc.Settings(particles=particles)
    )
    chosen = posterior.draws[generator.permutation(len(posterior.draws))[:draws]]
    return Channels(evidence, chosen, posterior)


def log_evidence(evidence: Evidence, particles: int, generator: np.random.Generator) -> dict[float, float]:
    """Log marginal likelihood by how many times the discrepancies are as large as assumed."""
    found = {}
    for multiple in MULTIPLES:
        scaled = replace(evidence, multiple=multiple)
        found[multiple] = fit(scaled, particles, particles, generator).posterior.log_evidence
    return found
