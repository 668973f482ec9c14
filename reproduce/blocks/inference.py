"""Blocks of docs/inference.md that rest on the model: recovery of known parameters with the real figures."""

from __future__ import annotations

from reproduce.block import Block
from reproduce.run import Facts
from reproduce.runs.sbc import RECOVERED
from wbsim.documents.markdown import table

DOCUMENT = "docs/inference.md"
#: Coverages of a 90 % interval that are taken for right.
LOW, HIGH = 0.86, 0.94


def recovered(facts: Facts) -> str:
    """Coverage by way and block, and whether it is what it should be."""
    head = ("Way", "Replicates", "Block", "Numbers", "90 %", "50 %", "sd of z", "Outside")
    rows = [
        (
            way,
            found["replicates"],
            name,
            block["numbers"],
            f"{block['coverage_90']:.3f} ± {block['error_90']:.3f}",
            f"{block['coverage_50']:.3f}",
            f"{block['sd_of_z']:.2f}",
            block["outside_band"],
        )
        for way, found in facts.items()
        for name, block in found["blocks"].items()
    ]
    return f"{table(head, rows)}\n\n{_coverage(facts)}\n{_ranks(facts)}"


def _coverage(facts: Facts) -> str:
    wrong = [
        f"{way}, {name} ({block['coverage_90']:.3f})"
        for way, found in facts.items()
        for name, block in found["blocks"].items()
        if not LOW <= block["coverage_90"] <= HIGH
    ]
    if wrong:
        return f"- **Coverage** of the 90 % interval is outside {LOW} to {HIGH} in: {'; '.join(wrong)}."
    return f"- **Coverage** of the 90 % interval is within {LOW} to {HIGH} in every block, identified numbers included."


def _ranks(facts: Facts) -> str:
    found = facts["emulator"]
    everything = found["blocks"]["all"]
    chance = 0.05 * everything["numbers"]
    return (
        f"- **Ranks**: with {found['replicates']} replicates {everything['outside_band']} of "
        f"{everything['numbers']} numbers "
        f"leave their 95 % band, of which about {chance:.0f} would by chance."
    )


BLOCKS = (Block("recovered", DOCUMENT, recovered, (RECOVERED,)),)
CHECKS = ()
