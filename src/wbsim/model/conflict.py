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
from wbsim.model.reference import crisis_rate, ordinary_crises
from wbsim.model.rules import event_loops
from wbsim.model.rules.crises import Law, survival
from wbsim.tables.places import DYAD_NAMES

if TYPE_CHECKING:
    from wbsim.model.region import Region

Floats = NDArray[np.float64]

#: Dyads and states where peacekeepers stand.
GUARDED = np.array([float("XKX" in name or "BIH" in name) for name in DYAD_NAMES])
_GUARDED_STATES = np.array([0.0, 1.0, 1.0, 0.0, 0.0, 0.0])
#: Severity from which no crisis escapes the list of dated events.
_NOTED = 3.0


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
    if region.eventful:
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
    environment.severity, environment.protracted = _force(
        region, region.agenda.dyads, (environment.severity, environment.protracted), between
    )
    environment.internal, environment.internal_protracted = _force(
        region, region.agenda.states, (environment.internal, environment.internal_protracted), inside
    )
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


def at_start(region: Region) -> None:
    """Draw what is open when a run begins from the law of ordinary times; where a record begins, what it misses (E2).

    Dated crises that began earlier are open where they had not ended, or had not by chance.
    """
    p, environment, agenda = region.draws, region.environment, region.agenda
    for stream, count, places in (
        (Stream.CRISES_START, DYADS, agenda.dyads),
        (Stream.INTERNAL_START, STATES, agenda.states),
    ):
        u = region.chance.uniform(stream, 0, count, 4)
        between = stream == Stream.CRISES_START
        ordinary = ordinary_crises(p, region.geography)
        law = ordinary.inside
        if between:
            spread = p["lull_spread"][:, None]
            law = ordinary.between(ordinary.rate * np.exp(spread * environment.lull - 0.5 * spread * spread))
        severity, protracted = _drawn(law, u)
        if agenda.history:
            known = (severity >= _NOTED) | (u[:, :, 2] < p["record_held"][:, None])
            severity, protracted = np.where(known, 0.0, severity), np.where(known, 0.0, protracted)
        for crisis in places:
            if crisis.start < 0:
                open_, long = _still_open(region, crisis, -1, u[:, crisis.place])
                at = crisis.place
                protracted[:, at] = np.where(open_ & (severity[:, at] == 0.0), long, protracted[:, at])
                severity[:, at] = np.where(
                    open_, np.maximum(severity[:, at], crisis.severity), severity[:, at]
                )
        if between:
            environment.severity, environment.protracted = severity, protracted
        else:
            environment.internal, environment.internal_protracted = severity, protracted


def _drawn(law: Law, u: Floats) -> tuple[Floats, Floats]:
    """Severity (R, n), 0 where nothing is open, and 1 where it is long, by the first two of uniforms `u` (R, n, 4)."""
    severity = np.zeros(u.shape[:2])
    for tail in law.tails:
        severity = severity + (u[:, :, 0] < tail)
    long = np.zeros_like(severity)
    for k, (tail, long_tail) in enumerate(zip(law.tails, law.long_tails, strict=True)):
        above, long_above = (law.tails[k + 1], law.long_tails[k + 1]) if k < 3 else (0.0, 0.0)
        share = (long_tail - long_above) / np.maximum(tail - above, 1e-300)
        long = np.where(severity == k + 1.0, u[:, :, 1] < share, long)
    return severity, long


def _still_open(
    region: Region, crisis: ForcedCrisis, month: int, u: Floats
) -> tuple[NDArray[np.bool_], Floats]:
    """Whether a forced crisis is open at the end of `month`, and whether it is then long, (R,), by `u` (R, 4)."""
    p = region.draws
    if crisis.until is not None:
        open_ = np.full(region.worlds, month <= crisis.until)
        return open_, np.zeros(region.worlds)
    months = np.full(region.worlds, float(month - crisis.start))
    alive, long = survival(months, p["short_months"], p["long_months"], p["long_share"])
    return u[:, 3] < alive, (u[:, 1] < long).astype(float)


def _end(
    region: Region,
    standing: tuple[Floats, Floats],
    u: Floats,
    shift: Floats,
    forced: Sequence[ForcedCrisis],
) -> tuple[Floats, Floats]:
    """Severity and length after this month's endings; a forced crisis whose end is known holds until then.

    Of several on one place, each lasts its own time: when one ends, the worst that goes on counts. One without a known
    end goes on by chance.
    """
    p, month = region.draws, region.month
    severity, protracted = standing
    odds = np.exp(np.clip(shift, -20.0, 20.0))
    over = event_loops.ends(odds, protracted, p["short_months"], p["long_months"], u)
    for place in sorted({crisis.place for crisis in forced}):
        here = [crisis for crisis in forced if crisis.place == place and crisis.start < month]
        known = [crisis for crisis in here if crisis.until is not None]
        held = max((c.severity for c in known if c.until is not None and c.until >= month), default=0.0)
        if held:
            over[:, place] = False
        if any(crisis.until == month - 1 for crisis in known):
            left, long = np.full(region.worlds, held), np.zeros(region.worlds)
            for crisis in here:
                if crisis.until is None:
                    open_, lasting = _still_open(region, crisis, month, u[:, place])
                    long = np.where(open_ & (crisis.severity > left), lasting, long)
                    left = np.where(open_, np.maximum(left, crisis.severity), left)
            if severity is standing[0]:
                severity, protracted = severity.copy(), protracted.copy()
            severity[:, place] = np.minimum(severity[:, place], left)
            protracted[:, place] = long
            over[:, place] = left == 0.0
    return np.where(over, 0.0, severity), np.where(over, 0.0, protracted)


def _open(
    region: Region, standing: tuple[Floats, Floats], u: Floats, risk: Floats, shift: Floats
) -> tuple[Floats, Floats]:
    """Severity and length after this month's outbreaks; on an open crisis the worse of the two severities holds.

    In months of the record, those that break out are the ones that it misses: a share of what chance would bring, and
    none that is severe.
    """
    p = region.draws
    severity, protracted = standing[0].copy(), standing[1].copy()
    steps = (p["escalation_two"], p["escalation_three"], p["escalation_four"])
    recorded = region.month < region.agenda.history
    if recorded:
        risk = risk * (1.0 - p["record_held"])[:, None]
    where, odds = event_loops.outbreaks(u, risk, steps, shift)
    np.exp(odds, out=odds)
    most = _NOTED - 1.0 if recorded else 4.0
    event_loops.break_out(severity, protracted, where, odds, u, p["long_share"], most)
    return severity, protracted


def _force(
    region: Region, forced: Sequence[ForcedCrisis], standing: tuple[Floats, Floats], u: Floats
) -> tuple[Floats, Floats]:
    """Severity and length with the crises that the agenda imposes this month, whose length is drawn like any other."""
    severity, protracted = standing[0].copy(), standing[1].copy()
    for crisis in forced:
        if crisis.start == region.month:
            new = severity[:, crisis.place] == 0.0
            long = (u[:, crisis.place, 2] < region.draws["long_share"]).astype(float)
            if not region.chancy:
                long = np.zeros_like(long)
            protracted[:, crisis.place] = np.where(new, long, protracted[:, crisis.place])
            severity[:, crisis.place] = np.maximum(severity[:, crisis.place], crisis.severity)
    return severity, protracted


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
        (g.first, g.second, g.sharing),
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
