"""What pictures, tables and sentences about one outcome of a sweep are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wbsim.report.swept.axis import POINT, KeyAxis, axis_of, moving_keys
from wbsim.report.swept.curve import Curve, Floats, Numbers, curve_of
from wbsim.report.swept.pictures import Picture, pictures_of
from wbsim.scenario.plugin import load_plugins
from wbsim.sweeps.arrays import open_arrays
from wbsim.sweeps.assemble import RESULTS
from wbsim.sweeps.design import SAMPLED
from wbsim.sweeps.key import Key, find_key
from wbsim.tables.record import Outcome

if TYPE_CHECKING:
    from wbsim.sweeps.opened import Sweep
    from wbsim.sweeps.plan import SweepPlan


@dataclass(frozen=True)
class Material:
    """One outcome of a sweep.

    `levels` (points, scenarios, worlds), NaN where a world did not finish under every scenario, and at points whose
    figures are withheld. `effects` (points, focus, worlds): of each scenario in `focus` the difference from the
    baseline in the same world where there is one to compare with (`compared`), else its level. `axes` are those of the
    keys that move, `titles` what they are called; `keys` has those with the largest effects first.
    """

    plan: SweepPlan
    name: str
    outcome: Outcome
    compared: bool
    focus: tuple[str, ...]
    levels: Floats
    effects: Floats
    axes: Mapping[str, KeyAxis]
    titles: Mapping[str, str]
    keys: tuple[str, ...]

    @property
    def scenarios(self) -> tuple[str, ...]:
        """All scenarios by name."""
        return tuple(scenario.name for scenario in self.plan.scenarios)

    @property
    def drawn(self) -> bool:
        """Whether the points are a sample of the ranges."""
        return self.plan.design.kind in SAMPLED

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """What is drawn."""
        baseline = self.plan.baseline if self.compared else None
        return pictures_of(self.plan.design.kind, self.keys, self.scenarios, baseline)

    @property
    def along(self) -> tuple[str, ...]:
        """What changes are told along: the keys, or the points of a list, where all keys change together."""
        return (POINT,) if self.plan.design.kind == "list" and len(self.keys) > 1 else self.keys

    def axis(self, key: str) -> KeyAxis:
        """The axis of a key that moves, or of the points."""
        return axis_of(self.plan.design, key) if key == POINT else self.axes[key]

    def curve(self, key: str, scenario: str, *, levels: bool = False) -> Curve:
        """Figures of a scenario along a key."""
        return curve_of(self.values(scenario, levels=levels), self.stops(key), drawn=self.drawn)

    def values(self, scenario: str, *, levels: bool = False) -> Floats:
        """Effects, or levels, (points, worlds) of a scenario."""
        if levels:
            return self.levels[:, self.scenarios.index(scenario)]
        return self.effects[:, self.focus.index(scenario)]

    def stops(self, key: str) -> list[Numbers]:
        """The points at each stop of a key."""
        return [stop.points for stop in self.axis(key).stops]


def material_of(sweep: Sweep, name: str) -> Material:
    """The material on the outcome `name`. KeyError if there is none."""
    plan = sweep.plan
    levels = sweep.figures(name)
    failed: NDArray[np.bool_] = np.array(open_arrays(sweep.folder / RESULTS)["failed"][:], dtype=bool)
    unsound = np.asarray(failed.any(axis=1))[:, None]
    levels[np.broadcast_to(unsound, levels.shape)] = np.nan
    levels[sweep.summary.withheld] = np.nan
    names = [scenario.name for scenario in plan.scenarios]
    compared = plan.baseline in names and len(names) > 1
    focus = tuple(each for each in names if not (compared and each == plan.baseline))
    effects = levels[:, [names.index(each) for each in focus]]
    if compared:
        effects = effects - levels[:, [names.index(str(plan.baseline))]]
    moving = moving_keys(plan.design)
    mechanisms = load_plugins(plan.plugins).mechanisms
    found = {key: find_key(key, mechanisms) for key in moving}
    titles = {key: _title(each) if each else key for key, each in found.items()}
    axes = {key: axis_of(plan.design, key) for key in moving}
    keys = _by_effect(axes, effects)
    return Material(
        plan,
        name,
        plan.model.outcomes[name],
        compared,
        focus,
        levels,
        effects,
        axes,
        titles | {POINT: "number of the point"},
        keys,
    )


def _title(key: Key) -> str:
    """What a key is, with its unit unless the words say it already."""
    said = key.kind not in ("number", "whole") or key.unit in key.label
    return key.label if said else f"{key.label} ({key.unit})"


def _by_effect(axes: Mapping[str, KeyAxis], effects: Floats) -> tuple[str, ...]:
    """The keys, those first along which the mean of any scenario spans most; as they were given where it is equal."""
    spans = {}
    for key, axis in axes.items():
        stops = [stop.points for stop in axis.stops]
        means = [curve_of(effects[:, s], stops).mean for s in range(effects.shape[1])]
        spans[key] = max(
            (float(np.ptp(mean[np.isfinite(mean)])) for mean in means if np.isfinite(mean).any()), default=0.0
        )
    return tuple(sorted(axes, key=lambda key: -spans[key]))
