"""Institutions predicted, each from the others."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tests.analogues.fake import attendance, bosnia_last, crises, evidence, first_item, institution
from wbsim.analogues.hindcast import Hindcast, leave_each_out
from wbsim.analogues.hindcast_text import sentences, tables

INSTITUTIONS = (
    institution("board", attendance(35, 40), first_item(5, 9)),
    institution("council", attendance(36, 40), first_item(8, 12), bosnia_last()),
    institution("union", attendance(35, 40), attendance(9, 9, "later", split="validation")),
    institution("market", crises(2), first_item(24, None), use="validation"),
)


@pytest.fixture(scope="module")
def found() -> Hindcast:
    return leave_each_out(evidence(*INSTITUTIONS), INSTITUTIONS, seed=1)


def test_the_object_has_what_programs_read(found: Hindcast) -> None:
    summary = json.loads(json.dumps(found.summary(), allow_nan=False))
    assert summary["n"] == len(summary["rows"]) == 9
    assert {"coverage_50", "coverage_90", "crps", "baselines"} <= summary.keys()
    assert set(summary["baselines"]) == {"pooled", "prior"}
    assert {"crps", "coverage_90"} <= summary["baselines"]["prior"].keys()
    keys = {
        "analogue",
        "id",
        "indicator",
        "who",
        "at",
        "observed",
        "low",
        "high",
        "median",
        "q05",
        "q95",
        "crps",
    }
    assert all(keys <= row.keys() for row in summary["rows"])
    assert all(row["q05"] <= row["median"] <= row["q95"] for row in summary["rows"])
    rows = {(row["analogue"], row["id"]): row for row in summary["rows"]}
    number, interval, cut_off = rows["board", "seats"], rows["board", "first"], rows["market", "first"]
    assert (number["observed"], number["low"], number["high"]) == (0.875, None, None)
    assert (interval["observed"], interval["low"], interval["high"]) == (None, 5, 9)
    assert (cut_off["observed"], cut_off["low"], cut_off["high"]) == (None, 24, None)
    assert rows["council", "order"]["observed"] == 5


def test_the_means_are_those_of_the_rows(found: Hindcast) -> None:
    summary = found.summary()
    assert summary["crps"] == pytest.approx(np.mean([row["crps"] for row in summary["rows"]]))
    assert summary["by_indicator"]["attendance"]["n"] == 4
    assert summary["by_split"]["validation"]["n"] == 3
    pooled = summary["baselines"]["pooled"]
    assert pooled["n"] == 8, "no other institution counted crises"


def test_what_others_did_moves_a_prediction_away_from_the_prior(found: Hindcast) -> None:
    row = next(row for row in found.rows if (row.analogue, row.observation.id) == ("board", "seats"))
    assert row.model.std() < row.baselines["prior"].std()
    assert row.crps(row.model) < row.crps(row.baselines["prior"])


def test_an_institution_does_not_know_itself() -> None:
    """Its own observations change nothing in what is predicted of it."""
    changed = (institution("board", attendance(2, 40), first_item(40, 48)), *INSTITUTIONS[1:])
    one, other = (leave_each_out(evidence(*each), each, seed=1) for each in (INSTITUTIONS, changed))
    assert one.rows[0].model == pytest.approx(other.rows[0].model)
    assert one.rows[1].model == pytest.approx(other.rows[1].model)
    assert one.rows[2].model.tolist() != other.rows[2].model.tolist()


def test_the_table_is_in_plain_words(found: Hindcast) -> None:
    from rich.console import Console

    console = Console(width=100, record=True, file=open("/dev/null", "w", encoding="utf-8"), markup=False)  # noqa: PTH123, SIM115
    for part in tables(found):
        console.print(part)
    text = console.export_text()
    assert max(map(len, text.splitlines())) <= 100
    for part in (
        "seats that were filled",
        "88 %",
        "over 24 months",
        "5 to 9 months",
        "pooled rate of the others",
    ):
        assert part in text


def test_what_could_not_be_predicted_is_said() -> None:
    empty = Hindcast((), (("board", "kept"),), True)
    assert "hardly a world in which there is anything to count: board: kept" in sentences(empty)[0]
    assert empty.summary()["n"] == 0
