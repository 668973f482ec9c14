import pytest

from tests.experiments.fake_model import gloomy, scenario
from wbsim.errors import InputError
from wbsim.experiments.sets import check_comparable, choose_baseline, sort_into_sets
from wbsim.scenario.schema import DatedEvent

WAR = (DatedEvent(month="2024-01", kind="external-war", size=2.0),)


def test_the_status_quo_is_the_baseline_wherever_it_stands():
    forum, status_quo = scenario("forum", "forum"), scenario("status-quo")

    assert choose_baseline([forum, status_quo]).name == "status-quo"
    assert choose_baseline([forum, scenario("both", "forum")]).name == "forum"
    assert choose_baseline([forum, status_quo], "forum").name == "forum"


def test_an_unknown_baseline_is_an_error_that_lists_the_known():
    with pytest.raises(InputError, match=r'called "iisg".*status-quo, forum'):
        choose_baseline([scenario(), scenario("forum", "forum")], "iisg")


def test_no_scenario_is_an_error():
    with pytest.raises(InputError, match="no scenario was given"):
        choose_baseline([])


def test_a_name_used_twice_and_every_differing_setting_are_reported_at_once():
    baseline = scenario()
    other = scenario("forum", "forum", run={"years": 5, "citizens": 200})

    with pytest.raises(InputError) as caught:
        check_comparable([baseline, other, scenario("forum", "forum")], baseline)

    keys = [problem.key for problem in caught.value.problems]
    assert keys == ["name", "run.years", "run.citizens"]
    assert "must be 2" in str(caught.value)
    assert "must be 100" in str(caught.value)


def test_scenarios_of_one_mind_share_a_table_with_the_baseline_first():
    (group,) = sort_into_sets([scenario("forum", "forum"), baseline := scenario()], baseline)

    assert [each.name for each in group.scenarios] == ["status-quo", "forum"]
    assert group.label == "assumptions of status-quo"


def test_other_assumptions_make_a_table_in_which_the_baseline_is_run_again_under_them():
    baseline = scenario()
    gloomy_forum = scenario("gloomy-forum", "forum", assumptions=gloomy())
    gloomy_both = scenario("gloomy-both", "forum", "iisg-results", assumptions=gloomy())

    own, gloom = sort_into_sets([baseline, gloomy_forum, scenario("forum", "forum"), gloomy_both], baseline)

    assert [each.name for each in own.scenarios] == ["status-quo", "forum"]
    assert [each.name for each in gloom.scenarios] == ["status-quo", "gloomy-forum", "gloomy-both"]
    assert {each.assumptions.variants["trust_rule"] for each in gloom.scenarios} == {"two-types"}
    assert gloom.scenarios[0].policies == baseline.policies
    assert gloom.label == "assumptions of gloomy-forum"


def test_other_events_make_a_table_of_their_own():
    baseline = scenario()

    _, war = sort_into_sets([baseline, scenario("forum-in-war", "forum", events=WAR)], baseline)

    assert all(each.events == WAR for each in war.scenarios)
