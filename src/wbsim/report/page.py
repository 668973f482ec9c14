"""The report: one HTML file that needs no other, the same bytes for the same results."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

import wbsim
from wbsim.experiments.experiment import Experiment, Table
from wbsim.experiments.learnt import what_was_learnt
from wbsim.experiments.windows import month_after_end
from wbsim.report.assumed import Assumed, assumed
from wbsim.report.draw import draw_differences, draw_forest, draw_levels
from wbsim.report.figures import svg
from wbsim.report.html import templates, write_whole
from wbsim.report.palette import BASELINE, styles
from wbsim.report.rows import OutcomeRow, outcome_rows
from wbsim.report.sections import panel
from wbsim.report.sentences import Headline, headlines
from wbsim.report.stopping import stopping_words
from wbsim.report.terminal import failed_note, rankings_note
from wbsim.report.texts import INTERVAL_NOTE, LEVEL_NOTE, PRIOR_WARNING
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES
from wbsim.tables.record import Outcome

if TYPE_CHECKING:
    from wbsim.experiments.comparison import Results

_FAN = (3.7, 2.3)
_MARGINS = {"left": 0.16, "right": 0.985, "bottom": 0.11, "top": 0.965}


@dataclass(frozen=True, slots=True)
class Card:
    """One outcome's figures."""

    record: Outcome
    levels: Markup
    differences: Markup | None
    forest: Markup | None


@dataclass(frozen=True, slots=True)
class AfterEnd:
    """A policy's figures two years after its end."""

    policy: str
    month: str
    rows: Sequence[OutcomeRow]


@dataclass(frozen=True, slots=True)
class Section:
    """Everything about one set of assumptions."""

    table: Table
    colours: Sequence[tuple[str, str]]
    headlines: Sequence[Headline]
    rows: Sequence[OutcomeRow]
    others: Sequence[OutcomeRow]
    after_end: Sequence[AfterEnd]
    cards: Sequence[Card]
    failed: str
    assumed: Assumed


def write_report(results: Results, path: Path) -> Path:
    """Write the report to `path`, whole or not at all, and return it. OSError if it can't be written."""
    return write_whole(render(results), path)


def render(results: Results) -> str:
    """The page as text. Everything that a user wrote is escaped."""
    experiment = results.experiment
    return (
        templates()
        .get_template("page.html.jinja")
        .render(
            title=_title(experiment),
            experiment=experiment,
            command=results.request.command(),
            replay=results.request.command,
            version=wbsim.__version__,
            sections=[_section(experiment, number) for number in range(len(experiment.tables))],
            interval_note=INTERVAL_NOTE if experiment.tables[0].policies else LEVEL_NOTE,
            warning=PRIOR_WARNING,
            rankings=rankings_note(experiment),
            panel=panel.build(results),
            stopping="" if experiment.stopping is None else stopping_words(experiment.stopping),
            resolved=[
                (scenario, json.dumps(scenario.resolved(), indent=2, ensure_ascii=False))
                for scenario in experiment.scenarios
            ],
        )
    )


def _title(experiment: Experiment) -> str:
    table = experiment.tables[0]
    policies = [scenario.name for scenario in experiment.scenarios[1:]]
    return f"{', '.join(policies)} compared with {table.baseline}" if policies else table.baseline


def _section(experiment: Experiment, number: int) -> Section:
    table = experiment.tables[number]
    drivers = what_was_learnt(table, experiment.seed)
    colours = [(name, colour) for name, (colour, _) in styles(table.policies).items()]
    others = [name for name in OUTCOMES if name not in HEADLINE_OUTCOMES]
    after = [
        AfterEnd(
            scenario.name,
            month,
            outcome_rows(table, (scenario.name,), drivers, experiment.measured.ends.index(month)),
        )
        for scenario in table.scenarios[1:]
        if (month := month_after_end(scenario)) is not None
    ]
    return Section(
        table,
        [(table.baseline, BASELINE), *colours],
        headlines(experiment, table),
        outcome_rows(table, table.policies, drivers),
        outcome_rows(table, table.policies, drivers, names=others),
        after,
        [_card(experiment, table, name, f"s{number + 1}-{name}") for name in HEADLINE_OUTCOMES],
        failed_note(experiment, table) if table.failed_worlds else "",
        assumed(table),
    )


def _card(experiment: Experiment, table: Table, outcome: str, name: str) -> Card:
    record = OUTCOMES[outcome]
    policies = ", ".join(table.policies)
    levels = svg(
        lambda ax: draw_levels(experiment, table, outcome, ax, labels=False),
        f"{name}-l",
        f"{record.label} over time: mean and 90 % interval of {table.baseline}"
        + (f", means of {policies}" if policies else ""),
        _FAN,
        _MARGINS,
    )
    if not policies:
        return Card(record, levels, None, None)
    differences = svg(
        lambda ax: draw_differences(experiment, table, outcome, ax, labels=False),
        f"{name}-d",
        f"{record.label} over time: change from {table.baseline}, mean and 90 % interval, for {policies}",
        _FAN,
        _MARGINS,
    )
    forest = svg(
        lambda ax: draw_forest(table, outcome, ax),
        f"{name}-f",
        f"{record.label} at the horizon: change from {table.baseline} for {policies}",
        (_FAN[0], 0.6 + 0.3 * len(table.policies)),
    )
    return Card(record, levels, differences, forest)
