"""Recovering known parameters, with the structure of the figures that are really fitted (Talts et al. 2018)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from wbsim.calibration.events import event_keys
from wbsim.calibration.sbc import Replicate, of_events, publish, through_emulator
from wbsim.calibration.settings import SMALL
from wbsim.calibration.space import Surface, space
from wbsim.calibration.targets import Expected, targets
from wbsim.inference.emulator import fit_quadratic
from wbsim.inference.sbc import Calibration, recover, summarise
from wbsim.instruments.figure import fitted
from wbsim.instruments.load import load_catalogue, load_figures, load_rates

AIM = targets(fitted(load_figures()), load_catalogue())
#: Figures that are no part of a pick-one question: for them the errors are exactly those that inference assumes.
SINGLE = AIM.take(AIM.table.question < 0)
QUICK = replace(SMALL, particles=600, draws=300)


def surface() -> Surface:
    """A surface that is linear but for noise: there the inference is exact."""
    where, generator = space(), np.random.default_rng(1)
    z = generator.standard_normal((500, len(where.keys)))
    slopes = generator.normal(0.0, 0.08, (len(where.keys), len(SINGLE.figures)))
    logits = z @ slopes + generator.normal(0.0, 0.1, (500, len(SINGLE.figures)))
    return Surface(where, fit_quadratic(z, logits, where.dynamic))


def over(replicate: Replicate, count: int) -> Calibration:
    generator = np.random.default_rng(2)
    return summarise([recover(replicate, each) for each in generator.spawn(count)], generator)


@pytest.fixture(scope="module")
def replicate() -> Replicate:
    return through_emulator(surface(), SINGLE, QUICK)


def test_known_parameters_are_recovered_and_overconfidence_is_noticed(replicate: Replicate) -> None:
    def sure(generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        truth, draws = replicate(generator)
        centre = draws.mean(axis=0)
        return truth, centre + 0.5 * (draws - centre)

    honest = over(replicate, 12)
    assert abs(honest.coverage_90.value - 0.9) < max(4.0 * honest.coverage_90.error, 0.03)
    assert over(sure, 12).coverage_90.value < 0.75


def test_what_is_published_is_rounded_open_and_scatters_by_the_errors() -> None:
    generator = np.random.default_rng(3)
    said = np.zeros((1, len(AIM.figures)))
    shares = np.array([publish(said, AIM, QUICK, generator)[0].table.share for _ in range(200)])
    assert shares.min() > 0.0 and shares.max() < 1.0
    alone = np.flatnonzero((AIM.table.question < 0) & ~AIM.levelled)
    spread = np.log(shares / (1.0 - shares))[:, alone].std(axis=0)
    half = AIM.open(np.full(len(AIM.figures), 0.5))
    expected = np.sqrt(np.diag(AIM.error(QUICK.errors, Expected(half, half)).total()))[alone]
    assert np.allclose(spread, expected, rtol=0.25)
    for rows in AIM.table.groups():
        assert (shares[:, rows].sum(axis=1) < 1.0).all()


def test_rates_of_crises_are_recovered() -> None:
    """Counts that follow the rates as a free run's do, without running one."""
    rates, keys, generator = list(load_rates()), event_keys(), np.random.default_rng(4)
    z = generator.standard_normal((1500, len(keys)))
    counts = np.zeros((1500, len(rates)))
    for subject in dict.fromkeys(rate.subject for rate in rates):
        rows = sorted(
            (n for n, r in enumerate(rates) if r.subject == subject), key=lambda n: rates[n].minimum_severity
        )
        column = next(n for n, key in enumerate(keys) if key.endswith(f".{subject}"))
        left = generator.poisson(4.0 * np.exp(0.7 * z[:, column]))
        for row, place in zip(
            rows, (None, keys.index("escalation_two"), keys.index("escalation_three")), strict=True
        ):
            if place is not None:
                left = generator.binomial(left, 1.0 / (1.0 + np.exp(-0.7 * z[:, place])))
            counts[:, row] = left
    found = over(of_events(rates, z, counts, QUICK), 25)
    assert abs(found.coverage_90.value - 0.9) < max(4.0 * found.coverage_90.error, 0.03)
