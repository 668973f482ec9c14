"""Threat levels, shocks and emergency aid in a month of the region (E1, X3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wbsim.chance.counter import STATES, Stream
from wbsim.chance.draws import Draws
from wbsim.model.rules import event_loops
from wbsim.tables.places import DOMAIN_NAMES

if TYPE_CHECKING:
    from wbsim.model.region import Region

Floats = NDArray[np.float64]

_DISASTERS = DOMAIN_NAMES.index("disasters")
#: Domains whose threat comes with incidents that citizens notice.
_INCIDENTS = np.array([0.0, 1.0, 1.0, 1.0, 0.0])
#: Domains whose shocks the list of dated events holds: cyber attacks and disasters.
_RECORDED = np.array([float(name in ("cyber", "disasters")) for name in DOMAIN_NAMES])


def move(region: Region) -> None:
    """Threat levels move (E1), natural shocks strike, and others help (X3)."""
    p, environment = region.draws, region.environment
    struck, shocks = _shocks(region)
    moved = np.empty_like(shocks)
    event_loops.move_levels(
        moved,
        environment.level,
        region.left["level_half_life"],
        p["spillover"],
        region.neighbours,
        (p["good_effect"], environment.delivery, region.reference.delivery),
        (p["capacity_effect"], np.log(region.seen.capacity / region.reference.capacity)),
        (p["level_noise"], _noise(region)),
        shocks,
    )
    environment.level, environment.incident = moved, shocks
    region.aid = aid_chances(region)
    environment.helped = _help(region, struck)


def _noise(region: Region) -> Floats:
    """Standard normal numbers of this month's levels, (R, 6, D); none, (0, 6, D), without chance."""
    if not region.chancy:
        return np.empty((0, 6, len(DOMAIN_NAMES)))
    return region.chance.normal(Stream.LEVELS, region.month, STATES, len(DOMAIN_NAMES))


def _shocks(region: Region) -> tuple[Floats, Floats]:
    """Natural disasters (R, 6), and the sizes (R, 6, D) of all shocks above what is ordinary (E1).

    In months of the record, those that come by chance are the ones that it misses.
    """
    p, worlds = region.draws, region.worlds
    dated = region.agenda.shocks[region.month]
    struck, shocks = np.empty((worlds, 6)), np.empty((worlds, *dated.shape))
    if not region.eventful:
        struck[:], shocks[:] = dated[:, _DISASTERS] > 0.0, dated
        return struck, shocks
    chance = region.shock_chance
    if region.month < region.agenda.history:
        chance = chance * (1.0 - p["record_held"][:, None, None] * _RECORDED)
    u = region.chance.uniform(Stream.HAZARDS, region.month, STATES, 5)
    logs = np.log(region.chance.uniform(Stream.HAZARD_SIZES, region.month, STATES, 5))
    event_loops.strike(
        shocks, struck, dated, chance, region.shock_chance, p["shock_size"], u, logs, _DISASTERS
    )
    return struck, shocks


def shock_chance(p: Draws) -> Floats:
    """Chance of a shock a month by state and domain, (R, 6, D) (E1)."""
    rate = np.repeat(p["incident_rate"][:, None, None] * _INCIDENTS, 6, axis=1)
    rate[:, :, _DISASTERS] = p["hazard_rate"][:, None] * p["hazard_share"]
    return np.asarray(1.0 - np.exp(-rate / 12.0))


def aid_chances(region: Region) -> Floats:
    """Chance (R, 6, 6) that j (third) would help i (second) after a natural shock this month (X3)."""
    p = region.draws
    chance = np.empty((region.worlds, 6, 6))
    event_loops.against_aid(
        chance,
        p["aid_base"],
        (p["aid_trust"], region.seen.trust),
        (p["aid_support"], region.seen.support),
        p["aid_nonrecognition"],
        region.geography.recognised,
        region.last_pact,
        _DISASTERS,
    )
    np.exp(chance, out=chance)
    event_loops.between_others(chance)
    return chance


def _help(region: Region, struck: Floats) -> Floats:
    """Who helps whom, (R, 6, 6): 1 where j (third) helped i (second) (X3)."""
    if not (struck.any() and region.chancy):
        return np.zeros((region.worlds, 6, 6))
    u = region.chance.uniform(Stream.AID, region.month, STATES, 6)
    return np.asarray((u < region.aid) * struck[:, :, None])
