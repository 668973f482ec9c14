"""A validation as tables and sentences for the terminal, readable at 100 columns."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text
from scipy.stats import binom

from wbsim.calibration.baselines import NO_CHANGE
from wbsim.calibration.evidence import NEW, REPEAT, Group
from wbsim.calibration.validate import FROZEN, PRIOR, Validation, quantiles
from wbsim.inference.scores import Mean, Scores

_HEADINGS = {
    REPEAT: "Repeats: the same wording was put to the same population before",
    NEW: "New questions: another wording, or another population",
}
_LEGEND = (
    "in 50 %, in 90 %: share of figures inside those intervals. mean error: of the median. width: of the 90 % "
    "interval, median over figures. ±: standard error, as if figures were independent."
)
_NAMES = {
    PRIOR: "model, attitudes at their prior",
    FROZEN: "model, attitudes frozen",
    "no-change": "no change",
    "pooled": "pooled by shape of question",
}
#: What it takes from the model to beat a baseline by the model itself.
_STEPS = {PRIOR: "calibration", FROZEN: "dynamics"}


def tables(found: Validation) -> list[RenderableType]:
    """Figures, scores, what they mean, and the rows that were not scored."""
    parts: list[RenderableType] = []
    for group in found.parts:
        parts += [_figures(found, group), Text()]
    parts += [
        Text("Percent published, and predicted; * outside the 90 % interval.\n"),
        _readings(found),
        Text(),
        _scores(found),
        Text(),
    ]
    parts += [Text(sentence) for sentence in sentences(found)]
    if found.evidence.rest:
        parts += [Text(), _rest(found)]
    if found.evidence.problems:
        parts += [Text(), Text("Not read, because of mistakes:", style="bold")]
        parts += [Text(f"- {problem}") for problem in found.evidence.problems]
    return parts


def _readings(found: Validation) -> Table:
    """What each row says beside the question and the answer that it was bound to, so that a wrong one is seen."""
    table = _table("Each row, and what it was read as")
    for heading in ("id", "the row says", "question", "answer"):
        table.add_column(heading, overflow="fold")
    for figure in found.evidence.figures:
        question = found.evidence.catalogue.question(figure.question)
        table.add_row(
            Text(figure.id),
            Text(found.evidence.statement(figure)),
            Text("" if question is None else question.wording),
            Text(" or ".join(figure.answers) or "agrees"),
        )
    return table


def _figures(found: Validation, group: Group) -> Table:
    """The figures of a group, in percent."""
    table = _table(_HEADINGS[group])
    for heading in ("id", "question", "who"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "who")
    for heading in ("published", "median", "90 % interval"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("no change", no_wrap=True)
    simple = next(each for each in found.baselines if each.name == NO_CHANGE)
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
    yield "model", found.scores(found.model.percent, group)
    if found.is_dated_later:
        yield "model, knowing events", found.scores(found.forced.percent, group)
    for name, ensemble in found.ensembles.items():
        yield _NAMES.get(name, name), found.scores(ensemble, group)


def sentences(found: Validation) -> list[str]:
    """What the scores mean, and how little so few figures can say."""
    scores, count = found.scores(found.model.percent), len(found.groups)
    surveys = len({figure.survey for figure in found.evidence.figures})
    low, high = (100 * binom.ppf(edge, count, 0.9) / count for edge in (0.05, 0.95))
    lines = [
        f"The model forces the record to {found.model.until} and leaves later events to chance.",
        *gain_sentences(found),
        f"{100 * scores.coverage_90.value:.0f} % of {count} figures lie in their 90 % intervals; {low:.0f} to "
        f"{high:.0f} % would be expected of honest intervals, were the figures independent. They come from "
        f"{surveys} survey{'s' * (surveys != 1)}.",
    ]
    if found.is_dated_later:
        known = found.scores(found.forced.percent).crps.value - scores.crps.value
        lines.append(
            f"Knowing the dated events until {found.forced.until} changes the CRPS by {known:+.1f} points."
        )
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


def gain_sentences(found: Validation) -> list[str]:
    """Whether calibration and dynamics are worth anything, and whether the best plain baseline is beaten."""
    names = [*(name for name in _STEPS if name in found.ensembles), found.best_baseline]
    return [_gain_sentence(found, name) for name in names]


def _gain_sentence(found: Validation, name: str) -> str:
    """Whether the model beats a baseline, in words; the 90 % interval is a bootstrap over questions."""
    gain = found.gain(name)
    step, verdict = _STEPS.get(name), {"better": "beat", "worse": "lose to"}.get(gain.verdict)
    size = (
        f"the model's CRPS is {abs(gain.mean):.1f} points {'lower' if gain.mean < 0 else 'higher'} "
        f"(90 % interval of the difference {gain.low:+.1f} to {gain.high:+.1f}, whole questions drawn again)"
    )
    what = {
        PRIOR: "the same model with attitudes at their prior",
        FROZEN: "the same model with attitudes frozen",
    }
    if step is None:
        word = {"better": "beats", "worse": "loses to"}.get(gain.verdict, "cannot be told from")
        return f"The model {word} the best plain baseline, {_NAMES.get(name, name)}: {size}."
    subject = step.capitalize()
    if verdict is None:
        return f"Whether {step} helps cannot be told from these figures: beside {what[name]}, {size}."
    word = "makes forecasts better" if gain.verdict == "better" else "makes forecasts worse"
    return f"{subject} {word}: beside {what[name]}, {size}."


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


def _table(title: str) -> Table:
    return Table(
        title=Text(title, style="bold"), title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0)
    )
