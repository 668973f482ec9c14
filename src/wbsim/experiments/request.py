"""What was asked for: enough to write the command that does it again, or replays one world of it."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wbsim.scenario.schema import Scenario


@dataclass(frozen=True, slots=True)
class Request:
    """The kind of command, the scenarios as names or paths, and the options that change a result."""

    kind: Literal["run", "compare"]
    sources: tuple[str, ...]
    worlds: int
    seed: int
    first: int = 0
    baseline: str | None = None
    assumptions: str | None = None
    folder: str | None = None
    plugins: tuple[str, ...] = ()
    years: int | None = None
    citizens: int | None = None
    posterior: str | None = None
    under: tuple[str, ...] = ()
    channels: bool = False
    robustness: bool = False
    worlds_each: int | None = None
    variance_worlds: int | None = None

    def command(self, world: int | None = None) -> str:
        """The command line that gives the same results, or world `world` alone."""
        parts = ["wbsim", self.kind, *self.sources]
        options: dict[str, object] = {
            "--baseline": self.baseline,
            "--assumptions": self.assumptions,
            "--posterior": self.posterior,
            "--scenarios": self.folder,
            "--years": self.years,
            "--citizens": self.citizens,
            "--seed": self.seed,
            "--first-world": (self.first or None) if world is None else world,
            "--worlds": self.worlds if world is None else 1,
        }
        for name, value in options.items():
            parts += [] if value is None else [name, str(value)]
        for each in self.under:
            parts += ["--under", each]
        parts += self.extras() if world is None else []
        for file in self.plugins:
            parts += ["--plugin", file]
        return shlex.join(parts)

    def extras(self) -> list[str]:
        """The options of extra runs, of which a world replayed by itself needs none."""
        parts = ["--channels"] * self.channels + ["--robustness"] * self.robustness
        for name, value in {
            "--worlds-each": self.worlds_each,
            "--variance-worlds": self.variance_worlds if self.kind == "compare" else None,
        }.items():
            parts += [] if value is None else [name, str(value)]
        return parts


def source(scenario: Scenario) -> str:
    """What to write on the command line for `scenario`: its path, or its name where it is found by name."""
    _, found, name = scenario.origin.partition(": ")
    return name if found else scenario.origin or scenario.name


def sources(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """What to write on the command line for `scenarios`."""
    return tuple(source(scenario) for scenario in scenarios)
