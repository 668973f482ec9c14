"""What each channel of a policy does: the tables of `docs/audit.md`, as Markdown on standard output.

Each line simulates the status quo and one policy in the same 300 worlds, with one channel switched off or set to an
extreme. `python benchmarks/channels.py` takes about three minutes.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping

import numpy as np

from wbsim.model.simulate import Block, simulate
from wbsim.scenario.load import load
from wbsim.scenario.override import with_run
from wbsim.scenario.schema import Policy, Scenario
from wbsim.tables.mechanisms import MECHANISMS
from wbsim.tables.outcomes import OUTCOME_INDEX, OUTCOMES
from wbsim.tables.record import Prior

WORLDS, CITIZENS = 300, 80
SHOWN = {
    "iisg-results": (
        "cooperation",
        "delivery_organised_crime",
        "government_trust",
        "support",
        "threat_burden",
    ),
    "forum": ("cooperation", "government_trust", "public_trust", "war_worry", "crises_severe"),
}
Settings = Mapping[str, object]
CASES: dict[str, dict[str, tuple[Settings, Mapping[str, float]]]] = {
    "iisg-results": {
        "as bundled": ({}, {}),
        "without incentive": ({}, {"incentive": 0.0}),
        "incentive at the prior's 95th percentile": ({}, {"incentive": 1.58}),
        "without crowding out": ({}, {"crowding_out": 0.0}),
        "without distortion": ({}, {"distortion": 0.0}),
        "capacity does not follow money": ({}, {"capacity_money": 0.0}),
        "nothing published": ({"publication": 0.0}, {}),
        "full verification": ({"verification": 1.0}, {}),
        "all funds on results": ({"paid_on_results": 1.0}, {}),
        "twice the money": ({"funds": 24.0}, {}),
    },
    "forum": {
        "as bundled": ({}, {}),
        "without crisis line": ({"crisis_line": 0.0}, {}),
        "without dialogue": ({"dialogue": 0.0}, {}),
        "without commitments": ({"commitments": "none"}, {}),
        "without transparency": ({"transparency": 0.0}, {}),
        "crisis line alone": ({"dialogue": 0.0, "commitments": "none", "transparency": 0.0}, {}),
        "pledges acted upon in full": ({}, {"commitment_pull": 1.0}),
    },
}


def pair(mechanism: str, levers: Settings, fixed: Mapping[str, float]) -> tuple[Block, Block]:
    """The status quo and a policy in the same worlds, with some parameters fixed."""
    base = with_run(load("status-quo"), citizens=CITIZENS)
    parameters = {name: Prior("fixed", value) for name, value in fixed.items()}
    base = base.model_copy(
        update={"assumptions": base.assumptions.model_copy(update={"parameters": parameters})}
    )
    settings = {lever.name: lever.default for lever in MECHANISMS[mechanism].levers} | dict(levers)
    policy: Scenario = base.model_copy(
        update={"name": mechanism, "policies": (Policy(mechanism=mechanism, levers=settings),)}
    )
    without, with_policy = simulate([base, policy], 1, 0, WORLDS)
    return without, with_policy


def cell(without: Block, with_policy: Block, name: str) -> str:
    """Mean difference, and the shares of worlds with a practical gain and a practical harm."""
    outcome = OUTCOMES[name]
    monthly = (with_policy.regional - without.regional)[:, :, OUTCOME_INDEX[name]].astype(float)
    change = monthly[:, 24:].sum(axis=1) if outcome.summary == "sum" else monthly[:, -12:].mean(axis=1)
    good = change if outcome.better == "higher" else -change
    gain, harm = np.mean(good > outcome.margin), np.mean(good < -outcome.margin)
    return f"{change.mean():+.{outcome.digits}f} ({100 * gain:.0f} / {100 * harm:.0f})"


def main() -> None:
    """Print a table for each policy."""
    for mechanism, cases in CASES.items():
        names = SHOWN[mechanism]
        print(f"\n| {mechanism} | " + " | ".join(OUTCOMES[name].label for name in names) + " |")
        print("| --- |" + " ---: |" * len(names))
        for label, (levers, fixed) in cases.items():
            blocks = pair(mechanism, levers, fixed)
            print(f"| {label} | " + " | ".join(cell(*blocks, name) for name in names) + " |")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
