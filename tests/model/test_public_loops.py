"""The compiled loops of publics give the bytes of the equations written here with NumPy (C1 to C3)."""

import numpy as np
import pytest

from wbsim.model.rules import basics, public_loops
from wbsim.model.rules.sums import add_slices, weigh_communities

WORLDS = 5
WAR, RUSSIA = 0, 9
DOMAIN = np.array([0, 1, 2, 0, 3, 4, 0, 1, 0, 0])
HAS_DOMAIN = np.array([0.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0])


@pytest.fixture
def some():
    chance = np.random.default_rng(5)
    return lambda *shape: chance.normal(size=(WORLDS, *shape))


def states(values):
    return values[:, None, None]


def test_news_fades_and_takes_up_shocks_and_for_war_crises_and_invasions(some):
    fast, slow, incident = some(6, 10), some(6, 10), some(6, 5)
    felt, usual, invasion = some(6), some(6), some()
    left_fast, left_slow, by_crisis, by_invasion = (some() for _ in range(4))
    impulse = incident[:, :, DOMAIN] * HAS_DOMAIN
    impulse[:, :, WAR] += by_crisis[:, None] * (felt - usual) + (by_invasion * invasion)[:, None]
    expected = states(left_fast) * fast + impulse, states(left_slow) * slow + impulse
    left, weight = (left_fast, left_slow), (by_crisis, by_invasion)
    public_loops.hear(fast, slow, left, incident, DOMAIN, HAS_DOMAIN, WAR, weight, felt, usual, invasion)
    assert np.array_equal(fast, expected[0]) and np.array_equal(slow, expected[1])


def test_cues_about_threats_are_news_hostile_words_arms_levels_and_pressure(some):
    fast, slow, level = some(6, 10), some(6, 10), some(6, 5)
    rhetoric, usual, armed, exposure = some(6, 6), some(6, 6), some(6), some(6)
    share, reaction, by_level, by_words, by_arms, pressure = (some() for _ in range(6))
    news = states(share) * fast + (1.0 - states(share)) * slow
    hostile = basics.total(usual - rhetoric, 1) / 5.0
    news[:, :, WAR] += by_words[:, None] * hostile + by_arms[:, None] * armed
    news += states(by_level) * (level[:, :, DOMAIN] * HAS_DOMAIN)
    news[:, :, RUSSIA] += pressure[:, None] * exposure
    heard, pressed, cues = np.empty((WORLDS, 6)), np.empty((WORLDS, 6)), np.zeros((WORLDS, 6, 16), np.float32)
    public_loops.hear_of_war(heard, rhetoric, usual, by_words, armed, by_arms, pressed, pressure, exposure)
    war, russia = (WAR, heard), (RUSSIA, pressed)
    public_loops.cue_threats(
        cues, fast, slow, level, DOMAIN, HAS_DOMAIN, share, reaction, by_level, war, russia
    )
    assert np.array_equal(cues[:, :, :10], (states(reaction) * news).astype(np.float32))
    assert not cues[:, :, 10:].any()


def test_cues_about_states_are_the_own_governments_tone_towards_the_others(some):
    rhetoric, usual, reaction = some(6, 6), some(6, 6), some()
    cues = np.full((WORLDS, 6, 16), 7.0, np.float32)
    public_loops.cue_trust(cues, rhetoric, usual, reaction, 10)
    expected = states(reaction) * (rhetoric - usual) * basics.OTHERS
    assert np.array_equal(cues[:, :, 10:], expected.astype(np.float32)) and (cues[:, :, :10] == 7.0).all()


def test_joint_results_raise_trust_and_blame_lowers_it(some):
    visible, usual, by_results, loss = some(6, 6), some(6, 6), some(), some()
    blamed, ordinary = some(6, 3, 6), some(6, 3, 6)
    results = states(by_results) * (visible - usual)
    blame = loss[:, None, None, None] * np.swapaxes(blamed - ordinary, 2, 3)
    expected = (results[..., None] - blame) * basics.OTHERS[..., None]
    pushes = np.empty((WORLDS, 6, 6, 3), np.float32)
    none, kept = np.zeros(WORLDS), np.full(WORLDS, 0.9)
    calm = np.zeros_like(blamed)
    public_loops.push_trust(
        pushes, visible, usual, by_results, blamed, ordinary, loss, (none, calm, calm, kept)
    )
    assert np.array_equal(pushes, expected.astype(np.float32))


def trust_after_a_crisis(share, months=36, crisis=3):
    """Trust's distance from its course, month by month, after a crisis of severity 2: a world for each `share`."""
    share = np.array(share)
    worlds = len(share)
    blamed, usual = np.zeros((worlds, 6, 1, 6)), np.zeros((worlds, 6, 1, 6))
    resentment, nothing, one = blamed.copy(), np.zeros((worlds, 6, 6)), np.ones(worlds)
    left, kept = basics.keep(2.0 * one), basics.keep(24.0 * one)
    trust, course = np.zeros(worlds), []
    for month in range(months):
        blamed[:, 5, 0, 2] = 2.0 if month < crisis else 0.0
        before = resentment.copy()
        public_loops.resent(resentment, blamed, usual, left)
        pushes = np.empty((worlds, 6, 6, 1), np.float32)
        acute = (share, resentment, before, kept)
        public_loops.push_trust(pushes, nothing, nothing, one, blamed, usual, 0.1 * one, acute)
        trust = kept * trust + pushes[:, 5, 2, 0]
        course.append(trust.copy())
    return np.array(course).T


