"""Months before the first policy, kept from one call to the next: they save time and never change a number."""

import numpy as np
import pytest

from tests.model.small import region, scenario
from wbsim.model import simulate as module
from wbsim.model.simulate import Hindcast, simulate


def blocks_equal(one, other):
    return all(
        np.array_equal(a.regional, b.regional, equal_nan=True)
        and np.array_equal(a.states, b.states, equal_nan=True)
        and np.array_equal(a.dyads, b.dyads, equal_nan=True)
        for a, b in zip(one, other, strict=True)
    )


@pytest.fixture
def months(monkeypatch):
    """How many months were simulated, in a list of one number."""
    counted, step = [0], module.Region.step

    def counting(region):
        counted[0] += 1
        step(region)

    monkeypatch.setattr(module.Region, "step", counting)
    return counted


def test_a_later_call_with_another_policy_starts_where_the_policy_does(months):
    first, second = scenario({"forum": {}}), scenario({"iisg-results": {}})
    plain = [simulate([each], 4, 0, 3) for each in (first, second)]
    hindcast, months[0] = Hindcast(), 0
    kept = [simulate([first], 4, 0, 3, hindcast=hindcast)]
    whole, months[0] = months[0], 0
    kept.append(simulate([second], 4, 0, 3, hindcast=hindcast))
    assert months[0] == whole - 24
    assert all(blocks_equal(*pair) for pair in zip(plain, kept, strict=True))
    # What was kept is not touched by those who start from it.
    assert blocks_equal(simulate([first], 4, 0, 3, hindcast=hindcast), plain[0])


@pytest.mark.parametrize(
    ("change", "worlds"),
    [
        ({}, (5, 0, 3)),
        ({}, (4, 1, 3)),
        ({}, (4, 0, 2)),
        ({"parameters": {"trust_half_life": 9.0}}, (4, 0, 3)),
        ({"variants": {"opinion": "bounded-confidence"}}, (4, 0, 3)),
        ({"citizens": 100}, (4, 0, 3)),
        ({"years": 2}, (4, 0, 3)),
    ],
)
def test_anything_else_that_changes_is_simulated_anew(change, worlds):
    hindcast = Hindcast()
    simulate([scenario({"forum": {}})], 4, 0, 3, hindcast=hindcast)
    other = [scenario({"forum": {}}, **change)]
    assert blocks_equal(simulate(other, *worlds, hindcast=hindcast), simulate(other, *worlds))


def test_the_first_citizens_of_a_later_policy_are_drawn_only_when_somebody_asks():
    plain = region(worlds=3)
    like = module.Region(
        scenario(), plain.chance, plain.draws, plain.traits, first=plain.publics.first_reading()
    )
    assert np.array_equal(like.publics.shares, plain.publics.shares)
    assert not like.publics._attitudes.any()
    assert np.array_equal(like.publics.circle_sums, plain.publics.circle_sums)
    assert np.array_equal(like.publics[2].attitudes, plain.publics[2].attitudes)
    for subject in (plain, like):
        subject.step()
    assert np.array_equal(like.outcomes, plain.outcomes)
