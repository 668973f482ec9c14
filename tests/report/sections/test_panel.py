from html import unescape
from math import isnan
from typing import Any

import pytest

import wbsim
from tests.experiments import fake_model
from tests.experiments.fake_model import gloomy, scenario
from wbsim.report import page
from wbsim.report.sections.panel import build, shown
from wbsim.tables.outcomes import HEADLINE_OUTCOMES

STATUS_QUO, FORUM, IISG = scenario(), scenario("forum", "forum"), scenario("iisg", "iisg-results")
BOTH = scenario("both", "forum", "iisg-results")


def compared(*scenarios: Any, **settings: Any) -> wbsim.Comparison:
    settings = {"worlds": 12, "workers": 1, "simulate": fake_model.simulate, **settings}
    return wbsim.compare(*(scenarios or (STATUS_QUO, FORUM, IISG, BOTH)), **settings)


def test_a_comparison_has_a_panel_and_a_single_run_has_none():
    section = build(compared())

    assert section is not None
    (part,) = section.parts
    assert [row.record.name for row in part.rows] == list(HEADLINE_OUTCOMES)
    assert part.label == ""
    alone = wbsim.run(STATUS_QUO, worlds=2, workers=1, simulate=fake_model.simulate)
    assert build(alone) is None
    assert shown(alone) == ()


def test_what_is_shown_are_the_numbers_of_the_panel():
    comparison = compared()
    tables = {each.name: each for each in shown(comparison)}
    panel = comparison.panel(HEADLINE_OUTCOMES)

    assert list(tables) == ["panel-standing", "panel-front", "panel-interaction", "panel-effects"]
    for each in tables.values():
        assert all(len(row) == len(each.columns) for row in each.rows)
    standing = tables["panel-standing"]
    first = dict(zip(standing.columns, standing.rows[1], strict=True))
    expected = panel.outcomes["cooperation"].scenarios["forum"]
    assert expected.regret is not None
    assert (first["scenario"], first["best"]) == ("forum", expected.best)
    assert first["regret_mean"] == expected.regret.mean
    effects = tables["panel-effects"]
    row = dict(zip(effects.columns, effects.rows[0], strict=True))
    assert row["mean"] == pytest.approx(0.1) and row["first_order"] == "dominates"


def test_sets_of_assumptions_have_names_of_their_own():
    names = [
        each.name
        for each in shown(compared(STATUS_QUO, FORUM, scenario("gloomy", "forum", assumptions=gloomy())))
    ]

    assert len(names) == len(set(names))
    assert "panel-standing-set2" in names


@pytest.mark.parametrize(
    "settings",
    [{"worlds": 1}, {"simulate": fake_model.all_worlds_fail}, {"simulate": fake_model.world_3_is_not_finite}],
)
def test_it_stands_with_one_world_and_with_failed_ones(settings: dict[str, Any]):
    comparison = compared(**settings)

    assert build(comparison) is not None
    for each in shown(comparison):
        assert not any(isinstance(cell, float) and isnan(cell) for row in each.rows for cell in row)


def test_the_page_shows_it_with_the_command_that_prints_its_numbers(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(page, "HEADLINE_OUTCOMES", ("cooperation",), raising=False)
    comparison = compared(worlds=160, until={"cooperation": 10.0})
    text = unescape(page.render(comparison))

    for each in shown(comparison):
        assert f"wbsim show RESULTS {each.name}" in text
    assert "nine in ten worlds have less regret" in text


def test_it_begins_with_who_is_in_the_lead_and_says_so_where_there_is_no_difference():
    led = build(compared())
    assert led is not None
    panel = led.parts[0].panel
    forum = sum(bool(panel.outcomes[name].scenarios["forum"].may_be_best) for name in HEADLINE_OUTCOMES)
    assert f"forum on {forum}" in led.parts[0].lead
    same = build(compared(STATUS_QUO, scenario("copy")))
    few = build(compared(worlds=3))

    assert same is not None and few is not None
    assert same.parts[0].lead.startswith(
        "No difference: in every world, all scenarios are the same on all 10"
    )
    assert "no scenario can be put before another" in few.parts[0].lead
