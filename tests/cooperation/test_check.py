"""The checks of cooperation: what is printed is what was computed, and directions that the documents claim hold."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO

import numpy as np
import pytest
from rich.console import Console
from scipy.stats import spearmanr

from wbsim.calibration.crew import Crew
from wbsim.calibration.measurement import ERROR
from wbsim.chance.fitted import Fitted, read
from wbsim.cooperation import check as module
from wbsim.cooperation.check import Check, Growth, check
from wbsim.cooperation.observed import organisations, trade
from wbsim.cooperation.summary import summary
from wbsim.cooperation.text import tables
from wbsim.cooperation.worlds import BEGINNINGS, Plan, simulate
from wbsim.inference.scores import normal_crps
from wbsim.instruments.load import load_scores
from wbsim.instruments.score import to_fit, to_predict
from wbsim.scenario.posterior import find_posterior
from wbsim.tables.places import DYAD_NAMES, STATE_CODES

PLAN = Plan(worlds=200, citizens=80)


@pytest.fixture(scope="module")
def fitted() -> Fitted:
    file = find_posterior()
    return read(file.path, file.sha256)


@pytest.fixture(scope="module")
def found(fitted: Fitted) -> Check:
    with Crew(1) as crew, pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "POINTS", 2048)
        return check(fitted, load_scores(), PLAN, crew)


def printed(found: Check) -> str:
    console = Console(file=StringIO(), width=100, highlight=False, markup=False)
    for part in tables(found):
        console.print(part)
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def test_ranks_are_spearmans_of_each_world_with_what_is_observed(found: Check) -> None:
    ranks = {rank.name: rank for rank in found.ranks}
    assert [rank.count for rank in found.ranks] == [5, 5, 5, 8, 15, 15]
    scores = to_fit(load_scores())
    states = [STATE_CODES.index(each.state) for each in scores]
    value = [each.value for each in scores]
    for number in (0, 7):
        worlds = found.worlds
        assert ranks["effort by state"].values[number] == pytest.approx(
            spearmanr(worlds.odds[number, 0, states], value).statistic
        )
        assert ranks["cooperation by state"].values[number] == pytest.approx(
            spearmanr(worlds.states[number, states], value).statistic
        )
        dyads = [DYAD_NAMES.index(name) for name in trade()]
        assert ranks["trade by dyad"].values[number] == pytest.approx(
            spearmanr(worlds.dyads[number, dyads], list(trade().values())).statistic
        )
        assert ranks["organisations by dyad"].values[number] == pytest.approx(
            spearmanr(worlds.dyads[number], list(organisations().values())).statistic
        )


def test_directions_that_the_documents_claim_hold(found: Check) -> None:
    """Effort of states goes with the scores it was fitted to; dyads that share a format cooperate more."""
    median = {rank.name: rank.median for rank in found.ranks}
    assert median["effort by state"] > 0.2 and median["cooperation by state"] > 0.2
    assert median["formats by dyad"] > 0.2


def test_findings_that_the_documents_report_are_still_there(found: Check) -> None:
    """Trade runs against cooperation, and organisations say nothing: if this fails, docs/validation.md is wrong."""
    median = {rank.name: rank.median for rank in found.ranks}
    assert median["trade by dyad"] < 0.0
    assert abs(median["organisations by dyad"]) < 0.2


def test_later_scores_are_predicted_beside_no_change(found: Check) -> None:
    later = found.later
    assert later is not None and later.scores == to_predict(load_scores())
    assert later.draws.shape == (PLAN.worlds, 5)
    last = np.array([6.5, 5.0, 6.0, 5.5, 6.0])
    np.testing.assert_array_equal(later.mean, last)
    expected = normal_crps(last, np.full(5, ERROR * np.sqrt(2.0)), later.observed).mean()
    assert later.simple.crps.value == pytest.approx(expected)
    assert later.model.coverage_90.value >= 0.6


def test_every_fitted_score_is_predicted_from_the_others(found: Check) -> None:
    left_out = found.left_out
    assert left_out is not None and left_out.scores == to_fit(load_scores())
    assert left_out.mean[0] == pytest.approx((5.0 + 6.0 + 5.5 + 6.0) / 4)
    # Left out, the highest score is expected nearer to the others, and so is the lowest.
    medians = np.median(left_out.draws, axis=0)
    assert medians[0] < left_out.observed[0] and medians[1] > left_out.observed[1]


def test_published_values_of_later_scores_enter_no_prediction(fitted: Fitted, found: Check) -> None:
    moved = tuple(
        each if each.split == "calibration" else replace(each, value=1.0 + number)
        for number, each in enumerate(load_scores())
    )
    with Crew(1) as crew, pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "simulate", lambda *_: found.worlds)
        patched.setattr(module, "POINTS", 2048)
        again = check(fitted, moved, PLAN, crew)
    assert again.later is not None and found.later is not None
    assert again.left_out is not None and found.left_out is not None
    np.testing.assert_array_equal(again.later.draws, found.later.draws)
    np.testing.assert_array_equal(again.left_out.draws, found.left_out.draws)


def test_worlds_begin_at_the_reference_month_and_are_those_of_every_run(fitted: Fitted, found: Check) -> None:
    with Crew(1) as crew:
        fewer = simulate(fitted, replace(PLAN, worlds=40), crew)
    np.testing.assert_array_equal(fewer.rows, found.worlds.rows[:40])
    np.testing.assert_array_equal(fewer.dyads, found.worlds.dyads[:40])
    np.testing.assert_array_equal(fewer.odds, found.worlds.odds[:40])
    assert fewer.odds.shape == (40, len(BEGINNINGS), 6) and not np.allclose(
        fewer.odds[:, 0], fewer.odds[:, -1]
    )


def test_growth_fails_where_the_index_rises_in_half_of_the_worlds_or_fewer() -> None:
    assert Growth(np.array([1.1, 1.2, 0.9]), {}).holds
    assert not Growth(np.array([1.1, 0.9]), {}).holds
    assert not Growth(np.array([1.0, 1.0, 1.0]), {}).holds


def test_what_is_printed_is_what_was_computed(found: Check) -> None:
    text, plain = printed(found), json.loads(json.dumps(summary(found), allow_nan=False))
    words = " ".join(text.split())
    for rank, row in zip(found.ranks, plain["ranks"], strict=True):
        assert row["median"] == rank.median and row["holds"] == rank.holds
        assert f"{rank.median:+.2f}" in text and rank.caveat in words
        assert row["fails_if"] in words
    assert found.later is not None
    assert (
        f"CRPS {plain['later']['crps']:.2f} points, no change {plain['later']['baseline']['crps']:.2f}"
        in words
    )
    assert f"rises in {100 * plain['growth']['rises']:.0f} of 100 worlds" in words
    assert plain["growth"]["officers"] == {"2018": 8300, "2020": 8838, "2021": 11000, "2022": 16000}
    failing = [rank.name for rank in found.ranks if not rank.holds]
    assert text.count("FAILS") == len(failing) + sum(
        not each.holds for each in (found.left_out, found.later, found.growth) if each is not None
    )
    assert max(map(len, text.splitlines())) <= 100


def test_a_posterior_without_scores_predicts_with_the_priors_of_the_scale(
    fitted: Fitted, found: Check
) -> None:
    blind = replace(fitted, scale=fitted.scale[:, :0])
    with Crew(1) as crew, pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "simulate", lambda *_: found.worlds)
        patched.setattr(module, "POINTS", 512)
        again = check(blind, load_scores(), PLAN, crew)
    assert again.later is not None and found.later is not None
    assert again.later.draws.std(axis=0).mean() > 1.5 * found.later.draws.std(axis=0).mean()


def test_without_scores_dyads_and_growth_are_still_checked(fitted: Fitted, found: Check) -> None:
    with Crew(1) as crew, pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "simulate", lambda *_: found.worlds)
        few = check(fitted, to_fit(load_scores())[:1], PLAN, crew)
    assert [rank.count for rank in few.ranks] == [8, 15, 15]
    assert (few.left_out, few.later) == (None, None)
    assert "Joint action days" in printed(few)
