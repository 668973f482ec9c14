from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from wbsim.scenario import resolve as module
from wbsim.scenario.resolve import available, resolve, resolve_calibration
from wbsim.scenario.text import UnreadableError

BUNDLED = ("both", "forum", "iisg-results", "status-quo")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two scenarios, one of which is called like a bundled one."""
    path = tmp_path / "mine"
    path.mkdir()
    (path / "forum.toml").write_text('name = "forum"', encoding="utf-8")
    (path / "special.toml").write_text('name = "special"', encoding="utf-8")
    return path


def test_a_path_is_taken_as_it_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = resolve(folder / "special.toml")
    assert found.origin == str(folder / "special.toml")
    assert found.folder == folder
    monkeypatch.chdir(folder)
    relative = resolve("./special.toml")
    assert (relative.file, relative.origin) == ("./special.toml", str(folder / "special.toml"))
    assert resolve("special.toml").origin == str(folder / "special.toml")


def test_the_given_folder_comes_before_the_bundled_files(folder: Path) -> None:
    assert resolve("forum", folder).origin == str(folder / "forum.toml")
    assert resolve("both", folder).origin in ("repository: both", "bundled: both")
    assert available(folder) == tuple(sorted({*available(), "special"}))


def test_bundled_names_are_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert set(BUNDLED) <= set(available())
    for name in BUNDLED:
        assert resolve(name).resource.is_file()


def test_the_current_folder_never_changes_what_a_plain_name_means(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    (folder / "forum").mkdir()
    (folder / "both").write_text("x", encoding="utf-8")
    assert resolve("forum").origin in ("repository: forum", "bundled: forum")
    assert resolve("both").origin in ("repository: both", "bundled: both")
    # A file that no scenario is called like is taken all the same.
    (folder / "plain").write_text("x", encoding="utf-8")
    assert resolve("plain").origin == str(folder / "plain")


def test_wheels_hold_the_files_in_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a wheel puts beside the modules is found there, and no repository is looked for."""
    package = tmp_path / "site" / "wbsim"
    (package / "_bundled" / "scenarios").mkdir(parents=True)
    source = Path(str(resolve("forum").resource))
    shutil.copy(source, package / "_bundled" / "scenarios" / "forum.toml")
    monkeypatch.setattr(module, "__file__", str(package / "scenario" / "resolve.py"))
    monkeypatch.setattr(module.resources, "files", lambda name: tmp_path / "site" / name)
    found = resolve("forum")
    assert found.origin == "bundled: forum"
    assert found.resource.read_bytes() == source.read_bytes()
    assert available() == ("forum",)


def test_unknown_names_list_what_there_is(folder: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        resolve("iisg-result", folder)
    (problem,) = caught.value.problems
    assert 'no scenario is called "iisg-result"' in problem.message
    assert f"available: {', '.join(available(folder))}" in problem.message
    assert {"both", "special", "status-quo"} <= set(available(folder))
    assert problem.suggestion == 'did you mean "iisg-results"?'


def test_a_missing_path_suggests_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnreadableError, match=r'no such file: forum.toml \(did you mean "forum"\?\)'):
        resolve("forum.toml")
    with pytest.raises(UnreadableError, match="no such file: nowhere/at/all"):
        resolve("nowhere/at/all")


@pytest.mark.parametrize("name", ["x" * 5000 + "/a.toml", "a\0b.toml", "", "."])
def test_names_that_no_file_can_have_are_refused(name: str, tmp_path: Path) -> None:
    from wbsim.scenario.load import load

    with pytest.raises(UnreadableError):
        load(name)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"no such folder: .*none"):
        resolve("forum", tmp_path / "none")


def test_calibration_files_are_found_alike(folder: Path) -> None:
    (folder / "posterior.nc").write_bytes(b"x")
    assert resolve_calibration("posterior", folder).origin == str(folder / "posterior.nc")
    assert resolve_calibration("posterior.nc", folder).origin == str(folder / "posterior.nc")
    with pytest.raises(UnreadableError, match="no calibration file is called"):
        resolve_calibration("posteriors", folder)
