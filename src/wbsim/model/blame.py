"""Whom the communities of each state blame for open crises (C2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wbsim.model.rules import basics

if TYPE_CHECKING:
    from wbsim.model.region import Region

Floats = NDArray[np.float64]


def blamed(region: Region, severity: Floats) -> Floats:
    """Severity for which each community blames each state, (R, 6, C, 6), of open crises (R, 6, 6) (C2).

    A community blames the opponents of its own state and, by solidarity, those of the states whose side it takes; for
    crises of a state whose side it takes it trusts that state more, by the reversal, instead of less.
    """
    p, side = region.draws, region.geography.side
    solidarity = p["kin_solidarity"][:, None, None, None]
    reversal = p["kin_reversal"][:, None, None, None]
    friends = side * (1.0 - np.eye(6))[:, None, :]
    own = severity[:, :, None, :]
    mine = basics.total(friends[None, ..., None] * severity[:, None, None], 3)
    rest = basics.total(severity, 1)[:, None, None, :] - own - mine
    return np.where(side > 0.0, -reversal * (own + solidarity * rest), own + solidarity * mine)
