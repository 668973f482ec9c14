"""The compiled loops say what the equations say, written here with NumPy (X1, M4, C2)."""

import numpy as np
import pytest

from wbsim.model.geography import geography
from wbsim.model.rules import basics, cooperation, loops

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
