"""The whole chain: where the posterior is known, on the toy, and under simulation-based calibration in the small."""

import numpy as np
import pytest

from tests.inference.toy import make_toy
from wbsim.inference import chain, sbc, smc
from wbsim.inference.likelihood import gaussian_likelihood


def logistic(values):
    return 1 / (1 + np.exp(-values))


def linear_case():
    """Matrix, observed, covariance and the noise of a linear simulator; exact posterior mean and covariance."""
    generator = np.random.default_rng(31)
    matrix, observed, noise = generator.standard_normal((6, 3)), generator.standard_normal(6), 0.3
    covariance = np.eye(6)
    precision = np.eye(3) + matrix.T @ matrix / (1 + noise**2)
    posterior = np.linalg.inv(precision)
    return matrix, observed, covariance, noise, posterior @ matrix.T @ observed / (1 + noise**2), posterior


def test_a_noisy_linear_simulator_gets_its_exact_posterior():
    matrix, observed, covariance, noise, mean, posterior = linear_case()
    generator = np.random.default_rng(1)
    steps = []

    def forward(points, step):
        steps.append(step)
        return points @ matrix.T + noise * generator.standard_normal((len(points), 6))

    settings = chain.Settings(members=1000, sampling=smc.Settings(particles=4000))
    found = chain.calibrate(forward, 3, observed, covariance, generator, settings)

    sd = np.sqrt(np.diag(posterior))
    rows = found.rounds[-1].rows
    # Four errors of 4,000 draws, and of outputs with an error of about noise * sqrt(10 features / rows).
    allowed = 4 * (1.1 / np.sqrt(4000) + noise * np.sqrt(10 / rows))
    assert np.all(np.abs(found.draws.mean(axis=0) - mean) < allowed * sd)
    assert found.draws.std(axis=0) == pytest.approx(sd, rel=4 / np.sqrt(8000) + 0.02)
    assert found.emulator.residual_variance == pytest.approx([noise**2] * 6, rel=4 * np.sqrt(2 / 1000) + 0.02)
    assert found.rounds[-1].share_of_error == pytest.approx(found.emulator.residual_variance)
    assert found.settled
    assert steps == list(range(8 + len(found.rounds)))  # fresh seeds: no step comes twice
    assert found.rounds[0].shift is None
    assert found.rounds[-1].shift.mean() < 0.1


def test_levels_are_integrated_out_and_drawn_back():
    """The same linear problem, one coordinate sampled and two of its three integrated out: the same posterior."""
    matrix, observed, covariance, noise, mean, posterior = linear_case()
    generator = np.random.default_rng(3)

    def forward(points, step):
        return points @ matrix.T + noise * generator.standard_normal((len(points), 6))

    settings = chain.Settings(members=1000, levels=[2, 0], sampling=smc.Settings(particles=4000))
    found = chain.calibrate(forward, 3, observed, covariance, generator, settings)

    sd = np.sqrt(np.diag(posterior))
    allowed = 4 * (1.1 / np.sqrt(4000) + noise * np.sqrt(10 / found.rounds[-1].rows))
    assert found.rounds[-1].posterior.draws.shape == (4000, 1)
    assert np.all(np.abs(found.draws.mean(axis=0) - mean) < allowed * sd)
    expected = posterior / np.outer(sd, sd)
    assert np.cov(found.draws.T) / np.outer(sd, sd) == pytest.approx(
        expected, abs=4 * np.sqrt(2 / 4000) + 0.03
    )


def test_errors_may_depend_on_what_the_model_says():
    matrix, observed, covariance, *_ = linear_case()
    asked = []

    def errors(outputs):
        asked.append(outputs)
        return covariance

    settings = chain.Settings(members=300, refits=1, settled=0.0, sampling=smc.Settings(particles=500))
    found = chain.calibrate(
        lambda points, step: points @ matrix.T, 3, observed, errors, np.random.default_rng(1), settings
    )

    assert np.array_equal(asked[0], observed)
    assert len(asked) == 3
    # At posterior draws the model says, on average, what it says at their mean: the simulator is linear.
    assert asked[-1] == pytest.approx(matrix @ found.rounds[0].draws[:, :].mean(axis=0), abs=0.2)


def test_held_out_errors_are_those_of_the_wave_to_come():
    matrix, observed, covariance, *_ = linear_case()

    def forward(points, step):
        return points @ matrix.T + (1.0 if step == 8 else 0.0)  # the simulator has changed since

    settings = chain.Settings(members=500, refits=0, sampling=smc.Settings(particles=500))
    found = chain.calibrate(forward, 3, observed, covariance, np.random.default_rng(1), settings)

    assert found.rounds[0].held_out.bias == pytest.approx([-1.0] * 6, abs=0.01)
    assert found.rounds[0].held_out.rows == 500
    assert not found.settled


def test_runs_that_fail_are_counted_and_left_out():
    matrix, observed, covariance, *_ = linear_case()

    def forward(points, step):
        outputs = points @ matrix.T
        if step == 8:
            outputs[:7] = np.nan
        return outputs

    settings = chain.Settings(members=300, refits=0, sampling=smc.Settings(particles=500))
    found = chain.calibrate(forward, 3, observed, covariance, np.random.default_rng(1), settings)

    assert found.rounds[0].failed == 7
    assert found.rounds[0].rows == 5 * 300 + 293
    assert np.isfinite(found.draws).all()


def test_the_toy_is_recovered_as_an_exact_likelihood_would():
    toy = make_toy(10)
    generator = np.random.default_rng(5)
    observed = toy.observe(generator.standard_normal(10), generator)
    share = logistic(observed)
    covariance = toy.covariance(share)
    exact = gaussian_likelihood(observed, covariance + np.diag(toy.agent_noise(share)))
    reference = smc.sample(lambda z: exact(toy.logits(z)), 10, np.random.default_rng(6)).draws

    settings = chain.Settings(members=1000, refits=1, sampling=smc.Settings(particles=2000))
    found = chain.calibrate(
        lambda points, step: toy.simulate(points, generator), 10, observed, covariance, generator, settings
    )

    sd = reference.std(axis=0)
    error = np.abs(found.draws.mean(axis=0) - reference.mean(axis=0)) / sd
    # Measured over seeds in docs/inference.md: 0.05 on average; ES-MDA alone has 0.1 and more.
    assert error.mean() < 0.1
    assert error.max() < 0.3
    assert np.exp(np.mean(np.log(found.draws.std(axis=0) / sd))) == pytest.approx(1.0, abs=0.06)


def test_simulation_based_calibration_in_the_small():
    """Twenty-five toys in eight parameters; 200 and more are in docs/inference.md."""
    toy = make_toy(8)

    def replicate(generator):
        truth = generator.standard_normal(8)
        observed = toy.observe(truth, generator)
        settings = chain.Settings(members=400, refits=0, sampling=smc.Settings(particles=500))
        found = chain.calibrate(
            lambda points, step: toy.simulate(points, generator),
            8,
            observed,
            toy.covariance(logistic(observed)),
            generator,
            settings,
        )
        return truth, found.draws

    found = sbc.calibrate(replicate, 25, np.random.default_rng(2))

    assert abs(found.coverage_90.value - 0.9) < 4 * np.sqrt(0.09 / 200)
    assert abs(found.coverage_50.value - 0.5) < 4 * np.sqrt(0.25 / 200)
    assert abs(found.sd_of_z - 1) < 4 / np.sqrt(2 * 200)
    # Two of eight outside their 95 % bands would have a chance of 6 %, three of 0.6 %.
    assert found.outside_band.sum() <= 2
