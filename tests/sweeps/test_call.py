"""`wbsim.sweep` and what it gives back, on the real model in a few small worlds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import wbsim
from tests.sweeps.tiny import PLUGIN
from wbsim.errors import InputError
from wbsim.scenario.override import with_run
from wbsim.sweeps.call import vary_text


@pytest.fixture(scope="module")
def scenarios() -> list:
    return [with_run(wbsim.load(name), years=1, citizens=40) for name in ("status-quo", "forum")]


@pytest.fixture(scope="module")
def sweep(scenarios: list) -> wbsim.Sweep:
    vary = {"forum.meetings_per_year": [1, 12], "loss_weight": "1:3:2"}
    return wbsim.sweep(
        *scenarios, vary=vary, worlds=4, seed=1, workers=1, outcomes=["war_worry", "cooperation"]
    )


def test_a_sweep_prints_draws_and_gives_labelled_worlds(sweep: wbsim.Sweep, tmp_path: Path):
    import matplotlib as mpl

    mpl.use("agg")
    from matplotlib import pyplot

    assert "Citizens worried about war" in str(sweep)
    data = sweep.to_xarray()
    assert data.figures.dims == ("design", "scenario", "world", "outcome")
    assert data["loss_weight"].values.tolist() == [1.0, 3.0, 1.0, 3.0]
    assert "meetings" in sweep.plot("war_worry", "forum.meetings_per_year").get_xlabel()
    on = pyplot.subplots()[1]
    assert sweep.plot("war_worry", ax=on) is on
    assert sweep.report(tmp_path / "page.html").stat().st_size > 20_000
    pyplot.close("all")


def test_worlds_are_the_same_at_every_point(sweep: wbsim.Sweep):
    figures = sweep.figures("war_worry")
    names = [scenario.name for scenario in sweep.plan.scenarios]
    status_quo = figures[:, names.index("status-quo")]
    np.testing.assert_array_equal(status_quo[0], status_quo[2])  # meetings change nothing without a forum
    assert (status_quo[0] != status_quo[1]).any()  # an assumption does


def test_the_command_gives_the_same_and_a_changed_scenario_has_none(sweep: wbsim.Sweep, scenarios: list):
    assert (
        "--years 1 --citizens 40" in sweep.plan.command and "--vary loss_weight=1:3:2" in sweep.plan.command
    )
    changed = scenarios[1].model_copy(update={"events": (), "policies": ()})
    vary = {"loss_weight": [1.0]}
    assert wbsim.sweep(scenarios[0], changed, vary=vary, worlds=1, workers=1).plan.command == ""


def test_a_sweep_is_kept_where_it_is_told_and_opened_again(scenarios: list, tmp_path: Path):
    kept = wbsim.sweep(
        *scenarios, vary={"loss_weight": [1.0, 2.0]}, worlds=2, workers=1, out=tmp_path / "kept"
    )
    again = wbsim.open_sweep(tmp_path / "kept", plugins=[PLUGIN])

    assert kept.folder == tmp_path / "kept" and again.results_sha256 == kept.results_sha256
    with pytest.raises(InputError, match="exists already"):
        wbsim.sweep(*scenarios, vary={"loss_weight": [1.0]}, worlds=2, out=tmp_path / "kept")


def test_a_temporary_sweep_goes_with_its_object(scenarios: list):
    found = wbsim.sweep(scenarios[0], vary={"loss_weight": [1.0]}, worlds=1, workers=1)
    folder = found.folder
    assert folder.is_dir()
    del found
    assert not folder.exists()


def test_values_are_written_as_on_the_command_line():
    assert vary_text("a", None) == "a"
    assert vary_text("a", "1:12:5") == "a=1:12:5"
    assert vary_text("a", 2.5) == "a=2.5"
    assert vary_text("a", [1, "x", ("ALB", "SRB")]) == "a=1,x,ALB+SRB"
    assert vary_text("a", [{"borders": 0.25, "cyber": 0.75}]) == "a=borders=0.25+cyber=0.75"


def test_what_is_wrong_is_an_input_error(sweep: wbsim.Sweep):
    with pytest.raises(InputError, match="war_worry"):
        sweep.plot("war_wory")
    with pytest.raises(InputError, match="loss_weight"):
        sweep.plot("war_worry", "loss_wait")
    with pytest.raises(InputError, match="forum"):
        sweep.plot("war_worry", scenario="status-quo")
    with pytest.raises(InputError, match="no scenario"):
        wbsim.sweep(vary={"loss_weight": [1]})
    with pytest.raises(InputError, match="at least one value"):
        wbsim.sweep("forum", vary={"loss_weight": []})
    with pytest.raises(InputError, match="loss_wait"):
        wbsim.sweep("forum", vary={"loss_wait": [1]})
