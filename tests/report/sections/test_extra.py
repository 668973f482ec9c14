"""The sections on extra runs: what they say, that their numbers are those of `shown`, and that they stand without."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
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
from wbsim.report.page import render
from wbsim.report.sections import channels, order, part, robustness
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


@pytest.fixture(autouse=True)
def _few_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part, "DRAWN", ("cooperation",))


@pytest.fixture(scope="module")
def whole() -> Comparison:
    return compared()


def page(section: ModuleType, results: Any) -> str:
    """The section as it stands in the whole page."""
    name = section.__name__.rpartition(".")[2]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(order, "ENTRIES", tuple(each for each in order.ENTRIES if each.name == name))
        return unescape(render(results))


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


def _names(results: Comparison) -> set[str]:
    """Names of all that is shown, each once."""
    names = [each.name for each in order.all_shown(results)]
    assert len(names) == len(set(names))
    return set(names)


def test_pages_are_whole_and_figures_say_what_they_show(whole: Comparison) -> None:
    text = unescape(render(whole))
    read = Reader(text)
    assert len(set(read.ids)) == len(read.ids) and not read.open
    text = page(channels, whole) + page(robustness, whole)
    read = Reader(text)
    drawn = [*channels.figures(whole), *robustness.figures(whole)]
    assert len(read.labels) == len(drawn) and {each.name for each in drawn} <= _names(whole)
    # A division draws what counts; a policy has a matrix for each five outcomes.
    assert {each.name for each in channels.figures(whole)} >= {"channels-forum-in-cooperation"}
    assert len(robustness.figures(whole)) == 2 * len(HEADLINE_OUTCOMES) // 5
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
    by_name = {division.grid.name: division for division in found.divisions}
    assert list(by_name) == [
        "channels-forum",
        "channels-both-forum",
        "channels-both-iisg-results",
        "channels-both-policies",
    ]
    text = page(channels, whole)
    for name, division in by_name.items():
        for outcome, group in zip(HEADLINE_OUTCOMES, division.grid.groups, strict=True):
            rows = [row for row in division.grid.shown.rows if row[0] == outcome]
            means = {(row[2], row[3]): _change(outcome, row[4]) for row in rows}
            parts = [(part.name, "share") for part in division.parts]
            cost = [("cost", "cost")] if ("cost", "cost") in means else []
            expected = [means[each] for each in [*cost, *parts, ("all", "effect")]]
            assert [line[1] for line in group.lines] == expected
            assert [line[3] for line in group.lines if line[3] != "-"] == [
                means[p, "missed"] for p, _ in parts
            ]
        assert f"wbsim show RESULTS {name}<" in text


def _change(outcome: str, value: Any) -> str:
    return numbers.typographic(numbers.change(OUTCOMES[outcome], value))


def test_the_worst_setting_of_the_page_is_that_of_shown() -> None:
    results = compared(simulate=fake_channels.hangs_on_assumptions, channels=False)
    found = robustness.build(results)
    assert found is not None
    by_name = {each.name: each for each in robustness.shown(results)}
    effects, worst = by_name["robustness-effects"], by_name["robustness-worst"]
    variance = by_name["robustness-variance"]
    forum = found.policies[0]
    row = next(r for r in worst.rows if r[:2] == ("forum", "cooperation"))
    line = found.worst.groups[0].lines[0]
    assert line[4] == row[7] == "trust_rule=two-types"
    assert line[2] == _change("cooperation", row[5])
    assert line[5] == row[8] == "flips!"
    clear = sum(r[8] == "flips!" for r in worst.rows)
    assert f"{clear} of {len(worst.rows)} headline effects turn from a gain into a harm" in found.lead
    assert forum.finding == (
        "1 of 10 headline effects of forum can turn from a gain into a harm as a mean over worlds: "
        "Cooperation index (worst under trust_rule=two-types, beyond Monte Carlo error)."
    )
    settings = len(results.robustness.settings) if results.robustness else 0
    assert len(effects.rows) == 2 * len(HEADLINE_OUTCOMES) * settings
    assert len(variance.rows) == 2 * len(HEADLINE_OUTCOMES)


def test_without_the_runs_the_page_says_which_option_adds_them() -> None:
    results = compared(channels=False, robustness=False)
    for section, flag in ((channels, "--channels"), (robustness, "--robustness")):
        assert f"This was not run. The option {flag} of wbsim compare adds it" in page(section, results)
        assert section.shown(results) == ()
        assert section.figures(results) == ()


def test_a_copy_of_a_policy_has_its_channels_although_it_makes_no_difference() -> None:
    results = compared(FORUM, scenario("copy", "forum"))
    text = unescape(render(results))
    assert "There is no difference from forum under any of" in text
    assert "copy makes no difference to the cooperation index" in text
    assert "compared with no policy" in text
    assert not re.search(r"\bnan\b|\binf\b", text)


def test_a_copy_of_the_baseline_makes_no_difference_in_any_section() -> None:
    results = compared(STATUS_QUO, scenario("copy"), channels=False)
    text = unescape(render(results))
    assert "There is no difference from status-quo under any of" in text
    assert "No difference: on all 10 headline outcomes" in text
    assert not re.search(r"\bnan\b|\binf\b", text)


def test_a_run_of_one_scenario_has_neither() -> None:
    alone = wbsim.run(STATUS_QUO, worlds=2, workers=1, simulate=fake_model.simulate)
    assert [section.build(alone) for section in SECTIONS] == [None, None]
    assert [section.shown(alone) for section in SECTIONS] == [(), ()]


@pytest.mark.parametrize("simulate", [fake_model.all_worlds_fail, fake_model.world_3_is_not_finite])
def test_failed_worlds_are_said_and_nothing_is_nan(simulate: Any) -> None:
    results = compared(simulate=simulate)
    text = page(channels, results) + page(robustness, results)
    assert "failed in some extra run" in text and not re.search(r"\bnan\b", text.lower())
    unknown = "No world finished in all runs, so nothing can be said."
    assert (text.count(f"<p>{unknown}</p>") == 2) == (simulate is fake_model.all_worlds_fail)


def test_one_world_stands(whole: Comparison) -> None:
    results = compared(worlds=1)
    text = page(channels, results) + page(robustness, results) + str(results)
    assert "n/a" in text and "nan" not in text.lower()
    assert text.count("One world has no Monte Carlo error, so that no") > 2


def test_tables_fit_a_terminal_of_100_columns(whole: Comparison) -> None:
    text = str(whole)
    assert max(map(len, text.splitlines())) <= WIDTH
    assert "Which channel did it: forum" in text and "Does it hold: both" in text
    assert len(extra_tables(whole)) == 2


def test_what_a_user_wrote_is_escaped(whole: Comparison) -> None:
    hostile = '<b>&"'
    record = channels.build(whole)
    assert record is not None
    with pytest.MonkeyPatch.context() as patch:
        changed = replace(record, divisions=[replace(record.divisions[0], title=hostile)])
        patch.setattr(channels, "build", lambda results: changed)
        text = render(whole)
    assert hostile not in text and "&lt;b&gt;" in text
