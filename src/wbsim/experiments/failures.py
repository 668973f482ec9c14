"""Where a policy fails: what separates worlds in which it does harm, or brings no gain, from the others.

Found in one half of the worlds, those with even numbers, and counted in the other: the shares that are stated are
free of the luck of the search.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from wbsim.experiments.circumstances import Circumstance, circumstances
from wbsim.experiments.drawn import Drawn, Number, drawn
from wbsim.experiments.drivers import FEWEST, NO_DRAWS, label_of, leading
from wbsim.experiments.experiment import Experiment, Table
from wbsim.statistics.counted import Counted, counted, newcombe
from wbsim.statistics.paired import gains
from wbsim.statistics.ranks import standard_ranks
from wbsim.statistics.search import Search, search
from wbsim.statistics.thirds import Cuts, cuts
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES

Values = NDArray[np.float64]
Worlds = NDArray[np.bool_]
Failing = Literal["harm", "no gain", "hardly any gain"]

#: Share of worlds from which a failure, or a gain, counts as more than rare (5 %: customary).
RARE = 0.05
#: Things that are named for one effect at most, circumstances among them at most, and worlds of both kinds that a
#: search takes at least (assumed: with fewer, a share has an error beyond 15 points).
MOST_NAMED, MOST_CIRCUMSTANCES, FEWEST_EACH = 3, 1, 10

FEW_GAINS = "worlds with a gain are rare, so nothing is searched"


@dataclass(frozen=True, slots=True)
class Separator:
    """Something that separates failing worlds from others: a parameter's number, or a circumstance under the baseline.

    `rho`: rank correlation with failing in the worlds of the search. `lowest` and `highest`: how often the policy fails
    in the other half of the worlds, where it is `below` and `above` the ends of its thirds (both None for what
    happened or not: then not, and happened). `least` and `most`: 95 % interval of the highest's share minus the
    lowest's (Newcombe); `confirmed`: it lies on the side of zero that the search says.
    """

    what: Literal["parameter", "circumstance"]
    name: str
    key: str
    label: str
    unit: str
    rho: float
    below: float | None
    above: float | None
    lowest: Counted
    highest: Counted
    least: float | None
    most: float | None
    confirmed: bool


@dataclass(frozen=True, slots=True)
class EffectFailure:
    """Failing of one policy on one outcome: harm by more than the margin, or no gain beyond it.

    "hardly any gain": a gain beyond the margin is rare, and so is harm; `everywhere` counts worlds without a gain.
    `everywhere`: in all sound worlds; `other_half`: in those that were not searched. `threshold`: as for drivers.
    """

    policy: str
    outcome: str
    failing: Failing
    everywhere: Counted
    other_half: Counted
    threshold: float | None
    separators: tuple[Separator, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Failures:
    """All policies that fail on some outcome in more than rare worlds.

    `harmless`: the other (policy, outcome), on which a gain beyond the margin is missed in rare worlds only.

    `searched` worlds were searched, `stated` are those that figures are of. `note` says why nothing was searched.
    """

    searched: int
    stated: int
    effects: tuple[EffectFailure, ...]
    harmless: tuple[tuple[str, str], ...] = ()
    note: str = ""

    def resolved(self) -> dict[str, Any]:
        """As plain data that JSON can hold: by policy and outcome; no NaN."""
        policies: dict[str, dict[str, Any]] = {}
        for effect in self.effects:
            plain = asdict(effect)
            del plain["policy"], plain["outcome"]
            plain["separators"] = list(plain["separators"])
            policies.setdefault(effect.policy, {})[effect.outcome] = plain
        return {"searched": self.searched, "stated": self.stated, "note": self.note, "policies": policies}


@dataclass(frozen=True, slots=True)
class _Candidates:
    """What is searched among: numbers, then circumstances, with `values` (candidates, sound worlds)."""

    numbers: tuple[Number, ...]
    found: tuple[Circumstance, ...]
    values: Values

    @property
    def names(self) -> list[str]:
        return [n.parameter.name for n in self.numbers] + [each.name for each in self.found]


def find_failures(experiment: Experiment, table: Table) -> Failures:
    """Where each policy of `table` fails on the headline outcomes."""
    sound = np.flatnonzero(table.sound) + table.first
    even = sound % 2 == 0
    searched, stated = int(even.sum()), int((~even).sum())
    if not table.policies:
        return Failures(searched, stated, (), note="There is no policy to compare.")
    failing, harmless = _failing(table)
    if min(searched, stated) < FEWEST:
        note = f"Too few worlds: {sound.size} finished; from {2 * FEWEST} on one half is searched and the other stated."
        return Failures(searched, stated, (), harmless, note)
    known = drawn(table, experiment.seed)
    if known is None:
        return Failures(searched, stated, (), harmless, NO_DRAWS)
    candidates = _candidates(known, circumstances(experiment, table))
    if not failing or not len(candidates.values):
        note = "" if not failing else "No parameter differs between worlds: all are fixed."
        return Failures(searched, stated, (), harmless, note)
    return Failures(searched, stated, _search(failing, candidates, even, experiment.seed), harmless)


_Failed = dict[tuple[str, str, Failing], Worlds]


def _failing(table: Table) -> tuple[_Failed, tuple[tuple[str, str], ...]]:
    """Which sound worlds fail, for each effect on which more than rare worlds do; and the other effects.

    Harm where it is more than rare; else no gain, where a gain is more than rare, so that there is one to miss; else
    hardly any gain, where it is rare.
    """
    failing: _Failed = {}
    harmless = []
    for policy in table.policies:
        for outcome in HEADLINE_OUTCOMES:
            record = OUTCOMES[outcome]
            gain = gains(table.values(policy, outcome), table.values(table.baseline, outcome), record.better)
            harmed, missed = gain < -record.margin, gain <= record.margin
            if gain.size and harmed.mean() >= RARE:
                failing[policy, outcome, "harm"] = harmed
            elif gain.size and missed.mean() > 1 - RARE:
                failing[policy, outcome, "hardly any gain"] = missed
            elif gain.size and missed.mean() >= RARE:
                failing[policy, outcome, "no gain"] = missed
            else:
                harmless.append((policy, outcome))
    return failing, tuple(harmless)


def _candidates(known: Drawn, happened: Sequence[Circumstance]) -> _Candidates:
    differing = tuple(each for each in happened if float(np.ptp(each.values)) > 0.0)
    rows = [known.values, *(each.values[None, :] for each in differing)]
    return _Candidates(known.numbers, differing, np.concatenate(rows))


def _search(failing: _Failed, candidates: _Candidates, even: Worlds, seed: int) -> tuple[EffectFailure, ...]:
    enough = [
        key
        for key, failed in failing.items()
        if key[2] != "hardly any gain"
        and min(int(failed[even].sum()), int((~failed[even]).sum())) >= FEWEST_EACH
    ]
    rows = {key: row for row, key in enumerate(enough)}
    found = None
    if enough:
        targets = np.array([failing[key][even] for key in enough], dtype=np.float64)
        found = search(standard_ranks(candidates.values[:, even]), standard_ranks(targets), seed)
    return tuple(
        _effect(key, failed, candidates, even, found, rows.get(key)) for key, failed in failing.items()
    )


def _effect(
    key: tuple[str, str, Failing],
    failed: Worlds,
    candidates: _Candidates,
    even: Worlds,
    found: Search | None,
    row: int | None,
) -> EffectFailure:
    everywhere, other = counted(failed), counted(failed, ~even)
    if key[2] == "hardly any gain":
        return EffectFailure(*key, everywhere, other, None, (), FEW_GAINS)
    if found is None or row is None:
        reason = f"fewer than {FEWEST_EACH} worlds of the searched half fail, or don't"
        return EffectFailure(*key, everywhere, other, None, (), reason)
    threshold = float(found.thresholds[row])
    standing = leading(found.rho[row], threshold, candidates.names)
    separators = list[Separator]()
    among = 0
    for places in standing.values():
        is_circumstance = places[0] >= len(candidates.numbers)
        among += is_circumstance
        if is_circumstance and among > MOST_CIRCUMSTANCES:
            continue
        one = _separator(places[0], float(found.rho[row, places[0]]), failed, candidates, ~even)
        separators += [] if one is None else [one]
        if len(separators) == MOST_NAMED:
            break
    return EffectFailure(*key, everywhere, other, threshold, tuple(separators))


def _separator(
    place: int, rho: float, failed: Worlds, candidates: _Candidates, stated: Worlds
) -> Separator | None:
    values = candidates.values[place]
    if place < len(candidates.numbers):
        number = candidates.numbers[place]
        named = ("parameter", number.parameter.name, number.key, label_of(number), number.parameter.unit)
        split = cuts(values)
    else:
        one = candidates.found[place - len(candidates.numbers)]
        named = ("circumstance", one.name, one.name, one.label, one.unit)
        split = Cuts(0.5, 0.5) if one.happened else cuts(values)
    if split is None:
        return None
    lowest, highest = (
        counted(failed, stated & third) for third in (split.lowest(values), split.highest(values))
    )
    between = newcombe(highest, lowest)
    confirmed = between is not None and (between.low > 0.0 if rho > 0 else between.high < 0.0)
    yes_or_no = split.low == split.high
    return Separator(
        *named,  # type: ignore[arg-type]
        rho,
        None if yes_or_no else split.low,
        None if yes_or_no else split.high,
        lowest,
        highest,
        None if between is None else between.low,
        None if between is None else between.high,
        confirmed,
    )
