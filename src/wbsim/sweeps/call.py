"""`wbsim.sweep`: a sweep from Python, with what is varied as Python values."""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from wbsim.errors import InputError, Problem
from wbsim.results.folder import Place, discard, place_for
from wbsim.scenario.load import load
from wbsim.scenario.schema import Scenario
from wbsim.sweeps.folder import begin
from wbsim.sweeps.opened import Sweep, open_sweep
from wbsim.sweeps.prepare import SweepOptions, prepare_scenarios
from wbsim.sweeps.run import run_sweep

if TYPE_CHECKING:
    from wbsim.sweeps.run import Progress

#: One value: a number, a text (choice or month), a set of names, or weights by domain.
One = float | int | str | tuple[str, ...] | Mapping[str, float]
#: What is written for a key: a text as on the command line, values in a list, or None for a parameter's prior.
Written = str | float | int | None | Sequence[One]


def sweep(
    *scenarios: Scenario | str | Path,
    vary: Mapping[str, Written],
    design: str = "grid",
    points: int | None = None,
    levels: int | None = None,
    design_seed: int | None = None,
    worlds: int | None = None,
    seed: int | None = None,
    first_world: int = 0,
    baseline: str | None = None,
    outcomes: Sequence[str] = (),
    keep: str | None = None,
    workers: int | None = None,
    out: str | Path | None = None,
    progress: Progress | None = None,
) -> Sweep:
    """Simulate scenarios (or those of these names or paths) at many points, in the same worlds.

    `vary` has for each key its values: a list, whose sets are tuples of names; a text as `wbsim sweep --vary` takes it
    ("1:12:5"); or None, for a parameter's prior in a sampled design or all choices. The other arguments are those of
    the command. The sweep is kept in the folder `out`, which must not exist, and goes on there with `wbsim resume` if
    it is stopped; without it in a temporary folder that goes with the returned object. Raises InputError with
    everything that is wrong.
    """
    texts = tuple(vary_text(key, written) for key, written in vary.items())
    options = SweepOptions(
        names=(), vary=texts, design=design, points=points, levels=levels, design_seed=design_seed, worlds=worlds,
        first=first_world, seed=seed, keep=keep, baseline=baseline, outcomes=tuple(outcomes),
    )  # fmt: skip
    place = None if out is None else place_for(out)
    loaded = [each if isinstance(each, Scenario) else load(each) for each in scenarios]
    plan = prepare_scenarios(loaded, options).plan
    if place is not None:
        folder = begin(plan, place)
        run_sweep(plan, folder, workers=workers, progress=progress)
        return open_sweep(folder, plugins=plan.plugins)
    parent = Path(tempfile.mkdtemp(prefix="wbsim-"))
    try:
        folder = begin(plan, Place(parent, parent / "sweep"))
        run_sweep(plan, folder, workers=workers, progress=progress)
        found = open_sweep(folder, plugins=plan.plugins)
    except BaseException:
        discard(parent)
        raise
    weakref.finalize(found, discard, parent)
    return found


def vary_text(key: str, written: Written) -> str:
    """A key with its values as the command line has them. InputError for values that cannot be written so."""
    if written is None:
        return key
    if isinstance(written, str | int | float):
        return f"{key}={written}"
    values = [_one(key, value) for value in written]
    if not values:
        raise InputError(Problem("must have at least one value", key=f"vary {key}"))
    return f"{key}={','.join(values)}"


def _one(key: str, value: One) -> str:
    if isinstance(value, Mapping):
        return "+".join(f"{name}={share!r}" for name, share in value.items())
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, tuple | list | set | frozenset):
        return "+".join(map(str, value))
    raise InputError(
        Problem(f"must be a number, a text, a tuple of names or weights; it is {value!r}", key=f"vary {key}")
    )
