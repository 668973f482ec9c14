"""The validation as a whole: its scores, and what is said of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.calibration.prior_draws import figure, prior_draws
from wbsim.calibration.baselines import Forecast
from wbsim.calibration.crew import Crew
from wbsim.calibration.evidence import Evidence, evidence, known
from wbsim.calibration.predict import Plan, Prediction
from wbsim.calibration.validate import Validation, simulated, validate
from wbsim.calibration.validation_text import sentences
from wbsim.instruments.figure import Figure
from wbsim.instruments.load import load_catalogue

BEFORE = known()
PLAN = Plan(worlds=60, citizens=40)


def validated(found: Evidence) -> Validation:
    with Crew(1) as crew:
        return validate(prior_draws(), found, BEFORE, PLAN, crew)


def only(*figures: Figure) -> Evidence:
    return Evidence(figures, (), load_catalogue(), "a test")


@pytest.fixture(scope="module")
def of_2023() -> Validation:
    return validated(evidence(None, None, BEFORE))


def test_the_summary_keeps_its_contract(of_2023: Validation) -> None:
    found = of_2023.summary()
    assert {"n", "coverage_50", "coverage_90", "crps", "mae", "width_90", "baselines", "rows"} <= found.keys()
    assert found["n"] == len(found["rows"]) == 15  # type: ignore[arg-type]
    for scores in found["baselines"].values():  # type: ignore[attr-defined]
        assert {"crps", "mae", "coverage_90"} <= scores.keys()
    for row in found["rows"]:  # type: ignore[attr-defined]
        assert {"id", "group", "observed", "median", "q05", "q95"} <= row.keys()
        assert row["q05"] <= row["median"] <= row["q95"]
        assert row["baselines"]["no-change"]["used"]


def test_scores_follow_from_the_rows(of_2023: Validation) -> None:
    found = of_2023.summary()
    rows = found["rows"]
    inside = [row["q05"] <= row["observed"] <= row["q95"] for row in rows]  # type: ignore[attr-defined]
    assert found["coverage_90"] == pytest.approx(np.mean(inside))
    missed = [abs(row["median"] - row["observed"]) for row in rows]  # type: ignore[attr-defined]
    assert found["mae"] == pytest.approx(np.mean(missed))
    assert found["width_90"] == pytest.approx(np.median([row["q95"] - row["q05"] for row in rows]))  # type: ignore[attr-defined]


def test_groups_make_up_the_whole(of_2023: Validation) -> None:
    found = of_2023.summary()
    groups = found["groups"]
    assert {name: part["n"] for name, part in groups.items()} == {"repeat": 1, "new": 14}  # type: ignore[attr-defined]
    total = sum(part["n"] * part["crps"] for part in groups.values())  # type: ignore[attr-defined]
    assert total / 15 == pytest.approx(found["crps"])


def test_the_year_is_predicted_with_its_events_and_without(of_2023: Validation) -> None:
    assert of_2023.events == "forced"
    assert (of_2023.forced.until, of_2023.free.until) == ("2023-12", "2022-12")
    assert of_2023.summary()["events_free"] != {
        key: of_2023.summary()[key] for key in ("n", "coverage_50", "coverage_90", "crps", "mae", "width_90")
    }
    assert simulated(of_2023.evidence, PLAN) == 120


def test_figures_of_the_fitted_history_are_simulated_once() -> None:
    found = validated(only(figure(months=("2022-06",))))
    assert found.free is found.forced
    assert simulated(found.evidence, PLAN) == 60


def test_figures_later_than_the_list_of_events_are_predicted_free_of_them() -> None:
    found = validated(only(figure(months=("2024-06",))))
    assert (found.events, found.model.until) == ("free", "2022-12")
    assert "events_forced" in found.summary()


def test_a_posterior_of_other_figures_is_told(of_2023: Validation) -> None:
    assert of_2023.same_figures
    drawn = prior_draws()
    less = replace(drawn, intercept_names=drawn.intercept_names[1:], intercepts=drawn.intercepts[:, 1:])
    with Crew(1) as crew:
        found = validate(less, only(figure()), BEFORE, PLAN, crew)
    assert not found.same_figures
    assert any("fitted to other wordings" in line for line in sentences(found))


def made(error: float, count: int = 40) -> Validation:
    """A validation whose model is `error` points off in every figure, and whose baselines are 5 off."""
    figures = tuple(figure(id=f"N{n}", value=50.0) for n in range(count))
    draws = 50.0 + error + np.linspace(-4, 4, 81)[:, None] + np.zeros((1, count))
    prediction = Prediction(None, draws, "2023-12", 0)  # type: ignore[arg-type]
    logits = np.full(count, np.log(0.55 / 0.45)) + np.linspace(-0.05, 0.05, count)
    forecast = Forecast("no-change", logits, np.full(count, 0.1), ("last wave",) * count)
    return Validation(
        only(*figures), ("repeat",) * count, "forced", prediction, prediction, (forecast,), PLAN, 83, True
    )


def test_the_sentence_says_who_is_better_and_whether_that_is_chance() -> None:
    assert "better than that of the best baseline, no change" in sentences(made(0.0))[0]
    assert sentences(made(0.0))[0].endswith("more than chance explains.")
    assert "worse" in sentences(made(20.0))[0]
    assert sentences(made(0.0, 1))[0].endswith("too few figures to tell them apart.")


def test_the_range_of_an_honest_coverage_is_that_of_the_binomial() -> None:
    assert "82 to 98 % would be expected" in sentences(made(0.0))[1]
