"""Maps and rows of dyads: what is drawn is what the worlds hold."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pytest

import wbsim
from tests.experiments import fake_model
from tests.experiments.fake_model import scenario
from wbsim.errors import InputError
from wbsim.report.dyad_values import changes, levels
from wbsim.report.outlines import centroid, outlines
from wbsim.tables.places import STATE_CODES

mpl.use("agg")


@pytest.fixture(scope="module")
def comparison() -> wbsim.Comparison:
    return wbsim.compare(
        scenario(), scenario("forum", "forum"), worlds=12, workers=1, simulate=fake_model.world_5_raises
    )


def test_the_centroid_of_a_known_shape():
    square = np.array([[0.0, 0.0], [2.0, 0.0], [2.0, 4.0], [0.0, 4.0], [0.0, 0.0]])
    triangle = np.array([[0.0, 0.0], [3.0, 0.0], [0.0, 6.0], [0.0, 0.0]])

    assert centroid(square) == pytest.approx([1.0, 2.0])
    assert centroid(triangle[::-1]) == pytest.approx([1.0, 2.0])


def test_the_six_lie_where_they_do():
    places = {each.code: each.centre for each in outlines()}

    assert tuple(places) == STATE_CODES
    assert places["SRB"][1] > places["XKX"][1] > places["MKD"][1]
    assert places["BIH"][0] < places["MNE"][0] < places["XKX"][0]


def test_spreads_are_of_the_sound_worlds_in_the_last_december(comparison: wbsim.Comparison):
    data = comparison.to_xarray().dyads.sel(dyad_outcome="public_trust").isel(year=-1).values.astype(float)
    sound = np.delete(data, 5, axis=1)
    table, series = comparison.table(), comparison.series[0]

    level = levels(table, series, "public_trust")["forum"]
    np.testing.assert_allclose(level.mean, sound[1].mean(axis=0))
    change = changes(table, series, "public_trust")["forum"]
    np.testing.assert_allclose(change.high, np.quantile(sound[1] - sound[0], 0.95, axis=0), atol=1e-12)


def test_open_crises_are_shares_of_the_decembers_since_the_start(comparison: wbsim.Comparison):
    data = comparison.to_xarray().dyads.sel(dyad_outcome="crisis_months", year=[2023, 2024]).values

    np.testing.assert_allclose(
        comparison.series[0].open_crisis, np.delete(data, 5, axis=1).mean(axis=2), rtol=1e-5
    )


def test_plots_return_axes_and_take_them(comparison: wbsim.Comparison):
    from matplotlib import pyplot

    _, ax = pyplot.subplots()
    assert comparison.map("forum", ax) is ax
    assert "forum" in ax.get_title(loc="left")
    assert comparison.forest("cooperation").get_yticklabels()[0].get_text() == "forum"
    assert len(comparison.dyads("government_trust", difference=True).get_yticks()) == 15
    pyplot.close("all")


def test_what_cannot_be_drawn_is_named(comparison: wbsim.Comparison):
    with pytest.raises(InputError, match='no policy here is called "form"; there are forum'):
        comparison.map("form")
    with pytest.raises(InputError, match="dyads have no outcome"):
        comparison.dyads("crisis_months")
    nothing = wbsim.compare(
        scenario(), scenario("forum", "forum"), worlds=2, workers=1, simulate=fake_model.all_worlds_fail
    )
    with pytest.raises(InputError, match="nothing to draw"):
        nothing.map()
