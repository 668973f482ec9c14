from __future__ import annotations

import numpy as np
import pytest

from tests.statistics.discovery.planted import INSIDE, OUTSIDE, cases, corner, numbers, planted
from wbsim.statistics.discovery.discover import Discovery, Search, discover, halves
from wbsim.statistics.discovery.inputs import Inputs, Worlds

FEW = Search(resamples=5)
PRIM = Search(methods=("prim",), resamples=5)


def searched(rule, seed: int, worlds: int = 800, count: int = 10, search: Search = FEW) -> Discovery:
    inputs, which = planted(worlds, seed, rule, count)
    return discover(inputs, which, seed=seed, fresh=planted(worlds, seed + 1000, rule, count), search=search)


def test_both_methods_find_a_planted_box_and_it_holds_in_fresh_worlds():
    found = searched(corner, 1)

    first, grown = (
        next(each for each in found.found if each.method == method) for method in ("prim", "tree")
    )
    for each in (first, grown):
        assert each.box.places == (0, 1) and each.retest.holds
        assert each.retest.inside.share == pytest.approx(INSIDE, abs=0.1)
        assert each.retest.elsewhere.share == pytest.approx(OUTSIDE, abs=0.06)
    # Nothing is left once the box is gone.
    assert {each.number for each in found.holding} == {1}


def test_without_a_signal_boxes_of_the_search_do_not_hold():
    """At most one search in twenty may claim something: of 12, more than 3 would happen once in 400 times."""
    runs = []
    for seed in range(12):
        inputs, fresh = numbers(300, seed, 30), numbers(300, seed + 500, 30)
        which, others = (cases(np.zeros(300, bool), s, low=0.3) for s in (seed, seed + 500))
        runs.append(discover(inputs, which, seed=seed, fresh=(fresh, others), search=Search(resamples=1)))

    assert sum(bool(each.holding) for each in runs) <= 3
    # PRIM overfits: the search itself is sure of its boxes.
    boasted = [each.found[0] for each in runs if each.found]
    assert np.mean([each.searched.density for each in boasted]) > 0.4
    assert np.mean([each.retest.inside.share for each in boasted]) == pytest.approx(0.3, abs=0.06)
    assert all(each.retest.inside.low < 0.36 for each in boasted)


def test_two_disjoint_boxes_are_found_one_after_the_other():
    def two(values: np.ndarray) -> Worlds:
        return (values[0] > 0.7) & (values[1] > 0.5) | (values[2] < 0.2)

    found = searched(two, 2, 1500, search=PRIM)

    assert {each.box.places for each in found.holding} == {(0, 1), (2,)}
    first, second = found.holding
    inputs, _ = planted(1500, 2, two)
    both = first.box.inside(inputs.values) & second.box.inside(inputs.values)
    left = second.box.inside(inputs.values) & ~first.box.inside(inputs.values)
    assert both.any() and second.searched.held == left.sum()


def test_without_fresh_worlds_one_half_is_searched_and_the_other_counted():
    inputs, which = planted(1600, 3)

    alone = discover(inputs, which, seed=3, search=PRIM)
    half = halves(1600)
    apart = discover(
        inputs.worlds(half), which[half], seed=3, fresh=(inputs.worlds(~half), which[~half]), search=PRIM
    )

    assert alone == apart
    assert alone.base.worlds == alone.fresh_base.worlds == 800


def test_many_inputs_are_screened_and_boxes_still_name_the_inputs_that_were_given():
    def rule(values: np.ndarray) -> Worlds:
        return (values[150] > 0.6) & (values[33] < 0.5)

    found = searched(rule, 4, 800, 200)

    assert found.screened.screened
    assert found.holding[0].box.places == (33, 150)
    assert all(place in found.screened.kept for step in found.trajectory for place in step.box.places)
    assert found.reproducibility is not None
    assert len(found.reproducibility.restricted) == len(found.screened.kept)


def test_resamples_restrict_the_planted_inputs_nearly_always():
    found = searched(corner, 5, search=Search(methods=("prim",), resamples=20))

    again = found.reproducibility
    assert again is not None and again.nothing == 0.0
    assert min(again.restricted[0], again.restricted[1]) >= 0.9
    assert max(again.restricted[2:]) <= 0.5
    assert again.density is not None and again.density.median == pytest.approx(INSIDE, abs=0.12)


def test_the_same_seed_gives_the_same_discovery():
    assert searched(corner, 6, 400) == searched(corner, 6, 400)


def test_too_few_cases_or_others_are_refused():
    inputs = numbers(200, 7)
    which = np.arange(200) < 19

    for some in (which, ~which):
        with pytest.raises(ValueError, match="19 worlds of the rarer kind"):
            discover(inputs, some, seed=1, fresh=(inputs, some))


def test_shapes_and_values_are_checked():
    inputs = numbers(100, 8)

    with pytest.raises(ValueError, match="for each of 100 worlds"):
        discover(inputs, np.ones(99, bool), seed=1)
    with pytest.raises(ValueError, match="same inputs"):
        discover(inputs, np.ones(100, bool), seed=1, fresh=(numbers(100, 8, 3), np.ones(100, bool)))
    with pytest.raises(ValueError, match="finite"):
        Inputs(inputs.inputs, np.full((10, 5), np.nan))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_tree_names_categories_and_is_not_moved_by_a_monotone_transform(seed: int):
    pytest.importorskip("sklearn")
    from wbsim.statistics.discovery.tree import tree

    inputs, which = planted(800, seed)
    values = np.vstack([inputs.values, np.random.default_rng(seed).integers(0, 3, 800)])
    which = which | ((values[-1] == 2) & (values[4] > 0.5))
    categorical = np.arange(11) == 10

    boxes = tree(values, which, categorical, 1, 3)
    moved = tree(np.vstack([np.exp(3 * values[:-1]), values[-1]]), which, categorical, 1, 3)

    assert {10} <= {place for box in boxes for place in box.places}
    assert all(len(box.places) <= 3 for box in boxes)
    for box, other in zip(boxes, moved, strict=True):
        changed = np.vstack([np.exp(3 * values[:-1]), values[-1]])
        np.testing.assert_array_equal(box.inside(values), other.inside(changed))


def test_the_tree_of_noise_is_pruned_to_its_root():
    pytest.importorskip("sklearn")
    from wbsim.statistics.discovery.tree import tree

    empty = 0
    for seed in range(10):
        inputs = numbers(400, seed, 10)
        empty += (
            tree(inputs.values, cases(np.zeros(400, bool), seed, low=0.3), inputs.categorical, seed, 3) == ()
        )
    assert empty >= 8
