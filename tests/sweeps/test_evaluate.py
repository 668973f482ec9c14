"""Figures at the points of a design, kept in a folder where one is given."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.sweeps.tiny import FORUM, MODELS, PLUGIN, STATUS_QUO, plan, run
from wbsim.errors import InputError
from wbsim.experiments.execute import Settings
from wbsim.sweeps.design import Design
from wbsim.sweeps.evaluate import evaluate
from wbsim.sweeps.opened import open_sweep

DESIGN = Design("list", ("forum.meetings_per_year",), ((2.0,), (5.0,)))
SETTINGS = Settings(12, 9, first=4, workers=1)


def test_figures_are_those_of_a_sweep(tmp_path: Path):
    found = evaluate((FORUM, STATUS_QUO), DESIGN, SETTINGS, model=MODELS["tiny"])
    run(plan(design=DESIGN, worlds=12, first=4), tmp_path / "a")

    assert found.figures.shape == (2, 2, 12, 10)
    assert (found.scenarios, found.first) == (("forum", "status-quo"), 4)
    delivery = found.outcomes.index("delivery")
    np.testing.assert_array_equal(
        found.figures[..., delivery], open_sweep(tmp_path / "a", plugins=[PLUGIN]).figures("delivery")
    )


def test_a_folder_keeps_them_and_refuses_another_evaluation(tmp_path: Path):
    def again(settings: Settings):
        return evaluate(
            (FORUM,), DESIGN, settings, folder=tmp_path / "a", model=MODELS["failing"], progress=steps
        )

    told: list[int] = []

    def steps(done: int, total: int) -> None:
        told.append(done)

    first = again(SETTINGS)
    assert [(each.point, each.world) for each in first.failures] == [(0, 5), (1, 5)]
    simulated = len(told)
    np.testing.assert_array_equal(again(SETTINGS).figures, first.figures)
    assert len(told) == simulated
    with pytest.raises(InputError, match="another evaluation"):
        again(Settings(13, 9, first=4, workers=1))
