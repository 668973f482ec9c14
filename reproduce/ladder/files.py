"""The ladder as it is kept: a table of steps, and a table of what each policy did after each step."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import fields
from io import StringIO
from pathlib import Path

from reproduce.ladder.step import Effect, Step
from wbsim.errors import InputError, Problem
from wbsim.instruments.csvtext import Row, Table, read_table
from wbsim.scenario.resolve import found_path

STEPS, EFFECTS = "ladder.csv", "ladder-effects.csv"
_STEP_COLUMNS = tuple(item.name for item in fields(Step) if item.name != "effects")
_EFFECT_COLUMNS = ("label", *(item.name for item in fields(Effect)))


def read_ladder(folder: Path) -> tuple[Step, ...]:
    """The steps that `folder` keeps, in order; none where it keeps no ladder. InputError with all that is wrong."""
    if not (folder / STEPS).exists():
        return ()
    steps = read_table(found_path(folder / STEPS, STEPS), _STEP_COLUMNS)
    effects = read_table(found_path(folder / EFFECTS, EFFECTS), _EFFECT_COLUMNS)
    read = [_read_step(steps, row) for row in steps.rows]
    labels = [label for label, _ in read]
    for row in effects.rows:
        if row["label"] not in labels:
            effects.wrong(row, "label", f'{STEPS} has no step "{row["label"]}"')
    for row in steps.rows:
        if labels.count(row["label"]) > 1:
            steps.wrong(row, "label", "stands there twice")
    by_label: dict[str, list[Effect]] = {label: [] for label in labels}
    for row in effects.rows:
        by_label.setdefault(row["label"], []).append(_read_effect(effects, row))
    if problems := [*steps.problems, *effects.problems]:
        raise InputError(problems)
    return tuple(Step(**values, effects=tuple(by_label[label])) for label, values in read)  # type: ignore[arg-type]


def write_ladder(folder: Path, steps: Sequence[Step]) -> None:
    """Keep `steps` in `folder`, in place of what is there."""
    rows = ([getattr(step, name) for name in _STEP_COLUMNS] for step in steps)
    numbers = (
        [
            step.label,
            effect.policy,
            effect.outcome,
            *map(_text, (effect.mean, effect.mcse, effect.better, effect.harm)),
        ]
        for step in steps
        for effect in step.effects
    )
    for name, columns, lines in ((STEPS, _STEP_COLUMNS, rows), (EFFECTS, _EFFECT_COLUMNS, numbers)):
        (folder / name).write_text(_csv(columns, lines), encoding="utf-8", newline="\n")


def with_step(steps: Sequence[Step], step: Step) -> tuple[Step, ...]:
    """`steps` and one more. InputError where one has its label already."""
    if any(each.label == step.label for each in steps):
        raise InputError(
            Problem(
                f'the ladder has a step "{step.label}" already',
                STEPS,
                suggestion="choose another label, or replace that step",
            )
        )
    return (*steps, step)


def replaced(steps: Sequence[Step], step: Step) -> tuple[Step, ...]:
    """`steps` with the one of the same label replaced in its place. InputError where there is none."""
    if all(each.label != step.label for each in steps):
        raise InputError(Problem(f'the ladder has no step "{step.label}"', STEPS, suggestion="add it"))
    return tuple(step if each.label == step.label else each for each in steps)


def _csv(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def _text(number: float | None) -> str:
    return "" if number is None else f"{number:.6g}"


def _read_step(table: Table, row: Row) -> tuple[str, dict[str, object]]:
    values: dict[str, object] = dict(row.cells)
    for name in ("worlds", "seed"):
        if row[name].isdigit():
            values[name] = int(row[name])
        else:
            table.wrong(row, name, f'"{row[name]}" is no whole number from 0')
    for name in ("label", "why", "evidence"):
        if not row[name]:
            table.wrong(row, name, "is empty", "say it in a sentence")
    return row["label"], values


def _read_effect(table: Table, row: Row) -> Effect:
    numbers: list[float | None] = []
    for name in ("mean", "mcse", "better", "harm"):
        try:
            numbers.append(float(row[name]) if row[name] else None)
        except ValueError:
            table.wrong(row, name, f'"{row[name]}" is no number')
            numbers.append(None)
    return Effect(row["policy"], row["outcome"], *numbers)
