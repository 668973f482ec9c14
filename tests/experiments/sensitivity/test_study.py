"""A study finds what was planted, with chance told apart, and refuses what cannot be judged."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import wbsim
from tests.experiments.sensitivity import planted_model
from tests.experiments.sensitivity.planted_model import CHANCE, STRONG, WEAK
from wbsim.chance.counter import Chance
from wbsim.chance.draws import draw_parameters
from wbsim.errors import InputError
from wbsim.experiments import execute
from wbsim.experiments.sensitivity.analysis import Analysis
from wbsim.experiments.sensitivity.numbers import by_subject, on_the_prior, uncertain, values_at
from wbsim.experiments.sensitivity.study import Asked, Study, carry_out, prepare
from wbsim.experiments.work import model_reference
from wbsim.scenario.load import load
from wbsim.scenario.model import OWN, Model
from wbsim.scenario.override import with_run
from wbsim.scenario.schema import Scenario
from wbsim.statistics.sensitivity.finite import MissingError
from wbsim.sweeps import models as sweep_models
from wbsim.tables.outcomes import OUTCOMES
from wbsim.tables.parameters import PARAMETERS
from wbsim.tables.record import Prior


@pytest.fixture(autouse=True)
def _planted(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, planted_model.simulate)


def use(monkeypatch: pytest.MonkeyPatch, model: Callable[..., object]) -> None:
    monkeypatch.setattr(execute, "MODEL", model_reference(model))  # type: ignore[arg-type]
    monkeypatch.setattr(sweep_models, "MODEL", Model(OWN, model, OUTCOMES))


def small(name: str) -> Scenario:
    return with_run(load(name), years=1, citizens=40)


def study(**asked: object) -> Study:
    settings = {"outcomes": ("cooperation",), "worlds": 300, "workers": 1, "seed": 3, **asked}
    return prepare([small("forum")], Asked(**settings))  # type: ignore[arg-type]


def found(**asked: object) -> Analysis:
    (analysis,) = carry_out(study(**asked))
    return analysis


def log_sd(name: str) -> float:
    prior = PARAMETERS[name].prior
    assert prior.family == "lognormal"
    return prior.b


def test_one_scenario_is_compared_with_the_status_quo():
    assert [each.name for each in study().scenarios] == ["status-quo", "forum"]
    alone = study(of="level", methods=("pawn",))
    assert [each.name for each in alone.scenarios] == ["forum"]


def test_pawn_names_the_number_that_matters():
    analysis = found(methods=("pawn",))

    assert analysis.rows[0]["factor"] == STRONG
    assert analysis.rows[0]["stands_out"] == "yes"
    assert sum(row["stands_out"] == "yes" for row in analysis.rows) <= 3
    assert analysis.facts["numbers_drawn_from"]["posterior"] > 100
    assert analysis.facts["worlds_missing"] == 0


def test_shapley_shares_add_up_and_chance_is_what_was_planted():
    analysis = found(methods=("shapley",), worlds=600, keys=(STRONG, WEAK))
    shares = {row["factor"]: row["share"] for row in analysis.rows}

    assert set(shares) == {STRONG, WEAK, "unresolved", "chance"}
    assert sum(shares.values()) == pytest.approx(1.0)
    draws = draw_parameters(small("forum").assumptions, Chance(3, 0, 600))
    parts = [np.var(0.2 * np.log(draws[STRONG])), np.var(0.1 * np.log(draws[WEAK])), CHANCE**2]
    expected = np.array(parts) / sum(parts)
    assert [shares[name] for name in (STRONG, WEAK, "chance")] == pytest.approx(expected, abs=0.06)
    assert analysis.facts["estimator"] == "nearest neighbours"


def test_all_numbers_are_shared_out_by_subject():
    analysis = found(methods=("shapley",))

    assert len(analysis.rows) == 8 + 2
    assert sum(row["share"] for row in analysis.rows) == pytest.approx(1.0)  # type: ignore[misc]
    assert sum(int(row["numbers"] or 0) for row in analysis.rows) == sum(
        analysis.facts["numbers_drawn_from"].values()
    )


def test_morris_measures_the_planted_effects():
    analysis = found(methods=("morris",), keys=(STRONG, WEAK, "volatility"), points=12)
    rows = {row["factor"]: row for row in analysis.rows}

    for name, size in ((STRONG, 0.2), (WEAK, 0.1)):
        number = [each for each in uncertain(load("status-quo").assumptions) if each.key == name]
        at = np.log(values_at(number, np.array([[1 / 8], [5 / 8], [3 / 8], [7 / 8]])))[:, 0]
        low, high = sorted((size * (at[1] - at[0]), size * (at[3] - at[2])))
        assert low - 1e-4 <= rows[name]["mu_star"] <= high + 1e-4  # type: ignore[operator]
        assert rows[name]["sigma"] <= (high - low) + 1e-4  # type: ignore[operator]
    assert rows["volatility"]["mu_star"] == pytest.approx(0.0, abs=1e-6)
    assert [row["factor"] for row in analysis.rows] == [STRONG, WEAK, "volatility"]
    assert analysis.facts["numbers_drawn_from"] == "prior"


def test_sobol_indices_are_of_the_mean_over_chance():
    analysis = found(methods=("sobol",), keys=(STRONG, WEAK), points=256, worlds_each=3)
    rows = {row["factor"]: row for row in analysis.rows}
    strong, weak = ((size * log_sd(name)) ** 2 for size, name in ((0.2, STRONG), (0.1, WEAK)))

    assert rows[STRONG]["total"] == pytest.approx(strong / (strong + weak), abs=0.06)
    assert rows[WEAK]["total"] == pytest.approx(weak / (strong + weak), abs=0.06)
    # Worlds have the same chance at every point: three of them tell its variance poorly, but as chance.
    assert 0.0 < analysis.facts["chance_share"] < 0.8
    assert analysis.facts["pairs"][0]["second"] == pytest.approx(0.0, abs=0.1)


def test_knowing_the_number_that_decides_is_worth_most(monkeypatch: pytest.MonkeyPatch):
    from wbsim.experiments.sensitivity import information

    monkeypatch.setattr(information, "not_possible", lambda _: "not asked in this test")
    analysis = found(methods=("information",), worlds=800)
    numbers = [row for row in analysis.rows if row["kind"] == "number"]

    assert numbers[0]["factor"] == STRONG
    assert 0.0 < numbers[0]["value"] < analysis.facts["everything_known"]  # type: ignore[operator]
    assert analysis.facts["questions_left_out"] == "not asked in this test"


def test_an_outcome_that_no_policy_changes_is_said_to_be_the_same(monkeypatch: pytest.MonkeyPatch):
    from wbsim.experiments.sensitivity import information

    monkeypatch.setattr(information, "not_possible", lambda _: "not asked in this test")
    for analysis in carry_out(study(outcomes=("posture",), worlds=80)):
        assert analysis.rows == ()
        assert "same in all worlds" in analysis.reason or "the value is 0" in analysis.reason


def test_few_failed_worlds_are_left_out_and_counted(monkeypatch: pytest.MonkeyPatch):
    use(monkeypatch, planted_model.one_world_in_forty_fails)
    analysis = found(methods=("pawn",))

    assert analysis.facts["worlds_missing"] == 8
    assert analysis.facts["worlds"] == 292
    assert analysis.rows[0]["factor"] == STRONG


@pytest.mark.parametrize("method", ["pawn", "morris", "sobol"])
def test_many_failed_worlds_are_refused(method: str, monkeypatch: pytest.MonkeyPatch):
    use(monkeypatch, planted_model.one_world_in_four_fails)
    with pytest.raises(MissingError, match="more than 5 %"):
        carry_out(study(methods=(method,), keys=(STRONG, WEAK), points=4))


def test_results_do_not_depend_on_the_order_of_methods():
    one = carry_out(study(methods=("pawn", "shapley"), worlds=80))
    other = carry_out(study(methods=("shapley", "pawn"), worlds=80))
    assert [each.plain() for each in one] == [each.plain() for each in other]


def test_everything_wrong_is_said_at_once():
    with pytest.raises(InputError) as error:
        study(methods=("pawm", "sobol"), outcomes=("cooperatoin",), worlds=10, points=100, of="both")
    said = str(error.value)
    for text in ("pawm", "cooperatoin", "power of two", "--worlds", '"both"'):
        assert text in said


def test_keys_that_cannot_be_judged_are_named():
    with pytest.raises(InputError) as error:
        study(keys=("los_weight", "loss_weight", "loss_weight"))
    assert "did you mean" in str(error.value) and "given twice" in str(error.value)


def test_numbers_of_a_design_are_the_quantiles_of_their_priors():
    assumptions = on_the_prior(load("status-quo").assumptions)
    numbers = uncertain(assumptions)
    middle = values_at(numbers, np.full((1, len(numbers)), 0.5))[0]
    place = [each.key for each in numbers].index(STRONG)

    assert assumptions.source == "prior"
    assert middle[place] == pytest.approx(PARAMETERS[STRONG].prior.a, rel=0.05)
    assert all(
        each.parameter.low <= value <= each.parameter.high
        for each, value in zip(numbers, middle, strict=True)
    )
    assert not any(each.prior.family == "fixed" for each in numbers)


def test_what_a_scenario_assumes_itself_is_kept():
    base = load("status-quo").assumptions
    own = base.model_copy(
        update={"parameters": {STRONG: Prior("uniform", 1.0, 1.5), WEAK: Prior("fixed", 0.1)}}
    )
    numbers = {each.key: each for each in uncertain(on_the_prior(own))}

    assert numbers[STRONG].prior == Prior("uniform", 1.0, 1.5)
    assert WEAK not in numbers


def test_eight_groups_hold_every_number_once():
    numbers = uncertain(load("status-quo").assumptions)
    groups = by_subject([each.key for each in numbers])

    assert len(groups) == 8
    assert sorted(key for group in groups for key in group.keys) == sorted(each.key for each in numbers)


def test_a_study_from_python_reads_as_its_tables(tmp_path: Path):
    found = wbsim.sensitivity(
        small("forum"),
        methods=["shapley"],
        outcomes=["cooperation"],
        keys=[STRONG, WEAK],
        worlds=120,
        workers=1,
        out=tmp_path / "kept",
    )

    assert "Shapley effects" in str(found) and "chance" in str(found)
    assert found.of("shapley")[0].scenario == "forum"
    assert found.folder == tmp_path / "kept"
    assert json.loads((tmp_path / "kept" / "sensitivity.json").read_text(encoding="utf-8")) == json.loads(
        json.dumps(found.plain())
    )
