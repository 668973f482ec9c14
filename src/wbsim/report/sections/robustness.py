"""Under which assumptions effects and ranks hold: from extra runs under other settings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
from wbsim.report.figure import Figure
from wbsim.report.grid import Grid, Group, Line
from wbsim.report.sections.robustness_words import finding, lead
from wbsim.report.shown import Shown
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES

if TYPE_CHECKING:
    from wbsim.experiments.comparison import Results

NOTE = (
    "The same worlds are simulated again under other rules for the same thing (structural variants, and choices of "
    "structural alternatives for all worlds, one at a time), under prior or posterior, and under posteriors fitted "
    "otherwise. Each cell is the mean difference from the baseline in the same worlds, with the policy's rank among "
    "all scenarios in brackets (1 the best). Blue is better, orange is worse, stronger with more margins of practical "
    "relevance; grey cells are within two Monte Carlo errors of nil, which come from the number of worlds. The framed "
    "cell is the worst of its column."
)
SIGN_NOTE = (
    "Sign: flips! where a gain becomes a harm, both beyond two Monte Carlo errors; flips? where they are not. Ranks: "
    "among all scenarios, lowest and highest over settings, 1 the best."
)
_EFFECTS = ("policy", "outcome", "unit", "setting", "mean", "MC error", "rank")
_WORST = ("policy", "outcome", "unit", "effect", "MC error", "worst effect", "MC error of the worst", "worst setting",
          "sign", "lowest rank", "highest rank")  # fmt: skip
_VARIANCE = ("policy", "outcome", "unit", "parameters", "structure", "both", "chance", "share of parameters",
             "share of structure", "share of both", "share of chance")  # fmt: skip
_SHARES = ("parameters", "structure", "interaction", "chance")
#: Outcomes that one matrix holds, so that it can be read on a phone.
_WIDTH = 5

Row = tuple[str | float | int | None, ...]


@dataclass(frozen=True, slots=True)
class PolicyShown:
    """One policy: a sentence on what holds, its matrices, and orders that turn round."""

    policy: str
    finding: str
    figures: Sequence[Figure]
    reversals: Sequence[str]


@dataclass(frozen=True, slots=True)
class RobustnessShown:
    """The section: `lead` says what came out; `worst` and `variance` are tables over all policies."""

    lead: str
    note: str
    about: str
    failed: str
    sign_note: str
    variance_note: str
    missing: Sequence[str]
    settings: Sequence[Setting]
    policies: Sequence[PolicyShown]
    worst: Grid
    variance: Grid


def build(results: Results) -> RobustnessShown | None:
    """The section; None where the runs were not made."""
    found = results.robustness if isinstance(results, Comparison) else None
    if found is None:
        return None
    failed = failed_text(found.failed_worlds, found.worlds) if found.failed_worlds else ""
    about = (
        f"{len(found.settings)} settings, {found.runs:,} runs in {worlds_text(found.worlds)} each, the same as the "
        f"comparison's first; differences are from {found.baseline}."
    )
    return RobustnessShown(
        lead(found),
        NOTE,
        about,
        failed,
        SIGN_NOTE,
        VARIANCE_NOTE,
        [f"{line[0].upper()}{line[1:]}." for line in found.missing],
        found.settings,
        [_policy(found, policy) for policy in found.policies],
        _worst_grid(found),
        _variance_grid(found),
    )


def figures(results: Results) -> tuple[Figure, ...]:
    """The matrices of all policies."""
    found = build(results)
    return tuple(each for policy in found.policies for each in policy.figures) if found else ()


def shown(results: Results) -> tuple[Shown, ...]:
    """Effects under every setting, worst cases, and where the variance comes from; none where it wasn't run."""
    found = build(results)
    extra = results.robustness if isinstance(results, Comparison) else None
    if found is None or extra is None:
        return ()
    every = tuple(row for policy in extra.policies for row in _effects(extra, policy, HEADLINE_OUTCOMES))
    drawn = (each.shown for policy in found.policies for each in policy.figures)
    whole = Shown("robustness-effects", "Effects under every setting", _EFFECTS, every, _note(extra))
    return (whole, *drawn, found.worst.shown, found.variance.shown)


def _note(found: Robustness) -> str:
    return (
        f"{worlds_text(found.worlds)} under each setting. MC error: of the mean, from the number of worlds. Rank 1 is "
        "the best."
    )


