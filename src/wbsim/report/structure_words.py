"""What effects are under each structure, in sentences that can be quoted."""

from __future__ import annotations

from collections.abc import Mapping

from wbsim.experiments.by_structure import ByStructure, ChoiceEffect, OutcomeByStructure
from wbsim.report import numbers
from wbsim.report.driver_words import lower_first, size
from wbsim.report.sections.part import listed
from wbsim.statistics.paired import CLEAR
from wbsim.tables.outcomes import OUTCOMES
from wbsim.tables.record import Outcome
from wbsim.tables.structures import STRUCTURES

#: Sentences for each policy at most, and outcomes that one sentence names.
MOST_SENTENCES, _MOST_NAMED = 2, 3

NOTE = (
    "Each world draws one choice of every structural alternative. The worlds of one choice are therefore other worlds "
    "than those of another, with other parameters. A choice matters where the mean effects of two choices differ by "
    "more than the margin of practical relevance and by more than three Monte Carlo errors; it does not matter where "
    "they lie within the margin, three errors added. Share between structures: the part of the effect's variance over "
    "worlds that lies between structures, all alternatives taken together, without what chance adds to each mean; the "
    "rest is parameters and chance."
)


def sentences(found: ByStructure) -> list[str]:
    """For each policy a sentence or two on the structure that its effects depend on, or why nothing can be told."""
    if found.note:
        return [found.note]
    return [each for policy in found.policies for each in of_policy(found, policy)]


def of_policy(found: ByStructure, policy: str) -> list[str]:
    """On what structure the effects of one policy depend: where a choice matters, else what so many worlds can tell."""
    outcomes = found.policies[policy]
    if not any(each.structures for each in outcomes.values()):
        return [f"No structural alternative that worlds draw bears on {policy}."]
    told = mattering(found, policy)
    return told or [_without(policy, outcomes, found.worlds)]


def mattering(found: ByStructure, policy: str) -> list[str]:
    """The effects of one policy that a choice of structure moves most, in margins; none where no choice matters."""
    outcomes = found.policies.get(policy, {})
    strongest = sorted(
        (
            (name, key)
            for name, outcome in outcomes.items()
            for key, each in outcome.structures.items()
            if each.verdict == "matters"
        ),
        key=lambda pair: -_apart(outcomes, *pair),
    )
    told = [by_choice(policy, name, key, outcomes[name]) for name, key in strongest[:MOST_SENTENCES]]
    more = len(strongest) - len(told)
    if more:
        told.append(
            f"A choice of structure matters for {more} more effect{'s' * (more > 1)} of {policy}: `wbsim show RESULTS "
            "structures` lists them."
        )
    return told


def by_choice(policy: str, outcome: str, alternative: str, found: OutcomeByStructure) -> str:
    """One effect under each choice of one structural alternative, the best first, in a sentence."""
    record, structure = OUTCOMES[outcome], STRUCTURES[alternative]
    clauses = dict(zip(structure.choices, structure.clauses, strict=True))
    sign = -1.0 if record.better == "higher" else 1.0
    choices = found.structures[alternative].choices
    known = sorted(
        (name for name, each in choices.items() if each.difference.mean is not None),
        key=lambda name: sign * (choices[name].difference.mean or 0.0),
    )
    first, later = _subject(record), "they" if _plural(record) else "it"
    subjects = [first, *[later] * (len(known) - 1)]
    parts = [
        f"where {clauses[name]}, {subject} {moves(record, choices[name])}"
        for name, subject in zip(known, subjects, strict=True)
    ]
    share = ""
    if found.share is not None and found.mcse is not None:
        share = (
            f" Structure holds {numbers.percent(found.share)} of the variance of this effect between worlds (Monte "
            f"Carlo error {100 * found.mcse:.0f} points)."
        )
    return numbers.typographic(f"Under {policy}, {'; '.join(parts)}.{share}")


def moves(record: Outcome, found: ChoiceEffect) -> str:
    """How the outcome moves under one choice, verb first, and in how many of its worlds the policy is better."""
    mean, error = found.difference.mean, found.difference.mcse
    worlds = f"{found.worlds:,} world{'' if found.worlds == 1 else 's'}"
    do, ending = ("do", "") if _plural(record) else ("does", "s")
    assert mean is not None, "choices that no world drew are left out"
    if not found.better and not found.worse:
        return f"{do} not move in any of {worlds}"
    counted = f"({found.better:,} of {worlds} better)"
    if error is None or abs(mean) <= CLEAR * error:
        return f"{do} not move beyond Monte Carlo error {counted}"
    if round(mean, record.digits) == 0.0:
        return f"hardly move{ending} on average {counted}"
    return f"{'rise' if mean > 0 else 'fall'}{ending} by {size(record, mean)} {counted}"


def _plural(record: Outcome) -> bool:
    """Whether the outcome's label is of several things, such as citizens or crises."""
    return record.label.split()[0].endswith("s")


def _subject(record: Outcome) -> str:
    return lower_first(record.label) if _plural(record) else f"the {lower_first(record.label)}"


def _apart(outcomes: Mapping[str, OutcomeByStructure], outcome: str, alternative: str) -> float:
    widest = outcomes[outcome].structures[alternative].widest
    return 0.0 if widest is None else widest.apart / OUTCOMES[outcome].margin


def _without(policy: str, outcomes: Mapping[str, OutcomeByStructure], worlds: int) -> str:
    """That no choice matters, or for which outcomes so many worlds cannot tell."""
    unsure = [
        name
        for name, each in outcomes.items()
        if any(structure.verdict == "unsure" for structure in each.structures.values())
    ]
    if not unsure:
        return (
            f"For {policy} it does not matter which structure holds: no headline effect differs between two choices by "
            "more than the margin of practical relevance."
        )
    named = [lower_first(OUTCOMES[name].label) for name in unsure[:_MOST_NAMED]]
    more = len(unsure) - len(named)
    named += [f"{more} more"] if more else []
    rest = (
        f"; for the other {len(outcomes) - len(unsure)} it does not matter"
        if len(unsure) < len(outcomes)
        else ""
    )
    return (
        f"For {policy}, {worlds:,} worlds cannot tell whether it matters which structure holds for {len(unsure)} of "
        f"{len(outcomes)} headline outcomes ({listed(named)}){rest}."
    )
