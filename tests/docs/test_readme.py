"""Every command and every example of the README works."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import wbsim
from tests.calibration.prior_draws import prior_draws
from wbsim.chance.fitted import write
from wbsim.scenario.override import with_run
from wbsim.tables.mechanisms import MECHANISMS
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES
from wbsim.tables.parameters import calibrated_table

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SMALL = ["--worlds", "2", "--citizens", "40", "--workers", "1"]


def blocks(language: str) -> list[str]:
    """Code blocks of the README in `language`."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def lines(language: str) -> list[str]:
    return [line for block in blocks(language) for line in block.splitlines() if line.strip()]


def save_scenario(folder: Path) -> Path:
    """The README's scenario under the name that it tells to save it as."""
    name = re.search(r"Save\s+this\s+as\s+`([\w-]+\.toml)`", README)
    assert name is not None
    path = folder / name[1]
    path.write_text(blocks("toml")[0], encoding="utf-8")
    return path


def save_posterior(folder: Path, words: list[str]) -> None:
    """What an earlier command of the README would have put where this one looks for a posterior."""
    if "--posterior" in words:
        place = folder / words[words.index("--posterior") + 1]
        place.mkdir()
        write(prior_draws(10), {"table": calibrated_table()}, place)


def save_sweep(folder: Path) -> None:
    """A sweep as the README's would be, and smaller."""
    status_quo, forum = (with_run(wbsim.load(name), years=1, citizens=40) for name in ("status-quo", "forum"))
    wbsim.sweep(status_quo, forum, vary={"loss_weight": [1, 2]}, worlds=2, workers=1, out=folder / "my-sweep")


WBSIM = sorted({line for line in lines("sh") + lines("powershell") if line.startswith("wbsim ")})
# What takes half a minute or more, and how it is made to take no longer.
LONG = {
    "calibrate": [],
    "sensitivity": ["--citizens", "40", "--workers", "1"],
    "discover": ["--citizens", "40", "--workers", "1"],
    "optimise": [*SMALL, "--generations", "2", "--population", "4"],
}
# Each comparison draws all figures of a report: one of them is run with the quick tests.
FURTHER = [line for line in WBSIM if line.split()[1] == "compare" and "--help" not in line][1:]
LINES = [
    pytest.param(line, marks=[pytest.mark.slow] if line.split()[1] in LONG or line in FURTHER else [])
    for line in WBSIM
]


@pytest.mark.parametrize("line", LINES)
def test_commands_of_wbsim_run(line: str, tmp_path: Path) -> None:
    save_scenario(tmp_path)
    words = shlex.split(line)[1:]
    save_posterior(tmp_path, words)
    if "my-sweep" in words and words[0] != "sweep":  # what the sweep above it would have left
        save_sweep(tmp_path)
    if words[0] in ("compare", "run", "sweep") and "--help" not in words:
        while "--worlds" in words:
            place = words.index("--worlds")
            del words[place : place + 2]
        words += SMALL
    words += LONG.get(words[0], [])

    done = subprocess.run(
        [sys.executable, "-m", "wbsim", *words], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_commands_that_are_not_of_wbsim_are_those_that_are_known() -> None:
    rest = {line for line in lines("sh") + lines("powershell") if not line.startswith("wbsim ")}
    assert rest == {
        "make demo",
        "make test",
        "python3 -m venv .venv",
        ". .venv/bin/activate",
        "py -3 -m venv .venv",
        r".venv\Scripts\activate",
        'python -m pip install -e ".[dev]"',
        'python -m pytest -m "not slow"',
    }


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
@pytest.mark.parametrize(
    "target", sorted(set(re.findall(r"(?:`|^)make ([a-z-]+)(?:`|$)", README, re.MULTILINE)))
)
def test_targets_of_make_exist(target: str) -> None:
    done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_scenario_says_what_the_text_says(tmp_path: Path) -> None:
    scenario = wbsim.load(save_scenario(tmp_path))

    (policy,) = scenario.policies
    assert policy.mechanism in MECHANISMS
    assert (policy.start, policy.levers["meetings_per_year"]) == ("2024-01", 12)
    assert str(scenario.assumptions.of("loss_weight")) == "fixed at 3"
    assert len([line for line in blocks("toml")[0].splitlines() if line]) == 9


def test_the_example_in_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import matplotlib

    monkeypatch.setattr(matplotlib, "get_backend", matplotlib.get_backend)
    matplotlib.use("agg")
    monkeypatch.chdir(tmp_path)
    (example,) = blocks("python")
    small = re.sub(r"worlds=\d+", "worlds=2, workers=1", example)
    assert small != example
    names: dict[str, object] = {}

    exec(compile(small, "README.md", "exec"), names)

    assert (tmp_path / "forum.html").stat().st_size > 10_000
    assert "cooperation" in names["data"].data_vars or "outcome" in names["data"].dims  # type: ignore[attr-defined]


def test_the_printed_table_is_of_the_headline_outcomes_and_the_bundled_policies() -> None:
    (printed,) = blocks("text")
    # A label may go on in the next line; its figures stand three or more spaces to the right.
    flat = " ".join(re.sub(r" {3,}.*$", "", line).strip() for line in printed.splitlines())
    for name in HEADLINE_OUTCOMES:
        assert OUTCOMES[name].label in flat
    for policy in ("forum", "iisg-results", "both"):
        assert printed.count(f"  {policy} ") == len(HEADLINE_OUTCOMES)


def test_the_version_is_that_of_the_package() -> None:
    assert f"wbsim {wbsim.__version__}:" in README


def rows(printed: str) -> list[tuple[str, list[str]]]:
    """Lines of a printed table as their words, and their figures without signs of percent."""
    return [
        (" ".join(re.sub(r"[-+]?\d[\d.]*", "#", line).split()), re.findall(r"[-+]?\d[\d.]*", line))
        for line in printed.splitlines()
    ]


def nearly(one: str, other: str) -> bool:
    """Whether two printed figures differ by one in the last digit at most: processors round differently."""
    digits = len(one.partition(".")[2])
    return abs(float(one) - float(other)) <= 1.01 * 10.0**-digits


@pytest.mark.slow
def test_the_printed_table_is_what_the_demonstration_prints(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "wbsim", "compare", "--worlds", "200", "--out", "results"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)

    new = rows(done.stdout[: done.stdout.index("90 % interval: ")].strip())
    old = rows(blocks("text")[0].strip())

    assert [words for words, _ in old] == [words for words, _ in new]
    stale = [
        (words, was, now)
        for (words, was), (_, now) in zip(old, new, strict=True)
        if not all(map(nearly, was, now))
    ]
    assert not stale, "the model has changed: copy the table that `make demo` prints into README.md"


def test_figures_that_differ_only_by_rounding_are_nearly_the_same() -> None:
    assert nearly("+0.013", "+0.014")
    assert not nearly("+0.013", "+0.015")
    assert not nearly("50", "52")
