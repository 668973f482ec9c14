"""What runs share: comparisons of bundled scenarios, and their figures as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

import wbsim
from wbsim.experiments.comparison import Comparison
from wbsim.report.origin_words import counted_words
from wbsim.scenario.load import load
from wbsim.scenario.override import with_run
from wbsim.scenario.schema import Scenario

#: What a comparison's figures depend on beside the model.
COMPARISON = (
    "statistics/paired.py",
    "experiments/summary.py",
    "experiments/redraws.py",
    "statistics/origins.py",
)
SEED = 1


def defined(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values, one a world, without those of worlds in which an outcome is not defined."""
    return values[np.isfinite(values)]


def bundled(names: Sequence[str], citizens: int | None = None) -> list[Scenario]:
    """Bundled scenarios, with so many citizens a state."""
    loaded = [load(name) for name in names]
    return loaded if citizens is None else [with_run(each, citizens=citizens) for each in loaded]


def compared(
    names: Sequence[str],
    worlds: int,
    citizens: int | None = None,
    *,
    baseline: str | None = None,
    under: Sequence[str] = (),
) -> Comparison:
    """Bundled scenarios in the same worlds from the seed of all documents."""
    return wbsim.compare(*bundled(names, citizens), worlds=worlds, seed=SEED, baseline=baseline, under=under)


def effects(comparison: Comparison) -> dict[str, dict[str, Any]]:
    """Figures of each policy's difference from the baseline, by policy and outcome."""
    outcomes = comparison.summary()["outcomes"]
    policies = comparison.table().policies
    return {policy: {name: outcomes[name]["policies"][policy] for name in outcomes} for policy in policies}


def origins(comparison: Comparison) -> str:
    """Where the variance of the headline effects comes from, in a sentence."""
    if comparison.variance_from is None:
        return "Too few worlds to tell where the variance of the effects comes from."
    return counted_words(comparison.variance_from)


def levels(comparison: Comparison) -> dict[str, Any]:
    """Figures of the baseline, by outcome."""
    outcomes = comparison.summary()["outcomes"]
    return {name: each["baseline"] for name, each in outcomes.items()}
