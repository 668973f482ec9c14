"""A classification tree, pruned by cross-validation, whose leaves with many cases are boxes (Breiman et al. 1984)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from wbsim.errors import InputError, Problem
from wbsim.statistics.discovery.box import Box, Restriction, box_of
from wbsim.statistics.discovery.figures import figures_of
from wbsim.statistics.discovery.prim import Patience

Values = NDArray[np.float64]
Worlds = NDArray[np.bool_]

#: Parts of the worlds for cross-validation (ten: customary), and depth up to which the tree grows before it is pruned
#: (assumed: deeper paths could not be told in three inputs).
FOLDS, DEPTH = 10, 6


def tree(
    values: Values, cases: Worlds, categorical: Worlds, seed: int, most: int, patience: Patience | None = None
) -> tuple[Box, ...]:
    """Up to `most` boxes, the one that correlates most with the cases first; none where the tree is pruned to its root.

    The cost of complexity is the largest within one standard error of the best in cross-validation (Brier score). A
    leaf whose path takes more than the allowed inputs is told by the deepest node above it that doesn't. InputError
    where scikit-learn is missing.
    """
    patience = patience or Patience()
    if min(int(cases.sum()), int((~cases).sum())) < FOLDS or not len(values):
        return ()
    columns, meaning = _columns(values, categorical)
    grown = _pruned(columns, cases, seed, patience.smallest(cases.size))
    found = list[Box]()
    for parts in _paths(grown.tree_, meaning, values, patience.dimensions):
        box = box_of(parts)
        figures = figures_of(box.inside(values), cases)
        if box.restrictions and figures.correlation > 0 and box not in found:
            found.append(box)
    found.sort(key=lambda box: -figures_of(box.inside(values), cases).correlation)
    apart = list[Box]()
    for box in found:
        inside = box.inside(values)
        if not any((inside & other.inside(values)).any() for other in apart):
            apart.append(box)
    return tuple(apart[:most])


_Meaning = tuple[int, int | None]


def _columns(values: Values, categorical: Worlds) -> tuple[Values, tuple[_Meaning, ...]]:
    """What the tree splits: dense ranks of numbers, so that only order counts, and a column for each category.

    The second says for each column the input and, for a category, the code whose worlds are 1.
    """
    rows, meaning = list[Values](), list[_Meaning]()
    for place, row in enumerate(values):
        if categorical[place]:
            for code in np.unique(row):
                rows.append((row == code).astype(np.float64))
                meaning.append((place, int(code)))
        else:
            rows.append(np.unique(row, return_inverse=True)[1].reshape(-1).astype(np.float64))
            meaning.append((place, None))
    return np.array(rows).T, tuple(meaning)


def _pruned(columns: Values, cases: Worlds, seed: int, smallest: int) -> Any:
    """The pruned tree. Ties between splits fall by a fixed seed."""
    try:
        from sklearn.model_selection import StratifiedKFold
        from sklearn.tree import DecisionTreeClassifier
    except ImportError:
        raise InputError(
            Problem(
                "a classification tree needs scikit-learn, which is not installed",
                key="--method",
                suggestion='pip install "wbsim[analysis]", or use --method prim',
            )
        ) from None

    def grow(cost: float) -> Any:
        return DecisionTreeClassifier(
            max_depth=DEPTH, min_samples_leaf=smallest, ccp_alpha=cost, random_state=seed % 2**32
        )

    costs = grow(0.0).cost_complexity_pruning_path(columns, cases).ccp_alphas
    # The geometric middle of two costs stands for the tree between them.
    costs = np.unique(
        [*np.sqrt(np.maximum(costs[:-1], 0.0) * np.maximum(costs[1:], 0.0)).tolist(), costs[-1]]
    )
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed % 2**32)
    scores = np.empty((costs.size, FOLDS))
    for fold, (learn, test) in enumerate(folds.split(columns, cases)):
        for number, cost in enumerate(costs):
            model = grow(cost).fit(columns[learn], cases[learn])
            said = model.predict_proba(columns[test])[:, list(model.classes_).index(True)]
            scores[number, fold] = np.mean((said - cases[test]) ** 2)
    means = scores.mean(axis=1)
    best = int(np.argmin(means))
    limit = means[best] + scores[best].std(ddof=1) / np.sqrt(FOLDS)
    cost = costs[np.flatnonzero(means <= limit).max()]
    return grow(float(cost)).fit(columns, cases)


def _paths(
    grown: Any, meaning: tuple[_Meaning, ...], values: Values, dimensions: int
) -> list[tuple[Restriction, ...]]:
    """The bounds on the way to each leaf, cut off where they would take another input too many."""
    found = list[tuple[Restriction, ...]]()

    def walk(node: int, parts: tuple[Restriction, ...]) -> None:
        left, right = int(grown.children_left[node]), int(grown.children_right[node])
        if left == right:
            found.append(parts)
            return
        place, code = meaning[int(grown.feature[node])]
        if len({part.place for part in parts} | {place}) > dimensions:
            found.append(parts)
            return
        low, high = _split(values[place], code, float(grown.threshold[node]), place)
        walk(left, (*parts, low))
        walk(right, (*parts, high))

    walk(0, ())
    return found


def _split(row: Values, code: int | None, threshold: float, place: int) -> tuple[Restriction, Restriction]:
    """What holds on the left and on the right of a split, in the input's own values."""
    levels = np.unique(row)
    if code is not None:
        others = tuple(int(each) for each in levels if each != code)
        return Restriction(place, kept=others), Restriction(place, kept=(code,))
    last = int(np.floor(threshold))
    return Restriction(place, high=float(levels[last])), Restriction(place, low=float(levels[last + 1]))
