import contextlib
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from wbsim.errors import InputError
from wbsim.results.disk import check_room, readable
from wbsim.results.folder import discard, draft, place_for, publish
from wbsim.results.open import open_results, read_record

MOMENT = datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)
HASH = "0123456789abcdef"


def test_an_existing_folder_is_refused_and_left_alone(tmp_path: Path):
    (tmp_path / "kept.txt").write_text("mine")

    with pytest.raises(InputError, match="never overwritten"):
        place_for(tmp_path)
    assert (tmp_path / "kept.txt").read_text() == "mine"


def test_results_appear_under_their_name_only_when_they_are_whole(tmp_path: Path):
    place = place_for(tmp_path / "new" / "mine")

    with draft(place) as folder:
        (folder / "record.json").write_text("{}")
        assert not (tmp_path / "new" / "mine").exists()
        final = publish(folder, place, "compare", MOMENT, HASH)

    assert final == tmp_path / "new" / "mine"
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["mine"]
    assert (final / "record.json").read_text() == "{}"


def test_nothing_is_left_of_a_draft_that_failed(tmp_path: Path):
    with pytest.raises(KeyboardInterrupt), draft(place_for(tmp_path / "mine")) as folder:
        (folder / "record.json").write_text("{}")
        raise KeyboardInterrupt

    assert list(tmp_path.iterdir()) == []


def test_a_draft_is_removed_even_while_a_writer_goes_on(tmp_path: Path):
    folder = tmp_path / "draft"

    def write() -> None:
        end = time.monotonic() + 0.3
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                folder.mkdir(exist_ok=True)

    writer = threading.Thread(target=write)
    writer.start()
    discard(folder)
    writer.join()

    assert not folder.exists()


def test_the_default_name_holds_time_and_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    place = place_for(None)
    names = []
    for _ in range(2):
        with draft(place) as folder:
            names.append(publish(folder, place, "status quo/..", MOMENT, HASH).relative_to(tmp_path))

    assert names == [
        Path("wbsim-results/status-quo-20300102T030405-01234567"),
        Path("wbsim-results/status-quo-20300102T030405-01234567-2"),
    ]


def test_a_folder_that_appeared_meanwhile_is_not_replaced(tmp_path: Path):
    place = place_for(tmp_path / "mine")
    with draft(place) as folder:
        (tmp_path / "mine").mkdir()
        with pytest.raises(InputError, match="exists already"):
            publish(folder, place, "compare", MOMENT, HASH)


def test_a_place_that_cannot_be_written_is_bad_input(tmp_path: Path):
    (tmp_path / "file").write_text("")

    with pytest.raises(InputError, match="cannot be written"), draft(place_for(tmp_path / "file" / "mine")):
        pass


def test_too_little_room_is_found_before_the_run(tmp_path: Path):
    check_room(1000, tmp_path / "not" / "yet" / "there")
    with pytest.raises(InputError, match=r"about 1000000\.0 TB.*free.*fewer worlds"):
        check_room(10**18, tmp_path / "not" / "yet" / "there")


def test_sizes_are_written_for_people():
    assert [readable(size) for size in (12, 34_400, 3_400_000, 1.26e9)] == [
        "12 bytes",
        "34 kB",
        "3.4 MB",
        "1.3 GB",
    ]


def test_a_folder_without_results_is_bad_input(tmp_path: Path):
    with pytest.raises(InputError, match="not a results folder"):
        open_results(tmp_path)
    with pytest.raises(InputError, match="no readable record"):
        read_record(tmp_path)
