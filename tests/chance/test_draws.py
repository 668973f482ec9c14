"""Draws of parameters through the quantile functions of their priors."""

import numpy as np
import pytest
from scipy import stats

from tests.model.small import scenario
from wbsim.chance.counter import Chance
from wbsim.chance.draws import draw_parameters
from wbsim.chance.priors import quantile
from wbsim.errors import InputError
from wbsim.scenario.posterior import find_posterior
from wbsim.scenario.schema import Redraw
from wbsim.tables.parameters import PARAMETERS
from wbsim.tables.record import Prior
from wbsim.tables.structures import STRUCTURES

U = np.linspace(0.001, 0.999, 999)


@pytest.mark.parametrize(
    ("prior", "reference"),
    [
        (Prior("normal", 1.0, 2.0), stats.norm(1, 2)),
        (Prior("lognormal", 0.5, 0.7), stats.lognorm(0.7, scale=0.5)),
        (Prior("uniform", -1.0, 3.0), stats.uniform(-1, 4)),
        (Prior("loguniform", 0.1, 10.0), stats.loguniform(0.1, 10)),
        (Prior("beta", 0.3, 8.0), stats.beta(2.4, 5.6)),
    ],
)
def test_quantiles_are_those_of_the_named_distribution(prior, reference):
    low, high = (0.0, 1.0) if prior.family == "beta" else (-1e9, 1e9)
    low = 1e-12 if prior.family in ("lognormal", "loguniform") else low
    assert np.allclose(quantile(prior, low, high, U), reference.ppf(U), rtol=1e-6, atol=1e-9)


def test_a_range_truncates_instead_of_piling_up_at_its_ends():
    values = quantile(Prior("normal", 0.0, 1.0), -0.5, 2.0, U)
    assert values.min() >= -0.5 and values.max() <= 2.0
    assert np.allclose(values, stats.truncnorm(-0.5, 2.0).ppf(U), atol=1e-6)


def test_every_draw_lies_in_its_declared_range():
    draws = draw_parameters(scenario().assumptions, Chance(1, 0, 500))
    for name, parameter in PARAMETERS.items():
        assert (draws[name] >= parameter.low - 1e-12).all() and (
            draws[name] <= parameter.high + 1e-12
        ).all(), name


def test_fixing_one_parameter_leaves_every_other_draw_as_it_is():
    free = draw_parameters(scenario().assumptions, Chance(1, 0, 20))
    fixed = draw_parameters(scenario(parameters={"rent.SRB": 2.0}).assumptions, Chance(1, 0, 20))
    assert (fixed["rent"][:, 5] == 2.0).all()
    assert np.array_equal(fixed["rent"][:, :5], free["rent"][:, :5])
    assert all(np.array_equal(fixed[name], free[name]) for name in PARAMETERS if name != "rent")


def test_draw_k_is_the_same_in_every_block():
    whole = draw_parameters(scenario().assumptions, Chance(1, 0, 40))
    part = draw_parameters(scenario().assumptions, Chance(1, 33, 2))
    assert all(np.array_equal(whole[name][33:35], part[name]) for name in PARAMETERS)


def test_an_effect_that_may_not_exist_is_exactly_zero_as_often_as_said_and_else_follows_its_family():
    prior = Prior("normal", 0.2, 0.4, zero=0.4)
    values = quantile(prior, -2.0, 2.0, U)
    assert (values == 0.0).mean() == pytest.approx(0.4, abs=0.002)
    rest = values[values != 0.0]
    assert rest == pytest.approx(quantile(Prior("normal", 0.2, 0.4), -2.0, 2.0, (U[U >= 0.4] - 0.4) / 0.6))
    assert (rest < 0.0).any() and (rest > 0.0).any()
    assert "zero with chance 0.4" in str(prior)


def test_a_posterior_that_does_not_exist_is_refused():
    case = scenario()
    asked = case.assumptions.model_copy(update={"source": "posterior"})
    with pytest.raises(InputError, match="prior"):
        draw_parameters(asked, Chance(1, 0, 2))


def with_weights(**weights):
    """Assumptions that come from the priors, with these weights of structural alternatives."""
    assumptions = scenario().assumptions
    return assumptions.model_copy(update={"structures": {**assumptions.structures, **weights}})


def test_worlds_draw_the_choices_of_a_structural_alternative_as_often_as_its_weights_say():
    draws = draw_parameters(scenario().assumptions, Chance(1, 0, 20_000))
    for name, structure in STRUCTURES.items():
        values = draws[name]
        assert values.shape == (20_000,) and values.dtype == np.float64
        shares = [float((values == place).mean()) for place in range(len(structure.choices))]
        # Four standard deviations of a share of 20,000 worlds.
        assert shares == pytest.approx(structure.weights, abs=4 * 0.5 / 20_000**0.5), name


