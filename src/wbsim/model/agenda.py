"""What is imposed from outside, month by month: dated events of the data, those of a scenario, and its paths."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wbsim.scenario.schema import DatedEvent, Scenario
from wbsim.tables.calendar import HISTORY_START, month_number
from wbsim.tables.events import Effect, historical_events
from wbsim.tables.places import DOMAIN_NAMES, DYADS, STATE_INDEX

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ForcedCrisis:
    """A crisis that opens in month `start`, before 0 if it was open already; `until` is its last month, None if chance
    ends it."""

    place: int
    severity: float
    start: int
    until: int | None


@dataclass
class Agenda:
    """Months count from 2021-01. Paths are NaN where nothing is imposed."""

    months: int
    history: int  # months 0 to history - 1 hold dated events only, no random ones
    accession: Floats  # (months, 6) changes of credibility
    credibility: Floats  # (months, 6) imposed values
    peacekeepers: Floats  # (months,)
    mediation: Floats  # (months,)
    pressure: Floats  # (months,) imposed values
    war: Floats  # (months,) external wars that break out, 1 for the invasion of Ukraine
    shocks: Floats  # (months, 6, D) log points
    rent: Floats  # (months, 6) factors on the rents of elites, 1 where nothing is imposed
    dyads: list[ForcedCrisis] = field(default_factory=list)
    states: list[ForcedCrisis] = field(default_factory=list)
    ends: set[tuple[int, str]] = field(default_factory=set)


def agenda(scenario: Scenario, eventful: bool = True, past: bool = True) -> Agenda:
    """Everything that a scenario imposes, from the start of the history to its horizon.

    `eventful` False leaves out the dated events, of the data and of the scenario; `past` False those of the data
    alone, and with them the history in which nothing else happens.
    """
    start = month_number(HISTORY_START)
    months = month_number(scenario.horizon) - start + 1
    history = month_number(scenario.assumptions.history_until) - start + 1 if past else 0
    plan = Agenda(
        months=months,
        history=history,
        accession=np.zeros((months, 6)),
        credibility=np.full((months, 6), np.nan),
        peacekeepers=np.ones(months),
        mediation=np.ones(months),
        pressure=np.full(months, np.nan),
        war=np.zeros(months),
        shocks=np.zeros((months, 6, len(DOMAIN_NAMES))),
        rent=np.ones((months, 6)),
    )
    for event in historical_events() if eventful and past else ():
        first = month_number(event.start) - start
        last = None if event.end is None else month_number(event.end) - start
        for effect in event.effects if first < min(history, months) else ():
            if first >= 0 or ("crisis" in effect.kind and (last is None or last >= 0)):
                _impose(plan, effect, first, last)
    for dated in scenario.events if eventful else ():
        _impose_dated(plan, dated, month_number(dated.month) - start)
    for step in scenario.assumptions.paths:
        first = month_number(step.since) - start
        match step.name:
            case "russian-pressure":
                plan.pressure[first:] = step.value
            case "mediation":
                plan.mediation[first:] = step.value
            case "peacekeepers":
                plan.peacekeepers[first:] = step.value
            case "accession":
                plan.credibility[first:, [STATE_INDEX[code] for code in step.states]] = step.value
            case "rent":
                plan.rent[first:, [STATE_INDEX[code] for code in step.states]] = step.value
    return plan


def _dyad(a: str, b: str) -> int:
    return DYADS.index((a, b) if (a, b) in DYADS else (b, a))


def _impose(plan: Agenda, effect: Effect, first: int, last: int | None) -> None:
    states = [STATE_INDEX[code] for code in effect.states]
    match effect.kind:
        case "crisis":
            plan.dyads.append(ForcedCrisis(_dyad(*effect.states), effect.size, first, last))
        case "internal-crisis":
            plan.states.append(ForcedCrisis(states[0], effect.size, first, last))
        case "shock":
            plan.shocks[first, states[0], DOMAIN_NAMES.index(effect.target or "")] += effect.size
        case "accession":
            plan.accession[first, states] += effect.size
        case "external-war":
            plan.war[first] += effect.size
        case "peacekeepers":
            plan.peacekeepers[first:] = effect.size
        case "mechanism-end":
            plan.ends.add((first, effect.target or ""))


def _impose_dated(plan: Agenda, event: DatedEvent, first: int) -> None:
    last = None if event.months is None else first + event.months - 1
    states = event.parties or ((event.state,) if event.state else ())
    size = next((v for v in (event.severity, event.size, event.change) if v is not None), 0.0)
    _impose(plan, Effect(event.kind, states, float(size), event.domain or event.mechanism), first, last)
