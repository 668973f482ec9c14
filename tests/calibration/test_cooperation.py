"""Scores of cooperation through the model: from points of the prior to the log-odds of effort, and into a posterior."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.calibration.tiny import TINY, tiny_inputs
from wbsim.calibration.cooperation import cooperation_keys, gather, solve
from wbsim.calibration.crew import Crew
from wbsim.calibration.diagnostics import diagnostics
from wbsim.calibration.fit import Calibration, Inputs, bare, calibrate
from wbsim.calibration.stages import Stages
from wbsim.chance.posterior import Points, coordinates
from wbsim.instruments.load import load_scores
from wbsim.instruments.score import to_fit
from wbsim.report.calibration_words import headline
from wbsim.tables.places import STATE_CODES


def test_there_is_a_residual_for_each_state() -> None:
    assert cooperation_keys() == tuple(f"effort_residual.{code}" for code in STATE_CODES)


def test_a_residual_raises_the_effort_of_its_state_by_as_much_and_hardly_that_of_others() -> None:
    z = np.zeros((3, 6))
    z[1, STATE_CODES.index("SRB")] = 1.0
    z[2, STATE_CODES.index("ALB")] = -1.0
    with Crew(1) as crew:
        found = np.stack(
            [solve(bare(), Points(cooperation_keys(), np.tile(row, (50, 1))), 1, crew) for row in z]
        )
    rise = np.median(found[1:, :, :6] - found[0, :, :6], axis=1)
    # Reciprocity and staff take a part of the 0.4 logits; the others follow a little.
    assert 0.2 < rise[0, 5] < 0.4 and -0.4 < rise[1, 0] < -0.2
    assert np.abs(rise[0, :5]).max() < 0.05 and np.abs(rise[1, 1:]).max() < 0.05
    passing = found[..., 6]
    assert (passing > 0.0).all() and 0.15 < np.median(passing) < 0.4


def test_points_take_the_rest_from_the_draws_of_other_blocks() -> None:
    """Bosnia's effort is capped by its veto player in a draw with a tight cap, whatever the residual is."""
    others = Points(("veto_cap",), np.array([[-3.0], [3.0]]))
    with Crew(1) as crew:
        found = gather(bare(), others, 400, 1, crew, Stages(None, {}))
    assert found.keys == cooperation_keys() and found.z.shape == (400, 6)
    bosnia = found.odds[:, STATE_CODES.index("BIH")]
    assert bosnia[::2].max() < bosnia[1::2].max()


def fit(inputs: Inputs, folder: Path | None = None) -> Calibration:
    with Crew(1) as crew:
        return calibrate(inputs, TINY, 1, crew, folder=folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cooperation")


@pytest.fixture(scope="module")
def found(folder: Path) -> Calibration:
    return fit(replace(tiny_inputs(), scores=load_scores()), folder)


def test_the_posterior_holds_residuals_and_the_scale_beside_the_other_blocks(found: Calibration) -> None:
    kept = found.fitted
    assert set(kept.keys) == set(coordinates("level", "dynamic", "event", "cooperation"))
    assert kept.scale.shape == (TINY.draws, 2) and (kept.scale[:, 1] > 0.0).all()
    column = {key: kept.z[:, n] for n, key in enumerate(kept.keys)}
    assert column["effort_residual.ALB"].mean() > column["effort_residual.BIH"].mean()
    shown = diagnostics(found)
    assert shown["cooperation"]["scores"] == {each.state: each.value for each in to_fit(load_scores())}
    assert shown["cooperation"]["effective"] > 0.1 * TINY.scores
    assert "5 scores of international cooperation" in " ".join(headline(shown))


def test_scores_that_are_kept_back_change_nothing(found: Calibration, folder: Path) -> None:
    moved = tuple(
        each if each in to_fit(load_scores()) else replace(each, value=1.0) for each in load_scores()
    )
    again = fit(replace(tiny_inputs(), scores=moved), folder)
    assert again.fitted.sha256 == found.fitted.sha256
    np.testing.assert_array_equal(again.fitted.z, found.fitted.z)
