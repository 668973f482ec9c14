"""A third party's mechanism, outside the package: a mission of observers on the dyads in dispute.

It keeps a small staff, is seen by the publics as a joint result would be, lowers escalation where observers stand,
and costs trust where a member sends them away. Use: `wbsim run scenario.toml --plugin plugin_observers.py`.
"""

import numpy as np

from wbsim.chance.counter import STATES, Stream
from wbsim.model.mechanisms.base import Mechanism
from wbsim.tables.places import STATE_CODES
from wbsim.tables.record import Lever, MechanismRecord


class Observers(Mechanism):
    """Unarmed observers along disputed borders."""

    record = MechanismRecord(
        "observers",
        "Mission of observers",
        "Unarmed observers of all members stand on the borders in dispute and report to all.",
        "an example: no source",
        (
            Lever("members", "member states", "states", "states", STATE_CODES, "all six"),
            Lever("observers", "observers", "persons", "number", 60.0, "ten a state", 0.0, 600.0),
            Lever("staff", "staff", "desks", "number", 0.05, "a desk officer a state", 0.0, 3.0),
            Lever("cost", "running cost", "EUR m a year", "number", 4.0, "salaries and cars", 0.0, 200.0),
        ),
    )
    VARIABLES = ("expelled",)

    def __init__(self, model, policy=None):
        super().__init__(model, policy)
        self.expelled = np.zeros((model.worlds, 6))

    def act(self):
        super().act()
        region, effects = self.region, self.region.effects
        # A state with hostile rhetoric may send the observers away; they don't come back.
        hostility = -region.seen.rhetoric.min(axis=2)
        u = region.chance.uniform(Stream.PLUGIN, region.month, STATES)[:, :, 0]
        leaves = (u < 0.02 * np.clip(hostility, 0.0, 1.0)) & (self.members > 0.0) & (self.expelled == 0.0)
        self.expelled = np.maximum(self.expelled, leaves)
        effects.broken += 0.3 * leaves[:, None, :] * (1.0 - np.eye(6))
        # Elsewhere they lower escalation, with less for each further observer.
        strength = np.log1p(self.number("observers") / 60.0)
        stand = self.members * (1.0 - self.expelled)
        both = stand[:, region.geography.first] * stand[:, region.geography.second]
        disputed = region.geography.dispute[region.geography.first, region.geography.second] > 0.0
        effects.escalation += 0.3 * strength * both * disputed
        effects.shown = np.maximum(effects.shown, 0.2 * stand)
