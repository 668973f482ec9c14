"""The way into the model: blocks of worlds under several scenarios that share assumptions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wbsim.chance.counter import Chance, KeptChance
from wbsim.chance.draws import Draws, draw_parameters
from wbsim.model.geography import geography
from wbsim.model.measure import by_dyad, by_state, look_back
from wbsim.model.mechanisms import CLASSES
from wbsim.model.region import Region
from wbsim.model.traits import Traits, traits
from wbsim.scenario.plugin import Registry
from wbsim.scenario.schema import Scenario
from wbsim.tables.calendar import HISTORY_START, month_number, month_text
from wbsim.tables.outcomes import DYAD_OUTCOMES, OUTCOME_NAMES, STATE_OUTCOMES

Singles = NDArray[np.float32]


@dataclass(frozen=True)
class Block:
    """Outcomes of worlds `first` to `first + count - 1` under one scenario; rows of failed worlds are NaN."""

    scenario: str
    first: int
    count: int
    months: tuple[str, ...]
    regional: Singles  # (count, M, O) in the order of OUTCOME_NAMES
    years: tuple[int, ...]
    states: Singles  # (count, Y, 6, len(STATE_OUTCOMES)), each December
    dyads: Singles  # (count, Y, 15, len(DYAD_OUTCOMES))
    failed: Mapping[int, str] = field(default_factory=dict)


@dataclass
class Hindcast:
    """The months before the first policy, kept from one call of `simulate` to the next, for one set of worlds.

    For somebody who changes levers again and again: it holds the citizens of the worlds it was made for (400 kB a
    world with 1,000 citizens a state), and is replaced when anything but the policies changes.
    """

    _key: tuple[Any, ...] = ()
    _kept: tuple[dict[str, Any], _Record] | None = None

    def recall(self, key: tuple[Any, ...]) -> tuple[dict[str, Any], _Record] | None:
        """What was kept under `key`, None if something else was."""
        return self._kept if self._key == key else None

    def keep(self, key: tuple[Any, ...], memory: dict[str, Any], early: _Record) -> None:
        """Keep this in the place of what was kept before."""
        self._key, self._kept = key, (memory, early)


def simulate(
    scenarios: Sequence[Scenario],
    seed: int,
    first: int,
    count: int,
    registry: Registry | None = None,
    hindcast: Hindcast | None = None,
) -> tuple[Block, ...]:
    """Simulate worlds `first` to `first + count - 1` under each scenario.

    The scenarios share run settings, assumptions and events. Their months before the first policy starts are the
    same, so they are simulated once; with a `hindcast`, once for all calls with the same settings, assumptions,
    events, worlds and first month of a policy. It never changes a result.
    """
    chance = Chance(seed, first, count)
    draws = draw_parameters(scenarios[0].assumptions, chance)
    other = scenarios[0].run.chance_seed
    kind = KeptChance if len(scenarios) > 1 else Chance
    chance = kind(seed if other is None else other, first, count)
    people = _people(scenarios[0].run.citizens, seed)
    classes = {**CLASSES, **(registry.classes if registry else {})}
    shared = _shared_months(scenarios)
    same = scenarios[0]
    key = (same.assumptions, same.run, same.events, seed, first, count, shared, classes)
    blocks = []
    memory, early = (hindcast and hindcast.recall(key)) or (None, None)
    for scenario in scenarios:
        reading = None if memory is None else memory["first"]
        region = Region(scenario, chance, draws, people, classes, first=reading)
        record = _Record(region)
        if memory is None:
            for _ in range(shared):
                record.add(region)
            if shared and (len(scenarios) > 1 or hindcast is not None):
                memory, early = region.remember(), record.copy()
                if hindcast is not None:
                    hindcast.keep(key, memory, early)
        else:
            assert early is not None
            region.recall(memory)
            record = early.copy()
        while region.month < region.agenda.months:
            record.add(region)
        blocks.append(record.block(region, scenario.name, draws))
        region.forget()
    return tuple(blocks)


@lru_cache(maxsize=1)
def _people(citizens: int, seed: int) -> Traits:
    """The citizens' traits, which all blocks of a run share; nothing writes to them."""
    return traits(citizens, Chance(seed, 0, 1), geography())


def _shared_months(scenarios: Sequence[Scenario]) -> int:
    """Months before the first start of any policy."""
    start = month_number(HISTORY_START)
    last = month_number(scenarios[0].horizon) + 1 - start
    return min([last, *(month_number(p.start) - start for s in scenarios for p in s.policies)])


class _Record:
    """What a run of a region has shown so far."""

    def __init__(self, region: Region) -> None:
        worlds, months = region.worlds, region.agenda.months
        self.regional = np.full((worlds, months, len(OUTCOME_NAMES)), np.nan)
        self.states = np.full((worlds, months // 12, 6, len(STATE_OUTCOMES)), np.nan, np.float32)
        self.dyads = np.full((worlds, months // 12, 15, len(DYAD_OUTCOMES)), np.nan, np.float32)

    def copy(self) -> _Record:
        other = object.__new__(_Record)
        other.regional, other.states, other.dyads = (
            self.regional.copy(),
            self.states.copy(),
            self.dyads.copy(),
        )
        return other

    def add(self, region: Region) -> None:
        """Simulate one more month and write it down."""
        month = region.month
        region.step()
        self.regional[:, month] = region.outcomes
        if month % 12 == 11:
            self.states[:, month // 12] = by_state(region)
            self.dyads[:, month // 12] = by_dyad(region)

    def block(self, region: Region, name: str, draws: Draws) -> Block:
        look_back(self.regional)
        good = np.isfinite(self.regional).reshape(region.worlds, -1).all(axis=1)
        failed: dict[int, str] = {}
        for row in np.flatnonzero(~good):
            month, outcome = _first_bad(self.regional[row])
            self.regional[row], self.states[row], self.dyads[row] = np.nan, np.nan, np.nan
            failed[region.chance.first + int(row)] = (
                f"{outcome} is not finite from {month}; draw {draws.world(int(row))}"
            )
        start = month_number(HISTORY_START)
        return Block(
            scenario=name,
            first=region.chance.first,
            count=region.worlds,
            months=tuple(month_text(start + m) for m in range(region.agenda.months)),
            regional=self.regional.astype(np.float32),
            years=tuple(2021 + y for y in range(region.agenda.months // 12)),
            states=self.states,
            dyads=self.dyads,
            failed=failed,
        )


def _first_bad(values: NDArray[np.float64]) -> tuple[str, str]:
    month, outcome = np.argwhere(~np.isfinite(values))[0]
    return month_text(month_number(HISTORY_START) + int(month)), OUTCOME_NAMES[outcome]
