"""The sections on assumptions that matter and on where policies fail: sentences, tables and figures of one search."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import numpy as np
import pytest
from markupsafe import escape

import wbsim
from tests.experiments import fake_model
from tests.experiments.fake_model import scenario
from tests.experiments.planted import SEED, experiment, planted
from tests.experiments.test_drivers import WEIGHT, by_weight, noise, standardised
from tests.experiments.test_failures import harmful_where_losses_weigh
from wbsim.cli.app import main
from wbsim.errors import InputError
from wbsim.experiments.comparison import Comparison
from wbsim.experiments.drivers import find_drivers
from wbsim.experiments.experiment import Table
from wbsim.experiments.failures import find_failures
from wbsim.report.sections import assumptions, failure
from wbsim.report.sections.part import Parts
from wbsim.scenario.schema import Assumptions
from wbsim.tables.outcomes import HEADLINE_OUTCOMES


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
    assert section.heading == (
        "Which assumptions matter? One parameter stands out; evidence: analogy, sign imposed"
    )
    text = words(section)
    assert "The effect of forum on public trust in the other states hangs most on weight of losses" in text
    assert "(analogy; sign imposed)" in text and "Monte Carlo error" in text
    assert "for 1 of 1 effects" in text


def test_a_failure_is_quoted_with_shares_of_worlds_that_were_not_searched(request_of):
    section = failure.build(comparison(planted({"public_trust": harmful_where_losses_weigh}), request_of))

    assert section is not None
    text = words(section)
    assert "forum lowers public trust in the other states by more than 1 point in 20 % of worlds" in text
    assert "where weight of losses of trust against gains is above" in text
    assert "(95 % Monte Carlo interval " in text


def test_outcomes_without_harm_and_without_gain_are_no_success(request_of):
    (text,) = failure.build(comparison(planted({}, 80), request_of)).parts[0].text

    assert text.startswith(
        "forum brings a gain beyond the margin in fewer than 5 % of worlds, and harm beyond it in fewer than 5 %, "
    )
    assert "on cooperation index, delivery ratio, public trust" in text
    rows = failure.shown(comparison(planted({}, 80), request_of))[0].rows
    assert [row[2] for row in rows] == ["hardly any gain"] * len(HEADLINE_OUTCOMES)


def test_each_set_of_assumptions_has_its_part_and_its_own_search(request_of):
    first, second = planted({"public_trust": by_weight}), planted({"public_trust": noise}, seed=8)
    second = replace(second, label="assumptions of another")
    found = Comparison(experiment(first, second), request_of.request)

    assert found.drivers() == found.drivers(1) == find_drivers(first, SEED)
    assert found.drivers(2) == find_drivers(second, SEED) != found.drivers()
    assert found.failures(2) == find_failures(found.experiment, second)
    with pytest.raises(InputError, match="no set 3"):
        found.drivers(3)
    with pytest.raises(InputError, match="no set 3"):
        found.failures(3)
    assert [each.label for each in assumptions.build(found).parts] == [first.label, "assumptions of another"]
    names = [each.name for module in (assumptions, failure) for each in module.shown(found)]
    assert {"assumptions", "assumptions-set2", "failure", "failure-set2"} <= set(names)
    assert len(names) == len(set(names))


def test_the_command_beside_a_table_prints_its_numbers(tmp_path, capsys):
    prior = Assumptions(source="prior")
    found = wbsim.compare(
        scenario(assumptions=prior), scenario("forum", "forum", assumptions=prior), worlds=60, workers=1,
        simulate=fake_model.noisy, out=tmp_path / "results",
    )  # fmt: skip
    page = found.report(tmp_path / "report.html").read_text("utf-8")
    for module in (assumptions, failure):
        for one in module.shown(found):
            assert main(["show", str(tmp_path / "results"), one.name, "--csv"]) == 0
            printed = list(csv.reader(io.StringIO(capsys.readouterr().out)))
            assert tuple(printed[0]) == one.columns and len(printed) == 1 + len(one.rows)
            for line, row in zip(printed[1:], one.rows, strict=True):
                assert [same(text, cell) for text, cell in zip(line, row, strict=True)] == list(row)
            assert re.search(rf"wbsim show \S+ {one.name}\b", page)
        section = module.build(found)
        assert all(str(escape(text)) in page for part in section.parts for text in part.text)


def same(text: str, cell: str | float | None) -> str | float | None:
    """A printed cell as what it was before."""
    if cell is None:
        return None if text == "" else text
    return text if isinstance(cell, str) else type(cell)(text)


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


def test_what_moves_an_effect_by_less_than_the_margin_gets_no_sentence(request_of):
    """Thirds of a normal number lie 2.18 sd apart, and the margin is one point."""
    for size, told in ((0.4, False), (0.55, True)):
        table = planted({"public_trust": lambda draws, rng, size=size: size * standardised(draws[WEIGHT])})
        text = words(assumptions.build(comparison(table, request_of)))

        assert ("hangs most on" in text) == told
        assert ("No effect of forum differs on average by the margin of practical relevance" in text) != told
        assert "Each correlation has an error of up to about 0.05" in text


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
