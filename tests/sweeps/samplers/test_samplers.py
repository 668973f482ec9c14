from __future__ import annotations

import numpy as np
import pytest
from SALib.sample import morris as salib_morris

from wbsim.sweeps.samplers.latin_hypercube import latin_hypercube
from wbsim.sweeps.samplers.morris import morris, step
from wbsim.sweeps.samplers.saltelli import saltelli
from wbsim.sweeps.samplers.sobol import sobol


def test_a_latin_hypercube_has_one_point_in_each_share_of_each_dimension() -> None:
    points = latin_hypercube(50, 7, seed=3)
    shares = np.sort(np.floor(points * 50).astype(int), axis=0)
    assert (shares == np.arange(50)[:, None]).all()


def test_a_sobol_sequence_fills_every_half_quarter_and_eighth_evenly() -> None:
    points = sobol(64, 5, seed=3)
    for parts in (2, 4, 8, 64):
        for column in (points * parts).astype(int).T:
            assert (np.bincount(column, minlength=parts) == 64 // parts).all()
    # Independent points do not, so that this can fail.
    assert len(set((np.random.default_rng(1).random(64) * 64).astype(int))) < 64


@pytest.mark.parametrize("base", [1, 3, 8, 20])
@pytest.mark.parametrize("second_order", [False, True])
def test_a_saltelli_design_takes_one_column_from_the_other_half(base: int, second_order: bool) -> None:
    d = 4
    groups = saltelli(base, d, seed=5, second_order=second_order).reshape(base, -1, d)
    assert groups.shape[1] == (2 * d + 2 if second_order else d + 2)
    a, b = groups[:, 0], groups[:, -1]
    for column in range(d):
        others = np.arange(d) != column
        ab = groups[:, 1 + column]
        assert (ab[:, column] == b[:, column]).all() and (ab[:, others] == a[:, others]).all()
        if second_order:
            ba = groups[:, 1 + d + column]
            assert (ba[:, column] == a[:, column]).all() and (ba[:, others] == b[:, others]).all()


def test_indices_of_a_known_function_come_out_of_a_saltelli_design() -> None:
    # Ishigami & Homma 1990 with a = 7, b = 0.1: first-order indices 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437.
    from SALib.analyze import sobol as salib_sobol

    x = (saltelli(1024, 3, seed=1) * 2.0 - 1.0) * np.pi
    y = np.sin(x[:, 0]) + 7.0 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[-np.pi, np.pi]] * 3}
    found = salib_sobol.analyze(problem, y, calc_second_order=False, seed=1)
    assert np.allclose(found["S1"], [0.3139, 0.4424, 0.0], atol=0.03)
    assert np.allclose(found["ST"], [0.5576, 0.4424, 0.2437], atol=0.03)


@pytest.mark.parametrize("levels", [2, 4, 8])
def test_a_trajectory_moves_each_dimension_once_by_one_step(levels: int) -> None:
    r, d = 40, 6
    points = morris(r, d, levels, seed=2)
    assert points.shape == (r * (d + 1), d)
    places = points * (levels - 1)
    assert np.allclose(places, np.round(places)) and points.min() == 0.0 and points.max() == 1.0
    moves = np.diff(points.reshape(r, d + 1, d), axis=1)
    moved = np.abs(moves) > 1e-12
    assert (moved.sum(axis=2) == 1).all() and (moved.sum(axis=1) == 1).all()
    assert np.allclose(np.abs(moves[moved]), step(levels))
    orders = {tuple(each.argmax(axis=1)) for each in moved}
    assert len(orders) > r // 2
    assert 0.35 < (moves[moved] > 0).mean() < 0.65


def test_every_place_of_a_trajectory_is_as_likely() -> None:
    points = morris(2000, 3, 4, seed=1).reshape(2000, 4, 3)[:, 0]
    counts = np.array([(np.round(points * 3) == place).mean() for place in range(4)])
    # Standard error of a share of a quarter among 6,000: 0.0056; four of them.
    assert np.allclose(counts, 0.25, atol=0.0225)


def test_trajectories_have_the_layout_of_salib() -> None:
    from SALib.analyze import morris as analyze

    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0.0, 1.0]] * 3}
    theirs = salib_morris.sample(problem, 5, num_levels=4, seed=1)
    ours = morris(5, 3, 4, seed=1)
    assert ours.shape == theirs.shape
    found = analyze.analyze(problem, ours, ours @ np.array([1.0, -2.0, 0.0]), num_levels=4)
    assert np.allclose(found["mu"], [1.0, -2.0, 0.0])
    assert np.allclose(found["sigma"], 0.0, atol=1e-12)


@pytest.mark.parametrize(
    "draw",
    [
        lambda n, seed: latin_hypercube(n, 3, seed),
        lambda n, seed: sobol(n, 3, seed),
        lambda n, seed: morris(n, 3, 4, seed),
        lambda n, seed: saltelli(n, 3, seed),
    ],
)
def test_the_seed_alone_decides(draw) -> None:  # type: ignore[no-untyped-def]
    first = draw(16, 1)
    assert (draw(16, 1) == first).all()
    assert not (draw(16, 2) == first).all()
    assert (first >= 0.0).all() and (first <= 1.0).all()


@pytest.mark.parametrize(
    "draw", [lambda n: sobol(n, 3, 1), lambda n: morris(n, 3, 4, 1), lambda n: saltelli(n, 3, 1)]
)
def test_a_larger_design_begins_with_the_smaller(draw) -> None:  # type: ignore[no-untyped-def]
    small, large = draw(10), draw(33)
    assert (large[: len(small)] == small).all()
