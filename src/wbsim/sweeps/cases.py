"""Every different thing that a sweep simulates, once, under a key that says all that its worlds depend on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wbsim.scenario.schema import Scenario
from wbsim.sweeps.apply import apply
from wbsim.sweeps.models import model_sha256
from wbsim.sweeps.plan import SweepPlan

#: Version of the chunks' contents: another one makes every key another.
FORMAT = 1


@dataclass(frozen=True)
class Cases:
    """`scenarios` with their `keys`, each once; scenario s at point p is case `place[p, s]`.

    `shares` tells cases apart that share assumptions, events and settings, so that they can be simulated together.
    """

    scenarios: tuple[Scenario, ...]
    keys: tuple[str, ...]
    shares: tuple[str, ...]
    place: NDArray[np.int64]

    @cached_property
    def number(self) -> dict[str, int]:
        """The case of each key."""
        return {key: number for number, key in enumerate(self.keys)}


def cases_of(plan: SweepPlan) -> Cases:
    """All cases of `plan`, in the order of points and scenarios."""
    context = {
        "format": FORMAT,
        "model": model_sha256(plan.model, plan.plugins),
        "seed": plan.seed,
        "keep": plan.keep,
        "months": len(plan.months),
        "since": plan.since,
    }
    start = json.dumps(context, sort_keys=True)
    found: dict[str, int] = {}
    scenarios, shares = list[Scenario](), list[str]()
    place = np.empty((len(plan.design.points), len(plan.scenarios)), np.int64)
    for p, point in enumerate(plan.design.points):
        for s, scenario in enumerate(plan.scenarios):
            changed = apply(scenario, plan.design.keys, point)
            share, key = _keys(changed, start)
            place[p, s] = found.setdefault(key, len(scenarios))
            if place[p, s] == len(scenarios):
                scenarios.append(changed)
                shares.append(share)
    return Cases(tuple(scenarios), tuple(found), tuple(shares), place)


def _keys(scenario: Scenario, start: str) -> tuple[str, str]:
    """What a case shares with those that can be simulated with it, and its own key; names and texts are no part."""
    run = {name: value for name, value in scenario.run.model_dump().items() if name not in ("worlds", "seed")}
    events = [event.resolved() for event in scenario.events]
    common = json.dumps([run, scenario.assumptions.resolved(), events], sort_keys=True)
    share = hashlib.sha256(f"{start}\n{common}".encode()).hexdigest()[:32]
    policies = json.dumps([policy.resolved() for policy in scenario.policies], sort_keys=True)
    return share, hashlib.sha256(f"{share}\n{policies}".encode()).hexdigest()[:32]
