"""How well the posterior in use fits the surveys, and how it predicted figures that it had not seen."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wbsim.experiments.experiment import Table
from wbsim.report import numbers
from wbsim.report.calibration_draw import draw_fit
from wbsim.report.calibration_words import answer, months, place
from wbsim.report.figure import Figure
from wbsim.report.grid import Grid, Group
from wbsim.report.sections.part import Part, Parts, for_each, label_of, name_of
from wbsim.report.shown import Shown

if TYPE_CHECKING:
    from wbsim.experiments.comparison import Results

Row = Mapping[str, Any]

_NOTE = (
    "Intervals hold nine in ten draws of the posterior (parameters, chance; the last column errors of the survey too). "
    "These numbers are of the posterior that the worlds were drawn from, not of the worlds themselves."
)
_PRIORS = (
    "These worlds are drawn from priors alone: no survey figure was fitted, so there is no fit to show. "
    "The posterior's is in the report of a comparison that draws from it."
)
_LEFT_OUT = {
    "figure": "figures asked twice or more, one at a time",
    "observation": "all answers of a question at once",
    "survey": "whole surveys",
    "state": "whole states",
}
_SCORES = ("n", "coverage_50", "coverage_90", "crps", "mae", "width_90")
_FIGURE_COLUMNS = ("figure", "question", "population", "months", "survey", "published", "model median", "model 5 %",
                   "model 95 %", "prior median", "prior 5 %", "prior 95 %", "predicted median", "predicted 5 %",
                   "predicted 95 %", "z")  # fmt: skip
_HELD_COLUMNS = ("left out", "forecast", "figures", "inside 50 %", "inside 90 %", "mean CRPS", "mean error",
                 "width of 90 %")  # fmt: skip


def build(results: Results) -> Parts:
    """The fitted figures and the predictions of held-out ones, of the posterior of each set of assumptions."""
    return Parts(
        "How well does the model fit the surveys?", for_each(results, lambda n: _part(results, n)), _NOTE
    )


def figures(results: Results) -> tuple[Figure, ...]:
    """Published against simulated."""
    return tuple(each for found in build(results).parts for each in found.figures)


def shown(results: Results) -> tuple[Shown, ...]:
    """Every fitted figure, and the scores of predictions."""
    parts = build(results).parts
    return tuple(each.shown for found in parts for group in (found.grids, found.figures) for each in group)


def diagnostics_of(table: Table) -> Mapping[str, Any] | None:
    """The diagnostics beside the posterior that `table` draws from; None where there are none that can be read."""
    assumptions = table.scenarios[0].assumptions
    if assumptions.posterior is None or not assumptions.fitted:
        return None
    try:
        text = Path(assumptions.posterior.path).with_name("diagnostics.json").read_text(encoding="utf-8")
        found = json.loads(text)
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and found.get("figures") else None


def _part(results: Results, number: int) -> Part:
    table = results.experiment.tables[number]
    label = label_of(results, number)
    heading = 4 if label else 3
    assumptions = table.scenarios[0].assumptions
    if not assumptions.fitted:
        return Part(label, heading, table, text=(_PRIORS,))
    found = diagnostics_of(table)
    if found is None:
        text = "No diagnostics.json lies beside the posterior in use, so that nothing can be said of its fit."
        return Part(label, heading, table, text=(text,))
    figures_grid = _figures_grid(found["figures"], number)
    grids = [figures_grid]
    texts = [_summary(found["figures"])]
    if found.get("left_out"):
        held = _held_grid(found["left_out"], number)
        grids.insert(0, held)
        texts.append(_held_summary(found["left_out"]))
    return Part(
        label, heading, table, tuple(grids), (_figure(found["figures"], figures_grid.shown),), tuple(texts)
    )


def _inside(rows: Sequence[Row], key: str) -> int:
    return sum(row[key][0] <= row["observed"] <= row[key][2] for row in rows)


def _summary(rows: Sequence[Row]) -> str:
    return (
        f"Of {len(rows)} fitted survey figures, {_inside(rows, 'simulated')} lie in the 90 % interval of the model "
        f"alone, {_inside(rows, 'predicted')} in that of the model with what a wording and a survey add. The second is "
        "no test: most wordings were asked once and have an intercept of their own."
    )


def _held_summary(left_out: Mapping[str, Any]) -> str:
    kind = "figure" if "figure" in left_out else next(iter(left_out))
    scores = left_out[kind]
    others = ", ".join(
        f"{name.replace('-', ' ')} {each['mae']:.1f}" for name, each in scores["baselines"].items()
    )
    return (
        f"Predicting {scores['n']} figures that were left out ({_LEFT_OUT.get(kind, kind)}), the model misses by "
        f"{scores['mae']:.1f} percentage points on average; {others}. {100 * scores['coverage_90']:.0f} % of them lie "
        "in its 90 % intervals."
    )


def _figure(rows: Sequence[Row], data: Shown) -> Figure:
    far = max(rows, key=lambda row: abs(row["observed"] - row["simulated"][1]))
    said = (
        f"Published percentages across, simulated ones up, {len(rows)} figures; {_inside(rows, 'simulated')} of the "
        f"published lie in the 90 % interval of the model alone; the farthest is {far['id']}: published "
        f"{far['observed']:g} %, simulated {far['simulated'][1]:g} %"
    )
    own = Shown(data.name + "-figure", data.title, data.columns, data.rows, data.note)
    return Figure(
        "Published and simulated percentages: before the fit (grey rings) and after it, by the model alone (blue, 90 % "
        "intervals)",
        said,
        lambda ax: draw_fit(rows, ax),
        (4.4, 4.4),
        own,
        {"left": 0.12, "right": 0.98, "bottom": 0.11, "top": 0.98},
    )


def _figures_grid(rows: Sequence[Row], number: int) -> Grid:
    plain = tuple(
        (
            row["id"],
            _asked(row),
            place(row["population"]),
            months(row),
            row["survey"],
            float(row["observed"]),
            *(float(row[key][n]) for key in ("simulated", "prior", "predicted") for n in (1, 0, 2)),
            float(row["z"]),
        )
        for row in rows
    )
    title = "Fitted survey figures beside their simulated values (%)"
    data = Shown(name_of("fit", number), title, _FIGURE_COLUMNS, plain, _NOTE)
    by_survey: dict[str, list[tuple[str, ...]]] = {}
    for row in rows:
        line = (
            f"{_asked(row)} \N{EN DASH} {place(row['population'])}, {months(row)} [{row['id']}]",
            f"{row['observed']:g}",
            _percents(row["simulated"]),
            _percents(row["predicted"]),
            _percents(row["prior"]),
        )
        by_survey.setdefault(row["survey"], []).append(line)
    groups = tuple(Group(tuple(lines), survey) for survey, lines in by_survey.items())
    headings = ("Figure", "Published, %", "Model alone (90 %)", "With errors (90 %)", "Before the fit (90 %)")
    return Grid(headings, groups, data)


def _asked(row: Row) -> str:
    answered = answer(row)
    return f"{row['wording']}: {answered}" if answered else str(row["wording"])


def _percents(values: Sequence[float]) -> str:
    return f"{values[1]:.0f} ({values[0]:.0f} to {values[2]:.0f})"


def _held_grid(left_out: Mapping[str, Any], number: int) -> Grid:
    plain: list[tuple[str | float | int | None, ...]] = []
    groups = []
    for kind, scores in left_out.items():
        what = _LEFT_OUT.get(kind, kind)
        forecasts = {"wbsim": scores, **scores["baselines"]}
        lines = []
        for name, each in forecasts.items():
            values = [each[key] for key in _SCORES]
            plain.append((what, name, *values))
            lines.append((name.replace("-", " "), *_scores(values)))
        groups.append(Group(tuple(lines), f"Left out: {what}"))
    note = "Scores in percentage points; CRPS: continuous ranked probability score, lower is better."
    data = Shown(name_of("fit-held-out", number), "Predictions of survey figures that were left out of the fit",
                 _HELD_COLUMNS, tuple(plain), note)  # fmt: skip
    headings = ("Forecast", "Figures", "Inside 50 %", "Inside 90 %", "CRPS", "Mean error", "Width of 90 %")
    return Grid(headings, tuple(groups), data)


def _scores(values: Sequence[Any]) -> tuple[str, ...]:
    n, half, nine, crps, error, width = values
    return (
        f"{n}",
        numbers.percent(half),
        numbers.percent(nine),
        *("n/a" if each is None else f"{each:.1f}" for each in (crps, error, width)),
    )
