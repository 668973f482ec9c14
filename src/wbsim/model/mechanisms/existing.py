"""Mechanisms of the status quo beside IISG: bilateral ties, NATO, Open Balkan (M1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wbsim.chance.counter import WHOLE, Stream
from wbsim.model.mechanisms.base import Floats, Mechanism
from wbsim.model.rules.loops import signed_pact, worst_among
from wbsim.tables import mechanisms as records
from wbsim.tables.places import DOMAIN_NAMES, STATE_CODES

if TYPE_CHECKING:
    from wbsim.model.region import Region

_DISASTERS = DOMAIN_NAMES.index("disasters")
#: Domains in which a mechanism opens channels, by weight.
_NATO_DOMAINS = np.array([0.3, 1.0, 0.3, 1.0, 0.5])
_OPEN_BALKAN_DOMAINS = np.array([0.0, 0.0, 1.0, 0.0, 1.0])
_FOUNDERS = np.array([float(code in records.OPEN_BALKAN_FOUNDERS) for code in STATE_CODES])


def left_by_non_recognition(region: Region) -> Floats:
    """What non-recognition leaves of a channel that needs it, (R, 6, 6): 1 where two states recognise each other."""
    closure = region.draws["closure"][:, None, None]
    return np.asarray(1.0 - closure * (1.0 - region.geography.recognised))


class Bilateral(Mechanism):
    """Ties between two states; non-recognition closes most of them."""

    record = records.BILATERAL

    def __init__(self, model, policy=None) -> None:  # type: ignore[no-untyped-def]
        super().__init__(model, policy)
        #: What non-recognition leaves of every channel, (R, 6, 6, 1).
        self.left: Floats = left_by_non_recognition(model)[..., None]

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
    """Borders and mutual aid among its members; jointly owned; crises among them stall it and may end it (M1, X3).

    While it is stalled it does nothing: no channel, no pact, no desks; only a stalled format ends. A policy may start
    it with other members: then it begins anew, also where today's had ended, and what ends it ends today's too.
    """

    record = records.OPEN_BALKAN
    VARIABLES = ("alive", "stalled")

    def __init__(self, model, policy=None) -> None:  # type: ignore[no-untyped-def]
        super().__init__(model, policy)
        self.alive: Floats = np.ones(model.worlds)
        self.stalled: Floats = np.zeros(model.worlds)
        #: What non-recognition leaves of its channel and its pact between two members, (R, 6, 6).
        self.left: Floats = np.ones((1, 6, 6))
        if self.choice("non_recognition") == "closes":
            self.left = left_by_non_recognition(model)
        #: Weights of its domains between founders and between all other members, (R or 1, 6, 6, D).
        domains = self.left[..., None] * _OPEN_BALKAN_DOMAINS
        founded = (_FOUNDERS[:, None] * _FOUNDERS[None, :])[..., None]
        self.founded, self.joined = domains * founded, domains * (1.0 - founded)

    def works_now(self) -> Floats:
        """1 where it is neither ended nor stalled, (R,)."""
        return self.alive * (1.0 - self.stalled)

    def staff(self) -> Floats:
        """Desks while it works, (R, 6)."""
        return self.works_now()[:, None] * super().staff()

    def act(self) -> None:
        """Stall, resume or end, by crises among the members or by the agenda; else activate the pact (M1)."""
        region = self.region
        if region.chancy and region.eventful:
            self._stall(worst_among(region.pair_severity(), self.members))
        if (region.month, self.record.name) in region.agenda.ends:
            self.alive = np.zeros_like(self.alive)
        self._end_with_it()
        region.effects.staff += self.staff()
        region.effects.money += self.works_now() * self.cost() / 12.0
        region.effects.pact += self.pact(region.seen.effort)

    def _stall(self, worst: Floats) -> None:
        """A crisis among the members stalls it; it resumes in calm, and may end while it is stalled (M1)."""
        region = self.region
        p = region.draws
        u = region.chance.uniform(Stream.MECHANISM_END, region.month, WHOLE, 3)[:, 0]
        ends = self.stalled * (u[:, 0] < 1.0 - np.exp(-p["open_balkan_end"]))
        resumes = (worst == 0.0) & (u[:, 1] < 1.0 - np.exp2(-1.0 / p["open_balkan_pause"]))
        stalls = u[:, 2] < 1.0 - np.exp(-p["open_balkan_stall"] * worst)
        self.alive = np.where(ends > 0.0, 0.0, self.alive)
        self.stalled = np.where(self.stalled > 0.0, np.where(resumes, 0.0, 1.0), stalls.astype(float))

    def _end_with_it(self) -> None:
        """What ends Open Balkan with a policy's members ends today's, which would else come back after the policy."""
        for other in self.region.mechanisms:
            if isinstance(other, OpenBalkan) and other.start == 0:
                other.alive = np.minimum(other.alive, self.alive)

    def pact(self, effort: Floats) -> Floats:
        """A signed pact is activated as far as both make an effort in disasters, less without recognition (X3)."""
        logit = np.empty((self.region.worlds, 6, 6))
        weight = self.region.draws["aid_pact"]
        signed_pact(logit, weight, effort, _DISASTERS, self.works_now(), self.members, self.left)
        return logit

    def connect(self) -> None:
        """Open channels in its domains while it works: founders own it, those who join to a share (X1, M4)."""
        members = self.works_now()[:, None] * self.members
        openness = self.region.draws["channel_open_balkan"]
        self.open(openness, self.everywhere(1.0), self.founded, members)
        if (self.members > _FOUNDERS).any():
            owned = self.everywhere(self.number("joiners_own"))
            self.open(openness, owned, self.joined, members)
