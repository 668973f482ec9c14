"""Blocks of docs/sweeps.md."""

from __future__ import annotations

from reproduce.block import Block
from reproduce.blocks.words import counted, is_clear
from reproduce.run import Facts
from reproduce.runs.sweep import SWEEP

DOCUMENT = "docs/sweeps.md"


def sweep(facts: Facts) -> str:
    """The command, its hash, and what the forum does at the smallest and at the largest quorum."""
    meetings, quorum = (facts["vary"][key] for key in ("forum.meetings_per_year", "forum.quorum"))
    command = (
        f"wbsim sweep status-quo forum --vary forum.meetings_per_year={_values(meetings)} --vary "
        f"forum.quorum={quorum[0]}:{quorum[-1]}:{len(quorum)} --worlds {facts['worlds']}\n"
        f"  --citizens {facts['citizens']} --seed 1 --outcome war_worry --outcome crises_severe --outcome cooperation\n"
        f"results_sha256: {facts['results_sha256']}"
    )
    first, last = (facts["means"][str(each)] for each in (quorum[0], quorum[-1]))
    step = facts["step"]
    verdict = "" if is_clear(step) else " The two cannot be told apart."
    return (
        f"This is the map of that sweep for the share of citizens worried about war, {facts['worlds']} "
        "worlds from seed 1 "
        f"with {facts['citizens']} citizens a state, made by\n\n```text\n{command}\n```\n\nAveraged over "
        "meetings a year, the "
        f"forum changes the share by {first:+.1f} points where {counted(quorum[0])} states make a quorum "
        f"and by {last:+.1f} "
        f"where all {counted(quorum[-1])} must come (Monte Carlo error of the difference: {step['mcse']:.2f}).{verdict}"
    )


def _values(values: list[int]) -> str:
    return ",".join(map(str, values))


BLOCKS = (Block("sweep", DOCUMENT, sweep, (SWEEP,), picture="docs/sweep-map.png"),)
CHECKS = ()
