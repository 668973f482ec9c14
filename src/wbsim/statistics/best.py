"""Which scenario is best: in how many worlds, and which can't be told from the best on the mean."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wbsim.statistics.bootstrap import LEAST_WORLDS, oriented
from wbsim.statistics.intervals import CONFIDENCE
from wbsim.statistics.paired import Better, Values


def best_shares(values: Values, better: Better) -> tuple[float, ...] | None:
    """Share of worlds in which each of the (scenarios, worlds) is best; n scenarios that tie count 1/n each.

    The shares sum to one. None without worlds.
    """
    if values.shape[1] == 0:
        return None
    good = oriented(values, better)
    first = good == good.max(axis=0)
    return tuple((first / first.sum(axis=0)).mean(axis=1).tolist())


def may_be_best(
    values: Values, better: Better, sampled: NDArray[np.float64], confidence: float = CONFIDENCE
) -> tuple[bool, ...] | None:
    """Which of the (scenarios, worlds) can't be told from the best on the mean over all possible worlds.

    Comparisons with the best (Hsu 1981): scenario s is out if some other's mean is higher by more than c(s) standard
    errors of their paired difference, where c(s) is the `confidence` quantile, over bootstrap samples of worlds, of
    the largest of all the others' centred differences from s (the max-type bootstrap, which knows how they hang
    together). So the one with the best mean over all worlds is among those that remain with that confidence,
    whichever it is. `sampled` are the means in each sample, (resamples, scenarios), see `bootstrap.resampled_means`.
    None with fewer than ten worlds. The scenario with the best mean so far always remains.
    """
    good = oriented(values, better)
    scenarios, worlds = good.shape
    if worlds < LEAST_WORLDS:
        return None
    means = good.mean(axis=1)
    turned = oriented(sampled, better)
    return tuple(
        _remains(number, good, means, turned, confidence) if scenarios > 1 else True
        for number in range(scenarios)
    )


def _remains(
    number: int, good: Values, means: Values, sampled: NDArray[np.float64], confidence: float
) -> bool:
    others = np.arange(len(good)) != number
    lead = (means - means[number])[others]
    error = (good - good[number])[others].std(axis=1, ddof=1) / np.sqrt(good.shape[1])
    # Without any spread between worlds the lead is known exactly: no sampling could change its sign.
    if np.any((error == 0) & (lead > 0)):
        return False
    known = error > 0
    if not known.any():
        return True
    shifted = (sampled[:, others] - sampled[:, [number]] - lead)[:, known] / error[known]
    critical = np.quantile(shifted.max(axis=1), confidence, method="higher")
    return bool((lead[known] / error[known]).max() <= critical)
