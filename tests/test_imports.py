"""What is imported, and when: `import wbsim` and help must answer at once."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("numpy", "numba", "mesa", "xarray", "matplotlib", "scipy", "zarr")


def loaded(program: str) -> list[str]:
    """Heavy packages, and pydantic, that are loaded once `program` has run in a process of its own."""
    ask = f"import sys; print(*[name for name in {(*HEAVY, 'pydantic')!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\n{ask}"], capture_output=True, text=True, check=True, timeout=120
    )
    return done.stdout.splitlines()[-1].split()


def test_importing_the_package_loads_nothing():
    assert loaded("import wbsim; wbsim.__version__; dir(wbsim)") == []


def test_the_check_can_fail():
    assert loaded("import wbsim, numpy") == ["numpy"]


def test_loading_a_scenario_loads_nothing_heavy():
    assert loaded("import wbsim; wbsim.load('status-quo')") == ["pydantic"]


def test_loading_figures_and_rates_loads_nothing_heavy():
    program = "from wbsim.instruments.load import *; load_register(); load_figures(); load_rates()"
    assert loaded(program) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["compare", "--help"],
        ["run", "--help"],
        ["validate", "--help"],
        ["hindcast", "--help"],
        ["cooperation", "--help"],
        ["sensitivity", "--help"],
        ["--version"],
    ],
)
def test_help_loads_nothing_heavy(arguments: list[str]):
    program = f"from wbsim.cli.app import main; code = main({arguments!r}); assert code == 0, code"

    assert not set(loaded(program)) & set(HEAVY)  # Typer's newer releases load pydantic themselves


def test_a_comparison_of_nothing_is_refused_before_the_model_is_loaded():
    program = "from wbsim.cli.app import main; assert main(['compare', '--worlds', '0']) == 2"

    assert not {"numba", "mesa", "matplotlib"} & set(loaded(program))
