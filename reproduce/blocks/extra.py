"""Blocks of docs/channels-robustness.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import hypot
from typing import Any

from reproduce.block import Block
from reproduce.blocks.words import counted, is_better, is_clear, is_or_are, label, listing
from reproduce.run import Facts
from reproduce.runs.extra import EXTRA
from wbsim.documents.markdown import code, table
from wbsim.report import numbers
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES

DOCUMENT = "docs/channels-robustness.md"
#: Outcomes of the tables.
SHOWN = ("cooperation", "public_trust", "government_trust", "war_worry", "support", "crises_severe")

#: Shares below this part of the largest are not named.
_LEAST = 0.1

Plain = Mapping[str, Any]


def divisions(facts: Facts) -> str:
    """A table for each policy of each scenario, and for the policies of a scenario of several."""
    channels = facts["channels"]
    text = (
        f"`wbsim compare --worlds {facts['worlds']} --channels --robustness` with {facts['citizens']} citizens a state "
        f"(seed {channels['seed']}; {channels['runs']} and {facts['robustness']['runs']} extra runs in "
        f"{facts['worlds_each']} worlds each), by December 2032, mean with its Monte Carlo error in brackets:"
    )
    return "\n\n".join([text, *(_division(division) for division in channels["divisions"])])


def _division(division: Plain) -> str:
    head = [_title(division), "Effect"]
    head += ["Cost"] if division["policy"] is not None else []
    head += [part["label"] for part in division["parts"]]
    rows = []
    for outcome in SHOWN:
        found = division["outcomes"][outcome]
        cells = [found["effect"], *([found["cost"]] if found["cost"] else [])]
        cells += [share["share"] for share in found["shares"]]
        name = f"{OUTCOMES[outcome].label} ({OUTCOMES[outcome].unit})"
        rows.append([name, *(_mean(cell, outcome) for cell in cells)])
    return table(head, rows)


def _title(division: Plain) -> str:
    scenario, policy = division["scenario"], division["policy"]
    if policy is None:
        return f"{scenario}: its policies"
    return f"{scenario} by itself" if policy == scenario else f"{policy} in {scenario}"


def _mean(figure: Plain, outcome: str) -> str:
    record = OUTCOMES[outcome]
    return f"{numbers.change(record, figure['mean'])} ({numbers.error(record, figure['mcse'])})"


def channel_findings(facts: Facts) -> str:
    """For each effect the parts that carry it, and which work against each other."""
    lines = []
    for division in facts["channels"]["divisions"]:
        told = [line for outcome in SHOWN if (line := _carried(division, outcome))]
        if told:
            lines.append(f"- {_title(division)}: {'; '.join(told)}.")
    return "Beyond two Monte Carlo errors:\n\n" + "\n".join(lines) if lines else "No share is told from nil."


def _carried(division: Plain, outcome: str) -> str:
    """The parts whose share is told from nil, the largest first, beside the whole effect."""
    found = division["outcomes"][outcome]
    shares = [
        (part["label"], share["share"]["mean"])
        for part, share in zip(division["parts"], found["shares"], strict=True)
        if is_clear(share["share"])
    ]
    if not shares:
        return ""
    shares.sort(key=lambda each: -abs(each[1]))
    shares = [each for each in shares if abs(each[1]) >= _LEAST * abs(shares[0][1])]
    record = OUTCOMES[outcome]
    words = listing(f"{name} {numbers.change(record, mean)}" for name, mean in shares)
    whole = numbers.change(record, found["effect"]["mean"])
    cancel = len({mean > 0.0 for _, mean in shares}) > 1
    return f"{label(outcome)} {whole}, of it {words}{', which work against each other' if cancel else ''}"


def robustness_findings(facts: Facts) -> str:
    """What turns round under other settings, what surveys do, and where variance comes from."""
    found = facts["robustness"]
    kinds = {setting["name"]: setting["kind"] for setting in found["settings"]}
    count = sum(len(outcomes) for outcomes in found["policies"].values())
    lines = [
        f"{len(kinds)} settings, {count} effects ({counted(len(found['policies']))} policies, "
        f"{counted(len(HEADLINE_OUTCOMES))} headline outcomes).",
        _signs(found, set(kinds), "under some setting"),
        _orders(found, set(kinds), "under some setting"),
        _surveys(found, {name for name, kind in kinds.items() if kind == "posterior"}),
        _structure(found),
    ]
    return "\n".join(f"- {line}" for line in lines if line)


def _effects(found: Plain) -> Iterator[tuple[str, str, Plain]]:
    for policy, outcomes in found["policies"].items():
        for outcome, robust in outcomes.items():
            yield policy, outcome, robust


def _signs(found: Plain, settings: set[str], where: str) -> str:
    turned = []
    for policy, outcome, robust in _effects(found):
        own = robust["effects"][0]["mean"]
        names = [name for name in robust["other_sign"] if name in settings]
        if names and own is not None:
            word = "a gain becomes a harm" if is_better(outcome, own) else "a harm becomes a gain"
            turned.append(f"{policy} on {label(outcome)} under {listing(map(code, names))} ({word})")
    if not turned:
        return f"No effect has another sign {where}, both signs beyond two Monte Carlo errors."
    number = len(turned)
    verb = "has" if number == 1 else "have"
    noun = "effect" if number == 1 else "effects"
    return (
        f"{counted(number).capitalize()} {noun} {verb} another sign {where}, beyond two Monte Carlo errors: "
        f"{'; '.join(turned)}."
    )


def _orders(found: Plain, settings: set[str], where: str) -> str:
    turned = {
        f"{listing(sorted((policy, each['scenario'])))} on {label(outcome)} under {code(each['setting'])}"
        for policy, outcome, robust in _effects(found)
        for each in robust["reversals"]
        if each["setting"] in settings
    }
    if not turned:
        return f"No order of two scenarios turns round {where}, beyond two Monte Carlo errors."
    number = len(turned)
    return (
        f"{counted(number).capitalize()} order{'' if number == 1 else 's'} of two scenarios "
        f"{is_or_are(number)} another "
        f"{where}, beyond two Monte Carlo errors: {'; '.join(sorted(turned))}."
    )


def _surveys(found: Plain, names: set[str]) -> str:
    """Whether any alternative to the posterior changes a sign or an order, and what it moves most."""
    if not names:
        return "There is no alternative to the posterior to try."
    where = "without any one survey, or with twice the discrepancy"
    settings = [setting["name"] for setting in found["settings"]]
    moved = [
        (abs(each["mean"] - own["mean"]) / hypot(own["mcse"], each["mcse"]), policy, outcome, name, own, each)
        for policy, outcome, robust in _effects(found)
        for own in robust["effects"][:1]
        for name, each in zip(settings, robust["effects"], strict=True)
        if name in names and own["mcse"] and each["mean"] is not None
    ]
    text = f"{_signs(found, names, where)} {_orders(found, names, where)}"
    if not moved:
        return text
    errors, policy, outcome, name, own, each = max(moved, key=lambda one: one[0])
    return (
        f"{text} Most moves {policy} on {label(outcome)}, by {errors:.1f} Monte Carlo errors: "
        f"{_mean(each, outcome)} in "
        f"the place of {_mean(own, outcome)} under {code(name)}."
    )


def _structure(found: Plain) -> str:
    """The largest shares of structure in the variance of one world's effect."""
    shares = [
        (each["structure"], each["structure"] + each["interaction"], policy, outcome)
        for policy, outcome, robust in _effects(found)
        if robust["variance"] and (each := robust["variance"]["shares"])
    ]
    if not shares:
        return ""
    alone, together = max(shares), max(shares, key=lambda each: each[1])
    return (
        f"Structure as such explains at most {numbers.percent(alone[0])} of the variance of one world's effect "
        f"({alone[2]} on {label(alone[3])}), structure and draw together at most {numbers.percent(together[1])} "
        f"({together[2]} on {label(together[3])}); parameters and chance share the rest."
    )


BLOCKS = (
    Block("divisions", DOCUMENT, divisions, (EXTRA,)),
    Block("divisions-findings", DOCUMENT, channel_findings, (EXTRA,)),
    Block("robustness-findings", DOCUMENT, robustness_findings, (EXTRA,)),
)
CHECKS = ()
