"""The paper's four scenarios as `make demo` compares them."""

from __future__ import annotations

import wbsim
from reproduce.run import Facts, Run, Settings
from reproduce.runs.common import COMPARISON, SEED, compared, effects, levels, origins
from wbsim.scenario.bundled import PAPER


def _headline(settings: Settings) -> Facts:
    comparison = compared(PAPER, settings["worlds"])
    printed = str(comparison)
    return {
        "printed": printed[: printed.index("90 % interval: ")].strip(),
        "worlds": settings["worlds"],
        "seed": SEED,
        "citizens": comparison.table().scenarios[0].run.citizens,
        "version": wbsim.__version__,
        "results_sha256": comparison.results_sha256,
        "levels": levels(comparison),
        "effects": effects(comparison),
        "origins": origins(comparison),
    }


HEADLINE = Run(
    "headline", _headline, {"worlds": 200}, 45, (*COMPARISON, "report/terminal.py", "report/numbers.py")
)
