"""Which assumptions matter: the uncertain numbers that a policy's effect hangs on, told apart from noise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wbsim.experiments.drawn import Drawn, Number, Origin, drawn
from wbsim.experiments.experiment import Table
from wbsim.statistics.explained import Explained, explained
from wbsim.statistics.ranks import standard_ranks
from wbsim.statistics.search import Search, detectable, search, worlds_needed
from wbsim.statistics.thirds import Mean, cuts, mean_of
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES
from wbsim.tables.record import Grade, Kind

Values = NDArray[np.float64]

#: Fewer worlds than this say nothing (assumed: then even a correlation of 0.7 may be missed).
FEWEST = 30
#: Parameters named for one effect at most, and the correlation for which the needed worlds are told.
MOST_NAMED, SMALL = 5, 0.1
#: Differences between worlds below this share of the margin are rounding.
ROUNDING = 1e-5

NO_DRAWS = "The worlds' parameters are not known: no posterior is at hand."
SAME_EVERYWHERE = "the effect is the same in all worlds"


@dataclass(frozen=True, slots=True)
class Lead:
    """A parameter that stands out for one effect: its strongest number `key`, of `varied` numbers that differ.

    `sign_imposed`: whether the direction of what it does is put in, under the distribution that was drawn from.
    `rho`: rank correlation of that number with the effect (policy minus baseline); `chance`: share of searches without
    any relation that reach it; `also`: how many further numbers of the parameter stand out. `lowest` and `highest`:
    the mean effect, in the outcome's unit, in worlds where the number is `below` and `above` the ends of its thirds.
    """

    parameter: str
    key: str
    label: str
    unit: str
    kind: Kind
    grade: Grade
    sign_imposed: bool
    source: str
    origin: Origin
    learnt: float | None
    rho: float
    chance: float
    varied: int
    also: int
    below: float | None
    above: float | None
    lowest: Mean | None
    highest: Mean | None


@dataclass(frozen=True, slots=True)
class EffectDrivers:
    """What the effect of one policy on one outcome hangs on, the strongest parameter first, five at most of `standing`.

    `standing`: names of all parameters that stand out, the strongest first; `found`: how many they are.
    `threshold`: absolute rank correlation beyond which a number stands out. `share`: part of the effect's variance
    over worlds that the leading numbers explain out of sample, `mcse` its error; the rest is chance and what could not
    be resolved. `reason` says why there is nothing to say.
    """

    policy: str
    outcome: str
    threshold: float | None
    share: float | None
    mcse: float | None
    standing: tuple[str, ...]
    leading: tuple[Lead, ...]
    reason: str = ""

    @property
    def found(self) -> int:
        """How many parameters stand out."""
        return len(self.standing)


@dataclass(frozen=True, slots=True)
class Drivers:
    """All effects of a table. `numbers` were tried over `worlds`; `note` says why nothing could be searched.

    A rank correlation of `detectable` is found in four searches of five, one of 0.1 with `needed` worlds.
    """

    worlds: int
    numbers: int
    effects: tuple[EffectDrivers, ...]
    detectable: float | None = None
    needed: int | None = None
    note: str = ""

    def resolved(self) -> dict[str, Any]:
        """As plain data that JSON can hold: by policy and outcome; no NaN."""
        policies: dict[str, dict[str, Any]] = {}
        for effect in self.effects:
            plain = asdict(effect)
            del plain["policy"], plain["outcome"]
            policies.setdefault(effect.policy, {})[effect.outcome] = plain | {
                "found": effect.found,
                "standing": list(effect.standing),
                "leading": list(plain["leading"]),
            }
        return {
            "worlds": self.worlds,
            "numbers": self.numbers,
            "detectable": self.detectable,
            "needed": self.needed,
            "note": self.note,
            "policies": policies,
        }


def find_drivers(table: Table, seed: int) -> Drivers:
    """What the effects of all policies of `table` on the headline outcomes hang on; `seed` is the experiment's."""
    worlds = int(table.sound.sum())
    if not table.policies:
        return Drivers(worlds, 0, (), note="There is no policy to compare.")
    if worlds < FEWEST:
        return Drivers(
            worlds,
            0,
            (),
            note=f"Too few worlds: {worlds} finished; from {FEWEST} on assumptions are searched.",
        )
    known = drawn(table, seed)
    if known is None:
        return Drivers(worlds, 0, (), note=NO_DRAWS)
    if not known.numbers:
        return Drivers(worlds, 0, (), note="No parameter differs between worlds: all are fixed.")
    return _search(table, known, seed)


