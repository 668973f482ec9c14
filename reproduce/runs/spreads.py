"""How well the fitted figures support the sizes of errors and of differences between states and domains, and how far a
calibration moves with another seed.

The dynamics are fitted once. The logarithm of the marginal likelihood of the figures (levels, intercepts and house
effects integrated out, dynamics averaged over the posterior) is taken as one size at a time is changed, against that of
the sizes in use. The draws are those of the sizes in use, so that it slightly favours them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from reproduce.kept import WORK
from reproduce.run import Facts, Run
from reproduce.run import Settings as RunSettings
from wbsim.calibration.crew import Crew
from wbsim.calibration.cross_validate import cross_validate
from wbsim.calibration.diagnostics import diagnostics
from wbsim.calibration.fit import Calibration, calibrate
from wbsim.calibration.read import read_inputs
from wbsim.calibration.settings import ERRORS, Settings
from wbsim.calibration.targets import Targets
from wbsim.inference.contraction import IDENTIFIED
from wbsim.inference.likelihood import gaussian_likelihood
from wbsim.inference.observation import Spread
from wbsim.scenario.resolve import resolve_calibration
from wbsim.tables.parameters import PARAMETERS

#: Spreads of levels that are profiled, and the grids.
LEVELS = ("threat_residual", "support_domain", "blame_residual", "support_residual", "trust_residual")
FACTORS = (0.5, 0.75, 1.0, 1.25, 1.5)
FACTORS_OF_WALKS = (0.0, 0.5, 1.0, 1.5, 2.0)
#: What repeated questions drift by, and its words.
WALKS = {
    "wave": "wave effect of a survey and answer",
    "drift": "drift of an answer in a year",
    "drift_own": "drift of an answer in one public in a year",
    "drift_listed": "factor of drift where answers are picked from a list",
}
DISCREPANCIES, INTERCEPTS = (0.05, 0.08, 0.10, 0.12, 0.15, 0.18, 0.20), (0.3, 0.5, 0.6, 0.7, 0.8, 1.0)


def evidence(found: Calibration) -> Callable[..., float]:
    """Log marginal likelihood under an error `spread`, with the prior sd of a parameter's levels times `factor`, and
    discrepancy of pick-one answers times `tilts`."""
    surface, expected = found.attitudes.surface, found.attitudes.expected
    keys = [surface.space.keys[column] for column in surface.space.level]
    centre = surface.centre(found.attitudes.dynamics[::4])

    def at(
        spread: Spread = ERRORS,
        name: str = "",
        factor: float = 1.0,
        tilts: float = 1.0,
        aim: Targets = found.aim,
    ) -> float:
        scale = np.array([factor if key.partition(".")[0] == name else 1.0 for key in keys])
        loadings = surface.sensitivity * scale
        error = aim.error(spread, expected)
        discrepancy = error.discrepancy.copy()
        for rows in aim.table.choices():
            discrepancy[np.ix_(rows, rows)] *= tilts**2
        error = replace(error, discrepancy=discrepancy)
        total = error.total() + loadings @ loadings.T + surface.residual
        values = gaussian_likelihood(aim.observed, total)(centre)
        return float(np.log(np.mean(np.exp(values - values.max()))) + values.max())

    return at


def alike(aim: Targets) -> Targets:
    """The same figures, the region as a public of its own: each figure has the discrepancy of one."""
    names = [figure.population for figure in aim.figures]
    own = np.array([[float(name == each) for each in dict.fromkeys(names)] for name in names])
    return replace(aim, table=replace(aim.table, publics=own))


def left_out(found: Calibration, settings: Settings) -> dict[str, float]:
    """How many single figures lie in their 90 % intervals when left out, of how many, and the median width."""
    attitudes, generator = found.attitudes, np.random.default_rng(1)
    figures = cross_validate(
        attitudes.surface, found.aim, attitudes.expected, settings, attitudes.dynamics, generator, ["figure"]
    )["figure"]
    inside = round(figures.scores.coverage_90.value * len(figures.ids))
    return {"inside": inside, "of": len(figures.ids), "width": figures.scores.median_width_90}


def _spreads(asked: RunSettings) -> Facts:
    """By size that is changed: the size in use, and the log marginal likelihood at each, against that in use."""
    settings = replace(Settings(), free=256, halves=40, chains=30, generations=100)
    with Crew(None) as crew:
        found = calibrate(read_inputs(), settings, asked["seed"], crew, folder=WORK / "calibration-spreads")
    at = evidence(found)
    here = at()
    rows: dict[str, dict[str, Any]] = {}

    def profile(name: str, used: float, values: dict[float, float]) -> None:
        rows[name] = {"used": used, "at": {f"{size:.2f}": value - here for size, value in values.items()}}

    discrepancy = {d: at(replace(ERRORS, discrepancy=d)) for d in DISCREPANCIES}
    profile("discrepancy of one public", ERRORS.discrepancy, discrepancy)
    one = {d: at(replace(ERRORS, discrepancy=d), aim=alike(found.aim)) for d in DISCREPANCIES}
    profile("one discrepancy for all figures", -1.0, one)
    profile(
        "discrepancy of pick-one answers",
        ERRORS.discrepancy,
        {ERRORS.discrepancy * f: at(tilts=f) for f in (*FACTORS, 2.0)},
    )
    profile("intercept", ERRORS.wording, {size: at(replace(ERRORS, wording=size)) for size in INTERCEPTS})
    for part, words in WALKS.items():
        used = float(getattr(ERRORS, part))
        profile(words, used, {used * f: at(replace(ERRORS, **{part: used * f})) for f in FACTORS_OF_WALKS})
    for name in LEVELS:
        sd = PARAMETERS[name].prior.b
        profile(f"`{name}`", sd, {sd * f: at(name=name, factor=f) for f in FACTORS})
    sizes = {d: replace(settings, errors=replace(ERRORS, discrepancy=d)) for d in DISCREPANCIES}
    coverage = {f"{d:.2f}": left_out(found, changed) for d, changed in sizes.items()}
    return {"rows": rows, "left_out": coverage, "used": f"{ERRORS.discrepancy:.2f}"}


def _second_seed(asked: RunSettings) -> Facts:
    """Differences of posterior means from the bundled ones, in posterior sd, and what is left out, by another seed."""
    with Crew(None) as crew:
        found = calibrate(read_inputs(), Settings(), asked["seed"], crew, folder=WORK / "calibration-seed")
    other = diagnostics(found)
    bundled = json.loads(resolve_calibration("diagnostics.json").resource.read_text(encoding="utf-8"))
    old = {row["key"]: row for row in bundled["parameters"]}
    gaps = [
        abs(row["mean"] - old[row["key"]]["mean"]) / old[row["key"]]["sd"]
        for row in other["parameters"]
        if old[row["key"]]["contraction"] >= IDENTIFIED
    ]
    inside = {
        kind: [_inside(each["left_out"][kind]) for each in (bundled, other)]
        for kind in ("figure", "observation")
    }
    return {
        "seeds": [bundled["seed"], asked["seed"]],
        "mean": float(np.mean(gaps)) if gaps else None,
        "most": max(gaps, default=None),
        "inside": inside,
    }


def _inside(found: dict[str, Any]) -> list[int]:
    return [round(found["coverage_90"] * found["n"]), found["n"]]


_READS = ("calibration", "inference", "instruments")
_DATA = ("calibration/figures.csv", "calibration/questions.toml", "calibration/rates.csv")
SPREADS = Run("spreads", _spreads, {"seed": 1}, 240, _READS, _DATA, slow=True)
SECOND_SEED = Run("second-seed", _second_seed, {"seed": 2}, 240, _READS, _DATA, slow=True)
