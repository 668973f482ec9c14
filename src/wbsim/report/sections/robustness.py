"""Under which assumptions effects and ranks hold: from extra runs under other settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from wbsim.experiments.comparison import Comparison
from wbsim.experiments.robust import Robust, Robustness, Setting
from wbsim.report import numbers
from wbsim.report.draw_extra import draw_matrix
from wbsim.report.extra_tables import (
    VARIANCE_NOTE,
    failed_text,
    ranks_text,
    reversals,
    sign_text,
    variance_cells,
    worlds_text,
    worst_place,
    worst_text,
)
from wbsim.report.figures import svg
from wbsim.report.shown import Shown
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES

if TYPE_CHECKING:
    from wbsim.experiments.comparison import Results

HEADING = "Does it hold under other assumptions?"
NOTE = (
    "The same worlds are simulated again under other rules for the same thing (structural variants, one at a time),"
    " under prior or posterior, and under posteriors fitted otherwise. Each cell is the mean difference from the "
    "baseline in the same worlds, with the policy's rank among all scenarios in brackets (1 the best). Blue is "
    "better, orange is worse, stronger with more margins of practical relevance; grey cells are within two Monte "
    "Carlo errors of nil, which come from the number of worlds. The framed cell is the worst of its column."
)
_EFFECTS = ("policy", "outcome", "unit", "setting", "mean", "MC error", "rank")
_WORST = (
    "policy",
    "outcome",
    "unit",
    "effect",
    "worst effect",
    "worst setting",
    "sign",
    "lowest rank",
    "highest rank",
)
_VARIANCE = ("policy", "outcome", "parameters", "structure", "both", "chance", "unit squared")


@dataclass(frozen=True, slots=True)
class WorstRow:
    """One outcome of a policy: as compared, at worst, and what flips."""

    label: str
    unit: str
    effect: str
    error: str
    worst: str
    worst_error: str
    setting: str
    sign: str
    ranks: str
    variance: Sequence[str]


@dataclass(frozen=True, slots=True)
class PolicyShown:
    """One policy: a sentence on what holds, its matrix, its worst cases, and orders that turn round."""

    policy: str
    finding: str
    figure: Markup
    rows: Sequence[WorstRow]
    reversals: Sequence[str]


@dataclass(frozen=True, slots=True)
class RobustnessShown:
    """The section; `command` adds the runs where they were not made (then there are no policies)."""

    heading: str
    note: str
    command: str
    about: str
    failed: str
    variance_note: str
    missing: Sequence[str]
    settings: Sequence[Setting]
    policies: Sequence[PolicyShown]


def build(results: Results) -> RobustnessShown | None:
    """The section; None where no policy is compared."""
    if not isinstance(results, Comparison) or not any(table.policies for table in results.experiment.tables):
        return None
    found = results.robustness
    if found is None:
        command = f"{results.request.command()} --robustness"
        return RobustnessShown(HEADING, NOTE, command, "", "", "", (), (), ())
    failed = ""
    if found.failed_worlds:
        failed = failed_text(found.failed_worlds, found.worlds)
    about = (
        f"{len(found.settings)} settings, {found.runs:,} runs in {worlds_text(found.worlds)} each, the same as the "
        f"comparison's first; differences are from {found.baseline}."
    )
    policies = [_policy(found, policy, number) for number, policy in enumerate(found.policies)]
    missing = [f"{line[0].upper()}{line[1:]}." for line in found.missing]
    return RobustnessShown(HEADING, NOTE, "", about, failed, VARIANCE_NOTE, missing, found.settings, policies)


def shown(results: Results) -> tuple[Shown, ...]:
    """Effects under every setting, worst cases, and where the variance comes from; none where it wasn't run."""
    found = results.robustness if isinstance(results, Comparison) else None
    if found is None:
        return ()
    worlds = worlds_text(found.worlds)
    each = [
        (policy, name, outcomes[name])
        for policy, outcomes in found.policies.items()
        for name in HEADLINE_OUTCOMES
    ]
    effects = tuple(
        (policy, name, OUTCOMES[name].unit, setting.name, effect.mean, effect.mcse, effect.rank)
        for policy, name, robust in each
        for setting, effect in zip(found.settings, robust.effects, strict=True)
    )
    worst = tuple(_worst(found, policy, name, robust) for policy, name, robust in each)
    variance = tuple(
        (policy, name, v.parameters, v.structure, v.interaction, v.chance, OUTCOMES[name].unit)
        for policy, name, robust in each
        if (v := robust.variance) is not None
    )
    note = (
        f"{worlds} under each setting. MC error: of the mean, from the number of worlds. Rank 1 is the best."
    )
    return (
        Shown("robustness-effects", "Effects under every setting", _EFFECTS, effects, note),
        Shown("robustness-worst", "The worst setting of each effect", _WORST, worst, note),
        Shown("robustness-variance", "Variance of one world's effect", _VARIANCE, variance, VARIANCE_NOTE),
    )


