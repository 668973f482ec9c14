"""What each effect is under each structure that the worlds drew, from the comparison's own worlds.

As JSON (the key `structures` of `--json`): `worlds` (sound ones), `fixed` (structural alternatives that all worlds take
one choice of, by name), `note` (why nothing could be told, else empty) and `policies`: by policy and headline outcome
`share` (of the effect's variance between structures, all alternatives taken together; not below 0), `mcse` (its Monte
Carlo error), `reason` (why there is no share, else empty) and `structures`: by name of the alternative the `verdict`
("matters", "does not matter" or "unsure"), `widest` (the two choices whose means lie furthest apart: `low`, `high`,
`apart` and its Monte Carlo error `mcse`; None where no two could be compared) and `choices`: by name the `weight`, the
`worlds`, in how many the policy is `better` and `worse`, and the figures of the paired difference (`mean`, `q05`,
`q95`, `p_better`, `p_practical_better`, `p_practical_worse`, `mcse`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from wbsim.experiments.drivers import effect_of
from wbsim.experiments.experiment import Table
from wbsim.statistics.paired import Difference
from wbsim.statistics.structure import (
    GroupEffect,
    Verdict,
    between_groups,
    contrasts,
    effects_by_group,
    verdict,
)
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES
from wbsim.tables.structures import STRUCTURES

if TYPE_CHECKING:
    from wbsim.scenario.schema import Scenario

Values = NDArray[np.float64]
Groups = NDArray[np.int64]

#: Fewer worlds than this say nothing about structure (assumed: then twelve combinations have two or three each).
FEWEST = 30

SAME_EVERYWHERE = "the effect is the same in all worlds"
ALL_FIXED = "Every structural alternative is fixed: all worlds have one structure."
NO_STRUCTURE = "no structural alternative that worlds draw bears on this policy"
_TOO_ALIKE = "all worlds drew the same structure"


@dataclass(frozen=True, slots=True)
class ChoiceEffect:
    """The paired difference in the worlds that drew one choice; `better` and `worse` count worlds, ties in neither."""

    weight: float
    worlds: int
    better: int
    worse: int
    difference: Difference

    def plain(self) -> dict[str, Any]:
        """As JSON holds it: the figures of the difference beside the counts."""
        counted = {name: getattr(self, name) for name in ("weight", "worlds", "better", "worse")}
        return counted | asdict(self.difference)


@dataclass(frozen=True, slots=True)
class Widest:
    """The two choices whose mean effects lie furthest apart, `high` minus `low`, with the Monte Carlo error."""

    low: str
    high: str
    apart: float
    mcse: float


@dataclass(frozen=True, slots=True)
class StructureEffect:
    """One effect by the choices of one structural alternative, those with a weight, in the order of the table."""

    verdict: Verdict
    widest: Widest | None
    choices: Mapping[str, ChoiceEffect]


@dataclass(frozen=True, slots=True)
class OutcomeByStructure:
    """One policy's effect on one outcome; `share` of its variance lies between structures, with error `mcse`."""

    share: float | None
    mcse: float | None
    reason: str
    structures: Mapping[str, StructureEffect]


@dataclass(frozen=True, slots=True)
class ByStructure:
    """All effects of a table by structure; `note` says why nothing could be told."""

    worlds: int
    fixed: Mapping[str, str]
    policies: Mapping[str, Mapping[str, OutcomeByStructure]]
    note: str = ""

    def plain(self) -> dict[str, Any]:
        """As plain data that JSON can hold; no NaN."""
        return {
            "worlds": self.worlds,
            "fixed": dict(self.fixed),
            "note": self.note,
            "policies": {
                policy: {name: _plain(found) for name, found in outcomes.items()}
                for policy, outcomes in self.policies.items()
            },
        }


