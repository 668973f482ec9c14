"""The compiled loops say what the equations say, written here with NumPy (X1, M4, C2)."""

import numpy as np
import pytest

from wbsim.model.geography import geography
from wbsim.model.rules import basics, cooperation, forum, loops

WORLDS = 5


@pytest.fixture
def chance():
    return np.random.default_rng(1)


def channels():
    shape = (WORLDS, 6, 6, 5)
    return np.ones(shape), np.zeros(shape), np.zeros(shape), np.zeros(shape[:3])


@pytest.mark.parametrize("shape", [(1, 1, 1, 5), (1, 6, 6, 5), (WORLDS, 6, 6, 1), (WORLDS, 6, 6, 5)])
def test_a_mechanism_opens_channels_between_its_members(chance, shape):
    worth, staffed, share = (
        chance.uniform(size=WORLDS),
        chance.uniform(size=(WORLDS, 6)),
        chance.uniform(size=WORLDS),
    )
    members = np.ones((WORLDS, 6))
    members[:, 2] = 0.0
    closed, openness, owned, inclusive = channels()
    first, second = chance.uniform(size=shape), chance.uniform(size=shape)
    for domains in (first, second):
        loops.add_channel(closed, openness, owned, inclusive, worth, staffed, members, domains, share)
    both = members[:, :, None] * members[:, None, :]
    pairs = worth[:, None, None] * np.sqrt(staffed[:, :, None] * staffed[:, None, :]) * both
    one, two = (np.broadcast_to(pairs[..., None] * domains, closed.shape) for domains in (first, second))
    assert np.array_equal(closed, (1.0 - one) * (1.0 - two))
    assert np.array_equal(openness, one + two)
    assert np.array_equal(owned, one * share[:, None, None, None] + two * share[:, None, None, None])
    assert np.array_equal(inclusive, np.maximum(one, two).max(axis=3))
    assert (closed[:, 2] == 1.0).all() and (closed[:, :2, 3:] < 1.0).all()


def test_practice_is_readiness_of_both_times_willingness_times_channel(chance):
    effort, trust = chance.uniform(size=(WORLDS, 6, 5)), chance.uniform(size=(WORLDS, 6, 6))
    threshold, width = chance.uniform(size=(WORLDS, 5)), chance.uniform(0.1, 1.0, size=WORLDS)
    closed = chance.uniform(size=(WORLDS, 6, 6, 5))
    lower = np.minimum(trust, np.swapaxes(trust, 1, 2))[..., None]
    willing = basics.sigmoid((lower - threshold[:, None, None, :]) / width[:, None, None, None])
    ready = np.sqrt(effort[:, :, None, :] * effort[:, None, :, :]) * willing
    expected = ready * (1.0 - closed) * (1.0 - np.eye(6))[:, :, None]
    assert np.array_equal(cooperation.practice(effort, trust, threshold, width, closed), expected)


def test_ownership_weighs_mechanisms_by_what_runs_through_their_channels(chance):
    practice, openness = chance.uniform(size=(2, WORLDS, 6, 6, 5))
    share = np.linspace(0.0, 1.0, WORLDS)
    owned = openness * share[:, None, None, None]
    assert np.allclose(loops.owned_share(practice, owned, openness), share, atol=1e-12)
    assert not loops.owned_share(np.zeros_like(practice), owned, openness).any()


def test_blame_falls_on_opponents_and_by_solidarity_on_those_of_kin():
    """C2: a crisis of severity 2 between Kosovo and Serbia, as Kosovo, Serbia and Albania's Albanians see it."""
    facts = geography()
    albania, kosovo, serbia = 0, 2, 5
    severity = np.zeros((1, 6, 6))
    severity[0, kosovo, serbia] = severity[0, serbia, kosovo] = 2.0
    blamed = loops.blame(severity, facts.friends, facts.side, np.array([0.5]), np.array([0.25]))[0]
    assert blamed[kosovo, 0, serbia] == 2.0
    assert blamed[albania, 0, serbia] == 0.5 * 2.0
    # Its own side it trusts more for a crisis that it has with others, instead of less.
    assert blamed[albania, 0, kosovo] == -0.25 * 0.5 * 2.0
    assert blamed[serbia, 0, kosovo] == 2.0
    assert not blamed[albania, 0, [1, 3, 4]].any()


