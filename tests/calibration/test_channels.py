"""Channels fitted to institutions, with the simulator itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.analogues.fake import institution
from tests.calibration.tiny import TINY, tiny_inputs
from wbsim.analogues.analogue import Events, Interval, Observation
from wbsim.analogues.fit import Evidence
from wbsim.analogues.statistics import Times
from wbsim.calibration.channels import fit_channels, gather
from wbsim.calibration.crew import Crew
from wbsim.calibration.diagnostics import channels
from wbsim.calibration.fit import bare, calibrate
from wbsim.calibration.stages import Stages
from wbsim.chance.posterior import Points, coordinates
from wbsim.report.calibration_words import institutions

KEYS = ("iisg_lag", "veto_cap")
RESULT = Observation("result", "months-to-result", (), "2014-03", "2014-08", Interval(8, 9), "a test", "seen")
QUARRELS = Observation("quarrels", "crises", (), "2014-03", "2014-08", Events(2, 7.5), "a test", "seen")
BODY = institution("body", RESULT, QUARRELS)
QUIET = Points(coordinates("event"), np.zeros((3, len(coordinates("event")))))


def gathered(folder: Path | None = None, others: Points = QUIET) -> Evidence:
    with Crew(1) as crew:
        return gather(bare(), [BODY], KEYS, others, 150, 1, crew, Stages(folder, {}))


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return gathered()


def test_the_lag_until_a_result_is_that_of_the_parameter(evidence: Evidence) -> None:
    surface = next(each for each in evidence.surfaces if each.observation is RESULT)
    ends = surface.predict(np.array([[-1.0, 0.0], [1.0, 0.0]]))[:, 0]
    assert ends[1] - ends[0] == pytest.approx(0.8, abs=0.35), "its prior has a log standard deviation of 0.4"


def test_an_early_result_shortens_the_lag_and_says_nothing_of_the_veto(evidence: Evidence) -> None:
    found = fit_channels(evidence, 500, 300, np.random.default_rng(1))
    assert found.draws.shape == (300, 2)
    assert found.draws[:, 0].mean() < -0.2
    assert abs(found.draws[:, 1].mean()) < 0.4


def test_finished_institutions_are_not_simulated_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = gathered(tmp_path)
    monkeypatch.setattr("wbsim.calibration.channels.simulate", None)
    again = gathered(tmp_path)
    z = np.random.default_rng(2).standard_normal((20, 2))
    assert first.likelihood()(z).tolist() == again.likelihood()(z).tolist()


def test_everything_else_comes_from_its_posterior() -> None:
    """Events at their prior's upper end make more crises than at its median."""
    loud = Points(QUIET.keys, np.full((1, len(QUIET.keys)), 2.0))
    counts = [
        next(each for each in gathered(others=others).surfaces if each.observation is QUARRELS)
        .predict(np.zeros((1, 2)))[0, 0]
        for others in (QUIET, loud)
    ]  # fmt: skip
    assert counts[1] > counts[0] + 0.5


def test_an_institution_with_little_to_count_has_more_worlds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A time that can begin in every third world only is simulated until there are enough of them, or four times."""
    calls = []

    def seldom(scenario, analogues, points, seed, crew, progress=None):  # type: ignore[no-untyped-def]
        calls.append(seed)
        months = np.where(np.arange(len(points.z)) % 3 == 0, 10.0, np.nan)
        return {"body": {"result": Times(months, np.ones(len(months), bool))}}

    monkeypatch.setattr("wbsim.calibration.channels.simulate", seldom)
    with Crew(1) as crew:
        for worlds, turns in ((600, 1), (150, 3), (60, 4)):
            calls.clear()
            found = gather(
                bare(), [institution("body", RESULT)], KEYS, QUIET, worlds, 1, crew, Stages(None, {})
            )
            assert len(calls) == len(set(calls)) == turns
            assert found.surfaces[0].worlds == pytest.approx(1 / 3, abs=0.01)


def test_a_calibration_keeps_what_institutions_say_beside_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wbsim.calibration.fit.channel_keys", lambda: KEYS)
    inputs = replace(tiny_inputs(), analogues=(BODY,))
    with Crew(1) as crew:
        found = calibrate(inputs, replace(TINY, institutions=80), 1, crew)
    assert found.channels is not None
    assert set(KEYS) <= set(found.fitted.keys)
    assert found.fitted.z.shape == (TINY.draws, len(found.fitted.keys))
    column = found.fitted.keys.index("iisg_lag")
    assert found.fitted.z[:, column].mean() < 0.0, "a result after eight months is early"
    shown = channels(found)
    assert shown is not None
    assert (shown["institutions"], shown["fitted"], shown["silent"]) == (1, 2, [])
    assert set(shown["log_evidence_by_discrepancy"]) == {"0.5", "1", "1.5", "2", "3"}
    assert shown["before"] <= shown["after"] <= shown["numbers"]
    assert "2 observations of 1 comparable institution speak" in institutions({"channels": shown})[0]


def test_a_calibration_without_institutions_says_nothing_of_policies() -> None:
    assert institutions({"channels": None}) == institutions({}) == []
