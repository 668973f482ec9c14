"""Plain forecasts: where each comes from, and how wide it is."""

from __future__ import annotations

import numpy as np
import pytest

from tests.calibration.prior_draws import figure
from wbsim.calibration.baselines import (
    EVERYTHING,
    LAST,
    REGIONAL,
    THEME,
    UNKNOWN,
    Asked,
    no_change,
    pooled,
    regression,
)
from wbsim.calibration.covariates import NAMES, covariates
from wbsim.calibration.settings import ERRORS
from wbsim.inference.multinomial import logit
from wbsim.instruments.figure import fitted
from wbsim.instruments.load import load_catalogue, load_figures

CATALOGUE = load_catalogue()


def each(question: str, population: str, month: str, value: float, n: int = 100_000) -> Asked:
    found = CATALOGUE.question(question)
    assert found is not None
    answers = (found.answers[0],) if found.answers else ()
    name = f"{question} {population} {month}"
    return Asked(
        figure(
            id=name,
            question=question,
            answers=answers,
            population=population,
            months=(month,),
            value=value,
            n=n,
        ),
        found,
    )


FITTED = tuple(
    Asked(item, question)
    for item in fitted(load_figures())
    if (question := CATALOGUE.question(item.question)) is not None
)
#: Two waves of one question in Kosovo, one in Serbia, another question of the same measure, one of another.
KNOWN = (
    each("safe-in-home", "XKX", "2021-09", 80.0),
    each("safe-in-home", "XKX", "2022-09", 60.0),
    each("safe-in-home", "SRB", "2021-01", 40.0),
    each("safe-in-country", "XKX", "2022-09", 30.0),
    each("dialogue-with-SRB", "XKX", "2022-09", 90.0),
)


def of(*percent: float) -> float:
    return float(np.mean(logit(np.array(percent) / 100)))


@pytest.mark.parametrize(
    ("wanted", "level", "expected"),
    [
        (each("safe-in-home", "XKX", "2023-09", 1.0), LAST, of(60)),
        (each("safe-in-home", "ALB", "2023-09", 1.0), REGIONAL, of(60, 40)),
        # Each question counts once: the mean of safe-in-home's three figures is one value.
        (each("region-safe", "ALB", "2023-09", 1.0), THEME, (of(80, 60, 40) + of(30)) / 2),
        (
            each("disinformation-problem", "ALB", "2023-09", 1.0),
            EVERYTHING,
            (of(80, 60, 40) + of(30) + of(90)) / 3,
        ),
    ],
)
def test_no_change_takes_the_nearest_that_there_is(wanted: Asked, level: str, expected: float) -> None:
    found = no_change(KNOWN, [wanted], ERRORS)
    assert found.used == (level,)
    assert found.mean[0] == pytest.approx(expected)


def test_what_was_published_never_enters_a_forecast() -> None:
    pairs = [
        [each(question, population, "2023-09", value) for value in (5.0, 95.0)]
        for question, population in (("safe-in-home", "XKX"), ("region-safe", "ALB"), ("what-unites", "WB6"))
    ]
    low, high = ([pair[n] for pair in pairs] for n in (0, 1))
    for forecast in (no_change, regression):
        a, b = (forecast(FITTED, wanted, ERRORS) for wanted in (low, high))
        np.testing.assert_array_equal(a.mean, b.mean)
        np.testing.assert_array_equal(a.sd, b.sd)


def test_the_spread_is_what_a_level_misses_left_out_figures_by() -> None:
    """Five pairs of waves, each ten logit points of a hundred apart."""
    months = ("2021-09", "2022-09")
    shares = 100 / (1 + np.exp([0.25, -0.25]))
    known = [
        each("safe-in-home", state, month, float(share))
        for state in ("XKX", "SRB", "ALB")
        for month, share in zip(months, shares, strict=True)
    ]
    found = no_change(known, [each("safe-in-home", "XKX", "2023-09", 50.0)], ERRORS)
    assert found.sd[0] == pytest.approx(0.5)
    # Populations do not differ in their last wave; the wave before misses it by 0.5.
    assert no_change(known, [each("safe-in-home", "MNE", "2023-09", 50.0)], ERRORS).sd[0] == pytest.approx(
        np.sqrt(0.5**2 / 2)
    )


