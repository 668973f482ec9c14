"""Strips: intervals and marks on one horizontal scale, as wide as the place they stand in. Words stand beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from wbsim.report import numbers

#: Height of a strip in CSS pixels, and of each kind of mark in it.
_HEIGHT = 26
_BANDS = {"before": (3, 20), "after": (8, 5), "whole": (17, 2)}


@dataclass(frozen=True, slots=True)
class Band:
    """An interval from `low` to `high`; `kind` is before (a pale block), after (a bar), or whole (a thin line)."""

    kind: str
    low: float
    high: float
    middle: float | None = None


def strip(
    bands: Sequence[Band],
    mark: float | None,
    scale: tuple[float, float],
    ticks: Sequence[float],
    description: str,
) -> Markup:
    """An SVG element with `bands`, a black line at `mark`, and thin lines at `ticks`, on `scale` (low, high).

    What lies outside the scale is drawn at its end. `description` is the text for readers who don't see it.
    """
    parts = [_tick(_share(tick, scale)) for tick in ticks]
    parts += [part for band in bands for part in _band(band, scale)]
    if mark is not None:
        place = _percent(_share(mark, scale))
        parts.append(Markup('<line class="mark" x1="{0}" x2="{0}" y1="1" y2="25"/>').format(place))
    opening = Markup('<svg class="strip" width="100%" height="{}" role="img" aria-label="{}">')
    return opening.format(_HEIGHT, numbers.typographic(description)) + Markup("").join(parts) + Markup("</svg>")


def _band(band: Band, scale: tuple[float, float]) -> list[Markup]:
    top, height = _BANDS[band.kind]
    low, high = _share(band.low, scale), _share(band.high, scale)
    rectangle = Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>')
    parts = [rectangle.format(band.kind, _percent(low), top, _percent(max(high - low, 0.004)), height)]
    if band.middle is not None:
        circle = Markup('<circle class="{}" cx="{}" cy="{}" r="4.5"/>')
        parts.append(circle.format(band.kind, _percent(_share(band.middle, scale)), top + height / 2))
    return parts


def _tick(share: float) -> Markup:
    return Markup('<line class="tick" x1="{0}" x2="{0}" y1="0" y2="26"/>').format(_percent(share))


def _share(value: float, scale: tuple[float, float]) -> float:
    low, high = scale
    return min(max((value - low) / (high - low), 0.0), 1.0)


def _percent(share: float) -> str:
    return f"{100 * share:.2f}%"
