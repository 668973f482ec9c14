"""The likelihood of an observation at predictors that the model gives, and draws of what would be observed.

Each observation has a discrepancy of its own: its predictor is the model's plus a normal number, which is integrated
out by quadrature (shares, rates) or in closed form (times, fractions). Orders follow Plackett and Luce, with Gumbel
noise that has the variance of the scores.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, expit, gammaln, logsumexp
from scipy.stats import nbinom, poisson

from wbsim.analogues.analogue import Count, Events, Interval, Observation, Order, Share
from wbsim.analogues.regression import normal_between
from wbsim.tables.places import STATE_INDEX

Floats = NDArray[np.float64]

_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(31)
_LOG_WEIGHTS = np.log(_WEIGHTS / _WEIGHTS.sum())
#: A chance is held this far from 0 and 1: the model is never entirely sure of an institution.
_LEAST = 1e-6
#: Months are whole in the model: an observation that names one of them is met by half a month around.
HALF_MONTH = 0.5
#: Standard deviation of a Gumbel number of scale 1.
_GUMBEL = np.pi / np.sqrt(6.0)
#: What the discrepancy of a logit means for a score, a share of a pledged rise: half a logit is about a tenth of it.
SCORE_PER_LOGIT = 0.2


def log_likelihood(observation: Observation, predictor: Floats, spread: float, offset: float) -> Floats:
    """Log-likelihood (n,) of an observation at predictors (n, K) with the `spread` of a surface.

    `offset` is the standard deviation of the predictor around the model's, not negative.
    """
    match observation.value:
        case Count(successes, trials):
            return log_count(successes, trials, predictor[:, 0], spread, offset)
        case Share(value, error):
            return log_share(value, error, predictor[:, 0], spread, offset)
        case Interval(low, high):
            return log_interval(low, high, predictor[:, 0], spread, offset)
        case Events(count, _):
            return log_events(count, predictor[:, 0], spread, offset)
        case Order() as order:
            return log_order(order, predictor, spread, offset)


def log_count(successes: int, trials: int, eta: Floats, correlation: float, offset: float) -> Floats:
    """`successes` of `trials` at logits (n,): binomial, or beta-binomial where trials of one world are correlated."""
    share = np.clip(expit(eta[:, None] + offset * _NODES), _LEAST, 1.0 - _LEAST)
    choose = gammaln(trials + 1.0) - gammaln(successes + 1.0) - gammaln(trials - successes + 1.0)
    if correlation <= 0.0:
        logs = successes * np.log(share) + (trials - successes) * np.log1p(-share)
    else:
        strength = 1.0 / correlation - 1.0
        a, b = share * strength, (1.0 - share) * strength
        logs = betaln(successes + a, trials - successes + b) - betaln(a, b)
    return np.asarray(choose + logsumexp(logs + _LOG_WEIGHTS, axis=1))


def log_share(value: float, error: float, eta: Floats, correlation: float, offset: float) -> Floats:
    """A share with its standard error at logits (n,): normal on the logit scale; at 0 or 1 half an error inside."""
    inside = float(np.clip(value, 0.5 * error, 1.0 - 0.5 * error))
    slope = max(inside * (1.0 - inside), _LEAST)
    share = np.clip(expit(eta), 0.01, 0.99)
    variance = (error / slope) ** 2 + correlation / (share * (1.0 - share)) + offset**2
    gap = np.log(inside / (1.0 - inside)) - eta
    return np.asarray(-0.5 * gap**2 / variance - 0.5 * np.log(2.0 * np.pi * variance))


def log_interval(low: float, high: float | None, eta: Floats, sd: float, offset: float) -> Floats:
    """Months between `low` and `high`, ends included, or more than `low`, at log medians (n,): log-normal."""
    whole = float(np.hypot(sd, offset))
    start = (_log(low - HALF_MONTH) - eta) / whole
    end = np.full_like(eta, np.inf) if high is None else (_log(high + HALF_MONTH) - eta) / whole
    return np.log(np.maximum(normal_between(start, end), 1e-300))


def log_events(count: int, eta: Floats, dispersion: float, offset: float) -> Floats:
    """`count` events at log means (n,): Poisson, or negative binomial where the model's worlds scatter more."""
    mean = np.exp(np.clip(eta[:, None] + offset * _NODES, -30.0, 12.0))
    if dispersion <= 0.0:
        logs = poisson.logpmf(count, mean)
    else:
        size = 1.0 / dispersion
        logs = nbinom.logpmf(count, size, size / (size + mean))
    return np.asarray(logsumexp(logs + _LOG_WEIGHTS, axis=1))


