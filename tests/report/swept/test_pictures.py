"""What is drawn for which design."""

from __future__ import annotations

import pytest

from wbsim.report.swept.pictures import MOST_CURVES, Picture, pictures_of

TWO, THREE = ("status-quo", "forum"), ("status-quo", "forum", "both")


def kinds(
    design: str, keys: tuple[str, ...], scenarios: tuple[str, ...] = TWO
) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.kind, each.keys) for each in pictures_of(design, keys, scenarios, "status-quo")]


def test_one_key_gives_what_policies_change_and_levels():
    assert kinds("grid", ("a",)) == [("changes", ("a",)), ("levels", ("a",))]


def test_a_grid_of_two_keys_begins_with_a_map_for_each_policy():
    found = pictures_of("grid", ("a", "b"), THREE, "status-quo")
    assert found[:2] == (Picture("map", ("a", "b"), "forum"), Picture("map", ("a", "b"), "both"))


def test_which_is_best_is_asked_from_two_policies_on():
    assert ("best", ("a",)) in kinds("grid", ("a",), THREE)
    assert ("best", ("a", "b")) in kinds("grid", ("a", "b"), THREE)
    assert not [kind for kind, _ in kinds("grid", ("a", "b")) if kind.startswith("best")]


def test_sampled_points_are_scattered():
    assert kinds("sobol", ("a", "b"), THREE)[:3] == [
        ("points", ("a", "b")), ("points", ("a", "b")), ("best-points", ("a", "b"))
    ]  # fmt: skip


@pytest.mark.parametrize("design", ["morris", "saltelli", "one-at-a-time"])
def test_designs_on_few_places_give_curves_alone(design: str):
    assert {kind for kind, _ in kinds(design, ("a", "b"))} == {"changes", "levels"}


def test_only_the_keys_that_matter_most_get_curves():
    found = kinds("grid", ("a", "b", "c", "d", "e"))
    assert {keys for kind, keys in found if kind == "changes"} == {(key,) for key in "abcde"[:MOST_CURVES]}


def test_a_list_of_two_keys_runs_along_its_points():
    assert kinds("list", ("a", "b")) == [("changes", ("point",)), ("levels", ("point",))]


def test_without_a_baseline_levels_are_all_there_is():
    found = pictures_of("grid", ("a", "b"), ("forum",), None)
    assert [each.kind for each in found] == ["map", "levels", "levels"] and found[0].scenario == "forum"


def test_nothing_moves_nothing_is_drawn():
    assert kinds("grid", ()) == []
