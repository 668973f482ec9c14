"""The sections on assumptions that matter and on where policies fail: sentences, tables and figures of one search."""

from __future__ import annotations

import numpy as np
import pytest

import wbsim
from tests.experiments import fake_model
from tests.experiments.fake_model import scenario
from tests.experiments.planted import experiment, planted
from tests.experiments.test_drivers import WEIGHT, by_weight, noise
from tests.experiments.test_failures import harmful_where_losses_weigh
from wbsim.experiments.comparison import Comparison
from wbsim.experiments.experiment import Table
from wbsim.report.sections import assumptions, failure
from wbsim.report.sections.part import Parts


@pytest.fixture(scope="module")
def request_of() -> Comparison:
    return wbsim.compare(
        scenario(), scenario("forum", "forum"), worlds=2, workers=1, simulate=fake_model.simulate
    )


def comparison(table: Table, like: Comparison) -> Comparison:
    return Comparison(experiment(table), like.request)


def words(section: Parts) -> str:
    return " ".join(text for part in section.parts for text in part.text)


def test_the_strongest_assumption_is_quoted_with_its_evidence(request_of):
    section = assumptions.build(comparison(planted({"public_trust": by_weight}), request_of))

    assert section is not None
    assert "Of 1 parameters that stand out, 1 are assumed" in section.heading
    text = words(section)
    assert "The effect of forum on public trust in the other states hangs most on weight of losses" in text
    assert "(assumed)" in text and "Monte Carlo error" in text
    assert "for 1 of 1 effects" in text


def test_a_failure_is_quoted_with_shares_of_worlds_that_were_not_searched(request_of):
    section = failure.build(comparison(planted({"public_trust": harmful_where_losses_weigh}), request_of))

    assert section is not None
    text = words(section)
    assert "forum lowers public trust in the other states by more than 1 point in 18 % of worlds" in text
    assert "where weight of losses of trust against gains is above" in text


def test_figures_say_in_words_what_they_show_and_their_data_are_shown(request_of):
    found = comparison(planted({"public_trust": harmful_where_losses_weigh}), request_of)
    for module in (assumptions, failure):
        names = {each.name for each in module.shown(found)}
        drawn = module.figures(found)
        assert drawn and all(each.shown.name in names for each in drawn)
        assert all(WEIGHT in each.description or "weight of losses" in each.description for each in drawn)
    table = next(each for each in assumptions.shown(found) if each.name == "assumptions")
    first = next(row for row in table.rows if row[1] == "Public trust in the other states")
    lead = next(e for e in found.drivers().effects if e.outcome == "public_trust").leading[0]
    cells = dict(zip(table.columns, first, strict=True))
    assert cells["rank correlation"] == lead.rho and cells["mean effect below"] == lead.lowest.mean


def test_noise_alone_is_said_to_be_noise(request_of):
    section = assumptions.build(comparison(planted({"support": noise}, 60, seed=2), request_of))

    assert section is not None and section.heading == "Which assumptions matter?"
    assert "Nothing stands out from noise at 60 worlds" in words(section)


@pytest.mark.parametrize("module", [assumptions, failure])
def test_few_worlds_and_no_difference_are_said(request_of, module):
    few = module.build(comparison(planted({"support": by_weight}, 5), request_of))
    same = module.build(comparison(planted({}, 80), request_of))

    assert "Too few worlds: 5 finished" in words(few)
    assert "Too few" not in words(same) and words(same)
    assert all(figure is None for part in same.parts for figure in part.figures) or not same.parts[0].figures


@pytest.mark.parametrize("module", [assumptions, failure])
def test_a_single_scenario_has_neither(module):
    alone = wbsim.run(scenario(), worlds=2, workers=1, simulate=fake_model.simulate)

    assert module.build(alone) is None
    assert module.shown(alone) == () and module.figures(alone) == ()


def test_the_summary_and_the_object_hold_what_was_found(request_of):
    found = comparison(planted({"public_trust": harmful_where_losses_weigh}), request_of)
    summary = found.summary()

    drivers = summary["drivers"]["policies"]["forum"]["public_trust"]
    assert drivers["leading"][0]["parameter"] == WEIGHT
    assert drivers["leading"][0]["rho"] == found.drivers().effects[2].leading[0].rho
    assert summary["failures"]["policies"]["forum"]["public_trust"]["failing"] == "harm"
    assert np.isfinite(drivers["share"])
