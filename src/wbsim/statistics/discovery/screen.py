"""Which of many inputs a search looks among, decided in the searched worlds alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wbsim.statistics.discovery.inputs import Inputs
from wbsim.statistics.ranks import standard_ranks

Values = NDArray[np.float64]
Worlds = NDArray[np.bool_]

#: Inputs that a search looks among at most; up to so many are not screened (assumed: beyond it PRIM follows noise).
MOST_KEPT = 40
#: Chance at which an input that tells nothing passes by one of the two measures (assumed: lenient, so that inputs which
#: matter only together get in), permutations, and the rank correlation from which two inputs are one (assumed).
ALARM, PERMUTATIONS, SAME = 0.05, 199, 0.95


@dataclass(frozen=True, slots=True)
class Screened:
    """What was kept of `tried` inputs: `kept` are places, the strongest first where inputs were screened.

    `strength` (of each kept) is the larger of two ratios: absolute rank correlation with the cases, and distance of the
    input's distribution in cases from that in others (Kolmogorov-Smirnov; for categories total variation), each over
    what it reaches by chance in one of twenty permutations. Gone are inputs that are `same` in all worlds, `weak` ones
    with a strength below 1, `doubles` that follow a stronger kept one (pairs of places: double, kept), and what is
    `beyond` the most that are kept. `screened` says whether strength decided.
    """

    tried: int
    kept: tuple[int, ...]
    strength: tuple[float, ...]
    same: tuple[int, ...]
    weak: tuple[int, ...]
    doubles: tuple[tuple[int, int], ...]
    beyond: tuple[int, ...]
    screened: bool


def screen(inputs: Inputs, cases: Worlds, seed: int, most: int = MOST_KEPT) -> Screened:
    """Screen the inputs in the searched worlds; with at most `most` inputs that differ, all of these are kept."""
    tried = len(inputs.inputs)
    varies = np.array([float(np.ptp(row)) > 0.0 for row in inputs.values], dtype=bool)
    same = tuple(np.flatnonzero(~varies).tolist())
    differing = np.flatnonzero(varies)
    if differing.size == 0:
        return Screened(tried, (), (), same, (), (), (), False)
    strength = _strength(inputs.rows(differing.tolist()), cases, seed)
    order = np.argsort(-strength, kind="stable")
    if differing.size <= most:
        kept = differing.tolist()
        return Screened(tried, tuple(kept), tuple(strength.tolist()), same, (), (), (), False)
    strong = [int(place) for place in order if strength[place] > 1.0]
    weak = [int(place) for place in order if strength[place] <= 1.0]
    kept_rows, doubles = _single(strong, inputs.rows(differing.tolist()))
    return Screened(
        tried,
        tuple(int(differing[place]) for place in kept_rows[:most]),
        tuple(float(strength[place]) for place in kept_rows[:most]),
        same,
        tuple(int(differing[place]) for place in weak),
        tuple((int(differing[a]), int(differing[b])) for a, b in doubles),
        tuple(int(differing[place]) for place in kept_rows[most:]),
        True,
    )


def _single(places: list[int], inputs: Inputs) -> tuple[list[int], list[tuple[int, int]]]:
    """Places without those whose ranks follow those of an earlier one, and these with the one that they follow."""
    categorical = inputs.categorical
    ranks = standard_ranks(inputs.values)
    kept, doubles = list[int](), list[tuple[int, int]]()
    for place in places:
        close = (
            []
            if categorical[place]
            else [
                other
                for other in kept
                if not categorical[other] and abs(float(ranks[place] @ ranks[other])) > SAME
            ]
        )
        if close:
            doubles.append((place, close[0]))
        else:
            kept.append(place)
    return kept, doubles


def _strength(inputs: Inputs, cases: Worlds, seed: int) -> Values:
    """Larger of both measures of each input over their 95 % points among permuted worlds; 0 without both kinds."""
    if cases.all() or not cases.any():
        return np.zeros(len(inputs.inputs))
    generator = np.random.default_rng([seed, cases.size, len(inputs.inputs)])
    measure = _Measure(inputs)
    found = measure(cases)
    chance = np.array([measure(generator.permutation(cases)) for _ in range(PERMUTATIONS)])
    limit = np.sort(chance, axis=0)[int(np.ceil((1.0 - ALARM) * (PERMUTATIONS + 1))) - 1]
    ratios = np.divide(found, limit, out=np.zeros(found.shape), where=limit > 1e-12)
    return np.asarray(np.round(ratios.max(axis=0), 9))


class _Measure:
    """Both measures of inputs for any cases: what doesn't depend on the cases is worked out once."""

    def __init__(self, inputs: Inputs) -> None:
        values = inputs.values
        categorical = inputs.categorical
        self.ranks = standard_ranks(values)
        self.ranks[categorical] = 0.0
        self.order = np.argsort(values, axis=1, kind="stable")
        ordered = np.take_along_axis(values, self.order, axis=1)
        # A distribution function steps after the last of equal values.
        last = np.ones(values.shape, dtype=bool)
        last[:, :-1] = ordered[:, 1:] > ordered[:, :-1]
        self.last = last
        self.categories = [(int(place), _masks(values[place])) for place in np.flatnonzero(categorical)]

    def __call__(self, cases: Worlds) -> Values:
        """(2, inputs): absolute rank correlation (0 for categories), and distance of the two distributions."""
        weight = np.where(cases, 1.0 / cases.sum(), -1.0 / (~cases).sum())
        target = standard_ranks(cases[None, :].astype(np.float64))[0]
        rho = np.abs(self.ranks @ target)
        distance = np.max(np.abs(np.cumsum(weight[self.order], axis=1)) * self.last, axis=1)
        for place, masks in self.categories:
            distance[place] = 0.5 * np.abs(masks @ weight).sum()
        return np.array([rho, distance])


def _masks(row: Values) -> Values:
    return np.array([(row == code).astype(np.float64) for code in np.unique(row)])
