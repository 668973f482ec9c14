"""What a calibration found, in words, from the plain data of its diagnostics.

`Shown` is the object of `diagnostics.json`. Terminal, page and documents take their sentences from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wbsim.report import numbers
from wbsim.tables.places import STATES

Shown = Mapping[str, Any]
Row = Mapping[str, Any]

#: Blocks of fitted numbers, as people read them.
BLOCKS = {
    "level": "levels of attitudes",
    "dynamic": "how attitudes move and answers form",
    "event": "how often crises break out and climb",
    "channel": "how policies work",
    "cooperation": "effort of states",
}
IDENTIFIED, WEAK, NOTHING = "identified", "weak", "not identified by data"
#: A figure further than this from its prediction, in sd of the prediction, is missed.
MISSED = 2.0
#: A number whose posterior mean lies this many prior sd from its prior's centre: 5 % of the prior lie further out.
PULLED = 1.96
#: Disagreement of the second algorithm, in posterior sd, and R-hat, up to which the two agree.
_AGREE, _MIXED = 0.2, 1.05

#: True of every calibration to such data, whatever it found.
LEVELS_NOT_RATES = (
    "Surveys and counts of crises speak about levels, and hardly about rates of change: effects of policies stay "
    "driven by priors."
)

_PLACES = {state.code: state.name for state in STATES} | {"WB6": "six states"}


@dataclass(frozen=True, slots=True)
class Check:
    """A check of the computation: what was checked, the answer with its numbers, and whether it is as it should be."""

    name: str
    answer: str
    good: bool


def place(code: str) -> str:
    """A state's name, "six states" for the region; anything else as it is."""
    return _PLACES.get(code, code)


def named(key: str) -> str:
    """ "threat_residual.BIH.cyber" as "threat residual: Bosnia and Herzegovina, cyber"."""
    name, *parts = key.split(".")
    words = name.replace("_", " ")
    return f"{words}: {', '.join(place(part) for part in parts)}" if parts else words


def answer(row: Row) -> str:
    """Which answers a figure sums up, without the question: "fully", "somewhat or fully"; "" for agreement."""
    subject = str(row["subject"])
    answers = subject.partition(".")[2]
    return " or ".join(place(part).replace("-", " ") for part in answers.split("+")) if answers else ""


def months(row: Row) -> str:
    """The months that may hold a figure's fieldwork."""
    first, last = row["months"]
    return numbers.month_words(first) if first == last else f"{_short(first)} to {_short(last)}"


def _short(month: str) -> str:
    name, year = numbers.month_words(month).split()
    return f"{name[:3]} {year}"


def span(values: Sequence[float], digits: int = 0) -> str:
    """The ends of an interval given as 5 %, median and 95 %."""
    return numbers.typographic(f"{values[0]:.{digits}f} to {values[2]:.{digits}f}")


def counted(rows: Iterable[Row]) -> dict[str, tuple[int, int, int]]:
    """Numbers identified, weak and not identified, by block."""
    found: dict[str, list[int]] = {}
    for row in rows:
        of_block = found.setdefault(row["block"], [0, 0, 0])
        of_block[(IDENTIFIED, WEAK, NOTHING).index(row["label"])] += 1
    return {block: (each[0], each[1], each[2]) for block, each in found.items()}


def missed(shown: Shown) -> list[Row]:
    """Figures that the fit misses, the furthest first."""
    return sorted((r for r in shown["figures"] if abs(r["z"]) > MISSED), key=lambda r: -abs(r["z"]))


def excluded(shown: Shown) -> list[Row]:
    """Figures outside what the prior, errors included, gives nine times in ten."""
    outside = set(shown["prior"]["outside"])
    return [row for row in shown["figures"] if row["id"] in outside]


def asked_once(shown: Shown) -> list[Row]:
    """Figures whose wording was asked once, with an intercept of its own, the furthest moved first."""
    rows = [r for r in shown["figures"] if r["asked"] == 1 and r["intercept_sd"] is not None]
    return sorted(rows, key=lambda row: -abs(row["intercept_sd"]))


def learnt_most(shown: Shown, count: int) -> list[Row]:
    """The numbers that became narrowest."""
    return sorted(shown["parameters"], key=lambda row: -row["contraction"])[:count]


def pulled(shown: Shown) -> list[Row]:
    """Numbers whose posterior mean lies where the prior hardly reaches: data and prior disagree."""
    rows = [row for row in shown["parameters"] if abs(row["mean"]) > PULLED]
    return sorted(rows, key=lambda row: -abs(row["mean"]))


