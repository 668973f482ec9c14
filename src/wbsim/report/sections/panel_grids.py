"""Tables of the decision panel, beside the numbers that they are written from."""

from __future__ import annotations

from collections.abc import Callable

from wbsim.report.grid import Grid, Group, Line
from wbsim.report.panel_rows import FrontRow, PanelRow
from wbsim.report.shown import Shown


def standing_grid(rows: tuple[PanelRow, ...], data: Shown) -> Grid:
    """Which scenario: how each stands beside all others."""
    return Grid(
        ("Scenario", "Best", "In the lead", "Regret", "Meets", "Bad end"),
        _groups(
            rows,
            lambda row: tuple(
                (each.scenario, each.best, each.may_be_best, each.regret, each.meets, each.bad_end)
                for each in row.standings
            ),
            thresholds=True,
        ),
        data,
    )


def effects_grid(rows: tuple[PanelRow, ...], data: Shown) -> Grid:
    """Effects more closely."""
    return Grid(
        ("Policy", "Median", "50 % interval", "Dominance", "Per EUR 100 m", "MC error", "Pairing"),
        _groups(
            rows,
            lambda row: tuple(
                (
                    each.policy,
                    each.median,
                    each.half,
                    each.dominance,
                    each.per_100m,
                    each.per_100m_error,
                    each.pairing,
                )
                for each in row.effects
            ),
        ),
        data,
    )


def interaction_grid(rows: tuple[PanelRow, ...], data: Shown) -> Grid:
    """What scenarios do beyond the sum of their parts."""
    return Grid(
        ("Scenario", "Mean", "90 % interval", "MC error"),
        _groups(
            rows,
            lambda row: tuple((each.name, each.mean, each.interval, each.mcse) for each in row.interactions),
        ),
        data,
    )


def front_grid(rows: tuple[FrontRow, ...], data: Shown) -> Grid:
    """Several goals at once."""
    lines = tuple((each.scenario, each.share, each.monte_carlo, each.of_means) for each in rows)
    headings = ("Scenario", "On the front", "95 % Monte Carlo interval", "Front of means")
    return Grid(headings, (Group(lines),), data)


def _groups(
    rows: tuple[PanelRow, ...], lines: Callable[[PanelRow], tuple[Line, ...]], *, thresholds: bool = False
) -> tuple[Group, ...]:
    return tuple(
        Group(
            lines(row),
            row.record.label,
            f"{row.record.unit}; {row.record.better} is better"
            + (f"; meets: {row.threshold}" if thresholds else ""),
        )
        for row in rows
    )
