"""What tables say of an effect: its figures, and whether prior or data drive it."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

import wbsim
from tests.calibration.prior_draws import prior_draws
from tests.experiments import fake_model
from tests.experiments.fake_model import scenario
from wbsim.chance.fitted import write
from wbsim.experiments.comparison import Comparison
from wbsim.experiments.learnt import Learnt
from wbsim.report.notebook import html_tables
from wbsim.report.numbers import driver
from wbsim.report.page import render
from wbsim.report.rows import outcome_rows
from wbsim.report.sections import part
from wbsim.tables.parameters import calibrated_table


class Always:
    """Drivers that say the same of every effect."""

    def __init__(self, share: float | None) -> None:
        self.said = share

    def share(self, effect: np.ndarray) -> float | None:
        return self.said


@pytest.fixture(scope="module")
def found() -> Comparison:
    return wbsim.compare(
        scenario(), scenario("forum", "forum"), worlds=4, workers=1, simulate=fake_model.simulate
    )


@pytest.mark.parametrize(
    ("share", "word"), [(None, "prior"), (0.0, "prior"), (0.49, "prior"), (0.5, "data"), (1.0, "data")]
)
def test_half_of_the_variance_makes_it_data(share: float | None, word: str, found: Comparison) -> None:
    assert driver(share) == word
    (row,) = outcome_rows(found.table(), ("forum",), Always(share), names=("cooperation",))
    (policy,) = row.policies
    assert (policy.policy, policy.mean, policy.driver) == ("forum", "+0.100", word)


def test_without_policies_there_is_nothing_to_drive(found: Comparison) -> None:
    (row,) = outcome_rows(found.table(), (), Learnt(None, 4), names=("support",))
    assert row.policies == () and row.record.name == "support"


def test_terminal_page_and_notebook_name_the_driver_of_every_effect(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stand-in's effects hang on nothing; with a basis that explains all of them the data drive them."""
    monkeypatch.setattr(part, "DRAWN", ("cooperation",))
    write(prior_draws(50), {"table": calibrated_table(), "learnt": {"news_reaction": 0.5}}, tmp_path)
    cases = scenario(), scenario("forum", "forum")
    settings = {"worlds": 20, "workers": 1, "simulate": fake_model.simulate, "posterior": tmp_path}
    text = str(wbsim.compare(*cases, **settings))  # type: ignore[arg-type]
    assert "Driver" in text and re.search(r"forum +\+0\.100 .* prior$", text, re.MULTILINE)
    monkeypatch.setattr(Learnt, "share", lambda *_: 0.8)
    found = wbsim.compare(*cases, **settings)  # type: ignore[arg-type]
    assert re.search(r"forum +\+0\.100 .* data$", str(found), re.MULTILINE)
    assert "prior" not in re.findall(r"<td[^>]*>(prior|data)</td>", html_tables(found))
    assert "data" in re.findall(r"<td[^>]*>(prior|data)</td>", html_tables(found))
    assert set(re.findall(r"<td[^>]*>\s*(prior|data)\s*</td>", render(found))) == {"data"}
    assert found.summary()["outcomes"]["cooperation"]["policies"]["forum"]["data_share"] == 0.8