def _effects(found: Robustness, policy: str, names: Sequence[str]) -> Iterator[Row]:
    for name in names:
        for setting, effect in zip(found.settings, found.policies[policy][name].effects, strict=True):
            yield policy, name, OUTCOMES[name].unit, setting.name, effect.mean, effect.mcse, effect.rank


def _policy(found: Robustness, policy: str) -> PolicyShown:
    halves = [HEADLINE_OUTCOMES[at : at + _WIDTH] for at in range(0, len(HEADLINE_OUTCOMES), _WIDTH)]
    drawn = [_matrix(found, policy, names, number) for number, names in enumerate(halves, start=1)]
    return PolicyShown(policy, finding(found, policy), drawn, reversals(policy, found.policies[policy]))


def _matrix(found: Robustness, policy: str, names: Sequence[str], number: int) -> Figure:
    title = f"Effects of {policy} under {len(found.settings)} settings"
    data = Shown(
        f"robustness-of-{policy}-{number}",
        title,
        _EFFECTS,
        tuple(_effects(found, policy, names)),
        _note(found),
    )
    said = "; ".join(
        f"{OUTCOMES[name].label} {numbers.change(OUTCOMES[name], found.policies[policy][name].effects[0].mean)} as "
        f"compared, worst under {worst_text(found.policies[policy][name])}"
        for name in names
    )
    return Figure(
        f"Change from the baseline under {policy} in each setting, and its rank in brackets",
        numbers.typographic(f"{title}. {said}."),
        lambda ax: draw_matrix(found, policy, ax, names),
        (5.3, 0.75 + 0.27 * len(found.settings)),
        data,
    )


def _each(found: Robustness) -> Iterator[tuple[str, str, Robust]]:
    for policy, outcomes in found.policies.items():
        for name in HEADLINE_OUTCOMES:
            yield policy, name, outcomes[name]


def _worst_grid(found: Robustness) -> Grid:
    rows = tuple(_worst_row(found, *each) for each in _each(found))
    groups = tuple(
        Group(tuple(_worst_line(found, name, outcomes[name]) for name in HEADLINE_OUTCOMES), policy)
        for policy, outcomes in found.policies.items()
    )
    headings = ("Outcome", "As compared", "At worst", "MC error", "Worst under", "Sign", "Ranks")
    data = Shown("robustness-worst", "The worst setting of each effect", _WORST, rows, _note(found))
    return Grid(headings, groups, data)


def _worst_row(found: Robustness, policy: str, name: str, robust: Robust) -> Row:
    low, high = robust.ranks or (None, None)
    own, worst = robust.effects[0], robust.effects[worst_place(found, robust)]
    figures_of = (own.mean, own.mcse, worst.mean, worst.mcse)
    return policy, name, OUTCOMES[name].unit, *figures_of, robust.worst, sign_text(robust), low, high


def _worst_line(found: Robustness, name: str, robust: Robust) -> Line:
    record = OUTCOMES[name]
    own, worst = robust.effects[0], robust.effects[worst_place(found, robust)]
    return (
        f"{record.label} ({record.unit}; {record.better} is better)",
        numbers.typographic(numbers.change(record, own.mean)),
        numbers.typographic(numbers.change(record, worst.mean)),
        numbers.error(record, worst.mcse),
        worst_text(robust),
        sign_text(robust),
        ranks_text(robust),
    )


def _variance_grid(found: Robustness) -> Grid:
    rows = tuple(
        (policy, name, f"({OUTCOMES[name].unit}) squared", v.parameters, v.structure, v.interaction, v.chance,
         *(v.shares[key] if v.shares else None for key in _SHARES))
        for policy, name, robust in _each(found)
        if (v := robust.variance) is not None
    )  # fmt: skip
    groups = tuple(
        Group(
            tuple((OUTCOMES[name].label, *variance_cells(outcomes[name])) for name in HEADLINE_OUTCOMES),
            policy,
        )
        for policy, outcomes in found.policies.items()
    )
    data = Shown("robustness-variance", "Variance of one world's effect", _VARIANCE, rows, VARIANCE_NOTE)
    return Grid(("Outcome", "Parameters", "Structure", "Both", "Chance"), groups, data)
