"""Variance components: worked out by hand, and found again where they are known."""

from __future__ import annotations

import numpy as np
import pytest

from wbsim.statistics.variance import Components, components


def test_a_table_worked_out_by_hand() -> None:
    """Two draws x two structures x two courses of chance.

    Means of cells [[1, 3], [5, 11]], of draws 2 and 8, of structures 3 and 7, of all 5. Courses differ by 2 within
    every cell, so their means are 1 and 3, 7 and 9.
    Mean squares: draw 4 (9 + 9) / 1 = 72; structure 4 (4 + 4) / 1 = 32; cell deviations all ±1: 2 · 4 / 1 = 8;
    course 2 (1 + 1 + 1 + 1) / 2 = 4; rest 0.
    Parameters (72 - 8 - 4 + 0) / 4 = 15; structure (32 - 8) / 4 = 6; interaction (8 - 0) / 2 = 4;
    chance (4 - 0) / 2 + 0 = 2.
    """
    cells = np.array([[1.0, 3.0], [5.0, 11.0]])
    found = components(np.stack([cells - 1.0, cells + 1.0], axis=2))
    assert found == Components(15.0, 6.0, 4.0, 2.0)
    assert found.total == 27.0
    assert found.shares() == pytest.approx(
        {"parameters": 15 / 27, "structure": 6 / 27, "interaction": 4 / 27, "chance": 2 / 27}
    )


def simulated(
    generator: np.random.Generator, sizes: tuple[int, int, int], sd: dict[str, float]
) -> np.ndarray:
    p, s, c = sizes
    return (
        5.0
        + generator.normal(0, sd["parameters"], (p, 1, 1))
        + generator.normal(0, sd["structure"], (1, s, 1))
        + generator.normal(0, sd["interaction"], (p, s, 1))
        + generator.normal(0, sd["chance"], (p, 1, c))
        + generator.normal(0, sd["rest"], (p, s, c))
    )


def test_known_components_are_found_without_bias() -> None:
    sd = {"parameters": 2.0, "structure": 1.0, "interaction": 0.7, "chance": 1.5, "rest": 0.5}
    truth = np.array([4.0, 1.0, 0.49, 2.25 + 0.25])
    generator = np.random.default_rng(8)
    found = []
    for _ in range(400):
        each = components(simulated(generator, (12, 6, 2), sd))
        assert each is not None
        found.append([each.parameters, each.structure, each.interaction, each.chance])
    error = np.std(found, axis=0, ddof=1) / np.sqrt(len(found))
    assert (np.abs(np.mean(found, axis=0) - truth) < 3.5 * error).all()
    # The test has teeth: the errors are small beside the components.
    assert (error < 0.1 * truth).all()


def test_what_is_nil_is_nil_on_average_and_shares_take_no_negative() -> None:
    generator = np.random.default_rng(9)
    sd = {"parameters": 0.0, "structure": 0.0, "interaction": 0.0, "chance": 0.0, "rest": 1.0}
    found = [components(simulated(generator, (10, 4, 2), sd)) for _ in range(200)]
    parameters = np.array([each.parameters for each in found if each])
    assert (parameters < 0).any() and abs(parameters.mean()) < 4 * parameters.std() / np.sqrt(200)
    for each in found:
        shares = each.shares() if each else None
        assert shares and min(shares.values()) >= 0.0 and sum(shares.values()) == pytest.approx(1.0)


def test_nothing_that_varies_has_no_shares() -> None:
    found = components(np.full((4, 3, 2), 0.25))
    assert found == Components(0.0, 0.0, 0.0, 0.0)
    assert found.shares() is None


@pytest.mark.parametrize("shape", [(1, 3, 2), (4, 1, 2), (4, 3, 1), (0, 3, 2)])
def test_too_few_of_anything_tells_nothing(shape: tuple[int, int, int]) -> None:
    assert components(np.zeros(shape)) is None


def test_failed_worlds_must_be_left_out_first() -> None:
    with pytest.raises(ValueError, match="finite"):
        components(np.full((2, 2, 2), np.nan))
    with pytest.raises(ValueError, match="shape"):
        components(np.zeros((2, 2)))
