"""Under which assumptions the ranking of policies holds: the same worlds under structural variants, under each choice
of the structural alternatives, under prior and posterior, and under alternatives to the posterior."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from wbsim.errors import InputError, Problem
from wbsim.experiments.execute import Plan, Progress
from wbsim.experiments.gather import Gathered, Values, gather, plan_extra
from wbsim.experiments.robust import Effect, Reversal, Robust, Robustness, Setting, Variance
from wbsim.experiments.sets import AssumptionSet
from wbsim.experiments.under import change_of
from wbsim.experiments.work import Simulate
from wbsim.scenario.alternatives import alternatives, meaning
from wbsim.scenario.posterior import find_posterior
from wbsim.statistics.paired import CLEAR, gains, monte_carlo_error, turns_round
from wbsim.statistics.variance import components
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOME_INDEX, OUTCOMES
from wbsim.tables.structures import STRUCTURES
from wbsim.tables.variants import VARIANTS

if TYPE_CHECKING:
    from wbsim.scenario.schema import Assumptions, Scenario

#: The first setting.
OWN = "as compared"
#: How far the seed of the second course of chance is from the first: far from the seeds that people count up.
_OTHER_COURSE = 1_000_003
NO_ALTERNATIVES = (
    "robustness to the surveys and to the discrepancy was not run: no alternatives lie beside the posterior in use; "
    "`wbsim calibrate` makes them"
)

Better = Literal["higher", "lower"]


@dataclass(frozen=True, slots=True)
class RobustnessPlan:
    """Settings, of which the first `structural` are simulated in two courses of chance, and the runs they need."""

    settings: tuple[Setting, ...]
    structural: int
    missing: tuple[str, ...]
    chance_seed: int
    scenarios: tuple[str, ...]
    assumptions: str
    plan: Plan

    @property
    def runs(self) -> int:
        """Scenarios times settings that are simulated."""
        return sum(len(group.scenarios) for group in self.plan.sets)


def plan_robustness(group: AssumptionSet, main: Plan, worlds: int) -> RobustnessPlan:
    """Plan to run the scenarios of `group` under every setting, in `worlds` worlds of the comparison `main`.

    InputError if no policy is compared, or an alternative posterior can't be read.
    """
    if len(group.scenarios) < 2:
        raise InputError(
            Problem(
                "no policy is compared, so there is no effect that could hold or not",
                key="--robustness",
                suggestion="name a scenario beside the baseline",
            )
        )
    assumptions = group.scenarios[0].assumptions
    structural = (Setting(OWN, "own", _own(assumptions)), *_variants(assumptions))
    sources, missing = _sources(assumptions)
    others = (*_structures(assumptions), *sources)
    seed = main.settings.seed
    chance_seed = seed + _OTHER_COURSE if seed + _OTHER_COURSE < 2**64 else seed - _OTHER_COURSE
    groups = [_under(group.scenarios, setting) for setting in (*structural, *others)]
    groups += [_under(group.scenarios, setting, chance_seed) for setting in structural]
    return RobustnessPlan(
        (*structural, *others),
        len(structural),
        missing,
        chance_seed,
        tuple(scenario.name for scenario in group.scenarios),
        group.label,
        plan_extra(groups, main, worlds),
    )


def _own(assumptions: Assumptions) -> str:
    return "the assumptions of the comparison" + (", fitted" if assumptions.fitted else ", the prior")


def _variants(assumptions: Assumptions) -> list[Setting]:
    """Every structural variant that isn't in use, one at a time."""
    return [
        Setting(f"{variant.name}={choice}", "variant", f"{variant.label}: {meaning_of_choice}")
        for variant in VARIANTS.values()
        for choice, meaning_of_choice in zip(variant.choices, variant.descriptions, strict=True)
        if choice != assumptions.variants[variant.name]
    ]


def _structures(assumptions: Assumptions) -> list[Setting]:
    """Every choice of every structural alternative, for all worlds, unless all of them take it already."""
    return [
        Setting(f"{structure.name}={choice}", "structure", f"{structure.label}, in all worlds: {meaning}")
        for structure in STRUCTURES.values()
        for choice, meaning in zip(structure.choices, structure.descriptions, strict=True)
        if choice != assumptions.fixed(structure.name)
    ]


def _sources(assumptions: Assumptions) -> tuple[list[Setting], tuple[str, ...]]:
    """Prior or posterior, whichever isn't in use, and the alternatives to the posterior; and what is missing."""
    if assumptions.source == "prior":
        settings = [Setting("posterior", "source", "parameters from the posterior instead of their priors")]
    else:
        settings = [Setting("prior", "source", "parameters from their priors instead of the posterior")]
    found = alternatives(assumptions.posterior or find_posterior())
    settings += [
        Setting(f"posterior={name}", "posterior", meaning(file) or name) for name, file in found.items()
    ]
    return settings, () if found else (NO_ALTERNATIVES,)


