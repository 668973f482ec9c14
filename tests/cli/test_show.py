"""`wbsim show` and `wbsim report`: numbers computed anew, the same page, errors in words."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from pathlib import Path

import numpy as np
import pytest

import wbsim
from tests.experiments import fake_model
from tests.experiments.fake_model import scenario
from wbsim.cli.app import main
from wbsim.report.publish import publish_report


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("kept") / "results"
    wbsim.compare(
        scenario(),
        scenario("forum", "forum"),
        worlds=6,
        workers=1,
        simulate=fake_model.simulate,
        out=place,
    )
    return place


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(list(words)) == 0
    return capsys.readouterr().out


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_without_a_name_everything_is_listed_and_each_name_can_be_shown(
    folder: Path, capsys: pytest.CaptureFixture[str]
):
    names = [row["name"] for row in rows(printed(capsys, "show", str(folder), "--csv"))]

    assert {"effects", "trends-cooperation-change", "map", "map-forum", "crises-by-year", "assumed"} <= set(
        names
    )
    assert len(names) == len(set(names))
    for name in names:
        assert rows(printed(capsys, "show", str(folder), name, "--csv")), name


def test_numbers_are_those_of_the_stored_worlds(folder: Path, capsys: pytest.CaptureFixture[str]):
    data = wbsim.open_results(folder)
    found = rows(printed(capsys, "show", str(folder), "map-forum", "--csv"))
    values = data.dyads.sel(dyad="ALB-BIH", dyad_outcome="cooperation").isel(year=-1).astype(float)
    change = values.sel(scenario="forum") - values.sel(scenario="status-quo")
    assert found[0]["dyad"] == "Albania and Bosnia and Herzegovina"
    assert float(found[0]["mean"]) == pytest.approx(float(change.mean()))

    effects = rows(printed(capsys, "show", str(folder), "effects", "--csv"))
    regional = (
        data.regional.sel(outcome="cooperation").isel(month=slice(-12, None)).mean("month").astype(float)
    )
    level = next(row for row in effects if row["outcome"] == "Cooperation index" and row["kind"] == "level")
    expected = regional.sel(scenario="status-quo")
    assert float(level["mean"]) == pytest.approx(float(expected.mean()), rel=1e-6)
    assert float(level["95 %"]) == pytest.approx(float(np.quantile(expected, 0.95)), rel=1e-6)


def test_chances_by_year_are_shares_of_worlds(folder: Path, capsys: pytest.CaptureFixture[str]):
    data = wbsim.open_results(folder).regional.sel(outcome="crises_severe", scenario="forum").values
    found = rows(printed(capsys, "show", str(folder), "crises-by-year", "--csv"))
    row = next(row for row in found if row["scenario"] == "forum" and row["year"] == "2024")

    share = (data[:, 36:48].sum(axis=1) > 0).mean()
    assert float(row["share of worlds"]) == share
    assert float(row["low"]) < share <= float(row["high"])


def test_the_table_says_what_it_is(folder: Path, capsys: pytest.CaptureFixture[str]):
    text = printed(capsys, "show", str(folder), "effects")

    assert text.startswith("Levels and changes of headline outcomes by 2024-12")
    assert "ends of the interval over worlds" in " ".join(text.split())
    assert "Rounded to four digits; --csv gives all of them." in text
    assert not re.search(r"\d\.\d{9}", text)


def test_an_unknown_name_is_an_error_with_the_nearest(folder: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["show", str(folder), "map-form"]) == 2
    error = capsys.readouterr().err
    assert 'nothing called "map-form"' in error and "map-forum" in error


def test_no_results_folder_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    for command in ("show", "report"):
        assert main([command, str(tmp_path)]) == 2
        assert "not a results folder" in capsys.readouterr().err


def digests(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.iterdir())}


def test_report_and_figures_are_written_again_with_the_same_bytes(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    publish_report(wbsim.reopen(folder), tmp_path / "first.html", tmp_path / "first")
    printed(capsys, "report", str(folder))
    printed(capsys, "report", str(folder), "--out", str(tmp_path / "alone.html"))

    page = (tmp_path / "first.html").read_bytes()
    assert (folder / "report.html").read_bytes() == (tmp_path / "alone.html").read_bytes() == page
    assert digests(folder / "figures") == digests(tmp_path / "first")
    assert not list(folder.glob(".*"))


def test_every_figure_of_the_page_has_its_three_files(folder: Path, capsys: pytest.CaptureFixture[str]):
    printed(capsys, "report", str(folder))
    page = (folder / "report.html").read_text(encoding="utf-8")
    names = {part.split('"')[0] for part in page.split('<figure id="figure-')[1:]}
    files = {file.name for file in (folder / "figures").iterdir()}

    assert names and files == {f"{name}.{form}" for name in names for form in ("png", "svg", "csv")}
    for name in names:
        shown = printed(capsys, "show", str(folder), name, "--csv")
        assert (folder / "figures" / f"{name}.csv").read_text(encoding="utf-8") == shown
        assert (folder / "figures" / f"{name}.png").read_bytes().startswith(b"\x89PNG")


def test_report_and_figures_are_no_part_of_the_results(folder: Path, capsys: pytest.CaptureFixture[str]):
    printed(capsys, "report", str(folder))
    before = wbsim.reopen(folder).results_sha256
    (folder / "report.html").write_text("changed", encoding="utf-8")
    for file in (folder / "figures").iterdir():
        file.unlink()

    assert wbsim.reopen(folder).results_sha256 == before


def test_a_place_that_cannot_be_written_is_an_error(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    for place in (tmp_path, tmp_path / "nowhere" / "report.html"):
        assert main(["report", str(folder), "--out", str(place)]) == 2
        assert "--out" in capsys.readouterr().err
