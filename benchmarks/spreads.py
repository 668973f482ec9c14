"""How well the fitted figures support the sizes of errors and of differences between states and domains.

`python benchmarks/spreads.py` fits the dynamics once (a few minutes), and prints the logarithm of the marginal
likelihood of the figures (levels, intercepts and house effects integrated out, dynamics averaged over the posterior)
as one size at a time is changed, against that of the sizes in use; one discrepancy for all figures, regional or not;
and how many single figures, left out, lie in their 90 % intervals, by the size of the discrepancy. The draws are those
of the sizes in use, so that it slightly favours them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from wbsim.calibration.crew import Crew
from wbsim.calibration.cross_validate import cross_validate
from wbsim.calibration.fit import Calibration, calibrate
from wbsim.calibration.read import read_inputs
from wbsim.calibration.settings import ERRORS, Settings
from wbsim.calibration.targets import Targets
from wbsim.inference.likelihood import gaussian_likelihood
from wbsim.inference.observation import Spread
from wbsim.tables.parameters import PARAMETERS

#: Spreads of levels that are profiled, and the grids.
LEVELS = ("threat_residual", "support_domain", "blame_residual", "support_residual", "trust_residual")
FACTORS = (0.5, 0.75, 1.0, 1.25, 1.5)
DISCREPANCIES, INTERCEPTS = (0.05, 0.08, 0.10, 0.12, 0.15, 0.18, 0.20), (0.3, 0.5, 0.6, 0.7, 0.8, 1.0)


def evidence(found: Calibration) -> Callable[..., float]:
    """Log marginal likelihood under an error `spread`, with the prior sd of a parameter's levels times `factor`, and
    discrepancy and house effects of pick-one answers times `tilts`."""
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
        for rows in aim.table.groups():
            discrepancy[np.ix_(rows, rows)] *= tilts**2
        error = replace(error, discrepancy=discrepancy)
        total = error.total() + loadings @ loadings.T + surface.residual
        values = gaussian_likelihood(aim.observed, total)(centre)
        return float(np.log(np.mean(np.exp(values - values.max()))) + values.max())

    return at


def alike(aim: Targets) -> Targets:
    """The same figures, each with the discrepancy of one state."""
    return replace(aim, table=replace(aim.table, states=np.ones_like(aim.table.states)))


def left_out(found: Calibration, settings: Settings) -> str:
    """How many single figures lie in their 90 % intervals when left out, and the median width."""
    attitudes, generator = found.attitudes, np.random.default_rng(1)
    figures = cross_validate(
        attitudes.surface, found.aim, attitudes.expected, settings, attitudes.dynamics, generator, ["figure"]
    )["figure"]
    inside = round(figures.scores.coverage_90.value * len(figures.ids))
    return f"{inside} of {len(figures.ids)}, {figures.scores.median_width_90:.1f}"


def main() -> None:
    settings = replace(Settings(), free=256, halves=40, chains=30, generations=100)
    with Crew(None) as crew:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
        found = calibrate(read_inputs(), settings, 1, crew, folder=folder)
    at = evidence(found)
    here = at()
    for name in LEVELS:
        sd = PARAMETERS[name].prior.b
        print(name, {f"{sd * f:.2f}": round(at(name=name, factor=f) - here, 1) for f in FACTORS})
    print("discrepancy", {d: round(at(replace(ERRORS, discrepancy=d)) - here, 1) for d in DISCREPANCIES})
    one = {d: round(at(replace(ERRORS, discrepancy=d), aim=alike(found.aim)) - here, 1) for d in DISCREPANCIES}
    print("discrepancy, one for all figures", one)
    sizes = {d: replace(settings, errors=replace(ERRORS, discrepancy=d)) for d in DISCREPANCIES}
    print("left out", {d: left_out(found, changed) for d, changed in sizes.items()})
    sd = float(np.hypot(ERRORS.discrepancy, ERRORS.house))
    print("pick-one answers", {f"{sd * f:.2f}": round(at(tilts=f) - here, 1) for f in (*FACTORS, 2.0)})
    for kind in ("all", "shared"):
        changed = {
            sd: replace(ERRORS, wording_shared=sd, wording_once=sd if kind == "all" else ERRORS.wording_once)
            for sd in INTERCEPTS
        }
        print(f"intercepts, {kind}", {sd: round(at(spread) - here, 1) for sd, spread in changed.items()})


if __name__ == "__main__":
    main()