def test_trust_falls_in_two_speeds_and_comes_back_in_two():
    lasting, both, acute = trust_after_a_crisis([0.0, 0.5, 1.0])
    assert (np.array([lasting, both, acute])[:, :3] < 0.0).all()
    # The acute part has the half-life of resentment (2 months), the lasting part that of trust (24 months).
    assert np.isclose(acute[14], acute[2] / 2.0**6, rtol=1e-4)
    assert np.isclose(lasting[26], lasting[2] / 2.0, rtol=1e-4)
    assert acute[14] > both[14] > lasting[14]
    # The first month's blow does not depend on how it is divided.
    assert np.allclose([both[0], acute[0]], lasting[0])


def test_without_a_crisis_nothing_is_resented():
    resentment, usual = np.zeros((2, 6, 1, 6)), np.full((2, 6, 1, 6), 0.3)
    public_loops.resent(resentment, usual, usual, np.full(2, 0.5))
    assert not resentment.any()


def test_beliefs_follow_what_is_seen_and_published_and_support_follows_beliefs(some):
    belief, delivery, start = some(6, 5), 2.0 * np.abs(some(5)), some(6, 5)
    visibility, unseen, learning, weight = (np.abs(some()) for _ in range(4))
    publicity, published = np.abs(some(6, 5)), np.abs(some(6, 5))
    told = publicity * published + (1.0 - publicity) * unseen[:, None, None]
    seen = visibility[:, None, None]
    held = seen * np.minimum(delivery, 1.0)[:, None, :] + (1.0 - seen) * told
    expected = belief + states(learning) * (held - belief)
    public_loops.learn(belief, delivery, visibility, unseen, learning, publicity, published)
    assert np.array_equal(belief, expected) and (delivery > 1.0).any()
    out, usual, mood = np.empty((WORLDS, 6, 5), np.float32), some(5), some(6)
    public_loops.support_constant(out, start, weight, belief, usual, mood)
    moved = start + states(weight) * (belief - usual[:, None, :]) + mood[:, :, None]
    assert np.array_equal(out, moved.astype(np.float32))


def test_reports_raise_beliefs_where_they_show_more_than_was_believed_and_lower_them_where_less():
    one, none = np.ones(2), np.zeros(2)
    unseen, delivery = np.array([0.2, 0.8]), np.zeros((2, 5))
    belief = np.tile(unseen[:, None, None], (1, 6, 5))
    shown = np.full((2, 6, 5), 0.5)
    public_loops.learn(belief, delivery, none, unseen, one, shown, shown)
    assert (belief[0] > 0.2).all() and (belief[1] < 0.8).all()


def test_a_delivery_that_is_not_a_number_spoils_the_beliefs_of_its_world_alone():
    belief, delivery = np.zeros((WORLDS, 6, 5)), np.ones((WORLDS, 5))
    delivery[1, 3] = np.nan
    one, none = np.ones(WORLDS), np.zeros((WORLDS, 6, 5))
    public_loops.learn(belief, delivery, one, one, one, none, none)
    assert np.isnan(belief[1, :, 3]).all() and np.isnan(belief).sum() == 6


@pytest.mark.parametrize("shape", [(5, 2), (5, 6, 4), (3, 1, 6, 5)])
def test_sums_add_slices_in_order_along_any_axis(shape):
    values = np.random.default_rng(6).normal(size=shape)
    for axis in range(len(shape)):
        slices = list(np.moveaxis(values, axis, 0))
        expected = slices[0]
        for each in slices[1:]:
            expected = expected + each
        # The last two are not contiguous: they go the slower way.
        for x in (
            values,
            np.asfortranarray(values),
            np.repeat(values, 2, axis=axis)[(slice(None),) * axis + (slice(None, None, 2),)],
        ):
            assert np.array_equal(basics.total(x, axis), expected)
            assert np.array_equal(
                basics.total(x, axis - len(shape), keepdims=True), np.expand_dims(expected, axis)
            )


def test_sums_of_one_slice_are_that_slice():
    out = np.empty((2, 3))
    add_slices(np.arange(6.0).reshape(2, 1, 3), out)
    assert np.array_equal(out, np.arange(6.0).reshape(2, 3))


def test_mean_attitudes_of_a_state_weigh_its_communities():
    chance = np.random.default_rng(7)
    means, share = chance.normal(size=(WORLDS, 6, 16, 3)).astype(np.float32), chance.uniform(size=(6, 3))
    out = np.empty((WORLDS, 6, 10))
    weigh_communities(means, share, out)
    assert np.array_equal(out, basics.total(means[:, :, :10].astype(float) * share[:, None, :], -1))
