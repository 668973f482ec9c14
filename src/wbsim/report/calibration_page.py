"""The page of a calibration: one HTML file that needs no other, the same bytes for the same data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

import wbsim
from wbsim.report import calibration_words as words
from wbsim.report.calibration_draw import draw_contractions, draw_fit, draw_learnt, draw_misfit
from wbsim.report.calibration_words import Row, Shown
from wbsim.report.figures import svg
from wbsim.report.html import templates, write_whole
from wbsim.report.strip import Band, strip

#: Numbers whose prior and posterior are drawn.
_DRAWN = 20
_SCALE, _TICKS = (0.0, 100.0), (0.0, 25.0, 50.0, 75.0, 100.0)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure as the page shows it: `drawn` is its strip."""

    row: Row
    answer: str
    place: str
    months: str
    drawn: Markup
    before: str
    alone: str
    predicted: str


def write_page(shown: Shown, path: Path) -> Path:
    """Write the page of `shown`, the object of `diagnostics.json`, whole or not at all, and return its path."""
    return write_whole(render(shown), path)


def render(shown: Shown) -> str:
    """The page as text. Everything that a user wrote is escaped."""
    by_survey: dict[str, list[FigureRow]] = {}
    for row in shown["figures"]:
        by_survey.setdefault(row["survey"], []).append(_figure(row))
    learnt = words.learnt_most(shown, _DRAWN)
    return (
        templates()
        .get_template("calibration.html.jinja")
        .render(
            shown=shown,
            version=wbsim.__version__,
            words=words,
            headline=words.headline(shown),
            surveys=by_survey,
            fit=_fit(shown["figures"]),
            contractions=_contractions(shown["parameters"]),
            learnt=_learnt(learnt),
            misfit=_misfit(shown["chain"]["misfit"]),
            checks=words.checks(shown),
        )
    )


def _figure(row: Row) -> FigureRow:
    before, alone, predicted = row["prior"], row["simulated"], row["predicted"]
    spans = [words.span(values) for values in (before, alone, predicted)]
    description = (
        f"{row['id']}: published {row['observed']:g} %; simulated before the fit {spans[0]}, by the model alone "
        f"after it {spans[1]}, with intercepts and errors {spans[2]}"
    )
    bands = [
        Band("before", before[0], before[2]),
        Band("after", alone[0], alone[2], alone[1]),
        Band("whole", predicted[0], predicted[2]),
    ]
    drawn = strip(bands, row["observed"], _SCALE, _TICKS, description)
    return FigureRow(row, words.answer(row), words.place(row["population"]), words.months(row), drawn, *spans)


def _fit(rows: Sequence[Row]) -> Markup:
    text = (
        "Published percentages against simulated ones, before the fit in grey and after it in blue with 90 % "
        "intervals; the farthest are named"
    )
    return svg(lambda ax: draw_fit(rows, ax), "fit", text, (5.2, 5.2))


def _contractions(rows: Sequence[Row]) -> Markup:
    text = "A dot for each fitted number: how much narrower than its prior it became, by block"
    return svg(lambda ax: draw_contractions(rows, ax), "learnt", text, (7.2, 3.6))


def _learnt(rows: Sequence[Row]) -> Markup:
    text = f"The {len(rows)} numbers that became narrowest: prior as a grey band, posterior mean and 90 % interval"
    return svg(lambda ax: draw_learnt(rows, ax), "posterior", text, (7.2, 0.8 + 0.27 * len(rows)))


def _misfit(misfit: Sequence[float]) -> Markup:
    text = f"Misfit of the ensemble by step, from {misfit[0]:.1f} to {misfit[-1]:.1f}; 1 would be as errors allow"
    return svg(lambda ax: draw_misfit(misfit, ax), "misfit", text, (3.6, 2.2))
