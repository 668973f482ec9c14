"""Predictions of fitted figures with some of them left out, where the model can be wrong.

Given the dynamics, all logits are jointly normal: what is left out has a closed distribution given the rest. The
dynamics themselves are sampled anew without it, or reweighted where that loses little.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from wbsim.calibration.attitudes import likelihood
from wbsim.calibration.settings import Settings
from wbsim.calibration.space import Surface
from wbsim.calibration.targets import Expected, Targets, wording
from wbsim.inference import smc
from wbsim.inference.levels import marginal_covariance
from wbsim.inference.likelihood import gaussian_likelihood
from wbsim.inference.observation import ALONE
from wbsim.instruments.figure import Figure

Floats = NDArray[np.float64]
Rows = NDArray[np.int64]

#: Least effective share of draws, below which the dynamics are sampled anew.
_ENOUGH = 0.3
#: Draws of what was left out for each draw of the dynamics: a 95 % quantile of the 2,000 usual ones is uncertain by a
#: twentieth of the sd, which has moved figures at the edge of their interval in and out from seed to seed.
_PER_DRAW = 16


@dataclass(frozen=True)
class LeftOut:
    """What was left out together, and draws of it: `percent` (draws, rows)."""

    name: str
    rows: Rows
    percent: Floats


class Leaver:
    """Leaves figures out of one fit, whose `draws` (M, F) are those of the dynamics.

    Its errors were evaluated at what was `expected`.
    """

    def __init__(
        self,
        surface: Surface,
        aim: Targets,
        expected: Expected,
        settings: Settings,
        draws: Floats,
        generator: np.random.Generator,
    ) -> None:
        self.surface, self.aim, self.draws, self.generator = surface, aim, draws, generator
        self.settings = settings
        self.whole = likelihood(surface, aim, aim.error(settings.errors, expected))

    def leave_out(self, name: str, rows: Rows) -> LeftOut:
        """Predict the figures at `rows` from all others.

        The error of a figure depends on its share. As in the fit itself, errors are evaluated in two steps: at what
        was published (what is left out: at what the model says by itself), and at what is then expected of every
        figure, intercepts and levels included. What was published at `rows` leaves no trace.
        """
        rest = np.setdiff1d(np.arange(len(self.aim.figures)), rows)
        levels = self.surface.sensitivity @ self.surface.sensitivity.T
        shares = self.aim.table.share.copy()
        shares[rows] = expit(self.surface.centre(self.draws)[:, rows]).mean(axis=0)
        expected = Expected(*(self.aim.open(shares.copy()) for _ in range(2)))
        for _ in range(2):
            error = self.aim.error(self.settings.errors, expected)
            total = marginal_covariance(error, self.surface.sensitivity) + self.surface.residual
            centre = self.surface.centre(self._dynamics_given(rest, total))
            known = np.linalg.solve(total[np.ix_(rest, rest)], (self.aim.observed - centre)[:, rest].T).T
            shared = total - error.own() - self.surface.residual
            expected = self.aim.expected(centre + known @ levels[rest], centre + known @ shared[rest])
        mean = centre[:, rows] + known @ total[np.ix_(rest, rows)]
        covariance = total[np.ix_(rows, rows)] - total[np.ix_(rows, rest)] @ np.linalg.solve(
            total[np.ix_(rest, rest)], total[np.ix_(rest, rows)]
        )
        mean = np.repeat(mean, _PER_DRAW, axis=0)
        noise = self.generator.standard_normal(mean.shape) @ np.linalg.cholesky(covariance).T
        return LeftOut(name, rows, 100.0 * expit(mean + noise))

    def _dynamics_given(self, rest: Rows, total: Floats) -> Floats:
        """Draws of the dynamics given the figures at `rest` alone."""
        part = gaussian_likelihood(self.aim.observed[rest], total[np.ix_(rest, rest)])
        centre = self.surface.centre(self.draws)
        ratio = part(centre[:, rest]) - self.whole(centre)
        weights = np.exp(ratio - ratio.max())
        weights /= weights.sum()
        if 1.0 / np.sum(weights**2) >= _ENOUGH * len(weights):
            return self.draws[smc.systematic(weights, self.generator)]
        posterior = smc.sample(
            lambda points: part(self.surface.centre(points)[:, rest]),
            self.draws.shape[1],
            self.generator,
            smc.Settings(particles=self.settings.draws),
        )
        return posterior.draws


def observations(aim: Targets) -> list[Rows]:
    """Rows of each observation: a share, or the parts of one pick-one question, population and wave."""
    numbers = aim.table.question
    alone = [np.array([row]) for row in np.flatnonzero(numbers == ALONE)]
    together = [np.flatnonzero(numbers == number) for number in np.unique(numbers[numbers != ALONE])]
    return sorted([*alone, *together], key=lambda rows: int(rows[0]))


def repeated(aim: Targets) -> list[Rows]:
    """Observations of which some wording was put to another population or in another wave too."""
    asked: dict[str, set[object]] = {}
    names = [_asked_alike(aim, figure) for figure in aim.figures]
    for name, figure in zip(names, aim.figures, strict=True):
        asked.setdefault(name, set()).add((figure.population, figure.survey, figure.months))
    return [rows for rows in observations(aim) if len(asked[names[rows[0]]]) > 1]


def _asked_alike(aim: Targets, figure: Figure) -> str:
    """What has to be asked again: a pick-one question as a whole, an item of any other."""
    question = aim.questions[figure.question]
    return question.id if question.exclusive else wording(question, figure)


def by(aim: Targets, keys: Sequence[str]) -> dict[str, Rows]:
    """Rows by a key of each figure (survey, population), for leaving out all of one at once."""
    names = np.array(keys)
    return {str(name): np.flatnonzero(names == name) for name in dict.fromkeys(keys)}
