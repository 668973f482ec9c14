"""Threat levels, shocks and emergency aid in a month of the region (E1, X3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wbsim.chance.counter import STATES, Stream
from wbsim.chance.draws import Draws
from wbsim.model.rules import basics, cooperation
from wbsim.tables.places import DOMAIN_NAMES

if TYPE_CHECKING:
    from wbsim.model.region import Region

Floats = NDArray[np.float64]

_DISASTERS = DOMAIN_NAMES.index("disasters")
#: Domains whose threat comes with incidents that citizens notice.
_INCIDENTS = np.array([0.0, 1.0, 1.0, 1.0, 0.0])


def move(region: Region) -> None:
    """Threat levels move (E1), natural shocks strike, and others help (X3)."""
    p, environment = region.draws, region.environment
    level = environment.level
    # In Fortran's order sums over states run along the worlds.
    around = basics.total(np.asfortranarray(level)[:, None] * region.neighbours[:, :, None], 2)
    delivered = environment.delivery - region.reference.delivery
    capacity = np.log(region.seen.capacity / region.reference.capacity)
    moved = (
        region.left["level_half_life"][:, None, None] * level
        + p["spillover"][:, None, None] * (around - level)
        - p["good_effect"][:, None, None] * delivered[:, None, :]
        - (p["capacity_effect"][:, None] * capacity)[..., None]
    )
    if region.chancy:
        normal = region.chance.normal(Stream.LEVELS, region.month, STATES, 5)
        moved = moved + p["level_noise"][:, None, None] * normal
    struck, shocks = _shocks(region)
    environment.level = np.clip(moved + shocks, -3.0, 3.0)
    environment.incident = shocks
    region.aid = aid_chances(region)
    environment.helped = _help(region, struck)


def _shocks(region: Region) -> tuple[Floats, Floats]:
    """Natural disasters (R, 6), and the sizes (R, 6, D) of all shocks above what is ordinary (E1)."""
    p, worlds = region.draws, region.worlds
    dated = region.agenda.shocks[region.month]
    disaster = np.broadcast_to((dated[:, _DISASTERS] > 0.0).astype(float), (worlds, 6))
    if not region.by_chance():
        return disaster, np.broadcast_to(dated, (worlds, 6, 5))
    chance, mean = region.shock_chance, p["shock_size"][:, None, None]
    u = region.chance.uniform(Stream.HAZARDS, region.month, STATES, 5)
    size = -mean * np.log(region.chance.uniform(Stream.HAZARD_SIZES, region.month, STATES, 5))
    struck = (u < chance).astype(float)
    return np.maximum(disaster, struck[:, :, _DISASTERS]), dated + struck * size - chance * mean


def shock_chance(p: Draws) -> Floats:
    """Chance of a shock a month by state and domain, (R, 6, D) (E1)."""
    rate = np.repeat(p["incident_rate"][:, None, None] * _INCIDENTS, 6, axis=1)
    rate[:, :, _DISASTERS] = p["hazard_rate"][:, None] * p["hazard_share"]
    return np.asarray(1.0 - np.exp(-rate / 12.0))


def aid_chances(region: Region) -> Floats:
    """Chance (R, 6, 6) that j (third) would help i (second) after a natural shock this month (X3)."""
    p = region.draws
    chance = cooperation.aid_chance(
        p["aid_base"][:, None, None],
        p["aid_trust"][:, None, None],
        np.swapaxes(region.seen.trust, 1, 2),
        (p["aid_support"][:, None] * region.seen.support[:, :, _DISASTERS])[:, None, :],
        p["aid_nonrecognition"][:, None, None],
        region.geography.recognised,
        region.last_pact,
    )
    return chance * basics.OTHERS


def _help(region: Region, struck: Floats) -> Floats:
    """Who helps whom, (R, 6, 6): 1 where j (third) helped i (second) (X3)."""
    if not (struck.any() and region.chancy):
        return np.zeros((region.worlds, 6, 6))
    u = region.chance.uniform(Stream.AID, region.month, STATES, 6)
    return np.asarray((u < region.aid) * struck[:, :, None])