def find_by_structure(table: Table, seed: int) -> ByStructure:
    """The effects of all policies of `table` on the headline outcomes by structure; `seed` is the experiment's."""
    assumptions = table.scenarios[0].assumptions
    worlds = int(table.sound.sum())
    fixed = {name: choice for name in STRUCTURES if (choice := assumptions.fixed(name)) is not None}
    if not table.policies:
        return ByStructure(worlds, fixed, {}, "There is no policy to compare.")
    if len(fixed) == len(STRUCTURES):
        return ByStructure(worlds, fixed, {}, ALL_FIXED)
    if worlds < FEWEST:
        few = f"Too few worlds: {worlds} finished; from {FEWEST} on effects are told by structure."
        return ByStructure(worlds, fixed, {}, few)
    drawn = _drawn(table, seed)
    return ByStructure(
        worlds,
        fixed,
        {
            scenario.name: {
                name: _outcome(table, scenario.name, name, _bearing(drawn, table.scenarios[0], scenario))
                for name in HEADLINE_OUTCOMES
            }
            for scenario in table.scenarios[1:]
        },
    )


def _drawn(table: Table, seed: int) -> dict[str, Groups]:
    """Positions of the choices that the sound worlds drew, of the alternatives that are not fixed."""
    from wbsim.chance.counter import Chance
    from wbsim.chance.draws import draw_structures

    assumptions = table.scenarios[0].assumptions
    found = draw_structures(assumptions, Chance(seed, table.first, table.figures.shape[2]))
    return {
        name: values[table.sound].astype(np.int64)
        for name, values in found.items()
        if assumptions.fixed(name) is None
    }


def _bearing(drawn: Mapping[str, Groups], baseline: Scenario, policy: Scenario) -> dict[str, Groups]:
    """The alternatives that can make a difference, by the mechanisms that the compared scenarios start."""
    started = {each.mechanism for scenario in (baseline, policy) for each in scenario.policies}
    return {name: groups for name, groups in drawn.items() if STRUCTURES[name].needs in (None, *started)}


def _outcome(table: Table, policy: str, outcome: str, drawn: Mapping[str, Groups]) -> OutcomeByStructure:
    values = table.values(policy, outcome), table.values(table.baseline, outcome)
    structures = {name: _structure(table, name, outcome, values, groups) for name, groups in drawn.items()}
    if not drawn:
        return OutcomeByStructure(None, None, NO_STRUCTURE, structures)
    effect = effect_of(table, policy, outcome)
    if effect is None:
        return OutcomeByStructure(None, None, SAME_EVERYWHERE, structures)
    found = between_groups(effect, _together(drawn))
    if found is None:
        return OutcomeByStructure(None, None, _TOO_ALIKE, structures)
    return OutcomeByStructure(found.share, found.mcse, "", structures)


def _together(drawn: Mapping[str, Groups]) -> Groups:
    """One number for each combination of choices."""
    shape = [len(STRUCTURES[name].choices) for name in drawn]
    return np.asarray(np.ravel_multi_index(tuple(drawn.values()), shape), dtype=np.int64)


def _structure(
    table: Table, name: str, outcome: str, values: tuple[Values, Values], groups: Groups
) -> StructureEffect:
    record, structure = OUTCOMES[outcome], STRUCTURES[name]
    weights = table.scenarios[0].assumptions.structures[name]
    count = len(structure.choices)
    possible = [place for place in range(count) if weights[place] > 0.0]
    effects = effects_by_group(*values, groups, count, record.better, record.margin)
    compared = contrasts(values[0] - values[1], groups, count)
    widest = max(compared, key=lambda each: each.apart, default=None)
    return StructureEffect(
        verdict(compared, len(possible), record.margin),
        None
        if widest is None
        else Widest(structure.choices[widest.low], structure.choices[widest.high], widest.apart, widest.mcse),
        {structure.choices[place]: _choice(weights[place], effects[place]) for place in possible},
    )


def _choice(weight: float, found: GroupEffect) -> ChoiceEffect:
    return ChoiceEffect(weight, found.worlds, found.better, found.worse, found.difference)


def _plain(found: OutcomeByStructure) -> dict[str, Any]:
    return {
        "share": found.share,
        "mcse": found.mcse,
        "reason": found.reason,
        "structures": {
            name: {
                "verdict": each.verdict,
                "widest": None if each.widest is None else asdict(each.widest),
                "choices": {choice: one.plain() for choice, one in each.choices.items()},
            }
            for name, each in found.structures.items()
        },
    }
