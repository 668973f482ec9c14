"""Extra runs of a comparison: planned with it, run after it, kept beside it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from wbsim.errors import InputError, Problem
from wbsim.experiments.channels import ChannelPlan, find_channels, plan_channels
from wbsim.experiments.division import Channels
from wbsim.experiments.execute import Plan, Progress
from wbsim.experiments.gather import WORLDS_EACH
from wbsim.experiments.redraws import RedrawPlan, find_redraws, plan_redraws, worlds_of_split
from wbsim.experiments.robust import Robustness
from wbsim.experiments.robustness import RobustnessPlan, find_robustness, plan_robustness
from wbsim.experiments.variance_from import VarianceFrom
from wbsim.experiments.work import Simulate
from wbsim.scenario import limits
from wbsim.scenario.plugin import load_plugins

Found = TypeVar("Found")

#: Files of a results folder.
CHANNELS, ROBUSTNESS, VARIANCE_FROM = "channels.json", "robustness.json", "variance_from.json"


@dataclass(frozen=True, slots=True)
class ExtraPlans:
    """What is to be run beside the comparison; None for what isn't asked for."""

    channels: ChannelPlan | None = None
    robustness: RobustnessPlan | None = None
    variance_from: RedrawPlan | None = None

    @property
    def asked(self) -> tuple[ChannelPlan | RobustnessPlan | RedrawPlan, ...]:
        """Those that are asked for, in the order in which they are run."""
        every = (self.channels, self.robustness, self.variance_from)
        return tuple(each for each in every if each is not None)


@dataclass(frozen=True, slots=True)
class Extras:
    """What extra runs found; None for what wasn't run."""

    channels: Channels | None = None
    robustness: Robustness | None = None
    variance_from: VarianceFrom | None = None

    def plain(self) -> dict[str, Any]:
        """What was found, under the keys of `--json`."""
        found = {
            "channels": self.channels,
            "robustness": self.robustness,
            "variance_from": self.variance_from,
        }
        return {name: each.plain() for name, each in found.items() if each is not None}


def plan_extras(
    main: Plan,
    *,
    channels: bool,
    robustness: bool,
    worlds_each: int | None,
    variance_worlds: int | None = 0,
    plugins: Sequence[str] = (),
) -> ExtraPlans:
    """Plan what is asked for. Raises InputError with everything that is wrong with it.

    `worlds_each`: worlds of each extra run for channels and robustness, by default the comparison's and at most 200.
    `variance_worlds`: worlds in which the variance of effects is split; None: as `worlds_of_split` has
    it, where there is a policy; 0: none. Extra runs are of the first set of assumptions that has policies.
    """
    problems = _wrong(worlds_each, variance_worlds, asked=channels or robustness)
    if problems:
        raise InputError(problems)
    worlds = worlds_each or min(WORLDS_EACH, main.settings.worlds)
    group = next((each for each in main.sets if len(each.scenarios) > 1), main.sets[0])
    plans: dict[str, Any] = {}
    makers: dict[str, Callable[[], object]] = {}
    if channels:
        makers["channels"] = lambda: plan_channels(group, main, worlds, load_plugins(plugins).mechanisms)
    if robustness:
        makers["robustness"] = lambda: plan_robustness(group, main, worlds)
    default = worlds_of_split(main.settings.worlds) if len(group.scenarios) > 1 else 0
    split = default if variance_worlds is None else variance_worlds
    if split:
        makers["variance_from"] = lambda: plan_redraws(group, main, split)
    for name, make in makers.items():
        try:
            plans[name] = make()
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return ExtraPlans(**plans)


def _wrong(worlds_each: int | None, variance_worlds: int | None, *, asked: bool) -> list[Problem]:
    problems = []
    if variance_worlds is not None and not 0 <= variance_worlds <= limits.WORLDS.high:
        problems.append(
            Problem(
                f"must be 0 for none, or a whole number {limits.WORLDS}; it is {variance_worlds}",
                key="--variance-worlds",
            )
        )
    if worlds_each is not None and not 1 <= worlds_each <= limits.WORLDS.high:
        problems.append(
            Problem(f"must be a whole number {limits.WORLDS}; it is {worlds_each}", key="--worlds-each")
        )
    if worlds_each is not None and not asked:
        problems.append(
            Problem(
                "says in how many worlds extra runs are made, but none are asked for",
                key="--worlds-each",
                suggestion="add --channels or --robustness, or leave it away",
            )
        )
    return problems


def run_extras(
    plans: ExtraPlans, progress: Progress | None = None, simulate: Simulate | None = None
) -> Extras:
    """Run what was planned; `progress` is told of all of it together. Raises what `gather` raises."""
    total = sum(worlds_of(each.plan) for each in plans.asked)
    begun = 0
    found: dict[str, Any] = {}
    if plans.channels is not None:
        found["channels"] = find_channels(plans.channels, part(progress, begun, total), simulate)
        begun += worlds_of(plans.channels.plan)
    if plans.robustness is not None:
        found["robustness"] = find_robustness(plans.robustness, part(progress, begun, total), simulate)
        begun += worlds_of(plans.robustness.plan)
    if plans.variance_from is not None:
        found["variance_from"] = find_redraws(plans.variance_from, part(progress, begun, total), simulate)
    return Extras(**found)


def worlds_of(planned: Plan) -> int:
    """Worlds that are told to the progress of `planned`: each counts once for every set."""
    return planned.settings.worlds * len(planned.sets)


def part(progress: Progress | None, begun: int, total: int) -> Progress | None:
    """The progress of a part of `total` worlds that starts when `begun` of them are done."""
    if progress is None:
        return None
    tell = progress
    return lambda done, _: tell(begun + done, total)


def write_extras(extras: Extras, folder: Path) -> None:
    """Write what was found into a results folder, a file each."""
    for name, plain in extras.plain().items():
        text = json.dumps(plain, indent=1, ensure_ascii=False, allow_nan=False)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def read_extras(folder: Path) -> Extras:
    """What a results folder holds of extra runs. InputError for a file that can't be read as such."""
    return Extras(
        _read(folder / CHANNELS, Channels.of) if (folder / CHANNELS).exists() else None,
        _read(folder / ROBUSTNESS, Robustness.of) if (folder / ROBUSTNESS).exists() else None,
        _read(folder / VARIANCE_FROM, VarianceFrom.of) if (folder / VARIANCE_FROM).exists() else None,
    )


def _read(file: Path, of: Callable[[dict[str, Any]], Found]) -> Found:
    try:
        return of(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            Problem(
                f"cannot be read as what extra runs found: {error}",
                file=str(file),
                suggestion="run the comparison anew with the command in record.json",
            )
        ) from None
