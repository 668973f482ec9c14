"""What effects hang on: planted parameters are found, and nothing else is."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from tests.experiments.planted import SEED, planted, without
from wbsim.experiments.drawn import Number
from wbsim.experiments.drivers import FEWEST, SAME_EVERYWHERE, Drivers, EffectDrivers, find_drivers
from wbsim.statistics.ranks import standard_ranks
from wbsim.tables.outcomes import HEADLINE_OUTCOMES
from wbsim.tables.parameters import PARAMETERS
from wbsim.tables.record import Prior

WEIGHT = "loss_weight"


def by_weight(draws, rng):
    """Falls with the weight of losses, with as much noise again."""
    return -3.0 * standardised(draws[WEIGHT]) + 3.0 * rng.normal(size=draws[WEIGHT].size)


def by_serbian_rent(draws, rng):
    """Rises with the rent of one state of six."""
    return 2.0 * standardised(draws["rent"][:, 3]) + 0.5 * rng.normal(size=len(draws["rent"]))


def noise(draws, rng):
    """Differs between worlds for no reason that could be found."""
    return rng.normal(size=draws[WEIGHT].size)


def standardised(values):
    return (values - values.mean()) / (values.std() or 1.0)


def effect(found: Drivers, outcome: str) -> EffectDrivers:
    return next(each for each in found.effects if each.outcome == outcome)


def test_a_planted_parameter_is_found_with_its_direction_and_its_size():
    found = effect(find_drivers(planted({"public_trust": by_weight}), SEED), "public_trust")

    (lead,) = found.leading
    assert (lead.parameter, lead.key) == (WEIGHT, WEIGHT)
    assert -0.85 < lead.rho < -0.5 and lead.chance <= 0.001
    assert lead.lowest is not None and lead.highest is not None
    # The outer thirds of a normal number lie 1.09 sd off: an effect of -3 an sd differs by 6.5 between them.
    assert lead.lowest.mean - lead.highest.mean == pytest.approx(6.5, abs=1.2)
    assert lead.lowest.mcse is not None and 0.1 < lead.lowest.mcse < 0.5
    # Half of the variance is the planted parameter's.
    assert found.share == pytest.approx(0.5, abs=0.12)
    assert found.reason == ""


def test_the_strongest_element_of_a_parameter_stands_for_it():
    found = effect(find_drivers(planted({"support": by_serbian_rent}), SEED), "support")

    lead = found.leading[0]
    assert lead.parameter == "rent" and lead.key.startswith("rent.") and lead.rho > 0.8
    assert lead.varied == 6
    assert lead.key.partition(".")[2] in lead.label


def test_nothing_stands_out_of_noise_in_nineteen_of_twenty_searches():
    named = sum(
        bool(effect(find_drivers(planted({"support": noise}, 60, seed=seed), seed), "support").leading)
        for seed in range(100)
    )
    # Binomial with 5 %: 14 or more come once in a thousand.
    assert named < 14


def test_an_effect_that_is_the_same_everywhere_says_so():
    found = find_drivers(planted({"support": lambda draws, rng: np.full(draws[WEIGHT].size, 2.0)}), SEED)

    assert [each.outcome for each in found.effects] == list(HEADLINE_OUTCOMES)
    assert {each.reason for each in found.effects} == {SAME_EVERYWHERE}
    assert all(each.share is None and not each.leading for each in found.effects)


def test_it_says_what_so_many_worlds_can_show():
    few, many = (find_drivers(planted({"support": by_weight}, worlds), SEED) for worlds in (100, 400))

    assert few.detectable is not None and many.detectable is not None
    assert 1.0 > few.detectable > many.detectable > 0.1
    assert few.needed == pytest.approx(many.needed, rel=0.2)
    assert few.needed > 1000


@pytest.mark.parametrize(("worlds", "said"), [(1, "1 finished"), (FEWEST - 1, f"{FEWEST - 1} finished")])
def test_too_few_worlds_are_not_searched(worlds, said):
    found = find_drivers(planted({"support": by_weight}, worlds), SEED)

    assert said in found.note and not found.effects


def test_failed_worlds_leave_all_figures():
    whole = planted({"support": by_weight}, 120)
    found = find_drivers(without(whole, 3, 7, 119), SEED)

    assert found.worlds == 117
    assert effect(found, "support").leading[0].parameter == WEIGHT


def test_a_parameter_that_the_scenario_fixes_is_no_candidate():
    free = find_drivers(planted({"support": noise}, 60), SEED)
    fixed = find_drivers(planted({"support": noise}, 60, fixed={WEIGHT: 2.0}), SEED)

    assert fixed.numbers == free.numbers - 1


def test_the_same_worlds_give_the_same_and_json_holds_it():
    one, two = (find_drivers(planted({"support": by_weight}, 100), SEED).resolved() for _ in range(2))

    assert one == two
    text = json.dumps(one, allow_nan=False)
    assert json.loads(text)["policies"]["forum"]["support"]["leading"][0]["parameter"] == WEIGHT


def test_all_parameters_that_stand_out_are_named_and_five_are_described():
    names = (
        "loss_weight",
        "incentive",
        "staff_budget",
        "visibility",
        "exposure",
        "gaming",
        "dialogue_contact",
    )

    def by_seven(draws, rng):
        return sum(standardised(draws[name]) for name in names) + 0.1 * rng.normal(size=draws[WEIGHT].size)

    found = find_drivers(planted({"support": by_seven}, 600), SEED)
    seven = effect(found, "support")

    assert set(seven.standing) >= set(names) and seven.found == len(seven.standing)
    assert [lead.parameter for lead in seven.leading] == list(seven.standing[:5])
    assert found.resolved()["policies"]["forum"]["support"]["found"] == seven.found


def test_a_third_partys_policy_is_searched_as_any_other():
    ours, theirs = (planted({"support": by_weight}, 100, mechanism=name) for name in ("forum", "patrols"))

    assert find_drivers(theirs, SEED) == find_drivers(ours, SEED)


def test_other_parameters_are_drawn_in_later_worlds():
    """World 400 is not world 0: with its first world misread, a table's effects hang on nothing."""
    table = planted({"public_trust": by_weight})

    assert effect(find_drivers(table, SEED), "public_trust").leading
    assert not effect(find_drivers(replace(table, first=400), SEED), "public_trust").leading


def test_ranks_do_not_mind_how_a_number_is_spread():
    values = np.array([[1.0, 2.0, 3.0, 10.0], [1.0, 2.0, 3.0, 1e9]])
    np.testing.assert_allclose(*standard_ranks(values))


def test_a_lead_has_the_grade_of_its_evidence_and_the_mark_of_an_imposed_sign():
    (lead, *_) = effect(find_drivers(planted({"public_trust": by_weight}), SEED), "public_trust").leading
    assert (lead.parameter, lead.grade, lead.sign_imposed) == (WEIGHT, "analogy", True)


def test_a_distribution_of_the_scenarios_own_decides_whether_a_sign_is_imposed():
    record = PARAMETERS["dialogue_contact"]
    assert not Number("dialogue_contact", record, "prior", None).sign_imposed
    assert Number("dialogue_contact", record, "scenario", None, Prior("uniform", 0.0, 0.1)).sign_imposed
    assert not Number("dialogue_contact", record, "scenario", None, Prior("uniform", -0.01, 0.1)).sign_imposed
