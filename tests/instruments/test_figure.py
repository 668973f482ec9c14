from __future__ import annotations

from wbsim.instruments.figure import FITTED, OTHER, fitted, multinomials
from wbsim.instruments.load import load_figures

FIGURES = load_figures()
BY_ID = {figure.id: figure for figure in FIGURES}


def test_only_the_paper_and_the_calibration_are_fitted_in_one_reading_each() -> None:
    found = fitted(FIGURES)
    assert {figure.split for figure in found} == set(FITTED)
    assert len(found) == 83
    assert "S005" in {f.id for f in found}
    assert "S005-other" not in {f.id for f in found}
    assert all(figure.months[-1] <= "2022-12" for figure in found)


def test_both_readings_of_an_ambiguous_row_are_kept() -> None:
    main, other = BY_ID["S005"], BY_ID["S005-other"]
    assert (main.subject, other.subject) == ("asb-most-serious.war", "asb-second-most-serious.war")
    assert (main.value, other.value) == (30.2, 30.2)
    assert main.used
    assert not other.used
    assert other.reading.startswith(OTHER)
    assert other.row == main.row == "S005"


def test_parts_of_a_pick_one_question_are_one_multinomial() -> None:
    groups = {frozenset(f.id for f in parts) for parts in multinomials(FIGURES)}
    assert {"S043", "S044", "S045", "S046"} in groups
    assert {"S005", "S014", "S015"} in groups
    assert {"S016"} in groups
    assert {"E005", "E006", "E011"} in groups
    assert {"E009", "E010"} in groups
    assert {"S022", "S023"} in groups
    assert sum(map(len, groups)) == 98


def test_a_regional_figure_is_the_mean_of_the_six_states() -> None:
    assert BY_ID["E150"].states == 6
    assert {BY_ID[name].states for name in ("E103", "E180", "S001")} == {1}
