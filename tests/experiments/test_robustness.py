"""Whether effects and ranks hold under other assumptions: planted flips, planted variance, what is missing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import wbsim
from tests.calibration.prior_draws import prior_draws
from tests.experiments import fake_channels, fake_model
from tests.experiments.fake_model import gloomy, scenario
from wbsim.chance.fitted import write
from wbsim.errors import InputError
from wbsim.experiments.comparison import Comparison
from wbsim.experiments.robust import Reversal, Robustness
from wbsim.experiments.robustness import NO_ALTERNATIVES
from wbsim.experiments.sets import AssumptionSet
from wbsim.experiments.under import change_of, drawing_from, side_by_side
from wbsim.scenario.alternatives import alternatives
from wbsim.scenario.posterior import find_posterior
from wbsim.scenario.schema import Scenario
from wbsim.tables.outcomes import HEADLINE_OUTCOMES
from wbsim.tables.parameters import calibrated_table
from wbsim.tables.structures import STRUCTURES
from wbsim.tables.variants import VARIANTS

STATUS_QUO, FORUM, RESULTS = scenario(), scenario("forum", "forum"), scenario("iisg-results", "iisg-results")
ALL = (STATUS_QUO, FORUM, RESULTS)


@pytest.fixture
def fitted(tmp_path: Path) -> Path:
    """A posterior with two alternatives beside it."""
    folder = tmp_path / "posterior"
    for place, means in (
        (folder, None),
        (folder / "alternatives" / "double-discrepancy", "the discrepancy is 2 in the place of 1"),
        (folder / "alternatives" / "without-a-survey", None),
    ):
        place.mkdir(parents=True)
        said = {} if means is None else {"alternative": means}
        write(prior_draws(10), {"table": calibrated_table(), **said}, place)
    return folder


def compared(*scenarios: Scenario, **settings: Any) -> Comparison:
    defaults = {"workers": 1, "worlds": 8, "robustness": True, "simulate": fake_channels.hangs_on_assumptions}
    return wbsim.compare(*(scenarios or ALL), **{**defaults, **settings})


def found_in(*scenarios: Scenario, **settings: Any) -> Robustness:
    found = compared(*scenarios, **settings).robustness
    assert found is not None
    return found


def test_every_variant_that_is_not_in_use_every_structure_and_the_other_source_are_settings() -> None:
    found = found_in()
    names = [setting.name for setting in found.settings]
    others = [f"{v.name}={choice}" for v in VARIANTS.values() for choice in v.choices[1:]]
    others += [f"{s.name}={choice}" for s in STRUCTURES.values() for choice in s.choices]
    assert [s.name for s in found.settings if s.kind == "structure"] == others[-7:]
    assert names[: 1 + len(others)] == ["as compared", *others]
    # What follows are the other source, and the alternatives to the bundled posterior, if there are any.
    assert names[1 + len(others)] == "prior"
    assert all(name.startswith("posterior=") for name in names[2 + len(others) :])
    own = [s.name for s in found_in(*(s.model_copy(update={"assumptions": gloomy()}) for s in ALL)).settings]
    assert "trust_rule=reputation" in own and "trust_rule=two-types" not in own


def test_a_choice_that_all_worlds_take_already_is_no_setting() -> None:
    change = change_of("forum_channel=none", STATUS_QUO.assumptions)
    fixed = STATUS_QUO.assumptions.model_copy(update=change)
    found = found_in(*(each.model_copy(update={"assumptions": fixed}) for each in ALL), worlds=2)
    names = [setting.name for setting in found.settings]
    assert "forum_channel=none" not in names and "forum_channel=grows" in names


def test_alternatives_beside_the_posterior_in_use_are_settings_too(fitted: Path) -> None:
    found = found_in(posterior=fitted)
    assert [s.name for s in found.settings[-3:]] == [
        "prior",
        "posterior=double-discrepancy",
        "posterior=without-a-survey",
    ]
    assert found.settings[-2].means == "the discrepancy is 2 in the place of 1"
    assert found.missing == ()


def test_without_alternatives_it_is_said_what_was_not_run_and_how_to_have_it(fitted: Path) -> None:
    found = found_in(posterior=fitted / "alternatives" / "without-a-survey")
    assert found.missing == (NO_ALTERNATIVES,)
    assert "`wbsim calibrate`" in NO_ALTERNATIVES


def test_the_worst_case_is_named_and_a_sign_that_flips_is_told(fitted: Path) -> None:
    found = found_in(posterior=fitted)
    forum = found.policies["forum"]["cooperation"]
    assert forum.worst == "trust_rule=two-types"
    assert forum.sign_flips and forum.sign_flips_clearly and forum.rank_flips
    assert forum.other_sign == ("trust_rule=two-types",)
    assert forum.ranks == (1, 3)
    own, prior = forum.effects[0], forum.effects[[s.name for s in found.settings].index("prior")]
    assert own.mean == pytest.approx(0.1, abs=0.02) and own.rank == 1
    # Under the prior the forum adds 0.02, less than IISG's 0.05, but still more than nothing.
    assert prior.rank == 2
    assert Reversal("iisg-results", "prior") in forum.reversals
    assert Reversal("status-quo", "trust_rule=two-types") in forum.reversals
    results = found.policies["iisg-results"]["cooperation"]
    assert not results.sign_flips and results.ranks == (1, 2)


def test_what_hangs_on_nothing_holds(fitted: Path) -> None:
    found = found_in(posterior=fitted)
    trust = found.policies["forum"]["public_trust"]
    assert {effect.mean for effect in trust.effects} == {0.0}
    assert {effect.rank for effect in trust.effects} == {1}
    assert (trust.sign_flips, trust.rank_flips, trust.reversals) == (False, False, ())
    assert trust.variance is not None and trust.variance.shares is None


def test_a_policy_against_itself_is_zero_everywhere() -> None:
    found = found_in(FORUM, scenario("again", "forum"))
    for outcome in HEADLINE_OUTCOMES:
        effects = found.policies["again"][outcome].effects
        assert {(effect.mean, effect.mcse, effect.rank) for effect in effects} == {(0.0, 0.0, 1)}


def test_variance_is_split_as_it_was_planted() -> None:
    """Chance has a standard deviation of 0.01 by course; structure moves the effect by 0.3 in one of nine settings."""
    found = found_in(STATUS_QUO, FORUM, worlds=200).policies["forum"]["cooperation"].variance
    assert found is not None and found.shares is not None
    assert found.chance == pytest.approx(0.01**2, rel=0.25)
    assert found.parameters == pytest.approx(0.0, abs=2e-5)
    assert found.structure == pytest.approx(0.3**2 / 9, rel=0.01)
    assert found.interaction == pytest.approx(0.0, abs=1e-6)


def test_one_world_has_ranks_and_no_errors_and_no_variance() -> None:
    forum = found_in(worlds=1).policies["forum"]["cooperation"]
    assert forum.effects[0].mean is not None and forum.effects[0].mcse is None
    assert forum.variance is None and not forum.sign_flips_clearly and forum.reversals == ()


def test_failed_worlds_leave_everything_and_without_any_world_it_says_so() -> None:
    less = compared(simulate=fake_model.world_3_is_not_finite)
    assert less.robustness is not None and less.robustness.failed_worlds == 1
    none = compared(simulate=fake_model.all_worlds_fail)
    assert none.robustness is not None
    forum = none.robustness.policies["forum"]["cooperation"]
    assert forum.worst is None and forum.ranks is None and forum.effects[0].mean is None
    json.dumps(none.summary(), allow_nan=False)


def test_it_is_kept_and_read_again(tmp_path: Path, fitted: Path) -> None:
    found = compared(posterior=fitted, out=tmp_path / "a")
    plain = json.loads((tmp_path / "a" / "robustness.json").read_text(encoding="utf-8"))
    assert Robustness.of(plain) == found.robustness
    assert Comparison(found.experiment, found.request, tmp_path / "a").robustness == found.robustness
    assert found.request.command().endswith("--robustness")


def test_workers_and_more_scenarios_than_are_simulated_together_never_show() -> None:
    six = [scenario(f"forum-{n}", "forum") for n in range(5)]
    one, two = found_in(STATUS_QUO, *six), found_in(STATUS_QUO, *six, workers=2, block=3)
    assert one == two
    assert one.policies["forum-4"] == one.policies["forum-0"]


def test_nothing_to_compare_is_refused() -> None:
    with pytest.raises(InputError, match="no policy is compared"):
        compared(STATUS_QUO)


def laid(fitted: Path, *under: str) -> tuple[AssumptionSet, ...]:
    (own,) = drawing_from([STATUS_QUO], fitted)
    return side_by_side([AssumptionSet("own", (own,))], under)


def test_alternatives_can_be_laid_side_by_side(fitted: Path) -> None:
    one, two = laid(fitted, "posterior", "posterior=double-discrepancy")
    assert two.label == "posterior=double-discrepancy"
    expected = find_posterior(fitted / "alternatives" / "double-discrepancy")
    assert two.scenarios[0].assumptions.posterior == expected
    assert list(alternatives(find_posterior(fitted))) == ["double-discrepancy", "without-a-survey"]
    assert one.scenarios[0].assumptions.posterior == find_posterior(fitted)


def test_an_unknown_alternative_is_refused_with_those_there_are(fitted: Path) -> None:
    with pytest.raises(InputError) as caught:
        laid(fitted, "posterior=double-discrepency")
    (problem,) = caught.value.problems
    assert problem.message.endswith("there are double-discrepancy, without-a-survey")
    assert problem.suggestion == 'did you mean "double-discrepancy"?'
    with pytest.raises(InputError, match="no alternatives lie beside the posterior in use"):
        laid(fitted / "alternatives" / "without-a-survey", "posterior=double-discrepancy")
