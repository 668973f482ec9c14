"""Repeated questions as plain data, and as tables and sentences for the terminal."""

from __future__ import annotations

from typing import Any

import numpy as np
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from wbsim.calibration.cross_validate import plain
from wbsim.calibration.waves import AIM, LeftOutWaves, Waves
from wbsim.inference.scores import Scores
from wbsim.tables.calendar import month_text

Plain = dict[str, Any]

#: Sizes in words.
WORDS = {
    "wave": "effect of a wave on an answer, in all publics",
    "drift": "drift of an answer in a year, in all publics",
    "drift_own": "drift of an answer in a year, in one public on top",
    "drift_listed": "times these drifts, where an answer is picked from a list",
    "discrepancy": "what a public's answer scatters by from wave to wave",
}
MODEL, WALK = "model", "random walk"
#: Coverage that counts is exact in counts; a gain that is less than this many standard errors is undecided.
_DECIDED = 1.645


def summary(found: Waves) -> Plain:
    """Sizes, scores and every left-out wave, as plain data."""
    smallest = found.smallest
    return {
        "waves": len(found.waves),
        "series": len({wave.series for wave in found.waves}),
        "sizes": {
            name: {
                "used": getattr(found.used, name),
                "best": round(getattr(found.best.spread, name), 3),
                "range": [round(x, 3) for x in found.best.ranges[name]],
            }
            for name in WORDS
        },
        "left_out": {way: _summary(each) for way, each in found.left_out.items()},
        "narrowed": [
            {"factor": each.factor, "inside": each.inside, "n": each.of, "width_90": each.width}
            for each in found.narrowed
        ],
        "smallest_factor": None if smallest is None else smallest.factor,
    }


def _summary(found: LeftOutWaves) -> Plain:
    low, median, high = np.quantile(found.percent, (0.05, 0.5, 0.95), axis=0)
    return {
        "n": len(found.waves),
        "scores": {name: {**plain(each), "inside_90": inside(each)} for name, each in found.scores.items()},
        "crps_gain": {"mean": found.gain, "error": found.gain_error, "verdict": verdict(found)},
        "rows": [
            {
                "id": wave.id,
                "series": wave.series,
                "population": wave.population,
                "month": month_text(round(wave.month)),
                "observed": wave.value,
                "median": float(median[n]),
                "q05": float(low[n]),
                "q95": float(high[n]),
            }
            for n, wave in enumerate(found.waves)
        ],
    }


def inside(scores: Scores) -> int:
    """How many lie in their 90 % interval."""
    return round(scores.coverage_90.value * scores.figures)


def verdict(found: LeftOutWaves) -> str:
    """Whether the model beats the random walk: better, worse or undecided (90 %)."""
    if abs(found.gain) < _DECIDED * found.gain_error:
        return "undecided"
    return "better" if found.gain < 0 else "worse"


def tables(found: Waves) -> list[RenderableType]:
    """Sizes, scores, the waves outside their interval, and what they mean."""
    parts: list[RenderableType] = [_sizes(found), Text()]
    for way, each in found.left_out.items():
        parts += [_scores(way, each), *_outside(each), Text()]
    return [*parts, *(Text(line) for line in sentences(found))]


def sentences(found: Waves) -> list[str]:
    """What the numbers mean, in whole sentences."""
    lines = []
    for way, each in found.left_out.items():
        model, walk = (each.scores[name] for name in (MODEL, WALK))
        lines.append(
            f"Told by {way}, {inside(model)} of {model.figures} waves lie in their 90 % interval "
            f"({inside(walk)} of a random walk's); the mean CRPS is {abs(each.gain):.2f} points "
            f"{'lower' if each.gain < 0 else 'higher'} than the random walk's (standard error over series "
            f"{each.gain_error:.2f}): {verdict(each)}."
        )
    smallest = found.smallest
    if smallest is None:
        lines.append(
            f"No factor on all sizes that was tried gives a coverage of {AIM[0]:.0%} to {AIM[1]:.0%}."
        )
    else:
        used = next(each for each in found.narrowed if each.factor == 1.0)
        lines.append(
            f"The smallest width with a coverage of {AIM[0]:.0%} to {AIM[1]:.0%} has all sizes times "
            f"{smallest.factor:g}: {smallest.inside} of {smallest.of}, {smallest.width:.0f} points wide in the middle, "
            f"in the place of {used.width:.0f}."
        )
    lines.append(
        "The sizes in use were chosen with these waves in view, so that their coverage is no independent test of them."
    )
    return lines


def _sizes(found: Waves) -> Table:
    table = _table(f"Sizes on the logit scale, from {len(found.waves)} waves of repeated questions")
    table.add_column("what", overflow="fold")
    for heading in ("in use", "most likely", "range"):
        table.add_column(heading, justify="right", no_wrap=True)
    for name, words in WORDS.items():
        low, high = found.best.ranges[name]
        table.add_row(
            words,
            f"{getattr(found.used, name):.2f}",
            f"{getattr(found.best.spread, name):.2f}",
            f"{low:.2f} to {high:.2f}",
        )
    return table


def _scores(way: str, found: LeftOutWaves) -> Table:
    table = _table(f"Each wave left out, told by {way}")
    table.add_column("forecast")
    for heading in ("n", "in 50 %", "in 90 %", "CRPS", "median 90 % width"):
        table.add_column(heading, justify="right", no_wrap=True)
    for name, each in found.scores.items():
        table.add_row(
            name,
            str(each.figures),
            f"{each.coverage_50.value:.0%}",
            f"{each.coverage_90.value:.0%}",
            f"{each.crps.value:.2f}",
            f"{each.median_width_90:.0f}",
        )
    return table


def _outside(found: LeftOutWaves) -> list[RenderableType]:
    low, high = np.quantile(found.percent, (0.05, 0.95), axis=0)
    return [
        Text(
            f"- outside: {wave.series}, {wave.population}, {month_text(round(wave.month))}: {wave.value:g} %, "
            f"expected {low[n]:.0f} to {high[n]:.0f}"
        )
        for n, wave in enumerate(found.waves)
        if not low[n] <= wave.value <= high[n]
    ]


def _table(title: str) -> Table:
    return Table(title=title, title_justify="left", title_style="bold", header_style="bold", box=None)
