"""The report: whole in one file, the same bytes each time, safe against what scenarios say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import wbsim
from tests.experiments import fake_model
from tests.experiments.fake_model import gloomy, scenario
from wbsim.report import page as module
from wbsim.report.page import render
from wbsim.scenario.schema import Policy
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
        patch.setattr(module, "HEADLINE_OUTCOMES", ("cooperation",))
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
    assert "else prior: then priors and chance drive it" in flat(page)
    assert "it is no forecast" in flat(page)


def test_each_headline_outcome_has_its_figures_with_a_text_for_who_cannot_see_them(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(module, "HEADLINE_OUTCOMES", HEADLINE_OUTCOMES)
    page = render(compared())
    figures = re.findall(r'<svg [^>]*role="img" aria-label="([^"]+)"', page)

    assert len(figures) == 3 * len(HEADLINE_OUTCOMES)
    for name in HEADLINE_OUTCOMES:
        assert sum(figure.startswith(OUTCOMES[name].label) for figure in figures) == 3
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

    assert "<h2>Under the assumptions of status-quo</h2>" in page
    assert "<h2>Under the assumptions of gloomy-forum</h2>" in page
    assert "two-types: Bayesian belief" in page


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