def _under(
    scenarios: Sequence[Scenario], setting: Setting, chance_seed: int | None = None
) -> tuple[Scenario, ...]:
    changed = []
    for scenario in scenarios:
        change = {} if setting.kind == "own" else change_of(setting.name, scenario.assumptions)
        assumptions = scenario.assumptions.model_copy(update=change)
        run = scenario.run.model_copy(update={} if chance_seed is None else {"chance_seed": chance_seed})
        changed.append(scenario.model_copy(update={"assumptions": assumptions, "run": run}))
    return tuple(changed)


def find_robustness(
    planned: RobustnessPlan, progress: Progress | None = None, simulate: Simulate | None = None
) -> Robustness:
    """Simulate what was planned, and compare what was found. Raises what `gather` raises."""
    found = gather(planned.plan, progress, simulate)
    count = len(planned.scenarios)
    values = np.stack([figures[found.sound] for figures in found.figures])
    values = values.reshape(
        len(values) // count, count, *values.shape[1:]
    )  # settings, scenarios, worlds, outcomes
    settings = planned.plan.settings
    return Robustness(
        worlds=settings.worlds,
        first_world=settings.first,
        seed=settings.seed,
        chance_seed=planned.chance_seed,
        failed_worlds=_failed(found),
        runs=planned.runs,
        baseline=planned.scenarios[0],
        assumptions=planned.assumptions,
        settings=planned.settings,
        missing=planned.missing,
        policies={
            policy: {
                name: _robust(planned, values[..., OUTCOME_INDEX[name]], place, OUTCOMES[name].better)
                for name in HEADLINE_OUTCOMES
            }
            for place, policy in enumerate(planned.scenarios[1:], start=1)
        },
    )


def _failed(found: Gathered) -> int:
    return int((~found.sound).sum())


def _robust(planned: RobustnessPlan, values: Values, place: int, better: Better) -> Robust:
    """One policy, number `place`, on one outcome; `values` (settings with those of the second course, scenarios,
    worlds)."""
    names = [setting.name for setting in planned.settings]
    first = values[: len(names)]
    variance = _variance(planned, values[:, place] - values[:, 0])
    if not first.shape[2]:
        return Robust(
            (Effect(None, None, None),) * len(names), None, False, False, (), False, None, (), variance
        )
    gain = np.array([gains(each[place], each[0], better).mean() for each in first])
    effects = tuple(_effect(each, place, better) for each in first)
    worst = int(gain.argmin())
    ranks = [effect.rank for effect in effects if effect.rank is not None]
    flips = bool(np.sign(gain[worst]) * np.sign(gain[0]) < 0)
    return Robust(
        effects,
        names[worst] if gain.max() > gain.min() else None,
        flips,
        flips and _clear(effects[0]) and _clear(effects[worst]),
        tuple(
            name
            for name, effect in zip(names, effects, strict=True)
            if _clear(effect) and _clear(effects[0]) and (effect.mean or 0.0) * (effects[0].mean or 0.0) < 0
        ),
        effects[worst].rank != effects[0].rank,
        (min(ranks), max(ranks)),
        tuple(
            Reversal(planned.scenarios[other], names[setting])
            for other in range(len(planned.scenarios))
            if other != place
            for setting in range(1, len(names))
            if turns_round(first[0][place] - first[0][other], first[setting][place] - first[setting][other])
        ),
        variance,
    )


def _effect(values: Values, place: int, better: Better) -> Effect:
    """`values` (scenarios, worlds)."""
    difference = values[place] - values[0]
    sign = 1.0 if better == "higher" else -1.0
    means = sign * (values - values[0]).mean(axis=1)
    return Effect(
        float(difference.mean()), monte_carlo_error(difference), 1 + int((means > means[place]).sum())
    )


def _clear(effect: Effect) -> bool:
    return effect.mean is not None and effect.mcse is not None and abs(effect.mean) > CLEAR * effect.mcse


def _variance(planned: RobustnessPlan, effects: Values) -> Variance | None:
    """`effects` (settings, worlds), the second course of chance after all others."""
    one, two = effects[: planned.structural], effects[len(planned.settings) :]
    found = components(np.stack([one, two], axis=2).transpose(1, 0, 2))
    return None if found is None else Variance(**asdict(found), shares=found.shares())
