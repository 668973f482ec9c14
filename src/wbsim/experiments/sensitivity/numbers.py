"""The uncertain numbers of a scenario's assumptions, and how they are put into factors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.chance.priors import quantile
from wbsim.errors import InputError, Problem
from wbsim.scenario.parameter_key import parameters_by_key, unknown_parameter
from wbsim.scenario.schema import Assumptions
from wbsim.tables.parameters import (
    PARAMETERS,
    cooperation,
    crises,
    elements,
    governments,
    mechanisms,
    threats,
)
from wbsim.tables.record import Parameter, Prior

Values = NDArray[np.float64]

#: Groups in which all parameters are put, at most eight so that all coalitions can be valued; the rest are citizens'.
_SUBJECTS = {
    "governments": governments,
    "practised cooperation": cooperation,
    "threats": threats,
    "crises and outside powers": crises,
    "mechanisms": mechanisms,
}
LEVELS, DYNAMICS, CITIZENS = "levels of attitudes", "how attitudes move", "other numbers of citizens"


@dataclass(frozen=True, slots=True)
class Uncertain:
    """One number that differs between worlds: a design draws it from `prior`, shifted by `centre` where it has one."""

    key: str
    parameter: Parameter
    prior: Prior
    centre: float | None


@dataclass(frozen=True, slots=True)
class Factor:
    """Numbers that a method moves or judges together; `keys` are theirs."""

    name: str
    label: str
    keys: tuple[str, ...]


def on_the_prior(assumptions: Assumptions) -> Assumptions:
    """The same with every number from its prior, or from what the scenario itself assumes: no posterior."""
    own = {key: value for key, value in assumptions.parameters.items() if not isinstance(value, str)}
    return assumptions.model_copy(update={"source": "prior", "parameters": own})


def uncertain(assumptions: Assumptions) -> tuple[Uncertain, ...]:
    """Every number that isn't fixed, in the table's order; trust of a state in itself is no number of the model."""
    found = []
    for parameter in PARAMETERS.values():
        for place, key in enumerate(elements(parameter)):
            pair = key.partition(".")[2].split(">")
            if len(pair) == 2 and pair[0] == pair[1]:
                continue
            assumed = assumptions.of(parameter.name, key.partition(".")[2] or None)
            own = isinstance(assumed, Prior)
            prior = assumed if isinstance(assumed, Prior) else parameter.prior
            centre = parameter.centres[place] if parameter.centres and not own else None
            if prior.family != "fixed":
                found.append(Uncertain(key, parameter, prior, centre))
    return tuple(found)


def values_at(numbers: Sequence[Uncertain], unit: Values) -> Values:
    """Values (..., K) of K numbers at the prior probabilities `unit` (..., K)."""
    columns = [
        quantile(each.prior, each.parameter.low, each.parameter.high, unit[..., n], each.centre)
        for n, each in enumerate(numbers)
    ]
    return np.stack(columns, axis=-1)


def by_parameter(numbers: Sequence[Uncertain]) -> tuple[Factor, ...]:
    """A factor for each parameter, all of its elements in it."""
    names = dict.fromkeys(each.parameter.name for each in numbers)
    return tuple(_factor(name, numbers) for name in names)


def by_subject(keys: Sequence[str]) -> tuple[Factor, ...]:
    """At most eight groups of the numbers `keys`, by the subject that reads them; levels and dynamics apart."""
    groups: dict[str, list[str]] = {}
    for key in keys:
        groups.setdefault(subject_of(parameters_by_key()[key]), []).append(key)
    return tuple(Factor(name, name, tuple(members)) for name, members in groups.items())


def subject_of(parameter: Parameter) -> str:
    """The group of a parameter."""
    if parameter.block in ("level", "dynamic"):
        return LEVELS if parameter.block == "level" else DYNAMICS
    names = (name for name, module in _SUBJECTS.items() if parameter in module.PARAMETERS)
    return next(names, CITIZENS)


def chosen(keys: Sequence[str], numbers: Sequence[Uncertain]) -> tuple[Factor, ...]:
    """A factor for each of `keys`: a parameter's name (all of its elements) or NAME.ELEMENT.

    InputError with every key that is unknown, fixed, given twice or part of another.
    """
    known, problems = parameters_by_key(), []
    found: list[Factor] = []
    for key in keys:
        if key not in known:
            message, suggestion = unknown_parameter(key, suggest=True)
            problems.append(Problem(message, key=key, suggestion=suggestion))
            continue
        factor = _factor(key, numbers)
        if not factor.keys:
            problems.append(
                Problem("is fixed here, so nothing hangs on it", key=key, suggestion="leave it out")
            )
        elif any(set(factor.keys) & set(other.keys) for other in found):
            problems.append(Problem("is given twice, by itself or as part of a parameter", key=key))
        found.append(factor)
    if problems:
        raise InputError(problems)
    return tuple(found)


def _factor(key: str, numbers: Sequence[Uncertain]) -> Factor:
    parameter, element = parameters_by_key()[key], key.partition(".")[2]
    members = tuple(each.key for each in numbers if key in (each.key, each.parameter.name))
    label = f"{parameter.label} ({element})" if element else parameter.label
    return Factor(key, f"{label}, {len(members)} together" if len(members) > 1 else label, members)
