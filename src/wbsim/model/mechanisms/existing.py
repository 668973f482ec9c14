"""Mechanisms of the status quo beside IISG: bilateral ties, NATO, Open Balkan (M1)."""

from __future__ import annotations

import numpy as np

from wbsim.chance.counter import WHOLE, Stream
from wbsim.model.mechanisms.base import Floats, Mechanism
from wbsim.model.rules import basics
from wbsim.tables import mechanisms as records
from wbsim.tables.places import DOMAIN_NAMES

_DISASTERS = DOMAIN_NAMES.index("disasters")
#: Domains in which a mechanism opens channels, by weight.
_NATO_DOMAINS = np.array([0.3, 1.0, 0.3, 1.0, 0.5])
_OPEN_BALKAN_DOMAINS = np.array([0.0, 0.0, 1.0, 0.0, 1.0])


class Bilateral(Mechanism):
    """Ties between two states; non-recognition closes most of them."""

    record = records.BILATERAL

    def __init__(self, model, policy=None) -> None:  # type: ignore[no-untyped-def]
        super().__init__(model, policy)
        closed = model.draws["closure"][:, None, None] * (1.0 - model.geography.recognised)
        #: What non-recognition leaves of every channel, (R, 6, 6, 1).
        self.left: Floats = (1.0 - closed)[..., None]

    def connect(self) -> None:
        """Open what non-recognition leaves of every channel (X1)."""
        p = self.region.draws
        self.open(p["channel_bilateral"], p["owned_bilateral"], self.left)


class Nato(Mechanism):
    """Procedures of the members among the six."""

    record = records.NATO

    def connect(self) -> None:
        """Open channels between the members (X1)."""
        p = self.region.draws
        self.open(p["channel_nato"], p["owned_nato"], _NATO_DOMAINS)


class OpenBalkan(Mechanism):
    """Borders and mutual aid among its members; jointly owned; a crisis among them can end it (M1, X3)."""

    record = records.OPEN_BALKAN
    VARIABLES = ("alive",)

    def __init__(self, model, policy=None) -> None:  # type: ignore[no-untyped-def]
        super().__init__(model, policy)
        self.alive: Floats = np.ones(model.worlds)

    def staff(self) -> Floats:
        """Desks while it lives, (R, 6)."""
        return self.alive[:, None] * super().staff()

    def act(self) -> None:
        """End by a crisis among the members or by the agenda; else activate the pact (M1)."""
        region = self.region
        if region.chancy and region.eventful:
            among = self.members[:, None] * self.members[None, :]
            worst = (region.pair_severity() * among).max(axis=(1, 2))
            u = region.chance.uniform(Stream.MECHANISM_END, region.month, WHOLE)[:, 0, 0]
            chance = 1.0 - np.exp(-region.draws["open_balkan_end"] * worst)
            self.alive = np.where(u < chance, 0.0, self.alive)
        if (region.month, self.record.name) in region.agenda.ends:
            self.alive = np.zeros_like(self.alive)
        region.effects.staff += self.staff()
        region.effects.money += self.alive * self.cost() / 12.0
        region.effects.pact += self.pact(region.seen.effort)

    def pact(self, effort: Floats) -> Floats:
        """A signed pact is activated as far as both make an effort in disasters (X3)."""
        level = effort[:, :, _DISASTERS]
        ready = np.sqrt(level[:, :, None] * level[:, None, :]) * self.alive[:, None, None]
        among = self.members[:, None] * self.members[None, :] * basics.OTHERS
        return np.asarray(self.region.draws["aid_pact"][:, None, None] * ready * among)

    def connect(self) -> None:
        """Open channels in its domains while it lives (X1)."""
        members = self.alive[:, None] * self.members
        self.open(
            self.region.draws["channel_open_balkan"],
            self.everywhere(1.0),
            _OPEN_BALKAN_DOMAINS,
            members,
        )