def _worst(found: Robustness, policy: str, name: str, robust: Robust) -> tuple[str | float | int | None, ...]:
    low, high = robust.ranks or (None, None)
    own, worst = robust.effects[0].mean, robust.effects[worst_place(found, robust)].mean
    return policy, name, OUTCOMES[name].unit, own, worst, robust.worst, sign_text(robust), low, high


def _policy(found: Robustness, policy: str, number: int) -> PolicyShown:
    outcomes = found.policies[policy]
    height = 0.75 + 0.27 * len(found.settings)
    finding = _finding(found, policy)
    figure = svg(
        lambda ax: draw_matrix(found, policy, ax),
        f"rb{number}",
        f"Effects of {policy} under {len(found.settings)} settings. {finding}",
        (9.2, height),
    )
    rows = [_row(found, name, outcomes[name]) for name in HEADLINE_OUTCOMES]
    return PolicyShown(policy, finding, figure, rows, reversals(policy, outcomes))


def _row(found: Robustness, name: str, robust: Robust) -> WorstRow:
    record = OUTCOMES[name]
    own, worst = robust.effects[0], robust.effects[worst_place(found, robust)]
    return WorstRow(
        record.label,
        f"{record.unit}; {record.better} is better",
        numbers.typographic(numbers.change(record, own.mean)),
        numbers.error(record, own.mcse),
        numbers.typographic(numbers.change(record, worst.mean)),
        numbers.error(record, worst.mcse),
        worst_text(robust),
        sign_text(robust),
        ranks_text(robust),
        variance_cells(robust),
    )


def _finding(found: Robustness, policy: str) -> str:
    """How many headline effects keep their sign under every setting, and which turn round clearly."""
    outcomes = found.policies[policy]
    if all(robust.ranks is None for robust in outcomes.values()):
        return f"No world finished in all runs, so nothing can be said about {policy}."
    flipped = [name for name, robust in outcomes.items() if robust.sign_flips]
    count = f"{len(flipped)} of {len(outcomes)} headline effects" if flipped else "No headline effect"
    text = f"{count} of {policy} can turn from a gain into a harm as a mean over worlds"
    text = f"{text}: " if flipped else f"{text} under any of the settings"
    text += "; ".join(_flip(name, outcomes[name]) for name in flipped)
    turned = [name for name, robust in outcomes.items() if robust.other_sign and not robust.sign_flips]
    if turned:
        said = ", ".join(
            f"{OUTCOMES[name].label} (under {', '.join(outcomes[name].other_sign)})" for name in turned
        )
        text += f". A harm turns into a gain, beyond Monte Carlo error, for {said}"
    return f"{text}."


def _flip(name: str, robust: Robust) -> str:
    told = "beyond" if robust.sign_flips_clearly else "not beyond"
    return f"{OUTCOMES[name].label} (worst under {robust.worst}, {told} Monte Carlo error)"
