"""Blocks of docs/drivers.md."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reproduce.block import Block
from reproduce.blocks.words import counted, label, listing
from reproduce.run import Facts
from reproduce.runs.drivers import DRIVERS
from wbsim.documents.markdown import code

DOCUMENT = "docs/drivers.md"
_NAMED = 4


def needed(facts: Facts) -> str:
    """How many numbers are searched, and how many worlds a weak correlation needs among them."""
    found = facts["found"][str(facts["worlds"])]
    hundreds = round(found["needed"], -2)
    return (
        f"Among the {found['numbers']} numbers that differ between worlds of the bundled forum, a "
        "correlation of 0.1 needs "
        f"about {hundreds:,} worlds; in {facts['worlds']:,} worlds one of {found['detectable']:.2f} is found in four "
        "searches of five."
    )


def order(facts: Facts) -> str:
    """Which parameters stand out for one effect in few worlds and in many, and whether the first is the same."""
    few, many = str(facts["few"]), str(facts["worlds"])
    outcome = facts["outcome"]
    tops = {worlds: _leading(facts["found"][worlds], outcome) for worlds in (few, many)}
    sentences = [f"{_worlds(worlds)} {_named(top)}." for worlds, top in tops.items()]
    first = [next(iter(top), None) for top in tops.values()]
    if all(first):
        verdict = "the same" if first[0] == first[1] else "not the same"
        sentences.append(f"The first is {verdict} in both.")
    return (
        f"An example is the bundled forum's effect on {label(outcome)} ({facts['citizens']} citizens a state). "
        + " ".join(sentences)
    )


def _leading(found: Mapping[str, Any], outcome: str) -> dict[str, float]:
    leading = found["policies"]["forum"][outcome]["leading"]
    return {each["parameter"]: each["rho"] for each in leading}


def _worlds(worlds: str) -> str:
    return f"The first {int(worlds):,} worlds of a run"


def _named(top: Mapping[str, float]) -> str:
    if not top:
        return "name no parameter"
    words = [f"{code(name)} ({rho:+.2f})" for name, rho in list(top.items())[:_NAMED]]
    more = len(top) - len(words)
    rest = f", and {counted(more)} more" if more > 0 else ""
    return f"name {listing(words)}{rest}"


BLOCKS = (
    Block("drivers-needed", DOCUMENT, needed, (DRIVERS,)),
    Block("drivers-order", DOCUMENT, order, (DRIVERS,)),
)
CHECKS = ()