def test_too_few_residuals_take_in_those_of_wider_levels() -> None:
    missed_by_wave = np.square([of(80) - of(60)] * 2)
    others = [of(80) - of(40), of(60) - of(40), of(40) - of(60)]
    expected = np.sqrt(np.mean([*missed_by_wave, *np.square(others)]))
    assert no_change(KNOWN, [each("safe-in-home", "XKX", "2023-09", 50.0)], ERRORS).sd[0] == pytest.approx(
        expected
    )
    alone = no_change(KNOWN[:1], [each("safe-in-home", "XKX", "2023-09", 50.0)], ERRORS)
    assert alone.sd[0] == UNKNOWN


def test_no_forecast_is_surer_than_the_sample() -> None:
    known = [each("safe-in-home", "XKX", f"2022-{month:02d}", 50.0) for month in range(1, 8)]
    found = no_change(known, [each("safe-in-home", "XKX", "2023-09", 50.0, n=600)], ERRORS)
    assert found.sd[0] == pytest.approx(np.sqrt(1.5 / (600 * 0.25)))


def test_a_regression_finds_what_a_covariate_says() -> None:
    effect = {code: values[NAMES.index("NATO membership")] for code, values in covariates().items()}
    known = [
        each(question, code, "2022-01", float(100 / (1 + np.exp(-base - 0.8 * effect[code]))))
        for question, base in (("safe-in-home", 0.0), ("disinformation-problem", 1.0))
        for code in effect
    ]
    found = regression(
        known,
        [each("region-safe", "ALB", "2023-01", 1.0), each("region-safe", "WB6", "2023-01", 1.0)],
        ERRORS,
    )
    assert found.mean == pytest.approx([0.8 * effect["ALB"], 0.0], abs=0.1)


def test_quantiles_are_those_of_the_normal_forecast() -> None:
    found = regression(FITTED, FITTED[:3], ERRORS)
    low, high = np.quantile(logit(found.percent() / 100), (0.05, 0.95), axis=0)
    np.testing.assert_allclose(high - low, 2 * 1.6449 * found.sd, rtol=2e-3)


def test_covariates_are_standardised_and_the_region_is_their_mean() -> None:
    states = np.array([values for code, values in covariates().items() if code != "WB6"])
    np.testing.assert_allclose(states.mean(axis=0), 0.0, atol=1e-12)
    np.testing.assert_allclose(states.std(axis=0), 1.0)
    assert covariates()["WB6"] == (0.0,) * len(NAMES)
    place = NAMES.index("recognition of Kosovo")
    assert {code for code, values in covariates().items() if values[place] < 0} == {"BIH", "SRB"}


def test_a_regression_of_two_figures_is_refused() -> None:
    with pytest.raises(ValueError, match="three fitted figures"):
        regression(KNOWN[:2], KNOWN, ERRORS)


def test_a_pooled_forecast_knows_the_shape_of_the_question_alone() -> None:
    wanted = [
        each("safe-in-country", "ALB", "2023-01", 10.0),
        each("what-unites", "WB6", "2023-01", 10.0),
        each("securimeter-outlook", "WB6", "2023-01", 10.0),
        each("asb-obstacle", "ALB", "2023-01", 10.0),
    ]
    found = pooled(FITTED, wanted, ERRORS)
    assert found.used == ("levels", "levels", "graded answers", "pick one")
    # The same shape, the same forecast, whatever is asked; others by the number of answers that exclude each other.
    assert found.mean[0] == found.mean[1]
    assert np.all(found.sd >= 0.2) and len({round(m, 6) for m in found.mean}) == 3
    levels = [e for e in FITTED if e.shape == "levels"]
    of: dict[object, list[float]] = {}
    for one in levels:
        of.setdefault(one.subject, []).append(one.logit)
    assert found.mean[0] == pytest.approx(np.mean([np.mean(values) for values in of.values()]))
