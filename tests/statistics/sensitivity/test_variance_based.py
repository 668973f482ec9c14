"""Sobol indices against analytic ones, without and with chance."""

from __future__ import annotations

import numpy as np
import pytest

from tests.statistics.sensitivity.known import G_WEIGHTS, g_function, g_indices, ishigami, ishigami_indices
from wbsim.statistics.sensitivity.finite import MissingError
from wbsim.statistics.sensitivity.variance_based import saltelli, sobol

EACH = np.arange(3)


def noisy(unit: np.ndarray, worlds: int, seed: int, *, paired: bool) -> np.ndarray:
    """Ishigami in so many worlds, with noise that varies by point and, if paired, is alike at neighbouring points."""
    rng = np.random.default_rng(seed)
    clean = ishigami(unit)[..., None]
    if not paired:
        return clean + rng.normal(0.0, 4.0, (*unit.shape[:2], worlds))
    slope, phase, luck = (
        rng.normal(0.0, 6.0, (worlds, 3)),
        rng.uniform(0, 6.0, worlds),
        rng.normal(0, 9.0, worlds),
    )
    return clean + luck + np.sin(2 * np.pi * unit[..., None, 0] + phase) * 4.0 + (unit - 0.5) @ slope.T


def test_ishigami_without_noise():
    found = sobol(ishigami(saltelli(EACH, 4096, 1))[..., None], 3, 1)
    first, total, pair, variance = ishigami_indices()

    assert found is not None and found.second is not None
    assert np.allclose(found.first, first, atol=0.02)
    assert np.allclose(found.total, total, atol=0.02)
    assert found.second[0, 2] == pytest.approx(pair, abs=0.04)
    assert found.second[0, 1] == pytest.approx(0.0, abs=0.04)
    assert found.variance == pytest.approx(variance, rel=0.03)
    assert found.chance is None


def test_g_function():
    found = sobol(g_function(saltelli(np.arange(4), 4096, 2, second=False))[..., None], len(G_WEIGHTS), 1)
    first, total = g_indices()

    assert found is not None and found.second is None
    assert np.allclose(found.first, first, atol=0.02)
    assert np.allclose(found.total, total, atol=0.02)


def test_noise_is_neither_total_effect_nor_variance():
    unit = saltelli(EACH, 2048, 3)
    first, total, _, variance = ishigami_indices()

    found = sobol(noisy(unit, 6, 1, paired=False), 3, 1)
    assert found is not None
    assert np.allclose(found.first, first, atol=0.05)
    assert np.allclose(found.total, total, atol=0.05)
    assert found.variance == pytest.approx(variance, rel=0.05)
    assert found.chance == pytest.approx(16.0 / (16.0 + variance), abs=0.02)

    # The same with the mean of the worlds taken for the truth: noise becomes total effect, by 16 / 6 / variance.
    naive = sobol(noisy(unit, 6, 1, paired=False).mean(axis=2, keepdims=True), 3, 1)
    assert naive is not None
    assert naive.total[2] - total[2] * variance / (variance + 16 / 6) > 0.1


def test_the_same_chance_at_every_point_leaves_no_bias():
    unit = saltelli(EACH, 256, 4)
    found = [sobol(noisy(unit, 10, seed, paired=True), 3, 1, 2) for seed in range(60)]
    firsts, totals = (np.array([getattr(each, name) for each in found]) for name in ("first", "total"))
    clean = sobol(ishigami(unit)[..., None], 3, 1, 2)

    assert clean is not None
    assert np.allclose(firsts.mean(axis=0), clean.first, atol=4 * firsts.std() / 7)
    assert np.allclose(np.median(totals, axis=0), clean.total, atol=0.06)
    naive = [
        sobol(noisy(unit, 10, seed, paired=True).mean(axis=2, keepdims=True), 3, 1, 2) for seed in range(60)
    ]
    naive_total = np.mean([each.total for each in naive if each is not None], axis=0)
    assert abs(naive_total[1] - clean.total[1]) > abs(np.mean(totals[:, 1]) - clean.total[1])


def test_errors_hold_design_and_worlds():
    first, total, _, _ = ishigami_indices()
    held = []
    for seed in range(40):
        found = sobol(noisy(saltelli(EACH, 128, seed), 5, seed, paired=False), 3, seed, 99)
        assert found is not None
        for name, truth in (("first", first), ("total", total)):
            ends = found.interval(name)
            held.append((ends[:, 0] <= truth) & (truth <= ends[:, 1]))

    assert np.mean(held) > 0.85


def test_groups_move_together():
    unit = saltelli(np.array([0, 1, 0]), 1024, 5)
    found = sobol(ishigami(unit)[..., None], 2, 1)
    first, _, _, _ = ishigami_indices()

    assert unit.shape == (1024, 6, 3)
    assert found is not None
    assert np.allclose(found.first, [1.0 - first[1], first[1]], atol=0.03)
    assert np.allclose(found.total, found.first, atol=0.05)


def test_missing_values_are_dropped_or_refused_and_never_zeros():
    values = ishigami(saltelli(EACH, 256, 6))[..., None].copy()
    values[3, 2, 0] = np.nan

    found = sobol(values, 3, 1, 20)
    assert found is not None and (found.rows, found.dropped) == (255, 1)
    assert found.total.max() > 0.4

    values[:20] = np.nan
    with pytest.raises(MissingError, match="base points"):
        sobol(values, 3, 1, 20)


def test_an_output_that_no_parameter_changes_has_no_indices():
    unit = saltelli(EACH, 64, 7)
    luck = np.random.default_rng(1).normal(size=5)

    assert sobol(np.full((*unit.shape[:2], 1), 3.0), 3, 1) is None
    assert sobol(np.zeros((*unit.shape[:2], 5)) + luck, 3, 1) is None


def test_a_wrong_layout_is_refused():
    with pytest.raises(ValueError, match="power of two"):
        saltelli(EACH, 100, 1)
    with pytest.raises(ValueError, match="take 5 or 8 points"):
        sobol(np.zeros((4, 7, 1)), 3, 1)


def test_with_one_world_it_agrees_with_salib():
    analyze = pytest.importorskip("SALib.analyze.sobol")
    sample = pytest.importorskip("SALib.sample.sobol")
    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0, 1]] * 3}
    unit = sample.sample(problem, 512, calc_second_order=True, seed=1)
    theirs = analyze.analyze(problem, ishigami(unit), calc_second_order=True, seed=1)
    ours = sobol(ishigami(unit).reshape(512, 8, 1), 3, 1, 5)

    assert ours is not None and ours.second is not None
    assert np.allclose(ours.first, theirs["S1"], atol=0.02)
    assert np.allclose(ours.total, theirs["ST"], atol=0.02)
    assert ours.second[0, 2] == pytest.approx(theirs["S2"][0][2], abs=0.03)
