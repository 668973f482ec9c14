"""Rows of the tables that a page shows, every figure already written as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wbsim.experiments.experiment import Table
from wbsim.experiments.summary import policy_difference
from wbsim.experiments.variance_from import VarianceFrom
from wbsim.report import numbers
from wbsim.report.origin_words import origins
from wbsim.statistics.paired import level
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES
from wbsim.tables.record import Outcome


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """One policy's figures on one outcome; `origins` are what its variance comes from, the largest first."""

    policy: str
    mean: str
    interval: str
    better: str
    gain: str
    harm: str
    mcse: str
    origins: tuple[str, ...]


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
    variance: VarianceFrom | None,
    window: int = 0,
    names: Sequence[str] = HEADLINE_OUTCOMES,
) -> list[OutcomeRow]:
    """Rows for the outcomes `names`, measured in one window; `variance` tells where effects come from."""
    return [_outcome_row(table, policies, variance, window, OUTCOMES[name]) for name in names]


def _outcome_row(
    table: Table, policies: Sequence[str], variance: VarianceFrom | None, window: int, record: Outcome
) -> OutcomeRow:
    base = level(table.values(table.baseline, record.name, window))
    return OutcomeRow(
        record,
        numbers.typographic(numbers.value(record, base.mean)),
        numbers.typographic(numbers.interval(record, base.q05, base.q95)),
        numbers.error(record, base.mcse),
        tuple(_policy_row(table, policy, variance, window, record) for policy in policies),
    )


def _policy_row(
    table: Table, policy: str, variance: VarianceFrom | None, window: int, record: Outcome
) -> PolicyRow:
    figures = policy_difference(table, policy, record.name, window)
    return PolicyRow(
        policy,
        numbers.typographic(numbers.change(record, figures.mean)),
        numbers.typographic(numbers.change_interval(record, figures.q05, figures.q95)),
        numbers.percent(figures.p_better),
        numbers.percent(figures.p_practical_better),
        numbers.percent(figures.p_practical_worse),
        numbers.error(record, figures.mcse),
        origins(variance, table, policy, record.name, window),
    )
