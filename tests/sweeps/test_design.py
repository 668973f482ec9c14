from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from tests.sweeps.small import varied
from wbsim.chance.priors import quantile
from wbsim.errors import InputError, Problem
from wbsim.sweeps.design import (
    KINDS,
    SAMPLED,
    Sampling,
    default_points,
    design_of,
    notices_of,
    size_of,
    unit_points,
)
from wbsim.sweeps.value import LEAVE
from wbsim.tables.parameters import PARAMETERS, elements


def refused(kind: str, *texts: str, sampling: Sampling | None = None) -> Problem:
    with pytest.raises(InputError) as caught:
        design_of(varied(*texts), kind, sampling or Sampling())
    (problem,) = caught.value.problems
    return problem


def test_a_grid_has_all_combinations_the_last_key_fastest() -> None:
    design = design_of(varied("forum.quorum=3,4", "forum.rule=consensus,all-but-one"))
    assert (design.kind, design.keys) == ("grid", ("forum.quorum", "forum.rule"))
    assert design.points == ((3, "consensus"), (3, "all-but-one"), (4, "consensus"), (4, "all-but-one"))


def test_one_at_a_time_begins_with_the_scenario_as_it_is() -> None:
    design = design_of(varied("forum.quorum=3,4", "loss_weight=2"), "one-at-a-time")
    assert design.points == ((LEAVE, LEAVE), (3, LEAVE), (4, LEAVE), (LEAVE, 2.0))


def test_a_list_takes_values_side_by_side() -> None:
    design = design_of(varied("forum.quorum=3,4,4", "loss_weight=2,2,3"), "list")
    assert design.points == ((3, 2.0), (4, 2.0), (4, 3.0))
    problem = refused("list", "forum.quorum=3,4", "loss_weight=2")
    assert "forum.quorum has 2, loss_weight has 1" in problem.message


def test_large_grids_are_refused_with_their_count() -> None:
    problem = refused("grid", "loss_weight=1:3:1000", "influence=0:0.1:101")
    assert problem.message == "has 101000 points; at most 100000 are allowed"
    assert size_of("grid", varied("loss_weight=1:3:1000", "influence=0:0.1:100")) == 100_000
    assert "has 102000 points" in refused("saltelli", "loss_weight", sampling=Sampling(points=34_000)).message


@pytest.mark.parametrize("kind", SAMPLED)
def test_sampled_designs_have_as_many_points_as_their_layout(kind: str) -> None:
    vary = varied("loss_weight", "influence=prior", "forum.rule")
    for sampling in (Sampling(), Sampling(points=8, second_order=True)):
        design = design_of(vary, kind, sampling)
        assert len(design.points) == size_of(kind, vary, sampling) == len(unit_points(kind, 3, sampling))
    assert len(design_of(vary, "morris", Sampling(points=5)).points) == 20
    assert len(design_of(vary, "saltelli", Sampling(points=4)).points) == 20
    assert len(design_of(vary, "sobol", Sampling(points=100)).points) == 100


def test_defaults_grow_with_the_number_of_keys() -> None:
    assert [default_points("sobol", keys) for keys in (1, 6, 7, 12, 13, 100)] == [64, 64, 128, 128, 256, 1024]
    assert default_points("morris", 9) == 20
    assert default_points("saltelli", 9) == 128


def test_what_can_be_counted_gets_equal_shares() -> None:
    vary = varied(
        "forum.quorum=2:6", "forum.start=2023-01:2023-04", "forum.rule", "forum.members=ALB+SRB,ALB+MKD", "source",
        "forum.meetings_per_year=1:4", "forum.dialogue=0,1,2,3",
    )  # fmt: skip
    design = design_of(vary, "latin-hypercube", Sampling(points=600))
    counts = [Counter(column) for column in zip(*design.points, strict=True)]
    assert [set(each.values()) for each in counts] == [{120}, {150}, {200}, {300}, {300}, {150}, {150}]
    assert set(counts[0]) == {2, 3, 4, 5, 6}
    assert set(counts[1]) == {"2023-01", "2023-02", "2023-03", "2023-04"}
    assert set(counts[5]) == {1.0, 2.0, 3.0, 4.0}


