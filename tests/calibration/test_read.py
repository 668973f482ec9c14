"""The files of a calibration: read together, wrong together, kept together."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from wbsim.analogues.load import load_analogues
from wbsim.analogues.store import KEPT as INSTITUTIONS
from wbsim.calibration.evidence import KEPT, known
from wbsim.calibration.read import keep_inputs, read_inputs
from wbsim.errors import InputError
from wbsim.instruments.load import load_figures, load_rates
from wbsim.instruments.read_figures import COLUMNS
from wbsim.instruments.read_rates import COLUMNS as RATES

HEAD = ",".join(COLUMNS)
ROWS = (
    "n1,regional-cooperation-contributes,WB6,2022-03,74,6000,A barometer 2022,made up,calibration,",
    "n2,safe-in-home,XKX,2022-10,70,1000,Another survey 2022,made up,calibration,",
    "n3,safe-in-home,ALB,2022-03,70,1000,A barometer 2022,made up,calibration,",
)


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_without_files_they_are_those_of_the_package() -> None:
    found = read_inputs()
    assert (found.figures, found.rates) == (load_figures(), load_rates())
    assert found.analogues == load_analogues()
    assert set(found.origins) == {"figures", "questions", "rates", "analogues", "scores"}
    assert all(len(digest) == 64 for digest in found.origins.values())


def test_the_hash_of_a_file_of_ones_own_is_recorded(tmp_path: Path) -> None:
    path = write(tmp_path / "f.csv", HEAD, *ROWS)
    found = read_inputs(path)
    assert [each.id for each in found.figures] == ["n1", "n2", "n3"]
    assert found.origins["figures"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert found.origins["rates"] == read_inputs().origins["rates"]


def test_problems_of_all_files_are_said_at_once(tmp_path: Path) -> None:
    figures = write(tmp_path / "f.csv", HEAD, ROWS[0].replace(",74,", ",174,"), *ROWS[1:])
    rates = write(tmp_path / "r.csv", ",".join(RATES), "r1,serbia-kosovo,9,2017-2022,11,6,a list,")
    with pytest.raises(InputError) as caught:
        read_inputs(figures, None, rates)
    assert [(Path(each.file or "").name, each.line, each.key) for each in caught.value.problems] == [
        ("f.csv", 2, "value"),
        ("r.csv", 2, "minimum_severity"),
    ]
    with pytest.raises(InputError) as caught:
        read_inputs(figures, None, None, write(tmp_path / "body.toml", 'name = "body"'))
    assert {Path(each.file or "").name for each in caught.value.problems} == {"f.csv", "body.toml"}
    questions = write(tmp_path / "q.toml", "[[question]]", 'id = "a"')
    with pytest.raises(InputError) as caught:
        read_inputs(figures, questions, tmp_path / "none.csv")
    assert {Path(each.file or "none").name for each in caught.value.problems} >= {"q.toml", "none"}


def test_too_few_figures_to_fit_are_refused(tmp_path: Path) -> None:
    later = ROWS[2].replace("2022-03", "2023-03").replace("calibration", "validation")
    with pytest.raises(InputError, match="holds 2 figures to fit; a fit needs 3 or more"):
        read_inputs(write(tmp_path / "f.csv", HEAD, *ROWS[:2], later))


def test_what_was_fitted_to_is_kept_beside_the_posterior(tmp_path: Path) -> None:
    path = write(tmp_path / "f.csv", HEAD, *ROWS)
    for _ in range(2):
        keep_inputs(tmp_path, path, None, None)
    kept = tmp_path / KEPT
    assert (kept / "figures.csv").read_bytes() == path.read_bytes()
    assert sorted(each.name for each in kept.iterdir()) == [
        "analogues",
        "figures.csv",
        "questions.toml",
        "rates.csv",
        "scores.csv",
    ]
    assert [each.name for each in load_analogues(tmp_path / INSTITUTIONS)] == [
        each.name for each in load_analogues()
    ]
    assert [each.id for each in known(tmp_path).figures] == ["n1", "n2", "n3"]
    assert load_rates(kept / "rates.csv") == load_rates()
