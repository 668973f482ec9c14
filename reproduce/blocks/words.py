"""Numbers and effects in sentences that hold whatever the runs found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wbsim.report import numbers
from wbsim.statistics.paired import CLEAR
from wbsim.tables.outcomes import OUTCOMES

#: Figures of one effect by name, as a comparison's summary holds them.
Effect = Mapping[str, Any]
_WORDS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def counted(number: int) -> str:
    """A count as a word up to twelve, and "no" for nil."""
    return _WORDS[number] if 0 <= number < len(_WORDS) else f"{number:,}"


def listing(items: Iterable[str], last: str = "and") -> str:
    """Items as a sentence names them: "a, b and c"."""
    given = list(items)
    if len(given) < 2:
        return "".join(given)
    return f"{', '.join(given[:-1])} {last} {given[-1]}"


def label(outcome: str) -> str:
    """The label of an outcome inside a sentence."""
    text = OUTCOMES[outcome].label
    return text if text[:2].isupper() else text[0].lower() + text[1:]


def change(outcome: str, mean: float | None) -> str:
    """A mean difference with the digits of its outcome."""
    return numbers.change(OUTCOMES[outcome], mean)


def is_clear(effect: Effect) -> bool:
    """Whether a mean is told from nil: it is beyond two Monte Carlo errors."""
    return bool(effect["mean"] is not None and effect["mcse"] is not None) and (
        abs(effect["mean"]) > CLEAR * effect["mcse"]
    )


def is_better(outcome: str, mean: float) -> bool:
    """Whether a difference is a gain."""
    return (mean > 0.0) == (OUTCOMES[outcome].better == "higher")


def told(effects: Mapping[str, Effect], outcomes: Sequence[str]) -> str:
    """Which outcomes are better, which worse, and which are not told from nil, as one or more sentences."""
    shown = [name for name in outcomes if effects[name]["mean"] is not None]
    clear = [name for name in shown if is_clear(effects[name])]
    same = [name for name in shown if effects[name]["mean"] == 0.0 and not effects[name]["mcse"]]
    rest = [name for name in shown if name not in clear and name not in same]
    parts = []
    for word, wanted in (("Better", True), ("Worse", False)):
        names = [name for name in clear if is_better(name, effects[name]["mean"]) == wanted]
        if names:
            means = (f"{label(name)} ({_clear_change(name, effects[name]['mean'])})" for name in names)
            parts.append(f"{word}: {listing(means)}.")
    if same:
        parts.append(f"The same in every world: {listing(map(label, same))}.")
    if rest:
        parts.append(f"Not told from nil: {listing(map(label, rest))}.")
    return " ".join(parts)


def _clear_change(outcome: str, mean: float) -> str:
    """A difference that is told from nil, and whether it is too small to matter."""
    small = abs(mean) < OUTCOMES[outcome].margin
    text = change(outcome, mean)
    shown = text if float(text) else f"{mean:+.0e}".replace("e-0", "e-")
    return f"{shown}, within the margin" if small else shown


def is_or_are(number: int) -> str:
    """The verb of a count."""
    return "is" if number == 1 else "are"
