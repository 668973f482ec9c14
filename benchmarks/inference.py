"""How well the inference recovers what is known, on the toy of the tests: the numbers of docs/inference.md.

    PYTHONPATH=src:. python benchmarks/inference.py accuracy            against exact likelihoods, by seeds
    PYTHONPATH=src:. python benchmarks/inference.py levels              140 figures, 100 levels integrated out
    PYTHONPATH=src:. python benchmarks/inference.py sbc 30 emulator 120  simulation-based calibration

One thread is enough: OPENBLAS_NUM_THREADS=1.
"""

from __future__ import annotations

import sys
import time

import numpy as np
from scipy.stats import wasserstein_distance

from tests.inference.toy import make_toy
from wbsim.inference import chain, ensemble_sampler, sbc, smc
from wbsim.inference.contraction import contraction
from wbsim.inference.esmda import assimilate
from wbsim.inference.fourier import fit_fourier
from wbsim.inference.held_out import compare
from wbsim.inference.likelihood import gaussian_likelihood

SEEDS = (1, 2, 3)


class Problem:
    """Published figures of a toy from a known point, and their exact likelihood."""

    def __init__(self, toy, truth, generator):
        self.toy = toy
        self.observed = toy.observe(truth, generator)
        share = 1 / (1 + np.exp(-self.observed))
        self.covariance = toy.covariance(share)
        self.exact = gaussian_likelihood(self.observed, self.covariance + np.diag(toy.agent_noise(share)))

    def log_likelihood(self, points):
        return self.exact(self.toy.logits(points))

    def by_smc(self, generator, particles=4000, rounds=1):
        return smc.sample(
            self.log_likelihood,
            self.toy.dimension,
            generator,
            smc.Settings(particles=particles, rounds=rounds),
        )

    def by_smoother(self, generator, members=2000, steps=8):
        start = generator.standard_normal((members, self.toy.dimension))
        forward = self.forward(generator)
        return assimilate(forward, start, self.observed, self.covariance, generator, (float(steps),) * steps)

    def by_emulator(self, generator, **settings):
        forward = self.forward(generator)
        options = chain.Settings(**settings)
        return chain.calibrate(
            forward, self.toy.dimension, self.observed, self.covariance, generator, options
        )

    def forward(self, generator):
        return lambda members, step: self.toy.simulate(members, generator)


def errors(draws, reference):
    """Errors in sd of the reference: of the means, mean and largest; ratio of sd; Wasserstein distance."""
    sd = reference.std(axis=0)
    mean = np.abs(draws.mean(axis=0) - reference.mean(axis=0)) / sd
    ratio = np.exp(np.mean(np.log(draws.std(axis=0) / sd)))
    far = np.mean([wasserstein_distance(a, b) / s for a, b, s in zip(draws.T, reference.T, sd, strict=True)])
    return np.array([mean.mean(), mean.max(), ratio, far])


def between(many, reference):
    """Differences between runs in sd of the reference, identified coordinates: mean, and the largest of all pairs."""
    identified, sd = contraction(reference).identified, reference.std(axis=0)
    means = [draws.mean(axis=0)[identified] / sd[identified] for draws in many]
    gaps = [np.abs(a - b) for place, a in enumerate(means) for b in means[:place]]
    return float(np.mean(gaps)), float(np.max(gaps))


def accuracy():
    for dimension in (10, 15, 30):
        generator = np.random.default_rng(100 + dimension)
        problem = Problem(make_toy(dimension), generator.standard_normal(dimension), generator)
        reference = problem.by_smc(np.random.default_rng(999), 8000, rounds=2).draws
        labels = contraction(reference).labels
        print(
            f"D = {dimension}: " + ", ".join(f"{labels.count(each)} {each}" for each in sorted(set(labels)))
        )
        for name, way in ways(problem).items():
            start = time.perf_counter()
            many = [way(np.random.default_rng(seed)) for seed in SEEDS]
            seconds = (time.perf_counter() - start) / len(SEEDS)
            mean, largest, ratio, far = np.mean([errors(draws, reference) for draws in many], axis=0)
            gap = between(many, reference)
            print(
                f"| {name} | {seconds:.1f} | {mean:.3f} | {largest:.3f} | {ratio:.3f} | {far:.3f} |"
                f" {gap[0]:.3f} | {gap[1]:.3f} |",
                flush=True,
            )
        families(problem)


def ways(problem):
    """Draws by each way, from a generator."""
    return {
        "exact SMC, 2,000": lambda g: problem.by_smc(g, 2000).draws,
        "exact SMC, 4,000": lambda g: problem.by_smc(g, 4000).draws,
        "exact SMC, 8,000": lambda g: problem.by_smc(g, 8000).draws,
        "exact DE-MCzs, 40 x 5,000": lambda g: by_chains(problem, g),
        "ES-MDA 2,000 x 8": lambda g: problem.by_smoother(g).members,
        "chain, 1,000 a wave": lambda g: problem.by_emulator(g, members=1000, refits=1, settled=0).draws,
        "chain, 2,000 a wave": lambda g: problem.by_emulator(g, members=2000, refits=1, settled=0).draws,
        "chain, 4,000 a wave": lambda g: problem.by_emulator(g, members=4000, refits=1, settled=0).draws,
    }


