"""Crises between and inside states in a month of the region, and how publics feel them (E2, C1, C2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wbsim.chance.counter import DYADS, STATES, Stream
from wbsim.model.agenda import ForcedCrisis
from wbsim.model.reference import crisis_rate
from wbsim.model.rules import basics, crises
from wbsim.tables.places import DYAD_NAMES

if TYPE_CHECKING:
    from wbsim.model.region import Region

Floats = NDArray[np.float64]

#: Dyads and states where peacekeepers stand.
_GUARDED = np.array([float("XKX" in name or "BIH" in name) for name in DYAD_NAMES])
_GUARDED_STATES = np.array([0.0, 1.0, 1.0, 0.0, 0.0, 0.0])
#: For each dyad (second), the eight dyads that share a state with it (first).
_SHARING = np.array(
    [
        [e for e, other in enumerate(DYAD_NAMES) if e != d and set(other.split("-")) & set(name.split("-"))]
        for d, name in enumerate(DYAD_NAMES)
    ]
).T


def move(region: Region) -> None:
    """Crises end, break out and climb, between states and inside them (E2)."""
    if not region.events_on:
        return
    p, environment = region.draws, region.environment
    before, before_inside = environment.severity, environment.internal
    between = region.chance.uniform(Stream.CRISES, region.month, DYADS, 4)
    inside = region.chance.uniform(Stream.INTERNAL, region.month, STATES, 4)
    calming = (p["mediation"] * (region.states_of_america.mediation - 1.0))[:, None]
    peace = (p["peacekeeping"] * (region.nato.peacekeepers - 1.0))[:, None]
    posture = pair_mean(region, region.armed)
    escalation, ending = region.last_line
    environment.severity, environment.protracted = _end(
        region, (before, environment.protracted), between, calming + ending, region.agenda.dyads
    )
    environment.internal, environment.internal_protracted = _end(
        region, (before_inside, environment.internal_protracted), inside, calming, region.agenda.states
    )
    standing, standing_inside = environment.severity, environment.internal
    environment.excitation = region.left["excitation_half_life"][:, None] * environment.excitation
    if region.by_chance():
        _move_lulls(region)
        region.risk = _risk(region, posture, before, before_inside)
        shift = p["escalation_posture"][:, None] * posture - calming - peace * _GUARDED - escalation
        environment.severity, environment.protracted = _open(
            region, (standing, environment.protracted), between, region.risk, shift
        )
        rate = 1.0 - np.exp(-p["internal_rate"] / 12.0)
        environment.internal, environment.internal_protracted = _open(
            region,
            (standing_inside, environment.internal_protracted),
            inside,
            rate,
            -calming - peace * _GUARDED_STATES,
        )
    environment.severity = _force(region.agenda.dyads, environment.severity, region.month)
    environment.internal = _force(region.agenda.states, environment.internal, region.month)
    new = environment.severity > standing
    environment.excitation = environment.excitation + p["excitation"][:, None] * np.where(
        new, environment.severity, 0.0
    )
    environment.new_severe = _reached(environment.severity, standing, 3.0)
    environment.new_war = _reached(environment.severity, standing, 4.0)
    environment.new_internal = _reached(environment.internal, standing_inside, 2.0)


def _reached(now: Floats, before: Floats, step: float) -> Floats:
    """Number of crises that reached a severity this month, (R,)."""
    return np.asarray(((now >= step) & (before < step)).sum(axis=1), dtype=float)


def _end(
    region: Region,
    standing: tuple[Floats, Floats],
    u: Floats,
    shift: Floats,
    forced: Sequence[ForcedCrisis],
) -> tuple[Floats, Floats]:
    """Severity and length after this month's endings; a forced crisis holds until its last month."""
    p = region.draws
    severity, protracted = standing
    mean = np.where(protracted > 0.0, p["long_months"][:, None], p["short_months"][:, None])
    over = u[:, :, 3] < crises.end_chance(mean, shift)
    for crisis in forced:
        if crisis.until is not None and crisis.start < region.month:
            if region.month <= crisis.until:
                over[:, crisis.place] = False
            elif region.month == crisis.until + 1:
                over[:, crisis.place] = True
    return np.where(over, 0.0, severity), np.where(over, 0.0, protracted)


