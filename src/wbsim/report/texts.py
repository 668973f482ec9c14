"""Sentences that every table and page must carry, written once."""

LEVEL_NOTE = (
    "90 % interval: nine in ten worlds lie inside; it holds what we don't know (parameters, and which of several rules "
    "holds where evidence does not decide: structure) and what chance may do, and doesn't shrink with more worlds. MC "
    "error: the standard error of the mean that comes from the number of worlds; it does."
)
INTERVAL_NOTE = (
    f"{LEVEL_NOTE} Better: share of worlds in which the policy is better than the baseline in the same "
    "world. Harm: share in which it is worse by more than the margin of practical relevance."
)
SHARES_NOTE = (
    "Better: share of worlds with any gain, ties counted half. Gain, within, harm: better by more than the "
    "margin, within the margin, worse by more than it."
)
ORIGIN_NOTE = (
    "Variance from: what makes an effect differ between worlds. Parameters by the evidence behind them: region, "
    "measured among the six; elsewhere; analogy; assumed, for which nothing was found. Chance: the course of events. "
    "Named are shares of the variance that are beyond two of their Monte Carlo errors, the largest first."
)
PRIOR_WARNING = (
    "Read with care: the surveys identify levels, hardly any rate of change, so the intervals are wide for a reason, "
    "and an effect is conditional on the model; it is no forecast."
)
