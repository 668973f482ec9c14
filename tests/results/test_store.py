from pathlib import Path

import numpy as np
import pytest
import zarr

from wbsim.results import store
from wbsim.results.chunk import Chunk, Failure
from wbsim.results.layout import Layout, months_between
from wbsim.results.open import open_store
from wbsim.results.store import StoreWriter, read_outcome
from wbsim.tables.outcomes import OUTCOME_NAMES

LAYOUT = Layout(("status-quo", "forum"), 5, 600, months_between("2021-01", "2021-12"), ("2021-12",))


def chunk(first: int, count: int, failures: tuple[Failure, ...] = ()) -> Chunk:
    """Worlds whose every value is the world's number, plus a thousandth of the place of its outcome."""
    numbers = np.arange(first, first + count)
    arrays = {}
    for name in ("regional", "states", "dyads", "summary"):
        shape = LAYOUT.shape(name, count)
        values = np.broadcast_to(numbers.reshape(1, count, *[1] * (len(shape) - 2)), shape)
        arrays[name] = values + np.arange(shape[-1]) / 1000
    return Chunk(
        first,
        arrays["regional"].astype(np.float32),
        arrays["states"].astype(np.float32),
        arrays["dyads"].astype(np.float32),
        arrays["summary"],
        failures,
        b"",
    )


def written(path: Path, sizes: list[int]) -> Path:
    writer, first = StoreWriter(path, LAYOUT), 5
    for size in sizes:
        failures = (Failure(404, "forum", "not finite"),) if first <= 404 < first + size else ()
        writer.add(chunk(first, size, failures))
        first += size
    writer.close()
    return path


@pytest.mark.parametrize("sizes", [[600], [64] * 9 + [24], [1, 599], [300, 300]], ids=str)
def test_every_value_lands_in_its_place_whatever_the_blocks(tmp_path: Path, sizes: list[int]):
    dataset = open_store(written(tmp_path / "worlds.zarr", sizes))

    assert dict(dataset.regional.sizes) == {
        "scenario": 2,
        "world": 600,
        "month": 12,
        "outcome": len(OUTCOME_NAMES),
    }
    numbers = np.arange(5, 605, dtype=np.float32)
    for name in ("regional", "states", "dyads", "summary"):
        values = dataset[name].transpose(..., "world").values
        assert (np.floor(values) == numbers).all(), name
    np.testing.assert_allclose(
        dataset.regional.sel(scenario="forum", world=400, month="2021-03", outcome="delivery"), 400.001
    )
    assert float(dataset.states.sel(state="SRB", state_outcome="war_worry", year=2021)[0, 0]) == np.float32(
        5.001
    )
    assert dataset.failed.sel(scenario="forum", world=404).item()
    assert int(dataset.failed.sum()) == 1


def test_the_files_do_not_depend_on_the_blocks(tmp_path: Path):
    stores = [written(tmp_path / name, sizes) for name, sizes in {"a": [600], "b": [7] * 85 + [5]}.items()]
    contents = [
        {file.relative_to(path): file.read_bytes() for file in path.rglob("*") if file.is_file()}
        for path in stores
    ]

    assert contents[0] == contents[1]
    assert len(contents[0]) > 10


def test_an_outcome_is_read_in_stretches_of_months(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = written(tmp_path / "worlds.zarr", [600])
    monkeypatch.setattr(store, "READ_CELLS", 600 * 5)

    stretches = list(read_outcome(path, scenario=1, outcome=3))

    assert [(part.start, part.stop) for part, _ in stretches] == [(0, 5), (5, 10), (10, 12)]
    values = np.concatenate([values for _, values in stretches], axis=1)
    whole = zarr.open_group(str(path), mode="r")["regional"][1, :, :, 3]  # type: ignore[index]
    np.testing.assert_array_equal(values, whole)


def test_the_size_on_disk_is_foreseen(tmp_path: Path):
    path = written(tmp_path / "worlds.zarr", [600])
    size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())

    assert size < LAYOUT.bytes_per_world * 600
