"""Rows of the tables that a page shows, every figure already written as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wbsim.experiments.experiment import Table
from wbsim.experiments.summary import Taught, data_share, no_difference, policy_difference
from wbsim.report import numbers
from wbsim.statistics.paired import level
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES
from wbsim.tables.record import Outcome


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """One policy's figures on one outcome."""

    policy: str
    mean: str
    interval: str
    better: str
    gain: str
    harm: str
    mcse: str
    driver: str


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One outcome: the baseline's level, and a row for each policy."""

    record: Outcome
    mean: str
    interval: str
    mcse: str
    policies: tuple[PolicyRow, ...]


def outcome_rows(
    table: Table,
    policies: Sequence[str],
    drivers: Taught,
    window: int = 0,
    names: Sequence[str] = HEADLINE_OUTCOMES,
) -> list[OutcomeRow]:
    """Rows for the outcomes `names`, measured in one window; `drivers` tells what effects hang on."""
    return [_outcome_row(table, policies, drivers, window, OUTCOMES[name]) for name in names]


def _outcome_row(
    table: Table, policies: Sequence[str], drivers: Taught, window: int, record: Outcome
) -> OutcomeRow:
    base = level(table.values(table.baseline, record.name, window))
    return OutcomeRow(
        record,
        numbers.typographic(numbers.value(record, base.mean)),
        numbers.typographic(numbers.interval(record, base.q05, base.q95)),
        numbers.error(record, base.mcse),
        tuple(_policy_row(table, policy, drivers, window, record) for policy in policies),
    )


def _policy_row(table: Table, policy: str, drivers: Taught, window: int, record: Outcome) -> PolicyRow:
    figures = policy_difference(table, policy, record.name, window)
    return PolicyRow(
        policy,
        numbers.typographic(numbers.change(record, figures.mean)),
        numbers.typographic(numbers.change_interval(record, figures.q05, figures.q95)),
        numbers.percent(figures.p_better),
        numbers.percent(figures.p_practical_better),
        numbers.percent(figures.p_practical_worse),
        numbers.error(record, figures.mcse),
        driver_of(table, policy, record.name, drivers, window),
    )


def driver_of(table: Table, policy: str, outcome: str, drivers: Taught, window: int = 0) -> str:
    """Whether prior or data drive an effect; a hyphen where there is none."""
    if no_difference(table, policy, outcome, window):
        return "-"
    return numbers.driver(data_share(table, policy, outcome, drivers, window))
