"""What extra runs with channels off found: each policy's effect divided among its channels.

As JSON (`channels.json`, and the key `channels` of `--json`): `worlds`, `first_world`, `seed`, `failed_worlds`,
`runs` (scenarios simulated beside the comparison), `assumptions`, and `divisions`, one for each policy of each
scenario, and one for each scenario of several policies, whose parts are the policies. A division has `scenario`,
`policy` (None where the parts are policies), `compared_with`, `parts` (`name`, `label`, `off`), `inert` (channels that
have nothing to act upon here, whose share is nil), `method` ("exact" or "sampled"), `combinations` and `outcomes`: by
name `effect`, `cost` (staff and money with every channel off; None where the parts are policies) and `shares` in the
order of `parts`, each with `share` (Shapley value), `missed` (what is lost without this one alone) and `alone` (what
this one adds to none). The effect is the cost and all shares together. Every figure is an object of `mean`, `q05`,
`q95` (nine in ten worlds) and `mcse` (Monte Carlo error of the mean), in the outcome's unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from wbsim.statistics.paired import Level


@dataclass(frozen=True, slots=True)
class Part:
    """A channel, or a policy among several; `off` says what is left out without it."""

    name: str
    label: str
    off: str


@dataclass(frozen=True, slots=True)
class Share:
    """What a part adds to an outcome, in its unit: fairly over all orders, when it alone is missed, and alone."""

    share: Level
    missed: Level
    alone: Level


@dataclass(frozen=True, slots=True)
class OutcomeDivision:
    """An effect, and what it is the sum of: the cost, if there is one, and a share for each part."""

    effect: Level
    cost: Level | None
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Division:
    """The effect of a policy divided among its channels, or that of a scenario among its policies."""

    scenario: str
    policy: str | None
    compared_with: str
    parts: tuple[Part, ...]
    inert: tuple[Part, ...]
    method: Literal["exact", "sampled"]
    combinations: int
    outcomes: Mapping[str, OutcomeDivision]

    @property
    def title(self) -> str:
        """What is divided, in a few words."""
        if self.policy is None:
            return f"{self.scenario}: its policies"
        return self.scenario if self.policy == self.scenario else f"{self.policy} in {self.scenario}"


@dataclass(frozen=True, slots=True)
class Channels:
    """All divisions of a comparison, in worlds `first_world` to `first_world + worlds - 1`."""

    worlds: int
    first_world: int
    seed: int
    failed_worlds: int
    runs: int
    assumptions: str
    divisions: tuple[Division, ...]

    def plain(self) -> dict[str, Any]:
        """The object as JSON holds it."""
        plain: dict[str, Any] = asdict(self)
        return plain

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Channels:
        """The record of what `plain` gave. KeyError or TypeError for anything else."""
        return cls(**{**plain, "divisions": tuple(map(_division, plain["divisions"]))})


def _division(plain: Mapping[str, Any]) -> Division:
    outcomes = {
        name: OutcomeDivision(
            Level(**each["effect"]),
            None if each["cost"] is None else Level(**each["cost"]),
            tuple(Share(**{key: Level(**value) for key, value in share.items()}) for share in each["shares"]),
        )
        for name, each in plain["outcomes"].items()
    }
    parts = {key: tuple(Part(**part) for part in plain[key]) for key in ("parts", "inert")}
    return Division(**{**plain, **parts, "outcomes": outcomes})
