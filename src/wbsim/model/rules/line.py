"""The crisis line between two states (M3): who is reached, and what a call does."""

from __future__ import annotations

import numpy as np

from wbsim.model.rules.basics import Floats, sigmoid


def answered(base: Floats, trust_weight: Floats, trust: Floats, rent_weight: Floats, rent: Floats) -> Floats:
    """Chance (R, 15) that a call in a crisis is answered by both (M3).

    `base` logit and weights (R,); `trust` the lower of the two states' (R, 15); `rent` the mean of their elites'
    rents (R, 15): who gains from tension lets it ring.
    """
    return sigmoid(base[:, None] + trust_weight[:, None] * (trust - 0.5) - rent_weight[:, None] * rent)


def service(strength: float, ready: Floats, existing: Floats, answered: Floats) -> Floats:
    """How far a line of this `strength` serves each dyad, (R, 15), 0 to `strength` (M3).

    `ready` (R, 15) how fresh the last meeting is that both attended; `existing` (R, 15) the share that contacts beside
    the forum (liaison officers, peacekeepers) serve already: the line adds the rest only.
    """
    return np.asarray(strength * ready * (1.0 - existing) * answered)


def calming(effect: Floats, served: Floats, misfires: Floats) -> Floats:
    """Logit (R, 15) by which calls lower escalation and raise the chance that a crisis ends (M3).

    `effect` (R,), of either sign, of a line that serves in full; `served` (R, 15); `misfires` (R, 15) 1 where a call
    is misread: it then harms by as much as calls move at all.
    """
    size = np.where(misfires > 0.0, -np.abs(effect)[:, None], effect[:, None])
    return np.asarray(size * served)
