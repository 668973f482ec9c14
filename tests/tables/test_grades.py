"""Grades of evidence, signs that are imposed, and which parameters move policies."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from wbsim.chance.priors import quantile
from wbsim.tables.grades import GRADES
from wbsim.tables.parameters import PARAMETERS
from wbsim.tables.record import Parameter, Prior

RENT = PARAMETERS["rent"]
#: Units of numbers that say how strongly one thing acts on another; "per month" and "per year" are speeds.
EFFECT_UNITS = (
    "per unit",
    "per logit",
    "per log ",
    "per sd",
    "per EUR",
    "per 10 points",
    "per step",
    "per observation",
)


def number(prior: Prior, low: float, high: float, neutral: float | None = 0.0) -> Parameter:
    return replace(RENT, prior=prior, low=low, high=high, neutral=neutral, axis=None)


@pytest.mark.parametrize(
    ("prior", "low", "high"),
    [
        (Prior("lognormal", 0.3, 0.7), 0.0, 2.0),
        (Prior("loguniform", 1.0, 9.0), 0.5, 10.0),
        (Prior("beta", 0.3, 6.0), 0.0, 1.0),
        (Prior("uniform", 0.0, 0.4), -1.0, 1.0),
        (Prior("normal", 0.1, 0.3), 0.0, 2.0),
        (Prior("normal", -0.2, 0.3), -1.5, 0.0),
    ],
)
def test_a_sign_is_imposed_where_no_draw_crosses_zero(prior: Prior, low: float, high: float) -> None:
    drawn = quantile(prior, low, high, np.linspace(0.001, 0.999, 99))
    assert (drawn >= 0).all() or (drawn <= 0).all()
    assert number(prior, low, high).sign_imposed


@pytest.mark.parametrize(
    ("prior", "low", "high"),
    [(Prior("normal", 0.3, 0.3), -1.0, 2.0), (Prior("uniform", -0.1, 0.4), -1.0, 1.0)],
)
def test_a_sign_is_free_where_draws_lie_on_both_sides(prior: Prior, low: float, high: float) -> None:
    drawn = quantile(prior, low, high, np.linspace(0.001, 0.999, 99))
    assert drawn.min() < 0 < drawn.max()
    assert not number(prior, low, high).sign_imposed


def test_a_factor_does_nothing_at_one_and_a_scale_has_no_direction() -> None:
    twice = Prior("uniform", 1.0, 2.5)
    assert number(twice, 0.5, 4.0, neutral=1.0).sign_imposed
    assert not number(Prior("uniform", 0.8, 2.5), 0.5, 4.0, neutral=1.0).sign_imposed
    assert not number(twice, 0.5, 4.0, neutral=None).sign_imposed


def test_centres_of_elements_are_looked_at_too() -> None:
    each = replace(RENT, prior=Prior("uniform", -1.0, 1.0), low=-9.0, high=9.0, axis="domain")
    assert replace(each, centres=(1.0, 2.0, 3.0, 4.0, 5.0)).sign_imposed
    assert not replace(each, centres=(-5.0, 2.0, 3.0, 4.0, 5.0)).sign_imposed


def test_another_prior_of_a_scenario_frees_or_imposes_a_sign() -> None:
    contact = PARAMETERS["dialogue_contact"]
    assert not contact.sign_imposed
    assert contact.sign_imposed_by(Prior("uniform", 0.0, 0.1))


@pytest.mark.parametrize("parameter", PARAMETERS.values(), ids=lambda parameter: parameter.name)
def test_no_grade_claims_more_than_the_source_says(parameter: Parameter) -> None:
    """Without a published estimate a number is assumed, unless it is a level or a rate fitted to data of the six."""
    assert parameter.grade in GRADES
    fitted = parameter.block in ("level", "event")
    if parameter.source.startswith("no published estimate") and not fitted:
        assert parameter.grade == "assumed"
    if any(words in parameter.source for words in ("as direction", "no source", "by analogy", "direction:")):
        assert parameter.grade in ("analogy", "assumed")
    if parameter.block == "level":
        assert parameter.grade == "region"


@pytest.mark.parametrize("parameter", PARAMETERS.values(), ids=lambda parameter: parameter.name)
def test_what_is_measured_per_unit_of_something_is_an_effect(parameter: Parameter) -> None:
    if any(unit in parameter.unit for unit in EFFECT_UNITS):
        assert parameter.neutral is not None
    if parameter.unit in ("months", "per month, half-life") or parameter.name.endswith(
        ("_half_life", "_spread")
    ):
        assert parameter.neutral is None
    assert not parameter.sign_imposed or parameter.neutral is not None


def test_parameters_move_policies_by_the_rules_that_read_them() -> None:
    assert PARAMETERS["line_effect"].equation == "M3, E2" and PARAMETERS["line_effect"].moves_policies
    assert PARAMETERS["gaming"].equation == "M2" and PARAMETERS["gaming"].moves_policies
    assert not PARAMETERS["rent"].moves_policies
    assert not PARAMETERS["open_balkan_end"].moves_policies
    assert not PARAMETERS["news_reaction"].moves_policies
