"""What `run` and `compare` hand back: figures, plots, labelled arrays and the report of a finished
experiment."""

from __future__ import annotations

import shutil
import weakref
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from wbsim.errors import InputError, Problem
from wbsim.experiments.experiment import Experiment, Table
from wbsim.experiments.extras import Extras, read_extras
from wbsim.experiments.request import Request
from wbsim.experiments.summary import Summary, summarise_experiment
from wbsim.results.open import open_store
from wbsim.tables.outcomes import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import xarray
    from matplotlib.axes import Axes

    from wbsim.experiments.by_structure import ByStructure
    from wbsim.experiments.division import Channels
    from wbsim.experiments.drivers import Drivers
    from wbsim.experiments.failures import Failures
    from wbsim.experiments.panel import Panel
    from wbsim.experiments.robust import Robustness
    from wbsim.experiments.series import Series
    from wbsim.experiments.variance_from import VarianceFrom


class Results:
    """A finished experiment: `experiment` holds its figures, `request` what was asked for.

    `folder` is the results folder, None where none was asked for: then the monthly values lie in a temporary
    folder that goes when this object does.
    """

    def __init__(
        self,
        experiment: Experiment,
        request: Request,
        folder: Path | None = None,
        temporary: Path | None = None,
        extras: Extras | None = None,
    ) -> None:
        self._extras = extras
        self.experiment = experiment
        self.request = request
        self.folder = folder
        if temporary is not None:
            weakref.finalize(self, shutil.rmtree, temporary, ignore_errors=True)

    @property
    def results_sha256(self) -> str:
        """Hash over names, coordinates and values of all worlds."""
        return self.experiment.results_sha256

    def table(self, assumptions: int = 1) -> Table:
        """The figures under one set of assumptions, counted from 1, the baseline's own. InputError if
        unknown."""
        if not 1 <= assumptions <= len(self.experiment.tables):
            count = len(self.experiment.tables)
            raise InputError(
                Problem(f"no set {assumptions} of assumptions; there are {count}", key="assumptions")
            )
        return self.experiment.tables[assumptions - 1]

    @cached_property
    def series(self) -> tuple[Series, ...]:
        """What the report draws of each set of assumptions; read from the stores at the first use, once."""
        from wbsim.experiments.series import read_series

        return tuple(read_series(self.experiment, table) for table in self.experiment.tables)

    def summary(self) -> Summary:
        """The object that `--json` prints; see `wbsim.experiments.summary`."""
        return summarise_experiment(self.experiment) | self.extras.plain()

    @property
    def extras(self) -> Extras:
        """What extra runs found, those that the results folder holds where none were handed over."""
        if self._extras is None:
            self._extras = read_extras(self.folder) if self.folder else Extras()
        return self._extras

    def to_xarray(self, assumptions: int = 1) -> xarray.Dataset:
        """All worlds under one set of assumptions, labelled; see `wbsim.open_results`.

        Read from disk when values are used if there is a results folder, else all in memory.
        """
        dataset = open_store(self.table(assumptions).store)
        return dataset if self.folder else dataset.load()

    def report(self, path: str | Path) -> Path:
        """Write the report, one HTML file that needs no other, and return its path; it replaces an older."""
        from wbsim.report.page import write_report

        return write_report(self, Path(path))

    def save_figures(self, folder: str | Path) -> tuple[Path, ...]:
        """Write every figure of the report as PNG, SVG and CSV into `folder`, and return the files' paths."""
        from wbsim.report.publish import save_figures

        return save_figures(self, Path(folder))

    def _check_outcome(self, outcome: str) -> None:
        if outcome not in OUTCOMES:
            raise InputError(
                Problem(f'no outcome is called "{outcome}"; there are {", ".join(OUTCOMES)}', key="outcome")
            )

    def _repr_html_(self) -> str:
        from wbsim.report.notebook import html_tables

        return html_tables(self)

    def __str__(self) -> str:
        from wbsim.report.terminal import plain_text

        return plain_text(self)


