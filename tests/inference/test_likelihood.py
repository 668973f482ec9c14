import numpy as np
import pytest

from wbsim.inference.likelihood import gaussian_likelihood, log_density


def test_the_factored_likelihood_is_the_density_of_the_residuals():
    generator = np.random.default_rng(3)
    root = generator.standard_normal((4, 4))
    covariance = root @ root.T + np.eye(4)
    observed = generator.standard_normal(4)
    predicted = generator.standard_normal((7, 4))

    likelihood = gaussian_likelihood(observed, covariance)
    assert likelihood(predicted) == pytest.approx(log_density(predicted - observed, covariance))


def test_a_covariance_that_is_none_is_refused():
    with pytest.raises(np.linalg.LinAlgError):
        gaussian_likelihood(np.zeros(2), np.array([[1.0, 2.0], [2.0, 1.0]]))
