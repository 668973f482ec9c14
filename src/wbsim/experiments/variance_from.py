"""What follow-up runs found about where the variance of each effect comes from.

As JSON (`variance_from.json`, and the key `variance_from` of `--json`): `worlds`, `first_world`, `seed`, `other_seed`
(of what is drawn again), `citizens` (a state, in these runs), `failed_worlds`, `runs` (scenarios times sets of groups),
`baseline`, `assumptions`, `groups` (`name`, `label`, `what`), `orders` (names of groups, in the order in which they are
drawn again) and `policies`: by policy and outcome `variance` of the paired difference in its squared unit, `shares` (by
group `share` and its Monte Carlo standard error `mcse`, None where one world alone decides; they sum to 1) and
`reason`, which says why there are no shares, else empty. Shares are those of the twelve months to the horizon.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from wbsim.experiments.input_groups import InputGroup

#: A share counts as told apart from nothing from this many of its Monte Carlo errors on.
CLEAR = 2.0


@dataclass(frozen=True, slots=True)
class Share:
    """A group's share of the variance of an effect, and its Monte Carlo standard error; None: not known."""

    share: float
    mcse: float | None

    @property
    def clear(self) -> bool:
        """Whether it is beyond two of its errors."""
        return self.mcse is not None and self.share > CLEAR * self.mcse


@dataclass(frozen=True, slots=True)
class Split:
    """The variance of one effect by group; `shares` is empty where `reason` says why."""

    variance: float | None
    shares: Mapping[str, Share]
    reason: str = ""

    @property
    def leading(self) -> tuple[str, ...]:
        """Groups whose share is clear, the largest first."""
        return tuple(
            sorted((n for n, each in self.shares.items() if each.clear), key=lambda n: -self.shares[n].share)
        )


@dataclass(frozen=True, slots=True)
class VarianceFrom:
    """All policies and outcomes; see the module's description."""

    worlds: int
    first_world: int
    seed: int
    other_seed: int
    citizens: int
    failed_worlds: int
    runs: int
    baseline: str
    assumptions: str
    groups: tuple[InputGroup, ...]
    orders: tuple[tuple[str, ...], ...]
    policies: Mapping[str, Mapping[str, Split]]

    def plain(self) -> dict[str, Any]:
        """The object as JSON holds it."""
        plain: dict[str, Any] = asdict(self)
        return plain | {"groups": list(plain["groups"]), "orders": [list(order) for order in self.orders]}

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> VarianceFrom:
        """The record of what `plain` gave. KeyError or TypeError for anything else."""
        policies = {
            policy: {name: _split(each) for name, each in outcomes.items()}
            for policy, outcomes in plain["policies"].items()
        }
        groups = tuple(InputGroup(**each) for each in plain["groups"])
        orders = tuple(tuple(order) for order in plain["orders"])
        return cls(**{**plain, "groups": groups, "orders": orders, "policies": policies})


def _split(plain: Mapping[str, Any]) -> Split:
    shares = {name: Share(**each) for name, each in plain["shares"].items()}
    return Split(plain["variance"], shares, plain["reason"])