def _open(
    region: Region, standing: tuple[Floats, Floats], u: Floats, risk: Floats, shift: Floats
) -> tuple[Floats, Floats]:
    """Severity and length after this month's outbreaks; on an open crisis the worse of the two severities holds."""
    p = region.draws
    severity, protracted = standing
    steps = crises.climbs(
        p["escalation_two"][:, None], p["escalation_three"][:, None], p["escalation_four"][:, None], shift
    )
    new = u[:, :, 0] < risk
    reached = crises.severity(u[:, :, 1], *steps)
    long = (u[:, :, 2] < p["long_share"][:, None]).astype(float)
    return (
        np.where(new, np.maximum(reached, severity), severity),
        np.where(new & (severity == 0.0), long, protracted),
    )


def _force(forced: Sequence[ForcedCrisis], severity: Floats, month: int) -> Floats:
    """Severity with the crises that the agenda imposes this month."""
    out = severity.copy()
    for crisis in forced:
        if crisis.start == month:
            out[:, crisis.place] = np.maximum(out[:, crisis.place], crisis.severity)
    return out


def _move_lulls(region: Region) -> None:
    """The slow change of risk: an autoregression of unit variance (E2)."""
    persist = region.left["lull_half_life"][:, None]
    normal = region.chance.normal(Stream.LULLS, region.month + 1, DYADS)[:, :, 0]
    environment = region.environment
    environment.lull = persist * environment.lull + np.sqrt(1.0 - persist * persist) * normal


def _risk(region: Region, posture: Floats, severity: Floats, internal: Floats) -> Floats:
    """Chance (R, 15) of a new crisis between two states (E2)."""
    p, environment = region.draws, region.environment
    exposed = (p["crisis_pressure"] * region.russia.pressure)[:, None] * pair_mean(
        region, p["pressure_exposure"]
    )
    return crises.risk(
        crisis_rate(p, region.geography),
        environment.lull,
        p["lull_spread"][:, None],
        environment.excitation,
        p["crisis_rhetoric"][:, None] * _pair_change(region, region.seen.rhetoric, region.reference.rhetoric),
        p["crisis_posture"][:, None] * posture,
        exposed,
        p["contagion"][:, None] * _next_door(region, severity, internal),
        p["crisis_trust"][:, None] * _pair_change(region, region.seen.trust, region.reference.trust),
    )


def _next_door(region: Region, severity: Floats, internal: Floats) -> Floats:
    """Worst severity next door of each dyad: on another dyad of its states, or inside one of them, (R, 15)."""
    g = region.geography
    beside = np.ascontiguousarray(severity.T)[_SHARING].max(axis=0).T
    return np.asarray(np.maximum(beside, np.maximum(internal[:, g.first], internal[:, g.second])))


def pair_mean(region: Region, values: Floats) -> Floats:
    """Mean over the two states of each dyad, (R, 15), of (R, 6)."""
    g = region.geography
    return np.asarray((values[:, g.first] + values[:, g.second]) / 2.0)


def _pair_change(region: Region, values: Floats, before: Floats) -> Floats:
    """Mean over both directions of each dyad, (R, 15), of the change of (R, 6, 6)."""
    g = region.geography
    change = values - before
    return np.asarray((change[:, g.first, g.second] + change[:, g.second, g.first]) / 2.0)


def felt(region: Region, severity: Floats, internal: Floats) -> Floats:
    """Severity of crises as the citizens of each state feel it, (R, 6) (C1).

    `severity` (R, 6, 6) between states, `internal` (R, 6): the own ones in full, those of kin by solidarity, and the
    rest of the region's as an echo.
    """
    p = region.draws
    echo = p["region_echo"][:, None]
    own = basics.total(severity, 2)
    whole = basics.total(own, 1)[:, None] / 2.0
    kin = np.zeros_like(own)
    for i, k in zip(*np.nonzero(region.geography.kin), strict=True):
        kin[:, i] += own[:, k] - severity[:, k, i]
    inside = basics.total(internal, 1)[:, None]
    far = whole - own - kin + inside - internal
    return np.asarray(own + p["kin_solidarity"][:, None] * kin + internal + echo * far)
