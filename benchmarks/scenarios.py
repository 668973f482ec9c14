"""What the bundled scenarios and files of assumptions do: the tables of docs/scenarios.md.

`python benchmarks/scenarios.py` simulates all of them in the same worlds, writes `scenarios.json` here and the tables
between the markers of the document. `--tables` writes the tables alone, from the numbers that are kept. `--out FOLDER`
also draws how headline outcomes move over time, a picture for each scenario.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

import wbsim
from wbsim.experiments.comparison import Comparison
from wbsim.experiments.under import under
from wbsim.experiments.windows import Windows, summarise
from wbsim.scenario.bundled import GROUPS, PAPER
from wbsim.scenario.load import load
from wbsim.scenario.override import with_run
from wbsim.scenario.resolve import available_assumptions
from wbsim.scenario.schema import Scenario
from wbsim.tables.outcomes import OUTCOMES

HERE = Path(__file__).resolve().parent
KEPT = HERE / "scenarios.json"
DOCUMENT = HERE.parent / "docs" / "scenarios.md"
WORLDS, CITIZENS, SEED = 200, 200, 1

#: The scenario that each one varies, and what it is compared with beside the status quo.
PARENTS = {
    **dict.fromkeys(GROUPS[1].names, "forum"),
    "iisg-weakly-verified": "iisg-results",
    "iisg-conditional": "iisg-results",
    "iisg-double-funds": "iisg-results",
    "open-balkan-six": "forum",
}
#: Outcomes of every table, and those that show the channel of a kind.
SHOWN = (
    "cooperation",
    "public_trust",
    "government_trust",
    "war_worry",
    "support",
    "threat_burden",
    "crises_severe",
)
OF_FORUMS = ("meetings_held", "meetings_failed", "items_adopted", "adopted_regretted", "part_inclusive")
OF_IISG = ("delivery_organised_crime", "posture", "money")
OF_OPEN_BALKAN = ("delivery_borders", "delivery_disasters", "aid_given", "owned_share", "money")
DIGITS = {"% of citizens": 2, "EUR m": 1, "crises": 2, "meetings": 2, "items": 2, "member-items": 2}


def rows_of(name: str) -> tuple[str, ...]:
    """The outcomes that the table of a scenario shows."""
    if name.startswith("forum"):
        return (*SHOWN, *OF_FORUMS)
    return (*SHOWN, *(OF_OPEN_BALKAN if name.startswith("open") else OF_IISG))


def measure(out: Path | None) -> dict[str, Any]:
    """All comparisons, as plain data."""
    scenarios = [_small(name) for group in GROUPS for name in group.names]
    against = wbsim.compare(*scenarios, worlds=WORLDS, seed=SEED, variance_worlds=0)
    kept: dict[str, Any] = {
        "worlds": WORLDS,
        "citizens": CITIZENS,
        "seed": SEED,
        "version": wbsim.__version__,
        "results_sha256": against.results_sha256,
        "policies": {name: {"status-quo": _effects(against, name)} for name in PARENTS},
        "assumptions": {},
    }
    if out is not None:
        _draw(against, out)
    for parent in sorted(set(PARENTS.values())):
        children = [name for name, other in PARENTS.items() if other == parent]
        beside = wbsim.compare(
            *map(_small, (parent, *children)), baseline=parent, worlds=WORLDS, seed=SEED, variance_worlds=0
        )
        for name in children:
            kept["policies"][name][parent] = _effects(beside, name)
    plain = _paper(None)
    for name in available_assumptions():
        changed = _paper(name)
        kept["assumptions"][name] = {
            "change": _shift(plain, changed),
            **{policy: _effects(changed, policy) for policy in PAPER[1:]},
        }
        if out is not None:
            _draw_shift(plain, changed, out / f"{name}.png")
    kept["plain"] = {policy: _effects(plain, policy) for policy in PAPER[1:]}
    return kept


def _small(name: str) -> Scenario:
    return with_run(load(name), citizens=CITIZENS)


def _paper(assumptions: str | None) -> Comparison:
    scenarios: Sequence[Scenario] = [_small(name) for name in PAPER]
    if assumptions is not None:
        scenarios = under(scenarios, assumptions)
    return wbsim.compare(*scenarios, worlds=WORLDS, seed=SEED, variance_worlds=0)


def _effects(comparison: Comparison, policy: str) -> dict[str, Any]:
    shown = comparison.summary()["outcomes"]
    parts = ("mean", "q05", "q95", "p_better", "p_practical_worse", "mcse")
    return {name: {part: shown[name]["policies"][policy][part] for part in parts} for name in OUTCOMES}


def _monthly(comparison: Comparison, scenario: str, outcome: str) -> Any:
    """Values (worlds, months) of one outcome."""
    data = comparison.to_xarray()["regional"].sel(scenario=scenario, outcome=outcome)
    return data.transpose("world", "month").to_numpy().astype(float)


def _shift(plain: Comparison, changed: Comparison) -> dict[str, Any]:
    """What the assumptions change of the status quo itself, world by world."""
    change = _figures(changed) - _figures(plain)
    return {
        name: {
            "mean": float(values.mean()),
            "q05": float(np.quantile(values, 0.05)),
            "q95": float(np.quantile(values, 0.95)),
            "mcse": float(values.std(ddof=1) / np.sqrt(values.size)),
        }
        for name, values in zip(OUTCOMES, change.T, strict=True)
    }


def _figures(comparison: Comparison) -> Any:
    """A figure for each world and outcome of the status quo, as the comparison itself takes it."""
    data = comparison.to_xarray()["regional"].sel(scenario="status-quo", outcome=list(OUTCOMES))
    months = [str(month) for month in data["month"].to_numpy()]
    values = data.transpose("world", "month", "outcome").to_numpy()
    return summarise(values, months, Windows("2023-01", (months[-1],)))[:, 0]


def as_text(kept: Mapping[str, Any]) -> str:
    """The numbers as JSON, six digits each, with one line for each effect."""
    short = json.loads(json.dumps(kept), parse_float=lambda number: float(f"{float(number):.6g}"))
    lines = json.dumps(short, indent=1)
    return re.sub(r"\{[^{}]*\}", lambda effect: " ".join(effect[0].split()), lines) + "\n"


# ------------------------------------------------------------------ tables


def tables(kept: Mapping[str, Any]) -> dict[str, str]:
    """Markdown tables by the name of their marker."""
    out = {"what": _what(kept)}
    for name, effects in kept["policies"].items():
        out[name] = _policy(name, effects)
    for name, effects in kept["assumptions"].items():
        out[name] = _assumption(kept["plain"], effects)
    return out


def _what(kept: Mapping[str, Any]) -> str:
    return (
        f"{kept['worlds']} worlds from seed {kept['seed']}, {kept['citizens']} citizens a state, under the posterior "
        f"(version {kept['version']}; results of the comparison with the status quo: sha256 "
        f"`{kept['results_sha256'][:12]}…`)."
    )


def _policy(name: str, effects: Mapping[str, Any]) -> str:
    parents = list(effects)
    head = ["Outcome", *(f"against `{p}` [90 % of worlds], better / harm, MC error" for p in parents)]
    rows = [
        [_label(outcome), *(_cell(effects[p][outcome], outcome, shares=True) for p in parents)]
        for outcome in rows_of(name)
    ]
    return _table(head, rows)


def _assumption(plain: Mapping[str, Any], effects: Mapping[str, Any]) -> str:
    head = ["Outcome", "`status-quo` changes by [90 % of worlds]"]
    head += [f"`{p}` changes it by; without the assumptions" for p in PAPER[1:]]
    rows = []
    for outcome in (*SHOWN, "crisis_months", "meetings_failed"):
        row = [_label(outcome), _cell(effects["change"][outcome], outcome, shares=False)]
        for policy in PAPER[1:]:
            now, before = effects[policy][outcome], plain[policy][outcome]
            row.append(
                f"{_number(now['mean'], outcome)} [{_number(now['q05'], outcome)}, {_number(now['q95'], outcome)}]; "
                f"{_number(before['mean'], outcome)}"
            )
        rows.append(row)
    return _table(head, rows)


def _label(outcome: str) -> str:
    record = OUTCOMES[outcome]
    return f"{record.label} ({record.unit})"


def _cell(effect: Mapping[str, float], outcome: str, *, shares: bool) -> str:
    text = f"{_number(effect['mean'], outcome)} [{_number(effect['q05'], outcome)}, {_number(effect['q95'], outcome)}]"
    error = _number(effect["mcse"], outcome, more=1).lstrip("+")
    if not shares:
        return f"{text} (MC error {error})"
    return f"{text}, {effect['p_better']:.0%} / {effect['p_practical_worse']:.0%}, {error}"


def _number(value: float, outcome: str, more: int = 0) -> str:
    digits = DIGITS.get(OUTCOMES[outcome].unit, 3) + more
    text = f"{value:+.{digits}f}"
    return text[1:] if float(text) == 0.0 else text


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "| --- |" + " --- |" * (len(head) - 1)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def filled(text: str, made: Mapping[str, str]) -> str:
    """The document with every table between its markers. ValueError if a marker is missing."""
    for name, table in made.items():
        begin, end = f"<!-- table: {name} -->", f"<!-- end: {name} -->"
        if text.count(begin) != 1 or text.count(end) != 1:
            raise ValueError(f"the document needs the markers {begin} and {end} once")
        before, rest = text.split(begin)
        text = f"{before}{begin}\n\n{table}\n\n{end}{rest.split(end)[1]}"
    return text


# ------------------------------------------------------------------ pictures


def _draw(comparison: Comparison, folder: Path) -> None:
    for name, parent in PARENTS.items():
        lines = {"status-quo": "#888888", parent: "#0072b2", name: "#d55e00"}
        values = {each: {o: _monthly(comparison, each, o) for o in rows_of(name)} for each in lines}
        _picture(values, lines, folder / f"{name}.png")


def _draw_shift(plain: Comparison, changed: Comparison, path: Path) -> None:
    lines = {"status-quo": "#888888", "status-quo under it": "#d55e00"}
    values = {
        label: {o: _monthly(c, "status-quo", o) for o in (*SHOWN, "crisis_months")}
        for label, c in zip(lines, (plain, changed), strict=True)
    }
    _picture(values, lines, path)


def _picture(values: Mapping[str, Mapping[str, Any]], lines: Mapping[str, str], path: Path) -> None:
    """Means over worlds by month, counts added up; the middle half of worlds as a band."""
    from matplotlib.figure import Figure

    outcomes = list(next(iter(values.values())))
    figure = Figure(figsize=(16, 9), layout="constrained")
    places = figure.subplots(3, 5).flat
    for axes in places[len(outcomes) :]:
        axes.set_axis_off()
    for axes, outcome in zip(places, outcomes, strict=False):
        for label, colour in lines.items():
            shown = values[label][outcome]
            shown = shown.cumsum(axis=1) if OUTCOMES[outcome].summary == "sum" else shown
            months = 2021 + np.arange(shown.shape[1]) / 12
            low, high = np.quantile(shown, (0.25, 0.75), axis=0)
            axes.fill_between(months, low, high, color=colour, alpha=0.12, linewidth=0)
            axes.plot(months, shown.mean(axis=0), color=colour, linewidth=1.5)
            axes.annotate(label, (months[-1], shown[:, -1].mean()), color=colour, fontsize=6)
        axes.set_title(outcome, fontsize=9)
        axes.spines[["top", "right"]].set_visible(False)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=80)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", action="store_true", help="only write the tables, from scenarios.json")
    parser.add_argument("--out", type=Path, help="a folder for pictures of how outcomes move over time")
    chosen = parser.parse_args()
    if not chosen.tables:
        KEPT.write_text(as_text(measure(chosen.out)), encoding="utf-8")
    made = tables(json.loads(KEPT.read_text(encoding="utf-8")))
    DOCUMENT.write_text(filled(DOCUMENT.read_text(encoding="utf-8"), made), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
