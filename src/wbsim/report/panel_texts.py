"""What each measure of the decision panel means, in a line each, written once."""

from __future__ import annotations

from collections.abc import Mapping

#: By the heading of a column.
MEASURES: Mapping[str, str] = {
    "Best": "share of worlds in which the scenario is the best of all, ties shared evenly.",
    "In the lead": "yes: its mean can't be told from the best one, at 95 % confidence for all scenarios together; no: "
    "another scenario's mean is better, and not just because only so many worlds were simulated.",
    "Regret": "how much worse than the best scenario of the same world, on average: what not knowing the world costs.",
    "Regret, 9 in 10": "nine in ten worlds have less regret than this (over worlds: parameters, structure and chance).",
    "Meets": "share of worlds in which the outcome meets the threshold, which is the baseline's median.",
    "Bad end": "the level that one world in twenty falls short of; a cautious reader prefers the best of these.",
    "50 % interval": "the middle half of worlds (parameters, structure and chance), around the median.",
    "Dominance": "1st better: the worlds agree with the policy's being better for everyone who prefers more of the "
    "outcome, whatever risk they like, and speak against the reverse (tests at 5 %, one by one); 2nd: for everyone "
    "who also dislikes risk; neither: it depends on the taste for risk; undecided: too few worlds to tell.",
    "Per EUR 100 m": "mean difference for each EUR 100 m of extra money; beside it its Monte Carlo error.",
    "Pairing": "variance of the difference in the same worlds, by that between independent worlds: at 10 %, a tenth of "
    "the worlds gives the same Monte Carlo error.",
    "Interaction": "effect of a scenario minus those of its parts; above zero, the outcome is higher than the sum.",
    "On the front": "share of worlds in which no other scenario is at least as good on every goal and better on one. A "
    "scenario that costs least is always on it.",
    "Front of means": "whether the same holds for the means over worlds.",
}
FEW_WORLDS = "With fewer than ten sound worlds, lead and dominance are unknown: n/a or undecided."
CONDITIONAL = (
    "All of this is conditional on the model, its priors and these worlds; the measures may disagree, because they ask "
    "different questions."
)