def by_chains(problem, generator):
    start = generator.standard_normal((max(100, 5 * problem.toy.dimension), problem.toy.dimension))
    found = ensemble_sampler.sample_chains(
        problem.log_likelihood, start, generator, ensemble_sampler.Settings(generations=6000, burn=1000)
    )
    print(f"  R-hat {found.convergence.r_hat.max():.3f}, bulk {found.convergence.bulk.min():.0f}", flush=True)
    return found.flat


def families(problem):
    """Held-out error of both families of emulators against the exact outputs, in sd of the noise of agents."""
    generator = np.random.default_rng(7)
    fitted = problem.by_emulator(generator, members=2000, refits=0)
    waves = [*fitted.assimilation.waves[-5:]]
    points = np.concatenate([wave.members for wave in waves])
    outputs = np.concatenate([wave.outputs for wave in waves])
    new = fitted.draws[:2000]
    noise = problem.toy.agent_noise(problem.toy.share(new).mean(axis=0))
    for name, emulator in (
        ("quadratic", chain.fit_quadratic(points, outputs)),
        ("with Fourier features", fit_fourier(points, outputs, generator)),
    ):
        start = time.perf_counter()
        error = compare(emulator.predict(new), problem.toy.logits(new))
        milliseconds = 1000 * (time.perf_counter() - start)
        share = float(np.mean(error.variance / noise))
        print(
            f"  {name}: error variance {share:.3f} of agents' noise; 2,000 predictions {milliseconds:.0f} ms"
        )


def levels():
    """Fifteen coordinates through four toys, a hundred levels that enter linearly, 140 figures, two seeds."""
    generator = np.random.default_rng(5)
    toys = [make_toy(15, seed=seed) for seed in range(4)]
    loads = 0.4 * generator.standard_normal((140, 100)) * (generator.uniform(size=(140, 100)) < 0.05)

    def exact(points):
        return np.concatenate([toy.logits(points) for toy in toys], axis=1)[:, :140]

    def simulate(points, chance):
        outputs = exact(points[:, :15]) + points[:, 15:] @ loads.T
        return outputs + 0.05 * chance.standard_normal(outputs.shape)

    truth = generator.standard_normal((1, 115))
    covariance = 0.03 * np.eye(140)
    observed = (exact(truth[:, :15]) + truth[:, 15:] @ loads.T)[0] + np.sqrt(
        0.03
    ) * generator.standard_normal(140)
    known = gaussian_likelihood(observed, covariance + 0.05**2 * np.eye(140) + loads @ loads.T)
    reference = smc.sample(lambda z: known(exact(z)), 15, np.random.default_rng(9), smc.Settings(8000)).draws
    many = []
    for seed in SEEDS:
        start, chance = time.perf_counter(), np.random.default_rng(seed)
        found = chain.calibrate(
            lambda z, step, chance=chance: simulate(z, chance),
            115,
            observed,
            covariance,
            chance,
            chain.Settings(levels=range(15, 115)),
        )
        many.append(found.draws)
        print(
            f"{time.perf_counter() - start:.1f} s, rounds {len(found.rounds)}, settled {found.settled},"
            f" error, largest, sd, W1 {errors(found.draws[:, :15], reference).round(3)}",
            flush=True,
        )
    gap = between(many, many[0])
    print(f"{contraction(many[0]).identified.sum()} identified; between runs {gap[0]:.3f}, {gap[1]:.3f}")


def calibration(dimension, way, count):
    toy = make_toy(dimension)

    def replicate(generator):
        truth = generator.standard_normal(dimension)
        problem = Problem(toy, truth, generator)
        if way == "exact":
            return truth, problem.by_smc(generator, 1500).draws
        if way == "smoother":
            return truth, problem.by_smoother(generator, 1000).members
        sampling = smc.Settings(particles=1500)
        if way == "emulator-at-model":
            problem.covariance = lambda outputs: toy.covariance(1 / (1 + np.exp(-outputs)))
        return truth, problem.by_emulator(
            generator, members=1000, refits=1, settled=0, sampling=sampling
        ).draws

    start = time.perf_counter()
    found = sbc.calibrate(replicate, count, np.random.default_rng(2022))
    seconds = (time.perf_counter() - start) / count
    print(
        f"D = {dimension}, {way}, {count} replicates, {seconds:.2f} s each:"
        f" 90 % {found.coverage_90.value:.3f} +- {found.coverage_90.error:.3f},"
        f" 50 % {found.coverage_50.value:.3f} +- {found.coverage_50.error:.3f}, sd of z {found.sd_of_z:.3f},"
        f" outside band {found.outside_band.sum()} of {dimension}, least p {found.chi_square_p.min():.4f}",
        flush=True,
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["accuracy"]:
        accuracy()
    elif sys.argv[1:2] == ["levels"]:
        levels()
    elif sys.argv[1:2] == ["sbc"] and len(sys.argv) == 5:
        calibration(int(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
    else:
        sys.exit(__doc__)
