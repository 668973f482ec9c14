"""What a process needs to know to simulate blocks, and one block simulated."""

from __future__ import annotations

import importlib
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from wbsim.errors import InputError, WbsimError
from wbsim.experiments.blocks import Span
from wbsim.experiments.windows import Windows, summarise
from wbsim.results.chunk import Chunk, Failure
from wbsim.results.hash import world_digest
from wbsim.results.layout import Layout
from wbsim.tables.outcomes import OUTCOME_NAMES

if TYPE_CHECKING:
    from wbsim.scenario.plugin import Registry
    from wbsim.scenario.schema import Scenario

#: The model, by reference: named, not imported, so that a process that only hands out work stays light.
MODEL = "wbsim.model.simulate:simulate"

Array = NDArray[np.float32]


class Block(Protocol):
    """What the model returns for one scenario: monthly and yearly values of `count` worlds, and failed
    worlds."""

    @property
    def scenario(self) -> str: ...  # noqa: D102
    @property
    def regional(self) -> Array: ...  # noqa: D102
    @property
    def states(self) -> Array: ...  # noqa: D102
    @property
    def dyads(self) -> Array: ...  # noqa: D102
    @property
    def failed(self) -> Mapping[int, str]: ...  # noqa: D102


class Simulate(Protocol):
    """A model: worlds `first` to `first + count - 1` of each scenario, one block each, in the scenarios'
    order."""

    def __call__(  # noqa: D102
        self,
        scenarios: Sequence[Scenario],
        seed: int,
        first: int,
        count: int,
        registry: Registry | None = None,
    ) -> Sequence[Block]: ...


@dataclass(frozen=True, slots=True)
class Work:
    """Everything that blocks have in common: the scenarios of each set, the seed, and how worlds are
    measured."""

    sets: tuple[tuple[Scenario, ...], ...]
    seed: int
    months: tuple[str, ...]
    measured: Windows
    plugins: tuple[str, ...] = ()
    model: str = MODEL

    def ready(self) -> Callable[[Task], Chunk]:
        """What simulates a task, with model and plugins loaded. InputError for plugins that cannot be."""
        from wbsim.scenario.plugin import load_plugins

        simulate, registry = find_model(self.model), load_plugins(self.plugins)
        return lambda task: perform(task, self, simulate, registry)


@dataclass(frozen=True, slots=True)
class Task:
    """A span of worlds under one set of assumptions."""

    group: int
    span: Span

    def __str__(self) -> str:
        return str(self.span)


def model_reference(simulate: Simulate) -> str:
    """`module:name` of a function of a module, by which a worker process finds it; ValueError for anything
    else."""
    module, name = getattr(simulate, "__module__", ""), getattr(simulate, "__qualname__", "")
    if not module or module == "__main__" or not name.isidentifier():
        raise ValueError(
            f"a model for several workers must be a function of an importable module, not {simulate}"
        )
    return f"{module}:{name}"


def find_model(reference: str) -> Simulate:
    """The function that `module:name` names."""
    module, name = reference.split(":")
    found: Simulate = getattr(importlib.import_module(module), name)
    return found


def perform(task: Task, work: Work, simulate: Simulate, registry: Registry | None = None) -> Chunk:
    """Simulate the worlds of `task`; a block that raises is repeated world by world, so that one world fails
    alone.

    Errors in what the user wrote (InputError) are raised, because no world could run.
    """
    scenarios = work.sets[task.group]
    try:
        parts = [_simulate_span(scenarios, task.span, work, simulate, registry)]
    except WbsimError:
        raise
    except Exception:
        parts = [_simulate_alone(scenarios, world, work, simulate, registry) for world in task.span.worlds]
    arrays = [np.concatenate([part[0][number] for part in parts], axis=1) for number in range(3)]
    failures = tuple(failure for part in parts for failure in part[1])
    return _finish(task.span, scenarios, work, arrays, failures)


Part = tuple[tuple[Array, Array, Array], tuple[Failure, ...]]


def _simulate_span(
    scenarios: Sequence[Scenario], span: Span, work: Work, simulate: Simulate, registry: Registry | None
) -> Part:
    blocks = simulate(scenarios, work.seed, span.first, span.count, registry)
    arrays = (
        np.stack([block.regional for block in blocks]),
        np.stack([block.states for block in blocks]),
        np.stack([block.dyads for block in blocks]),
    )
    failures = tuple(
        Failure(world, block.scenario, error) for block in blocks for world, error in block.failed.items()
    )
    return arrays, failures


def _simulate_alone(
    scenarios: Sequence[Scenario], world: int, work: Work, simulate: Simulate, registry: Registry | None
) -> Part:
    """One world, scenario by scenario, so that an error is recorded where it belongs."""
    layout = Layout(("",), world, 1, work.months, work.measured.ends)
    parts: list[Part] = []
    for scenario in scenarios:
        try:
            parts.append(_simulate_span((scenario,), Span(world, 1), work, simulate, registry))
        except InputError:
            raise
        except Exception:
            empty = [
                np.full(layout.shape(name), np.nan, np.float32) for name in ("regional", "states", "dyads")
            ]
            failure = Failure(world, scenario.name, traceback.format_exc())
            parts.append(((empty[0], empty[1], empty[2]), (failure,)))
    stacked = [np.concatenate([part[0][number] for part in parts], axis=0) for number in range(3)]
    return (stacked[0], stacked[1], stacked[2]), tuple(failure for part in parts for failure in part[1])


def _finish(
    span: Span,
    scenarios: Sequence[Scenario],
    work: Work,
    arrays: Sequence[Array],
    failures: tuple[Failure, ...],
) -> Chunk:
    """Figures, digests and failures of finished arrays, each of shape (scenarios, worlds, ...)."""
    summary = summarise(arrays[0], work.months, work.measured)
    known = {(failure.world, failure.scenario) for failure in failures}
    unsound = tuple(
        Failure(world, scenario.name, f"no finite value of {', '.join(names)}")
        for number, scenario in enumerate(scenarios)
        for place, world in enumerate(span.worlds)
        if (world, scenario.name) not in known and (names := _not_finite(summary[number, place]))
    )
    failures = tuple(sorted(failures + unsound, key=lambda failure: (failure.world, failure.scenario)))
    digests = b"".join(
        world_digest(
            world,
            {scenario.name: [a[number, place] for a in arrays] for number, scenario in enumerate(scenarios)},
        )
        for place, world in enumerate(span.worlds)
    )
    return Chunk(span.first, arrays[0], arrays[1], arrays[2], summary, failures, digests)


def _not_finite(figures: NDArray[np.float64]) -> list[str]:
    """Names of the outcomes, of figures shaped (windows, outcomes), that have a value that is no number."""
    bad = np.flatnonzero(~np.isfinite(figures).all(axis=0))
    return [OUTCOME_NAMES[number] for number in bad]
