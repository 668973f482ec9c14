from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from wbsim.errors import InputError, Problem
from wbsim.scenario.text import UnreadableError
from wbsim.sweeps.design import Sampling
from wbsim.sweeps.read_design import is_sweep_file, load_sweep

WHOLE = """
name = "forum-meetings"
description = "How often should it meet?"
[sweep]
scenarios = ["forum", "status-quo"]
design = "grid"
seed = 3
worlds = 200
world_seed = 9
keep = "all"
baseline = "status-quo"
outcomes = ["government_trust", "cooperation"]
years = 8
citizens = 100
[sweep.vary]
"forum.meetings_per_year" = "1:12:4"
forum.quorum = [4, 5]
loss_weight = { low = 2, high = 3, count = 2 }
"""
HEAD = 'name = "mine"\n[sweep]\nscenarios = ["forum"]\n'


def write(folder: Path, text: str, name: str = "mine.toml") -> Path:
    path = folder / name
    path.write_text(textwrap.dedent(text).lstrip("\n"), encoding="utf-8")
    return path


def problems(folder: Path, text: str) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        load_sweep(write(folder, text))
    return list(caught.value.problems)


def lines(found: list[Problem]) -> list[str]:
    return [f"{p.line}: {p.key}: {p.message}" + (f" ({p.suggestion})" if p.suggestion else "") for p in found]


def test_a_whole_file(tmp_path: Path) -> None:
    path = write(tmp_path, WHOLE)
    sweep = load_sweep(path)
    assert (sweep.name, sweep.description) == ("forum-meetings", "How often should it meet?")
    assert [scenario.name for scenario in sweep.scenarios] == ["forum", "status-quo"]
    assert {(each.run.years, each.run.citizens) for each in sweep.scenarios} == {(8, 100)}
    assert (sweep.worlds, sweep.world_seed, sweep.keep, sweep.baseline) == (200, 9, "all", "status-quo")
    assert sweep.outcomes == ("cooperation", "government_trust")
    assert sweep.sampling == Sampling(seed=3)
    assert sweep.design.keys == ("forum.meetings_per_year", "forum.quorum", "loss_weight")
    assert len(sweep.design.points) == 16
    assert sweep.design.points[:3] == ((1.0, 4, 2.0), (1.0, 4, 3.0), (1.0, 5, 2.0))
    assert sweep.notices == ("forum.meetings_per_year: the nearest whole numbers are taken: 1, 5, 8, 12",)
    assert sweep.origin == str(path)


def test_the_least_that_a_file_needs(tmp_path: Path) -> None:
    sweep = load_sweep(write(tmp_path, HEAD + 'vary.loss_weight = "2,3"'))
    assert (sweep.design.kind, sweep.keep, sweep.worlds, sweep.baseline, sweep.outcomes) == (
        "grid",
        "monthly",
        None,
        None,
        (),
    )
    assert sweep.scenarios[0].run.years == 10


def test_keys_with_and_without_quotes_are_the_same(tmp_path: Path) -> None:
    quoted = load_sweep(write(tmp_path, HEAD + '[sweep.vary]\n"forum.quorum" = [3, 4]\n"rent.SRB" = "1,2"'))
    plain = load_sweep(write(tmp_path, HEAD + "[sweep.vary]\nforum.quorum = [3, 4]\nrent.SRB = [1, 2]"))
    table = load_sweep(
        write(
            tmp_path,
            HEAD
            + "[sweep.vary.forum]\nquorum = [3, 4]\n[sweep.vary.assumptions.parameters]\nrent.SRB = '1,2'",
        )
    )
    assert quoted.design == plain.design == table.design


def test_sampled_designs_take_their_settings(tmp_path: Path) -> None:
    text = HEAD + 'design = "{}"\npoints = 8\n{}\n[sweep.vary]\nloss_weight = "prior"\ninfluence = ""\n'
    for kind, extra, count in (
        ("sobol", "", 8),
        ("latin-hypercube", "", 8),
        ("morris", "levels = 6", 24),
        ("saltelli", "second_order = true", 48),
    ):
        sweep = load_sweep(write(tmp_path, text.format(kind, extra)))
        assert (sweep.design.kind, len(sweep.design.points)) == (kind, count)


def test_scenarios_are_found_from_the_folder_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, 'name = "eager"\nextends = "forum"', "eager.toml")
    monkeypatch.chdir("/")
    text = HEAD.replace('"forum"', '"forum", "./eager.toml"') + 'vary.loss_weight = "2,3"'
    assert [each.name for each in load_sweep(write(tmp_path, text)).scenarios] == ["forum", "eager"]
    (problem,) = problems(tmp_path, text.replace("./eager.toml", "eager"))
    assert (problem.key, problem.suggestion) == ("sweep.scenarios[2]", 'write "./eager.toml"')


