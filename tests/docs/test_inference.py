"""What the document on inference says of the recovery of known parameters is what the kept run found."""

from __future__ import annotations

import pytest

from reproduce.blocks.inference import HIGH, LOW, recovered
from reproduce.kept import Store
from reproduce.runs.sbc import RECOVERED


@pytest.fixture(scope="module")
def facts() -> dict[str, dict[str, object]]:
    found = Store().find(RECOVERED)
    assert found is not None
    return found.facts


def test_enough_replicates_were_made(facts) -> None:  # type: ignore[no-untyped-def]
    for way, least in (("emulator", 100), ("whole", 20), ("events", 100)):
        assert facts[way]["replicates"] >= least


def test_what_is_said_of_coverage_hangs_on_what_was_found(facts) -> None:  # type: ignore[no-untyped-def]
    block = {"numbers": 1, "coverage_50": 0.5, "sd_of_z": 1.0, "error_90": 0.01, "outside_band": 0}
    found = {"emulator": {"replicates": 1, "blocks": {"all": {**block, "coverage_90": HIGH + 0.01}}}}

    assert f"outside {LOW} to {HIGH} in: emulator, all (0.950)" in recovered(found)
    found["emulator"]["blocks"]["all"]["coverage_90"] = LOW
    assert "in every block" in recovered(found)
