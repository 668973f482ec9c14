"""What a policy changes, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wbsim.experiments.experiment import Experiment, Table
from wbsim.experiments.summary import policy_difference
from wbsim.report import numbers
from wbsim.statistics.paired import Difference
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES

#: The outcome that the first sentence is about.
LEADING = "cooperation"
#: More worlds than this share are most worlds.
MOST = 0.5


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
    size = numbers.value(record, abs(figures.mean))
    verb = "raises" if figures.mean > 0 else "lowers"
    if int(table.sound.sum()) == 1:
        return f"In the one world simulated, {policy} {verb} {subject} by {size} {when}."
    span = numbers.change_interval(record, figures.q05, figures.q95)
    hardly = numbers.change(record, figures.mean) == numbers.change(record, 0.0)
    effect = f"hardly changes {subject} on average" if hardly else f"{verb} {subject} by {size} on average"
    small = "" if hardly or abs(figures.mean) > record.margin else f", within the margin of {record.margin:g}"
    text = (
        f"{policy} {effect} {when}{small} (90 % of worlds: {span}). It is better than {table.baseline} in "
        f"{numbers.percent(figures.p_better)} of worlds, and does harm of practical size in "
        f"{numbers.percent(figures.p_practical_worse)}."
    )
    return numbers.typographic(text)


def _rest(table: Table, policy: str) -> str:
    """On which headline outcomes most worlds gain or lose by more than the margin, with their shares."""
    if int(table.sound.sum()) < 2:
        return ""
    gains, harms = list[str](), list[str]()
    for name in HEADLINE_OUTCOMES:
        figures = policy_difference(table, policy, name)
        label = OUTCOMES[name].label[0].lower() + OUTCOMES[name].label[1:]
        for chosen, chance in ((gains, figures.p_practical_better), (harms, figures.p_practical_worse)):
            if chance is not None and chance > MOST:
                chosen.append(f"{label} ({numbers.percent(chance)})")
    rest = len(HEADLINE_OUTCOMES) - len(gains) - len(harms)
    return (
        f"Of {len(HEADLINE_OUTCOMES)} headline outcomes, most worlds gain by more than the margin of "
        f"practical relevance on {_listed(gains)}, and lose by more than it on {_listed(harms)}; "
        f"on the other {rest} neither."
    )


def _nothing(figures: Difference) -> bool:
    return figures.mean == figures.q05 == figures.q95 == 0


def _listed(names: list[str]) -> str:
    if not names:
        return "none"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def finding(table: Table, outcome: str) -> str:
    """One outcome in a line: under which policies most worlds gain or lose by more than the margin."""
    record = OUTCOMES[outcome]
    found = {policy: policy_difference(table, policy, outcome) for policy in table.policies}
    gained = [name for name, each in found.items() if (each.p_practical_better or 0.0) > MOST]
    lost = [name for name, each in found.items() if (each.p_practical_worse or 0.0) > MOST]
    if not table.sound.any():
        return f"{record.label}: no world finished under all scenarios"
    if not gained and not lost:
        return f"{record.label}: no policy makes a practical difference in most worlds"
    parts = [f"better under {_listed(gained)}"] if gained else []
    parts += [f"worse under {_listed(lost)}"] if lost else []
    return f"{record.label}: in most worlds {' and '.join(parts)}"


def overview(table: Table, outcomes: Sequence[str], what: str) -> str:
    """On which of `outcomes`, called `what`, most worlds gain or lose by more than the margin, under which policies."""
    worlds = int(table.sound.sum())
    if not worlds:
        return "No world finished under all scenarios, so nothing can be said."
    if worlds == 1:
        return "In one world there are differences, but no shares of worlds."
    found = {
        name: {policy: policy_difference(table, policy, name) for policy in table.policies}
        for name in outcomes
    }
    if all(_nothing(each) for of in found.values() for each in of.values()):
        return f"No difference: on all {len(outcomes)} {what}, every world is the same as under {table.baseline}."
    lines = []
    for name, of in found.items():
        better = [policy for policy, each in of.items() if (each.p_practical_better or 0.0) > MOST]
        worse = [policy for policy, each in of.items() if (each.p_practical_worse or 0.0) > MOST]
        parts = [f"better under {_listed(better)}"] * bool(better) + [f"worse under {_listed(worse)}"] * bool(
            worse
        )
        label = OUTCOMES[name].label[0].lower() + OUTCOMES[name].label[1:]
        lines += [f"{label} ({' and '.join(parts)})"] * bool(parts)
    if not lines:
        return f"On none of {len(outcomes)} {what} do most worlds differ by more than the margin."
    return (
        f"On {len(lines)} of {len(outcomes)} {what} more than half of worlds differ by more than the margin of "
        f"practical relevance: {'; '.join(lines)}."
    )
