"""Where policies fail: found in one half of the worlds, counted in the other."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from tests.experiments.planted import experiment, planted, without
from tests.experiments.test_drivers import WEIGHT, noise, standardised
from wbsim.experiments.failures import FEW_GAINS, EffectFailure, Failures, find_failures
from wbsim.tables.outcomes import HEADLINE_OUTCOMES


def harmful_where_losses_weigh(draws, rng):
    """Harm in most worlds with a great weight of losses, in few with a small one."""
    return 4.0 - 6.0 * standardised(draws[WEIGHT]) + 2.0 * rng.normal(size=draws[WEIGHT].size)


def good_but_for_a_few(draws, rng):
    """A gain everywhere but where the weight of losses is great."""
    return np.where(draws[WEIGHT] > np.quantile(draws[WEIGHT], 0.75), 0.0, 5.0)


def failing(found: Failures, outcome: str) -> EffectFailure:
    return next(each for each in found.effects if each.outcome == outcome)


def test_what_separates_harmed_worlds_is_found_and_holds_in_the_other_half():
    table = planted({"public_trust": harmful_where_losses_weigh})
    found = find_failures(experiment(table), table)

    assert (found.searched, found.stated) == (200, 200)
    harm = failing(found, "public_trust")
    assert harm.failing == "harm"
    (one, *_) = harm.separators
    assert (one.what, one.name, one.confirmed) == ("parameter", WEIGHT, True)
    assert one.rho > 0.5 and one.below < one.above
    assert one.lowest.share < 0.05 and one.highest.share > 0.5
    assert one.least > 0.3
    # Of all worlds, by hand: a normal number below (-1 - 4) / sqrt(36 + 4) = -0.79.
    assert harm.everywhere.share == pytest.approx(0.215, abs=0.06)


def test_the_shares_are_those_of_worlds_with_odd_numbers():
    table = planted({"public_trust": harmful_where_losses_weigh})
    harm = failing(find_failures(experiment(table), table), "public_trust")
    change = table.values("forum", "public_trust") - table.values("status-quo", "public_trust")

    assert harm.other_half.hit == int((change[1::2] < -1.0).sum())
    assert harm.other_half.worlds == 200


def test_without_harm_it_is_the_gain_that_may_be_missed():
    table = planted({"public_trust": good_but_for_a_few})
    missed = failing(find_failures(experiment(table), table), "public_trust")

    assert missed.failing == "no gain"
    assert missed.everywhere.share == 0.25
    assert missed.separators[0].highest.share > 0.6 and missed.separators[0].lowest.share == 0.0


def test_outcomes_without_failures_are_named_as_such():
    table = planted({"public_trust": lambda draws, rng: np.full(draws[WEIGHT].size, 5.0)})
    found = find_failures(experiment(table), table)

    assert found.harmless == (("forum", "public_trust"),)
    # Nowhere else is there any difference: that is no harm, and no gain either.
    others = [each for each in found.effects if each.outcome != "public_trust"]
    assert len(others) == len(found.effects) == len(HEADLINE_OUTCOMES) - 1
    assert {each.failing for each in others} == {"hardly any gain"}
    assert all(each.everywhere.share == 1.0 and each.reason == FEW_GAINS for each in others)


@pytest.mark.parametrize(
    ("gaining", "kind"), [(19, "hardly any gain"), (20, "no gain"), (380, "no gain"), (381, None)]
)
def test_a_gain_that_nearly_all_or_hardly_any_worlds_have_is_not_searched(gaining, kind):
    """Of 400 worlds, 20 are five per cent."""
    table = planted({"public_trust": lambda draws, rng: np.where(np.arange(400) < gaining, 5.0, 0.0)})
    found = [
        each for each in find_failures(experiment(table), table).effects if each.outcome == "public_trust"
    ]

    assert [each.failing for each in found] == ([] if kind is None else [kind])
    assert all(each.everywhere.hit == 400 - gaining for each in found)
    assert all(not each.separators for each in found if kind == "hardly any gain")


def test_halves_go_by_the_numbers_of_worlds_whichever_comes_first():
    table = planted({"public_trust": harmful_where_losses_weigh})
    later = replace(table, first=1)
    harm = failing(find_failures(experiment(later), later), "public_trust")
    change = table.values("forum", "public_trust") - table.values("status-quo", "public_trust")

    assert harm.other_half.hit == int((change[0::2] < -1.0).sum())


def test_a_third_partys_policy_is_searched_as_any_other():
    ours, theirs = (
        planted({"public_trust": harmful_where_losses_weigh}, mechanism=name) for name in ("forum", "patrols")
    )
    assert find_failures(experiment(theirs), theirs) == find_failures(experiment(ours), ours)


def test_luck_in_the_searched_half_is_mostly_not_confirmed():
    confirmed = 0
    for seed in range(40):
        table = planted({"public_trust": lambda draws, rng: 2.0 * noise(draws, rng)}, 120, seed=seed)
        found = find_failures(experiment(table, seed=seed), table)
        confirmed += any(one.confirmed for each in found.effects for one in each.separators)
    # Named by luck in about 2 of 40, and held by luck again in one of forty of those.
    assert confirmed <= 1


@pytest.mark.parametrize("worlds", [1, 2, 59])
def test_too_few_worlds_are_not_searched(worlds):
    table = planted({"public_trust": harmful_where_losses_weigh}, worlds)
    found = find_failures(experiment(table), table)

    assert "Too few worlds" in found.note and not found.effects


def test_failed_worlds_leave_all_figures():
    table = without(planted({"public_trust": harmful_where_losses_weigh}, 200), 0, 1, 2)
    found = find_failures(experiment(table), table)

    assert (found.searched, found.stated) == (98, 99)
    assert failing(found, "public_trust").everywhere.worlds == 197


def test_few_failing_worlds_are_counted_but_not_searched():
    def rarely(draws, rng):
        effect = np.full(draws[WEIGHT].size, 5.0)
        effect[:12] = -5.0
        return effect

    table = planted({"public_trust": rarely}, 120)
    found = failing(find_failures(experiment(table), table), "public_trust")

    assert "fewer than 10 worlds" in found.reason and found.everywhere.hit == 12 and not found.separators


def test_the_same_worlds_give_the_same_and_json_holds_it():
    table = planted({"public_trust": harmful_where_losses_weigh}, 120)
    one, two = (find_failures(experiment(table), table).resolved() for _ in range(2))

    assert one == two
    assert (
        json.loads(json.dumps(one, allow_nan=False))["policies"]["forum"]["public_trust"]["failing"] == "harm"
    )
