"""Who comes to a meeting of a forum (M3)."""

from __future__ import annotations

import numpy as np

from wbsim.model.rules.basics import Floats
from wbsim.tables.places import STATE_INDEX

_KOSOVO, _SERBIA = STATE_INDEX["XKX"], STATE_INDEX["SRB"]


def readiness(
    base: Floats,
    crisis: Floats,
    worst: Floats,
    rent_weight: Floats,
    rent: Floats,
    support_weight: Floats,
    support: Floats,
    accession_weight: Floats,
    accession: Floats,
    seat: Floats,
) -> Floats:
    """Logit (R, 6) of coming to a meeting (M3).

    `base` and all weights (R,); `worst` severity of an open crisis with another member, `rent`, `support` above its
    reference in units of 10 points, `accession` credibility above its start, and what the `seat` costs, all (R, 6).
    """
    return np.asarray(
        base[:, None]
        - crisis[:, None] * worst
        - rent_weight[:, None] * rent
        + support_weight[:, None] * support
        + accession_weight[:, None] * accession
        - seat
    )


def contested(seat: str, equal: Floats, neutral: Floats) -> Floats:
    """What Kosovo's seat costs each state's readiness, (R, 6), logit (M3).

    Serbia minds an `equal` seat; both mind a status-`neutral` one (an asterisk), each a little; an absent Kosovo
    costs its kin's readiness, not this. `equal` and `neutral` (R,).
    """
    cost = np.zeros((len(equal), 6))
    if seat == "equal":
        cost[:, _SERBIA] = equal
    elif seat == "asterisk":
        cost[:, _SERBIA] = neutral
        cost[:, _KOSOVO] = neutral
    return cost


def solidarity(weight: Floats, kin: Floats, absent: Floats) -> Floats:
    """What the absence of states costs the readiness of their kin, (R, 6), logit (M3).

    `weight` (R,); `kin` (6, 6) 1 where j (second) is kin of i; `absent` (R, 6) 1 for the states whose absence counts.
    """
    lost = kin[:, 0] * absent[:, 0, None]
    for j in range(1, 6):
        lost = np.maximum(lost, kin[:, j] * absent[:, j, None])
    return np.asarray(weight[:, None] * lost)
