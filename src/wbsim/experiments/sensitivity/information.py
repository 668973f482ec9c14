"""What is worth knowing before the choice: each uncertain number, and each survey question asked again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wbsim.experiments.drivers import label_of
from wbsim.experiments.sensitivity.analysis import ROUNDING, Analysis, Row, varies
from wbsim.experiments.sensitivity.given import Given
from wbsim.experiments.sensitivity.questions import Asked, asked_again, not_possible, simulated_answers
from wbsim.statistics.information import Worth, best, partial, perfect, same_everywhere, sample
from wbsim.statistics.paired import monte_carlo_error
from wbsim.tables.outcomes import OUTCOMES

Values = NDArray[np.float64]

CHOICE = "choice"
NEVER_CHANGES = (
    "one choice is best in every world, so nothing that could be known would change it: the value is 0"
)


def analyse_information(
    given: Given, outcomes: Sequence[str], respondents: int, workers: int | None
) -> list[Analysis]:
    """The value of information for the choice between the baseline and all policies, on each outcome by itself."""
    baseline = given.scenarios[0]
    why_not, asked, answers = not_possible(baseline), tuple[Asked, ...](), list[Values]()
    if not why_not:
        posterior = baseline.assumptions.posterior
        assert posterior is not None
        asked, catalogue = asked_again(Path(posterior.path), respondents)
        found = simulated_answers(baseline, asked, catalogue, len(given.sound), given.seed, workers)
        why_not = "some worlds gave no answers" if found is None else ""
        answers = [] if found is None else [each[given.sound] for each in found]
        asked = asked if answers else ()
    return [_outcome(given, outcome, asked, answers, why_not, respondents) for outcome in outcomes]


def _outcome(
    given: Given,
    outcome: str,
    asked: Sequence[Asked],
    answers: Sequence[Values],
    why_not: str,
    respondents: int,
) -> Analysis:
    sign = 1.0 if OUTCOMES[outcome].better == "higher" else -1.0
    policies = [each.name for each in given.scenarios[1:]]
    benefits = sign * np.stack([_benefit(given, n + 1, outcome) for n in range(len(policies))], axis=1)
    chosen = best(benefits)
    gain = None if chosen < 0 else float(benefits[:, chosen].mean())
    facts: dict[str, Any] = {
        **given.facts,
        "choices": [given.scenarios[0].name, *policies],
        "best_without_knowing_more": given.scenarios[0].name if chosen < 0 else policies[chosen],
        "its_mean_gain": gain,
        "its_mean_gain_error": None if chosen < 0 else monte_carlo_error(benefits[:, chosen]),
        "everything_known": perfect(benefits),
        "respondents_in_each_state": respondents,
        "questions_left_out": why_not,
    }
    unit = OUTCOMES[outcome].unit
    if same_everywhere(benefits):
        return Analysis("information", outcome, "", CHOICE, unit, (), facts, NEVER_CHANGES)
    rows = _rows(
        "question",
        [(each.id, each.wording, f"asked in {', '.join(each.states)}") for each in asked],
        sample(answers, benefits, given.seed) if answers else None,
    )
    rows += _rows(
        "number",
        [(each.key, label_of(each), each.origin) for each in given.numbers],
        partial(given.values, benefits, given.seed),
    )
    return Analysis("information", outcome, "", CHOICE, unit, tuple(rows), facts)


def _benefit(given: Given, policy: int, outcome: str) -> Values:
    """The paired difference (worlds,) in the first course of chance; what is rounding only is taken for its mean."""
    found: Values = given.target(policy, outcome, "difference")[0]
    if varies(found, outcome):
        return found
    mean = float(found.mean())
    return np.full(found.size, mean if abs(mean) > ROUNDING * OUTCOMES[outcome].margin else 0.0)


def _rows(kind: str, names: Sequence[tuple[str, str, str]], worth: Worth | None) -> list[Row]:
    """Rows of one kind, the most valuable first."""
    if worth is None:
        return []
    return [
        {
            "kind": kind,
            "factor": names[n][0],
            "label": names[n][1],
            "origin": names[n][2],
            "value": float(worth.value[n]),
            "standard_error": float(worth.error[n]),
            "by_chance": float(worth.chance[n]),
        }
        for n in np.argsort(-worth.value, kind="stable")
    ]
