"""Tables for notebooks, as HTML in which everything that a user wrote is escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from wbsim.experiments.comparison import Comparison
from wbsim.report.origin_words import HEADING, notes
from wbsim.report.rows import OutcomeRow, outcome_rows
from wbsim.report.texts import INTERVAL_NOTE, LEVEL_NOTE, PRIOR_WARNING

if TYPE_CHECKING:
    from wbsim.experiments.comparison import Results

_HEADINGS = ("Outcome", "Scenario", "Figure", "90 % interval", "Better", "Harm", "MC error", HEADING)


def html_tables(results: Results) -> str:
    """A table for each set of assumptions: the baseline's levels, under each the policies' differences."""
    parts = []
    variance = results.variance_from if isinstance(results, Comparison) else None
    for table in results.experiment.tables:
        rows = outcome_rows(table, table.policies, variance)
        body = Markup("").join(line for row in rows for line in _lines(row, table.baseline))
        head = Markup("").join(Markup("<th>{}</th>").format(heading) for heading in _HEADINGS)
        caption = Markup("<caption>{}</caption>").format(table.label)
        parts.append(
            Markup("<table>{}<thead><tr>{}</tr></thead><tbody>{}</tbody></table>").format(caption, head, body)
        )
    policies = results.experiment.tables[0].policies
    texts = (INTERVAL_NOTE, *notes(variance, policies), PRIOR_WARNING) if policies else (LEVEL_NOTE,)
    return "".join([*parts, *(Markup("<p><small>{}</small></p>").format(note) for note in texts)])


def _lines(row: OutcomeRow, baseline: str) -> list[Markup]:
    title = f"{row.record.label} ({row.record.unit})"
    lines = [_line((title, baseline, row.mean, row.interval, "", "", row.mcse, ""))]
    lines += [
        _line(
            (
                "",
                policy.policy,
                policy.mean,
                policy.interval,
                policy.better,
                policy.harm,
                policy.mcse,
                ", ".join(policy.origins),
            )
        )
        for policy in row.policies
    ]
    return lines


def _line(cells: tuple[str, ...]) -> Markup:
    return Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>{}</td>").format(cell) for cell in cells))
