"""The report at the end of `wbsim sweep` and `wbsim resume`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from wbsim.sweeps.opened import Sweep


def write_page(found: Sweep, console: Console, *, report: bool) -> Path | None:
    """Draw the page anew; without it, none may stay that says what the results no longer say.

    The results are whole by now: a page that cannot be written is told, and no failure of the sweep.
    """
    from wbsim.report.swept.page import publish_sweep, remove_page

    try:
        if report:
            return publish_sweep(found)
        remove_page(found.folder)
    except OSError as error:
        console.print(
            f"The report could not be written: {error.strerror or error}; `wbsim report {found.folder}` tries again",
            markup=False,
            soft_wrap=True,
        )
    return None
