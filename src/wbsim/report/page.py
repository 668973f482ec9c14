"""The report: one HTML file that needs no other, the same bytes for the same results."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment
from markupsafe import Markup

import wbsim
from wbsim.experiments.experiment import Experiment
from wbsim.report.figure import Figure
from wbsim.report.figures import inline, svg_text
from wbsim.report.grid import Grid
from wbsim.report.html import templates, write_whole
from wbsim.report.sections.order import sections
from wbsim.report.stopping import stopping_words

if TYPE_CHECKING:
    from wbsim.experiments.comparison import Results

#: Makes a figure's SVG document.
Draw = Callable[[Figure], str]


def write_report(results: Results, path: Path) -> Path:
    """Write the report to `path`, whole or not at all, and return it. OSError if it can't be written."""
    return write_whole(render(results), path)


def draw(figure: Figure) -> str:
    """The SVG document of a figure."""
    return svg_text(figure.draw, figure.size, figure.margins)


def render(results: Results, drawing: Draw = draw) -> str:
    """The page as text; `drawing` makes the SVG of each figure. Everything that a user wrote is escaped."""
    experiment = results.experiment
    environment = templates()
    add_makers(environment, drawing)
    return environment.get_template("page.html.jinja").render(
        title=_title(experiment),
        experiment=experiment,
        version=wbsim.__version__,
        sections=sections(results),
        stopping="" if experiment.stopping is None else stopping_words(experiment.stopping),
    )


def add_makers(environment: Environment, drawing: Draw) -> None:
    """What partials put into the page: `figure`, `table`, and `command`, which prints the numbers behind either."""
    figures, tables = (
        environment.get_template("figure.html.jinja"),
        environment.get_template("table.html.jinja"),
    )

    def command(name: str) -> Markup:
        return Markup('<p class="command"><code>wbsim show RESULTS {}</code></p>').format(name)

    def figure(each: Figure) -> Markup:
        drawn = inline(drawing(each), f"f-{each.name}", each.description)
        return Markup(figures.render(it=each, drawn=drawn, command=command))

    def table(grid: Grid) -> Markup:
        return Markup(tables.render(grid=grid, command=command))

    environment.globals |= {"command": command, "figure": figure, "table": table}


def _title(experiment: Experiment) -> str:
    table = experiment.tables[0]
    policies = [scenario.name for scenario in experiment.scenarios[1:]]
    return f"{', '.join(policies)} compared with {table.baseline}" if policies else table.baseline
