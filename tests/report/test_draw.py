from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest

import wbsim
from tests.experiments import fake_model
from tests.experiments.fake_model import scenario
from wbsim.errors import InputError
from wbsim.experiments.fans import difference_fan, level_fan
from wbsim.report.draw import spread
from wbsim.report.palette import styles

mpl.use("agg")


@pytest.fixture(scope="module")
def comparison() -> wbsim.Comparison:
    return wbsim.compare(
        scenario(), scenario("forum", "forum"), worlds=30, workers=1, simulate=fake_model.simulate
    )


def test_a_fan_is_mean_and_quantiles_of_the_stored_months(comparison: wbsim.Comparison):
    fan = level_fan(comparison.experiment, comparison.table(), "forum", "cooperation")
    values = comparison.to_xarray().regional.sel(scenario="forum", outcome="cooperation").values.astype(float)

    np.testing.assert_allclose(fan.mean, values.mean(axis=0))
    np.testing.assert_allclose(fan.high, np.quantile(values, 0.95, axis=0))


def test_counts_are_summed_up_from_the_policies_start(comparison: wbsim.Comparison):
    fan = difference_fan(comparison.experiment, comparison.table(), "forum", "crises_severe")

    assert (fan.mean[:24] == 0).all()
    np.testing.assert_allclose(fan.mean[24:], 0.1 * np.arange(1, 25), atol=1e-5)


def test_failed_worlds_are_in_no_fan():
    settings = {"worlds": 30, "workers": 1, "simulate": fake_model.world_3_is_not_finite}
    comparison = wbsim.compare(scenario(), scenario("forum", "forum"), **settings)  # type: ignore[arg-type]
    fan = level_fan(comparison.experiment, comparison.table(), "status-quo", "cooperation")
    values = comparison.to_xarray().regional.sel(scenario="status-quo", outcome="cooperation").values
    sound = np.delete(values, 3, axis=0).astype(float)

    np.testing.assert_allclose(fan.mean, sound.mean(axis=0))


def test_levels_draw_the_baseline_grey_and_each_policy_in_its_colour(comparison: wbsim.Comparison):
    axes = comparison.plot("cooperation")

    assert {line.get_color() for line in axes.get_lines()} >= {"#6b6b6b", "#0072B2"}
    assert {text.get_text() for text in axes.texts} == {"status-quo", "forum"}
    assert "Cooperation index" in axes.get_title(loc="left")


def test_differences_are_drawn_on_the_axes_that_are_given(comparison: wbsim.Comparison):
    from matplotlib.figure import Figure

    axes = Figure().add_subplot()

    assert comparison.plot("crises_severe", axes, difference=True) is axes
    assert axes.get_ylabel() == "crises, since 2023-01, change"
    assert {text.get_text() for text in axes.texts} == {"forum"}


def test_an_unknown_outcome_is_bad_input(comparison: wbsim.Comparison):
    with pytest.raises(InputError, match='no outcome is called "co-operation"'):
        comparison.plot("co-operation")


def test_bundled_policies_have_fixed_colours_and_no_two_look_alike():
    alone = styles(["forum"])
    many = styles(["both", *(f"policy-{number}" for number in range(20)), "forum"])

    assert many["forum"] == alone["forum"] == ("#0072B2", "-")
    assert len(set(many.values())) == 22


def test_a_notebook_shows_tables_with_everything_escaped(comparison: wbsim.Comparison):
    text = comparison._repr_html_()

    assert text.count("<table>") == 1
    assert "<td>forum</td><td>+0.100</td>" in text
    assert "<script" not in text


def test_plots_can_be_saved(comparison: wbsim.Comparison, tmp_path: Path):
    comparison.plot("war_worry", difference=True).figure.savefig(tmp_path / "plot.png")

    assert (tmp_path / "plot.png").stat().st_size > 1000


def test_labels_that_would_overlap_are_moved_apart_around_their_middle():
    assert spread([0.0, 5.0, 5.5, 6.0, 20.0], 2.0) == [0.0, 3.5, 5.5, 7.5, 20.0]
    assert spread([1.0, 1.0], 1.0) == [0.5, 1.5]
    assert spread([], 1.0) == []


def test_a_group_of_labels_takes_in_a_neighbour_that_it_grew_into():
    places = spread([0.0, 0.1, 0.2, 1.4], 1.0)

    np.testing.assert_allclose(np.diff(places), 1.0)
    np.testing.assert_allclose(np.mean(places), np.mean([0.0, 0.1, 0.2, 1.4]))
