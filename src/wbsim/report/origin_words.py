"""Where the variance of effects comes from, in cells of tables and in sentences."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from wbsim.experiments.drivers import SAME_EVERYWHERE
from wbsim.experiments.experiment import Table
from wbsim.experiments.summary import no_difference
from wbsim.experiments.variance_from import Share, Split, VarianceFrom
from wbsim.report import numbers
from wbsim.report.sections.part import listed
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Heading of the column, groups that a cell names at most, and what stands where none is clear.
HEADING, MOST_NAMED, UNCLEAR = "Variance from", 3, "cannot tell"
#: Reasons why there are no shares, as short as a cell.
_SHORT = {SAME_EVERYWHERE: "same everywhere"}
NOT_RUN = (
    "Where the variance of effects comes from was not found out: it takes {fewest} worlds or more, and "
    "--variance-worlds other than 0."
)


def applies(variance: VarianceFrom | None, table: Table, window: int = 0) -> bool:
    """Whether the variance was split under the assumptions of `table`, for the months of the window."""
    return variance is not None and window == 0 and variance.assumptions == table.label


def origins(
    variance: VarianceFrom | None, table: Table, policy: str, outcome: str, window: int = 0
) -> tuple[str, ...]:
    """The groups of inputs with a clear share of an effect's variance, each with it, the largest first.

    One text that says why where there is none; a hyphen where the policy changes nothing.
    """
    if no_difference(table, policy, outcome, window):
        return ("-",)
    if variance is None or not applies(variance, table, window):
        return (numbers.NOT_DEFINED,)
    split = variance.policies[policy][outcome]
    if split.reason:
        return (reason_words(split),)
    named = split.leading[:MOST_NAMED]
    return tuple(f"{name} {numbers.percent(split.shares[name].share)}" for name in named) or (UNCLEAR,)


def reason_words(split: Split) -> str:
    """Why there are no shares, as short as a cell."""
    return _SHORT.get(split.reason, split.reason)


def share_words(share: Share) -> str:
    """ "61 % (error 9 points)"."""
    error = "unknown" if share.mcse is None else f"{100 * share.mcse:.0f} points"
    return numbers.typographic(f"{numbers.percent(share.share)} (error {error})")


def effect_words(policy: str, outcome: str, split: Split, variance: VarianceFrom) -> str:
    """One effect's origins in a sentence; empty where there is nothing to say."""
    if split.reason:
        return ""
    label = OUTCOMES[outcome].label
    subject = f"the effect of {policy} on {label[:1].lower()}{label[1:]}"
    what = {group.name: group.what for group in variance.groups}
    named = split.leading[:MOST_NAMED]
    if not named:
        return f"{variance.worlds:,} worlds cannot tell where the variance of {subject} comes from."
    parts = [f"{share_words(split.shares[name])} from {what[name]}" for name in named]
    return f"The variance of {subject} comes to {listed(parts)}."


def counted_words(variance: VarianceFrom) -> str:
    """Of how many headline effects each group is the largest clear origin, in a sentence."""
    splits = [
        outcomes[name]
        for outcomes in variance.policies.values()
        for name in HEADLINE_OUTCOMES
        if not outcomes[name].reason
    ]
    if not splits:
        return "No effect on a headline outcome differs between worlds, or there were too few worlds to tell."
    first = Counter(split.leading[0] if split.leading else "" for split in splits)
    what = {group.name: group.what for group in variance.groups}
    many = len(splits) > 1
    parts = [f"{what[name]}{f' in {count}' * many}" for name, count in first.most_common() if name]
    unclear = f"; for {first['']} so few worlds cannot tell" if first[""] else ""
    found = f"the largest clear part comes from {listed(parts)}" if parts else "no part is clear"
    subject = (
        "For the one effect on a headline outcome that differs between worlds"
        if len(splits) == 1
        else f"Of {len(splits)} effects on headline outcomes that differ between worlds"
    )
    return f"{subject}, {found}{unclear}."


def where_from(variance: VarianceFrom) -> str:
    """From which runs the shares come, in a sentence."""
    failed = f" {variance.failed_worlds} of these worlds failed." if variance.failed_worlds else ""
    return (
        f"Shares are from {variance.runs} runs in the comparison's first {variance.worlds:,} worlds with "
        f"{variance.citizens} citizens a state, under the {variance.assumptions}.{failed}"
    )


def notes(variance: VarianceFrom | None, policies: Sequence[str]) -> tuple[str, ...]:
    """What stands below a headline table: what was found, or that nothing was."""
    from wbsim.experiments.redraws import FEWEST
    from wbsim.report.texts import ORIGIN_NOTE

    if not policies:
        return ()
    if variance is None:
        return (NOT_RUN.format(fewest=FEWEST),)
    return (f"{ORIGIN_NOTE} {counted_words(variance)} {where_from(variance)}",)
