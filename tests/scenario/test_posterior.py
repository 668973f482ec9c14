"""The posterior that a scenario draws from: found beside the file that names it, refused where it does not fit."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.calibration.prior_draws import prior_draws
from tests.scenario.conftest import Problems, Write
from wbsim.chance.fitted import posterior_of, write
from wbsim.errors import InputError
from wbsim.scenario.load import load, load_assumptions, with_assumptions
from wbsim.scenario.posterior import find_posterior, learnt
from wbsim.tables.parameters import calibrated_table

Record = dict[str, Any]


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A posterior in the folder `mine`, beside the scenario files of a test."""
    folder = tmp_path / "mine"
    folder.mkdir()
    write(prior_draws(10), {"table": calibrated_table(), "learnt": {"news_reaction": 0.4}}, folder)
    return folder


def change(folder: Path, how: Callable[[Record], object]) -> None:
    path = folder / "posterior.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    how(record)
    path.write_text(json.dumps(record), encoding="utf-8")


def test_the_bundled_posterior_fits_the_table_of_parameters() -> None:
    found = find_posterior()
    assert found.draws == len(posterior_of(found).z) >= 1000
    assert set(learnt(found)) == set(posterior_of(found).keys)
    # A posterior may come out a little wider than its prior.
    assert all(-0.5 < value < 1 for value in learnt(found).values())


def test_folder_record_and_draws_name_the_same_posterior(mine: Path) -> None:
    found = [find_posterior(each) for each in (mine, mine / "posterior.json", mine / "posterior.npz")]
    assert {each.sha256 for each in found} == {prior_draws(10).sha256}
    assert {each.path for each in found} == {str(mine / "posterior.npz")}
    assert learnt(found[0]) == {"news_reaction": 0.4}


def test_a_relative_path_counts_from_the_scenarios_own_folder(
    mine: Path, write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    path = write('name = "a"\nassumptions.posterior = "mine"\n')
    for way in (path, Path("..") / path.name):
        assumptions = load(way).assumptions
        assert assumptions.posterior is not None
        assert assumptions.posterior.sha256 == prior_draws(10).sha256
    deeper = write('name = "b"\nassumptions.posterior = "../mine"\n', "sub/b.toml")
    assert load(deeper).assumptions.resolved() == load(path).assumptions.resolved()
    monkeypatch.setenv("HOME", str(tmp_path))
    assert load(f"~/{path.name}").resolved() == load(path).resolved()


def test_through_extends_it_counts_from_the_file_that_names_it(mine: Path, write: Write) -> None:
    write('name = "base"\nassumptions.posterior = "../mine"\n', "bases/base.toml")
    child = write('name = "child"\nextends = "./bases/base.toml"\n')
    assumptions = load(child).assumptions
    assert assumptions.posterior is not None and assumptions.posterior.sha256 == prior_draws(10).sha256


def test_a_file_of_assumptions_names_it_too(mine: Path, write: Write) -> None:
    file = load_assumptions(write('assumptions.posterior = "mine"\n'))
    moved = with_assumptions(load("forum"), file).assumptions
    assert moved.posterior is not None and moved.posterior.sha256 == prior_draws(10).sha256


def test_by_default_a_scenario_draws_from_the_bundled_posterior_and_says_which(write: Write) -> None:
    assumptions = load(write('name = "a"\n')).assumptions
    assert (assumptions.source, assumptions.posterior) == ("posterior", find_posterior())
    assert assumptions.resolved()["posterior"] == find_posterior().sha256
    for name in ("status-quo", "forum", "iisg-results", "both"):
        assert load(name).assumptions.posterior == find_posterior(), name


def test_where_all_comes_from_priors_no_posterior_is_looked_for(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wbsim.scenario.load.find_posterior", lambda *_: pytest.fail("looked for"))
    assumptions = load(write('name = "a"\nassumptions.source = "prior"\n')).assumptions
    assert assumptions.posterior is None
    assert assumptions.resolved()["posterior"] is None


def test_one_number_may_come_from_a_posterior_by_itself(mine: Path, write: Write) -> None:
    text = 'name = "a"\n[assumptions]\nsource = "prior"\nposterior = "mine"\nparameters.news_reaction = "posterior"\n'
    assumptions = load(write(text)).assumptions
    assert assumptions.posterior is not None and assumptions.fitted
    assert (assumptions.of("news_reaction"), assumptions.of("rent", "SRB")) == ("posterior", "prior")


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (lambda r: r["table"].update(news_reaction="old"), "news_reaction was old, is dynamic: "),
        (lambda r: r["table"].pop("news_reaction"), "news_reaction is new"),
        (lambda r: r["table"].update(gone="x"), "gone is gone"),
        (lambda r: r["table"].clear(), "; and 189 more"),
    ],
)
def test_a_posterior_of_another_table_is_refused_with_what_changed(
    mine: Path, how: Callable[[Record], object], said: str
) -> None:
    change(mine, how)
    with pytest.raises(InputError) as caught:
        find_posterior(mine)
    (problem,) = caught.value.problems
    assert problem.message.startswith("was fitted for another table of parameters: ")
    assert said in problem.message
    assert problem.file == str(mine)
    assert "wbsim calibrate" in (problem.suggestion or "")


