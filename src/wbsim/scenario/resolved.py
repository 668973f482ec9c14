"""A scenario read back from what its record holds: the reverse of `Scenario.resolved`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wbsim.scenario import limits
from wbsim.scenario.posterior import PosteriorFile
from wbsim.scenario.schema import Assumptions, DatedEvent, LeverValue, PathStep, Policy, RunSettings, Scenario
from wbsim.tables.places import DOMAIN_NAMES
from wbsim.tables.record import Prior
from wbsim.tables.structures import STRUCTURES

Plain = Mapping[str, Any]


def from_resolved(
    plain: Plain,
    *,
    origin: str = "",
    extends: Sequence[str] = (),
    plugins: Sequence[str] = (),
    posterior: PosteriorFile | None = None,
) -> Scenario:
    """The scenario that `plain`, as `Scenario.resolved` made it, describes.

    The posterior stands in `plain` as a hash alone, so that the file is given. Raises KeyError, TypeError or
    ValueError (pydantic's among them) for anything that no `resolved` made.
    """
    return Scenario(
        name=plain["name"],
        description=plain["description"],
        run=RunSettings(**plain["run"]),
        policies=tuple(_policy(each) for each in plain["policies"]),
        assumptions=_assumptions(plain["assumptions"], posterior),
        events=tuple(
            DatedEvent(**{name: _frozen(value) for name, value in e.items()}) for e in plain["events"]
        ),
        extends=tuple(extends),
        origin=origin,
        plugins=tuple(plugins),
    )


def _policy(plain: Plain) -> Policy:
    own = ("mechanism", "start", "end")
    levers = {name: _lever(value) for name, value in plain.items() if name not in (*own, "without")}
    off = tuple(plain.get("without", ()))
    return Policy(**{name: plain[name] for name in own}, levers=levers, without=off)


def _lever(value: Any) -> LeverValue:
    if isinstance(value, Mapping):  # weights, by domain
        return tuple(value[domain] for domain in DOMAIN_NAMES)
    lever: LeverValue = _frozen(value)
    return lever


def _assumptions(plain: Plain, posterior: PosteriorFile | None) -> Assumptions:
    return Assumptions(
        parameters={name: _law(value) for name, value in plain["parameters"].items()},
        variants=dict(plain["variants"]),
        structures={name: _weights(name, value) for name, value in plain["structures"].items()},
        source=plain["source"],
        posterior=posterior,
        history_until=plain["history_until"],
        paths=tuple(_step(each) for each in plain["paths"]),
    )


def _weights(name: str, value: Any) -> tuple[float, ...]:
    given = value if isinstance(value, Mapping) else {value: 1.0}
    return tuple(float(given.get(choice, 0.0)) for choice in STRUCTURES[name].choices)


def _law(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if not isinstance(value, Mapping):
        return Prior("fixed", float(value))
    first, second = limits.DISTRIBUTIONS[value["distribution"]]
    return Prior(value["distribution"], value[first], value[second], value.get("zero", 0.0))


def _step(plain: Plain) -> PathStep:
    rest = {name: _frozen(value) for name, value in plain.items() if name != "from"}
    return PathStep(since=plain["from"], **rest)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
