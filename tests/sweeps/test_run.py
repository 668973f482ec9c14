"""A sweep gives the same bytes however it is carried out, simulates nothing twice, and hides no failure."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.sweeps.tiny import FORUM, PLUGIN, STATUS_QUO, plan, run
from tests.sweeps.tiny_model import MARK, simulate
from wbsim.errors import InputError
from wbsim.store.chunks import FOLDER, MANIFEST
from wbsim.sweeps.apply import apply
from wbsim.sweeps.design import Design
from wbsim.sweeps.folder import read_plan, write_plan
from wbsim.sweeps.measure import figures_of
from wbsim.sweeps.opened import open_sweep
from wbsim.sweeps.run import run_sweep


def test_figures_are_those_of_the_model_at_every_point(tmp_path: Path):
    made = plan()
    run(made, tmp_path / "a")
    sweep = open_sweep(tmp_path / "a", plugins=[PLUGIN])

    for number, point in enumerate(made.design.points):
        for s, scenario in enumerate(made.scenarios):
            (block,) = simulate([apply(scenario, made.design.keys, point)], 9, 0, 20)
            expected = figures_of(block.regional, made.since, made.model.outcomes)
            for place, outcome in enumerate(made.model.outcomes):
                np.testing.assert_array_equal(sweep.figures(outcome)[number, s], expected[:, place])


@pytest.mark.parametrize("block, together", [(1, 1), (3, 7), (7, 1000), (64, 64)])
def test_chunks_of_any_size_give_the_same_bytes(tmp_path: Path, block: int, together: int):
    whole = run(plan(), tmp_path / "whole").results
    cut = run(plan(model="tiny", worlds=20), tmp_path / "again").results
    other = plan()
    other = replace(other, model=replace(other.model, block=block, together=together))

    assert cut.results_sha256 == whole.results_sha256
    assert run(other, tmp_path / "other").results.results_sha256 == whole.results_sha256
    for name in ("monthly_mean", "monthly_sd"):
        first, second = (
            open_sweep(tmp_path / each, plugins=[PLUGIN]).to_xarray()[name].values
            for each in ("whole", "other")
        )
        np.testing.assert_array_equal(first, second)


def test_two_workers_give_the_same_bytes_as_one(tmp_path: Path):
    one, two = plan("failing"), plan("failing")

    alone = run(one, tmp_path / "one").results
    together = run(two, tmp_path / "two", workers=2).results
    assert alone.results_sha256 == together.results_sha256
    assert [(each.point, each.world) for each in alone.failed] == [
        (each.point, each.world) for each in together.failed
    ]


def test_what_no_lever_changes_is_simulated_once(tmp_path: Path):
    done = run(plan(points=4, worlds=20), tmp_path / "a")

    assert done.simulated == (4 + 1) * 20  # the status quo has no forum


def test_extending_by_worlds_and_points_simulates_only_what_is_new(tmp_path: Path):
    folder = tmp_path / "a"
    small, large = plan(points=3, worlds=10), plan(points=5, worlds=25)  # 1, 6.5, 12 and 3.75, 9.25
    run(small, folder)
    write_plan(large, folder)
    extended = run_sweep(large, folder, workers=1)

    assert extended.simulated == (5 + 1) * 25 - (3 + 1) * 10
    fresh = run(large, tmp_path / "fresh")
    assert extended.results.results_sha256 == fresh.results.results_sha256


def test_a_finished_sweep_simulates_nothing_more(tmp_path: Path):
    first = run(plan(), tmp_path / "a")
    again = run_sweep(read_plan(tmp_path / "a", plugins=[PLUGIN]), tmp_path / "a", workers=1)

    assert again.simulated == 0
    assert again.results.results_sha256 == first.results.results_sha256


@pytest.mark.parametrize("change", ["seed", "keep", "citizens", "model"])
def test_another_seed_setting_or_model_shares_nothing(tmp_path: Path, change: str):
    folder = tmp_path / "a"
    made = plan()
    run(made, folder)
    run_of = FORUM.run.model_copy(update={"citizens": 80})
    changes = {
        "seed": {"seed": 10},
        "keep": {"keep": "all"},
        "citizens": {"scenarios": tuple(each.model_copy(update={"run": run_of}) for each in made.scenarios)},
        "model": {"model": plan("failing").model},
    }
    other = replace(made, **changes[change])
    write_plan(other, folder)

    assert run_sweep(other, folder, workers=1).simulated == (4 + 1) * 20


@pytest.mark.parametrize("harm", ["delete", "truncate", "flip"])
def test_a_harmed_chunk_is_simulated_anew_and_the_bytes_are_the_same(tmp_path: Path, harm: str):
    folder = tmp_path / "a"
    made = plan("slow", points=2, worlds=30)
    before = run(made, folder).results.results_sha256
    chunk = sorted((folder / FOLDER).rglob("*.chunk"))[2]
    content = bytearray(chunk.read_bytes())
    if harm == "delete":
        chunk.unlink()
    elif harm == "truncate":
        chunk.write_bytes(content[:100])
    else:
        content[-100] ^= 1
        chunk.write_bytes(bytes(content))

    mended = run_sweep(made, folder, workers=1)
    assert mended.simulated == 10
    assert mended.results.results_sha256 == before


def test_a_stop_between_any_chunk_and_the_manifest_loses_nothing(tmp_path: Path):
    """Every state that a kill can leave: some first chunks, no manifest or one of fewer chunks, no results."""
    made = plan("slow", points=2, worlds=20)
    whole = run(made, tmp_path / "whole")
    chunks = sorted((tmp_path / "whole" / FOLDER).rglob("*.chunk"))
    for count in range(len(chunks) + 1):
        for manifest in (True, False):
            folder = tmp_path / f"{count}-{manifest}"
            shutil.copytree(tmp_path / "whole", folder)
            shutil.rmtree(folder / "results")
            for chunk in chunks[count:]:
                (folder / chunk.relative_to(tmp_path / "whole")).unlink()
            if not manifest:
                (folder / MANIFEST).unlink()
            done = run_sweep(read_plan(folder, plugins=[PLUGIN]), folder, workers=1)
            assert done.simulated == 10 * (len(chunks) - count)
            assert done.results.results_sha256 == whole.results.results_sha256


def test_failed_worlds_are_recorded_with_error_draw_and_replay_and_the_rest_goes_on(tmp_path: Path):
    done = run(plan("failing", points=2, worlds=20), tmp_path / "a")

    failed = {(each.point, each.scenario, each.world): each.error for each in done.results.failed}
    assert set(failed) == {(p, s, 5) for p in (0, 1) for s in ("forum", "status-quo")} | {(1, "forum", 3)}
    assert "ZeroDivisionError: world 3 divides by nothing" in failed[1, "forum", 3]
    assert "Traceback" in failed[1, "forum", 3]
    sweep = open_sweep(tmp_path / "a", plugins=[PLUGIN])
    assert np.isnan(sweep.figures("cooperation")[1, 0, [3, 5]]).all()
    assert np.isfinite(np.delete(sweep.figures("cooperation")[1, 0], [3, 5])).all()
    replays = [each["replay"] for each in sweep.record["failures"]]
    assert "wbsim replay RESULTS --point 1 --scenario forum --world 3" in replays


def test_a_point_that_lacks_too_many_worlds_has_no_figures(tmp_path: Path):
    run(plan("failing", points=2, worlds=20), tmp_path / "few")
    run(plan("failing", points=2, worlds=200), tmp_path / "many")

    few, many = (
        open_sweep(tmp_path / "few", plugins=[PLUGIN]).summary,
        open_sweep(tmp_path / "many", plugins=[PLUGIN]).summary,
    )
    assert few.withheld.tolist() == [False, True]  # 1 of 20, and 2 of 20 worlds
    assert few.plain()["points"][1]["differences"]["forum"]["cooperation"]["mean"] is None
    assert not many.withheld.any()
    assert many.sound.tolist() == [199, 198]


def test_a_worker_that_dies_is_replaced_and_the_bytes_are_the_same(tmp_path: Path, monkeypatch):
    made = plan("deadly", points=2, worlds=12)
    monkeypatch.setenv(MARK, str(tmp_path / "mark"))
    done = run(made, tmp_path / "a", workers=2)

    assert (tmp_path / "mark").exists()
    assert done.lost == ()
    assert done.results.results_sha256 == run(made, tmp_path / "b", workers=1).results.results_sha256


def test_a_chunk_that_kills_every_worker_is_missing_and_tried_again_later(tmp_path: Path, monkeypatch):
    made = plan("deadly", points=2, worlds=12)
    monkeypatch.delenv(MARK, raising=False)
    done = run(made, tmp_path / "a", workers=2)

    assert len(done.lost) == 3  # worlds 0 to 3 of two numbers of meetings, and of the status quo
    assert "killed by signal 9" in done.lost[0]
    assert done.results.missing == 2 * 2 * 4
    assert open_sweep(tmp_path / "a", plugins=[PLUGIN]).summary.withheld.all()
    (tmp_path / "mark").touch()
    monkeypatch.setenv(MARK, str(tmp_path / "mark"))
    again = run_sweep(made, tmp_path / "a", workers=1)
    assert (again.simulated, again.results.missing) == (3 * 4, 0)


def test_a_model_that_returns_other_shapes_fails_in_every_world_and_says_so(tmp_path: Path):
    done = run(plan("misshapen", points=1, worlds=3), tmp_path / "a")

    assert len(done.results.failed) == 2 * 3
    assert "must be (1, 12, 10)" in done.results.failed[0].error


def test_time_stops_a_sweep_with_as_many_worlds_at_every_point(tmp_path: Path):
    made = plan("slow", points=6, worlds=400)
    stopped = run(made, tmp_path / "a", budget=1.0)

    assert stopped.stopped
    assert 0 < stopped.results.worlds < 400
    assert stopped.results.missing == 0
    sweep = open_sweep(tmp_path / "a", plugins=[PLUGIN])
    assert np.isfinite(sweep.figures("cooperation")).all()
    fewer = run(replace(made, worlds=stopped.results.worlds), tmp_path / "b")
    assert stopped.results.results_sha256 == fewer.results.results_sha256


def test_a_second_process_at_work_on_the_folder_is_refused(tmp_path: Path):
    from wbsim.store.lock import locked

    made = plan()
    run(made, tmp_path / "a")
    with locked(tmp_path / "a"), pytest.raises(InputError, match="another process"):
        run_sweep(made, tmp_path / "a", workers=1)


def test_results_of_which_a_file_is_gone_are_refused_and_assembled_again(tmp_path: Path):
    folder = tmp_path / "a"
    before = run(plan(), folder).results.results_sha256
    shard = next(file for file in (folder / "results").rglob("c/*/*/*/*") if file.is_file())
    shard.unlink()

    with pytest.raises(InputError, match="is gone"):
        open_sweep(folder, plugins=[PLUGIN])
    assert run_sweep(read_plan(folder, plugins=[PLUGIN]), folder, workers=1).results.results_sha256 == before
    assert np.isfinite(open_sweep(folder, plugins=[PLUGIN]).figures("cooperation")).all()


@pytest.mark.parametrize("keep", ["all", "monthly", "horizon"])
def test_what_is_kept_can_be_read_back_as_closely_as_promised(tmp_path: Path, keep: str):
    made = plan(keep=keep)
    run(made, tmp_path / "a")
    sweep = open_sweep(tmp_path / "a", plugins=[PLUGIN])
    if keep == "horizon":
        with pytest.raises(InputError, match="--keep horizon"):
            sweep.monthly(2, "forum")
        return
    found = sweep.monthly(2, "forum")
    (block,) = simulate([apply(FORUM, made.design.keys, made.design.points[2])], 9, 0, 20)

    assert found.dims == ("world", "month", "outcome")
    tolerance = 0.0 if keep == "all" else 2.0**-14
    np.testing.assert_allclose(found.values, block.regional, rtol=tolerance, atol=0.0)
    mean = sweep.to_xarray()["monthly_mean"].values[2, 0]
    np.testing.assert_allclose(mean, found.values.mean(axis=0), rtol=1e-5)


def test_arrays_carry_the_design_as_coordinates(tmp_path: Path):
    run(plan(), tmp_path / "a")
    data = open_sweep(tmp_path / "a", plugins=[PLUGIN]).to_xarray()

    assert data["figures"].dims == ("design", "scenario", "world", "outcome")
    assert data["forum.meetings_per_year"].dims == ("design",)
    assert data["forum.meetings_per_year"].values.tolist() == pytest.approx([1, 1 + 11 / 3, 1 + 22 / 3, 12])
    assert data["scenario"].values.tolist() == ["forum", "status-quo"]


def test_texts_and_sets_are_coordinates_too(tmp_path: Path):
    design = Design(
        "list", ("forum.members", "forum.rule"), ((("ALB", "SRB"), "consensus"), ((), "all-but-one"))
    )
    run(plan(design=design), tmp_path / "a")
    data = open_sweep(tmp_path / "a", plugins=[PLUGIN]).to_xarray()

    assert data["forum.members"].values.tolist() == ["ALB+SRB", "as in the scenario"]
    assert data["forum.rule"].values.tolist() == ["consensus", "all-but-one"]


def test_the_plan_comes_back_as_it_was_written(tmp_path: Path):
    made = plan(scenarios=(FORUM, STATUS_QUO))
    run(made, tmp_path / "a")
    again = read_plan(tmp_path / "a", plugins=[PLUGIN])

    assert (again.design, again.worlds, again.seed, again.keep) == (made.design, 20, 9, "monthly")
    assert [each.resolved() for each in again.scenarios] == [each.resolved() for each in made.scenarios]
    assert again.plugins == (str(PLUGIN),)


def test_a_sweep_of_a_changed_plugin_is_not_continued(tmp_path: Path):
    plugin = tmp_path / "plugin.py"
    shutil.copyfile(PLUGIN, plugin)
    from wbsim.scenario.plugin import load_plugins

    made = replace(plan(), plugins=(str(plugin),), model=load_plugins([plugin]).models["tiny"])
    run(made, tmp_path / "a")
    plugin.write_text(plugin.read_text() + "\n# changed\n")

    with pytest.raises(InputError, match="another version"):
        read_plan(tmp_path / "a", plugins=[plugin])
