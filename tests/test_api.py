"""The Python interface, on the real model in a few small worlds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import wbsim
from wbsim.errors import InputError
from wbsim.scenario.override import with_run


@pytest.fixture(scope="module")
def comparison() -> wbsim.Comparison:
    status_quo, forum = (with_run(wbsim.load(name), years=1, citizens=40) for name in ("status-quo", "forum"))
    return wbsim.compare(status_quo, forum, worlds=3, seed=1, workers=1)


def test_a_comparison_prints_and_plots_and_gives_labelled_worlds(
    comparison: wbsim.Comparison, tmp_path: Path
):
    assert "Cooperation index" in str(comparison)
    assert comparison.summary()["horizon"] == "2023-12"
    dataset = comparison.to_xarray()
    assert set(dataset.regional.dims) == {"scenario", "world", "month", "outcome"}
    assert list(dataset.scenario.values) == ["status-quo", "forum"]
    assert comparison.report(tmp_path / "forum.html").stat().st_size > 100_000


def test_a_policy_changes_nothing_before_it_starts(comparison: wbsim.Comparison):
    regional = comparison.to_xarray().regional
    before = regional.sel(month=[month for month in regional.month.values if month < "2023-01"])

    np.testing.assert_array_equal(before.sel(scenario="forum"), before.sel(scenario="status-quo"))
    assert (regional.sel(scenario="forum") != regional.sel(scenario="status-quo")).any()


def test_workers_and_blocks_never_show(comparison: wbsim.Comparison):
    scenarios = comparison.experiment.scenarios
    again = wbsim.compare(*scenarios, worlds=3, seed=1, workers=2, block=1)

    assert again.results_sha256 == comparison.results_sha256


def test_a_world_is_replayed_by_its_number(comparison: wbsim.Comparison):
    alone = wbsim.compare(*comparison.experiment.scenarios, worlds=1, first_world=2, seed=1, workers=1)

    np.testing.assert_array_equal(alone.table().figures[:, :, 0], comparison.table().figures[:, :, 2])


def test_run_takes_a_name_and_keeps_results_where_it_is_told(tmp_path: Path):
    scenario = with_run(wbsim.load("status-quo"), years=1, citizens=40)
    result = wbsim.run(scenario, worlds=2, seed=5, workers=1, out=tmp_path / "kept")

    assert result.folder == tmp_path / "kept"
    assert wbsim.open_results(tmp_path / "kept").regional.sizes["world"] == 2
    assert result.plot("support").get_ylabel() == "% of citizens"


def test_what_is_wrong_is_an_input_error():
    with pytest.raises(InputError, match="forum"):
        wbsim.run("fourm")
    with pytest.raises(InputError, match="worlds"):
        wbsim.run("status-quo", worlds=0)
    with pytest.raises(AttributeError, match="no attribute 'comprae'"):
        wbsim.comprae  # type: ignore[attr-defined]  # noqa: B018


def test_every_public_name_is_there():
    assert [name for name in wbsim.__all__ if getattr(wbsim, name) is None] == []
    assert dir(wbsim) == sorted(wbsim.__all__)