def effect_of(table: Table, policy: str, outcome: str) -> Values | None:
    """The paired difference (sound worlds,), policy minus baseline; None where it is the same in all worlds."""
    effect = table.values(policy, outcome) - table.values(table.baseline, outcome)
    varies = effect.size > 0 and float(np.ptp(effect)) > ROUNDING * OUTCOMES[outcome].margin
    return effect if varies else None


def _search(table: Table, known: Drawn, seed: int) -> Drivers:
    pairs = [(policy, outcome) for policy in table.policies for outcome in HEADLINE_OUTCOMES]
    varying = {pair: effect for pair in pairs if (effect := effect_of(table, *pair)) is not None}
    worlds, count = known.values.shape[1], len(known.numbers)
    if not varying:
        effects = tuple(EffectDrivers(*pair, None, None, None, (), (), SAME_EVERYWHERE) for pair in pairs)
        return Drivers(worlds, count, effects)
    ranks = standard_ranks(known.values)
    targets = standard_ranks(np.array(list(varying.values())))
    found = search(ranks, targets, seed)
    rows = {pair: row for row, pair in enumerate(varying)}
    effects = tuple(
        _effect(pair, varying[pair], rows[pair], known, ranks, targets, found)
        if pair in rows
        else EffectDrivers(*pair, None, None, None, (), (), SAME_EVERYWHERE)
        for pair in pairs
    )
    usual = float(np.median(found.thresholds))
    return Drivers(
        worlds, count, effects, detectable(usual, worlds), _hundreds(worlds_needed(usual, worlds, SMALL))
    )


def _hundreds(number: int) -> int:
    return -(-number // 100) * 100


def _effect(
    pair: tuple[str, str],
    effect: Values,
    row: int,
    known: Drawn,
    ranks: Values,
    targets: Values,
    found: Search,
) -> EffectDrivers:
    threshold = float(found.thresholds[row])
    standing = leading(found.rho[row], threshold, [number.parameter.name for number in known.numbers])
    share: Explained | None = explained(ranks, targets[row], effect, threshold)
    leads = [_lead(places, effect, known, found, row) for places in list(standing.values())[:MOST_NAMED]]
    return EffectDrivers(
        *pair,
        threshold,
        None if share is None else share.share,
        None if share is None else share.mcse,
        tuple(standing),
        tuple(leads),
    )


def leading(rho: Values, threshold: float, names: list[str]) -> Mapping[str, list[int]]:
    """Places in `rho` (numbers,) that stand out, the strongest first, by the name of what each belongs to."""
    standing: dict[str, list[int]] = {}
    for place in np.argsort(-np.abs(rho), kind="stable"):
        if abs(rho[place]) <= threshold:
            break
        standing.setdefault(names[int(place)], []).append(int(place))
    return standing


def label_of(number: Number) -> str:
    """The number's name for readers: its parameter's label, with the element where there are several."""
    label = number.parameter.label
    return f"{label} ({number.element})" if number.element else label


def _lead(places: list[int], effect: Values, known: Drawn, found: Search, row: int) -> Lead:
    strongest = places[0]
    number, values = known.numbers[strongest], known.values[strongest]
    record, rho = number.parameter, float(found.rho[row, strongest])
    thirds = cuts(values)
    return Lead(
        record.name,
        number.key,
        label_of(number),
        record.unit,
        record.kind,
        record.grade,
        number.sign_imposed,
        record.source,
        number.origin,
        number.learnt,
        rho,
        found.chance_of(row, rho),
        sum(each.parameter.name == record.name for each in known.numbers),
        len(places) - 1,
        None if thirds is None else thirds.low,
        None if thirds is None else thirds.high,
        None if thirds is None else mean_of(effect, thirds.lowest(values)),
        None if thirds is None else mean_of(effect, thirds.highest(values)),
    )
