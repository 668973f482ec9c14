"""What every mechanism of cooperation has and does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

import mesa
import numpy as np
from numpy.typing import NDArray

from wbsim.model.rules.loops import add_channel
from wbsim.tables.calendar import HISTORY_START, month_number
from wbsim.tables.places import STATE_INDEX
from wbsim.tables.record import MechanismRecord

if TYPE_CHECKING:
    from wbsim.model.region import Region
    from wbsim.scenario.schema import LeverValue, Policy

Floats = NDArray[np.float64]


class Mechanism(mesa.Agent):
    """A mechanism in R worlds at once.

    A subclass names its `record`, lists in `VARIABLES` the arrays that change from month to month, and overrides
    `act` (what it does in a month, by adding to `region.effects`) and `connect` (the channel that it opens).
    `levers` holds the settings of the policy that started it, or the defaults. What belongs to a channel of the
    record it does only where `works` says so.
    """

    record: ClassVar[MechanismRecord]
    VARIABLES: ClassVar[tuple[str, ...]] = ()

    def __init__(self, model: Region, policy: Policy | None = None) -> None:
        super().__init__(model)
        self.region = model
        defaults: dict[str, LeverValue] = {lever.name: lever.default for lever in self.record.levers}
        self.levers: Mapping[str, LeverValue] = defaults | dict(policy.levers if policy else {})
        self.off = frozenset(policy.without if policy else ())
        start = month_number(HISTORY_START)
        self.start = month_number(policy.start) - start if policy else 0
        self.end = month_number(policy.end) - start if policy and policy.end else None
        codes = self.levers.get("members", tuple(STATE_INDEX))
        assert isinstance(codes, tuple)
        self.members: Floats = np.zeros(6)
        self.members[[STATE_INDEX[str(code)] for code in codes]] = 1.0

    def number(self, lever: str) -> float:
        """A numeric lever."""
        value = self.levers[lever]
        assert isinstance(value, (int, float))
        return float(value)

    def choice(self, lever: str) -> str:
        """A lever that is one of several words."""
        value = self.levers[lever]
        assert isinstance(value, str)
        return value

    def works(self, channel: str) -> bool:
        """Whether a channel of the record is on."""
        return channel not in self.off

    def active(self, month: int) -> bool:
        """Whether the mechanism exists in a month (counted from 2021-01)."""
        return self.start <= month and (self.end is None or month < self.end)

    def staff(self) -> Floats:
        """Desks asked of each state, (R, 6)."""
        desks = np.empty((self.region.worlds, 6))
        desks[:] = self.number("staff") * self.members
        return desks

    def cost(self) -> float:
        """Running cost, EUR m a year."""
        return self.number("cost")

    def act(self) -> None:
        """A month of the mechanism: ask for staff and money; subclasses add what else they do."""
        self.region.effects.staff += self.staff()
        self.region.effects.money += self.cost() / 12.0
        if type(self).pact is not Mechanism.pact:
            self.region.effects.pact += self.pact(self.region.seen.effort)

    def pact(self, effort: Floats) -> Floats:
        """Logit (R, 6, 6) that a pact of mutual aid adds to the readiness to help at this effort (R, 6, D) (X3)."""
        return np.zeros((self.region.worlds, 6, 6))

    def connect(self) -> None:
        """Open channels between members; a mechanism without channels of its own opens none."""

    def everywhere(self, share: Floats | float) -> Floats:
        """A number for every world, (R,)."""
        number = np.empty(self.region.worlds)
        number[:] = share
        return number

    def open(self, openness: Floats, owned: Floats, domains: Floats, members: Floats | None = None) -> None:
        """Open a channel (X1) of `openness` k (R,) in `domains` (D,) or (6, 6, D), owned to the share `owned` (R,)."""
        region = self.region
        effects = region.effects
        lowest = region.draws["imposed_value"]
        worth = openness * (lowest + (1.0 - lowest) * owned)
        belongs = np.empty((region.worlds, 6))
        belongs[:] = self.members if members is None else members
        add_channel(
            effects.closed,
            effects.openness,
            effects.owned,
            effects.inclusive,
            worth,
            region.staffed(),
            belongs,
            np.array(domains, ndmin=4),
            np.array(owned),
        )
