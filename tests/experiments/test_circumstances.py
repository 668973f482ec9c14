"""What happened under the baseline: read month by month, and found where a policy fails there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import wbsim
from tests.experiments import fake_model
from tests.experiments.fake_model import FakeBlock, scenario
from wbsim.experiments.circumstances import Circumstance, circumstances
from wbsim.experiments.comparison import Comparison
from wbsim.report.driver_words import quoted
from wbsim.scenario.schema import Assumptions, Scenario
from wbsim.tables.outcomes import OUTCOME_INDEX

CRISES, TRUST = OUTCOME_INDEX["crises_severe"], OUTCOME_INDEX["public_trust"]
#: The months of 2023, and the months from 2024-01 on, counted from 2021-01.
EARLY, LATE = slice(24, 36), slice(36, 48)


def crisis_in(seed: int, world: int) -> bool:
    """Whether world `world` has an early crisis: in two of three."""
    return bool(np.random.default_rng([seed, world, 7]).random() < 2 / 3)


def crises_defeat_forums(
    scenarios: Sequence[Scenario], seed: int, first: int, count: int, registry: object = None
) -> tuple[FakeBlock, ...]:
    """One crisis in 2023-06 in some worlds, another in 2024-06 in all; forums cost trust where the first was."""
    blocks = fake_model.simulate(scenarios, seed, first, count, registry)
    for block, each in zip(blocks, scenarios, strict=True):
        early = np.array([crisis_in(seed, first + n) for n in range(count)])
        block.regional[:, :, CRISES] = 0.0
        block.regional[early, 29, CRISES] = 1.0
        block.regional[:, 41, CRISES] = 1.0
        if each.policies:
            block.regional[:, EARLY.start :, TRUST] += np.where(early, -5.0, 5.0)[:, None]
    return blocks


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    place = tmp_path_factory.mktemp("kept") / "results"
    prior = Assumptions(source="prior")
    return wbsim.compare(
        scenario(assumptions=prior),
        scenario("forum", "forum", assumptions=prior),
        worlds=120,
        workers=1,
        simulate=crises_defeat_forums,
        out=place,
    )


def named(found: Comparison, name: str) -> Circumstance:
    table = found.experiment.tables[0]
    return next(each for each in circumstances(found.experiment, table) if each.name == name)


def test_early_crises_are_those_of_the_first_years_alone(found: Comparison):
    seed = found.experiment.seed
    crises = named(found, "early_crises_severe")

    assert crises.values.tolist() == [float(crisis_in(seed, world)) for world in range(120)]
    assert crises.happened and 0.5 < crises.values.mean() < 0.85
    assert crises.label.endswith("from 2023-01 to before 2024-01 under status-quo")


def test_levels_are_those_of_the_year_before_the_start(found: Comparison):
    level = named(found, "before_public_trust")
    monthly = found.to_xarray()["regional"].sel(scenario="status-quo", outcome="public_trust").values

    np.testing.assert_allclose(level.values, monthly[:, 12:24].mean(axis=1), rtol=1e-6)
    assert not level.happened and level.label.endswith("in the year before 2023-01")


def test_a_circumstance_that_decides_is_found_and_said_with_how_often(found: Comparison):
    trust = next(each for each in found.failures().effects if each.outcome == "public_trust")

    first = trust.separators[0]
    assert (trust.failing, first.what, first.name) == ("harm", "circumstance", "early_crises_severe")
    assert first.confirmed and (first.lowest.share, first.highest.share) == (0.0, 1.0)
    assert first.below is None and first.lowest.worlds + first.highest.worlds == 60
    text = quoted(trust)
    assert (
        "in 100 % (95 % Monte Carlo interval" in text
        and "where there were crises of severity 3 or more" in text
    )
    assert text.endswith("In the search it separated such worlds better than any single assumption.")


def test_a_circumstance_is_not_said_to_beat_an_assumption_that_came_first(found: Comparison):
    trust = next(each for each in found.failures().effects if each.outcome == "public_trust")
    lost = replace(trust.separators[0], what="parameter", confirmed=False)
    text = quoted(replace(trust, separators=(lost, *trust.separators)))

    assert "where there were crises" in text and "better than any" not in text


def test_without_monthly_values_there_are_none(found: Comparison):
    table = replace(found.experiment.tables[0], store=Path("no store here"))

    assert circumstances(found.experiment, table) == ()
