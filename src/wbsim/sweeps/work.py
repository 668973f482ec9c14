"""What a process needs to know to simulate chunks of a sweep, and one chunk simulated and packed."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wbsim.errors import InputError
from wbsim.experiments.blocks import Span
from wbsim.scenario.model import Model
from wbsim.scenario.plugin import Registry
from wbsim.scenario.schema import Scenario
from wbsim.store.chunk_file import Entry, Failed, pack, warm_up
from wbsim.sweeps.keep import Keep
from wbsim.sweeps.kept import canonical, kept_arrays
from wbsim.sweeps.measure import figures_of
from wbsim.sweeps.models import model_of, simulate_of
from wbsim.sweeps.plan import SweepPlan

Arrays = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class SweepTask:
    """Worlds of several cases: `scenarios` with their `keys`; `runs` of them, by length, share their assumptions."""

    scenarios: tuple[Scenario, ...]
    keys: tuple[str, ...]
    runs: tuple[int, ...]
    span: Span

    def __str__(self) -> str:
        return f"{self.span} of {len(self.keys)} cases"

    @property
    def entry(self) -> Entry:
        """What the chunk will hold."""
        return Entry(self.keys, self.span.first, self.span.count)


@dataclass(frozen=True, slots=True)
class SweepChunk:
    """A simulated chunk as the parts of its file. `lost` says why there is none: then it is simulated again later."""

    entry: Entry
    parts: list[bytes]
    failed: tuple[Failed, ...] = ()
    lost: str = ""


@dataclass(frozen=True, slots=True)
class SweepWork:
    """Everything that chunks have in common. `months`: how many; sums are taken from month number `since` on."""

    seed: int
    months: int
    since: int
    keep: Keep
    model: str
    plugins: tuple[str, ...] = ()

    def ready(self) -> Callable[[SweepTask], SweepChunk]:
        """What simulates a chunk, with model and plugins loaded. InputError for plugins that cannot be."""
        warm_up()
        from wbsim.scenario.plugin import load_plugins

        registry = load_plugins(self.plugins)
        model = model_of(self.model, registry)
        return _Simulator(self, model, simulate_of(model), registry)


def work_of(plan: SweepPlan) -> SweepWork:
    """What processes need to know to simulate chunks of `plan`."""
    return SweepWork(plan.seed, len(plan.months), plan.since, plan.keep, plan.model.name, plan.plugins)


def lost_chunk(task: SweepTask, reason: str) -> SweepChunk:
    """What stands for a chunk whose worker died, or failed, again and again."""
    return SweepChunk(task.entry, [], lost=reason)


@dataclass(frozen=True, slots=True)
class _Simulator:
    work: SweepWork
    model: Model
    simulate: Callable[..., Sequence[Any]]
    registry: Registry

    def __call__(self, task: SweepTask) -> SweepChunk:
        parts = list[Arrays]()
        errors: dict[tuple[int, int], str] = {}
        start = 0
        for length in task.runs:
            parts += self._together(task.scenarios[start : start + length], start, task.span, errors)
            start += length
        regional, states, dyads = (_stacked([part[place] for part in parts]) for place in range(3))
        figures = figures_of(regional, self.work.since, self.model.outcomes)
        _mark_unsound(figures, errors, task.span, self.model)
        failed = tuple(Failed(case, world, errors[case, world]) for case, world in sorted(errors))
        for each in failed:
            row = each.world - task.span.first
            figures[each.case, row] = np.nan
        arrays = {"figures": canonical(figures), **kept_arrays(regional, states, dyads, self.work.keep)}
        return SweepChunk(task.entry, pack(task.entry, arrays, failed), failed)

    def _together(
        self, scenarios: Sequence[Scenario], start: int, span: Span, errors: dict[tuple[int, int], str]
    ) -> list[Arrays]:
        """Scenarios that share their assumptions in one call; if it raises, world by world, so that one fails alone."""
        try:
            return self._call(scenarios, start, span, errors)
        except InputError:
            raise
        except Exception:
            return [self._alone(scenario, start + n, span, errors) for n, scenario in enumerate(scenarios)]

    def _call(
        self, scenarios: Sequence[Scenario], start: int, span: Span, errors: dict[tuple[int, int], str]
    ) -> list[Arrays]:
        blocks = self.simulate(scenarios, self.work.seed, span.first, span.count, self.registry)
        expected = (span.count, self.work.months, len(self.model.outcomes))
        found = [
            (
                np.asarray(block.regional, np.float32),
                np.asarray(block.states, np.float32),
                np.asarray(block.dyads, np.float32),
            )
            for block in blocks
        ]
        if [each[0].shape for each in found] != [expected] * len(scenarios):
            shapes = ", ".join(str(each[0].shape) for each in found)
            raise ValueError(
                f'the model "{self.model.name}" returned regional values of shape {shapes}; they must be {expected}, '
                f"worlds by months by outcomes, for each of {len(scenarios)} scenarios"
            )
        for case, block in enumerate(blocks, start):
            errors.update({(case, int(world)): str(error) for world, error in block.failed.items()})
        return found

    def _alone(self, scenario: Scenario, case: int, span: Span, errors: dict[tuple[int, int], str]) -> Arrays:
        worlds = list[Arrays | None]()
        for world in span.worlds:
            try:
                worlds += self._call((scenario,), case, Span(world, 1), errors)
            except InputError:
                raise
            except Exception:
                errors[case, world] = traceback.format_exc()
                worlds.append(None)
        return self._filled(worlds)

    def _filled(self, worlds: Sequence[Arrays | None]) -> Arrays:
        """One world after the other, NaN for those that raised."""
        regional = np.full((1, self.work.months, len(self.model.outcomes)), np.nan, np.float32)
        nothing = np.empty((1, 0, 0, 0), np.float32)
        good = next((each for each in worlds if each is not None), (regional, nothing, nothing))
        empty = [np.full_like(array, np.nan) for array in good]
        columns = [np.concatenate([(each or empty)[place] for each in worlds], axis=0) for place in range(3)]
        return columns[0], columns[1], columns[2]


def _stacked(arrays: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    """Cases above each other; a case of which no world finished takes the shape of the others, with NaN."""
    shapes = {array.shape for array in arrays}
    if len(shapes) == 1:
        return np.stack(arrays)
    shape = max(shapes, key=lambda shape: int(np.prod(shape)))
    return np.stack(
        [array if array.shape == shape else np.full(shape, np.nan, np.float32) for array in arrays]
    )


def _mark_unsound(
    figures: NDArray[np.float64], errors: dict[tuple[int, int], str], span: Span, model: Model
) -> None:
    """Worlds with a figure that is no number count as failed, with the names of what is none."""
    names = tuple(model.outcomes)
    for case, row in np.argwhere(~np.isfinite(figures).all(axis=-1)):
        bad = [names[place] for place in np.flatnonzero(~np.isfinite(figures[case, row]))]
        errors.setdefault((int(case), span.first + int(row)), f"no finite value of {', '.join(bad)}")


def error_counts(failed: Sequence[Failed]) -> Mapping[str, int]:
    """How often each error occurred, by the last line of its text."""
    counts: dict[str, int] = {}
    for each in failed:
        line = (each.error.strip().splitlines() or [""])[-1]
        counts[line] = counts.get(line, 0) + 1
    return counts
