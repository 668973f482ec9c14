"""Blocks of docs/validation.md."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reproduce.block import Block
from reproduce.blocks.words import counted, is_or_are
from reproduce.run import Facts
from reproduce.runs.cooperation import COOPERATION
from reproduce.runs.validation import VALIDATION
from wbsim.documents.markdown import table
from wbsim.report.numbers import percent

DOCUMENT = "docs/validation.md"
_NAMES = {
    "prior": "wbsim with attitudes at their prior",
    "frozen": "wbsim with attitudes frozen",
    "pooled": "pooled by shape of question",
}


def scores(facts: Facts) -> str:
    """The scores of the model and of the baselines, and how they compare."""
    n = facts["n"]
    groups = {name: facts["groups"][name]["n"] for name in facts["groups"]}
    new, repeats = groups.get("new", 0), groups.get("repeat", 0)
    what = (
        f"{counted(n).capitalize()} exact figures of 2023 {is_or_are(n)} about something that the model holds; "
        f"{counted(new)} {is_or_are(new)} new wordings, and {counted(repeats)} "
        f"repeat{'s' if repeats == 1 else ''} a fitted "
        f"figure. With the bundled posterior and {facts['worlds']:,} worlds (`wbsim validate`), in percentage points:"
    )
    head = ("Forecast", "Inside 50 %", "Inside 90 %", "CRPS", "Mean error", "Width of 90 %")
    known = ("wbsim, knowing the events of 2023", facts["events_forced"])
    rows = [
        _row(name, each, n)
        for name, each in (
            ("wbsim", facts),
            known,
            *((_NAMES.get(k, k), v) for k, v in facts["baselines"].items()),
        )
    ]
    gains = table(
        ("Beside", "Difference of the CRPS", "90 % interval, whole questions drawn again", "wbsim is"),
        [
            (
                _NAMES.get(name, name),
                f"{each['mean']:+.1f}",
                f"{each['low']:+.1f} to {each['high']:+.1f}",
                each["verdict"],
            )
            for name, each in facts["gains"].items()
        ],
    )
    said = " ".join(facts["sentences"])
    return f"{what}\n\n{table(head, rows)}\n\n{gains}\n\n{said}\n\n{_coverage(facts)}"


def _row(name: str, found: Mapping[str, Any], n: int) -> tuple[str, ...]:
    inside = [f"{round(found[key] * n)} of {n}" for key in ("coverage_50", "coverage_90")]
    return (name, *inside, f"{found['crps']:.1f}", f"{found['mae']:.1f}", f"{found['width_90']:.0f}")


def _coverage(facts: Facts) -> str:
    n = facts["n"]
    inside = round(facts["coverage_90"] * n)
    if inside == n:
        return (
            f"**All** {n} lie in their 90 % intervals. Of {n} honest and independent ones all would in a share of "
            f"{percent(0.9**n)} of cases."
        )
    return f"{inside} of {n} lie in their 90 % intervals, where {0.9 * n:.1f} are expected."


def cooperation(facts: Facts) -> str:
    """Ranks, predicted scores and growth of cooperation, each with its verdict."""
    ranks = table(
        ("Check", "In the model", "Observed", "n", "Median", "90 % interval", "Verdict"),
        [_rank(rank) for rank in facts["ranks"]],
    )
    predictions = [
        _predictions(title, facts[name])
        for title, name in (
            ("Each score of 2021, predicted from the other states'", "left_out"),
            ("Scores of 2023, which were never fitted", "later"),
        )
        if facts[name] is not None
    ]
    what = (
        f"Spearman's rank correlation over {facts['worlds']:,} worlds of the bundled posterior (`wbsim cooperation`); "
        f"a line fails if {facts['ranks'][0]['fails_if']}; where the interval holds 0, worlds disagree on the sign:"
    )
    return "\n\n".join((what, ranks, *predictions, _growth(facts["growth"])))


def _rank(rank: Mapping[str, Any]) -> tuple[str, ...]:
    spread = f"{rank['q05']:+.2f} to {rank['q95']:+.2f}"
    return (
        rank["name"],
        rank["model"],
        rank["observed"],
        str(rank["n"]),
        f"{rank['median']:+.2f}",
        spread,
        _verdict_of(rank),
    )


def _predictions(title: str, found: Mapping[str, Any]) -> str:
    baseline = found["baseline"]
    rows = [
        (
            row["state"],
            f"{row['observed']:g}",
            f"{row['median']:.1f}",
            f"{row['q05']:.1f} to {row['q95']:.1f}",
            f"{row['baseline']:.1f}",
        )
        for row in found["rows"]
    ]
    head = ("State", "Published", "Median", "90 % interval", baseline["name"].capitalize())
    inside = round(found["coverage_90"] * found["n"])
    return (
        f"{title} (1 to 10):\n\n{table(head, rows)}\n\n{inside} of {found['n']} lie in their 90 % intervals; CRPS "
        f"{found['crps']:.2f} points, {baseline['name']} {baseline['crps']:.2f}. It fails if {found['fails_if']}: "
        f"{_verdict_of(found)}."
    )


def _growth(growth: Mapping[str, Any]) -> str:
    first, last = growth["years"]
    officers = growth["officers"]
    ratio = officers[str(last)] / officers[str(first)] - 1.0
    low, median, high = (100 * (growth[name] - 1.0) for name in ("q05", "median", "q95"))
    return (
        f"Officers in joint action days rose by {100 * ratio:.0f} % from {first} to {last}. The index changes by "
        f"{median:+.1f} % ({low:+.1f} to {high:+.1f} %) "
        f"and rises in {100 * growth['rises']:.0f} of 100 worlds. It fails if {growth['fails_if']}: "
        f"{_verdict_of(growth)}."
    )


def _verdict_of(found: Mapping[str, Any]) -> str:
    return "holds" if found["holds"] else "**fails**"


BLOCKS = (
    Block("validation", DOCUMENT, scores, (VALIDATION,)),
    Block("cooperation", DOCUMENT, cooperation, (COOPERATION,)),
)
CHECKS = ()
