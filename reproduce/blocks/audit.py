"""Blocks of docs/audit.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import hypot

from reproduce.block import Block
from reproduce.blocks.words import counted, label, listing
from reproduce.identity import ROOT
from reproduce.ladder.files import read_ladder
from reproduce.ladder.tables import ladder_tables
from reproduce.run import Facts
from reproduce.runs.extremes import AS_BUNDLED, EXTREMES
from reproduce.runs.ladder import LADDER
from reproduce.runs.mean_field import MEAN_FIELD
from reproduce.runs.shares import SHARES
from wbsim.documents.markdown import table
from wbsim.report import numbers
from wbsim.statistics.paired import CLEAR
from wbsim.tables.outcomes import OUTCOMES

AUDIT = "docs/audit.md"
#: The outcomes that the page is about.
SHOWN = ("cooperation", "public_trust", "government_trust", "war_worry", "crises_severe")
#: Those that show the channels of each policy.
OF_MECHANISM = {
    "iisg-results": (
        "cooperation",
        "delivery_organised_crime",
        "government_trust",
        "support",
        "threat_burden",
    ),
    "forum": ("cooperation", "government_trust", "public_trust", "war_worry", "crises_severe"),
}
#: Shares of worlds from which a policy gains, and harms, often enough to be named.
OFTEN_GAINS, OFTEN_HARMS, NEARLY_ALL = 0.05, 0.02, 0.97


def ladder() -> str:
    """The headline before and after the changes of the model."""
    return ladder_tables(read_ladder(ROOT / "docs"), SHOWN)


def rungs(facts: Facts) -> str:
    """The headline with each change taken back on its own, and which effects it moved."""
    today, steps = facts["today"], facts["steps"]
    reasons = [(str(n), step["change"], step["before"], step["evidence"]) for n, step in enumerate(steps, 1)]
    parts = [
        f"{facts['worlds']} worlds from seed 1, those of the headline, with {LADDER.settings['citizens']} citizens a "
        "state.",
        table(
            ("Change", "What is taken back", "What holds in its place", "Evidence for the change"), reasons
        ),
        *(_rungs_of(policy, today[policy], steps) for policy in today),
        f"What each of them did, beyond two Monte Carlo errors {_taken(steps)}:",
        "\n".join(_rung_moves(number, step, today) for number, step in enumerate(steps, 1)),
        "The bound of `good_effect` has no rung: no scenario can set it.",
    ]
    return "\n\n".join(parts)


def _rungs_of(policy: str, today: Facts, steps: Sequence[Facts]) -> str:
    head = (f"{policy}: without", *(f"{OUTCOMES[name].label} ({OUTCOMES[name].unit})" for name in SHOWN))
    rows = [("nothing: the model of today", *(_rung_cell(today[name], name) for name in SHOWN))]
    rows += [
        (f"{number} {step['change']}", *(_rung_cell(step["effects"][policy][name], name) for name in SHOWN))
        for number, step in enumerate(steps, 1)
    ]
    return table(head, rows)


def _rung_cell(effect: Facts, outcome: str) -> str:
    if effect["mean"] is None:
        return "-"
    record = OUTCOMES[outcome]
    mean, mcse = numbers.change(record, effect["mean"]), numbers.error(record, effect["mcse"])
    return f"{mean} ± {mcse}; {numbers.percent(effect['p_better'])}"


def _rung_moves(number: int, step: Facts, today: Facts) -> str:
    moved = [
        f"{policy} on {label(outcome)} from {numbers.change(OUTCOMES[outcome], was['mean'])} to "
        f"{numbers.change(OUTCOMES[outcome], now['mean'])}"
        for policy, effects in today.items()
        for outcome in SHOWN
        for was, now in ((step["effects"][policy][outcome], effects[outcome]),)
        if was["mean"] is not None
        and now["mean"] is not None
        and _is_clear(step, policy, outcome, was["mcse"], now["mcse"], now["mean"] - was["mean"])
    ]
    return f"- Change {number} ({step['change']}) moved {listing(moved) or 'no effect beyond what chance would'}."


def _taken(steps: Sequence[Facts]) -> str:
    if all("moved" in step for step in steps):
        return "of the difference in the same worlds"
    return "taken as if the worlds were not the same"


def _is_clear(step: Facts, policy: str, outcome: str, was_error: float, now_error: float, gap: float) -> bool:
    """Whether a change moved an effect beyond chance: over the same worlds, where they were kept."""
    if "moved" not in step:
        return abs(gap) > CLEAR * hypot(was_error, now_error)
    moved = step["moved"][policy][outcome]
    return moved["mean"] is not None and bool(abs(moved["mean"]) > CLEAR * moved["mcse"])


def shares(facts: Facts) -> str:
    """Shares of worlds under prior and posterior."""
    sides = facts["sides"]
    head = ["Outcome (margin)", "Policy", *(f"{side}: {word}" for side in sides for word in _WORDS)]
    rows = []
    for outcome in SHOWN:
        record = OUTCOMES[outcome]
        policies = facts["effects"][0][outcome]["policies"]
        for place, policy in enumerate(policies):
            cells = [
                cell for effects in facts["effects"] for cell in _shares(effects[outcome]["policies"][policy])
            ]
            name = f"{record.label} ({record.margin:g}, {record.unit})" if place == 0 else ""
            rows.append([name, policy, *cells])
    return f"{facts['worlds']:,} worlds from seed 1.\n\n{table(head, rows)}"


_WORDS = ("better", "gain", "within", "harm")


def _shares(effect: dict[str, float | None]) -> list[str]:
    gain, harm = effect["p_practical_better"], effect["p_practical_worse"]
    within = None if gain is None or harm is None else 1.0 - gain - harm
    return [numbers.percent(share) for share in (effect["p_better"], gain, within, harm)]


def findings(facts: Facts) -> str:
    """What the shares say, each as far as it holds."""
    lines = [
        *_rankings(facts),
        _data(facts),
        _nearly_all(facts),
        *_often(facts),
        _cooperative_security(facts),
        *_outdone(facts),
    ]
    return "\n".join(f"- {line}" for line in lines)


def _rankings(facts: Facts) -> Iterator[str]:
    kinds = {"same": [], "unsure": [], "other": []}  # type: dict[str, list[str]]
    for outcome in SHOWN:
        kinds[facts["compared"][outcome]].append(label(outcome))
    if kinds["same"]:
        yield f"The scenarios rank the same under prior and posterior on {listing(kinds['same'])}."
    if kinds["unsure"]:
        yield (
            f"On {listing(kinds['unsure'])} their order differs only between scenarios that "
            f"{facts['worlds']:,} worlds cannot tell apart."
        )
    if kinds["other"]:
        yield f"On {listing(kinds['other'])} the order is another under the posterior: there the surveys matter."
    else:
        yield "So the surveys did not decide any ranking."


def _data(facts: Facts) -> str:
    return str(facts["origins"])


def _nearly_all(facts: Facts) -> str:
    effects = facts["effects"][-1]
    policies = list(effects[SHOWN[0]]["policies"])
    sure = [
        policy
        for policy in policies
        if all(effects[outcome]["policies"][policy]["p_better"] > NEARLY_ALL for outcome in SHOWN)
    ]
    who = listing(sure) or "No policy"
    verb = "are" if len(sure) > 1 else "is"
    return (
        f"{who} {verb} better in over {numbers.percent(NEARLY_ALL)} of worlds on all {counted(len(SHOWN))}."
    )


def _often(facts: Facts) -> Iterator[str]:
    effects = facts["effects"][-1]
    for policy in effects[SHOWN[0]]["policies"]:
        gains = [(effects[o]["policies"][policy]["p_practical_better"], o) for o in SHOWN]
        harms = [(effects[o]["policies"][policy]["p_practical_worse"], o) for o in SHOWN]
        yield f"{policy} {_above(gains, OFTEN_GAINS, 'gains')}, and {_above(harms, OFTEN_HARMS, 'harms')}."


def _above(shares_of: Sequence[tuple[float, str]], bar: float, verb: str) -> str:
    named = [f"{label(outcome)} ({numbers.percent(share)})" for share, outcome in shares_of if share >= bar]
    if named:
        return f"{verb} practically in {numbers.percent(bar)} of worlds or more on {listing(named)}"
    most, outcome = max(shares_of)
    return (
        f"{verb} practically in {numbers.percent(bar)} of worlds or more on none of the five (at most "
        f"{numbers.percent(most)}, on "
        f"{label(outcome)})"
    )


def _cooperative_security(facts: Facts) -> str:
    name = "cooperative_security"
    means = {scenario: outcomes[name] for scenario, outcomes in facts["levels"][-1].items()}
    text = listing(
        f"{numbers.value(OUTCOMES[name], mean)} under {scenario}" for scenario, mean in means.items()
    )
    return f"{OUTCOMES[name].label} ({OUTCOMES[name].unit}), mean over worlds: {text}."


def _outdone(facts: Facts) -> Iterator[str]:
    """Scenarios that another beats, beyond Monte Carlo error, on all five outcomes."""
    gaps = facts["gaps"][-1]
    names = list(facts["levels"][-1])
    for one, two in combinations(names, 2):
        clear = [_sign(gaps[f"{one}|{two}"][outcome], outcome) for outcome in SHOWN]
        if all(sign > 0 for sign in clear):
            yield f"{one} is better than {two} on all five on the mean."
        elif all(sign < 0 for sign in clear):
            yield f"{two} is better than {one} on all five on the mean."


def _sign(gap: dict[str, float | None], outcome: str) -> int:
    if gap["mean"] is None or gap["mcse"] is None or abs(gap["mean"]) <= CLEAR * gap["mcse"]:
        return 0
    return 1 if (gap["mean"] > 0) == (OUTCOMES[outcome].better == "higher") else -1


def extremes(mechanism: str, facts: Facts) -> str:
    """A table of cases, and for each what it moves beyond chance beside the policy as it is bundled."""
    shown = OF_MECHANISM[mechanism]
    found = facts[mechanism]
    rows = [
        [name, *(_case_cell(effects[outcome], outcome) for outcome in shown)]
        for name, effects in found.items()
    ]
    lines = [
        f"- *{name}*: {_beside(effects, shown)}." for name, effects in found.items() if name != AS_BUNDLED
    ]
    head = [mechanism, *(f"{OUTCOMES[name].label} ({OUTCOMES[name].unit})" for name in shown)]
    what = (
        f"{facts['worlds']} worlds, {facts['citizens']} citizens a state. Beside the policy as it is bundled, in the "
        "same worlds and beyond two Monte Carlo errors:"
    )
    return f"{table(head, rows)}\n\n{what}\n\n" + "\n".join(lines)


def _case_cell(effect: Facts, outcome: str) -> str:
    return f"{numbers.change(OUTCOMES[outcome], effect['mean'])} ({_count(effect['gain'])} / {_count(effect['harm'])})"


def _count(share: float) -> str:
    return numbers.percent(share).removesuffix(" %")


def _beside(effects: Facts, shown: Sequence[str]) -> str:
    parts: dict[bool, list[str]] = {True: [], False: []}
    for outcome in shown:
        beside = effects[outcome]["beside"]
        sign = _sign(beside, outcome)
        if sign:
            change = numbers.change(OUTCOMES[outcome], beside["mean"])
            parts[sign > 0].append(f"{label(outcome)} {change}")
    told = [f"{word} {listing(parts[is_better])}" for word, is_better in _DIRECTIONS if parts[is_better]]
    return "; ".join(told) or "nothing moves"


_DIRECTIONS = (("better", True), ("worse", False))


def mean_field(facts: Facts) -> str:
    """What one mean citizen would miss."""
    return (
        "In May 2022, after the invasion of Ukraine, the share worried about war differs between "
        f"{facts['citizens']:,} citizens and the logistic of their mean by {facts['worry']:.1f} points on average over "
        f"states and worlds, its change since January 2021 by {facts['change']:.1f} points, and trust in another state "
        f"by {facts['trust']:.1f} points."
    )


def _of(mechanism: str) -> Block:
    def render(facts: Facts) -> str:
        return extremes(mechanism, facts)

    return Block(f"extremes-{mechanism}", AUDIT, render, (EXTREMES,))


BLOCKS = (
    Block("ladder", AUDIT, ladder),
    Block("ladder-rungs", AUDIT, rungs, (LADDER,)),
    Block("shares", AUDIT, shares, (SHARES,)),
    Block("shares-findings", AUDIT, findings, (SHARES,)),
    _of("iisg-results"),
    _of("forum"),
    Block("mean-field", AUDIT, mean_field, (MEAN_FIELD,)),
)
CHECKS = ()
