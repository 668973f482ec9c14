"""A scenario at one point of a design."""

from __future__ import annotations

from collections.abc import Sequence

from wbsim.errors import InputError, Problem
from wbsim.scenario.parameter_key import parameters_by_key
from wbsim.scenario.schema import Scenario
from wbsim.sweeps.design import Value
from wbsim.tables.record import Prior


def apply(scenario: Scenario, keys: Sequence[str], point: Sequence[Value]) -> Scenario:
    """`scenario` with the parameters `keys` fixed at the values of `point`. InputError for any other key."""
    known = parameters_by_key()
    parameters = dict(scenario.assumptions.parameters)
    problems = []
    for key, value in zip(keys, point, strict=True):
        if key not in known or not isinstance(value, float | int):
            problems.append(Problem("is not a parameter with a number for value", key=key))
        else:
            parameters[key] = Prior("fixed", float(value))
    if problems:
        raise InputError(problems)
    assumptions = scenario.assumptions.model_copy(update={"parameters": parameters})
    return scenario.model_copy(update={"assumptions": assumptions})
