"""Blocks of docs/optimise.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reproduce.block import Block
from reproduce.blocks.words import counted, label, listing
from reproduce.run import Facts
from reproduce.runs.optimise import OPTIMISE
from wbsim.documents.markdown import code, table
from wbsim.report import numbers
from wbsim.tables.outcomes import OUTCOMES

DOCUMENT = "docs/optimise.md"
OWN = "own"

Plain = Mapping[str, Any]


def optimise(facts: Facts) -> str:
    """What was searched, the members, and what of them holds in fresh worlds and elsewhere."""
    goals = [goal["outcome"] for goal in facts["goals"]]
    what = (
        f"Levers of the {facts['scenario']} ({listing(code(each) for each in facts['vary'])}); goals: "
        f"{listing(map(label, goals))}. {facts['judged']} candidates, the own levers among them, in {facts['worlds']} "
        f"worlds with {facts['citizens']} citizens a state, seed {facts['seed']}, the members in "
        f"{facts['fresh_worlds']} "
        "fresh worlds, with `--robustness`."
    )
    lines = [*_beyond_own(facts), *_optimism(facts, goals), _held(facts)]
    return f"{what}\n\n{_members(facts, goals)}\n\n" + "\n".join(f"- {line}" for line in lines)


def _members(facts: Plain, goals: list[str]) -> str:
    keys = facts["keys"]
    head = ("Member", *(key.partition(".")[2].replace("_", " ") for key in keys))
    gains = tuple(f"{OUTCOMES[goal].label}: gain ({OUTCOMES[goal].unit})" for goal in goals)
    rows = []
    for member in facts["members"]:
        values = (_lever(member["levers"][key]) for key in keys)
        found = (_gain(member["goals"][goal], goal) for goal in goals)
        rows.append((member["name"], *values, *found, _front(member)))
    return table((*head, *gains, "On the front"), rows)


def _lever(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _gain(found: Plain, goal: str) -> str:
    record = OUTCOMES[goal]
    return f"{numbers.change(record, found['fresh'])} ± {numbers.error(record, found['mcse'])}"


def _front(member: Plain) -> str:
    share = (
        ""
        if member["share_on_front"] is None
        else f", {numbers.percent(member['share_on_front'])} of resamples"
    )
    return f"{'yes' if member['on_front'] else 'no'}{share}"


def _beyond_own(facts: Plain) -> Iterator[str]:
    for goal, names in facts["better_than_own"].items():
        who = (
            f"members {listing(names)}" if len(names) > 1 else f"member {names[0]}" if names else "no member"
        )
        verb = "is" if len(names) < 2 else "are"
        yield f"On {label(goal)} {who} {verb} better than the own levers by more than the margin."


def _optimism(facts: Plain, goals: list[str]) -> Iterator[str]:
    """What the search promised beyond the fresh worlds, on average over the members that it found."""
    found = [member for member in facts["members"] if member["name"] != OWN]
    means = [
        f"{label(goal)} {numbers.change(OUTCOMES[goal], sum(m['goals'][goal]['optimism'] for m in found) / len(found))}"
        for goal in goals
    ]
    yield f"The search promised more than the fresh worlds hold by, on average over the members: {listing(means)}."


def _held(facts: Plain) -> str:
    found = [member for member in facts["members"] if member["name"] != OWN]
    settings = list(found[0]["on_front_under"])
    counts = {name: sum(member["on_front_under"][name] for member in found) for name in settings}
    always = [member["name"] for member in found if all(member["on_front_under"].values())]
    others = [count for name, count in counts.items() if name != "prior"]
    who = f"Always there: {listing(always)}." if always else "None is always there."
    under = (
        f"Under the prior {counts['prior']} of {len(found)} members are on the front; "
        if "prior" in counts
        else ""
    )
    return (
        f"{under}{'under' if under else 'Under'} the {counted(len(others))} structural variants {min(others)} to "
        f"{max(others)}. {who}"
    )


BLOCKS = (Block("optimise", DOCUMENT, optimise, (OPTIMISE,), picture="docs/optimise-goals.png"),)
CHECKS = ()
