"""A posterior as it is kept: what is read is what was written, and anything else is refused in words."""

from __future__ import annotations

import io
import json
import os
import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.calibration.prior_draws import prior_draws
from wbsim.chance import fitted as module
from wbsim.chance.fitted import posterior_of, read, write
from wbsim.errors import InputError
from wbsim.scenario.posterior import find_posterior
from wbsim.tables.parameters import calibrated_table

FITTED = prior_draws(20)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(FITTED, {"table": calibrated_table(), "learnt": {"news_reaction": 0.4}}, tmp_path)
    return tmp_path


def test_what_is_read_is_what_was_written_with_the_same_hash(folder: Path) -> None:
    again = read(folder / "posterior.npz", FITTED.sha256)
    for name in module._NAMES:
        assert getattr(again, name) == getattr(FITTED, name)
    for name in module._ARRAYS:
        np.testing.assert_array_equal(getattr(again, name), getattr(FITTED, name))
    assert again.sha256 == FITTED.sha256
    record = json.loads((folder / "posterior.json").read_text())
    assert (record["sha256"], record["draws"]) == (FITTED.sha256, 20)
    assert sorted(path.name for path in folder.iterdir()) == ["posterior.json", "posterior.npz"]


def test_the_hash_covers_every_name_and_every_value() -> None:
    z = FITTED.z.copy()
    z[3, 4] = np.nextafter(z[3, 4], np.float32(9))
    changed = [
        replace(FITTED, z=z),
        replace(FITTED, keys=(*FITTED.keys[1:], FITTED.keys[0])),
        replace(FITTED, house_names=(*FITTED.house_names[:-1], "another survey")),
        replace(FITTED, drift_names=(*FITTED.drift_names[:-1], "another answer")),
        replace(FITTED, drift_months=FITTED.drift_months + 1),
        replace(FITTED, scale=FITTED.scale[:, :0]),
    ]
    assert len({each.sha256 for each in (FITTED, *changed)}) == 7


def test_worlds_draw_from_the_file_that_was_found(folder: Path) -> None:
    found = posterior_of(find_posterior(folder))
    assert found.keys == FITTED.keys
    np.testing.assert_array_equal(found.z, FITTED.z.astype(float))


def test_other_draws_than_the_record_says_are_refused(folder: Path) -> None:
    kept = (folder / "posterior.json").read_bytes()
    write(prior_draws(21), {"table": calibrated_table()}, folder)
    (folder / "posterior.json").write_bytes(kept)
    with pytest.raises(InputError, match="holds other draws than its record says"):
        posterior_of(find_posterior(folder))


def archive(**changes: object) -> bytes:
    """An archive of draws with some of its arrays changed, None to leave one out."""
    arrays = {name: np.array(getattr(FITTED, name)) for name in (*module._NAMES, *module._ARRAYS)}
    buffer = io.BytesIO()
    np.savez(buffer, **{name: value for name, value in {**arrays, **changes}.items() if value is not None})  # type: ignore[arg-type]
    return buffer.getvalue()


def plain_array() -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, FITTED.z)
    return buffer.getvalue()


class Trap:
    """Something that does harm as soon as it is unpickled."""

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return os._exit, (99,)


def damaged() -> bytes:
    """The archive with bytes in the middle of an array turned round."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, z=FITTED.z, **{n: np.array(getattr(FITTED, n)) for n in module._NAMES})  # type: ignore[arg-type]
    content = bytearray(buffer.getvalue())
    for place in range(300, 400):
        content[place] ^= 0xFF
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no archive",
        archive()[:5000],
        archive()[:30],
        archive(houses=None),
        archive(drifts=None),
        archive(drift_months=np.zeros(3, np.float32)),
        archive(z=np.zeros((20, 3), np.float32)),
        archive(scale=None),
        archive(scale=np.zeros((20, 3), np.float32)),
        archive(z=np.array(["a"] * 20)),
        archive(z=np.array([Trap()], dtype=object)),
        pickle.dumps(Trap()),
        plain_array(),
        damaged(),
    ],
    ids=[
        "empty", "text", "cut", "cut short", "less", "no drifts", "months", "shape", "no scale", "wide scale",
        "words", "objects", "pickle",
        "array", "damaged",
    ],
)  # fmt: skip
def test_what_is_no_archive_of_draws_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "posterior.npz"
    path.write_bytes(content)
    with pytest.raises(InputError, match="cannot be read as draws of a posterior") as caught:
        read(path)
    assert caught.value.problems[0].file == str(path)


def test_a_record_never_names_draws_that_are_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patched:
        patched.setattr(np, "savez_compressed", full)
        with pytest.raises(OSError, match="no space"):
            write(FITTED, {}, tmp_path)
    assert list(tmp_path.iterdir()) == []
    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_text", full)
        with pytest.raises(OSError, match="no space"):
            write(FITTED, {}, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["posterior.npz"]
