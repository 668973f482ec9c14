"""From scenarios to a comparison, its object for scripts and its results folder."""

from __future__ import annotations

import csv
import json
import math
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import wbsim
from tests.experiments import fake_model
from tests.experiments.fake_model import gloomy, scenario
from wbsim.errors import InputError
from wbsim.experiments.comparison import Comparison
from wbsim.results.open import open_results, read_record
from wbsim.scenario.schema import Policy
from wbsim.tables.outcomes import OUTCOME_NAMES

STATUS_QUO, FORUM = scenario(), scenario("forum", "forum")
OBJECT_KEYS = [
    "baseline",
    "worlds",
    "seed",
    "horizon",
    "seconds",
    "failed_worlds",
    "results_sha256",
    "outcomes",
    "ratios",
    "panel",
]
POLICY_KEYS = [
    "mean",
    "q05",
    "q95",
    "p_better",
    "p_practical_better",
    "p_practical_worse",
    "mcse",
]


def compared(*scenarios: Any, **settings: Any) -> Comparison:
    settings = {"workers": 1, "simulate": fake_model.simulate, **settings}
    return wbsim.compare(*(scenarios or (STATUS_QUO, FORUM)), **settings)


def test_the_object_has_exactly_the_keys_that_scripts_rely_on():
    summary = compared(worlds=5, seed=3).summary()

    assert list(summary) == OBJECT_KEYS
    assert (summary["baseline"], summary["worlds"], summary["seed"]) == ("status-quo", 5, 3)
    assert (summary["horizon"], summary["failed_worlds"]) == ("2024-12", 0)
    assert len(summary["results_sha256"]) == 64
    assert list(summary["outcomes"]) == list(OUTCOME_NAMES)
    for outcome in summary["outcomes"].values():
        assert list(outcome) == ["unit", "better", "baseline", "policies"]
        assert list(outcome["baseline"]) == ["mean", "q05", "q95"]
        assert list(outcome["policies"]) == ["forum"]
        assert list(outcome["policies"]["forum"]) == POLICY_KEYS


def test_policies_are_paired_differences_and_chances_follow_the_better_direction():
    outcomes = compared(worlds=5).summary()["outcomes"]

    cooperation = outcomes["cooperation"]["policies"]["forum"]
    assert cooperation["mean"] == pytest.approx(0.1, abs=1e-6)
    assert (cooperation["p_better"], cooperation["p_practical_better"]) == (1.0, 1.0)
    burden = outcomes["threat_burden"]["policies"]["forum"]
    assert burden["mean"] == pytest.approx(0.1, abs=1e-6)
    assert (burden["p_better"], burden["p_practical_worse"]) == (0.0, 1.0)
    # Twelve months of 0.1 more a month, over two years from the policy's start.
    assert outcomes["crises_severe"]["policies"]["forum"]["mean"] == pytest.approx(2.4, abs=1e-5)


def test_at_one_world_the_monte_carlo_error_is_null():
    summary = compared(worlds=1).summary()

    assert summary["outcomes"]["cooperation"]["policies"]["forum"]["mcse"] is None
    json.dumps(summary, allow_nan=False)


def test_without_one_sound_world_every_figure_is_null_and_none_is_nan():
    summary = compared(worlds=3, simulate=fake_model.all_worlds_fail).summary()

    assert summary["failed_worlds"] == 3
    assert set(summary["outcomes"]["cooperation"]["policies"]["forum"].values()) == {None}
    json.dumps(summary, allow_nan=False)


def test_with_several_sets_the_top_level_is_the_baselines_own():
    gloom = scenario("gloomy-forum", "forum", assumptions=gloomy())
    summary = compared(STATUS_QUO, FORUM, gloom, worlds=4).summary()

    assert list(summary) == [*OBJECT_KEYS, "sets", "rankings"]
    assert list(summary["outcomes"]["cooperation"]["policies"]) == ["forum"]
    own, other = summary["sets"]
    assert list(other) == ["assumptions", *OBJECT_KEYS]
    assert (own["assumptions"], other["assumptions"]) == (
        "assumptions of status-quo",
        "assumptions of gloomy-forum",
    )
    assert own["outcomes"] == summary["outcomes"]
    assert other["outcomes"]["cooperation"]["baseline"]["mean"] == pytest.approx(
        own["outcomes"]["cooperation"]["baseline"]["mean"] - 0.5, abs=1e-6
    )


