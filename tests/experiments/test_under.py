"""Assumptions that a command puts under every scenario, and results under several of them side by side."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

import wbsim
from tests.calibration.prior_draws import prior_draws
from tests.experiments import fake_model
from tests.experiments.fake_model import gloomy, scenario
from wbsim.chance.fitted import write
from wbsim.errors import InputError
from wbsim.experiments.comparison import Comparison
from wbsim.experiments.sets import AssumptionSet
from wbsim.experiments.under import drawing_from, side_by_side
from wbsim.report.page import render
from wbsim.results.open import read_record
from wbsim.scenario.posterior import find_posterior
from wbsim.scenario.schema import Assumptions, Scenario
from wbsim.tables.outcomes import OUTCOME_NAMES
from wbsim.tables.parameters import calibrated_table

STATUS_QUO, FORUM = scenario(), scenario("forum", "forum")
BOTH_SOURCES = ("prior", "posterior")


def compared(*scenarios: Scenario, **settings: Any) -> Comparison:
    settings = {"workers": 1, "worlds": 4, "simulate": fake_model.simulate, **settings}
    return wbsim.compare(*(scenarios or (STATUS_QUO, FORUM)), **settings)


def laid(*under: str, assumptions: Assumptions | None = None) -> tuple[AssumptionSet, ...]:
    one = AssumptionSet("own", (scenario(assumptions=assumptions or Assumptions()),))
    return side_by_side([one], under)


def said(*under: str) -> list[tuple[str, str | None]]:
    with pytest.raises(InputError) as caught:
        laid(*under)
    assert {problem.key for problem in caught.value.problems} == {"--under"}
    return [(problem.message, problem.suggestion) for problem in caught.value.problems]


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    folder.mkdir()
    write(prior_draws(10), {"table": calibrated_table()}, folder)
    return folder


def test_each_is_a_set_with_the_baseline_and_all_policies() -> None:
    sets = laid("prior", "posterior", "trust_rule=two-types")
    assert [each.label for each in sets] == ["prior", "posterior", "trust_rule=two-types"]
    prior, posterior, variant = (each.scenarios[0].assumptions for each in sets)
    assert prior.source == "prior" and not prior.fitted
    assert posterior.posterior == find_posterior() and posterior.source == "posterior"
    assert variant == Assumptions().model_copy(update={"variants": gloomy().variants})


def test_a_structural_alternative_is_fixed_for_all_worlds_and_the_others_are_drawn_as_before() -> None:
    one, other = (each.scenarios[0].assumptions for each in laid("forum_channel=none", "forum_channel=grows"))
    assert (one.fixed("forum_channel"), other.fixed("forum_channel")) == ("none", "grows")
    own = Assumptions()
    assert one.model_copy(update={"structures": own.structures}) == own
    assert one.structures["forum_weighs"] == own.structures["forum_weighs"]
    [(message, suggestion)] = said("forum_channel=non")
    assert message == '"forum_channel" has the choices none, grows, secretariat; "non" is none'
    assert suggestion == 'did you mean "none"?'


def test_all_else_that_a_scenario_assumes_stays() -> None:
    own = gloomy().model_copy(update={"history_until": "2023-06"})
    for each in laid(*BOTH_SOURCES, assumptions=own):
        kept = each.scenarios[0].assumptions
        assert (kept.variants, kept.history_until) == (own.variants, "2023-06")


def test_the_posterior_is_that_of_the_scenario_if_it_has_one(mine: Path) -> None:
    (own,) = drawing_from([STATUS_QUO], mine)
    (_, found) = laid(*BOTH_SOURCES, assumptions=own.assumptions)
    assert found.scenarios[0].assumptions.posterior == find_posterior(mine)
    prior = scenario(assumptions=Assumptions(source="prior"))
    (moved,) = drawing_from([prior], mine)
    assert (moved.assumptions.source, moved.assumptions.posterior) == ("posterior", find_posterior(mine))
    assert drawing_from([prior], None) == (prior,)


def test_everything_that_is_wrong_is_said_at_once_with_what_was_probably_meant() -> None:
    found = said("piror", "trust_rul=two-types", "trust_rule=two-type", "prior", "prior")
    assert [suggestion for _, suggestion in found] == [
        'did you mean "prior"?',
        'did you mean "trust_rule"?',
        'did you mean "two-types"?',
        "leave one of them out",
    ]
    assert 'must be "prior", "posterior", a structural variant or alternative such as' in found[0][0]
    assert found[0][0].endswith('or an alternative posterior as "posterior=NAME"; it is "piror"')
    assert found[1][0].startswith('there is no structural variant or alternative "trust_rul"; there are ')
    assert "has the choices " in found[2][0]
    assert found[3][0] == '"prior" is given twice'


@pytest.mark.parametrize("written", ["", "=", "trust_rule=", "prior=prior", "Prior"])
def test_what_is_neither_is_refused(written: str) -> None:
    assert len(said(written)) == 1


def test_scenarios_with_assumptions_of_their_own_cannot_be_laid_under_others() -> None:
    gloom = scenario("gloomy-forum", "forum", assumptions=gloomy())
    with pytest.raises(InputError) as caught:
        compared(STATUS_QUO, FORUM, gloom, under=("prior", "nonsense"))
    assert len(caught.value.problems) == 2
    assert "assumptions or events of their own already" in str(caught.value)


def test_one_posterior_named_by_two_paths_is_one_set_of_assumptions(mine: Path) -> None:
    one, two = (
        drawing_from([each], path)[0]
        for each, path in ((STATUS_QUO, mine), (FORUM, mine / ".." / "mine" / "posterior.npz"))
    )
    assert one.assumptions.posterior != two.assumptions.posterior
    assert len(compared(one, two).experiment.tables) == 1


def test_the_object_holds_a_set_and_a_ranking_for_each() -> None:
    summary = compared(under=BOTH_SOURCES).summary()
    assert [each["assumptions"] for each in summary["sets"]] == ["prior", "posterior"]
    assert list(summary["rankings"]) == list(OUTCOME_NAMES)
    assert summary["rankings"]["cooperation"] == {
        "prior": ["forum", "status-quo"],
        "posterior": ["forum", "status-quo"],
    }
    # Of what should be low, the lowest is the best.
    assert summary["rankings"]["threat_burden"]["prior"] == ["status-quo", "forum"]
    assert {each["results_sha256"] for each in summary["sets"]} != {summary["results_sha256"]}
    json.dumps(summary, allow_nan=False)


def test_scenarios_with_the_same_mean_rank_by_name() -> None:
    summary = compared(
        STATUS_QUO, scenario("zero", "forum"), scenario("also", "iisg"), under=BOTH_SOURCES
    ).summary()
    assert summary["rankings"]["cooperation"]["prior"] == ["also", "zero", "status-quo"]
    assert summary["rankings"]["threat_burden"]["prior"] == ["status-quo", "also", "zero"]


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_where_the_ranking_is_the_same_it_is_said_that_the_surveys_did_not_decide_it() -> None:
    found = compared(under=BOTH_SOURCES)
    sentence = "Where it is the same under prior and posterior, the surveys did not decide it."
    for text in (flat(str(found)), flat(render(found))):
        assert (
            "Under prior, posterior, the ranking of the scenarios is the same for Cooperation index; " in text
        )
        assert "it changes for" not in text
        assert sentence in text
    assert sentence not in str(compared())
    assert sentence not in flat(str(compared(under=("prior", "trust_rule=two-types"))))


def test_where_the_ranking_changes_it_is_said_for_what() -> None:
    found = compared(under=BOTH_SOURCES, simulate=fake_model.the_surveys_decide)
    assert found.summary()["rankings_compared"]["cooperation"] == "other"
    assert found.summary()["rankings_compared"]["war_worry"] == "same"
    text = flat(str(found))
    assert "it changes for Cooperation index. Where it is the same" in text


def test_a_ranking_that_monte_carlo_error_may_have_turned_is_not_said_to_change() -> None:
    found = compared(under=BOTH_SOURCES, simulate=fake_model.chance_decides, worlds=20)
    summary = found.summary()
    assert len(set(map(tuple, summary["rankings"]["cooperation"].values()))) == 2
    assert summary["rankings_compared"]["cooperation"] == "unsure"
    text = flat(str(found))
    assert "; it changes for" not in text
    assert "; so many worlds cannot tell whether it changes for Cooperation index. " in text


def test_of_sets_with_other_scenarios_and_of_failed_worlds_no_ranking_is_compared() -> None:
    gloom = scenario("gloomy-forum", "forum", assumptions=gloomy())
    assert "ranking" not in str(compared(STATUS_QUO, FORUM, gloom))
    assert "ranking" not in str(compared(under=BOTH_SOURCES, simulate=fake_model.all_worlds_fail))


def test_the_command_of_the_record_gives_the_same_results(mine: Path, tmp_path: Path) -> None:
    compared(posterior=mine, under=("posterior", "trust_rule=two-types"), out=tmp_path / "a")
    record = read_record(tmp_path / "a")
    words = shlex.split(record["command"])
    assert words[words.index("--posterior") + 1] == str(mine)
    under = tuple(words[n + 1] for n, word in enumerate(words) if word == "--under")
    again = compared(posterior=mine, under=under, seed=int(words[words.index("--seed") + 1]))
    assert again.results_sha256 == record["results_sha256"]
    resolved = [each["scenarios"][0]["resolved"]["assumptions"] for each in record["sets"]]
    assert [each["posterior"] for each in resolved] == [prior_draws(10).sha256] * 2
    assert str(mine) not in json.dumps(record["sets"])


def test_a_record_names_no_posterior_for_worlds_that_drew_from_none(tmp_path: Path) -> None:
    compared(under=BOTH_SOURCES, out=tmp_path / "a")
    sets = read_record(tmp_path / "a")["sets"]
    drawn = [each["scenarios"][0]["resolved"]["assumptions"]["posterior"] for each in sets]
    assert drawn == [None, find_posterior().sha256]
