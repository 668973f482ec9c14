"""Blocks of docs/scenarios.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reproduce.block import Block
from reproduce.blocks.words import listing, told
from reproduce.run import Facts
from reproduce.runs.reach import PARTS, REACH, WISHED
from reproduce.runs.scenarios import ASSUMPTIONS, PARENTS, SCENARIOS
from wbsim.documents.markdown import code, table
from wbsim.report import numbers
from wbsim.scenario.bundled import PAPER
from wbsim.scenario.resolve import available_assumptions
from wbsim.tables.outcomes import OUTCOMES

DOCUMENT = "docs/scenarios.md"
#: Outcomes of every table, and those that show the channel of a kind.
SHOWN = (
    "cooperation",
    "public_trust",
    "government_trust",
    "war_worry",
    "support",
    "threat_burden",
    "crises_severe",
    "cooperative_security",
)
OF_FORUMS = (
    "meetings_held",
    "meetings_failed",
    "items_adopted",
    "commitments_reviewed",
    "commitments_kept",
    "adopted_regretted",
    "part_inclusive",
)
#: Share of its benchmark below which a part is out of reach, in the median world.
OUT_OF_REACH = 0.5
OF_IISG = ("delivery_organised_crime", "posture", "money")
OF_OPEN_BALKAN = ("delivery_borders", "delivery_disasters", "aid_given", "owned_share", "money")
OF_ASSUMPTIONS = (*SHOWN, "crisis_months", "meetings_failed")


def rows_of(name: str) -> tuple[str, ...]:
    """The outcomes that the table of a scenario shows."""
    if name.startswith("forum"):
        return (*SHOWN, *OF_FORUMS)
    return (*SHOWN, *(OF_OPEN_BALKAN if name.startswith("open") else OF_IISG))


def what(facts: Facts) -> str:
    """What the tables rest on."""
    return (
        f"{facts['worlds']} worlds from seed {facts['seed']}, {facts['citizens']} citizens a state, under "
        "the posterior "
        f"(version {facts['version']}; results of the comparison with the status quo: sha256 "
        f"`{facts['results_sha256'][:12]}…`)."
    )


def policy(name: str, facts: Facts) -> str:
    """A scenario beside the status quo and beside the one that it varies, and what of it is told from nil."""
    beside = facts["policies"][name]
    head = [
        "Outcome",
        *(f"against {code(each)} [90 % of worlds], better / harm, MC error" for each in beside),
    ]
    rows = [[_label(o), *(_cell(effects[o], o) for effects in beside.values())] for o in rows_of(name)]
    lines = [f"- Beside {code(each)}. {told(effects, rows_of(name))}" for each, effects in beside.items()]
    return f"{table(head, rows)}\n\n" + "\n".join(lines)


def reach(facts: Facts) -> str:
    """How far each part of cooperative security gets, and what stays out of reach."""
    found = facts["scenarios"]
    head = ("Part (median [90 % of worlds])", *map(code, found))
    rows = [(OUTCOMES[part].label, *(_reached(each[part]) for each in found.values())) for part in PARTS]
    rows.append(("in full, share of worlds", *(numbers.percent(each["in_full"]) for each in found.values())))
    best = {part: max(each[part][1] for name, each in found.items() if name != WISHED) for part in PARTS[:-1]}
    out = [OUTCOMES[part].label for part, value in best.items() if value < OUT_OF_REACH]
    still = [OUTCOMES[part].label for part in PARTS[:-1] if found[WISHED][part][1] < OUT_OF_REACH]
    works = ", ".join(f"{code(name)} {value:g}" for name, value in facts["works"].items())
    return (
        f"{facts['worlds']} worlds from seed 1, {facts['citizens']} citizens a state.\n\n{table(head, rows)}\n\n"
        f"Out of reach (below half of the benchmark in the median world under every bundled policy): "
        f"{listing(out) or 'no part'}. Still so if everything works: {listing(still) or 'no part'}. Everything works "
        f"where the forum's channel grows in all worlds and these numbers are fixed: {works}."
    )


def _reached(ends: Sequence[float]) -> str:
    low, median, high = ends
    return f"{median:.2f} [{low:.2f}, {high:.2f}]"


def assumption(name: str, facts: Facts) -> str:
    """What a file of assumptions changes of the status quo, and what policies change under it."""
    found = facts["files"][name]
    head = ["Outcome", "`status-quo` changes by [90 % of worlds] (MC error)"]
    head += [f"{code(each)} changes it by; without the assumptions" for each in PAPER[1:]]
    rows = []
    for outcome in OF_ASSUMPTIONS:
        cells = [
            _label(outcome),
            f"{_mean(found['change'][outcome], outcome)} ({_error(found['change'], outcome)})",
        ]
        for each in PAPER[1:]:
            now, before = found["policies"][each][outcome], facts["plain"][each][outcome]
            cells.append(f"{_mean(now, outcome)}; {numbers.change(OUTCOMES[outcome], before['mean'])}")
        rows.append(cells)
    return f"{table(head, rows)}\n\nThe status quo under it. {told(found['change'], OF_ASSUMPTIONS)}{_share(found)}"


def _share(found: Mapping[str, Any]) -> str:
    """The change of two headline levels in per cent of what they are without the assumptions."""
    parts = []
    for outcome in ("cooperation", "crises_severe"):
        change = found["change"][outcome]
        if change["before"]:
            parts.append(f"{OUTCOMES[outcome].label}: {100 * change['mean'] / change['before']:+.1f} %")
    return f" In per cent of the level without it: {'; '.join(parts)}." if parts else ""


def _label(outcome: str) -> str:
    record = OUTCOMES[outcome]
    return f"{record.label} ({record.unit})"


def _mean(effect: Mapping[str, Any], outcome: str) -> str:
    record = OUTCOMES[outcome]
    low, high = numbers.change(record, effect["q05"]), numbers.change(record, effect["q95"])
    return f"{numbers.change(record, effect['mean'])} [{low}, {high}]"


def _error(effects: Mapping[str, Any], outcome: str) -> str:
    return f"MC error {numbers.error(OUTCOMES[outcome], effects[outcome]['mcse'])}"


def _cell(effect: Mapping[str, Any], outcome: str) -> str:
    shares = f"{numbers.percent(effect['p_better'])} / {numbers.percent(effect['p_practical_worse'])}"
    return f"{_mean(effect, outcome)}, {shares}, {numbers.error(OUTCOMES[outcome], effect['mcse'])}"


def _of(render: Callable[[str, Facts], str], name: str) -> Callable[[Facts], str]:
    return lambda facts: render(name, facts)


BLOCKS = (
    Block("scenarios-what", DOCUMENT, what, (SCENARIOS,)),
    Block("scenarios-reach", DOCUMENT, reach, (REACH,)),
    *(Block(f"scenario-{name}", DOCUMENT, _of(policy, name), (SCENARIOS,)) for name in PARENTS),
    *(
        Block(f"assumptions-{name}", DOCUMENT, _of(assumption, name), (ASSUMPTIONS,))
        for name in available_assumptions()
    ),
)
CHECKS = ()
