"""How wrong an emulator is where it was not fitted: folds, and the newest wave left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.inference.emulator import Emulator

Floats = NDArray[np.float64]

#: Fits points (N, D) and outputs (N, K).
Fit = Callable[[Floats, Floats], Emulator]


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Error of predictions of rows not used in the fit, per output (K,).

    `variance` is the mean squared error, `bias` the mean error (prediction minus output), `explained` the share of
    the rows' variance, one minus error over variance (negative if the mean would have been better), and `rows` how
    many were predicted.
    """

    variance: Floats
    bias: Floats
    explained: Floats
    rows: int


def compare(predicted: Floats, outputs: Floats) -> HeldOut:
    """Errors of `predicted` (n, K) against `outputs` (n, K)."""
    errors = predicted - outputs
    variance = np.mean(errors**2, axis=0)
    spread = np.maximum(np.var(outputs, axis=0), 1e-300)
    return HeldOut(variance, np.mean(errors, axis=0), 1.0 - variance / spread, outputs.shape[0])


def fold_error(
    fit: Fit, points: Floats, outputs: Floats, generator: np.random.Generator, folds: int = 5
) -> HeldOut:
    """Errors when each of `folds` random parts is predicted from the others."""
    count = points.shape[0]
    if not 2 <= folds <= count:
        raise ValueError(f"folds must be 2 to {count}; {folds} were asked for")
    part = generator.permutation(count) % folds
    predicted = np.empty_like(outputs)
    for number in range(folds):
        inside = part == number
        predicted[inside] = fit(points[~inside], outputs[~inside]).predict(points[inside])
    return compare(predicted, outputs)


def newest_wave_error(fit: Fit, waves: Sequence[tuple[Floats, Floats]]) -> HeldOut:
    """Errors in the last of `waves`, each points (n, D) and outputs (n, K), of a fit to those before it."""
    if len(waves) < 2:
        raise ValueError(f"one wave to predict and one to learn from are needed; there are {len(waves)}")
    points = np.concatenate([wave[0] for wave in waves[:-1]])
    outputs = np.concatenate([wave[1] for wave in waves[:-1]])
    return compare(fit(points, outputs).predict(waves[-1][0]), waves[-1][1])
