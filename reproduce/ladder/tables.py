"""The ladder as the audit shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot

from reproduce.ladder.step import Effect, Step
from wbsim.documents.markdown import code, table
from wbsim.report.numbers import change, error, percent
from wbsim.statistics.paired import CLEAR
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES


def ladder_tables(steps: Sequence[Step], outcomes: Sequence[str] = HEADLINE_OUTCOMES) -> str:
    """The steps with their reasons, a table of effects on `outcomes` for each policy, and a sentence for each step that
    moved one of any."""
    if not steps:
        return "No step has been recorded."
    parts = [_reasons(steps)]
    policies = dict.fromkeys(name for step in steps for name in step.policies)
    parts.extend(_effects(steps, policy, outcomes) for policy in policies)
    parts.append(_moves(steps))
    return "\n\n".join(parts)


def _reasons(steps: Sequence[Step]) -> str:
    rows = (
        (number, step.label, step.why, step.evidence, code(step.commit)) for number, step in enumerate(steps)
    )
    return table(("Step", "Change", "Why", "Evidence", "Commit"), rows)


def _effects(steps: Sequence[Step], policy: str, shown: Sequence[str]) -> str:
    outcomes = [name for name in shown if any(step.effect(policy, name) for step in steps)]
    head = (f"{policy}: step", *(f"{OUTCOMES[name].label} ({OUTCOMES[name].unit})" for name in outcomes))
    rows = [
        (f"{number} {step.label}", *(_cell(step.effect(policy, name)) for name in outcomes))
        for number, step in enumerate(steps)
    ]
    return table(head, rows)


def _cell(effect: Effect | None) -> str:
    """Mean difference, Monte Carlo error and the share of worlds in which the policy does better."""
    if effect is None or effect.mean is None:
        return "-"
    outcome = OUTCOMES[effect.outcome]
    return f"{change(outcome, effect.mean)} ± {error(outcome, effect.mcse)}; {percent(effect.better)}"


def _moves(steps: Sequence[Step]) -> str:
    """A line for each step after the first: the effects that it moved beyond chance."""
    lines = []
    for number, (before, after) in enumerate(pairwise(steps), start=1):
        moved = "; ".join(_moved(before, after)) or "no effect beyond what chance would"
        lines.append(f"- Step {number} ({after.label}) moved: {moved}.")
    return "\n".join(lines) or "So far there is no step but the first."


def _moved(before: Step, after: Step) -> Iterator[str]:
    for effect in after.effects:
        was = before.effect(effect.policy, effect.outcome)
        if was is not None and effect.outcome in OUTCOMES and is_moved(was, effect):
            outcome = OUTCOMES[effect.outcome]
            words = f"{change(outcome, was.mean)} to {change(outcome, effect.mean)}"
            yield f"{effect.policy} on {outcome.label} from {words}"


def is_moved(was: Effect, now: Effect) -> bool:
    """Whether two means differ by more than two Monte Carlo errors, taken as if the worlds were not the same."""
    if was.mean is None or now.mean is None or was.mcse is None or now.mcse is None:
        return False
    noise = hypot(was.mcse, now.mcse)
    return abs(now.mean - was.mean) > CLEAR * noise
