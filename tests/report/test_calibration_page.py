"""The page and the tables of a calibration: whole, the same each time, safe, and saying what the record says."""

from __future__ import annotations

import copy
import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from wbsim.report.calibration import calibration_tables
from wbsim.report.calibration_page import render, write_page
from wbsim.scenario.resolve import resolve_calibration


@pytest.fixture(scope="module")
def shown() -> dict[str, Any]:
    """What the bundled calibration found."""
    found: dict[str, Any] = json.loads(
        resolve_calibration("diagnostics.json").resource.read_text(encoding="utf-8")
    )
    return found


@pytest.fixture(scope="module")
def page(shown: dict[str, Any]) -> str:
    return render(shown)


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def printed(shown: dict[str, Any]) -> str:
    text = StringIO()
    console = Console(width=200, file=text)
    for table in calibration_tables(shown):
        console.print(table)
    return flat(text.getvalue())


def test_the_page_needs_no_other_file(page: str):
    assert not re.findall(
        r"""(?:src|href)\s*=\s*["'](?!\#)|url\(\s*["']?(?!\#)|<link|<script|@import""", page
    )


def test_the_page_has_the_same_bytes_twice_and_is_written_whole(
    shown: dict[str, Any], page: str, tmp_path: Path
):
    assert write_page(copy.deepcopy(shown), tmp_path / "page.html").read_bytes() == page.encode()
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_every_picture_has_a_text(page: str):
    pictures = re.findall(r"<svg\b[^>]*>", page)
    assert len(pictures) > 83
    assert not [picture for picture in pictures if 'role="img"' not in picture or "aria-label" not in picture]


def test_every_figure_and_its_published_value_are_on_the_page(shown: dict[str, Any], page: str):
    for row in shown["figures"]:
        assert row["id"] in page
        assert f"{row['id']}: published {row['observed']:g} %" in page


def test_what_comes_from_a_file_is_escaped(shown: dict[str, Any]):
    hostile = copy.deepcopy(shown)
    for key in ("wording", "survey"):
        hostile["figures"][0][key] = "<script>alert('x')</script>"
    hostile["parameters"][0]["label_text"] = "<img src=x onerror=alert(1)>"
    text = render(hostile)
    assert "<script>alert" not in text
    assert "<img" not in text
    assert "&lt;script&gt;" in text


def test_page_and_tables_say_that_levels_were_learnt_and_rates_hardly(shown: dict[str, Any], page: str):
    for text in (flat(page), printed(shown)):
        assert "effects of policies stay driven by priors" in text


def test_a_chain_that_did_not_settle_is_said_so(shown: dict[str, Any]):
    unsettled = copy.deepcopy(shown)
    unsettled["chain"]["settled"] = False
    assert "Settled No:" in printed(unsettled)
    assert "Settled No:" not in printed(shown)
    assert render(unsettled) != render(shown)


def test_figures_that_the_fit_misses_are_named(shown: dict[str, Any]):
    missed = copy.deepcopy(shown)
    row = missed["figures"][3]
    row["z"] = 2.6
    before, after = (printed(one).split("Outside the prior")[0] for one in (shown, missed))
    assert row["id"] not in before
    assert row["id"] in after