def test_a_policy_that_ends_is_measured_again_two_years_later():
    passing = scenario(
        "passing", policies=(Policy(mechanism="forum", start="2023-01", end="2023-07"),), run={"years": 4}
    )
    summary = compared(scenario(run={"years": 4}), passing, worlds=3).summary()

    after = summary["after_end"]["passing"]
    assert after["month"] == "2025-07"
    # The fake model's effect ends with the policy; only the six months of it remain in the count.
    assert after["outcomes"]["cooperation"]["policies"]["passing"]["mean"] == pytest.approx(0.0, abs=1e-6)
    assert after["outcomes"]["crises_severe"]["policies"]["passing"]["mean"] == pytest.approx(0.6, abs=1e-5)


def test_one_file_of_assumptions_holds_for_all(tmp_path: Path):
    file = tmp_path / "doubt.toml"
    file.write_text('[assumptions.variants]\ntrust_rule = "two-types"\n')
    gloom = scenario("gloomy-forum", "forum", assumptions=gloomy())

    comparison = compared(STATUS_QUO, FORUM, gloom, worlds=2, assumptions=file)

    assert len(comparison.experiment.tables) == 1
    assert {each.assumptions.variants["trust_rule"] for each in comparison.experiment.scenarios} == {
        "two-types"
    }
    assert comparison.table().label == "assumptions of doubt.toml"


def test_scenarios_that_cannot_be_compared_are_refused():
    with pytest.raises(InputError, match=r"number of years of \"longer\" is 3; it must be 2"):
        compared(STATUS_QUO, scenario("longer", "forum", run={"years": 3}))
    with pytest.raises(InputError, match='2 scenarios are called "forum"'):
        compared(STATUS_QUO, FORUM, FORUM)


def test_a_results_folder_holds_worlds_record_and_figures(tmp_path: Path):
    out = tmp_path / "results"
    comparison = compared(worlds=6, out=out)

    assert comparison.folder == out
    assert {path.name for path in out.iterdir()} >= {
        "worlds-1.zarr",
        "record.json",
        "summary.json",
        "summary.csv",
        "timing.json",
    }
    assert json.loads((out / "summary.json").read_text()) == comparison.summary()
    assert open_results(out).regional.sizes["world"] == 6
    rows = list(csv.DictReader((out / "summary.csv").open()))
    row = next(row for row in rows if row["outcome"] == "cooperation" and row["scenario"] == "forum")
    assert row["kind"] == "difference"
    assert float(row["mean"]) == comparison.summary()["outcomes"]["cooperation"]["policies"]["forum"]["mean"]


def test_the_record_is_the_same_for_the_same_results_and_says_how_to_get_them(tmp_path: Path):
    compared(worlds=6, block=2, out=tmp_path / "a")
    compared(worlds=6, block=6, out=tmp_path / "b")
    record = read_record(tmp_path / "a")

    assert record == read_record(tmp_path / "b")
    assert shlex.split(record["command"])[:4] == ["wbsim", "compare", "status-quo", "forum"]
    assert record["sets"][0]["scenarios"][1]["resolved"]["run"]["worlds"] == 6
    assert (
        record["results_sha256"]
        == json.loads((tmp_path / "a" / "summary.json").read_text())["results_sha256"]
    )


def test_failed_worlds_are_recorded_with_their_error_and_a_replay(tmp_path: Path):
    compared(worlds=8, seed=9, out=tmp_path / "a", simulate=fake_model.world_5_raises)
    (failed,) = read_record(tmp_path / "a")["sets"][0]["failed"]

    assert (failed["world"], failed["scenario"]) == (5, "forum")
    assert "ZeroDivisionError" in failed["error"]
    assert failed["replay"] == "wbsim compare status-quo forum --seed 9 --first-world 5 --worlds 1"


def test_an_existing_folder_is_refused_before_anything_is_simulated(tmp_path: Path):
    with pytest.raises(InputError, match="never overwritten"):
        compared(out=tmp_path, simulate=fake_model.killed_at_world_4)


@pytest.mark.parametrize("simulate", [fake_model.refuses_the_input])
def test_nothing_is_left_of_a_run_that_failed(tmp_path: Path, simulate: Callable[..., object]):
    with pytest.raises(InputError):
        compared(out=tmp_path / "mine", simulate=simulate)

    assert list(tmp_path.iterdir()) == []


def test_without_a_folder_values_go_with_the_comparison(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    comparison = compared(worlds=3)
    (temporary,) = (tmp_path / "temporary").iterdir()

    dataset = comparison.to_xarray()
    del comparison

    assert not temporary.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["temporary"]
    assert math.isfinite(float(dataset.regional.sel(world=2, scenario="forum", month="2024-12")[0]))


def test_run_is_a_scenario_by_itself():
    summary = wbsim.run(FORUM, worlds=4, workers=1, simulate=fake_model.simulate).summary()

    assert summary["baseline"] == "forum"
    assert summary["outcomes"]["cooperation"]["policies"] == {}
