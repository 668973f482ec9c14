"""What tables say of an effect: its figures, and where its variance comes from."""

from __future__ import annotations

from dataclasses import replace

import pytest

import wbsim
from tests.experiments import fake_model
from tests.experiments.fake_model import scenario
from wbsim.experiments.comparison import Comparison
from wbsim.experiments.input_groups import GROUPS
from wbsim.experiments.variance_from import Share, Split, VarianceFrom
from wbsim.report.origin_words import counted_words, effect_words, origins
from wbsim.report.rows import outcome_rows
from wbsim.tables.outcomes import OUTCOMES

CLEAR = Split(
    2.0,
    {
        "region": Share(-0.02, 0.03),
        "elsewhere": Share(0.02, 0.05),
        "analogy": Share(0.1, 0.02),
        "assumed": Share(0.6, 0.09),
        "structure": Share(0.0, 0.05),
        "chance": Share(0.3, 0.05),
    },
)
UNCLEAR = Split(
    2.0,
    {name: Share(0.2, 0.15) for name in ("region", "elsewhere", "analogy", "assumed", "structure", "chance")},
)


@pytest.fixture(scope="module")
def found() -> Comparison:
    return wbsim.compare(
        scenario(), scenario("forum", "forum"), worlds=4, workers=1, simulate=fake_model.simulate
    )


def variance(comparison: Comparison, split: Split) -> VarianceFrom:
    """As if the follow-up runs had found the same of every outcome."""
    policies = {"forum": dict.fromkeys(OUTCOMES, split)}
    label = comparison.table().label
    return VarianceFrom(64, 0, 1, 2, 125, 0, 12, "status-quo", label, GROUPS, (), policies)


def cell(comparison: Comparison, split: Split, window: int = 0) -> tuple[str, ...]:
    return origins(variance(comparison, split), comparison.table(), "forum", "cooperation", window)


def test_a_cell_names_clear_shares_the_largest_first(found: Comparison) -> None:
    assert cell(found, CLEAR) == ("assumed 60 %", "chance 30 %", "analogy 10 %")
    (row,) = outcome_rows(found.table(), ("forum",), variance(found, CLEAR), names=("cooperation",))
    (policy,) = row.policies
    assert (policy.policy, policy.mean, policy.origins) == ("forum", "+0.100", cell(found, CLEAR))


def test_where_errors_are_larger_than_half_of_every_share_it_cannot_tell(found: Comparison) -> None:
    assert cell(found, UNCLEAR) == ("cannot tell",)


def test_an_unknown_error_is_never_clear(found: Comparison) -> None:
    assert cell(found, Split(1.0, {"assumed": Share(1.0, None)})) == ("cannot tell",)


def test_reasons_and_other_sets_have_words_of_their_own(found: Comparison) -> None:
    assert cell(found, Split(0.0, {}, "the effect is the same in all worlds")) == ("same everywhere",)
    assert cell(found, Split(None, {}, "too few worlds")) == ("too few worlds",)
    elsewhere = replace(variance(found, CLEAR), assumptions="assumptions of another")
    assert origins(elsewhere, found.table(), "forum", "cooperation") == ("n/a",)
    assert origins(None, found.table(), "forum", "cooperation") == ("n/a",)


def test_sentences_say_how_much_comes_from_where(found: Comparison) -> None:
    said = effect_words("forum", "cooperation", CLEAR, variance(found, CLEAR))
    assert said == (
        "The variance of the effect of forum on cooperation index comes to 60 % (error 9 points) from assumed "
        "parameters, 30 % (error 5 points) from chance in the course of events and 10 % (error 2 points) from "
        "parameters known by analogy."
    )
    assert "cannot tell where" in effect_words("forum", "cooperation", UNCLEAR, variance(found, UNCLEAR))
    assert "assumed parameters in 10" in counted_words(variance(found, CLEAR))
    assert "no part is clear; for 10 so few worlds cannot tell" in counted_words(variance(found, UNCLEAR))


def test_without_policies_there_is_nothing_to_split(found: Comparison) -> None:
    (row,) = outcome_rows(found.table(), (), None, names=("support",))
    assert row.policies == () and row.record.name == "support"
