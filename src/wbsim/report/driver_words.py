"""What assumptions do to effects, and where policies fail, in words that can be quoted."""

from __future__ import annotations

import math

from wbsim.experiments.drivers import Drivers, EffectDrivers, Lead
from wbsim.experiments.failures import EffectFailure, Failures, Separator
from wbsim.report import numbers
from wbsim.report.sections.part import listed
from wbsim.statistics.counted import Counted
from wbsim.statistics.thirds import Mean
from wbsim.tables.grades import GRADES
from wbsim.tables.outcomes import OUTCOMES
from wbsim.tables.record import Outcome

#: Units in which a margin is written as a bare number.
_BARE = ("index 0-1", "ratio", "ratio to 2021", "share", "share of worlds", "crises")
_POINTS = ("% of citizens", "points")
MONTE_CARLO = "95 % Monte Carlo interval "


def lower_first(text: str) -> str:
    """`text` as it stands within a sentence."""
    return text[:1].lower() + text[1:]


def cut(number: float, unit: str = "") -> str:
    """An end of a third as it was counted with, and its unit."""
    named = "" if unit in _BARE else f" {unit}"
    return numbers.typographic(f"{number:.12g}{named if unit else ''}")


def evidence(lead: Lead) -> str:
    """What is known of a parameter: its grade, whether its sign is imposed, and what it was drawn from."""
    words = [GRADES[lead.grade].label] + ["sign imposed"] * lead.sign_imposed
    if lead.origin == "scenario":
        words.append("distribution set by the scenario")
    elif lead.origin == "posterior":
        words.append(f"data narrowed it by {numbers.percent(max(0.0, lead.learnt or 0.0))}")
    elif lead.kind != "assumed":
        words.append("drawn from its prior")
    return "; ".join(words)


def searched(found: Drivers) -> str:
    """How the search was guarded, and what it could find in so many worlds."""
    if found.detectable is None or found.needed is None:
        return f"All effects are the same in all {found.worlds:,} worlds: there is nothing to explain."
    effects = [effect for effect in found.effects if effect.threshold is not None]
    named = sum(bool(effect.leading) for effect in effects)
    result = (
        f"Something stands out from noise for {named} of {len(effects)} effects that differ between worlds"
        if named
        else f"Nothing stands out from noise at {found.worlds:,} worlds, for none of {len(effects)} effects"
    )
    return (
        f"{result}. For each, {found.numbers} uncertain numbers were tried; a number stands out where its rank "
        "correlation is beyond what the largest of them all reaches by chance in nineteen searches of twenty. So about "
        f"one effect in twenty would name something by chance: {_chance(len(effects))} of {len(effects)} here. "
        f"{_power(found)}"
    )


def _chance(effects: int) -> str:
    expected = 0.05 * effects
    return "fewer than one" if expected < 0.95 else f"about {expected:.0f}"


def _power(found: Drivers) -> str:
    assert found.detectable is not None and found.needed is not None
    text = (
        f"With {found.worlds:,} worlds a rank correlation of {found.detectable:.2f} is found in about four searches of "
        "five"
    )
    if found.needed > found.worlds:
        text += f"; to find one of 0.10 so surely takes about {found.needed:,} worlds"
    error = 1.0 / math.sqrt(found.worlds - 1)
    return (
        f"{text}. Each correlation has an error of up to about {error:.2f}, so which of several close ones is the "
        "strongest is unsure."
    )


def hangs_on(effect: EffectDrivers) -> str:
    """An effect's strongest assumption in a sentence: what is known of it, and the mean effect at its two ends."""
    lead, record = effect.leading[0], OUTCOMES[effect.outcome]
    text = f"The effect of {effect.policy} on {lower_first(record.label)} hangs most on {lead.label} ({evidence(lead)})"
    low, high = lead.lowest, lead.highest
    if low is None or high is None or lead.below is None or lead.above is None:
        return f"{text}."
    return numbers.typographic(
        f"{text}: on average {_mean(low, record)} where it is below {cut(lead.below, lead.unit)}, "
        f"{_mean(high, record)} where it is above {cut(lead.above, lead.unit)}."
    )


