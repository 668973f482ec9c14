"""Worlds enough: rounds that end when the Monte Carlo error is small, and are the worlds of a plain run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import wbsim
from tests.experiments import fake_model
from tests.experiments.fake_model import gloomy, scenario
from wbsim.errors import InputError
from wbsim.experiments.until import check_until, read_until
from wbsim.results.open import open_results

STATUS_QUO, FORUM = scenario(), scenario("forum", "forum")


def compared(*scenarios: Any, **settings: Any) -> wbsim.Comparison:
    settings = {"worlds": 400, "workers": 1, "seed": 5, "simulate": fake_model.noisy, **settings}
    return wbsim.compare(*(scenarios or (STATUS_QUO, FORUM)), **settings)


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_it_stops_when_the_error_is_small_twice_and_the_results_are_those_of_a_plain_run(tmp_path: Path):
    found = compared(until={"cooperation": 0.008}, out=tmp_path / "until", block=37)
    stopping = found.experiment.stopping

    # 0.1 / sqrt(225) = 0.0067, and a little more for the upper limit; at 150 worlds it is 0.0082 already without it.
    assert stopping is not None
    assert (stopping.worlds, stopping.limit, stopping.reached) == (338, 400, True)
    plain = compared(worlds=338, out=tmp_path / "plain")
    assert found.results_sha256 == plain.results_sha256
    np.testing.assert_array_equal(found.table().figures, plain.table().figures)
    assert files(found.table().store) == files(plain.table().store)
    np.testing.assert_array_equal(
        open_results(tmp_path / "until").world.values, open_results(tmp_path / "plain").world.values
    )
    records = [json.loads((tmp_path / name / "record.json").read_text()) for name in ("until", "plain")]
    assert records[0] == records[1]
    assert "--worlds 338" in records[0]["command"]


def test_the_number_of_worlds_hangs_on_neither_workers_nor_blocks(tmp_path: Path):
    counts = {
        compared(until={"cooperation": 0.008}, **settings).experiment.worlds
        for settings in ({"block": 1}, {"block": 64}, {"block": 50, "workers": 2})
    }

    assert counts == {338}


def test_the_limit_is_said_to_be_reached_first():
    stopping = compared(worlds=120, until={"cooperation": 0.001}).experiment.stopping

    assert stopping is not None and not stopping.reached
    assert (stopping.worlds, stopping.limit) == (120, 120)
    assert stopping.goals[0].mcse == pytest.approx(0.1 / np.sqrt(120), rel=0.2)


def test_it_never_stops_before_the_second_look_however_small_the_error():
    assert compared(until={"cooperation": 100.0}).experiment.worlds == 150
    assert compared(worlds=2, until={"cooperation": 100.0}).experiment.worlds == 2


def test_every_set_of_assumptions_has_the_same_worlds_and_the_largest_error_counts():
    gloom = scenario("gloomy", "forum", "iisg-results", assumptions=gloomy())
    found = compared(STATUS_QUO, FORUM, gloom, until={"cooperation": 0.008, "money": 1.0})
    plain = compared(STATUS_QUO, FORUM, gloom, worlds=found.experiment.worlds)

    assert [table.figures.shape[2] for table in found.experiment.tables] == [338, 338]
    assert found.results_sha256 == plain.results_sha256


def test_failed_worlds_count_for_no_error():
    stopping = compared(
        worlds=160, until={"cooperation": 1.0}, simulate=fake_model.all_worlds_fail
    ).experiment.stopping

    assert stopping is not None and not stopping.reached
    assert (stopping.worlds, stopping.goals[0].mcse) == (160, None)


def test_a_copy_of_the_baseline_is_precise_at_once():
    stopping = compared(STATUS_QUO, scenario("copy"), until={"cooperation": 1e-9}).experiment.stopping

    assert stopping is not None
    assert (stopping.worlds, stopping.goals[0].mcse, stopping.reached) == (150, 0.0, True)


def test_the_object_for_scripts_says_how_it_stopped():
    summary = compared(until={"cooperation": 100.0}).summary()

    assert summary["worlds"] == 150
    assert summary["stopping"]["limit"] == 400
    assert summary["stopping"]["goals"][0]["outcome"] == "cooperation"
    assert "stopping" not in compared(worlds=5).summary()


@pytest.mark.parametrize(
    ("goals", "said"),
    [
        ({"cooperaton": 0.1}, 'did you mean "cooperation"'),
        ({"cooperation": 0.0}, "above 0"),
        ({"cooperation": -1.0}, "it is -1.0"),
        ({"cooperation": float("nan")}, "it is nan"),
        ({"cooperation": float("inf")}, "it is inf"),
        ({"cooperation": "small"}, "it is small"),
        ({"cooperation": True}, "it is True"),
    ],
)
def test_goals_that_mean_nothing_are_refused(goals: Mapping[str, Any], said: str):
    with pytest.raises(InputError, match=said):
        check_until(goals)


def test_everything_that_is_wrong_on_the_command_line_is_said_at_once():
    with pytest.raises(InputError) as caught:
        read_until(["cooperaton=0.1", "money=-5", "staff", "delivery=tiny", "support=1", "support=2"])

    problems = [str(problem) for problem in caught.value.problems]
    assert len(problems) == 5
    for said in ("cooperaton", "it is -5.0", '"staff"', '"delivery=tiny"', '"support" is given twice'):
        assert any(said in problem for problem in problems)


def test_goals_are_read_from_words():
    assert read_until(["cooperation=0.001", "money=2e0"]) == {"cooperation": 0.001, "money": 2.0}
    assert check_until({}) is None


def test_one_scenario_alone_has_no_difference_to_wait_for():
    with pytest.raises(InputError, match="compared with nothing"):
        compared(STATUS_QUO, until={"cooperation": 0.1})