@pytest.mark.parametrize("axis", [1, 2])
def test_the_public_good_is_the_ces_mean_with_its_extreme_factored_out(chance, axis):
    inputs = chance.uniform(size=(WORLDS, 6, 6)) - 0.05
    exponent = np.array([-10.0, -1.0, 1e-5, 1.0, 8.0])[:, None] * np.ones((1, 6))
    floored = np.maximum(inputs, 1e-6)
    power = np.where(np.abs(exponent) < 1e-3, 1e-3, exponent)
    lead = np.where(power > 0.0, floored.max(axis), floored.min(axis))
    ratios = np.exp(np.expand_dims(power, axis) * np.log(floored / np.expand_dims(lead, axis)))
    expected = lead * np.exp(np.log(basics.total(ratios, axis) / 6) / power)
    made = cooperation.public_good(inputs, exponent, axis)
    assert np.array_equal(made, expected) and (inputs < 0.0).any()
    inputs[3, 2, 2] = np.nan
    spoiled = cooperation.public_good(inputs, exponent, axis)
    assert np.isnan(spoiled[3, 2]) and np.isnan(spoiled).sum() == 1


def test_who_is_bound_promises_and_is_expected_to_keep_it_as_far_as_trusted(chance):
    alone, bound = chance.uniform(size=(WORLDS, 6)), np.round(chance.uniform(size=(WORLDS, 6)))
    target, trust = chance.uniform(size=(3, WORLDS, 6)), chance.uniform(size=(WORLDS, 6, 6))
    expected, promised = np.empty((3, WORLDS, 6, 6)), np.empty((3, WORLDS, 6))
    intended = chance.uniform(size=WORLDS)
    flat = expected.reshape(-1, 6, 6), promised.reshape(-1, 6), alone, target.reshape(-1, 6)
    loops.expect(*flat, trust, bound, intended)
    assert np.array_equal(promised, np.where(bound > 0.0, target, alone))
    believed = trust * promised[:, :, None, :] + (1.0 - trust) * alone[:, None, :]
    share = intended[:, None]
    believed[:, :, range(6), range(6)] = share * promised + (1.0 - share) * alone
    assert np.array_equal(expected, believed)


@pytest.mark.parametrize("delivered", [np.zeros(WORLDS), np.ones(WORLDS), np.arange(WORLDS) % 2.0])
def test_several_proposals_at_once_gain_what_each_gains_alone(chance, delivered):
    alone, target = 0.5 * chance.uniform(size=(WORLDS, 6)), chance.uniform(size=(3, WORLDS, 6))
    trust, bound = chance.uniform(size=(WORLDS, 6, 6)), np.round(chance.uniform(size=(WORLDS, 6)))
    benefit, exponent, loss = chance.uniform(size=(WORLDS, 6)), chance.normal(size=WORLDS), np.ones(WORLDS)
    gate = chance.uniform(size=(WORLDS, 6, 6))
    known = forum.Situation(
        alone, benefit, exponent, loss, trust, gate, delivered, chance.uniform(size=WORLDS)
    )
    together = forum.expected_gain(known, target, bound)
    for each, gain in zip(target, together, strict=True):
        assert np.array_equal(forum.expected_gain(known, each[None], bound)[0], gain)
    # Nor does a world depend on the others.
    for r in range(WORLDS):
        one = forum.Situation(**{name: value[r : r + 1] for name, value in vars(known).items()})
        alone_gain = forum.expected_gain(one, target[:, r : r + 1], bound[r : r + 1])
        assert np.array_equal(alone_gain, together[:, r : r + 1])


def test_a_pact_is_activated_by_the_efforts_of_both_where_both_are_members(chance):
    effort, weight = chance.uniform(size=(WORLDS, 6, 5)), chance.uniform(size=WORLDS)
    alive, members = np.array([1.0, 1.0, 0.0, 1.0, 1.0]), np.array([1.0, 1.0, 0.0, 1.0, 0.0, 1.0])
    ready = np.sqrt(effort[:, :, None, 4] * effort[:, None, :, 4]) * alive[:, None, None]
    among = members[:, None] * members * (1.0 - np.eye(6))
    for left in (chance.uniform(size=(1, 6, 6)), chance.uniform(size=(WORLDS, 6, 6))):
        out = np.empty((WORLDS, 6, 6))
        loops.signed_pact(out, weight, effort, 4, alive, members, left)
        assert np.array_equal(out, weight[:, None, None] * ready * among * left)


def test_the_worst_crisis_counts_among_members_alone(chance):
    severity, members = (
        np.floor(chance.uniform(0.0, 5.0, (WORLDS, 6, 6))),
        np.array([1.0, 0.0, 1.0, 0.0, 1.0, 0.0]),
    )
    worst = loops.worst_among(severity, members)
    assert np.array_equal(worst, severity[:, ::2, ::2].max(axis=(1, 2)))
