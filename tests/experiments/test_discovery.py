"""Discoveries in stand-in worlds whose drivers are known."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import wbsim
from tests.experiments import fake_model
from tests.experiments.fake_discovery import PRIOR, driver, fails_where_low, fails_where_low_but_world_3
from tests.experiments.fake_model import scenario
from wbsim.errors import InputError


def found(**changes: object) -> wbsim.experiments.discovery_results.DiscoveryResults:  # type: ignore[name-defined]
    options = {
        "worlds": 300,
        "seed": 7,
        "workers": 1,
        "simulate": fails_where_low,
        "method": "prim",
        **changes,
    }
    pair = (scenario(assumptions=PRIOR), scenario("forum", "forum", assumptions=PRIOR))
    return wbsim.discover(*pair, **options)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def discovery():
    return found(replicates=2)


def test_the_planted_driver_is_found_and_holds_in_fresh_worlds(discovery):
    (first, *_) = discovery.found.discovery.holding

    (one,) = first.box.restrictions
    assert discovery.found.searched.inputs.inputs[one.place].key == driver()
    assert one.low is None and one.high is not None
    assert first.retest.inside.share == pytest.approx(0.9, abs=0.1)
    assert first.retest.elsewhere.share == pytest.approx(0.1, abs=0.08)


def test_fresh_worlds_follow_the_searched_ones_and_share_none(discovery):
    assert discovery.found.searched.numbers.tolist() == list(range(300))
    assert discovery.found.fresh.numbers.tolist() == list(range(300, 600))


def test_fresh_worlds_are_those_of_a_comparison_that_starts_there(discovery):
    again = wbsim.compare(
        scenario(assumptions=PRIOR), scenario("forum", "forum", assumptions=PRIOR),
        worlds=300, first_world=300, seed=7, workers=1, simulate=fails_where_low,
    )  # fmt: skip
    table = again.table()
    loss = table.values("status-quo", "cooperation") - table.values("forum", "cooperation")

    np.testing.assert_array_equal(discovery.found.fresh.cases, loss > 0.02)


def test_replicates_say_how_much_the_draws_decide(discovery):
    # Probabilities 0.9 in a third of the worlds and 0.1 elsewhere: 0.142 of a variance of 0.232.
    bound = discovery.found.ceiling

    assert bound is not None and (bound.worlds, bound.courses) == (300, 3)
    assert bound.drawn.value == pytest.approx(0.61, abs=0.09)
    most = bound.density(discovery.found.discovery.holding[0].retest.mass.share)
    assert most.value >= discovery.found.discovery.holding[0].retest.inside.low


def test_sentences_carry_both_intervals_and_the_warning(discovery):
    text = str(discovery)

    assert "forum lowers cooperation index by more than 0.02, compared with status-quo" in text
    assert "95 % Monte Carlo interval" in text and "largely driven by priors" in text
    assert "nan" not in text.lower().replace("governance", "").replace("finance", "")


def test_files_are_written_once_and_hold_no_nan(discovery, tmp_path: Path):
    folder = discovery.save(tmp_path / "out")

    names = {path.name for path in folder.iterdir()}
    assert {
        "discovery.json",
        "boxes.csv",
        "inputs.csv",
        "worlds.csv",
        "trajectory.csv",
        "worlds.png",
    } <= names
    content = json.loads((folder / "discovery.json").read_text())
    assert content["boxes"][0]["holds"] and content["record"]["command"].startswith("wbsim discover")
    assert len((folder / "worlds.csv").read_text().splitlines()) == 601
    with pytest.raises(InputError, match="exists already"):
        discovery.save(folder)


def test_halves_are_searched_and_counted_apart():
    one = found(fresh_worlds=0, worlds=400).found

    assert one.halved and one.searched.numbers.tolist() == list(range(0, 400, 2))
    assert one.fresh.numbers.tolist() == list(range(1, 400, 2))


def test_worlds_too_few_of_one_kind_are_refused_with_advice():
    with pytest.raises(InputError, match="0 of 100 searched worlds are cases") as caught:
        found(worlds=100, simulate=fake_model.simulate)

    assert "--target" in str(caught.value)


def test_a_failed_world_counts_nowhere():
    one = found(simulate=fails_where_low_but_world_3, worlds=120).found

    assert one.failed == 1 and 3 not in one.searched.numbers
    assert one.searched.cases.size == one.searched.inputs.values.shape[1] == 119
