"""What a discovery found, in sentences that can be quoted."""

from __future__ import annotations

from wbsim.experiments.discovery import Discovered
from wbsim.experiments.target import Target
from wbsim.report import numbers
from wbsim.report.driver_words import MONTE_CARLO, cut, interval, lower_first
from wbsim.report.sections.part import listed
from wbsim.statistics.discovery.box import Box, Restriction
from wbsim.statistics.discovery.ceiling import Ceiling, Share
from wbsim.statistics.discovery.discover import Found
from wbsim.statistics.discovery.inputs import Input

METHODS = {"prim": "PRIM", "tree": "tree"}
NOTE = (
    "Densities, coverages and their 95 % Wilson intervals are of fresh worlds, which no search has seen; the intervals "
    "are Monte Carlo error and shrink with more worlds. That only some worlds are cases comes from what is not known "
    "(parameters) and from chance, and does not shrink. A box holds where its density minus that elsewhere is above "
    "zero at 95 % for all boxes together (Newcombe, Bonferroni). A box says where the model's cases are, not what "
    "causes them, and is conditional on the model: no forecast. Policy effects are largely driven by priors, and so "
    "are boxes: another prior gives other shares."
)


def event(target: Target) -> str:
    """What happens in a case: "forum lowers cooperation index by more than 0.02"."""
    record = target.record
    name = lower_first(record.label)
    bound = cut(target.threshold, record.unit) if target.sort == "level" else _difference(target)
    worsens, betters = ("lowers", "raise") if record.better == "higher" else ("raises", "lower")
    if target.sort == "harm":
        return f"{target.policy} {worsens} {name} by more than {bound}, compared with {target.against}"
    if target.sort == "no-gain":
        return (
            f"{target.policy} does not {betters} {name} by more than {bound}, compared with {target.against}"
        )
    if target.sort == "flip":
        beyond = f" by more than {bound}" if target.threshold else ""
        return (
            f"{target.against} does better than {target.policy}{beyond} on {name}, "
            "although it does worse on average"
        )
    if target.sort == "level":
        side = "below" if record.better == "higher" else "above"
        return f"under {target.policy} {name} is {side} {bound}"
    others = listed([each for each in target.scenarios if each != target.policy])
    return f"{target.policy} falls short of the best of it, {others} by more than {bound} on {name} (regret)"


def _difference(target: Target) -> str:
    """The threshold as a difference: of per cent it is points."""
    if target.record.unit in ("% of citizens", "points"):
        return f"{target.threshold:g} point{'' if target.threshold == 1 else 's'}"
    return cut(target.threshold, target.record.unit)


def restriction(one: Restriction, record: Input) -> str:
    """One restriction within a sentence: "trust is at least 0.3"."""
    if one.kept is not None:
        words = [record.categories[code] for code in one.kept]
        if record.categories == ("no", "yes"):
            return f"there were {record.label}" if words == ["yes"] else f"there were no {record.label}"
        return f"{record.label} is {' or '.join(words)}"
    if one.low is not None and one.high is not None:
        return f"{record.label} is from {cut(one.low)} to {cut(one.high, record.unit)}"
    if one.low is not None:
        return f"{record.label} is at least {cut(one.low, record.unit)}"
    assert one.high is not None
    return f"{record.label} is at most {cut(one.high, record.unit)}"


def where(box: Box, inputs: tuple[Input, ...]) -> str:
    """A box within a sentence."""
    return listed([restriction(each, inputs[each.place]) for each in box.restrictions])


def sentences(found: Discovered) -> list[str]:
    """All that is said of a discovery: the base rate, the boxes, how far they can be trusted, and what chance does."""
    discovery = found.discovery
    said = [_base(found), *_boxes(found)]
    said += [text for text in (_again(found), _bound(found), _screened(found)) if text]
    if found.failed:
        said.append(f"{found.failed:,} {_worlds(found.failed)} did not finish and count nowhere.")
    if not discovery.found:
        said.append("No box came out of the search: none of its inputs separates cases from other worlds.")
    return [numbers.typographic(each) for each in said]


def _worlds(count: int) -> str:
    return "world" if count == 1 else "worlds"


def _base(found: Discovered) -> str:
    base, fresh = found.discovery.base, found.discovery.fresh_base
    kind = "worlds of the other half" if found.halved else "fresh worlds"
    return (
        f"Case: {event(found.target)}. That is so in {interval(base, MONTE_CARLO)} of {base.worlds:,} searched worlds "
        f"and in {interval(fresh)} of {fresh.worlds:,} {kind}."
    )


