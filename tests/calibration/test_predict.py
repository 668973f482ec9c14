"""Predictions: what enters them, what must not, and how wide they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from tests.calibration.prior_draws import at_the_medians, figure, prior_draws
from wbsim.calibration import predict as module
from wbsim.calibration.crew import Crew
from wbsim.calibration.predict import Plan, Prediction, predict
from wbsim.calibration.targets import targets
from wbsim.chance.fitted import Fitted
from wbsim.errors import WbsimError
from wbsim.inference.multinomial import logit
from wbsim.inference.observation import Spread
from wbsim.instruments.figure import Figure
from wbsim.instruments.load import load_catalogue, load_figures
from wbsim.tables.calendar import month_number

NEW = tuple(each for each in load_figures() if each.split == "validation")
PLAN = Plan(worlds=60, citizens=40)


def predicted(
    figures: Sequence[Figure], fitted: Fitted | None = None, until: str = "2023-12", plan: Plan = PLAN
) -> Prediction:
    fitted = fitted or prior_draws()
    with Crew(1) as crew:
        return predict(fitted, targets(figures, load_catalogue()), until, plan, crew)


@pytest.fixture(scope="module")
def whole() -> Prediction:
    return predicted(NEW)


def test_what_was_published_never_enters(whole: Prediction) -> None:
    others = [
        replace(each, value=value) for each, value in zip(NEW, np.linspace(0.5, 30, len(NEW)), strict=True)
    ]
    np.testing.assert_array_equal(predicted(others).percent, whole.percent)


def test_a_row_is_predicted_alike_whatever_stands_beside_it(whole: Prediction) -> None:
    chosen = [n for n, each in enumerate(NEW) if each.survey.startswith(("Stata", "Balkan"))]
    some = predicted([NEW[n] for n in chosen])
    np.testing.assert_allclose(some.percent, whole.percent[:, chosen], rtol=1e-12)


def test_the_seed_decides(whole: Prediction) -> None:
    assert not np.any(predicted(NEW, plan=replace(PLAN, seed=2)).percent == whole.percent)


def test_a_known_wording_has_its_intercept_and_no_other() -> None:
    figures = [figure(), figure(id="N2", question="what-unites")]
    low, high = (
        predicted(figures, at_the_medians(**{"regional-cooperation-contributes": value})).percent
        for value in (-1.0, 1.0)
    )
    # One unit of the coordinate is 0.7 on the logit scale, but for the noise, whose size depends on the share.
    shift = np.median(logit(high[:, 0] / 100) - logit(low[:, 0] / 100))
    assert shift == pytest.approx(1.4, abs=0.03)
    np.testing.assert_array_equal(low[:, 1], high[:, 1])


def test_a_new_wording_is_as_wide_as_its_prior_and_a_level_is_not() -> None:
    known = figure()
    new = figure(id="N2", question="what-unites")
    level = figure(id="N3", question="asb-closer", population="ALB", n=1000)
    spread = np.std(
        logit(predicted([known, new, level], at_the_medians(), plan=Plan(400, 1, 40)).percent / 100), 0
    )
    house_and_more = np.hypot(0.1, 0.1)
    # Apart from what worlds differ by at the same parameters: chance, and parameters that are not calibrated.
    assert spread[1] ** 2 - spread[0] ** 2 == pytest.approx(0.7**2, rel=0.3)
    assert house_and_more < spread[2] < 0.5


def test_a_survey_shares_its_house_effect() -> None:
    # Two questions of one new survey move together, those of two surveys do not.
    figures = [
        figure(id="a", survey="One 2022"),
        figure(id="b", survey="One 2022", question="asb-closer", population="ALB"),
        figure(id="c", survey="Two 2022", question="asb-closer", population="ALB"),
    ]
    plan = replace(Plan(2000, 1, 40), errors=replace(PLAN.errors, house=3.0))
    together = np.corrcoef(
        logit(np.clip(predicted(figures, at_the_medians(), plan=plan).percent, 0.01, 99.99) / 100).T
    )
    assert together[0, 1] > 0.9
    assert abs(together[0, 2]) < 0.1


def test_events_matter_after_the_fitted_history_only() -> None:
    early, late = figure(months=("2022-12",)), figure(id="N2", months=("2023-10",))
    forced, free = (predicted([early, late], until=until).percent for until in ("2023-12", "2022-12"))
    np.testing.assert_array_equal(forced[:, 0], free[:, 0])
    assert not np.all(forced[:, 1] == free[:, 1])


def test_answers_that_leave_no_rest_are_predicted_together() -> None:
    parts = [
        figure(id=answer, question="securimeter-outlook", answers=(answer,), value=30.0)
        for answer in ("better", "same", "worse")
    ]
    found = predicted(parts)
    assert np.isfinite(found.percent).all()
    assert np.median(found.percent.sum(axis=1)) == pytest.approx(100.0, abs=3.0)


def test_the_answers_of_a_pick_one_question_are_known_in_whatever_order_its_rows_stand() -> None:
    rows = [each for each in load_figures() if each.question == "asb-cooperation-field"]
    again = [replace(each, survey="Another wave", split="validation") for each in reversed(rows)]
    aim = targets(again, load_catalogue())
    assert set(aim.intercept_names) <= set(prior_draws().intercept_names)


def test_a_drift_goes_on_from_where_the_posterior_has_it() -> None:
    """Where every walk stands one unit up at its last wave, so does the forecast; its variance grows with the years."""
    drawn = at_the_medians(400)
    last = np.array([name not in drawn.drift_names[n + 1 :] for n, name in enumerate(drawn.drift_names)])
    up = replace(drawn, drifts=np.broadcast_to(last.astype(np.float32), drawn.drifts.shape))
    late = figure(population="ALB", months=("2022-12",))
    errors = Spread(house=0.0, discrepancy=0.0, drift=0.3, wording=0.7, design_effect=1e-9)
    plan = Plan(400, 1, 40, errors)
    before, after = (logit(predicted([late], each, plan=plan).percent / 100) for each in (drawn, up))
    np.testing.assert_allclose(after - before, 0.3, atol=1e-6)
    spread = []
    for months in (("2024-12",), ("2030-12",)):
        walking, still = (
            logit(predicted([figure(population="ALB", months=months)], drawn, "2022-12", each).percent / 100)
            for each in (plan, replace(plan, errors=replace(errors, drift=0.0)))
        )
        spread.append((walking - still).var())
    known = drawn.drift_months[[n for n, name in enumerate(drawn.drift_names) if name == late.question]]
    years = (month_number("2024-12") - known.max()) / 12
    assert spread[0] == pytest.approx(0.3**2 * years, rel=0.25)
    assert spread[1] - spread[0] == pytest.approx(0.3**2 * 6, rel=0.25)


def test_figures_of_later_years_are_simulated_until_then() -> None:
    assert np.isfinite(predicted([figure(months=("2025-03",))]).percent).all()


def test_failed_worlds_are_left_out_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    logits = np.zeros((PLAN.worlds, 1))
    logits[:7] = np.nan
    monkeypatch.setattr(module, "hindcast", lambda *_: logits)
    found = predicted([figure()])
    assert (found.failed, found.percent.shape) == (7, (53, 1))
    logits[:] = np.nan
    with pytest.raises(WbsimError, match="none of 60 worlds"):
        predicted([figure()])
