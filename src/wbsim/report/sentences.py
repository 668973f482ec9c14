"""What a policy changes, in words."""

from __future__ import annotations

from dataclasses import dataclass

from wbsim.experiments.experiment import Experiment, Table
from wbsim.experiments.statistics import Difference
from wbsim.experiments.summary import policy_difference
from wbsim.report import numbers
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES

#: The outcome that the first sentence is about.
LEADING = "cooperation"
#: A policy is called likely better, or likely worse, from this share of worlds on.
LIKELY = 2 / 3


@dataclass(frozen=True, slots=True)
class Headline:
    """One policy in two sentences: on the leading outcome, and on all headline outcomes."""

    policy: str
    lead: str
    rest: str


def headlines(experiment: Experiment, table: Table) -> list[Headline]:
    """A headline for each policy of `table`."""
    return [
        Headline(policy, _lead(experiment, table, policy), _rest(table, policy)) for policy in table.policies
    ]


def _lead(experiment: Experiment, table: Table, policy: str) -> str:
    record = OUTCOMES[LEADING]
    figures = policy_difference(table, policy, LEADING)
    if figures.mean is None or figures.p_better is None:
        return f"No world finished under all scenarios, so nothing can be said about {policy}."
    when = f"by {numbers.month_words(experiment.horizon)}"
    subject = f"the {record.label.lower()}"
    if _nothing(figures):
        return (
            f"{policy} makes no difference to {subject}: all worlds are the same as under {table.baseline}."
        )
    verb = "raises" if figures.mean > 0 else "lowers"
    size = numbers.value(record, abs(figures.mean))
    if int(table.sound.sum()) == 1:
        return f"In the one world simulated, {policy} {verb} {subject} by {size} {when}."
    span = numbers.change_interval(record, figures.q05, figures.q95)
    text = (
        f"{policy} {verb} {subject} by {size} on average {when} (90 % of worlds: {span}). It is better than "
        f"{table.baseline} in {numbers.percent(figures.p_better)} of worlds, and does harm of practical size "
        f"in {numbers.percent(figures.p_practical_worse)}."
    )
    return numbers.typographic(text)


def _rest(table: Table, policy: str) -> str:
    chances = {
        name: figures.p_better
        for name in HEADLINE_OUTCOMES
        if (figures := policy_difference(table, policy, name)).p_better is not None
    }
    if int(table.sound.sum()) < 2:
        return ""
    better = [OUTCOMES[name].label.lower() for name, chance in chances.items() if chance >= LIKELY]
    worse = [OUTCOMES[name].label.lower() for name, chance in chances.items() if chance <= 1 - LIKELY]
    open_count = len(chances) - len(better) - len(worse)
    parts = [
        f"likely better (two worlds in three or more) on {_listed(better)}" if better else "",
        f"likely worse on {_listed(worse)}" if worse else "",
        f"it may go either way on {open_count}" if open_count else "",
    ]
    said = [part for part in parts if part]
    return f"Of {len(chances)} headline outcomes: {'; '.join(said)}."


def _nothing(figures: Difference) -> bool:
    return figures.mean == figures.q05 == figures.q95 == 0


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
