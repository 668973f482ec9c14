"""Crises between and inside states in a month of the region, and how publics feel them (E2, C1, C2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wbsim.chance.counter import DYADS, STATES, Stream
from wbsim.chance.draws import Draws
from wbsim.model.agenda import ForcedCrisis
from wbsim.model.geography import Geography
from wbsim.model.reference import crisis_rate
from wbsim.model.rules import event_loops
from wbsim.tables.places import DYAD_NAMES

if TYPE_CHECKING:
    from wbsim.model.region import Region

Floats = NDArray[np.float64]

#: Dyads and states where peacekeepers stand.
GUARDED = np.array([float("XKX" in name or "BIH" in name) for name in DYAD_NAMES])
_GUARDED_STATES = np.array([0.0, 1.0, 1.0, 0.0, 0.0, 0.0])
#: For each dyad (second), the eight dyads that share a state with it (first).
_SHARING = np.array(
    [
        [e for e, other in enumerate(DYAD_NAMES) if e != d and set(other.split("-")) & set(name.split("-"))]
        for d, name in enumerate(DYAD_NAMES)
    ]
).T.copy()


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
        shift = p["escalation_posture"][:, None] * posture - calming - peace * GUARDED - escalation
        environment.severity, environment.protracted = _open(
            region, (standing, environment.protracted), between, region.risk, shift
        )
        environment.internal, environment.internal_protracted = _open(
            region,
            (standing_inside, environment.internal_protracted),
            inside,
            region.internal_chance,
            -calming - peace * _GUARDED_STATES,
        )
    environment.severity = _force(region.agenda.dyads, environment.severity, region.month)
    environment.internal = _force(region.agenda.states, environment.internal, region.month)
    new = environment.severity > standing
    environment.excitation = environment.excitation + p["excitation"][:, None] * np.where(
        new, environment.severity, 0.0
    )
    environment.new_severe = event_loops.reached(environment.severity, standing, 3.0)
    environment.new_war = event_loops.reached(environment.severity, standing, 4.0)
    environment.new_internal = event_loops.reached(environment.internal, standing_inside, 2.0)


def background(p: Draws, geography: Geography) -> tuple[Floats, Floats]:
    """Log (R, 15) of the background hazard a month between two states, and chance (R, 6) inside one (E2)."""
    rate = np.maximum(crisis_rate(p, geography), 1e-12)
    return np.log(rate / 12.0), 1.0 - np.exp(-p["internal_rate"] / 12.0)


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
    odds = np.exp(np.clip(shift, -20.0, 20.0))
    over = event_loops.ends(odds, protracted, p["short_months"], p["long_months"], u)
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
    severity, protracted = standing[0].copy(), standing[1].copy()
    steps = (p["escalation_two"], p["escalation_three"], p["escalation_four"])
    where, odds = event_loops.outbreaks(u, risk, steps, shift)
    np.exp(odds, out=odds)
    event_loops.break_out(severity, protracted, where, odds, u, p["long_share"])
    return severity, protracted


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
    seen, reference, g = region.seen, region.reference, region.geography
    hazard = np.empty_like(severity)
    event_loops.log_hazard(
        hazard,
        region.log_crisis_rate,
        (p["lull_spread"], environment.lull),
        environment.excitation,
        (p["crisis_rhetoric"], seen.rhetoric, reference.rhetoric),
        (p["crisis_posture"], posture),
        (p["crisis_pressure"] * region.russia.pressure, p["pressure_exposure"]),
        (p["contagion"], severity, internal),
        (p["crisis_trust"], seen.trust, reference.trust),
        (g.first, g.second, _SHARING),
    )
    return np.asarray(1.0 - np.exp(-np.exp(hazard)))


def pair_mean(region: Region, values: Floats) -> Floats:
    """Mean over the two states of each dyad, (R, 15), of (R, 6)."""
    g = region.geography
    return np.asarray((values[:, g.first] + values[:, g.second]) / 2.0)


def felt(region: Region, severity: Floats, internal: Floats) -> Floats:
    """Severity of crises as the citizens of each state feel it, (R, 6) (C1).

    `severity` (R, 6, 6) between states, `internal` (R, 6): the own ones in full, those of kin by solidarity, and the
    rest of the region's as an echo.
    """
    p = region.draws
    heard: Floats = event_loops.felt(
        severity, internal, region.geography.kin, p["kin_solidarity"], p["region_echo"]
    )
    return heard
