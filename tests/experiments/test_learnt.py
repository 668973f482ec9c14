"""How far an effect hangs on what the data taught."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import wbsim
from tests.calibration.prior_draws import prior_draws
from tests.experiments import fake_model
from tests.experiments.fake_model import scenario
from wbsim.chance.counter import Chance
from wbsim.chance.fitted import write
from wbsim.experiments.comparison import Comparison
from wbsim.experiments.experiment import Table
from wbsim.experiments.learnt import Learnt, what_was_learnt
from wbsim.scenario.schema import Assumptions
from wbsim.tables.parameters import calibrated_table
from wbsim.tables.record import Prior

FITTED = prior_draws(400)
#: Contraction by key: two are learnt, one hardly, all others not at all.
TAUGHT = {"news_reaction": 0.5, "support_base": 0.1, "support_threat": 0.09}
WORLDS, SEED = 200, 3


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("posterior")
    write(FITTED, {"table": calibrated_table(), "learnt": TAUGHT}, path)
    return path


def compared(folder: Path | None, **settings: Any) -> Comparison:
    settings = {"workers": 1, "worlds": WORLDS, "seed": SEED, "simulate": fake_model.simulate, **settings}
    assumptions = settings.pop("assumptions", Assumptions())
    cases = [scenario(assumptions=assumptions), scenario("forum", "forum", assumptions=assumptions)]
    return wbsim.compare(*cases, posterior=folder, **settings)


def z(key: str, table: Table) -> np.ndarray:
    """The coordinate that each sound world of the table had."""
    rows = FITTED.posterior.rows(Chance(SEED, table.first, table.figures.shape[2]))
    return FITTED.posterior.z[rows, FITTED.keys.index(key)][table.sound]


def share(table: Table, effect: np.ndarray) -> float | None:
    return what_was_learnt(table, SEED).share(effect)


def test_an_effect_of_what_was_learnt_is_driven_by_data_and_one_of_the_rest_by_the_prior(
    folder: Path,
) -> None:
    table = compared(folder).table()
    learnt = z("news_reaction", table) - 2.0 * z("support_base", table)
    other = z("support_threat", table)
    assert share(table, 5.0 + 0.3 * learnt) == pytest.approx(1.0)
    assert share(table, other) == pytest.approx(0.0, abs=0.05)
    assert share(table, learnt + np.sqrt(5.0) * other) == pytest.approx(0.5, abs=0.1)


def test_the_share_does_not_grow_with_the_number_of_learnt_coordinates() -> None:
    """Thirty useless numbers explain 30 of 99 parts of the variance of noise by chance, and count as none."""
    generator = np.random.default_rng(1)
    z = generator.standard_normal((100, 30))
    drivers = Learnt(np.linalg.qr(z - z.mean(axis=0))[0], 100)
    shares = [drivers.share(generator.standard_normal(100)) for _ in range(100)]
    assert np.mean([each for each in shares if each is not None]) < 0.08


def test_worlds_that_failed_leave_the_others_with_their_own_draws(folder: Path) -> None:
    table = compared(folder, simulate=fake_model.world_3_is_not_finite).table()
    assert len(table.failed_worlds) == 1
    assert share(table, z("news_reaction", table)) == pytest.approx(1.0)


def test_a_later_first_world_has_its_own_draws(folder: Path) -> None:
    table = compared(folder, first_world=1000).table()
    assert share(table, z("support_base", table)) == pytest.approx(1.0)


def test_a_number_that_a_scenario_fixes_drives_nothing(folder: Path) -> None:
    fixed = Assumptions(parameters={"news_reaction": Prior("fixed", 0.1)})
    table = compared(folder, assumptions=fixed).table()
    assert share(table, z("support_base", table)) == pytest.approx(1.0)
    assert share(table, z("news_reaction", table)) == pytest.approx(0.0, abs=0.05)
    both = Assumptions(parameters={key: Prior("fixed", 0.1) for key in ("news_reaction", "support_base")})
    assert share(compared(folder, assumptions=both).table(), z("news_reaction", table)) == 0.0


def test_no_effect_and_too_few_worlds_are_told_apart_from_the_prior(folder: Path) -> None:
    table = compared(folder).table()
    assert share(table, np.full(WORLDS, 0.1)) is None
    few = compared(folder, worlds=5).table()
    assert share(few, z("news_reaction", few)) is None
    enough = compared(folder, worlds=6).table()
    assert share(enough, z("news_reaction", enough)) == pytest.approx(1.0)


def test_under_the_prior_nothing_was_learnt() -> None:
    table = compared(None, assumptions=Assumptions(source="prior")).table()
    assert share(table, z("news_reaction", table)) == 0.0


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"worlds": 1},
        {"worlds": 2},
        {"simulate": fake_model.all_worlds_fail, "worlds": 3},
        {"simulate": fake_model.world_3_is_not_finite, "worlds": 7},
    ],
)
def test_the_object_holds_a_share_or_nothing_and_never_nan(folder: Path, settings: dict[str, Any]) -> None:
    found = compared(folder, under=("prior", "posterior"), **settings)
    json.dumps(found.summary(), allow_nan=False)
    assert "nan" not in str(found).lower()
    prior, posterior = (
        each["outcomes"]["cooperation"]["policies"]["forum"]["data_share"] for each in found.summary()["sets"]
    )
    assert prior == (0.0 if found.table().sound.any() else None)
    # All worlds have the same effect but for rounding, which nothing explains.
    assert posterior is None or 0.0 <= posterior < 0.9


def test_a_scenario_compared_with_itself_has_no_effect_to_explain(folder: Path) -> None:
    cases = [scenario(), scenario("twin")]
    found = wbsim.compare(
        *cases, posterior=folder, worlds=50, workers=1, seed=SEED, simulate=fake_model.simulate
    )
    for outcome in found.summary()["outcomes"].values():
        assert outcome["policies"]["twin"]["mean"] == 0.0
        assert outcome["policies"]["twin"]["data_share"] is None
    assert "prior" in str(found)
