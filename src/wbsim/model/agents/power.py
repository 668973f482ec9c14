"""External powers: European Union, NATO and its peacekeepers, United States, Russia (E3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numpy as np
from numpy.typing import NDArray

from wbsim.chance.counter import STATES, Stream

if TYPE_CHECKING:
    from wbsim.model.region import Region

Floats = NDArray[np.float64]


class ExternalPower(mesa.Agent):
    """A power outside the region whose weight follows an assumption, not a rule of its own."""

    VARIABLES: tuple[str, ...] = ()

    def __init__(self, model: Region) -> None:
        super().__init__(model)
        self.region = model

    def act(self) -> None:
        """Move by one month."""
        raise NotImplementedError


class EuropeanUnion(ExternalPower):
    """Credibility of accession by state, (R, 6), returning to its start, moved by chance, events and paths."""

    VARIABLES = ("credibility",)

    def __init__(self, model: Region) -> None:
        super().__init__(model)
        self.credibility: Floats = model.draws["credibility"].copy()

    def act(self) -> None:
        """Move credibility by one month (E3)."""
        region = self.region
        p = region.draws
        back = 1.0 - region.left["credibility_half_life"][:, None]
        moved = self.credibility + back * (p["credibility"] - self.credibility)
        if region.chancy:
            normal = region.chance.normal(Stream.CREDIBILITY, region.month, STATES)[:, :, 0]
            moved = moved + p["credibility_noise"][:, None] * normal
        moved = moved + region.agenda.accession[region.month]
        path = region.agenda.credibility[region.month]
        self.credibility = np.clip(np.where(np.isnan(path), moved, path), 0.0, 1.0)


class Nato(ExternalPower):
    """Strength of the peacekeepers in Bosnia and Kosovo, (R,); 1 is that of 2021."""

    VARIABLES = ("peacekeepers",)

    def __init__(self, model: Region) -> None:
        super().__init__(model)
        self.peacekeepers: Floats = np.ones(model.worlds)

    def act(self) -> None:
        """Take the agenda's strength of peacekeepers (E3)."""
        self.peacekeepers = np.full(self.region.worlds, self.region.agenda.peacekeepers[self.region.month])


class UnitedStates(ExternalPower):
    """Strength of mediation, (R,); 1 is that of 2021."""

    VARIABLES = ("mediation",)

    def __init__(self, model: Region) -> None:
        super().__init__(model)
        self.mediation: Floats = np.ones(model.worlds)

    def act(self) -> None:
        """Take the agenda's strength of mediation (E3)."""
        self.mediation = np.full(self.region.worlds, self.region.agenda.mediation[self.region.month])


class Russia(ExternalPower):
    """Pressure on the region, (R,); 0 is that of 2021. It jumps with an external war and fades."""

    VARIABLES = ("pressure",)

    def __init__(self, model: Region) -> None:
        super().__init__(model)
        self.pressure: Floats = np.zeros(model.worlds)

    def act(self) -> None:
        """Let pressure jump with an external war, else fade (E3)."""
        region = self.region
        p = region.draws
        moved = region.left["pressure_half_life"] * self.pressure
        moved = moved + p["pressure_jump"] * region.agenda.war[region.month]
        path = region.agenda.pressure[region.month]
        self.pressure = np.full(region.worlds, path) if np.isfinite(path) else moved
