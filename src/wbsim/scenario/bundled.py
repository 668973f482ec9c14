"""The order in which lists show what comes with the package: the paper's four scenarios first, then by kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

#: What `wbsim compare` compares when no scenario is named: the status quo and the paper's two proposals.
PAPER = ("status-quo", "forum", "iisg-results", "both")


@dataclass(frozen=True, slots=True)
class Group:
    """Scenarios that a list shows together, under a heading."""

    title: str
    names: tuple[str, ...]


GROUPS = (
    Group("The paper's four", PAPER),
    Group(
        "Other forums",
        (
            "forum-asterisk",
            "forum-without-kosovo",
            "forum-without-serbia",
            "forum-all-but-one",
            "forum-majority",
            "forum-yearly",
            "forum-led-outside",
            "forum-packages",
        ),
    ),
    Group(
        "Other kinds of IISG",
        ("iisg-unearned-lost", "iisg-weakly-verified", "iisg-conditional", "iisg-double-funds"),
    ),
    Group("Open Balkan", ("open-balkan-six",)),
    Group("Everything", ("all-at-once",)),
)
OTHERS = "Yours"


def grouped(names: Iterable[str]) -> tuple[Group, ...]:
    """`names` by the groups that come with the package, in their order; those in none come last, as "Yours"."""
    given = set(names)
    groups = [Group(group.title, tuple(name for name in group.names if name in given)) for group in GROUPS]
    known = {name for group in GROUPS for name in group.names}
    groups.append(Group(OTHERS, tuple(sorted(given - known))))
    return tuple(group for group in groups if group.names)
