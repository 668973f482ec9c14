"""How published percentages scatter around what the model says, on the logit scale.

logit y_k = logit p_k + intercept of the wording + house effect of the survey + discrepancy + sampling error.

Rows of one pick-one question keep their own logits, with the multinomial's full covariance, instead of additive
log-ratios: a row then means the same alone and in a question, is drawn and scored on the same scale as every other,
and no reference category has to be chosen. Discrepancy and intercepts of such rows are tilts of the categories,
because logits of shares that add up to one cannot move independently: independent errors would let a yes/no question
printed as two rows count twice.

The discrepancy is a state's own. A regional figure is the mean of several states, whose discrepancies average out: its
variance is theirs divided by their number. That is exact to first order where their shares are alike; for six as far
apart as 57 and 94 % it is 3 % too much.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.inference.multinomial import sampling_covariance, tilt_loadings

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Value of `Figures.question` for a row that is no part of a pick-one question.
ALONE = -1


@dataclass(frozen=True, slots=True)
class Figures:
    """K published figures: shares in (0, 1), respondents, and which of them belong together.

    `survey` and `wording` are indices from 0; a category of a pick-one question is a wording of its own. `question`
    holds one number for all rows of one pick-one question in one survey and population, ALONE elsewhere. `states`:
    how many states each figure is the mean of.
    """

    share: Floats
    size: Floats
    survey: Integers
    wording: Integers
    question: Integers
    states: Integers

    def __post_init__(self) -> None:
        parts = (self.share, self.size, self.survey, self.wording, self.question, self.states)
        shapes = {each.shape for each in parts}
        if len(shapes) != 1 or self.share.ndim != 1:
            raise ValueError(f"figures need one value each of everything; shapes are {sorted(shapes)}")
        if not np.all((self.share > 0) & (self.share < 1)) or not np.all(self.size > 0):
            raise ValueError("shares must lie between 0 and 1 and sizes must be positive")
        if np.any(self.survey < 0) or np.any(self.wording < 0):
            raise ValueError("surveys and wordings are counted from 0")
        if np.any(self.states < 1):
            raise ValueError("a figure is the mean of one state or more")

    def groups(self) -> Iterator[Integers]:
        """Rows of each pick-one question, in the order of their numbers."""
        for number in np.unique(self.question[self.question != ALONE]):
            yield np.flatnonzero(self.question == number)

    def take(self, rows: NDArray[np.bool_] | Integers) -> Figures:
        """The chosen rows; surveys and wordings keep their numbers."""
        indices = (self.survey[rows], self.wording[rows], self.question[rows])
        return Figures(self.share[rows], self.size[rows], *indices, self.states[rows])


@dataclass(frozen=True, slots=True)
class Spread:
    """Sizes of the errors: `design_effect` as a factor of the sampling variance, the others as sd of a logit.

    `discrepancy` is that of one state's figure.
    """

    design_effect: float = 1.5
    house: float = 0.10
    discrepancy: float = 0.10
    wording_once: float = 0.7
    wording_shared: float = 0.3


@dataclass(frozen=True, slots=True)
class ObservationError:
    """Parts of the error of K logits.

    `sampling` and `discrepancy` are covariances (K, K). `houses` (K, S) and `intercepts` (K, W) load on independent
    standard normal coordinates, one for each survey and one for each wording (after them one for the unpublished
    rest of each pick-one question); their sd are in the loadings.
    """

    sampling: Floats
    discrepancy: Floats
    houses: Floats
    intercepts: Floats

    def own(self) -> Floats:
        """Covariance (K, K) of what nothing but the figure itself carries: sampling and discrepancy."""
        return self.sampling + self.discrepancy

    def gamma(self) -> Floats:
        """Covariance (K, K) without intercepts: sampling, discrepancy and house effects."""
        return np.asarray(self.own() + self.houses @ self.houses.T)

    def total(self) -> Floats:
        """Covariance (K, K) with intercepts."""
        return np.asarray(self.gamma() + self.intercepts @ self.intercepts.T)


def observation_error(
    figures: Figures, spread: Spread, share: Floats | None = None, said: Floats | None = None
) -> ObservationError:
    """The error of `figures`, its variance evaluated at the shares `share` (K,) expected, or at the published ones.

    `said` (K,): what the model says before intercepts tilt the answers of pick-one questions, by default `share`.
    Shares are held half a respondent away from 0 and 1. A pick-one question has no direction that all its
    categories could move in, hence its house effect is a tilt of its own, part of `discrepancy`.
    """
    share = _inside(figures.share if share is None else share, figures.size)
    effective = figures.size / spread.design_effect
    sampling = np.diag(1.0 / (effective * share * (1.0 - share)))
    own = spread.discrepancy**2 / figures.states
    discrepancy = np.diag(own)
    houses = np.zeros((share.size, int(figures.survey.max(initial=-1)) + 1))
    houses[np.arange(share.size), figures.survey] = spread.house
    for rows in figures.groups():
        block = np.ix_(rows, rows)
        tilts = tilt_loadings(share[rows])
        sampling[block] = sampling_covariance(share[rows], float(np.mean(effective[rows])))
        discrepancy[block] = (own[rows[0]] + spread.house**2) * (tilts @ tilts.T)
        houses[rows] = 0.0
    said = share if said is None else _inside(said, figures.size)
    return ObservationError(sampling, discrepancy, houses, _intercepts(figures, spread, said, share))


def independent_rows(figures: Figures, least: float = 0.005) -> NDArray[np.bool_]:
    """Rows (K,) that enter the likelihood: all, but for the smallest category of questions that add up to one.

    A question adds up if all that is unpublished is under `least`: its last category says nothing new. One that was
    published as nothing leaves the others adding up, and one more goes.
    """
    kept = np.ones(figures.share.size, dtype=bool)
    for rows in figures.groups():
        left = rows
        while len(left) > 1 and np.sum(figures.share[left]) > 1.0 - least:
            smallest = int(np.argmin(figures.share[left]))
            kept[left[smallest]] = False
            left = np.delete(left, smallest)
    return kept


def _intercepts(figures: Figures, spread: Spread, said: Floats, share: Floats) -> Floats:
    """Loadings (K, W + rests) of logits on standardised intercepts, which lead from `said` to `share`."""
    wordings = int(figures.wording.max(initial=-1)) + 1
    groups = list(figures.groups())
    rests = {
        names: wordings + place
        for place, names in enumerate(dict.fromkeys(_names(figures, g) for g in groups))
    }
    loadings = np.zeros((said.size, wordings + len(rests)))
    uses = np.zeros(loadings.shape[1])
    alone = np.flatnonzero(figures.question == ALONE)
    loadings[alone, figures.wording[alone]] = 1.0
    np.add.at(uses, figures.wording[alone], 1)
    for rows in groups:
        columns = np.append(figures.wording[rows], rests[_names(figures, rows)])
        loadings[np.ix_(rows, columns)] = tilt_loadings(said[rows], share[rows])
        uses[columns] += 1
    return loadings * np.where(uses > 1, spread.wording_shared, spread.wording_once)


def _names(figures: Figures, rows: Integers) -> tuple[int, ...]:
    return tuple(sorted(figures.wording[rows].tolist()))


def _inside(share: Floats, size: Floats) -> Floats:
    return np.asarray(np.clip(share, 0.5 / size, 1.0 - 0.5 / size))
