"""Scores of the states' cooperation: those of the data, and files that users write."""

from __future__ import annotations

from pathlib import Path

import pytest

from wbsim.errors import InputError
from wbsim.instruments.load import load_scores
from wbsim.instruments.read_scores import COLUMNS, published_scores
from wbsim.instruments.score import to_fit, to_predict


def scores_file(folder: Path, *lines: str) -> Path:
    path = folder / "scores.csv"
    path.write_text("\n".join([",".join(COLUMNS), *lines]) + "\n", encoding="utf-8")
    return path


def test_the_file_holds_what_the_data_publish_and_keeps_the_later_edition_back() -> None:
    scores = load_scores()
    assert scores == published_scores()
    assert {each.state: each.value for each in to_fit(scores)} == {
        "ALB": 6.5, "BIH": 5.0, "MKD": 6.0, "MNE": 5.5, "SRB": 6.0,
    }  # fmt: skip
    assert {each.year for each in to_fit(scores)} == {2021}
    assert {each.year for each in to_predict(scores)} == {2023}
    assert all(each.source for each in scores)


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    path = scores_file(
        tmp_path,
        "a,SRB,2021,6,calibration,a source,",
        "b,SRB,2021,7,validation,a source,",
        "a,MKD,2021,5,calibration,,",
        "c,HRV,2020,11,fitted,a source,",
        "d,MNE,2023,6,calibration,a source,",
    )
    with pytest.raises(InputError) as caught:
        load_scores(path)
    found = [(each.line, each.key) for each in caught.value.problems]
    assert sorted(found, key=str) == sorted(
        [
            (3, "state"),
            (4, "id"),
            (4, "source"),
            (5, "state"),
            (5, "year"),
            (5, "value"),
            (5, "split"),
            (6, "split"),
        ],
        key=str,
    )


def test_a_later_score_cannot_be_fitted(tmp_path: Path) -> None:
    path = scores_file(tmp_path, "d,MNE,2023,6,calibration,a source,")
    with pytest.raises(InputError, match='must be "validation" in 2023: only scores of 2021 are fitted'):
        load_scores(path)
