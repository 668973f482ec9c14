"""What extra runs will be made, said before they start."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wbsim.experiments.compare import Prepared


def extra_lines(prepared: Prepared) -> Iterator[str]:
    """A line for each sort of extra runs: how many, in how many worlds, and what they will probably cost."""
    from wbsim.experiments.channels import ORDERS
    from wbsim.experiments.estimate import simulation_seconds
    from wbsim.report.numbers import duration

    channels, robustness = prepared.extras.channels, prepared.extras.robustness
    if channels is not None:
        seconds = simulation_seconds(channels.plan)
        sampled = [game for game in channels.games if game.orders]
        how = f"; {len(sampled)} of them by {ORDERS} random orders" if sampled else ""
        yield (
            f"Channels: {_count(len(channels.games), 'division')}{how}, {channels.runs} runs in "
            f"{_worlds(channels.plan.settings.worlds)} each, probably {duration(seconds)} more."
        )
    if robustness is not None:
        yield (
            f"Robustness: {len(robustness.settings)} settings, {robustness.structural} of them in two courses of "
            f"chance, {robustness.runs} runs in {_worlds(robustness.plan.settings.worlds)} each, probably "
            f"{duration(simulation_seconds(robustness.plan))} more."
        )
        for line in robustness.missing:
            yield f"{line[0].upper()}{line[1:]}."
    split = prepared.extras.variance_from
    if split is not None:
        yield (
            f"Where the variance of effects comes from: {split.runs} runs in {_worlds(split.plan.settings.worlds)} "
            f"each with {split.citizens} citizens a state, probably {duration(simulation_seconds(split.plan))} more; "
            "--variance-worlds 0 leaves it away."
        )
    left = len(prepared.plan.sets) - 1
    if prepared.extras.asked and left > 0:
        used = prepared.extras.asked[0].assumptions
        yield f"Extra runs are made under {used} only, not under the other {_count(left, 'set')} of assumptions."


def _worlds(count: int) -> str:
    return _count(count, "world")


def _count(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
