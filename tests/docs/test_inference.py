"""The document on inference says of the recovery of known parameters what its benchmark found."""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RESULTS = json.loads((ROOT / "benchmarks" / "sbc.json").read_text(encoding="utf-8"))
TEXT = (ROOT / "docs" / "inference.md").read_text(encoding="utf-8").partition("real simulator\n")[2]


def test_the_table_of_recovered_parameters_is_that_of_the_benchmark() -> None:
    expected = [
        f"| {way} | {found['replicates']} | {name} | {block['numbers']} "
        f"| {block['coverage_90']:.3f} ± {block['error_90']:.3f} | {block['coverage_50']:.3f} "
        f"| {block['sd_of_z']:.2f} | {block['outside_band']} |"
        for way, found in RESULTS.items()
        for name, block in found["blocks"].items()
    ]
    shown = re.findall(r"^\| (?:emulator|whole|events) .*\|$", TEXT, flags=re.MULTILINE)
    assert sorted(shown) == sorted(expected)


def test_what_is_said_of_coverage_holds() -> None:
    assert "within 0.86 to 0.94 in every block" in TEXT
    for way, least in (("emulator", 100), ("whole", 20), ("events", 100)):
        assert RESULTS[way]["replicates"] >= least
        for name, block in RESULTS[way]["blocks"].items():
            assert 0.86 <= block["coverage_90"] <= 0.94, (way, name)