def log_order(order: Order, scores: Floats, sd: float, offset: float) -> Floats:
    """Groups of states in their order, at scores (n, 6): Plackett and Luce, summed over the orders within groups."""
    scale = _score_scale(sd, offset)
    total = np.zeros(len(scores))
    left = [STATE_INDEX[code] for group in order.groups for code in group]
    for group in order.groups:
        members = [STATE_INDEX[code] for code in group]
        if len(members) == len(left):
            break  # whoever is left is last, in whatever order
        total += _group_first(scores / scale, members, left)
        left = [place for place in left if place not in members]
    return total


def _group_first(utility: Floats, members: list[int], left: list[int]) -> Floats:
    """Log chance (n,) that `members` come before all others that are `left`, in any order among themselves.

    The chance of each set to be the first ones is that of each set with one member fewer, times that member's turn.
    """
    weight = np.exp(utility - utility[:, left].max(axis=1, keepdims=True))
    whole = weight[:, left].sum(axis=1)
    chance = {frozenset[int](): np.ones(len(utility))}
    for size in range(1, len(members) + 1):
        for chosen in combinations(members, size):
            total = np.zeros(len(utility))
            for last in chosen:
                before = frozenset(chosen) - {last}
                gone = weight[:, sorted(before)].sum(axis=1)
                total += chance[before] * weight[:, last] / np.maximum(whole - gone, 1e-300)
            chance[frozenset(chosen)] = total
    return np.asarray(np.log(np.maximum(chance[frozenset(members)], 1e-300)))


def draw(
    observation: Observation, predictor: Floats, spread: float, offset: float, generator: np.random.Generator
) -> Floats:
    """One number (n,) that would be observed at each of n predictors (n, K), in the observation's own unit.

    A share of trials as a share; of an order the number of its pairs that come out as observed.
    """
    count = len(predictor)
    shift = offset * generator.standard_normal(count)
    eta = predictor[:, 0] + shift
    match observation.value:
        case Count(_, trials):
            return np.asarray(generator.binomial(trials, _scattered(eta, spread, generator)) / trials)
        case Share(_, error):
            share = _scattered(eta, spread, generator)
            return np.asarray(np.clip(share + error * generator.standard_normal(count), 0.0, 1.0))
        case Interval():
            return np.asarray(np.exp(np.minimum(eta + spread * generator.standard_normal(count), 12.0)))
        case Events():
            mean = np.exp(np.clip(eta, -30.0, 12.0))
            if spread > 0.0:
                mean = mean * generator.gamma(1.0 / spread, spread, count)
            return np.asarray(generator.poisson(mean), dtype=float)
        case Order() as order:
            scale = _score_scale(spread, offset)
            return pairs_in_order(order, predictor + scale * generator.gumbel(size=predictor.shape))


def pairs_in_order(order: Order, scores: Floats) -> Floats:
    """Number (n,) of an order's pairs of which the first scores higher, at scores (n, 6)."""
    first, second = (np.array([STATE_INDEX[pair[place]] for pair in order.pairs]) for place in (0, 1))
    return np.asarray((scores[:, first] > scores[:, second]).sum(axis=1).astype(float))


def _scattered(eta: Floats, correlation: float, generator: np.random.Generator) -> Floats:
    """Shares (n,) of single worlds around logits (n,)."""
    share = np.clip(expit(eta), _LEAST, 1.0 - _LEAST)
    if correlation <= 0.0:
        return np.asarray(share)
    strength = 1.0 / correlation - 1.0
    return np.asarray(generator.beta(share * strength, (1.0 - share) * strength))


def _score_scale(sd: float, offset: float) -> float:
    return max(float(np.hypot(sd, SCORE_PER_LOGIT * offset) / _GUMBEL), 1e-3)


def _log(months: float) -> float:
    return float(np.log(months)) if months > 0.0 else -np.inf
