"""A toy with the structure of the calibration: shares from parameters through a probit link, with ridges.

Forty figures in four surveys from D parameters, of which the last 40 % hardly matter; pairs of parameters enter as
products, which makes ridges. The simulator counts finite agents, 2,000 by default.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from tests.inference.plain import plain
from wbsim.inference.multinomial import logit
from wbsim.inference.observation import Spread, observation_error

FIGURES = 40
SURVEYS = 4


@dataclass(frozen=True)
class Toy:
    """Weights of the toy: `base` (K,), `weights` (K, D), `pairs` (P, 2) and `products` (K, P)."""

    base: np.ndarray
    weights: np.ndarray
    pairs: np.ndarray
    products: np.ndarray
    agents: int

    @property
    def dimension(self):
        return self.weights.shape[1]

    def share(self, points):
        """Exact shares (n, K) at points (n, D) with standard normal coordinates."""
        unit = 2 * ndtr(points) - 1
        product = unit[:, self.pairs[:, 0]] * unit[:, self.pairs[:, 1]]
        return ndtr(self.base + unit @ self.weights.T + product @ self.products.T)

    def logits(self, points):
        return logit(self.share(points))

    def simulate(self, points, generator):
        """Logits (n, K) of what a finite number of agents says."""
        counts = generator.binomial(self.agents, self.share(points))
        return logit((counts + 0.5) / (self.agents + 1))

    def agent_noise(self, share):
        """Variance (K,) of the logits by finite agents."""
        return 1.0 / (self.agents * share * (1 - share))

    def observe(self, truth, generator):
        """Published logits (K,) at a true point (D,), with every error, variances at the true shares."""
        share = self.share(truth[None])[0]
        root = np.linalg.cholesky(self.covariance(share) + np.diag(self.agent_noise(share)))
        return logit(share) + root @ generator.standard_normal(FIGURES)

    def covariance(self, share):
        """Observation covariance (K, K) at shares (K,), without the noise of agents."""
        count = np.arange(FIGURES)
        figures = plain(share, survey=count % SURVEYS)
        return observation_error(figures, Spread(discrepancy=0.0)).gamma()


def make_toy(dimension, seed=0, agents=2000):
    """The toy in `dimension` parameters."""
    generator = np.random.default_rng(seed)
    strong = dimension - int(0.4 * dimension)
    weights = generator.standard_normal((FIGURES, dimension)) * (
        generator.uniform(size=(FIGURES, dimension)) < 0.4
    )
    weights[:, strong:] *= 0.015
    weights /= np.sqrt(0.5 * np.sum(weights**2, axis=1, keepdims=True) + 0.3)
    pairs = np.stack([generator.permutation(strong)[: strong // 2], np.arange(strong // 2)], axis=1)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    products = 0.5 * generator.standard_normal((FIGURES, len(pairs)))
    return Toy(0.4 * generator.standard_normal(FIGURES), weights, pairs, products, agents)
