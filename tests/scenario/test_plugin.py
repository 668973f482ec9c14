from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from wbsim.errors import InputError
from wbsim.scenario import plugin as module
from wbsim.scenario.load import load
from wbsim.scenario.plugin import Registry, load_plugins
from wbsim.tables.mechanisms import MECHANISMS

Write = Callable[..., Path]

PLUGIN = """
from wbsim.tables.record import Lever, MechanismRecord
from wbsim.tables.mechanisms import FORUM

class Base:
    record = FORUM

class Hotline(Base):
    record = MechanismRecord(
        "hotline", "Hotline", "Chiefs of police call each other.", "a test",
        (Lever("calls", "calls a month", "calls a month", "number", 2.0, "a test", 0.0, 30.0),),
    )
"""


@pytest.fixture
def hotline(write: Write) -> Path:
    """A plugin with one mechanism; its `Base` stands for an imported class and is taken out of the module."""
    return write(PLUGIN + "\nBase.__module__ = 'elsewhere'\n", "hotline.py")


def test_a_mechanism_of_a_file_runs_from_a_scenario(write: Write, hotline: Path) -> None:
    scenario = write('name = "a"\n[[policy]]\nmechanism = "hotline"\ncalls = 5')
    loaded = load(scenario, plugins=[hotline])
    assert loaded.policies[0].levers == {"calls": 5.0}
    assert loaded.plugins == (str(hotline),)
    with pytest.raises(InputError, match=r"mechanisms of your own come with --plugin FILE.py"):
        load(scenario)
    bad = write('name = "a"\n[[policy]]\nmechanism = "hotline"\ncalls = 50')
    with pytest.raises(
        InputError, match=r"mine.toml:4: policy\[1\].calls: must be between 0 and 30 calls a month"
    ):
        load(bad, plugins=[hotline])


def test_the_registry_holds_records_classes_and_files(hotline: Path) -> None:
    registry = load_plugins([hotline, hotline])
    assert list(registry.records) == ["hotline"]
    assert registry.classes["hotline"].__name__ == "Hotline"
    assert registry.files == (str(hotline),)
    assert list(registry.mechanisms) == [*MECHANISMS, "hotline"]
    assert Registry().mechanisms == MECHANISMS


def test_classes_can_be_found_again_by_their_module(hotline: Path) -> None:
    kind = load_plugins([hotline]).classes["hotline"]
    assert getattr(sys.modules[kind.__module__], kind.__name__) is kind


def test_two_files_of_one_name_do_not_mix(write: Write) -> None:
    base = PLUGIN + "\nBase.__module__ = 'elsewhere'\n"
    one = write(base, "one/plug.py")
    two = write(base.replace('"hotline"', '"other"'), "two/plug.py")
    assert set(load_plugins([one, two]).records) == {"hotline", "other"}


@pytest.mark.parametrize(
    ("code", "line", "words"),
    [
        ("x = 1\ny = 1 / 0", 2, "cannot be loaded: ZeroDivisionError: division by zero"),
        ("x = (", 1, "cannot be loaded: SyntaxError: '(' was never closed"),
        ("import nonsense_that_is_not_there", 1, "cannot be loaded: ModuleNotFoundError: No module named"),
        ("import sys\nsys.exit(3)", 2, "cannot be loaded: SystemExit: 3"),
        ("x = 1", None, "defines no mechanism (define a class with a `record`"),
    ],
)
def test_plugins_that_fail_are_named_with_the_cause(
    write: Write, code: str, line: int | None, words: str
) -> None:
    path = write(code, "broken.py")
    with pytest.raises(InputError) as caught:
        load_plugins([path])
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == (str(path), line)
    assert words in str(problem)
    assert "Traceback" not in str(problem)


def test_missing_files_and_directories_are_named_together(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_plugins([tmp_path, tmp_path / "none.py"])
    assert [problem.message for problem in caught.value.problems] == ["is a directory", "no such file"]


def test_names_that_exist_are_refused(write: Write, hotline: Path) -> None:
    taken = write(PLUGIN, "taken.py")  # its Base is called "forum"
    with pytest.raises(InputError, match='Base is called "forum", as a mechanism of wbsim itself'):
        load_plugins([taken])
    again = write(hotline.read_bytes(), "again.py")
    with pytest.raises(InputError, match='Hotline is called "hotline", as a mechanism of another plugin'):
        load_plugins([hotline, again])


def test_entry_points_are_loaded_without_being_named(
    write: Write, hotline: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(hotline.parent))
    entry = EntryPoint("hotline", "hotline:Hotline", "wbsim.mechanisms")
    monkeypatch.setattr(module, "entry_points", lambda group: [entry] if group == entry.group else [])
    assert list(load_plugins().records) == ["hotline"]
    assert load_plugins().files == ()
    whole = EntryPoint("hotline", "hotline", "wbsim.mechanisms")
    monkeypatch.setattr(module, "entry_points", lambda group: [whole])
    assert list(load_plugins().records) == ["hotline"]
    broken = EntryPoint("x", "nonsense_that_is_not_there", "wbsim.mechanisms")
    monkeypatch.setattr(module, "entry_points", lambda group: [broken])
    with pytest.raises(InputError, match="entry point x = nonsense_that_is_not_there: cannot be loaded"):
        load_plugins()
