"""Channels of a policy can be switched off, one by one and all at once, with all else the same."""

import numpy as np
import pytest

from tests.model.small import scenario
from wbsim.model.simulate import simulate
from wbsim.tables.mechanisms import MECHANISMS
from wbsim.tables.outcomes import OUTCOME_INDEX

WORLDS = 24
#: What a forum that does nothing still shows: its meetings, what they adopt, and its money.
PROCESS = {
    "meetings_held",
    "meetings_failed",
    "items_adopted",
    "items_shared",
    "money",
    "cooperation_per_euro",
}
#: Commitments are made cheap, so that items are adopted; a forum that meets monthly, a line that counts.
EAGER = {
    "commitment_cost": 0.0,
    "acceptance_margin": 0.0001,
    "seat_veto": 0.0,
    "good_exponent": 1.0,
    "benefit_shared": 0.7,
    "dialogue_contact": 0.2,
    "transparency_posture": 1.0,
    "line_effect": 2.0,
    "line_existing": 0.0,
    "channel_meeting": 0.3,
    "owned_priorities": 0.9,
}
BUSY = {"meetings_per_year": 12.0}


def names(mechanism):
    return tuple(channel.name for channel in MECHANISMS[mechanism].channels)


def without(policies, off, fixed=EAGER, years=4):
    case = scenario(policies, fixed, years=years)
    changed = tuple(
        each.model_copy(update={"without": tuple(off.get(each.mechanism, ()))}) for each in case.policies
    )
    return simulate([case.model_copy(update={"policies": changed})], 3, 0, WORLDS)[0].regional


def others(mechanism, regional):
    kept = [number for name, number in OUTCOME_INDEX.items() if name not in PROCESS]
    return regional[..., kept]


def test_a_forum_without_channels_does_nothing_but_cost():
    forum = {"forum": {**BUSY, "staff": 0.0, "meeting_staff": 0.0}}
    nothing = without(forum, {"forum": names("forum")})
    today = without({}, {})
    np.testing.assert_array_equal(others("forum", nothing), others("forum", today))
    money = OUTCOME_INDEX["money"]
    assert (nothing[..., money] > today[..., money])[:, 30:].all()
    assert nothing[..., OUTCOME_INDEX["items_adopted"]].sum() > 0


def test_a_forum_binds_its_staff_even_without_channels():
    forum = {"forum": {**BUSY, "staff": 1.0}}
    nothing = without(forum, {"forum": names("forum")})
    assert (
        nothing[..., OUTCOME_INDEX["cooperation"]].mean()
        < without({}, {})[..., OUTCOME_INDEX["cooperation"]].mean()
    )


@pytest.mark.parametrize("levers", [{}, {"conditionality": "political"}, {"unearned": "equally"}])
def test_result_based_iisg_without_channels_is_iisg_as_it_is_today(levers):
    results = {"iisg-results": {"paid_on_results": 1.0, "verification": 0.5, **levers}}
    fixed = {"gaming": 1.0, "exposure": 3.0, "incentive": 2.0}
    nothing = without(results, {"iisg-results": names("iisg-results")}, fixed)
    np.testing.assert_array_equal(nothing, without({}, {}, fixed))


def test_more_money_does_nothing_where_no_channel_is_on():
    rich = {"iisg-results": {"funds": 60.0}}
    fixed = {"capacity_money": 0.3, "capacity_half_life": 6.0}
    nothing = without(rich, {"iisg-results": names("iisg-results")}, fixed)
    today = without({}, {}, fixed)
    np.testing.assert_array_equal(others("iisg-results", nothing), others("iisg-results", today))
    spent = (nothing - today)[:, 30, OUTCOME_INDEX["money"]]
    np.testing.assert_allclose(spent, 48.0 / 12.0, rtol=1e-4)


@pytest.mark.parametrize("channel", names("forum"))
def test_every_channel_of_a_forum_does_something_by_itself(channel):
    both = {"forum": {**BUSY, "transparency": 1.0}, "iisg-results": {"paid_on_results": 1.0}}
    fixed = {**EAGER, "commitment_pull": 0.3, "posture_rivalry": 0.7, "posture_distrust": 3.0}
    # Transparency shows itself beside commitments, whose keeping it observes, and in the arms race.
    off = {name for name in names("forum") if name != channel}
    alone = without(both, {"forum": [name for name in names("forum") if name in off]}, fixed)
    nothing = without(both, {"forum": names("forum")}, fixed)
    assert not np.array_equal(others("forum", alone), others("forum", nothing))


@pytest.mark.parametrize("channel", names("iisg-results"))
def test_every_channel_of_results_is_missed(channel):
    results = {"iisg-results": {"paid_on_results": 1.0, "verification": 0.5}}
    fixed = {"gaming": 1.0, "exposure": 3.0, "incentive": 2.0, "league_effort": 1.0}
    whole = without(results, {}, fixed)
    assert not np.array_equal(without(results, {"iisg-results": (channel,)}, fixed), whole)


def test_priorities_do_nothing_where_there_is_no_result_based_iisg():
    forum = {"forum": BUSY}
    np.testing.assert_array_equal(without(forum, {"forum": ("priorities",)}), without(forum, {}))


def test_a_switch_is_of_one_policy_alone():
    both = {"forum": BUSY, "iisg-results": {"paid_on_results": 1.0}}
    one, other = (without(both, {name: names(name)}) for name in both)
    assert not np.array_equal(one, other)
    money = OUTCOME_INDEX["money"]
    assert one[:, 30, money].mean() != other[:, 30, money].mean()


def test_nothing_switched_off_changes_no_record():
    case = scenario({"forum": {}})
    assert "without" not in case.policies[0].resolved()
    off = case.policies[0].model_copy(update={"without": ("dialogue",)})
    assert off.resolved()["without"] == ["dialogue"]


def test_channels_of_a_mechanism_have_names_of_their_own():
    for record in MECHANISMS.values():
        found = [channel.name for channel in record.channels]
        assert len(set(found)) == len(found)
        assert all(channel.needs is None or channel.needs in MECHANISMS for channel in record.channels)


def test_another_course_of_chance_keeps_the_draws_of_parameters():
    case = scenario({}, years=4)
    again = case.model_copy(update={"run": case.run.model_copy(update={"chance_seed": 3})})
    other = case.model_copy(update={"run": case.run.model_copy(update={"chance_seed": 4})})
    plain, same, changed = (simulate([each], 3, 0, 400)[0].regional for each in (case, again, other))
    np.testing.assert_array_equal(plain, same)
    assert not np.array_equal(plain, changed)
    # The reference month hangs on parameters; so early cooperation goes with the draw, not with the course of chance.
    first = OUTCOME_INDEX["cooperation"]
    one, two = plain[:, 0, first], changed[:, 0, first]
    assert np.corrcoef(one, two)[0, 1] > 0.95
    assert "chance_seed" not in case.resolved()["run"] and other.resolved()["run"]["chance_seed"] == 4
