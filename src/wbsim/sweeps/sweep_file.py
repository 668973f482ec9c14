"""What a sweep file says, whole: scenarios, what is varied, the design, and how it is simulated."""

from __future__ import annotations

from dataclasses import dataclass

from wbsim.scenario.schema import Scenario
from wbsim.sweeps.design import Design, Sampling
from wbsim.sweeps.keep import Keep
from wbsim.sweeps.spread import Varied


@dataclass(frozen=True, slots=True)
class SweepFile:
    """A sweep file, checked: every scenario keeps its rules at every point of `design`.

    `scenarios` have the file's `years` and `citizens` already. `worlds` and `world_seed` are None where the file
    leaves them to the command. `baseline` is the name of one of the scenarios, None where none is chosen; `outcomes`
    are names of the table of outcomes, empty where none are. `notices` are what the user should know before it is
    simulated. `origin` says where the file came from.
    """

    name: str
    description: str
    scenarios: tuple[Scenario, ...]
    vary: tuple[Varied, ...]
    sampling: Sampling
    design: Design
    worlds: int | None
    world_seed: int | None
    keep: Keep
    baseline: str | None
    outcomes: tuple[str, ...]
    notices: tuple[str, ...]
    origin: str
