"""A validation as tables and sentences for the terminal, readable at 100 columns."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text
from scipy.stats import binom

from wbsim.calibration.evidence import NEW, REPEAT, Group
from wbsim.calibration.validate import Validation, quantiles
from wbsim.inference.scores import Mean, Scores

_HEADINGS = {
    REPEAT: "Repeats: the same wording was put to the same population before",
    NEW: "New questions: another wording, or another population",
}
_LEGEND = (
    "in 50 %, in 90 %: share of figures inside those intervals. mean error: of the median. width: of the 90 % "
    "interval, median over figures. ±: standard error, as if figures were independent."
)
_EVENTS = {"forced": "events forced", "free": "events by chance"}


def tables(found: Validation) -> list[RenderableType]:
    """Figures, scores, what they mean, and the rows that were not scored."""
    parts: list[RenderableType] = []
    for group in found.parts:
        parts += [_figures(found, group), Text()]
    parts += [
        Text("Percent published, and predicted; * outside the 90 % interval.\n"),
        _scores(found),
        Text(),
    ]
    parts += [Text(sentence) for sentence in sentences(found)]
    if found.evidence.rest:
        parts += [Text(), _rest(found)]
    return parts


def _figures(found: Validation, group: Group) -> Table:
    """The figures of a group, in percent."""
    table = _table(_HEADINGS[group])
    for heading in ("id", "question", "who"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "who")
    for heading in ("published", "median", "90 % interval"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("no change", no_wrap=True)
    simple = found.baselines[0]
    for number in np.flatnonzero(found.rows(group)):
        figure = found.evidence.figures[number]
        own = quantiles(found.model.percent[:, number])
        inside = own["q05"] <= figure.value <= own["q95"]
        baseline = quantiles(found.ensembles[simple.name][:, number])["median"]
        table.add_row(
            Text(figure.id),
            Text(figure.subject),
            figure.population,
            f"{figure.value:g}{'  ' if inside else ' *'}",
            f"{own['median']:.0f}",
            f"{own['q05']:.0f} to {own['q95']:.0f}",
            f"{baseline:2.0f}, {simple.used[number]}",
        )
    return table


def _scores(found: Validation) -> Table:
    table = _table("Scores, percentage points; low CRPS is good")
    table.add_column("forecast")
    for heading in ("figures", "in 50 %", "in 90 %", "CRPS", "mean error", "width"):
        table.add_column(heading, justify="right", no_wrap=True)
    groups: list[Group | None] = [None, *(found.parts if len(found.parts) > 1 else ())]
    for group in groups:
        if len(groups) > 1:
            table.add_row(
                Text("All" if group is None else _HEADINGS[group].partition(",")[0], style="italic")
            )
        for name, scores in _lines(found, group):
            table.add_row(
                name,
                str(scores.figures),
                f"{100 * scores.coverage_50.value:.0f} %",
                f"{100 * scores.coverage_90.value:.0f} %",
                _with_error(scores.crps),
                f"{scores.absolute_error.value:.1f}",
                f"{scores.median_width_90:.0f}",
            )
    return table


def _lines(found: Validation, group: Group | None) -> Iterator[tuple[str, Scores]]:
    yield f"model, {_EVENTS[found.events]}", found.scores(found.model.percent, group)
    if found.is_dated_later:
        other = _EVENTS["free" if found.events == "forced" else "forced"]
        yield f"model, {other}", found.scores(found.other.percent, group)
    for name, ensemble in found.ensembles.items():
        yield name.replace("-", " "), found.scores(ensemble, group)


def sentences(found: Validation) -> list[str]:
    """What the scores mean, and how little so few figures can say."""
    scores, best = found.scores(found.model.percent), found.best_baseline
    difference, count = found.excess(best), scores.figures
    said = "better" if difference.value < 0 else "worse"
    told = difference.error is not None and abs(difference.value) > 2 * difference.error
    doubt = "more than chance explains" if told else "too few figures to tell them apart"
    surveys = len({figure.survey for figure in found.evidence.figures})
    low, high = (100 * binom.ppf(edge, count, 0.9) / count for edge in (0.05, 0.95))
    lines = [
        f"The model's CRPS is {abs(difference.value):.1f} points {said} than that of the best baseline, "
        f"{best.replace('-', ' ')}{_error(difference)}: {doubt}.",
        f"{100 * scores.coverage_90.value:.0f} % of {count} figures lie in their 90 % intervals; {low:.0f} to "
        f"{high:.0f} % would be expected of honest intervals, were the figures independent. They come from "
        f"{surveys} survey{'s' * (surveys != 1)}.",
    ]
    repeats = int(found.rows(REPEAT).sum())
    lines.append(
        f"{repeats} of {count} repeat a fitted question. The level of a new wording is not known beforehand, so its "
        "interval is wide: what is tested there is mostly that the interval is honest."
    )
    if not found.same_figures:
        lines.append(
            "The posterior was fitted to other wordings than the figures here that repeats and baselines are judged "
            "by; put the figures.csv and questions.toml that it was fitted to beside it."
        )
    if found.model.failed:
        lines.append(f"{found.model.failed} of {found.plan.worlds} worlds failed and were left out.")
    return lines


def _rest(found: Validation) -> Table:
    rest = found.evidence.rest
    table = _table(f"Not scored: {len(rest)} row{'s' * (len(rest) != 1)}")
    table.add_column("rows", justify="right")
    table.add_column("fate")
    table.add_column("reason", overflow="fold")
    table.add_column("ids", overflow="fold")
    reasons: dict[tuple[str, str], list[str]] = {}
    for row in rest:
        reasons.setdefault((row.fate, row.reason), []).append(row.row)
    for (fate, reason), ids in reasons.items():
        table.add_row(str(len(ids)), fate, Text(reason), Text(", ".join(ids)))
    return table


def _with_error(mean: Mean) -> str:
    return f"{mean.value:.1f}" + ("" if mean.error is None else f" ± {mean.error:.1f}")


def _error(mean: Mean) -> str:
    return "" if mean.error is None else f" (standard error {mean.error:.1f})"


def _table(title: str) -> Table:
    return Table(
        title=Text(title, style="bold"), title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0)
    )
