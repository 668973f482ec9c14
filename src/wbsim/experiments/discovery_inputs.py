"""What a discovery searches among: the numbers that worlds drew, and on request what happened in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from wbsim.experiments.circumstances import Circumstance, circumstances
from wbsim.experiments.drawn import drawn
from wbsim.experiments.drivers import label_of
from wbsim.experiments.experiment import Experiment, Table
from wbsim.statistics.discovery.inputs import Input, Inputs

Values = NDArray[np.float64]

#: Categories of a circumstance that happened or not.
HAPPENED = ("no", "yes")


def inputs_of(
    parts: Sequence[tuple[Experiment, Table]], *, happened: bool = False
) -> tuple[Inputs, ...] | None:
    """The inputs of each part's sound worlds, the same for all parts; None where the draws are not known.

    Parts are stretches of worlds that follow each other, from the same seed and under the same assumptions. An input
    differs between some worlds of all parts together. With `happened`, circumstances under the baseline are inputs.
    """
    whole = _together([table for _, table in parts])
    known = drawn(whole, parts[0][0].seed)
    if known is None:
        return None
    inputs = [
        Input(number.key, label_of(number), number.parameter.unit, kind=number.parameter.kind)
        for number in known.numbers
    ]
    rows = [known.values]
    for each in _happened(parts) if happened else []:
        if float(np.ptp(each.values)) > 0.0:
            inputs.append(_circumstance(each))
            rows.append(each.values[None, :])
    everything = Inputs(tuple(inputs), np.concatenate(rows))
    ends = np.cumsum([int(table.sound.sum()) for _, table in parts])[:-1]
    return tuple(Inputs(everything.inputs, values) for values in np.split(everything.values, ends, axis=1))


def _together(tables: Sequence[Table]) -> Table:
    """The stretches of worlds as one table without figures: ValueError if they don't follow each other."""
    first, worlds = tables[0].first, 0
    for table in tables:
        if table.first != first + worlds:
            raise ValueError(f"worlds from {table.first} on don't follow those up to {first + worlds - 1}")
        worlds += table.figures.shape[2]
    failures = tuple(failure for table in tables for failure in table.failures)
    return replace(tables[0], figures=np.empty((1, 1, worlds, 0)), failures=failures)


def _happened(parts: Sequence[tuple[Experiment, Table]]) -> list[Circumstance]:
    each_part = [{one.name: one for one in circumstances(*part)} for part in parts]
    return [
        replace(one, values=np.concatenate([part[name].values for part in each_part]))
        for name, one in each_part[0].items()
        if all(name in part for part in each_part)
    ]


def _circumstance(one: Circumstance) -> Input:
    categories = HAPPENED if one.happened else ()
    return Input(one.name, one.label, one.unit, categories, "circumstance")
