"""A results folder opened again: the same figures, the same page, and plain words for what is no good folder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import zarr

import wbsim
from tests.calibration.prior_draws import prior_draws
from tests.experiments import fake_channels, fake_model
from tests.experiments.fake_model import gloomy, scenario
from wbsim.chance.fitted import write
from wbsim.errors import InputError
from wbsim.report.page import render
from wbsim.report.sections import part
from wbsim.scenario.bundled import GROUPS
from wbsim.scenario.load import load
from wbsim.scenario.posterior import find_posterior
from wbsim.scenario.resolved import from_resolved
from wbsim.scenario.schema import Assumptions, PathStep, Scenario
from wbsim.tables.parameters import calibrated_table


@pytest.fixture(autouse=True)
def _few_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part, "DRAWN", ("cooperation",))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> wbsim.Comparison:
    return wbsim.compare(
        scenario(),
        scenario("forum", "forum", description="It's <new>."),
        scenario("gloomy-forum", "forum", assumptions=gloomy()),
        worlds=9,
        first_world=3,
        seed=5,
        workers=1,
        simulate=fake_model.world_5_raises,
        out=tmp_path_factory.mktemp("kept") / "results",
    )


@pytest.fixture
def copy(kept: wbsim.Comparison, tmp_path: Path) -> Path:
    assert kept.folder is not None
    return Path(shutil.copytree(kept.folder, tmp_path / "copy"))


def test_figures_failures_and_scenarios_come_back_exactly(kept: wbsim.Comparison, copy: Path):
    opened = wbsim.reopen(copy)

    assert isinstance(opened, wbsim.Comparison)
    assert opened.request == kept.request
    assert opened.experiment.scenarios == kept.experiment.scenarios
    for mine, theirs in zip(opened.experiment.tables, kept.experiment.tables, strict=True):
        np.testing.assert_array_equal(mine.figures, theirs.figures)
        assert mine.failures == theirs.failures
    assert opened.summary() == kept.summary()


def test_the_page_of_an_opened_folder_has_the_same_bytes(kept: wbsim.Comparison, copy: Path):
    assert render(wbsim.reopen(copy)) == render(kept)


def test_figures_are_computed_from_the_worlds_and_not_read_from_the_summary(
    kept: wbsim.Comparison, copy: Path
):
    (copy / "summary.json").write_text("{}", encoding="utf-8")
    zarr.open_group(str(copy / "worlds-1.zarr"))["summary"][:] = 7.0

    assert wbsim.reopen(copy).summary()["outcomes"] == kept.summary()["outcomes"]


def test_a_run_comes_back_as_a_run(tmp_path: Path):
    run = wbsim.run(
        scenario("forum", "forum"), worlds=3, workers=1, simulate=fake_model.simulate, out=tmp_path / "run"
    )

    assert isinstance(wbsim.reopen(tmp_path / "run"), wbsim.Run)
    assert str(wbsim.reopen(tmp_path / "run")) == str(run)


@pytest.mark.parametrize("array", ["regional", "states", "dyads"])
def test_a_changed_value_is_damage(copy: Path, array: str):
    values = zarr.open_group(str(copy / "worlds-1.zarr"))[array]
    values[0, 0] = np.asarray(values[0, 0]) + 1.0

    with pytest.raises(InputError, match=r"damaged: the worlds in worlds-1\.zarr hash to"):
        wbsim.reopen(copy)


def test_a_missing_store_is_damage(copy: Path):
    shutil.rmtree(copy / "worlds-2.zarr")

    with pytest.raises(InputError, match="damaged"):
        wbsim.reopen(copy)


def changed(folder: Path, **content: object) -> Path:
    file = folder / "record.json"
    record = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**record, **content}), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"wbsim": "0.0.9"}, "written by another version .wbsim 0.0.9."),
        ({"parameters_sha256": "0"}, "another table of parameters"),
        ({"results_sha256": "0" * 64}, "damaged: its worlds hash to"),
        ({"request": {"kind": "compare"}}, "damaged"),
        ({"sets": []}, "damaged"),
        ({"sets": 3}, "damaged"),
        ({"worlds": 4}, "other scenarios or worlds than the record says"),
    ],
)
def test_a_record_that_does_not_fit_is_named(copy: Path, content: dict[str, object], words: str):
    with pytest.raises(InputError, match=words):
        wbsim.reopen(changed(copy, **content))


def test_a_folder_without_results_is_named(tmp_path: Path):
    with pytest.raises(InputError, match=r"holds no record\.json"):
        wbsim.reopen(tmp_path)
    with pytest.raises(InputError, match="no such folder"):
        wbsim.reopen(tmp_path / "nowhere")


def test_a_posterior_that_is_gone_is_asked_for(copy: Path):
    record = json.loads((copy / "record.json").read_text(encoding="utf-8"))
    for each in record["sets"][0]["scenarios"]:
        each["resolved"]["assumptions"]["posterior"] = "f" * 64
    (copy / "record.json").write_text(json.dumps(record), encoding="utf-8")

    with pytest.raises(InputError, match="posterior that is not found: sha256 ffffffffffff"):
        wbsim.reopen(copy)


@pytest.mark.parametrize("name", [name for group in GROUPS for name in group.names])
def test_every_bundled_scenario_is_read_back_from_what_it_resolves_to(name: str):
    check_read_back(load(name))


def check_read_back(loaded: Scenario) -> None:
    again = from_resolved(
        json.loads(json.dumps(loaded.resolved())),
        origin=loaded.origin,
        extends=loaded.extends,
        plugins=loaded.plugins,
        posterior=loaded.assumptions.posterior,
    )

    assert again == loaded
    assert again.resolved() == loaded.resolved()


def test_channels_that_are_off_a_second_course_of_chance_and_a_path_of_rents_are_read_back():
    forum = load("forum")
    (policy,) = forum.policies
    step = PathStep(name="rent", since="2024-01", value=0.5, states=("ALB", "SRB"))
    check_read_back(
        forum.model_copy(
            update={
                "run": forum.run.model_copy(update={"chance_seed": 77}),
                "policies": (policy.model_copy(update={"without": ("dialogue", "transparency")}),),
                "assumptions": forum.assumptions.model_copy(update={"paths": (step,)}),
            }
        )
    )


def test_extra_runs_and_the_request_for_them_come_back(tmp_path: Path):
    kept = wbsim.compare(
        scenario(),
        scenario("both", "forum", "iisg-results"),
        worlds=6,
        worlds_each=4,
        channels=True,
        robustness=True,
        workers=1,
        simulate=fake_channels.simulate,
        out=tmp_path / "results",
    )
    opened = wbsim.reopen(tmp_path / "results")

    assert isinstance(opened, wbsim.Comparison)
    assert kept.channels is not None and opened.channels == kept.channels
    assert kept.robustness is not None and opened.robustness == kept.robustness
    assert opened.request == kept.request
    assert "--channels --robustness --worlds-each 4" in opened.request.command()
    assert render(opened) == render(kept)


def test_rounds_until_a_precision_are_reached_come_back(tmp_path: Path):
    kept = wbsim.compare(
        scenario(),
        scenario("forum", "forum"),
        worlds=400,
        until={"cooperation": 10.0},
        workers=1,
        simulate=fake_model.simulate,
        out=tmp_path / "results",
    )
    opened = wbsim.reopen(tmp_path / "results")

    assert opened.request == kept.request
    assert opened.experiment.worlds == kept.experiment.worlds
    assert render(opened) == render(kept)


def test_a_posterior_of_ones_own_is_found_again_where_it_was_or_where_one_says(tmp_path: Path):
    mine = tmp_path / "mine"
    mine.mkdir()
    write(prior_draws(10), {"table": calibrated_table()}, mine)
    drawn = Assumptions(source="posterior", posterior=find_posterior(mine))
    kept = wbsim.compare(
        scenario(assumptions=drawn),
        scenario("forum", "forum", assumptions=drawn),
        worlds=4,
        workers=1,
        simulate=fake_model.simulate,
        out=tmp_path / "results",
    )

    assert wbsim.reopen(tmp_path / "results").experiment.scenarios == kept.experiment.scenarios
    before = kept.summary()
    mine.rename(tmp_path / "moved")
    with pytest.raises(InputError, match="name the folder of that posterior with --posterior"):
        wbsim.reopen(tmp_path / "results")
    opened = wbsim.reopen(tmp_path / "results", posterior=tmp_path / "moved")
    assert opened.summary() == before
