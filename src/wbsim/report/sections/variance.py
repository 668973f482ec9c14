"""Where the variance of each effect comes from: parameters by grade of evidence, and chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wbsim.experiments.comparison import Comparison
from wbsim.experiments.variance_from import Split, VarianceFrom
from wbsim.report.grid import Grid, Group, Line
from wbsim.report.origin_words import counted_words, effect_words, reason_words, share_words, where_from
from wbsim.report.sections.part import Part, Parts, shown_of
from wbsim.report.shown import Shown
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES

if TYPE_CHECKING:
    from wbsim.experiments.comparison import Results

NOTE = (
    "The comparison's first worlds are simulated again with one group of inputs after another drawn anew: parameters "
    "by the evidence behind them, and the course of events. A share is what a group adds to the variance of an effect "
    "over worlds, averaged over an order of the groups and its reverse, so that two groups that work together share "
    "fairly. The shares of an effect sum to 100 %; one near nil may come out below it. Errors are Monte Carlo "
    "standard errors: they come from the number of worlds. Shares say where evidence would narrow an effect, not "
    "whether the model is right."
)
COLUMNS = ("policy", "outcome", "unit", "variance", "group", "share", "Monte Carlo error", "why none")
#: Sentences for each policy: of the effects that have the largest clear shares.
_MOST_SAID = 2


def build(results: Results) -> Parts | None:
    """The section; None where the runs were not made."""
    variance = results.variance_from if isinstance(results, Comparison) else None
    if variance is None:
        return None
    tables = results.experiment.tables
    table = next((each for each in tables if each.label == variance.assumptions), tables[0])
    text = (f"{counted_words(variance)} {where_from(variance)}", *_said(variance))
    return Parts(_heading(variance), (Part("", 3, table, (_grid(variance),), (), text),), NOTE)


def shown(results: Results) -> tuple[Shown, ...]:
    """The shares of all outcomes; none where the runs were not made."""
    return shown_of(build(results))


def _heading(variance: VarianceFrom) -> str:
    """The heading, with the group that is most often the largest clear origin of a headline effect."""
    first = [
        split.leading[0]
        for outcomes in variance.policies.values()
        for name, split in outcomes.items()
        if name in HEADLINE_OUTCOMES and split.leading
    ]
    if not first:
        return "Where do the effects' differences come from?"
    most = max(variance.groups, key=lambda group: first.count(group.name))
    return f"Where do the effects' differences come from? Most often from {most.what}"


def _said(variance: VarianceFrom) -> list[str]:
    said = []
    for policy, outcomes in variance.policies.items():
        clear = [name for name in HEADLINE_OUTCOMES if outcomes[name].leading]
        clear.sort(key=lambda name: -_largest(outcomes[name]))
        said += [effect_words(policy, name, outcomes[name], variance) for name in clear[:_MOST_SAID]]
    return said


def _largest(split: Split) -> float:
    return split.shares[split.leading[0]].share


def _grid(variance: VarianceFrom) -> Grid:
    groups = tuple(
        Group(tuple(_line(variance, policy, name) for policy in variance.policies), OUTCOMES[name].label)
        for name in HEADLINE_OUTCOMES
    )
    title = f"Shares of each effect's variance by where it comes from, {variance.assumptions}"
    data = Shown("variance", title, COLUMNS, _rows(variance), NOTE)
    return Grid(("Policy", *(group.label for group in variance.groups)), groups, data)


def _line(variance: VarianceFrom, policy: str, outcome: str) -> Line:
    split = variance.policies[policy][outcome]
    if split.reason:
        return (policy, reason_words(split), *("-",) * (len(variance.groups) - 1))
    return (policy, *(share_words(split.shares[group.name]) for group in variance.groups))


def _rows(variance: VarianceFrom) -> tuple[tuple[str | float | int | None, ...], ...]:
    rows: list[tuple[str | float | int | None, ...]] = []
    for policy, outcomes in variance.policies.items():
        for name, split in outcomes.items():
            head = (policy, OUTCOMES[name].label, OUTCOMES[name].unit, split.variance)
            if split.reason:
                rows.append((*head, None, None, None, split.reason))
            rows += [(*head, group, each.share, each.mcse, None) for group, each in split.shares.items()]
    return tuple(rows)
