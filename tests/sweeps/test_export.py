"""Tables for other programs: sorted, complete, and the same bytes for the same results."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import numpy as np
import pytest

from tests.sweeps.tiny import PLUGIN, plan, run
from wbsim.errors import InputError
from wbsim.sweeps.export import export_csv, export_netcdf, export_parquet
from wbsim.sweeps.opened import Sweep, open_sweep


def sweep(folder: Path, model: str = "tiny", **how) -> Sweep:
    run(plan(model, points=2, worlds=6), folder, **how)
    return open_sweep(folder, plugins=[PLUGIN])


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_one_row_a_value_sorted_and_exact(tmp_path: Path):
    found = sweep(tmp_path / "a")
    count = export_csv(found, tmp_path / "a.csv")

    table = rows(tmp_path / "a.csv")
    assert count == len(table) == 2 * 2 * 6 * 10
    assert list(table[0]) == ["design", "forum.meetings_per_year", "scenario", "world", "outcome", "value"]
    order = [(int(r["design"]), r["scenario"], int(r["world"]), r["outcome"]) for r in table]
    assert order == sorted(order)
    one = next(
        r
        for r in table
        if (r["design"], r["scenario"], r["world"], r["outcome"]) == ("1", "forum", "4", "delivery")
    )
    assert float(one["value"]) == found.figures("delivery")[1, 0, 4]
    assert one["forum.meetings_per_year"] == "12"


def test_a_failed_world_has_no_value(tmp_path: Path):
    found = sweep(tmp_path / "a", "failing")
    export_csv(found, tmp_path / "a.csv")

    empty = {(r["design"], r["scenario"], r["world"]) for r in rows(tmp_path / "a.csv") if r["value"] == ""}
    assert empty == {(p, s, "5") for p in "01" for s in ("forum", "status-quo")} | {("1", "forum", "3")}


def test_figures_over_worlds_are_those_of_the_summary(tmp_path: Path):
    found = sweep(tmp_path / "a")
    export_csv(found, tmp_path / "a.csv", summary=True)

    table = {
        (r["design"], r["scenario"], r["summary"], r["outcome"]): r["value"] for r in rows(tmp_path / "a.csv")
    }
    values = found.figures("cooperation")
    assert float(table["1", "forum", "level mean", "cooperation"]) == values[1, 0].mean()
    change = values[1, 0] - values[1, 1]
    assert float(table["1", "forum", "difference mean", "cooperation"]) == pytest.approx(
        change.mean(), rel=1e-15
    )
    assert ("1", "status-quo", "difference mean", "cooperation") not in table


@pytest.mark.parametrize("summary", [False, True])
def test_the_same_results_give_the_same_csv_whoever_simulated_them(tmp_path: Path, summary: bool):
    export_csv(sweep(tmp_path / "a"), tmp_path / "a.csv", summary=summary)
    export_csv(sweep(tmp_path / "b", workers=2), tmp_path / "b.csv", summary=summary)

    assert sha256(tmp_path / "a.csv") == sha256(tmp_path / "b.csv")


def test_parquet_holds_the_same_table_in_the_same_bytes(tmp_path: Path):
    parquet = pytest.importorskip("pyarrow.parquet")
    found = sweep(tmp_path / "a", "failing")
    export_csv(found, tmp_path / "a.csv")
    export_parquet(found, tmp_path / "a.parquet")
    export_parquet(sweep(tmp_path / "b", "failing", workers=2), tmp_path / "b.parquet")

    table = parquet.read_table(tmp_path / "a.parquet").to_pylist()
    for read, written in zip(table, rows(tmp_path / "a.csv"), strict=True):
        assert (str(read["design"]), read["scenario"], str(read["world"]), read["outcome"]) == (
            written["design"], written["scenario"], written["world"], written["outcome"],
        )  # fmt: skip
        assert read["value"] == (None if written["value"] == "" else float(written["value"]))
    assert sha256(tmp_path / "a.parquet") == sha256(tmp_path / "b.parquet")


def test_netcdf_holds_the_labelled_arrays_in_the_same_bytes(tmp_path: Path):
    pytest.importorskip("h5netcdf")
    pytest.importorskip("h5py")
    import xarray

    found = sweep(tmp_path / "a", "failing")
    export_netcdf(found, tmp_path / "a.nc")
    export_netcdf(sweep(tmp_path / "b", "failing", workers=2), tmp_path / "b.nc")

    with xarray.open_dataset(tmp_path / "a.nc", engine="h5netcdf") as data:
        np.testing.assert_array_equal(data["figures"].values, found.to_xarray()["figures"].values)
        assert data["forum.meetings_per_year"].values.tolist() == [1.0, 12.0]
        assert not data["failed"].values[0, 0, 0]
    assert sha256(tmp_path / "a.nc") == sha256(tmp_path / "b.nc")


def test_a_file_that_exists_is_not_overwritten_and_a_failed_export_leaves_none(tmp_path: Path):
    found = sweep(tmp_path / "a")
    (tmp_path / "a.csv").write_text("mine")

    with pytest.raises(InputError, match="not overwritten"):
        export_csv(found, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text() == "mine"
