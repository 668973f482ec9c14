"""An optimum as plain data, as rows, and as scenario files that can be compared."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from wbsim.experiments.request import source
from wbsim.optimum.study import Optimum
from wbsim.scenario.load import load
from wbsim.scenario.plugin import load_plugins
from wbsim.scenario.schema import LeverValue, Policy, Scenario
from wbsim.sweeps.apply import apply
from wbsim.sweeps.value import value_text
from wbsim.tables.places import DOMAIN_NAMES

OWN = "own"


def names_of(found: Optimum) -> tuple[str, ...]:
    """Names of the own levers and of the members: own, 1, 2, ..."""
    return (OWN, *(str(number) for number in range(1, len(found.points))))


def plain(found: Optimum) -> dict[str, Any]:
    """As plain data that JSON can hold; what is undefined is None."""
    study = found.study
    return {
        "scenario": study.scenarios[0].name,
        "baseline": study.scenarios[1].name,
        "keys": list(study.space.keys),
        "goals": [
            {"outcome": goal.name, "unit": goal.record.unit, "better": goal.better} for goal in study.goals
        ],
        "robust": study.robust,
        "worlds": study.settings.worlds,
        "fresh_worlds": found.sound,
        "seed": study.settings.seed,
        "population": study.asked.population,
        "generations": study.asked.generations,
        "judged": found.judged,
        "refused": found.refused,
        "unsound": found.unsound,
        "better_than_own": beyond_own(found),
        "members": [
            {
                "name": name,
                "levers": _levers(found, place),
                "on_front": member.on_front,
                "share_on_front": member.share,
                "alike": member.alike,
                "goals": {
                    goal.name: {
                        "searched": _number(member.searched[g]),
                        "fresh": _number(member.fresh[g]),
                        "optimism": _number(member.optimism[g]),
                        "mcse": _number(member.mcse[g]),
                        "gain": {
                            "mean": _number(member.mean[g]),
                            "q05": _number(member.q05[g]),
                            "q95": _number(member.q95[g]),
                        },
                        "beyond_own": _number(member.beyond[g]),
                        "beyond_own_mcse": _number(member.beyond_error[g]),
                    }
                    for g, goal in enumerate(study.goals)
                },
                "on_front_under": {held.name: held.on_front[place] for held in found.held},
            }
            for place, (name, member) in enumerate(zip(names_of(found), found.members, strict=True))
        ],
    }


def beyond_own(found: Optimum) -> dict[str, list[str]]:
    """By goal the members that are better than the own levers by more than its margin, and two Monte Carlo errors."""
    ahead: dict[str, list[str]] = {}
    for g, goal in enumerate(found.study.goals):
        ahead[goal.name] = [
            name
            for name, member in zip(names_of(found), found.members, strict=True)
            if name != OWN
            and member.beyond[g] > goal.record.margin
            and member.beyond[g] > 2.0 * member.beyond_error[g]
        ]
    return ahead


def as_csv(found: Optimum) -> str:
    """A row for each member and goal."""
    text = io.StringIO(newline="")
    figures = ("searched", "fresh", "optimism", "mcse", "mean", "q05", "q95", "beyond", "beyond_error")
    keys = found.study.space.keys
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["member", *keys, "on_front", "share_on_front", "goal", "unit", *figures])
    for place, (name, member) in enumerate(zip(names_of(found), found.members, strict=True)):
        levers = [value_text(value) for value in found.points[place]]
        share = "" if member.share is None else member.share
        for g, goal in enumerate(found.study.goals):
            values = [_number(getattr(member, each)[g]) for each in figures]
            writer.writerow(
                [name, *levers, member.on_front, share, goal.name, goal.record.unit]
                + ["" if value is None else value for value in values]
            )
    return text.getvalue()


def scenario_files(found: Optimum) -> Iterator[tuple[str, str]]:
    """(name of the file, TOML) of a scenario for each member, which `wbsim compare` takes as it is."""
    policy, space = found.study.scenarios[0], found.study.space
    for place, name in list(enumerate(names_of(found)))[1:]:
        changed = apply(policy, space.keys, found.points[place])
        title = f"{policy.name[:50]}-optimum-{name}"
        yield f"{title}.toml", scenario_toml(title, policy, changed)


def scenario_toml(title: str, before: Scenario, changed: Scenario) -> str:
    """`changed` as a file that extends the scenario that `before` came from, with all its levers written out."""
    lines = [
        f"name = {json.dumps(title)}",
        f"description = {json.dumps(f'{before.name} with levers that a search found')}",
        f"extends = {json.dumps(source(before))}",
    ]
    inherited = load(source(before), plugins=load_plugins(before.plugins)).policies
    lines += ['replace = ["policy"]'] if inherited else []
    for policy in changed.policies:
        lines += ["", "[[policy]]", *_policy_lines(policy)]
    return "\n".join(lines) + "\n"


def _policy_lines(policy: Policy) -> Iterator[str]:
    yield f"mechanism = {json.dumps(policy.mechanism)}"
    yield f"start = {json.dumps(policy.start)}"
    if policy.end is not None:
        yield f"end = {json.dumps(policy.end)}"
    if policy.without:
        yield f"without = {json.dumps(list(policy.without))}"
    for name, value in policy.levers.items():
        yield f"{name} = {_toml(value)}"


def _toml(value: LeverValue) -> str:
    if isinstance(value, tuple) and value and not isinstance(value[0], str):
        weights = zip(DOMAIN_NAMES, value, strict=True)
        return "{ " + ", ".join(f"{domain} = {weight}" for domain, weight in weights if weight) + " }"
    return json.dumps(list(value) if isinstance(value, tuple) else value)


def _levers(found: Optimum, place: int) -> Mapping[str, Any]:
    """The levers as the scenario has them, with the own values where a candidate left them."""
    scenario = apply(found.study.scenarios[0], found.study.space.keys, found.points[place])
    by_mechanism = {policy.mechanism: policy.resolved() for policy in scenario.policies}
    levers = {}
    for key in found.study.space.keys:
        mechanism, _, name = key.partition(".")
        levers[key] = by_mechanism.get(mechanism, {}).get(name)
    return levers


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
