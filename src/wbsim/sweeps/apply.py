"""The scenario of a design point: what the point sets is changed, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from wbsim.scenario.parameter_key import parameters_by_key
from wbsim.scenario.posterior import PosteriorFile, find_posterior
from wbsim.scenario.schema import Assumptions, LeverValue, Policy, Scenario
from wbsim.sweeps.key import CITIZENS, SOURCE
from wbsim.sweeps.value import LEAVE, NEVER, Value, weights_of
from wbsim.tables.record import Prior
from wbsim.tables.structures import STRUCTURES


def apply(scenario: Scenario, keys: Sequence[str], point: Sequence[Value]) -> Scenario:
    """`scenario` with the values of `point`, one for each of `keys` (canonical names).

    Values are taken as they are: `check_points` has seen them before. A value of LEAVE leaves what the scenario has,
    as do levers and months of a mechanism that no policy of the scenario starts. Where a point takes Kosovo's seat
    away and names no members, Kosovo is no longer one of them, as in a scenario file that names none. A parameter
    that is set for all elements leaves those alone that the scenario sets by themselves.
    """
    sorting = _sorting(tuple(keys))
    assumed = [(name, point[place]) for place, name in sorting.assumed if point[place] != LEAVE]
    update: dict[str, object] = {}
    if sorting.policies:
        policies = tuple(_policy(policy, sorting, point) for policy in scenario.policies)
        update["policies"] = tuple(sorted(policies, key=lambda policy: (policy.start, policy.mechanism)))
    if assumed:
        update["assumptions"] = _assumptions(scenario.assumptions, assumed)
    if sorting.citizens is not None and point[sorting.citizens] != LEAVE:
        update["run"] = scenario.run.model_copy(update={"citizens": point[sorting.citizens]})
    return scenario.model_copy(update=update) if update else scenario


@dataclass(frozen=True, slots=True)
class _Sorting:
    """Where in a point the values of each part of a scenario stand."""

    #: By mechanism: position, and name of the lever, "start" or "end".
    policies: Mapping[str, tuple[tuple[int, str], ...]]
    #: Position and canonical key of parameters, variants, structural alternatives and the source.
    assumed: tuple[tuple[int, str], ...]
    citizens: int | None


@lru_cache(maxsize=64)
def _sorting(keys: tuple[str, ...]) -> _Sorting:
    policies: dict[str, list[tuple[int, str]]] = {}
    assumed, citizens = [], None
    for place, key in enumerate(keys):
        head, _, rest = key.partition(".")
        if key == CITIZENS:
            citizens = place
        elif key == SOURCE or head in ("variants", "structures") or key in parameters_by_key():
            assumed.append((place, key))
        else:
            policies.setdefault(head, []).append((place, rest))
    return _Sorting({name: tuple(own) for name, own in policies.items()}, tuple(assumed), citizens)


def _policy(policy: Policy, sorting: _Sorting, point: Sequence[Value]) -> Policy:
    own = sorting.policies.get(policy.mechanism, ())
    changes = {name: point[place] for place, name in own if point[place] != LEAVE}
    if not changes:
        return policy
    months = {
        name: None if (name, month) == ("end", NEVER) else month
        for name, month in changes.items()
        if name in ("start", "end") and name not in policy.levers
    }
    levers = dict(policy.levers)
    for name, value in changes.items():
        if name not in months:
            levers[name] = _lever(levers[name], value)
    members = levers.get("members")
    if changes.get("kosovo_seat") == "absent" and "members" not in changes and isinstance(members, tuple):
        levers["members"] = tuple(str(code) for code in members if code != "XKX")
    return policy.model_copy(update={**months, "levers": levers})


def _lever(before: LeverValue, value: Value) -> LeverValue:
    weights = isinstance(before, tuple) and bool(before) and not isinstance(before[0], str)
    return weights_of(value) if weights and isinstance(value, str) else value


def _assumptions(assumptions: Assumptions, changes: Sequence[tuple[str, Value]]) -> Assumptions:
    parameters, variants = dict(assumptions.parameters), dict(assumptions.variants)
    structures = dict(assumptions.structures)
    source: Value = assumptions.source
    for key, value in changes:
        if key == SOURCE:
            source = value
        elif key.startswith("variants."):
            variants[key.removeprefix("variants.")] = str(value)
        elif key.startswith("structures."):
            name = key.removeprefix("structures.")
            structures[name] = STRUCTURES[name].only(str(value))
        elif value in ("prior", "posterior"):
            parameters[key] = "prior" if value == "prior" else "posterior"
        else:
            assert isinstance(value, int | float)
            parameters[key] = Prior("fixed", float(value))
    fitted = source == "posterior" or "posterior" in parameters.values()
    posterior = (assumptions.posterior or _bundled_posterior()) if fitted else None
    return assumptions.model_copy(
        update={
            "parameters": dict(sorted(parameters.items())),
            "variants": variants,
            "structures": structures,
            "source": source,
            "posterior": posterior,
        }
    )


@lru_cache(maxsize=1)
def _bundled_posterior() -> PosteriorFile:
    """What a scenario without a posterior of its own draws from, as when its file is read."""
    return find_posterior()
