"""The page of a sweep: whole, by itself, everything escaped; and `wbsim show` and `wbsim report` on its folder."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from tests.report.swept.tiny import MEETINGS, sweep_of
from wbsim.cli.app import main
from wbsim.report.swept.page import WHAT_THE_DESIGN_IS, missing_words, publish_sweep, render, values_text
from wbsim.sweeps.design import KINDS
from wbsim.sweeps.opened import Sweep
from wbsim.sweeps.verify import verify_sweep

KEY = "forum.meetings_per_year"


@pytest.fixture(scope="module")
def sweep(tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    folder = tmp_path_factory.mktemp("page") / "a"
    return sweep_of(folder, (KEY,), MEETINGS, description="<script>alert(1)</script>")


@pytest.fixture(scope="module")
def page(sweep: Sweep) -> str:
    return render(sweep)


def plugins(sweep: Sweep) -> list[str]:
    """The option that opens a sweep of a plugin's model again."""
    return ["--plugin", *sweep.plan.plugins]


def test_it_has_every_section(page: str):
    sections = re.findall(r'<section id="(\w+)"', page)
    assert sections == [
        "varied", "findings", "pictures", "keys", "points", "missing", "intervals", "limits", "record"
    ]  # fmt: skip


def test_it_needs_nothing_else(page: str):
    without_namespaces = re.sub(r'xmlns(:\w+)?="[^"]*"', "", page)
    assert not re.search(
        r"""(src|href)=["']?(https?:)?//|@import|url\(['"]?http|<script|<link""", without_namespaces
    )


def test_what_users_wrote_is_escaped(page: str):
    assert "<script>" not in page and "&lt;script&gt;alert(1)" in page
    assert "wbsim sweep &lt;tiny&gt;" in page


def test_it_says_what_was_varied_what_intervals_are_and_what_drives_effects(page: str, sweep: Sweep):
    assert "1, 3, 5, 8, 12" in page and "40 worlds" in page
    assert "driven by priors" in page and "conditional on the model" in page
    assert "Monte Carlo error" in page and "90 % of worlds" in page
    assert sweep.results_sha256 in page
    assert "nan" not in re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL).lower().split()


def test_identifiers_are_unique(page: str):
    found = re.findall(r'\bid="([^"]+)"', page)
    assert len(found) == len(set(found))


def test_each_figure_has_its_files_and_its_numbers(sweep: Sweep, capsys: pytest.CaptureFixture[str]):
    folder = str(sweep.folder)
    assert main(["report", folder, *plugins(sweep)]) == 0
    page = (sweep.folder / "report.html").read_text(encoding="utf-8")
    names = re.findall(r'<figure id="figure-([^"]+)"', page)
    files = {file.name for file in (sweep.folder / "figures").iterdir()}
    assert names and files == {f"{name}.{form}" for name in names for form in ("png", "svg", "csv")}
    capsys.readouterr()
    for name in names:
        assert main(["show", folder, name, "--csv", *plugins(sweep)]) == 0
        assert (sweep.folder / "figures" / f"{name}.csv").read_text(
            encoding="utf-8"
        ) == capsys.readouterr().out


def test_show_lists_what_there_is_and_prints_tables(sweep: Sweep, capsys: pytest.CaptureFixture[str]):
    assert main(["show", str(sweep.folder), "--csv", *plugins(sweep)]) == 0
    names = [row["name"] for row in csv.DictReader(io.StringIO(capsys.readouterr().out))]
    assert names[:2] == ["keys", "points"] and len(names) == len(set(names))
    assert main(["show", str(sweep.folder), "points", "--csv", *plugins(sweep)]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    expected = sweep.summary.differences["cooperation"].mean[:, 1]
    assert [float(row["mean"]) for row in rows[:5]] == expected.tolist()
    assert main(["show", str(sweep.folder), "keyz", *plugins(sweep)]) == 2
    assert "keys" in capsys.readouterr().err


def test_the_same_results_give_the_same_bytes_and_leave_the_results_whole(sweep: Sweep, tmp_path: Path):
    publish_sweep(sweep)
    first = (sweep.folder / "report.html").read_bytes()
    assert publish_sweep(sweep, tmp_path / "alone.html").read_bytes() == first
    assert not verify_sweep(sweep.folder, 0, None, plugins=sweep.plan.plugins).problems
    assert not [file.name for file in sweep.folder.iterdir() if file.name.startswith(".")]


def test_without_a_command_the_page_says_where_scenarios_are(sweep: Sweep):
    from dataclasses import replace

    made = Sweep(sweep.folder, replace(sweep.plan, command=""), sweep.record)
    assert "made or changed in Python" in render(made) and "<pre>" not in render(made)


def test_failures_are_counted_and_withheld_points_named(tmp_path: Path):
    sweep = sweep_of(tmp_path / "a", (KEY,), MEETINGS, fails=(8.0, 10))
    text = " ".join(missing_words(sweep))
    assert "10 of 400 worlds failed" in text and "The figures of 1 of 5 points are withheld" in text
    assert "Nothing: all" not in render(sweep)


def test_values_are_listed_or_counted():
    assert values_text(("a", "b", "a")) == "a, b"
    assert values_text(tuple(float(n) for n in range(100))) == "0 to 99, 100 values"
    assert values_text((("ALB", "SRB"), ())) == "ALB+SRB"
    months = tuple(f"20{year}-01" for year in range(40, 20, -1))
    assert values_text(months) == "2021-01 to 2040-01, 20 values"


def test_every_kind_of_design_is_explained():
    assert set(WHAT_THE_DESIGN_IS) == set(KINDS)
