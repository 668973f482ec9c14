"""What a set of scenarios assumes, as the page lists it."""

from __future__ import annotations

from tests.experiments.planted import planted
from wbsim.experiments.experiment import Table
from wbsim.report.assumed import assumed
from wbsim.scenario.schema import Assumptions
from wbsim.tables.parameters import PARAMETERS


def laws(source: str, **fixed: float) -> dict[str, str]:
    table = planted({}, 2, fixed=fixed)
    scenarios = tuple(
        each.model_copy(update={"assumptions": each.assumptions.model_copy(update={"source": source})})
        for each in table.scenarios
    )
    again = Table(table.label, scenarios, table.figures, 0, (), "", table.store)
    return {row.record.name: row.law for row in assumed(again).parameters}


def test_only_what_was_fitted_is_said_to_come_from_the_posterior():
    """Under the posterior, too, a number that nothing was fitted to has its prior."""
    found = laws("posterior")
    for name, record in PARAMETERS.items():
        assert found[name].startswith("posterior; prior ") == (record.block is not None)
        assert str(record.prior) in found[name]


def test_under_the_prior_and_where_a_scenario_sets_it_the_law_is_that():
    assert set(laws("prior").items()) == {(name, str(each.prior)) for name, each in PARAMETERS.items()}
    assert laws("prior", loss_weight=2.5)["loss_weight"] == "fixed at 2.5"
    assert Assumptions().source == "posterior"


def test_grades_and_imposed_signs_are_counted_from_the_records():
    found = assumed(planted({}, 2, fixed={}))
    every = PARAMETERS.values()
    assert found.without_evidence == sum(each.grade == "assumed" for each in every)
    assert found.policy_without_evidence == sum(
        each.grade == "assumed" and each.moves_policies for each in every
    )
    assert 0 < found.imposed == sum(each.sign_imposed for each in every) <= found.effects
