"""Questions asked again and again: how large wave effects and drifts are, and how well they predict a wave.

Every answer has a level of its own in every public, of which nothing is known beforehand (normal with an sd of two
logits), and scatters about it by the errors of `wbsim.inference.observation`. So levels say nothing here, and changes
everything. Values known within some points have a variance of that; bounds enter by the chance to lie beyond them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit
from scipy.stats import multivariate_normal

from wbsim.inference.likelihood import log_density
from wbsim.inference.multinomial import logit
from wbsim.inference.observation import Figures, Spread, observation_error

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Sd of the level of an answer in a public, on the logit scale: from 2 to 98 % within one sd of one half.
_LEVEL = 2.0
#: Sizes that can be estimated, and the largest of each that is looked at.
SIZES: Mapping[str, float] = {
    "wave": 1.0,
    "drift": 2.0,
    "drift_own": 2.0,
    "drift_listed": 10.0,
    "discrepancy": 1.0,
}


@dataclass(frozen=True, slots=True)
class Series:
    """K waves: `figures` for the errors, `level` (K,) numbers of what has a level of its own, `error` (K,) in shares,
    and `bound` (K,): 1 where the share is at least the published one, -1 at most, 0 where it is that."""

    figures: Figures
    level: Integers
    error: Floats
    bound: Integers

    @property
    def observed(self) -> Floats:
        """Logits (K,) of the published shares, or of their bounds."""
        return logit(self.figures.share)

    def take(self, rows: NDArray[np.bool_] | Integers) -> Series:
        """The chosen waves."""
        return Series(self.figures.take(rows), self.level[rows], self.error[rows], self.bound[rows])


@dataclass(frozen=True, slots=True)
class Predicted:
    """A normal distribution of the logit of each left-out wave: `mean` and `sd` (K,)."""

    mean: Floats
    sd: Floats

    def percent(self, generator: np.random.Generator, draws: int = 4000) -> Floats:
        """Draws (M, K) of the published percentages."""
        return np.asarray(
            100.0 * expit(self.mean + self.sd * generator.standard_normal((draws, self.mean.size)))
        )


def covariance(series: Series, spread: Spread, share: Floats | None = None) -> Floats:
    """Covariance (K, K) of the logits about zero, errors evaluated at `share` (K,), by default the published one."""
    share = series.figures.share if share is None else share
    error = observation_error(series.figures, replace(spread, wording=0.0), share)
    alike = series.level[:, None] == series.level[None, :]
    published = (series.error / (share * (1.0 - share))) ** 2
    return np.asarray(error.gamma() + _LEVEL**2 * alike + np.diag(published))


def log_marginal(series: Series, spread: Spread) -> float:
    """Logarithm of the chance of all waves under these sizes, levels integrated out."""
    total, exact = covariance(series, spread), series.bound == 0
    value = 0.0
    if exact.any():
        block = total[np.ix_(exact, exact)]
        value += float(log_density(series.observed[exact][None], block)[0])
    if not exact.all():
        mean, left = _given(total, series.observed, np.flatnonzero(~exact), np.flatnonzero(exact))
        sign = -series.bound[~exact].astype(float)
        turned = left * np.outer(sign, sign)
        limits = sign * (series.observed[~exact] - mean)
        chance = multivariate_normal(cov=turned, seed=np.random.default_rng(1)).cdf(limits)
        value += float(np.log(max(float(chance), 1e-300)))
    return value


@dataclass(frozen=True, slots=True)
class Estimate:
    """Sizes with the highest marginal likelihood, and by name the range within which it falls by less than two."""

    spread: Spread
    log_marginal: float
    ranges: Mapping[str, tuple[float, float]]


def estimate(series: Series, start: Spread, names: Sequence[str] = tuple(SIZES)) -> Estimate:
    """The sizes `names` that the waves suggest, the others as in `start`."""

    def at(values: Floats) -> Spread:
        return replace(start, **{name: float(value) for name, value in zip(names, values, strict=True)})

    def loss(values: Floats) -> float:
        return -log_marginal(series, at(values))

    bounds = [(1.0 if name == "drift_listed" else 0.0, SIZES[name]) for name in names]
    begin = np.array(
        [max(getattr(start, name), low + 0.01) for name, (low, _) in zip(names, bounds, strict=True)]
    )
    found = minimize(loss, begin, bounds=bounds, method="L-BFGS-B")
    best = at(found.x)
    top = -float(found.fun)
    ranges = {
        name: _range(series, best, name, low, high, top)
        for name, (low, high) in zip(names, bounds, strict=True)
    }
    return Estimate(best, top, ranges)


def _range(
    series: Series, best: Spread, name: str, low: float, high: float, top: float
) -> tuple[float, float]:
    """Where the marginal likelihood, as one size alone is changed, stays within two of its peak."""
    grid = np.unique(np.append(np.linspace(low, high, 41), getattr(best, name)))
    near = [x for x in grid if log_marginal(series, replace(best, **{name: float(x)})) > top - 2.0]
    return float(min(near)), float(max(near))


def left_out(series: Series, spread: Spread, earlier: bool = False) -> tuple[Predicted, NDArray[np.bool_]]:
    """Each exact wave from all others of bounds aside, or from `earlier` ones alone; and which could be predicted.

    What is left out leaves no trace: its error is evaluated at the mean share of the other waves of its level.
    """
    count = series.level.size
    mean, sd, told = np.zeros(count), np.ones(count), np.zeros(count, dtype=bool)
    for row in range(count):
        known = _others(series, row, earlier)
        same = known[series.level[known] == series.level[row]]
        if series.bound[row] or not same.size:
            continue
        share = series.figures.share.copy()
        share[row] = share[same].mean()
        total = covariance(series, spread, share)
        m, left = _given(total, series.observed, np.array([row]), known)
        mean[row], sd[row], told[row] = m[0], np.sqrt(left[0, 0]), True
    return Predicted(mean[told], sd[told]), told


def random_walk(series: Series, design_effect: float, earlier: bool = False) -> Predicted:
    """The same waves by a random walk in years through the neighbouring waves of its level, and sampling errors.

    Its yearly sd is that of the other waves' steps from one to the next, by the maximum of their likelihood.
    """
    _, told = left_out(series, Spread(), earlier)
    mean, sd = [], []
    for row in np.flatnonzero(told):
        known = _others(series, int(row), earlier=False)
        step = _yearly(series, known, design_effect)
        same = _others(series, int(row), earlier)
        same = same[series.level[same] == series.level[row]]
        m, v = _walked(series, int(row), same, step, design_effect)
        mean.append(m)
        sd.append(np.sqrt(v))
    return Predicted(np.array(mean), np.array(sd))


def _others(series: Series, row: int, earlier: bool) -> Integers:
    known = series.bound == 0
    known[row] = False
    if earlier:
        known &= series.figures.month < series.figures.month[row]
    return np.flatnonzero(known)


def _sampling(series: Series, rows: Integers, design_effect: float) -> Floats:
    share, size = series.figures.share[rows], series.figures.size[rows]
    return np.asarray(design_effect / (size * share * (1.0 - share)))


def _yearly(series: Series, known: Integers, design_effect: float) -> float:
    """Yearly sd of the steps between neighbouring waves of one level."""
    steps, years, noise = [], [], []
    for level in np.unique(series.level[known]):
        rows = known[series.level[known] == level]
        rows = rows[np.argsort(series.figures.month[rows])]
        variance = _sampling(series, rows, design_effect)
        steps += np.diff(series.observed[rows]).tolist()
        years += (np.diff(series.figures.month[rows]) / 12.0).tolist()
        noise += (variance[1:] + variance[:-1]).tolist()
    d, t, v = np.array(steps), np.array(years), np.array(noise)
    grid = np.geomspace(0.01, 3.0, 200)
    loss = [float(np.sum(np.log(s * s * t + v) + d * d / (s * s * t + v))) for s in grid]
    return float(grid[int(np.argmin(loss))])


def _walked(
    series: Series, row: int, same: Integers, step: float, design_effect: float
) -> tuple[float, float]:
    """Mean and variance of a wave on a random walk through the waves `same`, sampling errors included."""
    month, y = series.figures.month, series.observed
    noise = _sampling(series, same, design_effect)
    share = series.figures.share.copy()
    share[row] = share[same].mean()
    own = design_effect / (series.figures.size[row] * share[row] * (1.0 - share[row]))
    before = same[month[same] <= month[row]]
    after = same[month[same] > month[row]]
    if before.size and after.size:
        left, right = before[np.argmax(month[before])], after[np.argmin(month[after])]
        span = month[right] - month[left]
        weight = (month[row] - month[left]) / span
        at = {int(n): v for n, v in zip(same, noise, strict=True)}
        mean = (1.0 - weight) * y[left] + weight * y[right]
        known = (1.0 - weight) ** 2 * at[int(left)] + weight**2 * at[int(right)]
        return float(mean), float(known + step**2 * span / 12.0 * weight * (1.0 - weight) + own)
    near = int(np.argmin(np.abs(month[same] - month[row])))
    years = abs(month[same[near]] - month[row]) / 12.0
    return float(y[same[near]]), float(noise[near] + step**2 * years + own)


def _given(total: Floats, values: Floats, rows: Integers, known: Integers) -> tuple[Floats, Floats]:
    """Mean and covariance of `rows` given the `values` at `known`."""
    gain = np.linalg.solve(total[np.ix_(known, known)], total[np.ix_(known, rows)]).T
    left = total[np.ix_(rows, rows)] - gain @ total[np.ix_(known, rows)]
    return np.asarray(gain @ values[known]), np.asarray(left)
