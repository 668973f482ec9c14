"""How published percentages scatter around what the model says, on the logit scale.

logit y_k = logit p_k + intercept + survey and wave effects + drift + discrepancy + sampling error.

Each answer to a pick-one question has a tilt: the shares p_i become p_i exp(e_i), rescaled. A published row is one
answer or the sum of several; its logit moves by the mean tilt of its own answers less the mean tilt of the others,
each weighted by its share. So "low" published here and "high" there speak of the same tilts, as do a row alone and the
same row beside others, and no category has to be left out as a reference. An answer that is no part of a pick-one
question has a logit of its own. Intercepts, wave effects and drifts belong to answers, whatever the public: a wording
moves all publics alike, and a regional mean with them.

- Intercept: what the wording of an answer adds in every wave.
- Survey effect: what a survey adds to all of its answers that are no part of a pick-one question.
- Wave effect: what a survey adds to one answer, in all publics.
- Drift: a random walk in time for each answer, shared by all publics, and another for each public on top. It is
  nothing in the month in which the answer was first asked (of that public): what was there before is intercept.
- Discrepancy: a state's own, drawn anew in each wave. A regional figure is the mean of several states, whose
  discrepancies and own drifts average out: exact to first order where their shares are alike; for six as far apart as
  57 and 94 % the variance is 3 % too much.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from wbsim.inference.multinomial import LEAST_REMAINDER, sampling_covariance
from wbsim.inference.random_walk import Walk

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

#: Value of `Figures.question` for a row that stands alone: no other answer of its pick-one question was published.
ALONE = -1


@dataclass(frozen=True, slots=True)
class Figures:
    """K published figures: shares in (0, 1), respondents, and what they have in common, with A answers and P publics.

    `survey` (K,): indices from 0. `question` (K,): one number for all rows of one pick-one question in one survey and
    population, ALONE elsewhere. `inside` (K, A): the answers that a figure sums; `outside` (K, A): the other answers
    of its pick-one question, none elsewhere. `rest` (A,): answers that stand for what is unpublished although all
    other answers are. `month` (K,): when a figure was asked, in months. `publics` (K, P): weights, which add up to
    one, of the publics that a figure is the mean of. `listed` (K,): whether the answer was picked from a list.
    """

    share: Floats
    size: Floats
    survey: Integers
    question: Integers
    inside: Booleans
    outside: Booleans
    rest: Booleans
    month: Floats
    publics: Floats
    listed: Booleans

    def __post_init__(self) -> None:
        rows = (self.share, self.size, self.survey, self.question, self.month, self.listed)
        shapes = {each.shape for each in rows} | {
            each.shape[:1] for each in (self.inside, self.outside, self.publics)
        }
        if len(shapes) != 1 or self.share.ndim != 1:
            raise ValueError(f"figures need one value each of everything; shapes are {sorted(shapes)}")
        if self.inside.shape != self.outside.shape or self.rest.shape != self.inside.shape[1:]:
            raise ValueError("inside, outside and rest need a column for each answer")
        if not np.all((self.share > 0) & (self.share < 1)) or not np.all(self.size > 0):
            raise ValueError("shares must lie between 0 and 1 and sizes must be positive")
        if np.any(self.survey < 0):
            raise ValueError("surveys are counted from 0")
        if not self.inside.any(axis=1).all() or np.any(self.inside & self.outside):
            raise ValueError("a figure is about one answer or more, and the others are other ones")
        if np.any(self.publics < 0) or not np.allclose(self.publics.sum(axis=1), 1.0):
            raise ValueError("a figure is the mean of one public or more, with weights that add up to one")

    @property
    def spread(self) -> Floats:
        """Variance (K,) of a figure by that of one public: one over the number of publics, if they weigh alike."""
        return np.asarray(np.sum(self.publics**2, axis=1))

    def groups(self) -> Iterator[Integers]:
        """Rows of each pick-one question of which several answers were published, in the order of their numbers."""
        for number in np.unique(self.question[self.question != ALONE]):
            yield np.flatnonzero(self.question == number)

    def choices(self) -> Iterator[Integers]:
        """Rows of each pick-one question, survey and population; one that stands alone among them."""
        yield from self.groups()
        alone = (self.question == ALONE) & self.outside.any(axis=1)
        yield from (np.array([row]) for row in np.flatnonzero(alone))

    def take(self, rows: Booleans | Integers) -> Figures:
        """The chosen rows; surveys, answers and publics keep their numbers."""
        by_row = (each.name for each in fields(self) if each.name != "rest")
        return Figures(**{name: getattr(self, name)[rows] for name in by_row}, rest=self.rest)


@dataclass(frozen=True, slots=True)
class Spread:
    """Sizes of the errors: `design_effect` as a factor of the sampling variance, the others as sd of a logit.

    `discrepancy` is that of one public's figure in one wave; `house` a survey's, `wave` that of a survey and answer,
    `wording` the intercept's. `drift` is what the walk of an answer comes to in a year, `drift_own` that of an answer
    in one public; both times `drift_listed` where answers are picked from a list.
    """

    design_effect: float = 1.5
    house: float = 0.10
    wave: float = 0.0
    drift: float = 0.0
    drift_own: float = 0.0
    drift_listed: float = 1.0
    discrepancy: float = 0.10
    wording: float = 0.7


@dataclass(frozen=True, slots=True)
class ObservationError:
    """Parts of the error of K logits.

    `sampling` and `discrepancy` are covariances (K, K). `houses` (K, S + V), `intercepts` (K, A) and `drifts` (K, N)
    load on independent standard normal coordinates: one for each survey and, after them, each of the `waves` (V, 2) of
    survey and answer; one for each answer; one for each step of the `walks`. Their sd are in the loadings.
    """

    sampling: Floats
    discrepancy: Floats
    houses: Floats
    intercepts: Floats
    drifts: Floats
    waves: Integers
    walks: tuple[Walk, ...]

    def own(self) -> Floats:
        """Covariance (K, K) of what nothing but the figure itself carries: sampling and discrepancy."""
        return self.sampling + self.discrepancy

    def shared(self) -> Floats:
        """Loadings (K, A + S + V + N) on what figures have in common: intercepts, houses, drifts."""
        return np.concatenate([self.intercepts, self.houses, self.drifts], axis=1)

    def shift(self, intercepts: Floats, houses: Floats, drifts: Floats) -> Floats:
        """What coordinates (M, A), (M, S + V) and (M, N) add to the logits, (M, K)."""
        return np.asarray(intercepts @ self.intercepts.T + houses @ self.houses.T + drifts @ self.drifts.T)

    def gamma(self) -> Floats:
        """Covariance (K, K) without intercepts: sampling, discrepancy, survey and wave effects, drift."""
        return np.asarray(self.own() + self.houses @ self.houses.T + self.drifts @ self.drifts.T)

    def total(self) -> Floats:
        """Covariance (K, K) with intercepts."""
        return np.asarray(self.gamma() + self.intercepts @ self.intercepts.T)


def observation_error(
    figures: Figures, spread: Spread, share: Floats | None = None, said: Floats | None = None
) -> ObservationError:
    """The error of `figures`, its variance evaluated at the shares `share` (K,) expected, or at the published ones.

    `said` (K,): what the model says before intercepts tilt the answers of pick-one questions, by default `share`.
    Where the tilts are large, the derivative changes on the way from `said` to `share`: the mean of both ends is right
    to second order (trapezoidal rule). Shares are held half a respondent away from 0 and 1. ValueError if rows of one
    pick-one question leave nothing to the others.
    """
    share = _inside(figures.share if share is None else share, figures.size)
    said = share if said is None else _inside(said, figures.size)
    effective = figures.size / spread.design_effect
    sampling = np.diag(1.0 / (effective * share * (1.0 - share)))
    for rows in figures.groups():
        sampling[np.ix_(rows, rows)] = sampling_covariance(share[rows], float(np.mean(effective[rows])))
    loadings = answer_loadings(figures, share)
    own = spread.discrepancy**2 * figures.spread
    discrepancy = np.diag(own)
    for rows in figures.choices():
        discrepancy[np.ix_(rows, rows)] = own[rows[0]] * (loadings[rows] @ loadings[rows].T)
    houses, waves = _houses(figures, spread, loadings)
    walks = tuple(_walks(figures, loadings, spread))
    drifts = np.concatenate([np.zeros((share.size, 0)), *(each.loadings() for each in walks)], axis=1)
    intercepts = spread.wording * 0.5 * (loadings + answer_loadings(figures, said))
    return ObservationError(sampling, discrepancy, houses, intercepts, drifts, waves, walks)


def answer_loadings(figures: Figures, share: Floats) -> Floats:
    """How the logits of figures answer to the tilts of their answers, (K, A), at the shares `share` (K,).

    d logit p_S = sum over i in S of p_i / p_S e_i - sum over the others of p_j / (1 - p_S) e_j. A row that sums several
    answers is shared out evenly among them, and what is unpublished among the answers that are not. Scaled by a factor
    of the question alone, such that an answer has a variance of one where all are alike; with two answers it has that
    whichever of both was published, and whatever its share.
    """
    loadings = figures.inside.astype(float)
    for rows in figures.choices():
        shares = answer_shares(figures, rows, share[rows])
        scale = tilt_scale(figures, int(rows[0]))
        for row in rows:
            inside, outside = shares * figures.inside[row], shares * figures.outside[row]
            loadings[row] = scale * (inside / inside.sum() - outside / outside.sum())
    return loadings


def answer_shares(figures: Figures, rows: Integers, share: Floats) -> Floats:
    """Shares (A,) of all answers to the pick-one question of `rows`, whose shares are `share`; 0 for other questions.

    ValueError if they leave nothing to those that were not published.
    """
    asked = figures.inside[rows[0]] | figures.outside[rows[0]]
    shares = np.zeros(asked.size)
    for row, each in zip(rows, share, strict=True):
        shares[figures.inside[row]] = each / figures.inside[row].sum()
    left = 1.0 - float(np.sum(share))
    if left < LEAST_REMAINDER:
        raise ValueError(
            f"shares of one pick-one question add up to {1.0 - left:.6g}; they must stay under 1: leave out a row"
        )
    unpublished = asked & ~figures.inside[rows].any(axis=0) & ~figures.rest
    if not unpublished.any():
        unpublished = asked & figures.rest
    shares[unpublished] = left / unpublished.sum()
    return shares


def tilt_scale(figures: Figures, row: int) -> float:
    """Sd of a tilt for a logit of sd one, at the pick-one question of `row`: sqrt((m - 1) / m) of m answers."""
    answers = int(np.sum((figures.inside[row] | figures.outside[row]) & ~figures.rest))
    return float(np.sqrt((answers - 1) / answers))


def independent_rows(figures: Figures, least: float = 0.005) -> Booleans:
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


def _houses(figures: Figures, spread: Spread, loadings: Floats) -> tuple[Floats, Integers]:
    """Loadings (K, S + V) on effects of surveys and of their waves, and which wave is which, (V, 2).

    A pick-one question has no direction that all its answers could move in: there the survey's effect is a tilt, and
    belongs to the wave.
    """
    count = int(figures.survey.max(initial=-1)) + 1
    of_survey = np.zeros((len(loadings), count))
    plain = ~figures.outside.any(axis=1)
    of_survey[plain, figures.survey[plain]] = spread.house
    rows, answers = np.nonzero(loadings)
    waves, place = np.unique(np.stack([figures.survey[rows], answers], axis=1), axis=0, return_inverse=True)
    size = np.where(plain, spread.wave, np.hypot(spread.wave, spread.house))
    of_wave = np.zeros((len(loadings), len(waves)))
    of_wave[rows, place.reshape(-1)] = size[rows] * loadings[rows, answers]
    return np.concatenate([of_survey, of_wave], axis=1), waves


def _walks(figures: Figures, loadings: Floats, spread: Spread) -> Iterator[Walk]:
    """The drift of each answer, over all publics and then in each; no step yet of one that was asked in one month."""
    pace = np.where(figures.listed, spread.drift_listed, 1.0)
    for answer in np.flatnonzero(np.any(loadings != 0.0, axis=0)):
        weight = pace * loadings[:, answer]
        walks = [Walk.of(int(answer), None, figures.month, spread.drift * weight)]
        for public in np.flatnonzero(figures.publics[weight != 0.0].any(axis=0)):
            own = spread.drift_own * weight * figures.publics[:, public]
            walks.append(Walk.of(int(answer), int(public), figures.month, own))
        yield from (walk for walk in walks if len(walk.nodes))


def _inside(share: Floats, size: Floats) -> Floats:
    return np.asarray(np.clip(share, 0.5 / size, 1.0 - 0.5 / size))
