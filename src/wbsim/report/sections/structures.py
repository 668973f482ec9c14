"""What each effect is under each structure that worlds drew, and how much of its variance lies between structures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wbsim.experiments.by_structure import ByStructure, ChoiceEffect, OutcomeByStructure
from wbsim.experiments.comparison import Comparison
from wbsim.report import numbers
from wbsim.report.grid import Grid, Group, Line
from wbsim.report.sections.part import Part, Parts, for_each, label_of, name_of, shown_of
from wbsim.report.shown import Shown
from wbsim.report.structure_tables import share_text
from wbsim.report.structure_words import NOTE, sentences
from wbsim.tables.outcomes import OUTCOMES
from wbsim.tables.structures import STRUCTURES

if TYPE_CHECKING:
    from wbsim.experiments.comparison import Results

_CHOICES = ("policy", "outcome", "unit", "alternative", "choice", "weight", "worlds", "worlds better", "worlds worse",
            "mean", "q05", "q95", "share better", "share gain", "share harm", "MC error", "verdict")  # fmt: skip
_SHARES = ("policy", "outcome", "share between structures", "MC error", "alternative", "verdict", "highest under",
           "lowest under", "apart", "MC error of apart")  # fmt: skip

Row = tuple[str | float | int | None, ...]


def build(results: Results) -> Parts | None:
    """Effects by structure, for each set of assumptions; None for a single scenario."""
    if not isinstance(results, Comparison) or not results.experiment.tables[0].policies:
        return None
    parts = for_each(results, lambda number: _part(results, number))
    return Parts(_heading(results.structures()), parts, NOTE)


def shown(results: Results) -> tuple[Shown, ...]:
    """The shares of variance, and the effect under every choice."""
    return shown_of(build(results))


def _heading(found: ByStructure) -> str:
    question = "Under which structure does a policy work?"
    if found.note:
        return question
    mattering = sum(
        any(each.verdict == "matters" for each in outcome.structures.values())
        for outcomes in found.policies.values()
        for outcome in outcomes.values()
    )
    every = sum(len(outcomes) for outcomes in found.policies.values())
    return f"{question} It matters for {mattering} of {every} effects"


def _part(results: Comparison, number: int) -> Part:
    table, found = results.experiment.tables[number], results.structures(number + 1)
    label = label_of(results, number)
    heading = 4 if label else 3
    if found.note:
        return Part(label, heading, table, text=(found.note,))
    fixed = [f"{STRUCTURES[name].label}: all worlds have {choice}." for name, choice in found.fixed.items()]
    text = (*sentences(found), *(f"{line[0].upper()}{line[1:]}" for line in fixed))
    return Part(label, heading, table, (_shares(found, number), _choices(found, number)), text=text)


def _shares(found: ByStructure, number: int) -> Grid:
    rows = tuple(row for policy in found.policies for row in _share_rows(found, policy))
    groups = tuple(
        Group(tuple(_share_line(name, each) for name, each in outcomes.items()), policy)
        for policy, outcomes in found.policies.items()
    )
    data = Shown(
        name_of("structures-share", number), "Variance of effects between structures", _SHARES, rows, NOTE
    )
    return Grid(("Effect on", "Share between structures", "Choices that matter"), groups, data, words=True)


def _share_rows(found: ByStructure, policy: str) -> Iterator[Row]:
    for name, outcome in found.policies[policy].items():
        head = (policy, name, outcome.share, outcome.mcse)
        if not outcome.structures:
            yield (*head, *(None,) * (len(_SHARES) - len(head)))
        for key, each in outcome.structures.items():
            widest = each.widest
            ends = (None,) * 4 if widest is None else (widest.high, widest.low, widest.apart, widest.mcse)
            yield (*head, key, each.verdict, *ends)


def _share_line(name: str, found: OutcomeByStructure) -> Line:
    record = OUTCOMES[name]
    told = []
    for key, each in found.structures.items():
        if each.verdict == "unsure":
            told.append(f"{STRUCTURES[key].label}: so many worlds cannot tell")
        elif each.verdict == "matters" and each.widest is not None:
            widest = each.widest
            told.append(
                f"{STRUCTURES[key].label}: {numbers.value(record, widest.apart)} higher under {widest.high} than "
                f"under {widest.low} (MC error {numbers.error(record, widest.mcse)})"
            )
    nothing = "none" if found.structures else "no alternative bears on it"
    return record.label, share_text(found), "; ".join(told) or nothing


def _choices(found: ByStructure, number: int) -> Grid:
    rows = tuple(
        _choice_row(policy, name, key, choice, one, each.verdict)
        for policy, outcomes in found.policies.items()
        for name, outcome in outcomes.items()
        for key, each in outcome.structures.items()
        for choice, one in each.choices.items()
    )
    groups = tuple(
        Group(tuple(line for name, each in outcomes.items() for line in _choice_lines(name, each)), policy)
        for policy, outcomes in found.policies.items()
    )
    headings = ("Effect on", "Choice", "Worlds", "Mean", "90 % interval", "Better", "Harm", "MC error")
    data = Shown(
        name_of("structures", number), "Effects under each choice of structure", _CHOICES, rows, NOTE
    )
    return Grid(headings, groups, data)


def _choice_row(policy: str, name: str, key: str, choice: str, one: ChoiceEffect, verdict: str) -> Row:
    figures = one.difference
    return (
        policy, name, OUTCOMES[name].unit, key, choice, one.weight, one.worlds, one.better, one.worse, figures.mean,
        figures.q05, figures.q95, figures.p_better, figures.p_practical_better, figures.p_practical_worse,
        figures.mcse, verdict,
    )  # fmt: skip


def _choice_lines(name: str, found: OutcomeByStructure) -> Iterator[Line]:
    record = OUTCOMES[name]
    for key, each in found.structures.items():
        for choice, one in each.choices.items():
            figures = one.difference
            yield (
                record.label,
                f"{key} = {choice}",
                f"{one.worlds:,}",
                numbers.typographic(numbers.change(record, figures.mean)),
                numbers.typographic(numbers.change_interval(record, figures.q05, figures.q95)),
                numbers.percent(figures.p_better),
                numbers.percent(figures.p_practical_worse),
                numbers.error(record, figures.mcse),
            )
