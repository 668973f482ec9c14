"""What extra runs under other assumptions found: whether a policy's effect and rank hold.

As JSON (`robustness.json`, and the key `robustness` of `--json`): `worlds`, `first_world`, `seed`, `chance_seed` (of
the second course of chance), `failed_worlds`, `runs` (scenarios times settings simulated), `baseline`, `assumptions`,
`settings` (`name`, `kind`, `means`; the first is the comparison's own), `missing` (what could not be run, and why)
and `policies`: by policy and headline outcome `effects` in the order of `settings` (`mean` of the difference from the
baseline in the same worlds, its Monte Carlo error `mcse`, and the `rank` among all scenarios, 1 the best), `worst`
(name of the setting where the effect is worst; None where it is the same in all), `sign_flips` and `rank_flips`
(whether the sign, or the rank, there is another than in the first setting), `sign_flips_clearly` (both signs beyond
two Monte Carlo errors), `other_sign` (all settings where the sign is another than in the first, be it better or
worse, both beyond two errors), `ranks` (lowest and highest), `reversals` (scenarios that the order with which turns
round, and under which setting, both gaps beyond two Monte Carlo errors) and `variance`: `parameters`, `structure`,
`interaction`, `chance` and `shares`, from the structural settings in two courses of chance, None where undefined.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Kind = Literal["own", "variant", "structure", "source", "posterior"]


@dataclass(frozen=True, slots=True)
class Setting:
    """Assumptions that everything is run under; `name` is what `--under` takes, or "as compared"."""

    name: str
    kind: Kind
    means: str


@dataclass(frozen=True, slots=True)
class Effect:
    """Mean difference from the baseline under one setting, its Monte Carlo error, and the rank among all scenarios."""

    mean: float | None
    mcse: float | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class Reversal:
    """A scenario with which the order of means turns round under a setting, beyond Monte Carlo error."""

    scenario: str
    setting: str


@dataclass(frozen=True, slots=True)
class Variance:
    """Variance of the paired difference by where it comes from, in the squared unit; `shares` of the whole."""

    parameters: float
    structure: float
    interaction: float
    chance: float
    shares: Mapping[str, float] | None


@dataclass(frozen=True, slots=True)
class Robust:
    """One policy on one outcome under every setting."""

    effects: tuple[Effect, ...]
    worst: str | None
    sign_flips: bool
    sign_flips_clearly: bool
    other_sign: tuple[str, ...]
    rank_flips: bool
    ranks: tuple[int, int] | None
    reversals: tuple[Reversal, ...]
    variance: Variance | None


@dataclass(frozen=True, slots=True)
class Robustness:
    """All policies and headline outcomes under every setting."""

    worlds: int
    first_world: int
    seed: int
    chance_seed: int
    failed_worlds: int
    runs: int
    baseline: str
    assumptions: str
    settings: tuple[Setting, ...]
    missing: tuple[str, ...]
    policies: Mapping[str, Mapping[str, Robust]]

    def plain(self) -> dict[str, Any]:
        """The object as JSON holds it."""
        plain: dict[str, Any] = asdict(self)
        return plain

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Robustness:
        """The record of what `plain` gave. KeyError or TypeError for anything else."""
        policies = {
            policy: {name: _robust(each) for name, each in outcomes.items()}
            for policy, outcomes in plain["policies"].items()
        }
        settings = tuple(Setting(**each) for each in plain["settings"])
        return cls(
            **{**plain, "settings": settings, "missing": tuple(plain["missing"]), "policies": policies}
        )


def _robust(plain: Mapping[str, Any]) -> Robust:
    return Robust(
        **{
            **plain,
            "effects": tuple(Effect(**each) for each in plain["effects"]),
            "ranks": None if plain["ranks"] is None else (plain["ranks"][0], plain["ranks"][1]),
            "other_sign": tuple(plain["other_sign"]),
            "reversals": tuple(Reversal(**each) for each in plain["reversals"]),
            "variance": None if plain["variance"] is None else Variance(**plain["variance"]),
        }
    )
