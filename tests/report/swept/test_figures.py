"""Pictures and sentences of a sweep whose answer is known: cooperation rises up to five meetings, by 0.01 each."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from matplotlib.collections import FillBetweenPolyCollection
from matplotlib.figure import Figure as MatplotlibFigure
from matplotlib.patches import Rectangle

from tests.report.swept.tiny import MEETINGS, sweep_of
from wbsim.report.figure import Figure
from wbsim.report.swept.content import content_of, figures_of
from wbsim.report.swept.draw_cells import UNDECIDED, WITHIN, Cells, draw_cells, scale_of
from wbsim.report.swept.material import material_of
from wbsim.report.swept.words import finding
from wbsim.sweeps.opened import Sweep
from wbsim.tables.outcomes import OUTCOMES


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    return sweep_of(tmp_path_factory.mktemp("line") / "a", ("forum.meetings_per_year",), MEETINGS)


@pytest.fixture(scope="module")
def grid(tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    points = tuple((n, d) for n in (0.0, 2.0, 5.0) for d in (0.0, 1.0, 2.0))
    keys = ("forum.meetings_per_year", "forum.dialogue")
    scenarios = ("status-quo", "forum", "both")
    return sweep_of(tmp_path_factory.mktemp("grid") / "a", keys, points, scenarios=scenarios)


def axes_of(figure: Figure):
    ax = MatplotlibFigure().add_subplot()
    figure.draw(ax)
    return ax


def figure(sweep: Sweep, name: str) -> Figure:
    return next(each for each in figures_of(sweep) if each.name == name)


def test_the_sentence_says_how_far_it_rises_and_where_it_stops(line: Sweep):
    text = finding(material_of(line, "cooperation"))

    assert "rises by 0.04" in text
    assert "from +0.010 at forum.meetings_per_year = 1 to +0.051 at forum.meetings_per_year = 12" in text
    assert "beyond 5 no further change is told" in text
    assert "within the margin" not in text and "at no point" not in text


def test_what_is_the_same_everywhere_is_said_to_be(line: Sweep):
    text = finding(material_of(line, "war_worry"))
    assert "lower is better" in text and "the same at every point, \N{MINUS SIGN}1.00 on average" in text


def test_a_curve_shows_both_intervals_and_names_its_axes(line: Sweep):
    found = figure(line, "cooperation-changes-forum.meetings_per_year")
    ax = axes_of(found)

    assert ax.get_xlabel() == "Western Balkans Security Forum: meetings a year"
    assert " ".join(ax.get_ylabel().split()) == "Cooperation index, change (index 0-1)"
    assert "forum" in {text.get_text() for text in ax.texts}
    bands = [each for each in ax.collections if isinstance(each, FillBetweenPolyCollection)]
    heights = [float(np.ptp(band.get_paths()[0].vertices[:, 1])) for band in bands]
    assert len(bands) == 2 and heights[0] > heights[1]
    assert [row[1] for row in found.shown.rows] == ["1", "3", "5", "8", "12"]
    summary = line.summary.differences["cooperation"]
    np.testing.assert_allclose([row[4] for row in found.shown.rows], summary.mean[:, 1])
    np.testing.assert_allclose([row[7] for row in found.shown.rows], summary.mcse[:, 1])


def test_the_baseline_is_grey_and_has_the_wide_band(line: Sweep):
    ax = axes_of(figure(line, "cooperation-levels-forum.meetings_per_year"))
    colours = {text.get_text(): text.get_color() for text in ax.texts}
    assert colours == {"status-quo": "#6b6b6b", "forum": "#0072B2"}


def test_a_map_writes_its_numbers_and_hatches_what_is_undecided(grid: Sweep):
    ax = axes_of(figure(grid, "cooperation-map-forum.meetings_per_year-forum.dialogue-forum"))
    texts = {text.get_text() for text in ax.texts}
    hatched = [
        patch for patch in ax.patches if isinstance(patch, Rectangle) and patch.get_hatch() == UNDECIDED
    ]

    assert {"+0.020", "+0.102"} <= texts or {"+0.020", "+0.101"} <= texts
    assert sum(patch.get_width() for patch in hatched) == 5  # no meetings, or no dialogue
    assert ax.get_legend().get_texts()[0].get_text() == "undecided"


def test_the_two_keys_are_those_that_matter_and_colours_are_centred_at_zero():
    mean = np.array([[0.001, -0.01], [0.03, np.nan]])
    outcome = OUTCOMES["cooperation"]
    scale, colours = scale_of(outcome, mean, compared=True)
    assert (scale.vmin, scale.vmax, colours) == (-0.03, 0.03, "PuOr")
    scale, colours = scale_of(OUTCOMES["war_worry"], mean, compared=True)
    assert (scale.vmin, scale.vmax, colours) == (-1.0, 1.0, "PuOr_r")  # never narrower than the margin


def test_what_is_told_from_zero_and_too_small_to_matter_is_dotted():
    cells = Cells(
        OUTCOMES["cooperation"], ("a", "b"), (("1", "2"), ("x",)),
        np.array([[0.01, 0.05]]), np.array([[0.001, 0.001]]), True, "change",
    )  # fmt: skip
    ax = MatplotlibFigure().add_subplot()
    draw_cells(cells, ax)
    dotted = [patch for patch in ax.patches if isinstance(patch, Rectangle) and patch.get_hatch() == WITHIN]
    assert [patch.get_xy() for patch in dotted] == [(0, 0)]


def test_where_scenarios_are_the_same_none_is_best(grid: Sweep):
    found = figure(grid, "cooperation-best-forum.meetings_per_year-forum.dialogue")
    rows = {row[:2]: row for row in found.shown.rows}
    assert rows["0", "1"][3] == "no"
    assert rows["5", "2"][2] in ("forum", "both") and rows["5", "2"][3] == "no"  # forum and both tie
    axes_of(found)


def test_sampled_points_are_drawn_with_crosses_where_undecided(tmp_path: Path):
    random = np.random.default_rng(2)
    points = tuple((float(a), float(b)) for a, b in random.uniform(0.0, 1.0, (30, 2)))
    sweep = sweep_of(tmp_path / "a", ("forum.meetings_per_year", "forum.dialogue"), points, "sobol")
    names = [each.name for each in figures_of(sweep)]
    assert names[0].startswith("cooperation-points-")
    for each in figures_of(sweep, ["cooperation"]):
        axes_of(each)
    found = figure(sweep, "cooperation-changes-forum.dialogue")
    assert sum(int(row[3]) for row in found.shown.rows) == 30


def test_points_with_too_many_failed_worlds_are_withheld(tmp_path: Path):
    sweep = sweep_of(tmp_path / "a", ("forum.meetings_per_year",), MEETINGS, fails=(8.0, 10))
    found = figure(sweep, "cooperation-changes-forum.meetings_per_year")
    assert [row[4] is None for row in found.shown.rows] == [False, False, False, True, False]
    axes_of(found)
    assert "nan" not in finding(material_of(sweep, "cooperation"))


def test_few_failed_worlds_are_left_out_under_every_scenario(tmp_path: Path):
    sweep = sweep_of(tmp_path / "a", ("forum.meetings_per_year",), MEETINGS, fails=(8.0, 1))
    material = material_of(sweep, "cooperation")
    assert np.isnan(material.levels[3, :, 0]).all() and np.isfinite(material.levels[3, :, 1:]).all()
    found = material.curve("forum.meetings_per_year", "forum")
    np.testing.assert_allclose(found.mean, sweep.summary.differences["cooperation"].mean[:, 1])


def test_one_world_can_tell_nothing_apart(tmp_path: Path):
    sweep = sweep_of(tmp_path / "a", ("forum.meetings_per_year",), MEETINGS, worlds=1)
    content = content_of(sweep)
    text = content.parts[0].sentence
    assert "one world cannot tell" in text and "nan" not in text
    for each in content.parts[0].figures:
        axes_of(each)


def test_scenarios_without_a_baseline_show_levels(tmp_path: Path):
    points = tuple((n, d) for n in (0.0, 5.0) for d in (0.0, 1.0))
    keys = ("forum.meetings_per_year", "forum.dialogue")
    sweep = sweep_of(tmp_path / "a", keys, points, scenarios=("forum",))
    for each in figures_of(sweep):
        ax = axes_of(each)
        assert "change" not in ax.get_ylabel()
    assert "under forum it" in finding(material_of(sweep, "cooperation")).lower()


@pytest.mark.parametrize("kind", ["one-at-a-time", "list", "morris"])
def test_other_designs_are_drawn(kind: str, tmp_path: Path):
    points = (((), ()), (1.0, ()), (5.0, ()), ((), 0.0), ((), 1.0)) if kind == "one-at-a-time" else (
        (1.0, 0.0), (2.0, 1.0), (5.0, 2.0)
    )  # fmt: skip
    sweep = sweep_of(tmp_path / "a", ("forum.meetings_per_year", "forum.dialogue"), points, kind)
    content = content_of(sweep)
    assert content.parts[0].figures
    for each in content.parts[0].figures:
        axes_of(each)
    assert "nan" not in content.parts[0].sentence


def test_places_of_a_list_are_drawn_as_bars_side_by_side(tmp_path: Path):
    points = (("consensus",), ("qualified-majority",))
    sweep = sweep_of(tmp_path / "a", ("forum.rule",), points, scenarios=("status-quo", "forum", "both"))
    found = figure(sweep, "cooperation-changes-forum.rule")
    ax = axes_of(found)
    assert [text.get_text() for text in ax.get_xticklabels()] == ["consensus", "qualified-majority"]
    assert "Thin bars: 90 % of worlds" in found.caption and "bands" not in found.caption
    places = [float(line.get_xdata()[0]) for line in ax.lines if line.get_marker() == "o"]
    assert len(places) == 2 and places[0] < 0 < places[1]  # around the first place
