"""Effects by the structure that worlds drew: planted ones are found, and what cannot be told is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import wbsim
from tests.experiments import fake_structures
from tests.experiments.fake_model import scenario
from tests.experiments.fake_structures import ADDED, NOISE
from wbsim.chance.counter import Chance
from wbsim.chance.draws import draw_structures
from wbsim.experiments.by_structure import ALL_FIXED, NO_STRUCTURE, SAME_EVERYWHERE, ByStructure
from wbsim.experiments.comparison import Comparison
from wbsim.experiments.reopen import reopen
from wbsim.experiments.under import change_of
from wbsim.scenario.schema import Assumptions, Scenario
from wbsim.tables.outcomes import HEADLINE_OUTCOMES
from wbsim.tables.structures import STRUCTURES

STATUS_QUO, FORUM, IISG = scenario(), scenario("forum", "forum"), scenario("iisg-results", "iisg-results")


def compared(*scenarios: Scenario, **settings: Any) -> Comparison:
    defaults = {"workers": 1, "worlds": 200, "simulate": fake_structures.simulate}
    return wbsim.compare(*(scenarios or (STATUS_QUO, FORUM, IISG)), **{**defaults, **settings})


@pytest.fixture(scope="module")
def whole() -> Comparison:
    return compared()


@pytest.fixture(scope="module")
def found(whole: Comparison) -> ByStructure:
    return whole.structures()


def under(*written: str) -> Assumptions:
    """Default assumptions with these choices for all worlds."""
    assumptions = Assumptions()
    for each in written:
        assumptions = assumptions.model_copy(update=change_of(each, assumptions))
    return assumptions


def test_each_choice_has_the_effect_of_the_worlds_that_drew_it(found: ByStructure) -> None:
    drawn = draw_structures(STATUS_QUO.assumptions, Chance(1, 0, 200))["forum_channel"]
    choices = found.policies["forum"]["cooperation"].structures["forum_channel"].choices
    assert list(choices) == ["none", "grows", "secretariat"]
    assert [each.worlds for each in choices.values()] == [int((drawn == place).sum()) for place in range(3)]
    assert [each.weight for each in choices.values()] == [0.25, 0.5, 0.25]
    for each, added in zip(choices.values(), ADDED, strict=True):
        assert each.difference.mean == pytest.approx(added, abs=4 * NOISE / each.worlds**0.5)
    none, grows, _ = choices.values()
    assert (none.better, none.worse, none.difference.mcse) == (0, 0, 0.0)
    assert grows.better == grows.worlds and grows.difference.p_better == 1.0


def test_a_choice_that_was_planted_matters_and_the_others_do_not(found: ByStructure) -> None:
    structures = found.policies["forum"]["cooperation"].structures
    channel = structures["forum_channel"]
    assert channel.verdict == "matters"
    assert channel.widest is not None and (channel.widest.low, channel.widest.high) == ("none", "grows")
    assert channel.widest.apart == pytest.approx(0.1, abs=0.01)
    assert {structures[name].verdict for name in ("forum_weighs", "channel_growth")} <= {
        "unsure",
        "does not matter",
    }


def test_the_share_between_structures_is_what_was_planted(found: ByStructure) -> None:
    outcome = found.policies["forum"]["cooperation"]
    weights = np.array(STRUCTURES["forum_channel"].weights)
    between = weights @ (ADDED - weights @ ADDED) ** 2
    within = 0.75 * NOISE**2
    assert outcome.share is not None and outcome.mcse is not None
    assert outcome.share == pytest.approx(between / (between + within), abs=4 * outcome.mcse)
    assert 0.0 < outcome.mcse < 0.05


def test_an_effect_that_is_the_same_in_all_worlds_has_no_share(found: ByStructure) -> None:
    trust = found.policies["forum"]["public_trust"]
    assert (trust.share, trust.reason) == (None, SAME_EVERYWHERE)
    assert {each.verdict for each in trust.structures.values()} == {"does not matter"}


def test_structures_of_a_forum_bear_on_policies_with_one_alone(found: ByStructure) -> None:
    assert set(found.policies["iisg-results"]["cooperation"].structures) == {"channel_growth"}
    fixed = under("channel_growth=fixed")
    without = compared(
        *(each.model_copy(update={"assumptions": fixed}) for each in (STATUS_QUO, FORUM, IISG))
    )
    result = without.structures()
    assert result.fixed == {"channel_growth": "fixed"}
    assert result.policies["iisg-results"]["cooperation"].reason == NO_STRUCTURE
    assert set(result.policies["forum"]["cooperation"].structures) == {"forum_channel", "forum_weighs"}


def test_a_choice_without_weight_is_not_listed() -> None:
    weights = {**Assumptions().structures, "forum_channel": (0.5, 0.5, 0.0)}
    two = Assumptions(structures=weights)
    result = compared(
        *(each.model_copy(update={"assumptions": two}) for each in (STATUS_QUO, FORUM))
    ).structures()
    channel = result.policies["forum"]["cooperation"].structures["forum_channel"]
    assert list(channel.choices) == ["none", "grows"] and channel.verdict == "matters"


def test_chance_alone_is_not_taken_for_structure() -> None:
    outcome = compared(simulate=fake_structures.chance_alone).structures().policies["forum"]["cooperation"]
    assert {each.verdict for each in outcome.structures.values()} == {"unsure"}
    assert outcome.share is not None and outcome.mcse is not None and outcome.share < 3 * outcome.mcse


def test_why_nothing_can_be_told_is_said() -> None:
    assert compared(worlds=20).structures().note.startswith("Too few worlds: 20 finished")
    assert compared(STATUS_QUO).structures().note == "There is no policy to compare."
    fixed = under("forum_channel=none", "forum_weighs=efforts", "channel_growth=fixed")
    every = compared(*(each.model_copy(update={"assumptions": fixed}) for each in (STATUS_QUO, FORUM)))
    assert every.structures().note == ALL_FIXED
    assert "structures" not in every.summary()


def test_a_failed_world_counts_in_no_choice() -> None:
    result = compared(simulate=fake_structures.world_3_is_not_finite).structures()
    choices = result.policies["forum"]["cooperation"].structures["forum_channel"].choices
    assert result.worlds == 199 == sum(each.worlds for each in choices.values())


def test_the_object_holds_the_same_figures(whole: Comparison, found: ByStructure) -> None:
    plain = json.loads(json.dumps(whole.summary()["structures"], allow_nan=False))
    assert plain == json.loads(json.dumps(found.plain()))
    assert set(plain["policies"]["forum"]) == set(HEADLINE_OUTCOMES)
    grows = plain["policies"]["forum"]["cooperation"]["structures"]["forum_channel"]["choices"]["grows"]
    assert {"weight", "worlds", "better", "worse", "mean", "q05", "q95", "p_better", "mcse"} <= set(grows)


def test_results_that_are_opened_again_tell_the_same(tmp_path: Path) -> None:
    first = compared(out=tmp_path / "a")
    again = reopen(tmp_path / "a")
    assert isinstance(again, Comparison)
    assert again.structures() == first.structures()


def test_each_set_of_assumptions_has_its_own() -> None:
    laid = compared(STATUS_QUO, FORUM, under=("forum_channel=grows", "prior"))
    assert laid.structures(1).fixed == {"forum_channel": "grows"}
    assert laid.structures(2).fixed == {}
