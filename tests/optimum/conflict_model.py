"""Models whose Pareto front is known: with transparency t, cooperation is worth t and delivery 1 - t².

No quorum, no number of meetings helps: each meeting beyond one costs 0.02 of both, and a quorum other than 4 costs 0.1.
Chance is common to all candidates (paired), and in `noisy` each has some of its own, which is luck.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from zlib import crc32

import numpy as np

from wbsim.scenario.model import Model
from wbsim.tables.outcomes import OUTCOMES

RECORDS = {name: OUTCOMES[name] for name in ("cooperation", "delivery", "public_trust", "money")}
MONTHS = 12


@dataclass(frozen=True)
class Block:
    """What the model returns for one scenario."""

    regional: np.ndarray
    states: np.ndarray
    dyads: np.ndarray
    failed: dict[int, str] = field(default_factory=dict)


def worth_of(levers) -> np.ndarray:
    """What the outcomes are without chance."""
    t, meetings, quorum = levers["transparency"], levers["meetings_per_year"], levers["quorum"]
    cost = 0.02 * (meetings - 1) + 0.1 * (quorum != 4)
    return np.array([t - cost, 1 - t**2 - cost, 0.0, 10 * t])


def simulate(scenarios, seed, first, count, registry=None, own=0.0):
    """All worlds; the status quo is chance alone."""
    worlds = range(first, first + count)
    common = np.array([np.random.default_rng([seed, world]).normal(0, 0.3, 4) for world in worlds])
    nothing = np.empty((count, 0, 0, 0), np.float32)
    blocks = []
    for scenario in scenarios:
        values = common.copy()
        for policy in scenario.policies:
            values += worth_of(policy.levers)
            code = crc32(repr(sorted(policy.levers.items())).encode())
            luck = [np.random.default_rng([seed, world, code]).normal(0, own, 4) for world in worlds]
            values += np.array(luck)
        regional = np.repeat(values[:, None], MONTHS, axis=1).astype(np.float32)
        blocks.append(Block(regional, nothing, nothing))
    return blocks


noisy = partial(simulate, own=0.5)


def failing(scenarios, seed, first, count, registry=None):
    """Every world fails where transparency is over a half."""
    blocks = simulate(scenarios, seed, first, count)
    for scenario, block in zip(scenarios, blocks, strict=True):
        if any(policy.levers["transparency"] > 0.5 for policy in scenario.policies):
            block.failed.update(dict.fromkeys(range(first, first + count), "too open"))
    return blocks


_model = partial(Model, outcomes=RECORDS, months=MONTHS, block=256, together=2048)
CONFLICT, NOISY, FAILING = (
    _model("conflict", simulate),
    _model("noisy", noisy),
    _model("failing-conflict", failing),
)
