"""A discovery as plain data: one object for JSON, and tables for CSV. Nothing is NaN."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from wbsim.experiments.discovery import Cases, Discovered
from wbsim.report.discovery_words import NOTE, event, sentences, where
from wbsim.statistics.discovery.box import Box
from wbsim.statistics.discovery.ceiling import Ceiling
from wbsim.statistics.discovery.discover import Found
from wbsim.statistics.discovery.figures import Figures
from wbsim.statistics.discovery.inputs import Input

Cell = str | float | int | None


def plain(found: Discovered) -> dict[str, Any]:
    """All that a discovery says, for `discovery.json` and `--json`."""
    discovery, inputs = found.discovery, found.searched.inputs.inputs
    target = asdict(found.target) | {
        "scenarios": list(found.target.scenarios),
        "unit": found.target.record.unit,
        "better": found.target.record.better,
        "event": event(found.target),
    }
    again = discovery.reproducibility
    return {
        "target": target,
        "assumptions": found.assumptions,
        "baseline": found.baseline,
        "seed": found.seed,
        "horizon": found.horizon,
        "searched": _worlds(found.first, found.worlds) | asdict(discovery.base),
        "fresh": _worlds(found.fresh_first, found.fresh_worlds)
        | asdict(discovery.fresh_base)
        | {"other_half": found.halved},
        "failed_worlds": found.failed,
        "boxes": [_found(each, inputs, found) for each in discovery.found],
        "trajectory": [
            _figures(step.figures) | {"restricts": [inputs[place].key for place in step.box.places]}
            for step in discovery.trajectory
        ],
        "chosen_step": discovery.step,
        "reproducibility": None
        if again is None
        else asdict(again)
        | {
            "restricted": {
                inputs[place].key: share
                for place, share in zip(discovery.screened.kept, again.restricted, strict=True)
            }
        },
        "screening": _screening(found),
        "chance": _chance(found.ceiling) | {"replicates": found.replicates},
        "sentences": sentences(found),
        "note": NOTE,
    }


def _worlds(first: int, worlds: int) -> dict[str, int]:
    return {"first_world": first, "simulated": worlds}


def _figures(figures: Figures) -> dict[str, Any]:
    return asdict(figures) | {
        "density": figures.density,
        "coverage": figures.coverage,
        "mass": figures.mass,
        "correlation": figures.correlation,
    }


def restrictions(box: Box, inputs: Sequence[Input]) -> list[dict[str, Any]]:
    """A box's restrictions: `low` and `high` are inclusive, `kept` are words."""
    return [
        {
            "input": inputs[each.place].key,
            "label": inputs[each.place].label,
            "unit": inputs[each.place].unit,
            "kind": inputs[each.place].kind,
            "low": each.low,
            "high": each.high,
            "kept": None
            if each.kept is None
            else [inputs[each.place].categories[code] for code in each.kept],
        }
        for each in box.restrictions
    ]


def _found(one: Found, inputs: tuple[Input, ...], found: Discovered) -> dict[str, Any]:
    rows = restrictions(one.box, inputs)
    for row, chance in zip(rows, one.quasi_p, strict=True):
        row["quasi_p"] = chance
    return {
        "method": one.method,
        "number": one.number,
        "where": where(one.box, inputs),
        "restrictions": rows,
        "searched": _figures(one.searched),
        "fresh": asdict(one.retest),
        "holds": one.retest.holds,
        "most_density": _most(one, found),
    }


def _most(one: Found, found: Discovered) -> dict[str, float] | None:
    """The upper limit of the density of a box of this size; None without replicates, or for circumstances."""
    if found.ceiling is None or one.retest.mass.share is None:
        return None
    if any(found.searched.inputs.inputs[place].kind == "circumstance" for place in one.box.places):
        return None
    most = found.ceiling.density(one.retest.mass.share)
    return None if most is None else asdict(most)


def _chance(bound: Ceiling | None) -> dict[str, Any]:
    return {"courses": None, "drawn": None, "spread": None} if bound is None else asdict(bound)


def _screening(found: Discovered) -> dict[str, Any]:
    screened, inputs = found.discovery.screened, found.searched.inputs.inputs

    def keys(places: Iterable[int]) -> list[str]:
        return [inputs[place].key for place in places]

    return {
        "tried": screened.tried,
        "screened": screened.screened,
        "kept": dict(zip(keys(screened.kept), screened.strength, strict=True)),
        "weak": keys(screened.weak),
        "doubles": {inputs[double].key: inputs[kept].key for double, kept in screened.doubles},
        "beyond": keys(screened.beyond),
        "same": keys(screened.same),
    }


