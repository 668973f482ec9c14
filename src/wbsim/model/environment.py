"""What belongs to no single agent: threat levels, crises, practised cooperation; and what agents see of each other."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import Self

import numpy as np
from numpy.typing import NDArray

from wbsim.model.rules.basics import largest

Floats = NDArray[np.float64]


@dataclass
class Environment:
    """The region's own variables in R worlds: D = 5 domains, 15 dyads; severities are 0 without a crisis, else 1-4."""

    practice: Floats  # (R, 6, 6, D) practised cooperation x
    joint: Floats  # (R, 6, 6) mean of practice over domains
    habit: Floats  # (R, 6, 6, D) memory of use: log of practice over that of the reference month
    delivery: Floats  # (R, D) public good over that of the joint ideals
    level: Floats  # (R, 6, D) log of the threat level over its reference
    incident: Floats  # (R, 6, D) size of this month's shocks above what is ordinary
    severity: Floats  # (R, 15) open crises between states
    protracted: Floats  # (R, 15) 1 where the open crisis is a long one
    excitation: Floats  # (R, 15) log by which recent crises on the dyad raise its risk
    lull: Floats  # (R, 15) slow change of risk, standard normal
    internal: Floats  # (R, 6) severity of the open internal crisis
    internal_protracted: Floats  # (R, 6) 1 where the open internal crisis is a long one
    helped: Floats  # (R, 6, 6) 1 where j (third) helped i (second) this month
    invasion: Floats  # (R,) size of an external war that broke out this month
    new_severe: Floats  # (R,) crises that reached severity 3 or more this month
    new_war: Floats  # (R,) crises that reached severity 4 this month
    new_internal: Floats  # (R,) internal crises that reached severity 2 or more this month
    spent: Floats  # (R,) EUR m since the start

    def copy(self) -> Self:
        """An independent copy."""
        return type(self)(*(getattr(self, item.name).copy() for item in fields(self)))


@dataclass(frozen=True)
class Seen:
    """Last month's values of the agents, which all decide upon at once; the holder's axis comes first."""

    effort: Floats  # (R, 6, D) effort of each government
    motive: Floats  # (R, 6, D) logit of its effort alone
    rhetoric: Floats  # (R, 6, 6) its tone towards each state
    trust: Floats  # (R, 6, 6) its trust in each state
    posture: Floats  # (R, 6) its military posture
    capacity: Floats  # (R, 6) its capacity
    support: Floats  # (R, 6, D) share of citizens above the reference, in units of 10 points
    threat: Floats  # (R, 6, K) mean threat perceptions


@dataclass
class Effects:
    """What this month's mechanisms do to others; every mechanism adds its part, all start at zero."""

    incentive: Floats  # (R, 6, D) logit added to a government's motive
    pledge: Floats  # (R, 6, D) logit of pledges in force
    rhetoric: Floats  # (R, 6) added to what rhetoric aims at
    kept: Floats  # (R, 6, 6) observations added to i's (second) record of j (third)
    broken: Floats  # (R, 6, 6) the same, before losses are weighted
    staff: Floats  # (R, 6) desks asked for
    shown: Floats  # (R, 6) transparency of posture, 0 to 1
    escalation: Floats  # (R, 15) logit that lowers escalation
    ending: Floats  # (R, 15) logit that raises the chance that a crisis ends
    publicity: Floats  # (R, 6, D) share of what citizens do not see that reports show them, 0 to 1
    published: Floats  # (R, 6, D) achievement that reports show, against agreed targets, 0 to 1
    stake: Floats  # (R, 6) EUR m a year that hang on a state's results
    payment: Floats  # (R, 6) EUR m a year above what is ordinary today
    money: Floats  # (R,) EUR m spent this month
    pact: Floats  # (R, 6, 6) logit of an activated pact of mutual aid
    closed: Floats  # (R, 6, 6, D) product of 1 - part over mechanisms' channels
    openness: Floats  # (R, 6, 6, D) sum of the parts, by which practice is ascribed to mechanisms
    owned: Floats  # (R, 6, 6, D) the same times how far each mechanism is owned
    inclusive: Floats  # (R, 6, 6) largest part of a channel by one mechanism, over domains
    equals: Floats  # (R,) 1 where all six sat together as equals at the latest meeting
    held: Floats  # (R,) meetings held this month
    failed: Floats  # (R,) meetings failed this month
    items: Floats  # (R,) items adopted this month
    shared: Floats  # (R,) items that came to bind all six this month
    regretted: Floats  # (R,) members with a realised loss from an item reviewed this month
    reviewed: Floats  # (R,) commitments reviewed and observed this month
    found_kept: Floats  # (R,) those of them that were found kept
    reviewed_kept: Floats  # (R,) running share of reviewed commitments that were kept, 1 before any

    @classmethod
    def none(cls, worlds: int, domains: int = 5) -> Self:
        """Effects of no mechanism at all."""
        arrays = {name: np.zeros((worlds, *shape)) for name, shape in _shapes(domains)}
        arrays["closed"] += 1.0
        arrays["reviewed_kept"] += 1.0
        return cls(**arrays)

    def open_channel(self, part: Floats, owned: Floats) -> None:
        """Add one mechanism's part of the channels (R, 6, 6, D), owned by the region to the share `owned` (R,)."""
        self.closed *= 1.0 - part
        self.openness += part
        self.owned += part * owned[:, None, None, None]
        self.inclusive = np.maximum(self.inclusive, largest(part, 3))


@cache
def _shapes(domains: int) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Name and shape of each part of `Effects`, without the axis of worlds."""
    world = dict.fromkeys(
        (
            "money",
            "equals",
            "held",
            "failed",
            "items",
            "shared",
            "regretted",
            "reviewed",
            "found_kept",
            "reviewed_kept",
        ),
        (),
    )
    domain, both = (6, domains), (6, 6, domains)
    shapes: dict[str, tuple[int, ...]] = {
        **world,
        **dict.fromkeys(("kept", "broken", "pact", "inclusive"), (6, 6)),
        **dict.fromkeys(("escalation", "ending"), (15,)),
        **dict.fromkeys(("incentive", "pledge", "publicity", "published"), domain),
        **dict.fromkeys(("closed", "openness", "owned"), both),
    }
    return tuple((item.name, shapes.get(item.name, (6,))) for item in fields(Effects))