class Comparison(Results):
    """Policies compared with a baseline in the same worlds."""

    def drivers(self, assumptions: int = 1) -> Drivers:
        """Which assumptions each effect hangs on, under one set of assumptions, counted from 1."""
        self.table(assumptions)
        return self._drivers[assumptions - 1]

    def failures(self, assumptions: int = 1) -> Failures:
        """Where each policy fails, under one set of assumptions, counted from 1."""
        self.table(assumptions)
        return self._failures[assumptions - 1]

    def structures(self, assumptions: int = 1) -> ByStructure:
        """What each effect is under each structure that worlds drew, under one set of assumptions, counted from 1."""
        self.table(assumptions)
        return self._structures[assumptions - 1]

    @cached_property
    def _structures(self) -> tuple[ByStructure, ...]:
        from wbsim.experiments.by_structure import find_by_structure

        return tuple(find_by_structure(table, self.experiment.seed) for table in self.experiment.tables)

    @cached_property
    def _drivers(self) -> tuple[Drivers, ...]:
        from wbsim.experiments.drivers import find_drivers

        return tuple(find_drivers(table, self.experiment.seed) for table in self.experiment.tables)

    @cached_property
    def _failures(self) -> tuple[Failures, ...]:
        from wbsim.experiments.failures import find_failures

        return tuple(find_failures(self.experiment, table) for table in self.experiment.tables)

    @property
    def channels(self) -> Channels | None:
        """Which channel of each policy did it; None unless it was asked for."""
        return self.extras.channels

    @property
    def robustness(self) -> Robustness | None:
        """Under which assumptions effects and ranks hold; None unless it was asked for."""
        return self.extras.robustness

    @property
    def variance_from(self) -> VarianceFrom | None:
        """Where the variance of each effect comes from; None where it was switched off."""
        return self.extras.variance_from

    def plot(
        self, outcome: str, ax: Axes | None = None, *, difference: bool = False, assumptions: int = 1
    ) -> Axes:
        """Draw an outcome over time and return the axes: the baseline's fan in grey, each policy in its own
        colour.

        With `difference`, the paired differences from the baseline instead, each with its 90 % band.
        InputError for an unknown outcome.
        """
        from wbsim.report.draw import draw_differences, draw_levels

        self._check_outcome(outcome)
        draw = draw_differences if difference else draw_levels
        return draw(self.experiment, self.table(assumptions), outcome, ax)

    def forest(self, outcome: str, ax: Axes | None = None, *, assumptions: int = 1) -> Axes:
        """Draw the paired differences at the horizon, a row for each policy, and return the axes.

        Dots are means, lines 90 % intervals over worlds, the grey strip is the margin of practical relevance.
        InputError for an unknown outcome.
        """
        from wbsim.report.draw import draw_forest

        self._check_outcome(outcome)
        return draw_forest(self.table(assumptions), outcome, ax)

    def map(self, policy: str | None = None, ax: Axes | None = None, *, assumptions: int = 1) -> Axes:
        """Draw the map of cooperation in the last December and return the axes: the baseline's, or what `policy`
        changes of it. InputError for an unknown policy, or where no world finished."""
        from wbsim.report.draw_dyad_plots import draw_map

        table = self.table(assumptions)
        return draw_map(table, self.series[assumptions - 1], policy, ax)

    def dyads(
        self,
        outcome: str = "public_trust",
        ax: Axes | None = None,
        *,
        difference: bool = False,
        assumptions: int = 1,
    ) -> Axes:
        """Draw an outcome of the 15 dyads in the last December, a row for each, and return the axes: the baseline's
        level, or with `difference` what each policy changes. InputError for an outcome that dyads don't have."""
        from wbsim.report.draw_dyad_plots import draw_dyads

        table = self.table(assumptions)
        return draw_dyads(table, self.series[assumptions - 1], outcome, ax, difference=difference)

    def panel(self, outcomes: Sequence[str] | None = None, *, assumptions: int = 1, window: int = 0) -> Panel:
        """All statistics of the comparison, see `wbsim.experiments.panel`; of all outcomes by default.

        `window` 0 is the horizon, the others are two years after the ends of policies, by date. InputError for an
        unknown outcome, set of assumptions or window.
        """
        from wbsim.experiments.panel import panel

        for outcome in outcomes or ():
            self._check_outcome(outcome)
        ends = self.experiment.measured.ends
        if not 0 <= window < len(ends):
            raise InputError(
                Problem(
                    f"no window {window}; there are 0 to {len(ends) - 1}: {', '.join(ends)}", key="window"
                )
            )
        return panel(self.table(assumptions), outcomes, window)


class Run(Results):
    """One scenario simulated by itself."""

    def plot(self, outcome: str, ax: Axes | None = None) -> Axes:
        """Draw an outcome over time, its median and 90 % interval over worlds, and return the axes.

        InputError for an unknown outcome.
        """
        from wbsim.report.draw import draw_levels

        self._check_outcome(outcome)
        return draw_levels(self.experiment, self.table(), outcome, ax)