BOX_COLUMNS = (
    "method", "box", "holds", "input", "label", "unit", "low", "high", "kept", "quasi p", "density fresh",
    "density fresh 2.5 %", "density fresh 97.5 %", "elsewhere fresh", "elsewhere fresh 2.5 %",
    "elsewhere fresh 97.5 %", "coverage fresh", "coverage fresh 2.5 %", "coverage fresh 97.5 %", "mass fresh",
    "worlds in box fresh", "density searched", "coverage searched", "worlds in box searched",
)  # fmt: skip


def box_rows(found: Discovered) -> list[tuple[Cell, ...]]:
    """A row for each restriction of each box."""
    rows = list[tuple[Cell, ...]]()
    for one in found.discovery.found:
        again = one.retest
        ends = [
            figure
            for each in (again.inside, again.elsewhere, again.coverage)
            for figure in (each.share, each.low, each.high)
        ]
        shared = (*ends, again.mass.share, again.inside.worlds, one.searched.density, one.searched.coverage,
                  one.searched.held)  # fmt: skip
        bounds = restrictions(one.box, found.searched.inputs.inputs)
        for bound, chance in zip(bounds, one.quasi_p, strict=True):
            kept = None if bound["kept"] is None else "; ".join(bound["kept"])
            rows.append(
                (one.method, one.number, "yes" if again.holds else "no", bound["input"], bound["label"],
                 bound["unit"], bound["low"], bound["high"], kept, chance, *shared)
            )  # fmt: skip
    return rows


TRAJECTORY_COLUMNS = (
    "step",
    "coverage",
    "density",
    "mass",
    "inputs restricted",
    "worlds",
    "restricts",
    "chosen",
)


def trajectory_rows(found: Discovered) -> list[tuple[Cell, ...]]:
    """A row for each box of the peeling trajectory, in the searched worlds."""
    inputs = found.searched.inputs.inputs
    return [
        (number, step.figures.coverage, step.figures.density, step.figures.mass, len(step.box.places),
         step.figures.held, "; ".join(inputs[place].key for place in step.box.places),
         "yes" if number == found.discovery.step else "no")
        for number, step in enumerate(found.discovery.trajectory)
    ]  # fmt: skip


INPUT_COLUMNS = (
    "input",
    "label",
    "unit",
    "kind",
    "searched",
    "strength",
    "why not",
    "restricted in resamples",
)


def input_rows(found: Discovered) -> list[tuple[Cell, ...]]:
    """A row for each input: whether it was searched, or why not."""
    screened, inputs = found.discovery.screened, found.searched.inputs.inputs
    why = dict.fromkeys(screened.weak, "tells no more than chance")
    why |= dict.fromkeys(screened.beyond, "weaker than those that were kept")
    why |= dict.fromkeys(screened.same, "the same in all searched worlds")
    why |= {double: f"follows {inputs[kept].key}" for double, kept in screened.doubles}
    strength = dict(zip(screened.kept, screened.strength, strict=True))
    again = found.discovery.reproducibility
    shares = {} if again is None else dict(zip(screened.kept, again.restricted, strict=True))
    return [
        (each.key, each.label, each.unit, each.kind, "yes" if place in strength else "no", strength.get(place),
         why.get(place), shares.get(place))
        for place, each in enumerate(inputs)
    ]  # fmt: skip


def world_columns(found: Discovered) -> tuple[str, ...]:
    """Columns of `world_rows`."""
    inputs = found.searched.inputs.inputs
    return ("world", "part", "case", *(inputs[place].key for place in found.discovery.screened.kept))


def world_rows(found: Discovered) -> Iterable[tuple[Cell, ...]]:
    """A row for each world: its number, whether it was searched, whether it is a case, and what was searched among."""
    for name, some in (("searched", found.searched), ("fresh", found.fresh)):
        yield from _world_rows(name, some, found.discovery.screened.kept)


def _world_rows(name: str, some: Cases, kept: Sequence[int]) -> Iterable[tuple[Cell, ...]]:
    values = some.inputs.values[np.asarray(kept, dtype=np.int64)]
    categories = [some.inputs.inputs[place].categories for place in kept]
    for number, case, column in zip(some.numbers, some.cases, values.T, strict=True):
        cells = [
            words[int(value)] if words else float(value)
            for words, value in zip(categories, column, strict=True)
        ]
        yield (int(number), name, int(case), *cells)


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Comma-separated text; what is undefined is empty."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return text.getvalue()