def _boxes(found: Discovered) -> list[str]:
    discovery = found.discovery
    if discovery.found and not discovery.holding:
        best = discovery.found[0]
        return [
            f"No box is claimed: of the {len(discovery.found)} that came out of the search, none holds more cases than "
            f"elsewhere in the fresh worlds beyond the Monte Carlo error. The first "
            f"({where(best.box, found.searched.inputs.inputs)}) had a density of "
            f"{numbers.percent(best.searched.density)} in the search and {interval(best.retest.inside)} in fresh "
            "worlds."
        ]
    return [sentence(each, found) for each in discovery.holding]


def sentence(one: Found, found: Discovered) -> str:
    """One box that holds in fresh worlds, in a few sentences."""
    again = one.retest
    beside = "elsewhere" if one.number == 1 or one.method == "tree" else "elsewhere outside earlier boxes"
    text = (
        f"{METHODS[one.method]}, box {one.number}: {event(found.target)}, in {interval(again.inside, MONTE_CARLO)} of "
        f"the fresh worlds in which {where(one.box, found.searched.inputs.inputs)}, against "
        f"{interval(again.elsewhere)} {beside}. The box holds {interval(again.coverage)} of all cases in "
        f"{numbers.percent(again.mass.share)} of worlds."
    )
    return f"{text} {_drop(one)}"


def _drop(one: Found) -> str:
    """How much of the density was the luck of the search."""
    searched, fresh = one.searched.density, one.retest.inside.share
    if searched is None or fresh is None:
        return ""
    points = round(100 * searched) - round(100 * fresh)
    if points <= 0:
        return f"The search had counted {numbers.percent(searched)}: fresh worlds show no drop."
    return (
        f"The search had counted {numbers.percent(searched)}: {points} {'point' if points == 1 else 'points'} of that "
        "did not come back in fresh worlds."
    )


def _again(found: Discovered) -> str:
    """How far PRIM finds the same in resampled worlds."""
    again = found.discovery.reproducibility
    if again is None:
        return ""
    kept = found.discovery.screened.kept
    order = sorted(range(len(kept)), key=lambda place: -again.restricted[place])[:4]
    named = [
        f"{found.searched.inputs.inputs[kept[place]].label} in {numbers.percent(again.restricted[place])}"
        for place in order
        if again.restricted[place] > 0
    ]
    if not named:
        return f"Of {again.resamples} searches in resampled worlds none found a box."
    text = f"Of {again.resamples} searches in resampled worlds, PRIM's first box restricts {listed(named)}"
    if again.density is not None and again.coverage is not None:
        ends = (f"{numbers.percent(each.median)} ({numbers.percent(each.low)} to {numbers.percent(each.high)})"
                for each in (again.density, again.coverage))  # fmt: skip
        text += "; in the worlds left out, median density {} and coverage {}, 90 % of searches in brackets".format(
            *ends
        )
    return f"{text}."


def _bound(found: Discovered) -> str:
    """What draws can explain at most, and how near a box comes."""
    if found.replicates == 0:
        return (
            "How much of this chance alone decides was not asked: --replicates N simulates the same draws under N "
            "other courses of events."
        )
    bound = found.ceiling
    if bound is None:
        return "What chance decides can't be told: the worlds of all courses are alike, or fewer than two finished."
    text = (
        f"Over {bound.courses} courses of chance with the same draws, the draws decide {share_words(bound.drawn)} of "
        "the variance of whether a world is a case (95 % bootstrap interval over worlds); the rest is chance, which no "
        "parameter can tell."
    )
    limits = [_limit(each, bound, found) for each in found.discovery.holding[:1]]
    return " ".join([text, *limits])


def _limit(one: Found, bound: Ceiling, found: Discovered) -> str:
    records = [found.searched.inputs.inputs[place] for place in one.box.places]
    if any(each.kind == "circumstance" for each in records):
        return "The first box restricts a circumstance, which chance decides too: no limit holds for it."
    most = None if one.retest.mass.share is None else bound.density(one.retest.mass.share)
    if most is None:
        return ""
    return (
        f"No region of parameters that holds {numbers.percent(one.retest.mass.share)} of worlds can have a density "
        f"above {share_words(most)}; the first box reaches {numbers.percent(one.retest.inside.share)}."
    )


def share_words(share: Share) -> str:
    """A share with its interval."""
    return f"{numbers.percent(share.value)} ({numbers.percent(share.low)} to {numbers.percent(share.high)})"


def _screened(found: Discovered) -> str:
    """What the search looked among, and what was left away."""
    screened = found.discovery.screened
    if not screened.screened:
        return f"All {len(screened.kept)} inputs that differ between worlds were searched."
    parts = [f"{len(screened.weak)} whose values in cases and in others differ no more than by chance"]
    if screened.doubles:
        parts.append(f"{len(screened.doubles)} that follow a stronger one")
    if screened.beyond:
        parts.append(f"{len(screened.beyond)} weaker ones beyond the most that are kept")
    return (
        f"Of {screened.tried} inputs {len(screened.kept)} were searched; left away, by the searched worlds alone: "
        f"{listed(parts)}."
    )
