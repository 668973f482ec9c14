"""The sweep of the guide: how often a forum meets, and how many make a quorum."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

import wbsim
from reproduce.run import Facts, Run, Settings
from reproduce.runs.common import SEED, bundled
from reproduce.runs.pictures import as_text
from wbsim.statistics.paired import level

OUTCOME = "war_worry"


def _sweep(settings: Settings) -> Facts:
    found = wbsim.sweep(
        *bundled(("status-quo", "forum"), settings["citizens"]),
        vary=settings["vary"],
        worlds=settings["worlds"],
        seed=SEED,
        outcomes=(OUTCOME, "crises_severe", "cooperation"),
    )
    key = "forum.quorum"
    values = np.array(
        [dict(zip(found.plan.design.keys, point, strict=True))[key] for point in _points(found)]
    )
    figures = found.figures(OUTCOME)
    names = [scenario.name for scenario in found.plan.scenarios]
    change = figures[:, names.index("forum")] - figures[:, names.index("status-quo")]
    by_quorum = {str(value): _mean(change, values == value) for value in sorted(set(values.tolist()))}
    axes = found.plot(OUTCOME)
    return {
        **settings,
        "results_sha256": found.results_sha256,
        "worlds_simulated": int(np.isfinite(_distinct(figures)).sum()),
        "means": {value: float(mean.mean()) for value, mean in by_quorum.items()},
        "step": _step(by_quorum),
        "picture": as_text(axes.figure),
    }


def _points(found: wbsim.Sweep) -> list[tuple[object, ...]]:
    return [tuple(point) for point in found.plan.design.points]


def _mean(change: NDArray[np.float64], points: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Mean over points, a value a world."""
    return np.asarray(change[points].mean(axis=0))


def _step(by_quorum: dict[str, NDArray[np.float64]]) -> dict[str, float | None]:
    """The last less the first."""
    each = list(by_quorum.values())
    found = level(each[-1] - each[0])
    return {"mean": found.mean, "mcse": found.mcse}


def _distinct(figures: NDArray[np.float64]) -> NDArray[np.float64]:
    """Figures (cases, worlds) without those of points and scenarios that amount to the same thing."""
    return np.unique(figures.reshape(-1, figures.shape[-1]), axis=0)


SWEEP = Run(
    "sweep",
    _sweep,
    {
        "worlds": 128,
        "citizens": 200,
        "vary": {"forum.meetings_per_year": [1, 2, 4, 8, 12], "forum.quorum": [2, 3, 4, 5, 6]},
    },
    30,
    ("statistics/paired.py",),
)
