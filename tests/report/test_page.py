"""The report: whole in one file, the same bytes each time, safe against what scenarios say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

import wbsim
from tests.experiments import fake_model
from tests.experiments.fake_model import gloomy, scenario
from wbsim.report.page import render
from wbsim.report.sections import part as module
from wbsim.report.sections.order import all_shown, sections
from wbsim.scenario.posterior import find_posterior
from wbsim.scenario.schema import Assumptions, Policy
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES

STATUS_QUO, FORUM = scenario(), scenario("forum", "forum")


def compared(*scenarios: Any, **settings: Any) -> wbsim.Comparison:
    settings = {"worlds": 5, "workers": 1, "simulate": fake_model.simulate, **settings}
    return wbsim.compare(*(scenarios or (STATUS_QUO, FORUM)), **settings)


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.fixture(scope="module", autouse=True)
def _few_figures() -> Iterator[None]:
    """Figures of one outcome where a test doesn't ask for all: they take most of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "DRAWN", ("cooperation",))
        yield


@pytest.fixture(scope="module")
def page() -> str:
    return render(compared())


def test_the_headline_says_what_the_policy_changes_how_surely_and_what_it_may_harm(page: str):
    assert (
        "forum raises the cooperation index by 0.100 on average by December 2024 (90 % of worlds: +0.100 to "
        "+0.100). It is better than status-quo in 100 % of worlds, and does harm of practical size in 0 %."
        in flat(page)
    )
    assert "lose by more than it on threat burden (100 %)" in flat(page)
    assert "Where the variance of effects comes from was not found out" in flat(page)
    assert "it is no forecast" in flat(page)


def test_each_headline_outcome_has_its_figures_with_a_text_for_who_cannot_see_them(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(module, "DRAWN", HEADLINE_OUTCOMES)
    page = render(compared())
    figures = re.findall(r'<svg [^>]*role="img" aria-label="([^"]+)"', page)

    for name in HEADLINE_OUTCOMES:
        label = OUTCOMES[name].label
        assert sum(figure.startswith((f"{label},", f"{label}:")) for figure in figures) == 3
    assert all(re.search(r"\d", figure) for figure in figures), "each says what it shows with numbers"
    check_figures(page)


def check_figures(page: str) -> None:
    """Figures are sound, and their identifiers unique in the page."""
    for figure in re.findall(r"<svg .*?</svg>", page, re.DOTALL):
        ElementTree.fromstring(figure)
    identifiers = re.findall(r'\bid="([^"]+)"', page)
    referred = re.findall(r"url\(#([^)]+)\)", page) + re.findall(r'href="#([^"]+)"', page)

    assert len(identifiers) == len(set(identifiers))
    assert set(referred) <= set(identifiers)


class Loads(HTMLParser):
    """Collects whatever a page would fetch, and its scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href", "data", "action")]
        self.fetched += [value or "" for name, value in attrs if name.endswith(":href")]


def test_the_page_fetches_nothing_and_runs_nothing(page: str):
    loads = Loads()
    loads.feed(page)

    assert [target for target in loads.fetched if not target.startswith("#")] == []
    assert not loads.tags & {"script", "link", "img", "iframe", "object"}
    assert not re.search(r"url\((?!#)", page)


def test_the_same_results_give_the_same_bytes(page: str, tmp_path: Path):
    again = compared(block=2, out=tmp_path / "kept")

    assert render(again) == page
    assert str(tmp_path) not in page


def test_a_users_matplotlib_style_does_not_change_it(page: str):
    import matplotlib as mpl

    with mpl.rc_context({"font.size": 30, "axes.facecolor": "red", "svg.fonttype": "path"}):
        assert render(compared()) == page


def test_hostile_texts_are_shown_not_obeyed():
    hostile = "<script>alert(1)</script> & \"quotes\" 'single' </pre>"
    forum = scenario("forum", "forum", description=hostile, origin='"><script>alert(2)</script>')
    page = render(compared(STATUS_QUO, forum))

    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_baseline_is_grey_and_policies_keep_their_colours(page: str):
    found = re.findall(r'class="swatch" style="background: (#\w+)"></span>([\w-]+)', page)
    swatches = {name: colour for colour, name in found}

    assert swatches == {"status-quo": "#6b6b6b", "forum": "#0072B2"}


def test_failed_worlds_are_listed_with_their_error_and_replay():
    page = flat(render(compared(worlds=8, simulate=fake_model.world_5_raises)))

    assert "1 world of 8 failed" in page
    assert "World 5 under forum" in page
    assert "ZeroDivisionError: an error in world 5" in page
    assert "--first-world 5 --worlds 1" in page


def test_the_page_stands_with_one_world_and_with_none():
    one = flat(render(compared(worlds=1)))
    none = render(compared(simulate=fake_model.all_worlds_fail))

    assert "In the one world simulated, forum raises the cooperation index by 0.100" in one
    assert "n/a" in one
    assert "nothing can be said about forum" in none
    assert not re.search(r">\s*nan", none)


def test_a_policy_that_does_nothing_is_said_to_make_no_difference():
    idle = scenario("idle")

    assert "idle makes no difference to the cooperation index" in flat(render(compared(STATUS_QUO, idle)))


def test_each_set_of_assumptions_has_its_section():
    page = flat(render(compared(STATUS_QUO, FORUM, scenario("gloomy-forum", "forum", assumptions=gloomy()))))

    assert "<h3>Under the assumptions of status-quo</h3>" in page
    assert "<h3>Under the assumptions of gloomy-forum</h3>" in page
    assert "two-types: Bayesian belief" in page
    check_figures(page)


def test_a_policys_end_has_its_table():
    passing = scenario(
        "passing", policies=(Policy(mechanism="forum", start="2023-01", end="2023-07"),), run={"years": 4}
    )
    page = flat(render(compared(scenario(run={"years": 4}), passing)))

    assert "passing: two years after its end" in page
    assert "twelve months to July 2025" in page


def test_a_run_has_a_report_too():
    page = flat(render(wbsim.run(FORUM, worlds=3, workers=1, simulate=fake_model.simulate)))

    assert "<h1>forum</h1>" in page
    assert "compared" not in page.split("<h2>")[0]


def test_it_is_written_whole(tmp_path: Path, page: str):
    path = compared().report(tmp_path / "forum.html")

    assert path.read_text(encoding="utf-8") == page
    assert [file.name for file in tmp_path.iterdir()] == ["forum.html"]


class Structure(HTMLParser):
    """Levels of headings, scopes of header cells, sections, links within the page, and figures with what they hold."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.unscoped = 0
        self.sections: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        self.unscoped += tag == "th" and not given.get("scope")
        if tag == "section":
            self.sections.append(str(given["id"]))
        if tag == "a":
            self.links.append(str(given["href"]))


def test_headings_are_in_order_and_the_contents_lead_to_every_section(page: str):
    found = Structure()
    found.feed(page)

    assert found.levels[0] == 1 and found.levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(found.levels))
    assert found.unscoped == 0
    assert found.links == [f"#{name}" for name in found.sections]
    assert found.sections[0] == "headline" and found.sections[-1] == "record"


