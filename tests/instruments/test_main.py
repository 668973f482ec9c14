from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from wbsim.instruments.__main__ import made, main

ROOT = Path(__file__).resolve().parents[2]


def test_the_files_of_the_checkout_are_up_to_date() -> None:
    for path, text in made(ROOT).items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name}: run `python -m wbsim.instruments`"


def test_files_are_written_from_the_questions_beside_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "calibration").mkdir()
    shutil.copy(ROOT / "calibration" / "questions.toml", tmp_path / "calibration")
    assert main(["--root", str(tmp_path)]) == 0
    names = ("figures.csv", "rates.csv", "scores.csv")
    assert capsys.readouterr().out == "".join(f"calibration/{name}: written\n" for name in names)
    for name in names:
        assert (tmp_path / "calibration" / name).read_bytes() == (ROOT / "calibration" / name).read_bytes()


def test_wrong_questions_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(tmp_path)]) == 2
    assert "no such file" in capsys.readouterr().err
