"""Progress on standard error: a bar with the time left in a terminal, a few plain lines anywhere else."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from wbsim.report.numbers import duration

#: Seconds between two plain lines, at least; and the share of the work.
_PAUSE, _SHARE = 5.0, 0.1


@contextlib.contextmanager
def show_progress(console: Console, *, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """A function that is told how many worlds of how many are done; None if nothing is to be shown."""
    if quiet:
        yield None
    elif console.is_terminal:
        with _bar(console) as bar:
            yield bar
    else:
        yield plain_lines(console)


@contextlib.contextmanager
def _bar(console: Console) -> Iterator[Callable[[int, int], None]]:
    columns = (
        TextColumn("Simulating"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("worlds,"),
        TimeElapsedColumn(),
        TextColumn("gone,"),
        TimeRemainingColumn(),
        TextColumn("left"),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None)

        def tell(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        yield tell


def plain_lines(console: Console, now: Callable[[], float] = time.monotonic) -> Callable[[int, int], None]:
    """Tell a line at each tenth of the work, at most every few seconds; the end isn't told."""
    started = told_at = now()
    told = 0

    def tell(done: int, total: int) -> None:
        nonlocal told_at, told
        moment = now()
        if done >= total or done - told < _SHARE * total or moment - told_at < _PAUSE:
            return
        told_at, told = moment, done
        left = (moment - started) / done * (total - done)
        console.print(f"{done:,} of {total:,} worlds done, {duration(left)} left", highlight=False)

    return tell
