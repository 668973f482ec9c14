"""What a sweep will simulate, known before anything starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wbsim.experiments.windows import FIRST_PROJECTED
from wbsim.results.layout import months_between
from wbsim.scenario.model import MODEL, Model
from wbsim.scenario.posterior import PosteriorFile
from wbsim.scenario.schema import Scenario
from wbsim.sweeps.design import Design
from wbsim.sweeps.keep import BYTES, Keep
from wbsim.tables.calendar import month_number, month_text


@dataclass(frozen=True, slots=True)
class SweepPlan:
    """Worlds `first` to `first + worlds - 1` of each of `scenarios` at each point of `design`.

    `baseline` is the scenario that others are compared with, None where nothing is compared. `shown` are the outcomes
    that tables and pictures show. `keep` says what is kept of each world. `command` gives the same results.
    """

    name: str
    scenarios: tuple[Scenario, ...]
    design: Design
    worlds: int
    seed: int
    first: int = 0
    keep: Keep = "monthly"
    model: Model = field(default=MODEL)
    plugins: tuple[str, ...] = ()
    baseline: str | None = None
    shown: tuple[str, ...] = ()
    command: str = ""

    @property
    def months(self) -> tuple[str, ...]:
        """Every simulated month, "YYYY-MM"."""
        start = self.scenarios[0].run.start
        if self.model.months is None:
            return months_between(start, self.scenarios[0].horizon)
        return months_between(start, month_text(month_number(start) + self.model.months - 1))

    @property
    def since(self) -> int:
        """The month, counted from 0, that sums are taken from: always the first projected one.

        A policy that starts later changes nothing before, so differences are those of a comparison; and a sweep that
        is extended by an earlier start keeps its figures. A model that ends before takes all its months.
        """
        number = month_number(FIRST_PROJECTED) - month_number(self.months[0])
        return number if number < len(self.months) else 0

    @property
    def scenario_worlds(self) -> int:
        """Worlds times scenarios times design points."""
        return self.worlds * len(self.scenarios) * len(self.design.points)

    @property
    def size(self) -> int:
        """Bytes that a sweep takes on disk, roughly: what is kept of each world, and the figures once more."""
        figures = 2 * 8 * len(self.model.outcomes)
        if self.model is MODEL:
            months = len(self.months) / 144
            return int(
                self.scenario_worlds
                * (BYTES[self.keep] * (months if self.keep != "horizon" else 1) + figures)
            )
        series = 0 if self.keep == "horizon" else 4 * len(self.months) * len(self.model.outcomes)
        return self.scenario_worlds * (series + figures)

    @property
    def posteriors(self) -> Mapping[str, PosteriorFile]:
        """The posteriors that worlds draw from, by hash."""
        used = [scenario.assumptions for scenario in self.scenarios]
        return {each.posterior.sha256: each.posterior for each in used if each.posterior is not None}
