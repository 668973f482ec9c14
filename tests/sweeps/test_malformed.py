"""Bad files and bad options: each loads or is refused with a place, soon, and nothing else ever comes out."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.sweeps.mutations import Mutated, corpus, mutated, toml
from tests.sweeps.small import scenarios
from wbsim.errors import InputError
from wbsim.scenario.issue import Issue
from wbsim.scenario.load import load
from wbsim.scenario.schema import RunSettings
from wbsim.scenario.text import parse
from wbsim.sweeps.apply import apply
from wbsim.sweeps.check_points import _broken
from wbsim.sweeps.key import find_key
from wbsim.sweeps.read_design import is_sweep_file, load_sweep
from wbsim.sweeps.read_vary import planned_design, read_vary
from wbsim.sweeps.vary import read_spec
from wbsim.tables.mechanisms import MECHANISMS

#: Seconds in which any file must be answered: the slowest of 3,000 took 0.6, most of it to load SciPy.
SOON = 3.0


def outcome(path: Path, file: Mutated) -> str:
    """ "loaded", "refused" by the reader, or "unparsed"; fails for anything else."""
    path.write_bytes(file.content)
    try:
        parse(file.content.decode("utf-8-sig").replace("\r\n", "\n"), "file")
    except (InputError, UnicodeDecodeError):
        parsed = False
    else:
        parsed = True
    try:
        if is_sweep_file(path):
            _use_sweep(path)
        else:
            json.dumps(load(path).resolved(), allow_nan=False)
    except InputError as error:
        assert error.problems, file.how
        for problem in error.problems:
            assert problem.message, file.how
            assert len(str(problem)) < 12_000, (file.how, problem)
        assert any(problem.file or problem.key for problem in error.problems), (file.how, error)
        return "refused" if parsed else "unparsed"
    assert parsed, file.how
    return "loaded"


def _use_sweep(path: Path) -> None:
    """Load a sweep, and see that points from all over it make scenarios that can be simulated."""
    sweep = load_sweep(path)
    points = sweep.design.points
    assert points
    for scenario in sweep.scenarios:
        for point in (*points[:: len(points) // 30 + 1], points[-1]):
            there = apply(scenario, sweep.design.keys, point)
            assert _broken(there, MECHANISMS) == []
        json.dumps(there.resolved(), allow_nan=False)


def run_all(folder: Path, seed: int, count: int) -> Counter[str]:
    """What became of `count` files; fails at the first that is not answered, or not soon."""
    found: Counter[str] = Counter()
    for number, file in enumerate(mutated(seed, count)):
        started = time.process_time()
        try:
            found[outcome(folder / "mine.toml", file)] += 1
        except Exception as error:
            raise AssertionError(
                f"seed {seed}, file {number}, {file.how}: {error!r}\n{file.content!r}"[:5000]
            ) from error
        taken = time.process_time() - started
        assert taken < SOON, f"seed {seed}, file {number}, {file.how}: {taken:.1f} s"
    return found


def assert_they_reach_the_reader(found: Counter[str], count: int) -> None:
    """Files that no parser takes, or that nothing is wrong with, test nothing."""
    shares = {name: found[name] / count for name in ("loaded", "refused", "unparsed")}
    print(", ".join(f"{name} {share:.0%}" for name, share in shares.items()))
    assert shares["loaded"] + shares["refused"] > 0.7
    assert shares["refused"] > 0.35
    assert 0.1 < shares["loaded"] < 0.5
    assert 0.02 < shares["unparsed"] < 0.3


def test_the_files_are_valid_before_they_are_changed(tmp_path: Path) -> None:
    for text in corpus():
        assert outcome(tmp_path / "mine.toml", Mutated("none", text.encode())) == "loaded"
        again = toml(tomllib.loads(text))
        assert tomllib.loads(again) == tomllib.loads(text)
        assert outcome(tmp_path / "mine.toml", Mutated("written anew", again.encode())) == "loaded"


def test_the_seed_alone_decides_the_files() -> None:
    assert list(mutated(5, 40)) == list(mutated(5, 40))
    assert list(mutated(5, 40)) != list(mutated(6, 40))
    assert list(mutated(5, 40))[:10] == list(mutated(5, 10))


def test_500_changed_files(tmp_path: Path) -> None:
    assert_they_reach_the_reader(run_all(tmp_path, 1, 500), 500)


@pytest.mark.slow
def test_10000_changed_files(tmp_path: Path) -> None:
    assert_they_reach_the_reader(run_all(tmp_path, 2, 10_000), 10_000)


@pytest.mark.slow
def test_200_changed_files_in_processes_of_the_command(tmp_path: Path) -> None:
    codes: Counter[int] = Counter()
    for number, file in enumerate(mutated(3, 200)):
        expected = outcome(tmp_path / "mine.toml", file)
        done = subprocess.run(
            [sys.executable, "-m", "wbsim", "check", str(tmp_path / "mine.toml")],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        place = f"file {number}, {file.how}: {done.stdout}{done.stderr}"
        assert "Traceback" not in done.stderr, place
        assert (done.returncode == 0) == (expected == "loaded"), place
        assert done.returncode in (0, 1, 2), place
        assert (done.returncode == 0) or "mine.toml" in done.stderr, place
        codes[done.returncode] += 1
    assert min(codes[0], codes[1], codes[2]) > 0


@pytest.mark.parametrize(
    "content",
    [
        b"a" + b".a" * 500_000 + b" = 1",
        b"x = " + b"[" * 200_000,
        b"x = " + b"{a=" * 50_000,
        b"[[a]]\n" * 40_000,
        b'name = "a"\n[sweep]\nscenarios = ["forum"]\nvary = {'
        + b", ".join(b"k%d = 1" % n for n in range(20_000))
        + b"}",
        b'name = "a"\n[sweep]\nscenarios = ["forum"]\nvary.loss_weight = "' + b"1," * 100_000 + b'"',
        b'name = "a"\n[sweep]\nscenarios = ["forum"]\nvary.forum.kosovo_seat = "' + b"equa," * 40_000 + b'"',
        b'name = "a"\n[sweep]\nscenarios = ["forum"]\nvary.forum.members = [["' + b'A","' * 40_000 + b'"]]',
        b'name = "a"\n[sweep]\nvary.loss_weight = 1\nscenarios = [' + b'"a",' * 40_000 + b"]",
        b'name = "a"\n[sweep]\nscenarios = ["forum"]\nvary.loss_weight = 1\noutcomes = ['
        + b'"coop",' * 20_000
        + b"]",
        b'name = "a"\n[[policy]]\nmechanism = "forum"\nmembers = [' + b'"SERB",' * 30_000 + b"]",
        b'name = "a"\n[assumptions.parameters]\n' + b"\n".join(b"loss%d = 1" % n for n in range(15_000)),
        b"\n".join(b"key%d = 1" % n for n in range(20_000)),
    ],
    ids=range(13),
)
def test_hostile_files_are_refused_soon(tmp_path: Path, content: bytes) -> None:
    started = time.process_time()
    assert outcome(tmp_path / "mine.toml", Mutated("hostile", content)) != "loaded"
    assert time.process_time() - started < SOON


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
    | st.sampled_from(["prior", "1:2", "0:1:3", "ALB+SRB", "equal", "2024-01", "cyber=1", "never", "1:9:3:log"]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.sampled_from(["low", "high", "count", "scale", "cyber", "x"]), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip
KEYS = (
    "forum.quorum", "forum.dialogue", "forum.meetings_per_year", "forum.kosovo_seat", "forum.members", "forum.start",
    "forum.end", "iisg-results.weights", "loss_weight", "rent.SRB", "rent", "variants.gains", "source", "run.citizens",
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(name=st.sampled_from(KEYS), raw=VALUES)
@example(name="forum.start", raw={"low": None, "high": None})
@example(name="run.citizens", raw=[None, 100])
def test_any_value_of_a_key_is_read_or_refused(name: str, raw: object) -> None:
    key = find_key(name)
    assert key is not None
    issues: list[Issue] = []
    spread = read_spec(key, raw, RunSettings(), ("place",), issues, [])
    assert (spread is None) == bool(issues)
    assert all(issue.path[0] == "place" or issue.path == (name,) for issue in issues)


SPECS = st.text(st.sampled_from("0123456789.:,+=-eE logprifumALBSRXK"), max_size=20) | st.text(max_size=10)


@settings(max_examples=300, deadline=None)
@given(texts=st.lists(st.tuples(st.sampled_from((*KEYS, "forum.x", "")), SPECS), min_size=1, max_size=3))
def test_any_option_is_read_or_refused(texts: list[tuple[str, str]]) -> None:
    among = scenarios()
    try:
        vary = read_vary([f"{key}={spec}" for key, spec in texts], among)
        design, _ = planned_design(vary, "grid", among)
    except InputError as error:
        assert error.problems
        assert all(problem.message and problem.key for problem in error.problems)
    else:
        assert design.points


@settings(max_examples=200, deadline=None)
@given(content=st.binary(max_size=200))
def test_any_bytes_are_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    assert outcome(path, Mutated("any", content)) != "loaded"
