"""The report and its pictures, written into a results folder: each figure is drawn once for all its files."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from wbsim.report.figure import Figure
from wbsim.report.figures import both
from wbsim.report.html import write_whole
from wbsim.report.page import render
from wbsim.report.plain import as_csv
from wbsim.report.sections.order import all_figures

if TYPE_CHECKING:
    from wbsim.experiments.comparison import Results

REPORT_NAME, FIGURES_NAME = "report.html", "figures"


def publish_report(results: Results, path: Path, figures: Path | None = None) -> Path:
    """Write the report to `path` and, with `figures`, every figure into that folder; return `path`.

    A figure is a PNG of 160 dots an inch, an SVG, and its data as CSV, called by its name. An older folder `figures`
    is replaced. The same results give the same bytes. OSError if something can't be written.
    """
    if figures is None:
        return write_whole(render(results), path)
    draft = figures.with_name(f".{figures.name}.partial")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        page = render(results, Keeper(draft, f"wbsim results {results.results_sha256}"))
        write_whole(page, path)
        shutil.rmtree(figures, ignore_errors=True)
        draft.replace(figures)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return path


def save_figures(results: Results, folder: Path) -> tuple[Path, ...]:
    """Write every figure of the report into `folder`, as `publish_report` does, and return the files' paths."""
    folder.mkdir(parents=True, exist_ok=True)
    keeper = Keeper(folder, f"wbsim results {results.results_sha256}")
    for figure in all_figures(results):
        keeper(figure)
    return tuple(sorted(keeper.written))


class Keeper:
    """Draws figures, and keeps what it draws in a folder."""

    def __init__(self, folder: Path, source: str) -> None:
        self.folder, self.source = folder, source
        self.written: list[Path] = []

    def __call__(self, figure: Figure) -> str:
        """Draw a figure, write its files, and return its SVG document."""
        drawn = both(figure.draw, figure.size, figure.margins, source=self.source, title=figure.caption)
        files = {"png": drawn["png"], "svg": drawn["titled"], "csv": as_csv(figure.shown).encode()}
        for form, content in files.items():
            path = self.folder / f"{figure.name}.{form}"
            path.write_bytes(content)
            self.written.append(path)
        return drawn["svg"].decode()
