"""The posterior under other choices, on an emulator of a small model."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.calibration.test_cross_validate import AIM, surface
from wbsim.calibration.alternatives import KEPT, Alternative, alternatives, count
from wbsim.calibration.attitudes import sample
from wbsim.calibration.settings import SMALL

FEW = replace(SMALL, particles=300)
SURVEYS = {figure.survey for figure in AIM.figures}


@pytest.fixture(scope="module")
def each() -> dict[str, Alternative]:
    heard: list[int] = []
    found = alternatives(surface(AIM), AIM, FEW, np.random.default_rng(1), heard.append)
    assert len(heard) == len(found) == count(AIM) == 1 + len(SURVEYS)
    return {one.name: one for one in found}


def test_there_is_one_without_each_survey_and_one_with_twice_the_discrepancy(
    each: dict[str, Alternative],
) -> None:
    assert "0.3 in the place of 0.15" in each["double-discrepancy"].means
    assert "without-securimeter-2021-rcc" in each
    for one in each.values():
        assert one.draws.z.shape[0] == KEPT
        left = SURVEYS - {figure.survey for figure in one.aim.figures}
        assert len(left) == (0 if one.name == "double-discrepancy" else 1)


def test_names_can_be_names_of_folders(each: dict[str, Alternative]) -> None:
    assert all(name.replace("-", "").isalnum() and name.isascii() for name in each)


def test_without_a_survey_its_own_intercepts_are_not_known(each: dict[str, Alternative]) -> None:
    """A question that no other survey asked has no intercept then, and the others are known as before."""
    whole, _ = sample(surface(AIM), AIM, replace(FEW, draws=KEPT), np.random.default_rng(1))
    other = each["without-albanian-security-barometer-2022-csdg"]
    assert len(other.aim.intercept_names) < len(AIM.intercept_names)
    assert set(other.aim.intercept_names) < set(AIM.intercept_names)
    kept = other.aim.answers.index("safe-in-home")
    before = AIM.answers.index("safe-in-home")
    assert other.draws.intercepts[:, kept].mean() == pytest.approx(
        whole.intercepts[:, before].mean(), abs=0.35
    )


def test_one_survey_cannot_be_left_out_of_itself() -> None:
    rows = np.array([figure.survey == "SecuriMeter 2021 (RCC)" for figure in AIM.figures])
    aim = AIM.take(rows)
    (only,) = alternatives(surface(AIM).take(rows), aim, FEW, np.random.default_rng(1))
    assert only.name == "double-discrepancy"
