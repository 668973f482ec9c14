"""Figures of a sweep at each design point: levels of every scenario, and paired differences from the baseline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wbsim.statistics.paired import HIGH, LOW
from wbsim.sweeps.arrays import open_arrays, read_outcome
from wbsim.sweeps.assemble import Assembled
from wbsim.sweeps.plan import SweepPlan
from wbsim.sweeps.value import Value, value_text
from wbsim.tables.outcomes import HEADLINE_OUTCOMES

#: Share of worlds that may be missing at a point before its figures are withheld (5 %: assumed; more could hide that
#: worlds fail where a policy does).
MOST_MISSING = 0.05

Floats = NDArray[np.float64]
FIGURES = ("mean", "q05", "q95", "mcse", "p_better")


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of one outcome, each (points, scenarios): mean and 90 % interval over worlds, Monte Carlo error.

    `p_better`: the share of worlds in which it is better than the baseline, ties half; NaN for levels. NaN where too
    few worlds are there, or too many are missing.
    """

    mean: Floats
    q05: Floats
    q95: Floats
    mcse: Floats
    p_better: Floats


@dataclass(frozen=True, slots=True)
class Summary:
    """Levels and differences by outcome; `sound` counts the worlds (points,) that finished under every scenario."""

    plan: SweepPlan
    results_sha256: str
    worlds: int
    sound: NDArray[np.int64]
    levels: Mapping[str, Figures]
    differences: Mapping[str, Figures]
    failed: int
    missing: int
    empty: int

    @property
    def withheld(self) -> NDArray[np.bool_]:
        """Points of which too many worlds are missing for figures."""
        return self.sound < (1 - MOST_MISSING) * self.worlds

    def plain(self) -> dict[str, Any]:
        """As plain data that JSON can hold; what is undefined is None."""
        plan = self.plan
        return {
            "name": plan.name,
            "scenarios": [scenario.name for scenario in plan.scenarios],
            "baseline": plan.baseline,
            "keys": list(plan.design.keys),
            "design": plan.design.kind,
            "horizon": plan.months[-1],
            "worlds": self.worlds,
            "worlds_planned": plan.worlds,
            "first_world": plan.first,
            "seed": plan.seed,
            "keep": plan.keep,
            "failed_worlds": self.failed,
            "missing_worlds": self.missing,
            "points_without_worlds": self.empty,
            "points_withheld": int(self.withheld.sum()),
            "results_sha256": self.results_sha256,
            "points": [self._point(number) for number in range(len(plan.design.points))],
        }

    def rows(self) -> Iterator[dict[str, Any]]:
        """A row for each point, scenario and outcome: its level, then its difference from the baseline."""
        plan = self.plan
        for number, point in enumerate(plan.design.points):
            labels = dict(zip(plan.design.keys, map(value_text, point), strict=True))
            for kind, table in (("level", self.levels), ("difference", self.differences)):
                for outcome, figures in table.items():
                    record = plan.model.outcomes[outcome]
                    for s, scenario in enumerate(plan.scenarios):
                        if kind == "difference" and scenario.name == plan.baseline:
                            continue
                        yield {
                            "design": number,
                            **labels,
                            "scenario": scenario.name,
                            "outcome": outcome,
                            "unit": record.unit,
                            "better": record.better,
                            "kind": kind,
                            "worlds": int(self.sound[number]),
                            **{name: _text(getattr(figures, name)[number, s]) for name in FIGURES},
                        }

    def _point(self, number: int) -> dict[str, Any]:
        plan = self.plan
        names = [scenario.name for scenario in plan.scenarios]
        point: dict[str, Value | None] = {
            key: value if value != () else None
            for key, value in zip(plan.design.keys, plan.design.points[number], strict=True)
        }
        content: dict[str, Any] = {"design": point, "worlds": int(self.sound[number])}
        for kind, table in (("levels", self.levels), ("differences", self.differences)):
            content[kind] = {
                name: {outcome: _figures(each, number, s) for outcome, each in table.items()}
                for s, name in enumerate(names)
                if kind == "levels" or name != plan.baseline
            }
        if not self.differences:
            del content["differences"]
        return content


def shown_outcomes(plan: SweepPlan) -> tuple[str, ...]:
    """The outcomes that tables show: those that were asked for, else the headline ones, else the model's first."""
    if plan.shown:
        return plan.shown
    headline = tuple(name for name in HEADLINE_OUTCOMES if name in plan.model.outcomes)
    return headline or tuple(plan.model.outcomes)[:8]


def summarise(plan: SweepPlan, folder: Path, assembled: Assembled) -> Summary:
    """The summary of the arrays in `folder`, over the outcomes that the plan shows."""
    group = open_arrays(folder)
    failed: NDArray[np.bool_] = np.array(group["failed"][:], dtype=bool)
    sound = (~failed.any(axis=1)).sum(axis=1)
    withheld = (sound < (1 - MOST_MISSING) * assembled.worlds) | (sound == 0)
    names = [scenario.name for scenario in plan.scenarios]
    base = names.index(plan.baseline) if plan.baseline in names and len(names) > 1 else None
    levels, differences = {}, {}
    for outcome in shown_outcomes(plan):
        values = read_outcome(group, tuple(plan.model.outcomes).index(outcome))
        values[np.broadcast_to(np.asarray(failed.any(axis=1))[:, None], values.shape)] = np.nan
        levels[outcome] = _figures_of(values, withheld)
        if base is not None:
            change = values - values[:, base : base + 1]
            better = plan.model.outcomes[outcome].better
            differences[outcome] = _figures_of(change, withheld, better)
    return Summary(
        plan,
        assembled.results_sha256,
        assembled.worlds,
        sound,
        levels,
        differences,
        len(assembled.failed),
        assembled.missing,
        assembled.empty,
    )


def _figures_of(values: Floats, withheld: NDArray[np.bool_], better: str | None = None) -> Figures:
    """Figures over the worlds of `values` (points, scenarios, worlds), NaN where a world does not count."""
    shape = values.shape[:2]
    found = {name: np.full(shape, np.nan) for name in FIGURES}
    whole = np.isfinite(values).all(axis=(1, 2)) & ~withheld
    if whole.any():
        for name, each in _over_worlds(values[whole], better).items():
            found[name][whole] = each
    for number in np.flatnonzero(~whole & ~withheld):
        row = values[number]
        finished = row[:, np.isfinite(row).all(axis=0)]
        for name, each in _over_worlds(finished[None], better).items():
            found[name][number] = each[0]
    return Figures(**found)


def _over_worlds(values: Floats, better: str | None) -> dict[str, Floats]:
    worlds = values.shape[-1]
    low, high = np.quantile(values, (LOW, HIGH), axis=-1)
    found = {"mean": values.mean(axis=-1), "q05": low, "q95": high}
    if worlds > 1:
        found["mcse"] = values.std(axis=-1, ddof=1) / np.sqrt(worlds)
    if better is not None:
        gain = values if better == "higher" else -values
        found["p_better"] = (gain > 0).mean(axis=-1) + 0.5 * (gain == 0).mean(axis=-1)
    return found


def _figures(figures: Figures, point: int, scenario: int) -> dict[str, float | None]:
    values = {name: float(getattr(figures, name)[point, scenario]) for name in FIGURES}
    return {name: value if np.isfinite(value) else None for name, value in values.items()}


def _text(value: float) -> float | str:
    return float(value) if np.isfinite(value) else ""
