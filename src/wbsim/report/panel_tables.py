"""The decision panel in the terminal, readable at 100 columns."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table as RichTable
from rich.text import Text

from wbsim.experiments.experiment import Experiment
from wbsim.experiments.panel import Panel, panel
from wbsim.report.panel_rows import PanelRow, front_rows, goals_words, panel_rows, per_money_notes
from wbsim.report.panel_texts import CONDITIONAL, FEW_WORLDS, MEASURES
from wbsim.report.texts import PRIOR_WARNING
from wbsim.statistics.bootstrap import LEAST_WORLDS
from wbsim.tables.outcomes import HEADLINE_OUTCOMES


def panel_tables(experiment: Experiment) -> Group:
    """The decision panel of each set of assumptions, and what its measures mean."""
    parts: list[RenderableType] = []
    worlds: list[int] = []
    for table in experiment.tables:
        if not table.policies:
            continue
        measured = panel(table, HEADLINE_OUTCOMES)
        rows = panel_rows(measured)
        under = f", under the {table.label}" if len(experiment.tables) > 1 else ""
        parts += [Text(""), _standings(measured, rows, under), Text(""), _effects(measured, rows, under)]
        if rows[0].interactions:
            parts += [Text(""), _interactions(rows, under)]
        parts += [Text(""), _fronts(measured, under)]
        parts += [Text(note) for note in per_money_notes(measured)]
        worlds.append(measured.worlds)
    notes = [f"{name}: {meaning}" for name, meaning in MEASURES.items()]
    notes += [FEW_WORLDS] * any(count < LEAST_WORLDS for count in worlds)
    return Group(*parts, Text(""), *(Text(note) for note in (*notes, CONDITIONAL, PRIOR_WARNING)))


def _grid(title: str, first: str, *columns: str) -> RichTable:
    grid = RichTable(title=Text(title), title_justify="left", title_style="bold", box=None, pad_edge=False)
    grid.add_column(first, overflow="fold", min_width=22, max_width=30)
    for column in columns:
        grid.add_column(column, justify="right", no_wrap=" interval" in column, overflow="fold")
    return grid


def _heading(row: PanelRow, note: str) -> Text:
    return Text.assemble((row.record.label, "bold"), (f" ({row.record.unit}{note})", "not bold dim"))


def _standings(measured: Panel, rows: tuple[PanelRow, ...], under: str) -> RichTable:
    title = f"Decision panel{under}: which scenario, over {measured.worlds:,} sound worlds"
    grid = _grid(
        title, "Outcome and scenario", "Best", "In the lead", "Regret", "Regret,\n9 in 10", "Meets", "Bad end"
    )
    for row in rows:
        better = "" if row.record.better == "higher" else "; lower is better"
        grid.add_row(_heading(row, better), "", "", "", "", row.threshold, "")
        for each in row.standings:
            grid.add_row(
                f"  {each.scenario}",
                each.best,
                each.may_be_best,
                each.regret,
                each.regret_90,
                each.meets,
                each.bad_end,
            )
    return grid


def _effects(measured: Panel, rows: tuple[PanelRow, ...], under: str) -> RichTable:
    grid = _grid(
        f"Effects more closely{under}: differences from {measured.baseline} in the same worlds",
        "Outcome and policy",
        "Median",
        "50 % interval",
        "Dominance",
        "Per EUR\n100 m",
        "MC error",
        "Pairing",
    )
    for row in rows:
        grid.add_row(_heading(row, ""))
        for each in row.effects:
            grid.add_row(
                f"  {each.policy}",
                each.median,
                each.half,
                each.dominance,
                each.per_100m,
                each.per_100m_error,
                each.pairing,
            )
    return grid


def _interactions(rows: tuple[PanelRow, ...], under: str) -> RichTable:
    grid = _grid(
        f"Interaction{under}: effect of policies together, beyond the sum of their effects",
        "Outcome and scenario",
        "Mean",
        "90 % interval",
        "MC error",
    )
    for row in rows:
        grid.add_row(_heading(row, ""))
        for each in row.interactions:
            grid.add_row(f"  {each.name}", each.mean, each.interval, each.mcse)
    return grid


def _fronts(measured: Panel, under: str) -> RichTable:
    grid = _grid(
        f"Several goals at once{under} (Pareto front): {goals_words(measured)}",
        "Scenario",
        "On the front",
        "95 % MC interval",
        "Front of means",
    )
    for row in front_rows(measured):
        grid.add_row(row.scenario, row.share, row.monte_carlo, row.of_means)
    return grid
