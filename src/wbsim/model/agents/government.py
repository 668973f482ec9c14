"""A government: effort (G1), rhetoric (G2), trust in the others (G3), military posture (G4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa
import numpy as np
from numpy.typing import NDArray

from wbsim.chance.counter import Stream
from wbsim.model.rules import basics, effort, payment, trust

if TYPE_CHECKING:
    from wbsim.model.region import Region

Floats = NDArray[np.float64]

#: The state whose effort a veto player caps.
VETOED = 1


class Government(mesa.Agent):
    """One of the six; `place` is its index in every axis of states."""

    VARIABLES = (
        "effort",
        "motive",
        "rhetoric",
        "kept",
        "broken",
        "log_odds",
        "trust",
        "posture",
        "capacity",
        "staffed",
    )

    def __init__(self, model: Region, place: int) -> None:
        super().__init__(model)
        self.region = model
        self.place = place
        self.agent = np.array([place])
        reference = model.reference
        self.effort: Floats = reference.effort[:, place].copy()
        self.motive: Floats = reference.motive[:, place].copy()
        self.rhetoric: Floats = reference.rhetoric[:, place].copy()
        self.kept: Floats = reference.kept[:, place].copy()
        self.broken: Floats = reference.broken[:, place].copy()
        self.log_odds: Floats = basics.logit(reference.trust[:, place])
        self.trust: Floats = reference.trust[:, place].copy()
        self.posture: Floats = reference.posture[:, place].copy()
        self.capacity: Floats = reference.capacity[:, place].copy()
        self.staffed: Floats = reference.staffed[:, place].copy()

    def judge(self) -> None:
        """Update the records of the others and the trust in them (G3)."""
        region, i = self.region, self.place
        p, effects, reference = region.draws, region.effects, region.reference
        open_severity = region.pair_severity()[:, i]
        contact = p["trust_contact"][:, None] * (region.environment.joint[:, i] - reference.joint[:, i])
        helped = p["aid_record"][:, None] * region.environment.helped[:, i]
        arms = (region.seen.posture / reference.posture - 1.0) * region.geography.dispute[i] / 3.0
        gains = effects.kept[:, i] + np.maximum(contact, 0.0) + helped
        losses = p["loss_weight"][:, None] * (
            effects.broken[:, i]
            + np.maximum(-contact, 0.0)
            + p["trust_crisis"][:, None] * open_severity
            + p["trust_posture"][:, None] * np.maximum(arms, 0.0)
        )
        fade = region.left["record_half_life"][:, None]
        self.kept = fade * self.kept + gains
        self.broken = fade * self.broken + losses
        if region.variants["trust_rule"] == "two-types":
            # The ordinary load of crises and help is part of the dyad's own level: only the excess is a signal.
            ordinary = (1.0 - fade) * (reference.broken[:, i] - reference.kept[:, i])
            level = basics.logit(reference.trust[:, i])
            self.log_odds = trust.belief(
                self.log_odds, level, fade, gains - losses + ordinary, p["kydd_signal"][:, None]
            )
            self.trust = basics.sigmoid(self.log_odds)
        else:
            self.trust = trust.reputation(self.kept, self.broken, reference.alpha[:, i], reference.beta[:, i])

    def speak(self) -> None:
        """Move rhetoric towards what trust, rents and pledges suggest; crises harden it (G2)."""
        region, i = self.region, self.place
        p, effects = region.draws, region.effects
        pledge = basics.total(effects.pledge[:, i], -1)[:, None] / 5.0 * p["commitment_pull"][:, None]
        aim = trust.rhetoric_aim(
            region.seen.trust[:, i],
            p["rhetoric_trust"][:, None],
            p["rent"][:, i, None],
            p["rhetoric_rent"][:, None],
            region.geography.dispute[i],
            pledge + effects.rhetoric[:, i, None],
        )
        speed = 1.0 - region.left["rhetoric_half_life"][:, None]
        excess = region.pair_severity()[:, i] - region.reference.pair_load[:, i]
        moved = self.rhetoric + speed * (aim - self.rhetoric) - p["rhetoric_crisis"][:, None] * excess
        self.rhetoric = np.clip(moved, -1.0, 1.0)

    def decide(self) -> None:
        """Choose effort by domain within the staff there is (G1), and let capacity follow payment (M2)."""
        region, i = self.region, self.place
        p, seen, effects, reference = region.draws, region.seen, region.effects, region.reference
        heard = p["responsiveness"][:, i] * np.where(region.election_near(i), p["election_boost"], 1.0)
        self.motive = effort.motive(
            p["effort_base"][:, None],
            heard[:, None],
            effort.salience(seen.threat[:, i][:, region.domain_threats]),
            seen.support[:, i],
            p["threat_push"][:, None],
            region.level_ratio()[:, i],
            (p["accession_push"] * region.union.credibility[:, i])[:, None],
            p["rent"][:, i, None],
            p["scrutiny"][:, i, None],
            effects.incentive[:, i] + self._noise(),
        )
        wanted = effort.aim(
            self.motive,
            p["reciprocity"][:, None],
            basics.others_mean(seen.effort)[:, i],
            seen.effort[:, i],
            p["commitment_pull"][:, None] * effects.pledge[:, i],
        )
        budget = p["staff_budget"] * self.capacity
        self.staffed = effort.staffed_share(budget, basics.total(wanted, -1), effects.staff[:, i])
        aim = wanted * self.staffed[:, None]
        if i == VETOED:
            cap = effort.veto_cap(p["veto_cap"], region.environment.internal[:, i])
            aim = np.minimum(aim, cap[:, None])
        speed = 1.0 - region.left["effort_half_life"][:, None]
        self.effort = np.clip(self.effort + speed * (aim - self.effort), 0.0, 1.0)
        goal = payment.capacity_aim(
            reference.capacity[:, i], p["capacity_money"], effects.payment[:, i], np.zeros(region.worlds)
        )
        self.capacity = self.capacity + (1.0 - region.left["capacity_half_life"]) * (goal - self.capacity)

    def arm(self) -> None:
        """Move military posture towards what rivals' arming and lost trust suggest (G4)."""
        region, i = self.region, self.place
        p, seen, reference = region.draws, region.seen, region.reference
        weights = region.rivalry[i]
        aim = trust.posture_aim(
            reference.posture[:, i],
            p["posture_rivalry"],
            basics.total(weights * (seen.posture / reference.posture - 1.0), -1),
            p["posture_distrust"],
            basics.total(weights * (reference.trust[:, i] - seen.trust[:, i]), -1),
            np.minimum(p["transparency_posture"] * region.effects.shown[:, i], 1.0),
        )
        moved = self.posture + (1.0 - region.left["posture_half_life"]) * (aim - self.posture)
        if region.chancy:
            normal = region.chance.normal(Stream.POSTURE, region.month, self.agent)[:, 0, 0]
            moved = moved + p["posture_noise"] * normal
        self.posture = np.clip(moved, 0.1, 6.0)

    def _noise(self) -> Floats:
        """Unexplained variation of the aim, (R, D)."""
        if not self.region.chancy:
            return np.zeros((self.region.worlds, 5))
        normal = self.region.chance.normal(Stream.EFFORT, self.region.month, self.agent, 5)[:, 0, :]
        return self.region.draws["effort_noise"][:, None] * normal
