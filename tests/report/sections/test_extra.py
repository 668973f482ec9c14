"""The sections on extra runs: what they say, that their numbers are those of `shown`, and that they stand without."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from types import ModuleType
from typing import Any

import pytest

import wbsim
from tests.experiments import fake_channels, fake_model
from tests.experiments.fake_model import scenario
from wbsim.experiments.comparison import Comparison
from wbsim.report import numbers
from wbsim.report.extra_tables import extra_tables
from wbsim.report.html import templates
from wbsim.report.sections import channels, robustness
from wbsim.report.terminal import WIDTH
from wbsim.scenario.schema import Scenario
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES

STATUS_QUO, FORUM = scenario(), scenario("forum", "forum")
BOTH = scenario("both", "forum", "iisg-results")
SECTIONS = (channels, robustness)


def compared(*scenarios: Scenario, **settings: Any) -> Comparison:
    defaults = {"workers": 1, "worlds": 6, "simulate": fake_channels.simulate}
    extra = {"channels": True, "robustness": True}
    return wbsim.compare(*(scenarios or (STATUS_QUO, FORUM, BOTH)), **{**defaults, **extra, **settings})


@pytest.fixture(scope="module")
def whole() -> Comparison:
    return compared()


def page(section: ModuleType, results: Any) -> str:
    name = section.__name__.rpartition(".")[2]
    return templates().get_template(f"sections/{name}.html.jinja").render(it=section.build(results))


class Reader(HTMLParser):
    """Identifiers, images with their alternative texts, and whether what was opened is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.labels: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [str(given["id"])] if "id" in given else []
        if tag == "svg":
            self.labels.append(str(given["aria-label"]))
        if tag not in {"br", "meta", "path", "use", "rect"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [str(value) for name, value in attrs if name == "id"]

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass


def test_pages_are_whole_and_figures_say_what_they_show(whole: Comparison) -> None:
    text = page(channels, whole) + page(robustness, whole)
    read = Reader(text)
    assert len(set(read.ids)) == len(read.ids) and not read.open
    assert {"channels", "robustness"} <= set(read.ids)
    # Ten outcomes of four divisions, and a matrix for each policy.
    assert len(read.labels) == 4 * len(HEADLINE_OUTCOMES) + 2
    assert all(re.search(r"\d", label) for label in read.labels)
    assert not re.search(r'(src|href)="https?:', text)


def test_a_page_is_the_same_for_the_same_results(whole: Comparison) -> None:
    for section in SECTIONS:
        assert page(section, whole) == page(section, whole)


def test_findings_name_the_channel_and_its_share(whole: Comparison) -> None:
    found = channels.build(whole)
    assert found is not None
    line = found.divisions[0].findings[0]
    assert line.startswith("Cooperation index (index 0-1): of the effect of +0.110, commitments +0.050")


def test_every_figure_of_the_table_is_that_of_shown(whole: Comparison) -> None:
    found = channels.build(whole)
    assert found is not None
    by_name = {each.name: each for each in channels.shown(whole)}
    assert list(by_name) == [division.shown for division in found.divisions]
    assert list(by_name) == [
        "channels-forum",
        "channels-both-forum",
        "channels-both-iisg-results",
        "channels-both-policies",
    ]
    for division in found.divisions:
        plain = by_name[division.shown]
        for name, (_, _, cells) in zip(HEADLINE_OUTCOMES, division.rows, strict=True):
            kept = [r for r in plain.rows if r[0] == name and r[3] in {"effect", "cost", "share"}]
            expected = [numbers.typographic(numbers.change(OUTCOMES[name], row[4])) for row in kept]  # type: ignore[arg-type]
            assert [mean for mean, _ in cells] == expected
            assert f"wbsim show RESULTS {division.shown}" in page(channels, whole)


def test_the_worst_setting_of_the_page_is_that_of_shown() -> None:
    results = compared(simulate=fake_channels.hangs_on_assumptions, channels=False)
    found = robustness.build(results)
    assert found is not None
    effects, worst, variance = robustness.shown(results)
    forum = found.policies[0]
    row = next(r for r in worst.rows if r[:2] == ("forum", "cooperation"))
    assert forum.rows[0].setting == row[5] == "trust_rule=two-types"
    assert forum.rows[0].worst == numbers.typographic(numbers.change(OUTCOMES["cooperation"], row[4]))  # type: ignore[arg-type]
    assert forum.rows[0].sign == row[6] == "flips!"
    assert forum.finding == (
        "1 of 10 headline effects of forum can turn from a gain into a harm as a mean over worlds: "
        "Cooperation index (worst under trust_rule=two-types, beyond Monte Carlo error)."
    )
    settings = len(results.robustness.settings) if results.robustness else 0
    assert len(effects.rows) == 2 * len(HEADLINE_OUTCOMES) * settings
    assert len(variance.rows) == 2 * len(HEADLINE_OUTCOMES)


def test_without_the_runs_a_command_adds_them() -> None:
    results = compared(channels=False, robustness=False)
    for section, flag in ((channels, "--channels"), (robustness, "--robustness")):
        assert f"{results.request.command()} {flag}" in page(section, results)
        assert section.shown(results) == ()


def test_a_run_of_one_scenario_has_neither() -> None:
    alone = wbsim.run(STATUS_QUO, worlds=2, workers=1, simulate=fake_model.simulate)
    assert [section.build(alone) for section in SECTIONS] == [None, None]
    assert [section.shown(alone) for section in SECTIONS] == [(), ()]


@pytest.mark.parametrize("simulate", [fake_model.all_worlds_fail, fake_model.world_3_is_not_finite])
def test_failed_worlds_are_said_and_nothing_is_nan(simulate: Any) -> None:
    results = compared(simulate=simulate)
    text = page(channels, results) + page(robustness, results)
    assert "failed in some extra run" in text and "nan" not in text.lower()


def test_one_world_stands(whole: Comparison) -> None:
    results = compared(worlds=1)
    text = page(channels, results) + page(robustness, results) + str(results)
    assert "n/a" in text and "nan" not in text.lower()


def test_tables_fit_a_terminal_of_100_columns(whole: Comparison) -> None:
    text = str(whole)
    assert max(map(len, text.splitlines())) <= WIDTH
    assert "Which channel did it: forum" in text and "Does it hold: both" in text
    assert len(extra_tables(whole)) == 2


def test_what_a_user_wrote_is_escaped(whole: Comparison) -> None:
    hostile = '<b>&"'
    record = channels.build(whole)
    assert record is not None
    name = "sections/channels.html.jinja"
    text = (
        templates()
        .get_template(name)
        .render(it=replace(record, divisions=[replace(record.divisions[0], title=hostile, shown=hostile)]))
    )
    assert hostile not in text and "&lt;b&gt;" in text