def test_headings_stay_in_order_under_several_sets_of_assumptions():
    found = Structure()
    found.feed(render(compared(STATUS_QUO, FORUM, scenario("gloomy-forum", "forum", assumptions=gloomy()))))

    assert all(after <= before + 1 for before, after in pairwise(found.levels))


def test_every_number_of_a_table_is_one_that_the_command_beside_it_prints():
    """Each number of a table is a number of its data, rounded as it is written; per cent are shares or per cent."""
    results = compared(worlds=7)
    grids = [
        grid
        for section in sections(results)
        for each in getattr(section.record, "parts", ())
        for grid in getattr(each, "grids", ())
    ]
    checked = 0
    for grid in grids:
        numbers = np.array(
            [v for row in grid.shown.rows for v in row if isinstance(v, float | int)], dtype=float
        )
        for line in (line for group in grid.groups for line in group.lines):
            for text in re.findall(
                r"(?<![\w.])[-+\N{MINUS SIGN}]?\d[\d,]*(?:\.\d+)?(?: %)?", " ".join(line[1:])
            ):
                plain = text.replace("\N{MINUS SIGN}", "-").replace(",", "").removesuffix(" %")
                scale = 100.0 if text.endswith("%") else 1.0
                half = 0.5 * 10.0 ** -len(plain.partition(".")[2])
                near = np.abs(scale * numbers - float(plain)).min() <= half * 1.0001
                assert near or plain == "1", (grid.name, text)
                checked += 1
    assert checked > 300


def test_commands_beside_tables_and_figures_name_what_there_is(page: str):
    named = set(re.findall(r"wbsim show RESULTS ([\w-]+)", page))

    assert named == {each.name for each in all_shown(compared())}
    assert "RESULTS stands for the folder" in page


def test_worlds_from_priors_alone_say_that_nothing_was_fitted():
    page = flat(render(compared(STATUS_QUO, FORUM, under=("prior",))))

    assert "drawn from priors alone: no survey figure was fitted" in page


def test_the_fit_of_the_posterior_in_use_shows_every_fitted_figure():
    posterior = find_posterior()
    drawn = Assumptions(source="posterior", posterior=posterior)
    results = compared(scenario(assumptions=drawn), scenario("forum", "forum", assumptions=drawn))
    page = flat(render(results))
    assert "fit-figure" in {each.name for each in all_shown(results)}
    kept = json.loads(Path(posterior.path).with_name("diagnostics.json").read_text(encoding="utf-8"))

    assert all(f"[{row['id']}]" in page for row in kept["figures"])
    held = kept["left_out"]["figure"]
    assert f"misses by {held['mae']:.1f} percentage points" in page
    assert "no change" in page and "regression" in page


def test_the_page_is_small_and_its_figures_show_no_undefined_number(page: str):
    assert len(page.encode()) < 5_000_000
    assert not re.search(r"\bnan\b", page)
