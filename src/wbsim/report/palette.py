"""Fixed colours: the baseline is grey, policies take colours that colour-blind readers can tell apart."""

from __future__ import annotations

from collections.abc import Sequence

#: The baseline's line, and its band.
BASELINE, BAND = "#6b6b6b", "#d4d4d4"
#: Colours of the bundled policies: the same in every figure, whatever else is compared.
FIXED = {"forum": "#0072B2", "iisg-results": "#D55E00", "both": "#009E73"}
#: Colours of all others, in the order in which they are compared (Okabe & Ito 2008).
FREE = ("#CC79A7", "#E69F00", "#56B4E9", "#8C6D31", "#5254A3")
DASHES = ("-", "--", ":", "-.")


def styles(policies: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Colour and line style of each policy; when the colours are used up, the line style changes."""
    taken = [colour for name, colour in FIXED.items() if name in policies]
    free = [*FREE, *(colour for colour in FIXED.values() if colour not in taken)]
    chosen: dict[str, tuple[str, str]] = {}
    number = 0
    for name in policies:
        if name in FIXED:
            chosen[name] = FIXED[name], DASHES[0]
        else:
            chosen[name] = free[number % len(free)], DASHES[number // len(free) % len(DASHES)]
            number += 1
    return chosen
