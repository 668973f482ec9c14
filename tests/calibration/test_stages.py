"""Finished pieces of a calibration: used again where they fit, and never else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from wbsim.calibration.stages import WORK, Stages

GIVEN = np.arange(6.0).reshape(3, 2)


class Maker:
    """Makes twice what was given, and counts how often."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> np.ndarray:
        self.made += 1
        return 2.0 * GIVEN


def kept(
    folder: Path | None, maker: Maker, name: str = "step-1", given: np.ndarray = GIVEN, seed: int = 1
) -> None:
    values = Stages(folder, {"seed": seed}).keep(name, given, maker)
    np.testing.assert_array_equal(values, 2.0 * GIVEN)


def test_what_was_made_once_is_not_made_again(tmp_path: Path) -> None:
    maker = Maker()
    for _ in range(3):
        kept(tmp_path, maker)
    assert maker.made == 1
    assert len(list((tmp_path / WORK).iterdir())) == 1


def test_without_a_folder_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    maker = Maker()
    kept(None, maker)
    kept(None, maker)
    assert maker.made == 2 and not list(tmp_path.iterdir())


def test_another_identity_name_or_input_is_another_piece(tmp_path: Path) -> None:
    maker = Maker()
    kept(tmp_path, maker)
    kept(tmp_path, maker, seed=2)
    kept(tmp_path, maker, name="step-2")
    nearly = GIVEN.copy()
    nearly[0, 0] = np.nextafter(0.0, 1.0)
    kept(tmp_path, maker, given=nearly)
    assert maker.made == 4
    kept(tmp_path, maker)
    assert maker.made == 4


@pytest.mark.parametrize("content", [b"", b"PK", b"no archive", None])
def test_a_piece_that_cannot_be_read_is_made_anew(tmp_path: Path, content: bytes | None) -> None:
    maker = Maker()
    kept(tmp_path, maker)
    (piece,) = (tmp_path / WORK).iterdir()
    piece.write_bytes(piece.read_bytes()[:200] if content is None else content)
    kept(tmp_path, maker)
    assert maker.made == 2
    kept(tmp_path, maker)
    assert maker.made == 2


def test_what_a_killed_run_left_half_written_harms_nothing(tmp_path: Path) -> None:
    maker = Maker()
    kept(tmp_path, maker)
    (piece,) = (tmp_path / WORK).iterdir()
    half = piece.with_suffix(".4711.npz.partial")
    half.write_bytes(piece.read_bytes()[:100])
    piece.unlink()
    kept(tmp_path, maker)
    kept(tmp_path, maker)
    assert maker.made == 2


def test_an_error_while_it_is_made_leaves_nothing(tmp_path: Path) -> None:
    def fails() -> np.ndarray:
        raise KeyError("an error of the simulator")

    with pytest.raises(KeyError, match="simulator"):
        Stages(tmp_path, {}).keep("a", GIVEN, fails)
    assert not list((tmp_path / WORK).iterdir())


def test_worlds_that_failed_are_kept_as_such(tmp_path: Path) -> None:
    missing = np.array([[np.nan, 1.0]])
    for _ in range(2):
        found = Stages(tmp_path, {}).keep("a", GIVEN, lambda: missing)
        np.testing.assert_array_equal(found, missing)
