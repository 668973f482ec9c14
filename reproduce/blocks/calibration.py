"""Blocks of docs/calibration.md, and what docs/limits.md says of the calibration."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from reproduce.block import Block
from reproduce.blocks.words import counted, is_or_are, listing
from reproduce.run import Facts
from reproduce.runs.spreads import SECOND_SEED, SPREADS
from reproduce.runs.waves import WAVES
from wbsim.calibration.waves_text import WORDS
from wbsim.documents.markdown import code, table
from wbsim.inference.contraction import IDENTIFIED
from wbsim.instruments.figure import fitted
from wbsim.instruments.load import load_figures, load_register
from wbsim.report.numbers import percent
from wbsim.scenario.posterior import find_posterior
from wbsim.scenario.posterior import learnt as learnt_of
from wbsim.scenario.resolve import resolve_calibration
from wbsim.tables.parameters import PARAMETERS, elements

CALIBRATION, LIMITS = "docs/calibration.md", "docs/limits.md"


def counts() -> str:
    """How many rows are fitted, and how many numbers of each kind."""
    rows = sum(load_register().counts().values())
    number = {block: len(_keys(block)) for block in ("level", "dynamic", "event")}
    return (
        f"Of {rows} published rows, {len(fitted(load_figures()))} are fitted, and [every "
        "row](questions.md) says what became "
        f"of it. Fitted are {sum(number.values())} numbers: {number['level']} *levels* (anchors of threats and trust, "
        f"support, safety, blame, by state and domain), {number['dynamic']} *dynamics* (half-lives, "
        "reactions to news and "
        f"crises, slopes, spreads between citizens) and {number['event']} *rates of events*. All others "
        "keep their priors."
    )


def _keys(block: str) -> list[str]:
    """Numbers of a block that were fitted."""
    narrower = learnt_of(find_posterior())
    return [key for p in PARAMETERS.values() if p.block == block for key in elements(p) if key in narrower]


def dynamics() -> str:
    """How many of the numbers that say how attitudes move the data identify."""
    keys, narrower = _keys("dynamic"), learnt_of(find_posterior())
    number = sum(narrower[key] >= IDENTIFIED for key in keys)
    return (
        f"Of the {counted(len(keys))} numbers that say how attitudes move, {counted(number) if number else 'none'} "
        f"{is_or_are(number or 1)} identified by the data."
    )


def missed() -> str:
    """How many figures that were left out lie in their intervals, and which single figures do not."""
    found = _diagnostics()["left_out"]
    single, whole = found["figure"], found["observation"]
    text = (
        f"**Of single figures left out, {percent(single['coverage_90'])} lie in their 90 % intervals, which are "
        f"{single['width_90']:.0f} points wide; of whole observations {percent(whole['coverage_90'])}, "
        f"{whole['width_90']:.0f} "
        "points wide.**"
    )
    rows = list(_outside(single["rows"]))
    if not rows:
        return text
    head = ("Single figure that misses", "Population", "Published", "90 % interval", "Question")
    return f"{text}\n\n{table(head, rows)}"


def _outside(rows: list[Mapping[str, Any]]) -> Iterator[tuple[str, ...]]:
    figures = {figure.id: figure for figure in load_figures()}
    for row in rows:
        if not row["q05"] <= row["observed"] <= row["q95"]:
            figure = figures[row["id"]]
            interval = f"{row['q05']:.0f} to {row['q95']:.0f}"
            yield code(figure.id), figure.population, f"{row['observed']:g}", interval, code(figure.subject)


def _diagnostics() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(
        resolve_calibration("diagnostics.json").resource.read_text(encoding="utf-8")
    )
    return found


def second_seed(facts: Facts) -> str:
    """How far another seed moves the posterior."""
    seeds = listing(map(str, facts["seeds"]))
    if facts["mean"] is None:
        moved = f"Seeds {seeds}: no number is identified, so that none can be compared"
    else:
        moved = (
            f"Seeds {seeds} (`wbsim calibrate --seed {facts['seeds'][1]} --out other`) differ on the "
            "identified numbers by "
            f"{facts['mean']:.3f} posterior sd on average and {facts['most']:.3f} at most"
        )
    figures, whole = (
        listing(f"{inside} of {n}" for inside, n in facts["inside"][kind])
        for kind in ("figure", "observation")
    )
    return f"{moved}; {figures} single figures and {whole} whole observations lie in their intervals."


def profiles(facts: Facts) -> str:
    """The log marginal likelihood by size."""
    rows = []
    for name, row in facts["rows"].items():
        used = f"{row['used']:.2f}"
        cells = (
            f"**{size}: {_gap(gap)}**" if size == used else f"{size}: {_gap(gap)}"
            for size, gap in row["at"].items()
        )
        rows.append((name, ", ".join(cells)))
    within = [name for name, row in facts["rows"].items() if max(row["at"].values()) > 1.0]
    verdict = (
        f"Another size is more than one better for {listing(within)}." if within else
        "No size in use is more than one below the best of its row."
    )  # fmt: skip
    head = ("Size", "Log marginal likelihood, against that of the sizes in use")
    return f"{table(head, rows)}\n\n{verdict}"


def _gap(gap: float) -> str:
    text = f"{gap:+.1f}"
    return "0" if float(text) == 0.0 else text


def coverage(facts: Facts) -> str:
    """Figures left out by the size of the discrepancy."""
    found = facts["left_out"]
    head = ["Discrepancy of one public", *(f"**{d}**" if d == facts["used"] else d for d in found)]
    number = next(iter(found.values()))["of"]
    inside = [
        f"single figures in their 90 % interval, of {number}",
        *(str(each["inside"]) for each in found.values()),
    ]
    return table(
        head, [inside, ["median width, points", *(f"{each['width']:.1f}" for each in found.values())]]
    )


def waves(facts: Facts) -> str:
    """Sizes in use beside those that repeated questions suggest, and each wave left out."""
    sizes = table(
        ("Size", "In use", "Most likely", "Range"),
        [
            (
                WORDS[name],
                f"{each['used']:.2f}",
                f"{each['best']:.2f}",
                f"{each['range'][0]:.2f} to {each['range'][1]:.2f}",
            )
            for name, each in facts["sizes"].items()
        ],
    )
    scored = table(
        ("Told by", "Forecast", "Waves", "Inside 50 %", "Inside 90 %", "CRPS", "Width of 90 %"),
        [
            (
                way,
                name,
                found["n"],
                f"{100 * each['coverage_50']:.0f} %",
                f"{each['inside_90']} of {found['n']} ({100 * each['coverage_90']:.0f} %)",
                f"{each['crps']:.2f}",
                f"{each['width_90']:.0f}",
            )
            for way, found in facts["left_out"].items()
            for name, each in found["scores"].items()
        ],
    )
    what = (
        f"{facts['waves']} waves of {facts['series']} questions and answers. Range: where the log marginal likelihood "
        "lies within two of its peak as that size alone is changed."
    )
    return f"{what}\n\n{sizes}\n\n{scored}\n\n{' '.join(facts['sentences'])}"


BLOCKS = (
    Block("calibration-waves", CALIBRATION, waves, (WAVES,)),
    Block("calibration-counts", CALIBRATION, counts),
    Block("calibration-profiles", CALIBRATION, profiles, (SPREADS,)),
    Block("calibration-seed", CALIBRATION, second_seed, (SECOND_SEED,)),
    Block("calibration-missed", CALIBRATION, missed),
    Block("calibration-coverage", CALIBRATION, coverage, (SPREADS,)),
    Block("calibration-dynamics", CALIBRATION, dynamics),
    Block("limits-dynamics", LIMITS, dynamics),
)
CHECKS = ()