def test_numbers_fill_their_range_on_its_scale() -> None:
    design = design_of(
        varied("forum.dialogue=0:3", "iisg-results.funds=2:200:log"), "sobol", Sampling(points=256)
    )
    dialogue, funds = np.array(design.points).T
    assert 0.0 <= dialogue.min() < 0.05 and 2.95 < dialogue.max() <= 3.0
    assert np.isclose(np.median(dialogue), 1.5, atol=0.02)
    assert np.isclose(np.median(funds), 20.0, rtol=0.02)


def test_a_prior_is_drawn_through_its_quantiles_with_the_centre_of_the_element() -> None:
    parameter = PARAMETERS["threat_level"]
    key = elements(parameter)[2]
    assert parameter.centres is not None and len(set(parameter.centres)) > 1
    design = design_of(varied(key), "latin-hypercube", Sampling(points=64, seed=4))
    u = unit_points("latin-hypercube", 1, Sampling(points=64, seed=4))[:, 0]
    expected = quantile(parameter.prior, parameter.low, parameter.high, u, parameter.centres[2])
    assert np.allclose([point[0] for point in design.points], expected)  # type: ignore[misc]
    other = quantile(parameter.prior, parameter.low, parameter.high, u, parameter.centres[3])
    assert not np.allclose(expected, other)


def test_morris_reaches_the_ends_of_ranges_but_not_of_priors() -> None:
    design = design_of(varied("forum.dialogue=0:3", "loss_weight"), "morris", Sampling(points=50))
    assert {point[0] for point in design.points} == {0.0, 1.0, 2.0, 3.0}
    parameter = PARAMETERS["loss_weight"]
    eighths = quantile(parameter.prior, parameter.low, parameter.high, np.array([1, 3, 5, 7]) / 8)
    assert np.allclose(sorted({point[1] for point in design.points}), eighths)  # type: ignore[type-var]


@pytest.mark.parametrize("levels", [2, 4, 6])
def test_every_step_of_morris_moves_what_has_two_or_three_choices(levels: int) -> None:
    vary = varied("forum.rule", "variants.trust_rule", "forum.quorum=2:6")
    points = design_of(vary, "morris", Sampling(points=30, levels=levels)).points
    for number in range(0, len(points), 4):
        for before, after in zip(points[number : number + 3], points[number + 1 : number + 4], strict=True):
            assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


def test_the_seed_alone_decides_a_design() -> None:
    vary = varied("loss_weight", "forum.rule")
    for kind in SAMPLED:
        assert design_of(vary, kind, Sampling(8)) == design_of(vary, kind, Sampling(8))
        assert design_of(vary, kind, Sampling(8)) != design_of(vary, kind, Sampling(8, seed=2))
    assert len({design_of(vary, kind, Sampling(8)).points[:3] for kind in SAMPLED}) == 4


def test_a_number_of_points_that_is_no_power_of_two_is_said_to_cost() -> None:
    assert "64 or 128 spread evenly" in notices_of("sobol", 2, Sampling(100))[0]
    assert "base points" in notices_of("saltelli", 2, Sampling(3))[0]
    assert notices_of("sobol", 2, Sampling(128)) == notices_of("latin-hypercube", 2, Sampling(100)) == ()


@pytest.mark.parametrize(
    ("kind", "texts", "sampling", "words"),
    [
        ("grids", ["loss_weight=1,2"], Sampling(), "must be one of grid, one-at-a-time"),
        ("grid", ["loss_weight"], Sampling(), "the prior has no values"),
        ("list", ["forum.dialogue=0:3"], Sampling(), "a range without a count has no values"),
        ("grid", ["loss_weight=1,2,1"], Sampling(), "names 1 a second time"),
        ("morris", ["loss_weight"], Sampling(levels=5), "must be an even number"),
        ("morris", ["loss_weight"], Sampling(levels=0), "must be between 2 and 64"),
        ("sobol", ["loss_weight"], Sampling(points=0), "must be between 1 and 100000 points"),
        ("sobol", ["loss_weight"], Sampling(seed=-1), "must be between 0 and"),
    ],
)
def test_what_does_not_fit_is_refused(kind: str, texts: list[str], sampling: Sampling, words: str) -> None:
    assert words in refused(kind, *texts, sampling=sampling).message


def test_nothing_varied_is_refused() -> None:
    for kind in KINDS:
        with pytest.raises(InputError, match="varies nothing"):
            design_of((), kind)
