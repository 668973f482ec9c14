"""The package as a stranger installs it: wheel, source distribution and editable, each run from an empty folder.

Nothing is downloaded: the environments see the libraries of the one that runs the tests, but not its wbsim.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = {path.stem for path in (ROOT / "scenarios").glob("*.toml")}
ASSUMPTIONS = {path.stem for path in (ROOT / "assumptions").glob("*.toml")}


@dataclass(frozen=True)
class Installed:
    """An environment with wbsim in it, and the empty folder that commands run from."""

    environment: Path
    folder: Path

    def run(self, *arguments: str, code: int = 0) -> str:
        """Standard output of `wbsim ARGUMENTS`, which must end with `code`."""
        script = self.environment / ("Scripts" if os.name == "nt" else "bin") / "wbsim"
        done = subprocess.run(
            [str(script), *arguments],
            cwd=self.folder,
            env=clean(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout


def clean() -> dict[str, str]:
    """The process's variables without those that lead Python to other packages."""
    return {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PYTHON", "WBSIM", "VIRTUAL_ENV"))
    }


def build(*arguments: str, source: Path, out: Path) -> Path:
    """What `python -m build ARGUMENTS` makes of `source`: the one file of that kind in `out`."""
    command = [sys.executable, "-m", "build", "--no-isolation", *arguments, "--outdir", str(out), str(source)]
    done = subprocess.run(command, env=clean(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = out.iterdir()
    return made


def install(folder: Path, *what: str) -> Installed:
    """`what` put into a new environment by pip."""
    environment, empty = folder / "environment", folder / "empty"
    empty.mkdir(parents=True)
    venv.create(environment, with_pip=False, symlinks=os.name != "nt")
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    paths = sysconfig.get_paths(vars={"base": str(environment), "platbase": str(environment)})
    libraries = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    # A plain line: .pth files in these folders, such as that of an editable wbsim, are not followed.
    (Path(paths["purelib"]) / "libraries.pth").write_text("\n".join(sorted(libraries)), encoding="utf-8")
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps"]
    command += [
        "--no-index",
        "--no-build-isolation",
        "--disable-pip-version-check",
        "--ignore-installed",
        *what,
    ]
    done = subprocess.run(command, env=clean(), cwd=empty, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return Installed(environment, empty)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("--wheel", source=ROOT, out=tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("--sdist", source=ROOT, out=tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def from_wheel(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return install(tmp_path_factory.mktemp("from-wheel"), str(wheel))


@pytest.fixture(scope="module")
def from_source(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return install(tmp_path_factory.mktemp("from-source"), str(source))


@pytest.fixture(scope="module")
def editable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    yield install(tmp_path_factory.mktemp("editable"), "--editable", str(ROOT))


def contents(wheel: Path) -> dict[str, bytes]:
    """Files of a wheel but the list of them, which names the same."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/RECORD")}


def runs_from_an_empty_folder(installed: Installed, origin: str) -> None:
    """List, check and compare, with scenarios found by name and their origin printed and recorded."""
    listed = installed.run("list")
    assert len(SCENARIOS) >= 14
    assert len(ASSUMPTIONS) >= 4
    assert all(f"{origin}: {name}" in listed for name in SCENARIOS | ASSUMPTIONS)
    checked = json.loads(installed.run("check", *SCENARIOS, "--json"))
    assert checked == {"valid": True, "errors": []}
    checked = json.loads(installed.run("check", "--as-assumptions", *ASSUMPTIONS, "--json"))
    assert checked == {"valid": True, "errors": []}

    compared = json.loads(
        installed.run(
            "compare",
            "--worlds",
            "2",
            "--citizens",
            "40",
            "--workers",
            "1",
            "--out",
            "results",
            "--json",
            "--quiet",
        )
    )
    assert compared["worlds"] == 2
    assert set(compared["outcomes"]["cooperation"]["policies"]) == {"forum", "iisg-results", "both"}
    report = (installed.folder / "results" / "report.html").read_text(encoding="utf-8")
    assert "iisg-results" in report
    record = "".join(
        path.read_text(encoding="utf-8") for path in (installed.folder / "results").glob("*.json")
    )
    assert f"{origin}: status-quo" in record
    assert sorted(path.name for path in installed.folder.iterdir()) == ["results"]


def test_the_wheel_holds_scenarios_calibration_and_data(wheel: Path) -> None:
    names = contents(wheel).keys()
    assert {f"wbsim/_bundled/scenarios/{name}.toml" for name in SCENARIOS} <= names
    for name in ("README.md", "questions.toml", "figures.csv", "rates.csv", "scores.csv"):
        assert f"wbsim/_bundled/calibration/{name}" in names
    for path in (ROOT / "src/wbsim/tables/data").iterdir():
        assert f"wbsim/tables/data/{path.name}" in names
    assert "wbsim/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if "__pycache__" in name or name.startswith(("tests", "docs"))]


def test_the_source_distribution_builds_the_same_wheel(wheel: Path, source: Path, tmp_path: Path) -> None:
    with tarfile.open(source) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    again = build("--wheel", source=unpacked, out=tmp_path / "again")

    assert again.name == wheel.name
    assert contents(again) == contents(wheel)


def test_the_source_distribution_holds_what_the_checks_need(source: Path) -> None:
    with tarfile.open(source) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {
        "Makefile",
        ".ci/run",
        "LICENSE",
        "README.md",
        "docs/model.md",
        "tests/packaging/test_install.py",
    } <= names


def test_a_wheel_runs_from_an_empty_folder(from_wheel: Installed) -> None:
    runs_from_an_empty_folder(from_wheel, "bundled")


def test_figures_and_rates_are_found_from_an_empty_folder(from_wheel: Installed) -> None:
    program = (
        "from wbsim.instruments.load import *; "
        "print(len(load_figures()), len(load_rates()), load_catalogue().origin)"
    )
    python = from_wheel.environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = subprocess.run(
        [str(python), "-c", program],
        cwd=from_wheel.folder,
        env=clean(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["99", "33", "bundled:", "questions"]


def test_what_is_installed_from_a_wheel_is_not_the_checkout(from_wheel: Installed) -> None:
    assert str(ROOT) not in from_wheel.run("list")
    assert not from_wheel.environment.joinpath("pyproject.toml").exists()


@pytest.mark.slow
def test_a_source_distribution_runs_from_an_empty_folder(from_source: Installed) -> None:
    runs_from_an_empty_folder(from_source, "bundled")


@pytest.mark.slow
def test_an_editable_install_runs_from_an_empty_folder(editable: Installed) -> None:
    runs_from_an_empty_folder(editable, "repository")


def test_an_editable_install_finds_the_folders_that_people_edit(editable: Installed) -> None:
    assert not (ROOT / "src/wbsim/_bundled").exists()
    assert "repository: status-quo" in editable.run("list")


def test_a_scenario_that_is_not_there_is_bad_input_after_a_plain_install(from_wheel: Installed) -> None:
    answer = json.loads(from_wheel.run("check", "forumm", "--json", code=2))
    assert "forum" in json.dumps(answer)