def headline(shown: Shown) -> list[str]:
    """What the calibration taught, in three sentences."""
    counts, information = shown["counts"], shown["information"]
    rest = counts["numbers"] - counts["calibrated"]
    sentences = [
        f"{_many(counts['figures'], 'published percentage')} hold as much information on the model's numbers as "
        f"{information['all']:.0f} independent ones without error would; {_many(counts['rates'], 'count')} of crises "
        "speak about their frequency.",
        f"Of {counts['calibrated']} fitted numbers the data identify {counts['identified']}, say something about "
        f"{counts['weak']} and next to nothing about {counts['not_identified']}; {rest} more numbers of the model were "
        "not fitted.",
    ]
    dynamic = counted(shown["parameters"]).get("dynamic")
    if dynamic:
        sentences.append(
            f"Of the {sum(dynamic)} that say {BLOCKS['dynamic']}, {dynamic[0] or 'none'} "
            f"{'is' if dynamic[0] < 2 else 'are'} identified and {dynamic[1] or 'none'} weakly."
        )
    return sentences + institutions(shown) + scored(shown)


def institutions(shown: Shown) -> list[str]:
    """What comparable institutions taught of policies, before and after; nothing where none was fitted."""
    found = shown.get("channels")
    if not found:
        return []
    silent = (
        f" Of {_many(len(found['silent']), 'observation')} the model says too little."
        if found["silent"]
        else ""
    )
    return [
        f"{_many(found['fitted'], 'observation')} of {_many(found['institutions'], 'comparable institution')} speak "
        f"about policies: of {found['numbers']} numbers that move them, {found['before']} were at least a tenth "
        f"narrower than their prior before institutions were fitted, {found['after']} are so now.{silent}"
    ]


def scored(shown: Shown) -> list[str]:
    """What scores of the states' cooperation taught; nothing where none was fitted."""
    found = shown.get("cooperation")
    if not found:
        return []
    low, median, high = found["slope"]
    return [
        f"{_many(len(found['scores']), 'score')} of international cooperation speak about the effort of states: a unit "
        f"of log-odds of effort is worth {median:.1f} points ({low:.1f} to {high:.1f}). The weighted points of the "
        f"prior are worth {found['effective']:,} draws."
    ]


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def checks(shown: Shown) -> list[Check]:
    """The checks of the computation."""
    chain = shown["chain"]
    last, second, split = chain["rounds"][-1], chain["second"], chain["split"]
    failed = shown["failed_worlds"]
    return [
        _settled(chain),
        Check(
            "Emulator",
            f"It explains {100 * last['explained']:.1f} % of the variance of new runs (median over figures), with a "
            f"mean bias of {last['bias']:.3f} on the logit scale. For "
            f"{_many(chain['share_of_error_over_a_quarter'], 'figure')} its error is over a quarter of the figure's "
            "own; it is counted in.",
            last["explained"] > 0.5,
        ),
        Check(
            "Sampler",
            f"Moved until it forgot where it started, at {_many(last['stages'], 'temperature')}"
            + (f"; {last['capped']} hit the cap of moves before." if last["capped"] else "."),
            not last["capped"],
        ),
        Check(
            "Second algorithm",
            f"Its means differ by {second['mean']:.3f} posterior sd on average and {second['max']:.3f} at most (R-hat "
            f"{second['r_hat']:.3f}, {second['bulk']:,} effective draws; {second['algorithm']}).",
            second["max"] <= _AGREE and second["r_hat"] <= _MIXED,
        ),
        Check(
            "Second peak",
            f"{'It looks so' if split['two_peaks'] else 'None was found'}: two halves of the prior ended "
            f"{split['gap']:.2f} posterior sd apart, where one peak gives {split['expected']:.2f} (error "
            f"{split['error']:.2f}).",
            not split["two_peaks"],
        ),
        Check("Failed worlds", f"{failed or 'None'} of {shown['worlds']:,}.", not failed),
    ]


def _settled(chain: Mapping[str, Any]) -> Check:
    rounds = chain["rounds"]
    last, name = rounds[-1], "Settled"
    if last["shift_mean"] is None:
        return Check(name, "Only one round was run, so nothing can be said.", chain["settled"])
    moved = (
        f"in the last of {_many(len(rounds), 'round')} posterior means moved by {last['shift_mean']:.3f} posterior sd "
        f"on average and {last['shift_max']:.3f} at most."
    )
    return Check(name, f"{'Yes' if chain['settled'] else 'No'}: {moved}", chain["settled"])


def combination(weights: Mapping[str, float]) -> str:
    """A direction in words: what stands against what."""
    up = [f"{named(key)} ({weight:.2f})" for key, weight in weights.items() if weight > 0]
    down = [f"{named(key)} ({-weight:.2f})" for key, weight in weights.items() if weight < 0]
    return " + ".join(up) + (f", against {' + '.join(down)}" if down else "")


def cost(shown: Shown) -> str:
    """How much was simulated, and how long it took."""
    return (
        f"{shown['worlds']:,} worlds simulated in {numbers.duration(shown['seconds'])}, seed {shown['seed']}; pieces "
        "kept from an earlier run are not counted."
    )


def inside(scores: Mapping[str, Any], coverage: str) -> str:
    """How many figures lay in their interval: counts, because a share of few figures rounds to what it is not."""
    return f"{round(scores[coverage] * scores['n'])} of {scores['n']}"