def test_a_prior_that_moved_is_another_table(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = calibrated_table()
    assert now["news_reaction"].startswith("dynamic: ")
    monkeypatch.setattr(
        "wbsim.scenario.posterior.calibrated_table", lambda: now | {"news_reaction": "dynamic: moved"}
    )
    with pytest.raises(InputError, match=r"news_reaction was dynamic: .*, is dynamic: moved"):
        find_posterior(mine)


@pytest.mark.parametrize(
    "how",
    [
        lambda r: r.pop("sha256"),
        lambda r: r.pop("table"),
        lambda r: r.update(draws="many"),
        lambda r: r.update(draws=None),
        lambda r: r.update(draws=0),
        lambda r: r.update(table=[1]),
        lambda r: r.update(learnt=[1]),
        lambda r: r.update(learnt={"news_reaction": None}),
    ],
)
def test_a_record_with_something_missing_or_wrong_is_none(
    mine: Path, how: Callable[[Record], object]
) -> None:
    change(mine, how)
    with pytest.raises(InputError, match="cannot be read as the record of a posterior"):
        find_posterior(mine)


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe\x00", b"[" * 100_000])
def test_a_record_that_is_no_object_is_refused(mine: Path, content: bytes) -> None:
    (mine / "posterior.json").write_bytes(content)
    with pytest.raises(InputError, match="cannot be read as the record of a posterior"):
        find_posterior(mine)


@pytest.mark.parametrize("named", ["none", "none/posterior.json", "x" * 300, "mine/none.npz"])
def test_what_is_not_there_is_said_with_file_line_and_key(
    mine: Path, problems: Problems, tmp_path: Path, named: str
) -> None:
    (problem,) = problems(f'[assumptions]\nposterior = "{named}"\n')
    assert problem.message == f"no such posterior: {named}"
    assert (problem.file, problem.line, problem.key) == (
        str(tmp_path / "mine.toml"),
        3,
        "assumptions.posterior",
    )
    assert "wbsim calibrate" in (problem.suggestion or "")


def test_a_record_without_its_draws_is_refused(mine: Path, problems: Problems) -> None:
    (mine / "posterior.npz").unlink()
    (problem,) = problems('assumptions.posterior = "mine"\n')
    assert "no such file: " in problem.message and "posterior.npz" in problem.message
    assert (problem.line, problem.key) == (2, "assumptions.posterior")


def test_a_wrong_posterior_is_said_together_with_all_else_that_is_wrong(
    mine: Path, problems: Problems
) -> None:
    change(mine, lambda record: record["table"].pop("news_reaction"))
    found = problems('run.worlds = -1\n[assumptions]\nposterior = "mine"\nsource = "guess"\n')
    assert [problem.key for problem in found] == [
        "run.worlds",
        "assumptions.posterior",
        "assumptions.source",
    ]


def test_a_posterior_beside_priors_only_is_a_contradiction(mine: Path, problems: Problems) -> None:
    (problem,) = problems('[assumptions]\nsource = "prior"\nposterior = "mine"\n')
    assert (problem.line, problem.key) == (4, "assumptions.posterior")
    assert problem.message == "names a posterior, but every number comes from its prior"


def test_a_posterior_that_is_no_text_is_refused(problems: Problems) -> None:
    (problem,) = problems("assumptions.posterior = 3\n")
    assert problem.key == "assumptions.posterior"
