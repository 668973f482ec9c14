"""Emulators: quadratics are recovered, noise is estimated, errors are those of rows left out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wbsim.inference.emulator import features, fit_quadratic, whiten
from wbsim.inference.fourier import fit_fourier
from wbsim.inference.held_out import compare, fold_error, newest_wave_error
from wbsim.inference.ridge import fit_ridge


def bowl(points):
    """Two quadratic outputs of three coordinates."""
    x, y, z = points.T
    return np.stack([1 + 2 * x - y + 0.5 * x * y + z**2, 3 * z - x**2], axis=1)


def slopes(points):
    x, y, z = points.T
    zero = np.zeros_like(x)
    return np.stack(
        [np.stack([2 + 0.5 * y, -1 + 0.5 * x, 2 * z], axis=1), np.stack([-2 * x, zero, zero + 3], axis=1)],
        axis=1,
    )


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.05, 3.0), st.floats(-2.0, 2.0))
def test_a_quadratic_is_recovered_wherever_the_points_lie(seed, scale, shift):
    generator = np.random.default_rng(seed)
    mixing = np.eye(3) + 0.5 * np.tril(generator.standard_normal((3, 3)), -1)
    points = shift + scale * generator.standard_normal((200, 3)) @ mixing.T
    emulator = fit_quadratic(points, bowl(points))

    new = shift + scale * generator.standard_normal((20, 3)) @ mixing.T
    spread = bowl(points).std(axis=0)
    assert np.all(np.abs(emulator.predict(new) - bowl(new)) < 1e-3 * spread)
    assert np.all(np.abs(emulator.sensitivity(new) - slopes(new)) < 2e-3 * spread[:, None] / scale)


def test_sensitivity_is_the_derivative_of_what_is_predicted():
    generator = np.random.default_rng(3)
    points = generator.standard_normal((300, 4))
    emulator = fit_quadratic(points, np.sin(points @ generator.standard_normal((4, 2))), curved=[2, 0])
    at, step = points[:5], 1e-5

    for place, coordinate in enumerate([3, 0]):
        move = step * np.eye(4)[coordinate]
        numeric = (emulator.predict(at + move) - emulator.predict(at - move)) / (2 * step)
        assert emulator.sensitivity(at, [3, 0])[:, :, place] == pytest.approx(numeric, abs=1e-6)


def test_coordinates_that_are_not_curved_enter_linearly():
    points = np.random.default_rng(4).standard_normal((500, 6))
    emulator = fit_quadratic(points, points[:, :1] ** 2 + points[:, 3:4], curved=[0, 1])

    assert emulator.coefficients.shape[0] == 1 + 6 + 2 + 1
    assert emulator.predict(points) == pytest.approx(points[:, :1] ** 2 + points[:, 3:4], abs=1e-2)


def test_features_of_normal_points_are_orthonormal():
    u = np.random.default_rng(5).standard_normal((200_000, 3))
    moments = features(u, 3).T @ features(u, 3) / len(u)

    # Variances of products of features are at most about 20.
    assert np.all(np.abs(moments - np.eye(10)) < 4.5 * np.sqrt(20 / len(u)))


def test_simulator_noise_is_estimated_with_its_correlation():
    generator = np.random.default_rng(6)
    points = generator.standard_normal((4000, 3))
    covariance = np.array([[0.04, 0.01], [0.01, 0.09]])
    noise = generator.standard_normal((4000, 2)) @ np.linalg.cholesky(covariance).T
    emulator = fit_quadratic(points, bowl(points) + noise)

    sd = np.sqrt(np.diag(covariance))
    # The error of ten coefficients adds 10 / 4000.
    assert np.all(
        np.abs(emulator.residual_covariance - covariance)
        < (4 * np.sqrt(2 / 4000) + 0.0025) * np.outer(sd, sd)
    )
    assert emulator.residual_variance == pytest.approx(np.diag(emulator.residual_covariance))


def test_left_out_residuals_are_those_of_a_fit_without_the_row():
    generator = np.random.default_rng(7)
    design = np.column_stack([np.ones(30), generator.standard_normal((30, 4))])
    outputs = generator.standard_normal((30, 2)) + design[:, 1:3]
    weights = generator.uniform(0.5, 2.0, 30)
    ridge = fit_ridge(design, outputs, weights)

    scaled = weights / weights.mean()
    for row in (0, 13):
        others = np.delete(np.arange(30), row)
        for output in range(2):
            penalty = np.diag([0.0] + [ridge.strength[output]] * 4)
            # The ridge shrinks towards the weighted mean of the features: the same centring as in the whole fit.
            centre = np.average(design[:, 1:], axis=0, weights=scaled)
            centred = np.column_stack([np.ones(30), design[:, 1:] - centre])
            kept = centred[others] * scaled[others, None]
            solved = np.linalg.solve(kept.T @ centred[others] + penalty, kept.T @ outputs[others, output])
            assert ridge.left_out[row, output] == pytest.approx(outputs[row, output] - centred[row] @ solved)


def test_pure_noise_is_shrunk_and_signal_is_not():
    generator = np.random.default_rng(8)
    design = np.column_stack([np.ones(400), generator.standard_normal((400, 50))])
    outputs = np.column_stack([generator.standard_normal(400), 10 * design[:, 1]])
    ridge = fit_ridge(design, outputs)

    assert ridge.freedom[0] < 30
    assert ridge.coefficients[1, 1] == pytest.approx(10, abs=1e-2)


def test_random_features_learn_what_a_quadratic_cannot():
    generator = np.random.default_rng(9)
    points = generator.standard_normal((2000, 2))
    outputs = np.tanh(3 * points[:, :1])
    new = generator.standard_normal((500, 2))
    quadratic = compare(fit_quadratic(points, outputs).predict(new), np.tanh(3 * new[:, :1]))
    fourier = fit_fourier(points, outputs, np.random.default_rng(1))
    found = compare(fourier.predict(new), np.tanh(3 * new[:, :1]))

    assert found.variance[0] < 0.2 * quadratic.variance[0]
    assert fourier.residual_variance[0] == pytest.approx(found.variance[0], rel=0.5)


def test_random_features_leave_a_noisy_quadratic_about_as_good_as_it_was():
    generator = np.random.default_rng(10)
    points = generator.standard_normal((1500, 3))
    outputs = bowl(points) + 0.3 * generator.standard_normal((1500, 2))
    new = generator.standard_normal((500, 3))
    plain = compare(fit_quadratic(points, outputs).predict(new), bowl(new)).variance
    fourier = compare(fit_fourier(points, outputs, np.random.default_rng(1)).predict(new), bowl(new)).variance

    # Beside a noise variance of 0.09 that enters every likelihood.
    assert np.all(fourier < plain + 0.01)


def test_held_out_error_is_computed_on_rows_the_fit_never_saw():
    class Memory:
        """Knows the rows it was fitted to, and says 100 elsewhere."""

        residual_covariance = np.zeros((1, 1))

        def __init__(self, points, outputs):
            self.known = {float(p[0]): float(o[0]) for p, o in zip(points, outputs, strict=True)}

        def predict(self, points):
            return np.array([[self.known.get(float(p[0]), 100.0)] for p in points])

    points, outputs = np.arange(10.0)[:, None], np.zeros((10, 1))
    assert fold_error(Memory, points, outputs, np.random.default_rng(1)).variance.tolist() == [10_000.0]
    newest = newest_wave_error(Memory, [(points, outputs), (points + 100, outputs + 99)])
    assert (newest.bias.tolist(), newest.rows) == ([1.0], 10)
    with pytest.raises(ValueError, match="there are 1"):
        newest_wave_error(Memory, [(points, outputs)])


def test_a_coordinate_that_never_varies_is_named():
    points = np.random.default_rng(1).standard_normal((20, 3))
    points[:, 1] = 2.0
    with pytest.raises(ValueError, match=r"never vary: \[1\]"):
        whiten(points)


def test_products_that_do_not_matter_are_shrunk_harder_than_slopes():
    """Thirty slopes matter and 465 squares and products do not: they cost hardly any noise."""
    generator = np.random.default_rng(12)
    points, slope = generator.standard_normal((3000, 30)), generator.standard_normal(30)
    emulator = fit_quadratic(points, points @ slope[:, None] + generator.standard_normal((3000, 1)))
    new = generator.standard_normal((2000, 30))
    error = compare(emulator.predict(new), new @ slope[:, None]).variance[0]

    assert emulator.freedom[0] < 100
    # Slopes alone would leave 31 / 3000 of the noise, all features together 496 / 3000.
    assert error < 2 * 31 / 3000


def test_a_product_that_matters_is_not_shrunk_away():
    generator = np.random.default_rng(13)
    points = generator.standard_normal((2000, 10))
    truth = (points[:, :1] + points[:, 1:2] * points[:, 2:3]).copy()
    emulator = fit_quadratic(points, truth + 0.5 * generator.standard_normal((2000, 1)))

    assert compare(emulator.predict(points), truth).variance[0] < 0.25 * 66 / 2000
