"""Blocks and checks of docs/tutorial-calibration.md."""

from __future__ import annotations

import math

from reproduce.block import Block, Check
from reproduce.run import Facts
from reproduce.runs.quick import QUICK
from wbsim.calibration.targets import targets
from wbsim.inference.observation import independent_rows
from wbsim.instruments.figure import FITTED
from wbsim.instruments.load import load_catalogue, load_figures, load_rates

DOCUMENT = "docs/tutorial-calibration.md"


def quick(facts: Facts) -> str:
    """How far a rough posterior moves by itself."""
    tenths = math.ceil(10 * facts["most"])
    return (
        "It prints mean and standard deviation before and after, in standard deviations of the prior. With `--quick`, "
        f"differences of up to {tenths / 10:g} say nothing: on the very same figures as the bundled "
        "posterior's, it moves "
        f"means by up to {facts['most']:.2f}."
    )


def _fitted(splits: tuple[str, ...]) -> int:
    """How many figures of some splits are fitted."""
    figures = [figure for figure in load_figures() if figure.used and figure.split in splits]
    found = targets(figures, load_catalogue())
    return len(found.take(independent_rows(found.table)).figures)


def _counts() -> tuple[str, ...]:
    return str(_fitted((*FITTED, "validation"))), str(len(load_rates())), str(_fitted(FITTED))


BLOCKS = (Block("tutorial-quick", DOCUMENT, quick, (QUICK,)),)
CHECKS = (
    Check(
        "tutorial-counts",
        DOCUMENT,
        "`Fitting {} figures and {} event rates`, where the bundled posterior has {}, then",
        _counts,
    ),
)
