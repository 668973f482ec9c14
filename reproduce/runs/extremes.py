"""Policies with one lever or one parameter at an extreme, each in the same worlds as the policy as it is bundled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reproduce.run import Facts, Run, Settings
from reproduce.runs.common import SEED, defined
from wbsim.chance.priors import quantile
from wbsim.model.simulate import simulate
from wbsim.scenario.load import load
from wbsim.scenario.override import with_run
from wbsim.scenario.schema import Policy
from wbsim.statistics.paired import level
from wbsim.tables.mechanisms import MECHANISMS
from wbsim.tables.outcomes import OUTCOME_INDEX, OUTCOMES
from wbsim.tables.parameters import PARAMETERS
from wbsim.tables.record import Prior

Floats = NDArray[np.float64]
Levers = Mapping[str, object]
Case = tuple[Levers, Mapping[str, float]]

AS_BUNDLED = "as bundled"


def cases(mechanism: str) -> dict[str, Case]:
    """By name the levers and the parameters of a mechanism that differ from the bundled policy."""
    if mechanism == "forum":
        return {
            AS_BUNDLED: ({}, {}),
            "without crisis line": ({"crisis_line": 0.0}, {}),
            "without dialogue": ({"dialogue": 0.0}, {}),
            "without commitments": ({"commitments": "none"}, {}),
            "without transparency": ({"transparency": 0.0}, {}),
            "crisis line alone": ({"dialogue": 0.0, "commitments": "none", "transparency": 0.0}, {}),
            "pledges acted upon in full": ({}, {"commitment_pull": 1.0}),
            "broken commitments weigh as much as kept ones": ({}, {"loss_weight": 1.0}),
            "a third of the pledged rise counts as kept": ({}, {"kept_bar": 0.33}),
        }
    return {
        AS_BUNDLED: ({}, {}),
        "without incentive": ({}, {"incentive": 0.0}),
        "incentive at the prior's 95th percentile": ({}, {"incentive": _high("incentive")}),
        "without crowding out": ({}, {"crowding_out": 0.0}),
        "without distortion": ({}, {"distortion": 0.0}),
        "capacity does not follow money": ({}, {"capacity_money": 0.0}),
        "nothing published": ({"publication": 0.0}, {}),
        "full verification": ({"verification": 1.0}, {}),
        "all funds on results": ({"paid_on_results": 1.0}, {}),
        "twice the money": ({"funds": 2.0 * _default("iisg-results", "funds")}, {}),
    }


def _high(name: str) -> float:
    parameter = PARAMETERS[name]
    value = quantile(parameter.prior, parameter.low, parameter.high, np.array([0.95]))
    return float(np.round(value[0], 3))


def _default(mechanism: str, lever: str) -> float:
    value = next(each.default for each in MECHANISMS[mechanism].levers if each.name == lever)
    if not isinstance(value, int | float):
        raise TypeError(f"{mechanism}.{lever} is no number: {value!r}")
    return float(value)


def _extremes(settings: Settings) -> Facts:
    """By mechanism and case the effects on all outcomes."""
    return {mechanism: _mechanism(mechanism, settings) for mechanism in settings["mechanisms"]} | {
        "worlds": settings["worlds"],
        "citizens": settings["citizens"],
    }


def _mechanism(mechanism: str, settings: Settings) -> dict[str, Any]:
    changes = {name: _changes(mechanism, case, settings) for name, case in cases(mechanism).items()}
    return {name: _figures(change, changes[AS_BUNDLED]) for name, change in changes.items()}


def _changes(mechanism: str, case: Case, settings: Settings) -> dict[str, Floats]:
    """The paired difference (worlds,) from the status quo under the same parameters, by outcome."""
    levers, fixed = case
    base = with_run(load("status-quo"), citizens=settings["citizens"])
    parameters = {name: Prior("fixed", value) for name, value in fixed.items()}
    base = base.model_copy(
        update={"assumptions": base.assumptions.model_copy(update={"parameters": parameters})}
    )
    chosen = {lever.name: lever.default for lever in MECHANISMS[mechanism].levers} | dict(levers)
    policy = Policy(mechanism=mechanism, levers=chosen)
    other = base.model_copy(update={"name": mechanism, "policies": (policy,)})
    without, with_policy = simulate([base, other], SEED, 0, settings["worlds"])
    difference = (with_policy.regional - without.regional).astype(float)
    return {name: _measured(difference[:, :, OUTCOME_INDEX[name]], name) for name in OUTCOMES}


def _measured(monthly: Floats, outcome: str) -> Floats:
    """A figure a world: sums since the policies began, or means of the last twelve months."""
    if OUTCOMES[outcome].summary == "sum":
        return np.asarray(monthly[:, 24:].sum(axis=1))
    return np.asarray(monthly[:, -12:].mean(axis=1))


def _figures(change: Mapping[str, Floats], bundled: Mapping[str, Floats]) -> dict[str, Any]:
    """Mean, Monte Carlo error, and shares of worlds with a practical gain and harm; `beside`: the difference from the
    policy as it is bundled, in the same worlds."""
    figures = {}
    for name, values in change.items():
        outcome = OUTCOMES[name]
        gain = values if outcome.better == "higher" else -values
        own, beside = level(defined(values)), level(defined(values - bundled[name]))
        figures[name] = {
            "mean": own.mean,
            "mcse": own.mcse,
            "gain": float(np.mean(gain > outcome.margin)),
            "harm": float(np.mean(gain < -outcome.margin)),
            "beside": {"mean": beside.mean, "mcse": beside.mcse},
        }
    return figures


EXTREMES = Run(
    "extremes",
    _extremes,
    {"worlds": 300, "citizens": 80, "mechanisms": ["iisg-results", "forum"]},
    180,
)
