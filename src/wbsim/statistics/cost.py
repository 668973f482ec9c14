"""What a policy changes for its money."""

from __future__ import annotations

from dataclasses import dataclass

from wbsim.statistics.paired import Values, monte_carlo_error

#: Money that effects are stated for, in EUR m.
AMOUNT = 100.0
#: Standard errors that the mean extra money must be from nil: then a ratio of means has a usable error (Fieller 1954).
CLEAR = 3.0


@dataclass(frozen=True, slots=True)
class PerMoney:
    """Mean difference of an outcome per EUR 100 m of mean extra money, with its Monte Carlo standard error.

    `per_100m` is None where it is undefined, and then `reason` says why. `extra_money` is the mean in EUR m.
    """

    extra_money: float
    per_100m: float | None
    mcse: float | None
    reason: str


def per_money(difference: Values, extra_money: Values, least: float) -> PerMoney | None:
    """Ratio of the means of `difference` and `extra_money` (EUR m), both (worlds,); None without worlds.

    A ratio of means, not a mean of ratios, which one world with hardly any extra money would decide. Undefined where
    the mean extra money is less than `least`, or not clearly above nil.
    """
    if difference.size == 0:
        return None
    mean = float(extra_money.mean())
    error = monte_carlo_error(extra_money)
    if mean <= -least:
        return PerMoney(mean, None, None, "costs less than the baseline")
    if mean < least:
        return PerMoney(mean, None, None, f"extra money is about nil (below EUR {least:g} m)")
    if error is not None and mean < CLEAR * error:
        return PerMoney(mean, None, None, "extra money is not clearly above nil in so few worlds")
    ratio = float(difference.mean()) / mean
    # The delta method: the ratio's error is that of the mean of (difference - ratio x money), by the mean of money.
    spread = monte_carlo_error(difference - ratio * extra_money)
    return PerMoney(mean, AMOUNT * ratio, None if spread is None else AMOUNT * spread / mean, "")
