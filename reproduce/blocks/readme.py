"""Blocks of README.md."""

from __future__ import annotations

from reproduce.block import Block, Check
from reproduce.blocks.words import counted
from reproduce.run import Facts
from reproduce.runs.headline import HEADLINE
from wbsim.scenario.bundled import GROUPS
from wbsim.scenario.resolve import available_assumptions

README = "README.md"


def headline(facts: Facts) -> str:
    """The table of `make demo`, and where the variance of its effects comes from."""
    what = (
        f"This is what `make demo` printed: {facts['worlds']} worlds from seed {facts['seed']}, "
        f"{facts['citizens']:,} citizens a state (version {facts['version']}, results sha256 "
        f"`{facts['results_sha256'][:12]}…`)."
    )
    return f"{what}\n\n```text\n{facts['printed']}\n```\n\n{facts['origins']}"


def _further() -> tuple[str, str]:
    """How many policies beside the paper's, and how many files of assumptions come along."""
    policies = sum(len(group.names) for group in GROUPS[1:])
    return counted(policies).capitalize(), counted(len(available_assumptions()))


BLOCKS = (Block("headline", README, headline, (HEADLINE,)),)
CHECKS = (
    Check(
        "readme-further",
        README,
        "{} more policies and {} files of assumptions come along",
        _further,
    ),
)