def test_every_problem_comes_at_once_with_its_line(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        """
        nam = "mine"
        [sweep]
        scenarios = ["forum", "forums", "forum"]
        design = "grids"
        worlds = 0
        keep = "some"
        outcomes = ["cooperation", "cooperaton"]
        years = 99
        colour = "red"
        [sweep.vary]
        "forum.quorum" = [4, 9]
        forum.meetings = 3
        loss_weight = { low = 3, high = 2, count = 3 }
        run.years = "5:10:2"
        """,
    )
    assert [(p.line, p.key) for p in found] == [
        (1, "nam"),
        (1, "name"),
        (3, "sweep.scenarios[2]"),
        (3, "sweep.scenarios[3]"),
        (4, "sweep.design"),
        (5, "sweep.worlds"),
        (6, "sweep.keep"),
        (7, "sweep.outcomes[2]"),
        (8, "sweep.years"),
        (9, "sweep.colour"),
        (11, "sweep.vary.forum.quorum[2]"),
        (12, "sweep.vary.forum.meetings"),
        (13, "sweep.vary.loss_weight.high"),
        (14, "sweep.vary.run.years"),
    ]
    text = "\n".join(lines(found))
    for words in (
        'did you mean "grid"?',
        'did you mean "forum"?',
        "between 2 and 6 states; it is 9",
        "cooperation",
    ):
        assert words in text


def test_problems_within_a_scenario_keep_its_file_and_line(tmp_path: Path) -> None:
    other = write(tmp_path, 'name = "bad"\n[run]\nyears = 0', "bad.toml")
    text = HEAD.replace('"forum"', '"./bad.toml"') + 'vary.loss_weight = "2,x"'
    found = problems(tmp_path, text)
    assert {(p.file, p.line, p.key) for p in found} == {
        (str(other), 3, "run.years"),
        (str(tmp_path / "mine.toml"), 4, "sweep.vary.loss_weight"),
    }


def test_points_that_break_a_rule_have_the_line_of_what_is_varied(tmp_path: Path) -> None:
    (problem,) = problems(
        tmp_path, HEAD + "[sweep.vary]\nforum.quorum = [4, 6]\nforum.kosovo_seat = 'equal,absent'"
    )
    assert (problem.line, problem.key) == (4, "forum.quorum = 6, forum.kosovo_seat = absent")
    (problem,) = problems(tmp_path, HEAD + "[sweep.vary]\nloss_weight = [2, 3]\nforum.dialogue = '0:3'")
    assert (problem.line, problem.key) == (6, "sweep.vary.forum.dialogue")
    (problem,) = problems(
        tmp_path, HEAD + "design = 'grid'\nvary.loss_weight = '1:3:9999'\nvary.influence = '0:0.1:99'"
    )
    assert (problem.line, problem.key) == (4, "sweep.design")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name = 'a'\nsweep = 3", "must be a table ([sweep])"),
        ("name = 'a'\n[sweep]\n", "must be given: names or paths of scenarios"),
        (HEAD, "must be given: what is varied"),
        (HEAD + "vary = 'forum.quorum'", "must be a table"),
        (HEAD + "[sweep.vary]", "varies nothing"),
        ("name = 'a'\n[sweep]\nscenarios = 'forum'\nvary.loss_weight = 2", "must be a list of 1 to 64"),
        (
            "name = 'a'\n[sweep]\nscenarios = [3, '']\nvary.loss_weight = 2",
            "must be a name or a path in quotes",
        ),
        (HEAD + "points = 5\nvary.loss_weight = 2", 'has no meaning for a design of kind "grid"'),
        (HEAD + "design = 'sobol'\nlevels = 4\nvary.loss_weight = 2", "has no meaning"),
        (HEAD + "design = 'saltelli'\nsecond_order = 1\nvary.loss_weight = ''", "must be true or false"),
        (HEAD + "baseline = 'both'\nvary.loss_weight = 2", "must be one of forum"),
        (HEAD + "vary.iisg-results.funds = 2", "which none of the scenarios starts: forum starts forum"),
        (HEAD + "vary.forum.start = '2040-01'", 'to "2032-12"'),
        (HEAD + "years = 1\nvary.forum.start = '2024-01'", 'to "2023-12"'),
        (HEAD + "policy = []\nvary.loss_weight = 2", "is not a key of [sweep]"),
        ("extends = 'forum'\n" + HEAD + "vary.loss_weight = 2", "is not a key of a sweep file"),
        (HEAD + '"vary"."loss_weight" = 2\nvary."assumptions.parameters.loss_weight" = 3', "a second time"),
    ],
)
def test_wrong_files(tmp_path: Path, text: str, words: str) -> None:
    found = problems(tmp_path, text)
    assert any(words in problem.message for problem in found), lines(found)
    assert all(problem.file and problem.line for problem in found)


def test_sweep_files_are_told_apart_from_scenarios(tmp_path: Path) -> None:
    assert is_sweep_file(write(tmp_path, WHOLE))
    assert not is_sweep_file("forum")
    assert not is_sweep_file(tmp_path / "none.toml")
    assert not is_sweep_file(write(tmp_path, "[sweep"))
    with pytest.raises(UnreadableError):
        load_sweep(tmp_path / "none.toml")
