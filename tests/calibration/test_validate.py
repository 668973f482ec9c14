"""The validation as a whole: its scores, and what is said of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.calibration.prior_draws import figure, prior_draws
from wbsim.calibration.crew import Crew
from wbsim.calibration.evidence import Evidence, evidence, known
from wbsim.calibration.predict import Plan, unlearnt
from wbsim.calibration.validate import Validation, fitted_until, gain, simulated, validate
from wbsim.calibration.validation_text import sentences
from wbsim.chance.posterior import coordinates
from wbsim.instruments.figure import Figure
from wbsim.instruments.load import load_catalogue
from wbsim.scenario.load import load
from wbsim.scenario.schema import DatedEvent

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


def test_the_natural_forecast_is_the_models_answer_and_the_other_stands_beside_it(
    of_2023: Validation,
) -> None:
    assert (of_2023.model.until, of_2023.forced.until) == ("2022-12", "2023-12")
    found = of_2023.summary()
    assert (found["events"], found["events_forced_until"]) == ("free", "2022-12")
    assert found["events_forced"] != {key: found[key] for key in found["events_forced"] if key in found}  # type: ignore[attr-defined]
    assert simulated(of_2023.evidence, BEFORE, PLAN) == 180


def test_figures_of_the_fitted_history_know_its_events_anyway() -> None:
    found = validated(only(figure(months=("2022-06",))))
    assert found.free is found.forced
    assert simulated(found.evidence, BEFORE, PLAN) == 120


def test_a_posterior_that_was_fitted_to_later_figures_begins_later() -> None:
    later = replace(BEFORE, figures=(*BEFORE.figures, figure(months=("2023-06",))))
    assert fitted_until(later) == "2023-06"
    assert fitted_until(BEFORE) == "2022-12"


def test_the_baselines_are_those_by_the_model_and_plain_ones(of_2023: Validation) -> None:
    assert set(of_2023.ensembles) == {"prior", "frozen", "no-change", "regression", "pooled"}
    assert set(of_2023.summary()["gains"]) == set(of_2023.ensembles)  # type: ignore[call-overload]
    assert of_2023.best_baseline in ("no-change", "regression", "pooled")
    said = " ".join(sentences(of_2023))
    for words in ("attitudes at their prior", "attitudes frozen", "best plain baseline"):
        assert words in said


def test_attitudes_at_their_prior_have_forgotten_figures_and_nothing_else() -> None:
    drawn = prior_draws()
    blank = unlearnt(drawn, 1)
    assert (blank.intercept_names, blank.house_names, blank.drift_names) == ((), (), ())
    attitudes = np.array([key in coordinates("level", "dynamic") for key in drawn.keys])
    np.testing.assert_array_equal(blank.z[:, ~attitudes], drawn.z[:, ~attitudes])
    assert not np.any(blank.z[:, attitudes] == drawn.z[:, attitudes])


def test_frozen_attitudes_are_those_of_the_last_fitted_month() -> None:
    """Asked in that very month, there is nothing to freeze."""
    found = validated(only(figure(months=("2022-12",)), figure(id="N2", months=("2023-10",))))
    frozen = found.free.frozen
    assert frozen is not None
    np.testing.assert_allclose(frozen[:, 0], found.free.percent[:, 0])
    assert not np.allclose(frozen[:, 1], found.free.percent[:, 1])


def test_draws_are_there_on_request(of_2023: Validation) -> None:
    plain, full = of_2023.summary()["rows"][0], of_2023.summary(draws=True)["rows"][0]  # type: ignore[index]
    assert "draws" not in plain and len(full["draws"]) == len(of_2023.model.percent)
    assert full["median"] == pytest.approx(np.median(full["draws"]), abs=0.01)
    assert full["crps"] >= 0.0


def test_events_and_assumptions_of_ones_own_count() -> None:
    """A war of one's own on the eve of the fieldwork raises the fear that is asked about."""
    base = load("status-quo")
    crisis = DatedEvent(kind="crisis", month="2023-06", parties=("SRB", "XKX"), severity=4, months=12)
    war = base.model_copy(update={"events": (crisis,)})
    asked = only(replace(figure(), question="securimeter-impact", answers=("war",), months=("2023-10",)))
    with Crew(1) as crew:
        calm, loud = (
            validate(prior_draws(), asked, BEFORE, PLAN, crew, scenario=each) for each in (base, war)
        )
    assert not np.allclose(calm.free.percent, loud.free.percent)


def test_a_posterior_of_other_figures_is_told(of_2023: Validation) -> None:
    assert of_2023.same_figures
    drawn = prior_draws()
    less = replace(drawn, intercept_names=drawn.intercept_names[1:], intercepts=drawn.intercepts[:, 1:])
    with Crew(1) as crew:
        found = validate(less, only(figure()), BEFORE, PLAN, crew)
    assert not found.same_figures
    assert any("fitted to other wordings" in line for line in sentences(found))


def test_a_gain_is_told_from_chance_by_drawing_whole_questions_again() -> None:
    gap = np.repeat([-1.0, -1.2, -0.8, -1.1, -0.9], 3)
    clusters = [str(n // 3) for n in range(15)]
    found = gain(gap, clusters, 1)
    assert (found.verdict, found.mean) == ("better", pytest.approx(-1.0))
    assert gain(-gap, clusters, 1).verdict == "worse"
    mixed = np.repeat([-3.0, 2.0, -0.5, 1.0, 0.4], 3)
    assert gain(mixed, clusters, 1).verdict == "undecided"
    # One question is no sample of questions, however many figures it has; and fifteen figures of five are five.
    assert gain(gap, ["one"] * 15, 1).verdict == "undecided"
    single = gain(mixed, [str(n) for n in range(15)], 1)
    together = gain(mixed, clusters, 1)
    assert together.high - together.low > 1.3 * (single.high - single.low)


def test_the_range_of_an_honest_coverage_is_that_of_the_binomial(of_2023: Validation) -> None:
    assert any("73 to 100 % would be expected" in line for line in sentences(of_2023))
