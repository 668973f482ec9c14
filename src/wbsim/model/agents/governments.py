"""The six governments at once: effort (G1), rhetoric (G2), trust in the others (G3), military posture (G4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wbsim.chance.counter import STATES, Stream
from wbsim.model.agents.government import VETOED, Government
from wbsim.model.rules import basics, effort, payment, trust

if TYPE_CHECKING:
    from wbsim.model.region import Region

Floats = NDArray[np.float64]


class Governments(list[Government]):
    """The six agents, and their variables as arrays (R, 6, ...) with an axis of states.

    What differs between states (rents, elections, the veto player) is in arrays too, so that a rule is one call for all
    six. A stage puts new arrays in the place of the old ones and never writes into them.
    """

    VARIABLES = Government.VARIABLES

    def __init__(self, model: Region) -> None:
        super().__init__(Government(model, place) for place in range(6))
        self.region = model
        reference = model.reference
        self.effort: Floats = reference.effort.copy()
        self.motive: Floats = reference.motive.copy()
        self.rhetoric: Floats = reference.rhetoric.copy()
        self.kept: Floats = reference.kept.copy()
        self.broken: Floats = reference.broken.copy()
        self.log_odds: Floats = basics.logit(reference.trust)
        self.trust: Floats = reference.trust.copy()
        self.posture: Floats = reference.posture.copy()
        self.capacity: Floats = reference.capacity.copy()
        self.staffed: Floats = reference.staffed.copy()

    def judge(self) -> None:
        """Update the records of the others and the trust in them (G3)."""
        region = self.region
        p, effects, reference = region.draws, region.effects, region.reference
        contact = p["trust_contact"][:, None, None] * (region.environment.joint - reference.joint)
        helped = p["aid_record"][:, None, None] * region.environment.helped
        arms = region.armed[:, None, :] * region.geography.dispute / 3.0
        gains = effects.kept + np.maximum(contact, 0.0) + helped
        losses = p["loss_weight"][:, None, None] * (
            effects.broken
            + np.maximum(-contact, 0.0)
            + p["trust_crisis"][:, None, None] * region.pair_severity()
            + p["trust_posture"][:, None, None] * np.maximum(arms, 0.0)
        )
        fade = region.left["record_half_life"][:, None, None]
        self.kept = fade * self.kept + gains
        self.broken = fade * self.broken + losses
        if region.variants["trust_rule"] == "two-types":
            # The ordinary load of crises and help is part of the dyad's own level: only the excess is a signal.
            ordinary = (1.0 - fade) * (reference.broken - reference.kept)
            level = basics.logit(reference.trust)
            self.log_odds = trust.belief(
                self.log_odds, level, fade, gains - losses + ordinary, p["kydd_signal"][:, None, None]
            )
            self.trust = basics.sigmoid(self.log_odds)
        else:
            self.trust = trust.reputation(self.kept, self.broken, reference.alpha, reference.beta)

    def speak(self) -> None:
        """Move rhetoric towards what trust, rents and pledges suggest; crises harden it (G2)."""
        region = self.region
        p, effects = region.draws, region.effects
        pledge = basics.total(effects.pledge, -1) / 5.0 * p["commitment_pull"][:, None]
        aim = trust.rhetoric_aim(
            region.seen.trust,
            p["rhetoric_trust"][:, None, None],
            region.rent()[:, :, None],
            p["rhetoric_rent"][:, None, None],
            region.geography.dispute,
            (pledge + effects.rhetoric)[:, :, None],
        )
        speed = 1.0 - region.left["rhetoric_half_life"][:, None, None]
        excess = region.pair_severity() - region.reference.pair_load
        moved = self.rhetoric + speed * (aim - self.rhetoric) - p["rhetoric_crisis"][:, None, None] * excess
        self.rhetoric = np.clip(moved, -1.0, 1.0)

    def decide(self) -> None:
        """Choose effort by domain within the staff there is (G1), and let capacity follow payment (M2)."""
        region = self.region
        p, seen, effects, reference = region.draws, region.seen, region.effects, region.reference
        near = np.array([region.election_near(place) for place in range(6)])
        heard = p["responsiveness"] * np.where(near, p["election_boost"][:, None], 1.0)
        self.motive = effort.motive(
            p["effort_base"][:, None, None],
            heard[:, :, None],
            region.importance(),
            seen.support,
            p["threat_push"][:, None, None],
            region.level_ratio(),
            (p["accession_push"][:, None] * region.union.credibility)[:, :, None],
            region.rent()[:, :, None],
            p["scrutiny"][:, :, None],
            effects.incentive + self._noise(),
        )
        wanted = effort.aim(
            self.motive,
            p["reciprocity"][:, None, None],
            basics.others_mean(seen.effort),
            seen.effort,
            p["commitment_pull"][:, None, None] * effects.pledge,
        )
        budget = p["staff_budget"][:, None] * self.capacity
        self.staffed = effort.staffed_share(budget, basics.total(wanted, -1), effects.staff)
        aim = wanted * self.staffed[:, :, None]
        cap = effort.veto_cap(p["veto_cap"], region.environment.internal[:, VETOED])
        aim[:, VETOED] = np.minimum(aim[:, VETOED], cap[:, None])
        speed = 1.0 - region.left["effort_half_life"][:, None, None]
        self.effort = np.clip(self.effort + speed * (aim - self.effort), 0.0, 1.0)
        goal = payment.capacity_aim(
            reference.capacity, p["capacity_money"][:, None], effects.payment, np.zeros(1)
        )
        pace = 1.0 - region.left["capacity_half_life"][:, None]
        self.capacity = self.capacity + pace * (goal - self.capacity)

    def arm(self) -> None:
        """Move military posture towards what rivals' arming and lost trust suggest (G4)."""
        region = self.region
        p, seen, reference = region.draws, region.seen, region.reference
        weights = region.rivalry
        aim = trust.posture_aim(
            reference.posture,
            p["posture_rivalry"][:, None],
            region.rivals_armed,
            p["posture_distrust"][:, None],
            basics.total(weights * (reference.trust - seen.trust), -1),
            np.minimum(p["transparency_posture"][:, None] * region.effects.shown, 1.0),
        )
        moved = self.posture + (1.0 - region.left["posture_half_life"][:, None]) * (aim - self.posture)
        if region.chancy:
            normal = region.chance.normal(Stream.POSTURE, region.month, STATES)[:, :, 0]
            moved = moved + p["posture_noise"][:, None] * normal
        self.posture = np.clip(moved, 0.1, 6.0)

    def _noise(self) -> Floats:
        """Unexplained variation of the aim, (R, 6, D)."""
        region = self.region
        if not region.chancy:
            return np.zeros((1, 1, 1))
        normal = region.chance.normal(Stream.EFFORT, region.month, STATES, 5)
        return region.draws["effort_noise"][:, None, None] * normal
