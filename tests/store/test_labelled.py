"""Stores that are no stores of wbsim's are refused before anything of them is executed."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest
import zarr

from wbsim.errors import InputError
from wbsim.store.labelled import checked, open_group


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "worlds.zarr"
    group = zarr.open_group(str(path), mode="w-", zarr_format=3)
    array = group.create_array("a", shape=(4, 3), chunks=(2, 3), shards=(4, 3), dtype="float32")
    array[:] = np.arange(12).reshape(4, 3)
    names = group.create_array("names", shape=(2,), dtype=str)
    names[:] = np.array(["x", "y"], dtype=object)
    return path


def described(store: Path, **changes: object) -> None:
    file = store / "a" / "zarr.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))


def test_what_wbsim_writes_is_opened(store: Path) -> None:
    np.testing.assert_array_equal(open_group(store)["a"][:], np.arange(12).reshape(4, 3))
    assert list(open_group(store)["names"][:]) == ["x", "y"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"codecs": [{"name": "numcodecs.pickle", "configuration": {}}]}, "codec 'numcodecs.pickle'"),
        (
            {"codecs": [{"name": "sharding_indexed", "configuration": {"codecs": [{"name": "json2"}]}}]},
            "codec 'json2'",
        ),
        ({"codecs": "pickle"}, "codec 'pickle'"),
        ({"data_type": "object"}, "type 'object'"),
        ({"data_type": {"name": "struct"}}, "holds values of the type"),
        ({"shape": [10**9, 10**9]}, "declares 1,000,000,000,000,000,000 values"),
        ({"shape": [-1]}, "has the shape"),
        ({"zarr_format": 2}, "is not of format 3"),
        ({"node_type": "code"}, "neither an array nor a group"),
        ({"storage_transformers": [{"name": "x"}]}, "storage transformers"),
    ],
)
def test_what_it_does_not_write_is_refused(store: Path, changes: dict[str, object], said: str) -> None:
    described(store, **changes)
    with pytest.raises(InputError, match="is damaged") as caught:
        open_group(store)
    assert said in str(caught.value)
    assert "nothing of it was executed" in str(caught.value)


def test_a_group_of_an_earlier_format_is_refused_unread(tmp_path: Path) -> None:
    """The form of an attack: a group of format 2 with an object codec, which unpickles what it holds."""
    path = tmp_path / "worlds.zarr"
    path.mkdir()
    (path / ".zgroup").write_text('{"zarr_format": 2}')
    with pytest.raises(InputError, match=r"holds no zarr\.json"):
        open_group(path)
    (path / "zarr.json").write_text('{"zarr_format": 3, "node_type": "group", "attributes": {}}')
    (path / "a").mkdir()
    (path / "a" / ".zarray").write_text('{"zarr_format": 2, "dtype": "|O", "filters": [{"id": "pickle"}]}')
    with pytest.raises(InputError, match="earlier format"):
        open_group(path)


def test_links_pipes_and_endless_descriptions_are_refused(store: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    (store / "a" / "c9").symlink_to(tmp_path / "secret")
    with pytest.raises(InputError, match="link to elsewhere"):
        checked(store)
    (store / "a" / "c9").unlink()
    os.mkfifo(store / "a" / "c9")
    with pytest.raises(InputError, match="neither a file nor a folder"):
        checked(store)
    (store / "a" / "c9").unlink()
    (store / "a" / "zarr.json").write_text("[" * (1 << 21))
    with pytest.raises(InputError, match="more than"):
        checked(store)
