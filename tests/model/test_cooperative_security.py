"""Cooperative security: five graded parts, their mean, and whether all were met in full."""

import numpy as np
import pytest

from tests.model.small import region, run, scenario
from wbsim.model import measure
from wbsim.model.measure import look_back
from wbsim.model.rules.outcome_loops import of_states
from wbsim.model.simulate import simulate
from wbsim.tables.outcomes import OUTCOME_INDEX, OUTCOMES

PARTS = ("part_inclusive", "part_delivery", "part_owned", "part_trust")


def months(count=48, crises=(), kept=1.0, **parts):
    """Parts of `count` months of one world, in full where they are not named; `crises` are months with a new one."""
    monthly = np.zeros((1, count, len(OUTCOMES)))
    for name in PARTS:
        monthly[:, :, OUTCOME_INDEX[name]] = parts.get(name, 1.0)
    monthly[:, list(crises), OUTCOME_INDEX["part_no_crisis"]] = 1.0
    monthly[:, :, OUTCOME_INDEX["cooperative_security_strict"]] = kept
    look_back(monthly)
    return {name: monthly[0, :, OUTCOME_INDEX[name]] for name in OUTCOMES}


def graded(**changes):
    """What `of_states` makes of a channel of `inclusive` on every pair and of `delivery` in each domain."""
    inclusive = changes.get("inclusive", np.full((1, 6, 6), 0.1))
    delivery = np.array([changes.get("delivery", (0.1, 0.2, 0.3, 0.4, 0.9))])
    ones, states = np.ones((1, 6, 5)), np.ones((1, 6))
    found, _ = of_states(ones, states, states, states, inclusive, 0.25, delivery, 0.5, 3, np.zeros((1, 15)))
    return found[3, 0], found[5, 0]


def test_inclusion_counts_how_much_of_a_channel_each_pair_has():
    assert graded()[0] == pytest.approx(0.4)
    one_closed = np.full((1, 6, 6), 0.5)
    one_closed[0, 2, 5] = one_closed[0, 5, 2] = 0.0
    assert graded(inclusive=one_closed)[0] == pytest.approx(28.0 / 30.0)


def test_delivery_counts_the_three_best_domains_up_to_the_benchmark():
    assert graded()[1] == pytest.approx((0.6 + 0.8 + 1.0) / 3.0)
    assert graded(delivery=(0.0, 0.0, 0.0, 0.0, 5.0))[1] == pytest.approx(1.0 / 3.0)


def test_security_is_the_mean_of_five_parts_over_the_months_there_are():
    found = months(part_delivery=0.2, part_trust=0.4)
    assert np.allclose(found["cooperative_security"], (1.0 + 0.2 + 1.0 + 0.4 + 1.0) / 5.0)
    falling = months(part_owned=np.linspace(1.0, 0.0, 48))
    assert falling["part_owned"][0] == 1.0
    assert falling["part_owned"][-1] == pytest.approx(np.linspace(1.0, 0.0, 48)[-36:].mean())


def test_each_crisis_costs_a_third_of_calm_for_three_years():
    found = months(crises=(2, 5, 6, 7))["part_no_crisis"]
    assert np.allclose(found[[1, 2, 5, 6, 7]], (1.0, 2.0 / 3.0, 1.0 / 3.0, 0.0, 0.0))
    assert np.allclose(found[[37, 38, 41, 42, 43]], (0.0, 0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0))


def test_in_full_needs_every_part_and_pledges_kept_in_two_thirds_of_the_months():
    name = "cooperative_security_strict"
    assert months()[name][[22, 23, 47]].tolist() == [0.0, 1.0, 1.0]
    assert months(part_delivery=0.99)[name].max() == 0.0
    assert months(kept=0.0)[name].max() == 0.0
    assert months(crises=range(0, 48, 2))[name].max() == 0.0


def test_without_commitments_none_are_reviewed_and_none_is_missing():
    (today,) = simulate([scenario()], 3, 0, 8)
    for name in ("commitments_reviewed", "commitments_kept"):
        assert not today.regional[..., OUTCOME_INDEX[name]].any()


def test_kept_ones_are_some_of_those_reviewed():
    case = scenario(
        {"forum": {"meetings_per_year": 12.0, "review_months": 6}}, {"commitment_cost": 0.0}, years=6
    )
    (block,) = simulate([case], 3, 0, 16)
    reviewed, kept = (
        block.regional[..., OUTCOME_INDEX[name]] for name in ("commitments_reviewed", "commitments_kept")
    )
    assert reviewed.sum() > kept.sum() > 0
    assert (kept <= reviewed).all()


def test_the_worst_dyads_trust_is_measured_against_a_majority():
    subject = region(scenario(citizens=200), worlds=6)
    shown = run(subject, 2)
    worst = shown[:, 1, OUTCOME_INDEX["public_trust_worst"]] / 100.0
    part = shown[:, 1, OUTCOME_INDEX["part_trust"]]
    assert np.allclose(part, np.minimum(worst / measure.TRUSTING, 1.0), atol=1e-6)
