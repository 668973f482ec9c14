"""What each policy changes by the horizon, in one sentence each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wbsim.experiments.comparison import Comparison
from wbsim.experiments.summary import policy_difference
from wbsim.report.palette import styles
from wbsim.report.sections.part import for_each, label_of, name_of
from wbsim.report.sentences import Headline, headlines
from wbsim.report.shown import Shown
from wbsim.report.structure_words import mattering
from wbsim.report.terminal import failed_note, rankings_note
from wbsim.report.texts import PRIOR_WARNING
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES

if TYPE_CHECKING:
    from wbsim.experiments.comparison import Results

_COLUMNS = ("policy", "outcome", "unit", "mean change", "5 %", "95 %", "better", "gain", "harm")
ONE_WORLD = "One world shows one course of events: it has no Monte Carlo error and no chances."


@dataclass(frozen=True, slots=True)
class Said:
    """Sentences about one set of assumptions; `colours`, and `structures` (where a choice matters), by policy."""

    label: str
    headlines: tuple[Headline, ...]
    colours: dict[str, str]
    structures: dict[str, list[str]]
    failed: str
    name: str


@dataclass(frozen=True, slots=True)
class Short:
    """The headline: what is said of each set, and what must be kept in mind."""

    parts: tuple[Said, ...]
    warnings: tuple[str, ...]
    baseline: str


def build(results: Results) -> Short | None:
    """The headline of `results`; for a single scenario only what must be kept in mind."""
    experiment = results.experiment
    table = experiment.tables[0]
    warnings = [PRIOR_WARNING] if table.policies else []
    warnings += rankings_note(experiment)
    if experiment.worlds == 1:
        warnings.append(ONE_WORLD)
    parts = for_each(results, lambda number: _said(results, number))
    if not table.policies and not warnings and not any(part.failed for part in parts):
        return None
    return Short(parts, tuple(warnings), table.baseline)


def _said(results: Results, number: int) -> Said:
    table = results.experiment.tables[number]
    return Said(
        label_of(results, number),
        tuple(headlines(results.experiment, table)),
        {policy: colour for policy, (colour, _) in styles(table.policies).items()},
        _structures(results, number),
        failed_note(results.experiment, table) if table.failed_worlds else "",
        name_of("headline", number),
    )


def _structures(results: Results, number: int) -> dict[str, list[str]]:
    if not isinstance(results, Comparison):
        return {}
    found = results.structures(number + 1)
    return {policy: mattering(found, policy) for policy in found.policies}


def shown(results: Results) -> tuple[Shown, ...]:
    """The differences that the sentences are made of."""
    if not results.experiment.tables[0].policies:
        return ()
    return for_each(results, lambda number: _shown(results, number))


def _shown(results: Results, number: int) -> Shown:
    table = results.experiment.tables[number]
    rows = []
    for policy in table.policies:
        for name in HEADLINE_OUTCOMES:
            found = policy_difference(table, policy, name)
            rows.append(
                (
                    policy,
                    OUTCOMES[name].label,
                    OUTCOMES[name].unit,
                    found.mean,
                    found.q05,
                    found.q95,
                    found.p_better,
                    found.p_practical_better,
                    found.p_practical_worse,
                )
            )
    title = f"What each policy changes from {table.baseline} by {results.experiment.horizon}, {table.label}"
    note = (
        "5 % and 95 %: ends of the interval over worlds (parameters, structure and chance). "
        "Better, gain, harm: shares."
    )
    return Shown(name_of("headline", number), title, _COLUMNS, tuple(rows), note)