def test_structural_alternatives_are_drawn_independently_of_each_other():
    draws = draw_parameters(scenario().assumptions, Chance(1, 0, 20_000))
    one, other = draws["forum_weighs"], draws["channel_growth"]
    assert abs(np.corrcoef(one, other)[0, 1]) < 4 / 20_000**0.5


@pytest.mark.parametrize(
    ("weights", "drawn"),
    [((0.0, 1.0, 0.0), {1}), ((0.0, 0.5, 0.5), {1, 2}), ((0.5, 0.0, 0.5), {0, 2}), ((0.3, 0.7, 0.0), {0, 1})],
)
def test_a_choice_without_weight_is_never_drawn(weights, drawn):
    assert (
        set(draw_parameters(with_weights(forum_channel=weights), Chance(3, 0, 500))["forum_channel"]) == drawn
    )


def test_fixing_a_structural_alternative_leaves_every_other_draw_as_it_is():
    free = draw_parameters(scenario().assumptions, Chance(1, 0, 50))
    fixed = draw_parameters(with_weights(forum_channel=(1.0, 0.0, 0.0)), Chance(1, 0, 50))
    assert (fixed["forum_channel"] == 0.0).all() and not (free["forum_channel"] == 0.0).all()
    others = [name for name in free.values if name != "forum_channel"]
    assert all(np.array_equal(free[name], fixed[name]) for name in others)


def test_a_world_draws_the_same_structure_in_every_block():
    whole = draw_parameters(scenario().assumptions, Chance(1, 0, 40))
    part = draw_parameters(scenario().assumptions, Chance(1, 33, 2))
    assert all(np.array_equal(whole[name][33:35], part[name]) for name in STRUCTURES)


ASSUMPTIONS = scenario().assumptions


def redrawn(*orders, count, seed=9, source="prior", first=0, worlds=20):
    again = Redraw(orders=orders, count=count, seed=seed)
    assumptions = ASSUMPTIONS.model_copy(update={"redrawn": again, "source": source})
    return draw_parameters(assumptions, Chance(1, first, worlds))


def of(seed, assumptions=ASSUMPTIONS):
    return draw_parameters(assumptions, Chance(seed, 0, 20))


def test_a_group_that_is_drawn_again_comes_from_the_other_seed_and_nothing_else_changes():
    found, own, other = redrawn(("assumed", "region"), count=1), of(1), of(9)
    for name, parameter in PARAMETERS.items():
        expected = other if parameter.grade == "assumed" else own
        assert np.array_equal(found[name], expected[name]), name


def test_all_groups_drawn_again_are_the_worlds_of_the_other_seed():
    every = ("region", "elsewhere", "analogy", "assumed", "structure")
    found, other = redrawn(every, count=5), of(9)
    assert all(np.array_equal(found[name], other[name]) for name in (*PARAMETERS, *STRUCTURES))


def test_structures_are_a_group_of_their_own():
    found, own, other = redrawn(("structure", "assumed"), count=1), of(1), of(9)
    assert all(np.array_equal(found[name], other[name]) for name in STRUCTURES)
    assert all(np.array_equal(found[name], own[name]) for name in PARAMETERS)


def test_worlds_follow_the_orders_in_turn_whatever_their_block():
    orders = ("assumed", "analogy"), ("analogy", "assumed")
    whole, own, other = redrawn(*orders, count=1), of(1), of(9)
    assert np.array_equal(whole["visibility"][::2], own["visibility"][::2])
    assert np.array_equal(whole["visibility"][1::2], other["visibility"][1::2])
    part = redrawn(*orders, count=1, first=7, worlds=3)
    assert all(np.array_equal(whole[name][7:10], part[name]) for name in PARAMETERS)


def test_fitted_numbers_of_a_group_come_together_from_another_draw_of_the_posterior():
    file = find_posterior()
    assumptions = ASSUMPTIONS.model_copy(update={"source": "posterior", "posterior": file})
    again = Redraw(orders=(("region",),), count=1, seed=9)
    own, other = of(1, assumptions), of(9, assumptions)
    found = of(1, assumptions.model_copy(update={"redrawn": again}))
    for name in ("trust_base", "trust_residual", "crisis_rate"):
        assert np.array_equal(found[name], other[name]) and not np.array_equal(found[name], own[name])
    assert np.array_equal(found["crisis_reaction"], own["crisis_reaction"])


def test_a_redraw_is_part_of_what_is_simulated_only_where_it_is_used():
    assert "redrawn" not in ASSUMPTIONS.resolved()
    again = Redraw(orders=(("region",),), count=1, seed=9)
    assert ASSUMPTIONS.model_copy(update={"redrawn": again}).resolved()["redrawn"] == {
        "orders": [["region"]],
        "count": 1,
        "seed": 9,
    }
