"""What `wbsim.discover` hands back: sentences, plain data, pictures and files of a finished discovery."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from wbsim.errors import InputError, Problem
from wbsim.experiments.discovery import Discovered

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Picture = Literal["trajectory", "worlds", "ranges"]


@dataclass(frozen=True)
class DiscoveryResults:
    """A finished discovery. `found` holds everything; `record` says how to get it again."""

    found: Discovered
    record: dict[str, Any]

    def __str__(self) -> str:
        return "\n".join(self.sentences)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was found, to be quoted."""
        from wbsim.report.discovery_words import NOTE, sentences

        return (*sentences(self.found), NOTE)

    def summary(self) -> dict[str, Any]:
        """The object that `--json` prints and `discovery.json` holds."""
        from wbsim.report.discovery_plain import plain

        return plain(self.found) | {"record": self.record}

    def plot(self, picture: Picture = "worlds", ax: Axes | None = None) -> Axes:
        """Draw the peeling trajectory, fresh worlds with the first box, or the boxes' ranges; return the axes."""
        from wbsim.report import draw_discovery

        drawings = {
            "trajectory": draw_discovery.draw_trajectory,
            "worlds": draw_discovery.draw_worlds,
            "ranges": draw_discovery.draw_ranges,
        }
        if picture not in drawings:
            raise InputError(Problem(f'"{picture}" is none of {", ".join(drawings)}', key="picture"))
        if ax is None:
            from matplotlib import pyplot

            _, ax = pyplot.subplots(figsize=(5.2, 4.0), layout="constrained")
        return drawings[picture](self.found, ax)

    def save(self, folder: str | Path) -> Path:
        """Write JSON, CSV and pictures into the new folder `folder`; InputError if it exists."""
        from datetime import UTC, datetime

        from wbsim.results.folder import place_for

        return write_results(self, place_for(folder), datetime.now(UTC))


def write_results(results: DiscoveryResults, place: Any, started: Any) -> Path:
    """Write all files into a draft and give it its final name in `place`, a `wbsim.results.folder.Place`."""
    from wbsim.report.discovery_files import write_discovery
    from wbsim.results.folder import draft, publish

    with draft(place) as folder:
        write_discovery(results.found, folder, {"record": results.record})
        return publish(folder, place, "discover", started, results.record["results_sha256"])
