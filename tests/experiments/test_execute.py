"""The same results from any workers, blocks and order; figures measured from what is stored."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.experiments import fake_model
from tests.experiments.fake_model import COOPERATION, gloomy, scenario
from wbsim.errors import InputError
from wbsim.experiments import execute as module
from wbsim.experiments.execute import Settings, execute, plan
from wbsim.experiments.experiment import Experiment
from wbsim.experiments.sets import sort_into_sets
from wbsim.results.open import open_store

STATUS_QUO, FORUM = scenario(), scenario("forum", "forum")


def experiment(
    folder: Path,
    *scenarios: object,
    worlds: int = 10,
    first: int = 0,
    workers: int = 1,
    block: int = 64,
    seed: int = 7,
    simulate: Callable[..., object] = fake_model.simulate,
) -> Experiment:
    folder.mkdir(exist_ok=True)
    chosen = list(scenarios or (STATUS_QUO, FORUM))
    sets = sort_into_sets(chosen, chosen[0])  # type: ignore[arg-type]
    settings = Settings(worlds, seed, first, workers, block)
    return execute(plan(sets, settings), folder, simulate=simulate)  # type: ignore[arg-type]


def test_results_are_the_same_for_any_workers_blocks_and_order_of_finishing(tmp_path: Path):
    reference = experiment(tmp_path / "a")
    others = [
        experiment(tmp_path / "b", block=3),
        experiment(tmp_path / "c", block=1, workers=2),
        experiment(tmp_path / "d", block=2, workers=2, simulate=fake_model.slow_early_blocks),
    ]

    for other in others:
        assert other.results_sha256 == reference.results_sha256
        np.testing.assert_array_equal(other.tables[0].figures, reference.tables[0].figures)


def test_another_seed_world_or_policy_gives_another_hash(tmp_path: Path):
    hashes = {
        experiment(tmp_path / "a").results_sha256,
        experiment(tmp_path / "s", seed=8).results_sha256,
        experiment(tmp_path / "b", first=1).results_sha256,
        experiment(tmp_path / "c", worlds=9).results_sha256,
        experiment(tmp_path / "d", STATUS_QUO, scenario("forum", "iisg-results", "forum")).results_sha256,
    }

    assert len(hashes) == 5


def test_a_replayed_world_is_the_same_world(tmp_path: Path):
    whole = experiment(tmp_path / "a").tables[0]
    alone = experiment(tmp_path / "b", first=6, worlds=1).tables[0]

    np.testing.assert_array_equal(alone.figures[:, :, 0], whole.figures[:, :, 6])
    np.testing.assert_array_equal(
        open_store(alone.store).regional.sel(world=6).values,
        open_store(whole.store).regional.sel(world=6).values,
    )


def test_figures_are_those_of_the_stored_months(tmp_path: Path):
    table = experiment(tmp_path / "a").tables[0]
    months = open_store(table.store).regional.sel(scenario="forum", outcome="cooperation").values[:, -12:]

    np.testing.assert_allclose(
        table.values("forum", "cooperation"), months.astype(float).mean(axis=1), rtol=1e-12
    )


def test_worlds_are_paired_before_a_policy_starts_nothing_differs(tmp_path: Path):
    regional = open_store(experiment(tmp_path / "a").tables[0].store).regional
    difference = (regional.sel(scenario="forum") - regional.sel(scenario="status-quo")).values

    assert (difference[:, :24] == 0).all()
    np.testing.assert_allclose(difference[:, 24:], 0.1, atol=1e-6)


@pytest.mark.parametrize("simulate", [fake_model.world_3_is_not_finite, fake_model.world_5_raises])
def test_a_world_that_fails_under_one_policy_leaves_all(tmp_path: Path, simulate: Callable[..., object]):
    both = scenario("both", "forum", "iisg-results")
    table = experiment(tmp_path / "a", STATUS_QUO, FORUM, both, block=4, simulate=simulate).tables[0]
    sound = experiment(tmp_path / "b", STATUS_QUO, FORUM, both).tables[0]
    (failed,) = table.failed_worlds

    for name in ("status-quo", "forum", "both"):
        np.testing.assert_array_equal(
            table.values(name, "cooperation"), np.delete(sound.values(name, "cooperation"), failed)
        )
    dataset = open_store(table.store)
    assert np.isnan(dataset.regional.sel(scenario="forum", world=failed).values).all()
    assert np.isfinite(dataset.regional.sel(scenario="both", world=failed).values).all()
    assert dataset.failed.sel(scenario="forum", world=failed).item()


def test_a_failure_gives_the_same_hash_however_it_was_found(tmp_path: Path):
    hashes = {
        experiment(tmp_path / str(block), block=block, simulate=fake_model.world_5_raises).results_sha256
        for block in (1, 4, 10)
    }

    assert len(hashes) == 1


def test_a_figure_that_is_no_number_is_a_failure_even_if_the_model_does_not_say_so(tmp_path: Path):
    table = experiment(tmp_path / "a", simulate=fake_model.says_nothing_of_a_missing_value).tables[0]

    assert [(failure.world, failure.scenario) for failure in table.failures] == [(2, "forum")]
    assert "no finite value of cooperation" in table.failures[0].error


def test_each_set_of_assumptions_has_a_store_and_a_hash_of_its_own(tmp_path: Path):
    gloom = scenario("gloomy-forum", "forum", assumptions=gloomy())
    found = experiment(tmp_path / "a", STATUS_QUO, FORUM, gloom)

    own, other = found.tables
    assert own.results_sha256 == experiment(tmp_path / "b").results_sha256
    assert len({own.results_sha256, other.results_sha256, found.results_sha256}) == 3
    np.testing.assert_allclose(
        other.figures[0, 0, :, COOPERATION], own.figures[0, 0, :, COOPERATION] - 0.5, atol=1e-6
    )


def test_progress_counts_every_world_of_every_set(tmp_path: Path):
    gloom = scenario("gloomy-forum", "forum", assumptions=gloomy())
    sets = sort_into_sets([STATUS_QUO, FORUM, gloom], STATUS_QUO)
    told: list[tuple[int, int]] = []
    execute(
        plan(sets, Settings(10, 7, workers=1, block=4)),
        tmp_path,
        progress=lambda done, total: told.append((done, total)),
        simulate=fake_model.simulate,
    )

    assert told == [(4, 20), (8, 20), (10, 20), (14, 20), (18, 20), (20, 20)]


def test_every_setting_out_of_range_is_reported_at_once():
    with pytest.raises(InputError) as caught:
        plan(sort_into_sets([STATUS_QUO], STATUS_QUO), Settings(0, -1, -2, 0, 0))

    assert [problem.key for problem in caught.value.problems] == [
        "worlds",
        "seed",
        "first-world",
        "workers",
        "block",
    ]
    assert "from 1 to 10000000; it is 0" in str(caught.value)


def test_a_disk_that_is_too_small_is_refused_before_anything_is_simulated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(size: int, folder: Path) -> None:
        raise InputError(f"no room for {size} bytes")

    monkeypatch.setattr(module, "check_room", full)
    with pytest.raises(InputError, match="no room for"):
        experiment(tmp_path / "a", simulate=fake_model.all_worlds_fail)
