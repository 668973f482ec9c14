"""What groups of inputs explain of an output's variance, from predictions of worlds that were left out.

E[Y | X_S] is what predicts Y best from the inputs S, whether inputs hang together or not. Here it is approximated by a
ridge on smooth curves of ranks (and products of the leading inputs), and judged in worlds that were not used to fit
it. So what it says is explained, is; what it misses (more than so many worlds can show, and interactions beyond pairs
of the leading inputs) is counted as unresolved, never as chance.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from wbsim.statistics.ranks import standard_ranks
from wbsim.statistics.sensitivity.ridge import ridge

Values = NDArray[np.float64]
Mask = NDArray[np.bool_]

#: Parts of the sample, each predicted from the others; inputs kept of a group, and leading inputs whose products are
#: added (assumed: with a few hundred worlds more columns predict worse, not better). An input is kept only if its rank
#: or the square of it is correlated with the output beyond what the largest of its group would be by chance, about
#: sqrt(2 log(number of tries) / worlds) (Donoho & Johnstone 1994).
FOLDS, MOST_OF_GROUP, LEADING = 5, 5, 5


@dataclass(frozen=True, slots=True)
class _Fold:
    """Columns (worlds, C) chosen in the `known` worlds, and the groups, as bits, that each column needs."""

    known: Mask
    columns: Values
    needs: tuple[int, ...]


class Predicted:
    """Predictions of `output` (worlds,) by coalitions of groups of `inputs` (P, worlds); `groups` hold rows of them."""

    def __init__(self, inputs: Values, output: Values, groups: Sequence[Sequence[int]]) -> None:
        self.output = output
        ranks = standard_ranks(inputs)
        part = np.arange(output.size) % FOLDS
        self._folds = [_fold(ranks, output, groups, part != fold) for fold in range(FOLDS)]

    def reduction(self, coalition: int) -> Values:
        """By how much the groups in `coalition` reduce each world's squared error, (worlds,), squared unit of output.

        The mean over worlds is the variance that they explain.
        """
        found = np.zeros(self.output.size)
        if not coalition:
            return found
        for fold in self._folds:
            asked = ~fold.known
            mean = float(self.output[fold.known].mean())
            chosen = [n for n, needs in enumerate(fold.needs) if needs & coalition == needs]
            y = self.output - mean
            x = fold.columns[:, chosen]
            found[asked] = y[asked] ** 2 - (y[asked] - ridge(x[fold.known], y[fold.known], x[asked])) ** 2
        return found


def _fold(ranks: Values, output: Values, groups: Sequence[Sequence[int]], known: Mask) -> _Fold:
    target = standard_ranks(output[known][None, :])[0]
    x = ranks * math.sqrt(ranks.shape[1] / 3.0)
    curved = (3 * x**2 - 1) / 2
    strength = np.maximum(_correlation(x[:, known], target), _correlation(curved[:, known], target))
    kept: list[tuple[int, int]] = []
    for number, members in enumerate(groups):
        by_chance = math.sqrt(2.0 * math.log(4.0 * len(members)) / target.size)
        best = sorted((row for row in members if strength[row] > by_chance), key=lambda row: -strength[row])
        kept += [(row, 1 << number) for row in best[:MOST_OF_GROUP]]
    columns = [x[row] for row, _ in kept] + [curved[row] for row, _ in kept]
    needs = [bit for _, bit in kept] * 2
    leading = sorted(kept, key=lambda each: -strength[each[0]])[:LEADING]
    for (one, first), (other, second) in combinations(leading, 2):
        columns.append(x[one] * x[other])
        needs.append(first | second)
    return _Fold(known, np.array(columns).reshape(len(columns), ranks.shape[1]).T, tuple(needs))


def _correlation(rows: Values, target: Values) -> Values:
    """Absolute correlation of each of `rows` (P, worlds) with `target`, which is centred and of length 1."""
    centred = rows - rows.mean(axis=1, keepdims=True)
    length = np.sqrt(np.sum(centred**2, axis=1))
    found = np.divide(centred @ target, length, out=np.zeros(len(rows)), where=length > 1e-12)
    return np.asarray(np.abs(found))