def _mean(found: Mean, record: Outcome) -> str:
    error = f" (Monte Carlo error {numbers.error(record, found.mcse)})" if found.mcse is not None else ""
    return f"{numbers.change(record, found.mean)}{_unit(record)}{error}"


def _unit(record: Outcome) -> str:
    """What follows a change of an outcome; nothing for a bare number."""
    if record.unit in _POINTS:
        return " points"
    return "" if record.unit in _BARE else f" {record.unit}"


def quoted(effect: EffectFailure) -> str:
    """One effect's failing in a sentence: in how many of all worlds, and by what separates best, of those not searched.

    Only what held in the worlds not searched is told. A circumstance that came first in the search says so.
    """
    text = (
        f"{effect.policy} {_fails(effect, OUTCOMES[effect.outcome])} in {share(effect.everywhere)} of worlds"
    )
    best = next((each for each in effect.separators if each.confirmed), None)
    if best is not None:
        text += f": {_where(best)}."
        if best.what == "circumstance" and best is effect.separators[0]:
            text += " In the search it separated such worlds better than any single assumption."
    elif effect.reason:
        text += f". What separates these worlds was not searched: {effect.reason}."
    elif effect.separators:
        text += f". What the search found ({effect.separators[0].label}) did not hold in worlds not searched."
    else:
        text += ". Nothing stands out that separates these worlds from the others."
    return numbers.typographic(text)


def size(record: Outcome, number: float) -> str:
    """The size of a change, without its sign, with its unit."""
    return f"{numbers.value(record, abs(number))}{_unit(record)}"


def _fails(effect: EffectFailure, record: Outcome) -> str:
    worse, better = ("lowers", "raise") if record.better == "higher" else ("raises", "lower")
    verb = worse if effect.failing == "harm" else f"does not {better}"
    return f"{verb} {lower_first(record.label)} by more than {margin(record)}"


def margin(record: Outcome) -> str:
    """The margin of practical relevance with its unit."""
    if record.unit in _POINTS:
        return f"{record.margin:g} point{'' if record.margin == 1 else 's'}"
    return f"{record.margin:g}" if record.unit in _BARE else f"{record.margin:g} {record.unit}"


def _where(one: Separator) -> str:
    """Both shares, the larger expected first; what the brackets hold is said once."""
    if one.below is None or one.above is None:
        ends = (one.highest, f"where there were {one.label}"), (one.lowest, "where there were none")
    else:
        above = f"is above {cut(one.above, one.unit)}"
        below = f"is below {cut(one.below, one.unit)}"
        if one.rho > 0:
            ends = (one.highest, f"where {one.label} {above}"), (one.lowest, f"where it {below}")
        else:
            ends = (one.lowest, f"where {one.label} {below}"), (one.highest, f"where it {above}")
    (first, there), (second, elsewhere) = ends
    return f"in {interval(first, MONTE_CARLO)} {there}, in {interval(second)} {elsewhere}"


def share(found: Counted) -> str:
    """A share of worlds in per cent."""
    return numbers.percent(found.share)


def interval(found: Counted, name: str = "") -> str:
    """A share of worlds and its Monte Carlo interval, after the interval's `name`."""
    if found.share is None:
        return "no world"
    return f"{share(found)} ({name}{numbers.percent(found.low)} to {numbers.percent(found.high)})"


def hardly_any(policy: str, found: Failures) -> str:
    """On which outcomes a policy brings hardly any gain, nor harm; empty where there is none."""
    mine = [each for each in found.effects if each.policy == policy and each.failing == "hardly any gain"]
    if not mine:
        return ""
    names = listed([lower_first(OUTCOMES[each.outcome].label) for each in mine])
    return (
        f"{policy} brings a gain beyond the margin in fewer than 5 % of worlds, and harm beyond it in fewer than 5 %, "
        f"on {names}."
    )
