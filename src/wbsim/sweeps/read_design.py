"""Sweep files: TOML with a `[sweep]` table, read with every problem at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from wbsim.errors import InputError, Problem
from wbsim.scenario import limits
from wbsim.scenario.issue import Issue, KeyPath, key_text
from wbsim.scenario.linemap import line_map
from wbsim.scenario.merge import Located, Place
from wbsim.scenario.plugin import Registry, load_plugins
from wbsim.scenario.read_scenario import fitting_name, read_head
from wbsim.scenario.reader import Reader
from wbsim.scenario.resolve import Found, resolve
from wbsim.scenario.text import parse, read_text
from wbsim.sweeps.check_points import limited
from wbsim.sweeps.design import KINDS, LEVELS, POINTS, Kind, Sampling
from wbsim.sweeps.keep import KEEPS, Keep
from wbsim.sweeps.key import find_key
from wbsim.sweeps.read_range import RANGE_KEYS
from wbsim.sweeps.read_scenarios import Swept, read_scenarios
from wbsim.sweeps.read_vary import MAX_KEYS, Vary, planned_design, read_keys
from wbsim.sweeps.sweep_file import SweepFile
from wbsim.tables.outcomes import OUTCOMES

KEYS = ("name", "description", "sweep")
SWEEP_KEYS = (
    *("scenarios", "design", "points", "levels", "second_order", "seed", "worlds", "world_seed", "keep"),
    *("baseline", "outcomes", "years", "citizens", "vary"),
)
_VARY: KeyPath = ("sweep", "vary")


def is_sweep_file(name_or_path: str | Path, folder: str | Path | None = None) -> bool:
    """Whether there is a TOML file with `sweep` in it; False for all else, also for what cannot be read."""
    try:
        found = resolve(name_or_path, folder)
        return "sweep" in parse(read_text(found.resource, found.file), found.file)
    except InputError:
        return False


def load_sweep(
    name_or_path: str | Path,
    folder: str | Path | None = None,
    plugins: Registry | Sequence[str | Path] = (),
) -> SweepFile:
    """The sweep file at a path, checked, with its scenarios loaded and its design made.

    Scenarios are found by name or by a path that counts from the file. Raises InputError with every problem of the
    file and of its scenarios; its subclass UnreadableError if there is nothing to read.
    """
    registry = plugins if isinstance(plugins, Registry) else load_plugins(plugins)
    found = resolve(name_or_path, folder)
    text = read_text(found.resource, found.file)
    data = parse(text, found.file)
    places = {path: Place(found.file, line) for path, line in line_map(text).items()}
    located = Located(data, {(): Place(found.file, 1), **places})
    return _Reading(located, found, folder, registry).sweep()


class _Reading:
    """One sweep file being read: the places of its keys, and what was found wrong so far."""

    def __init__(self, located: Located, found: Found, folder: str | Path | None, registry: Registry) -> None:
        self.located, self.found, self.folder, self.registry = located, found, folder, registry
        self.issues: list[Issue] = []
        #: Where each key that is varied was written, by its canonical name.
        self.varied: dict[str, KeyPath] = {}
        self.problems: list[Problem] = []

    def sweep(self) -> SweepFile:
        """The file, or InputError with all problems by line."""
        top = Reader(self.located.data, (), self.issues)
        top.finish(KEYS, "a sweep file")
        if not top.has("name"):
            hint = fitting_name(Path(self.found.file).stem) or "my-sweep"
            top.missing("name", "what the sweep is called in tables and reports", f'such as name = "{hint}"')
        name, description = read_head(top)
        if not top.has("sweep"):
            top.missing("sweep", "the table that says what is swept", "write [sweep]")
        # Without the table there is nothing to say of its keys: what this reader finds is not kept.
        reader = top.subtable("sweep") or Reader({}, ("sweep",), [])
        reader.finish(SWEEP_KEYS, "[sweep]")
        kind, sampling = _sampling(reader)
        worlds = _optional(reader, "worlds", limits.WORLDS)
        world_seed = _optional(reader, "world_seed", limits.SEED)
        keep = _keep(reader)
        swept = self._swept(reader)
        baseline = _baseline(reader, swept)
        outcomes = reader.members("outcomes", tuple(OUTCOMES), "known outcome", 0, ())
        vary = self._vary(reader, swept)
        self.stop()
        try:
            design, notices = planned_design(vary, kind, swept.scenarios, sampling, self.registry.mechanisms)
        except InputError as error:
            self.problems.extend(self._placed(problem) for problem in error.problems)
            raise InputError(self.problems) from None
        return SweepFile(
            name,
            description,
            swept.scenarios,
            vary.varied,
            sampling,
            design,
            worlds,
            world_seed,
            keep,
            baseline,
            outcomes,
            notices,
            self.found.origin,
        )

    def _swept(self, reader: Reader) -> Swept:
        years = _optional(reader, "years", limits.YEARS)
        citizens = _optional(reader, "citizens", limits.CITIZENS)
        return read_scenarios(
            reader, self.found, self.folder, self.registry, years, citizens, self.issues, self.problems
        )

    def _vary(self, reader: Reader, swept: Swept) -> Vary:
        if not reader.has("vary"):
            reader.missing("vary", "what is varied, with its values", 'such as "forum.quorum" = "2:6:5"')
        table = reader.subtable("vary")
        if table is None:
            return Vary(())
        if not table.table:
            reader.wrong("vary", "varies nothing", 'write "KEY" = VALUES, such as "forum.quorum" = "2:6:5"')
        found: list[Issue] = []
        specs = [(key, value, path) for key, path, value in _flat(table.table, "", _VARY)]
        keys = ((find_key(key, self.registry.mechanisms), path) for key, _, path in specs[:MAX_KEYS])
        self.varied = {key.name: path for key, path in keys if key is not None}
        # Without scenarios nothing can be said of what they start; they have problems of their own by then.
        vary = read_keys(specs, swept.scenarios if swept.complete else (), self.registry.mechanisms, found)
        self.problems.extend(limited([self._problem(issue) for issue in found]))
        return vary

    def stop(self) -> None:
        """Raise InputError with what was found wrong, in the order of lines, if anything was."""
        problems = [*(self._problem(issue) for issue in self.issues), *self.problems]
        if problems:
            raise InputError(sorted(problems, key=lambda problem: (problem.file or "", problem.line or 0)))

    def _problem(self, issue: Issue) -> Problem:
        place = self.located.place(issue.path)
        line = place.line if place else None
        return Problem(issue.message, self.found.file, line, key_text(issue.path) or None, issue.suggestion)

    def _placed(self, problem: Problem) -> Problem:
        """A problem of the design as one of the file, at the line of its key or of what is varied."""
        if problem.file is not None:
            return problem
        key = problem.key or "vary"
        path: KeyPath = ("sweep", key) if key in SWEEP_KEYS else self.varied.get(key, (*_VARY, key))
        place = self.located.place(path)
        shown = key_text(path) if place is not None and path in self.located.places else key
        return Problem(
            problem.message, self.found.file, place.line if place else None, shown, problem.suggestion
        )


def _flat(table: Mapping[str, object], prefix: str, path: KeyPath) -> Iterator[tuple[str, KeyPath, object]]:
    """Keys with their places and values: `forum.quorum` without quotes is a table within a table in TOML."""
    for name, value in table.items():
        key, place = prefix + name, (*path, name)
        if isinstance(value, dict) and value and not set(RANGE_KEYS) & value.keys():
            yield from _flat(value, f"{key}.", place)
        else:
            yield key, place, value


def _sampling(reader: Reader) -> tuple[Kind, Sampling]:
    chosen = reader.choice("design", KINDS, "grid")
    kind = next(kind for kind in KINDS if kind == chosen)
    _belongs(reader, "points", kind, ("latin-hypercube", "sobol", "morris", "saltelli"))
    _belongs(reader, "levels", kind, ("morris",))
    _belongs(reader, "second_order", kind, ("saltelli",))
    default = Sampling()
    second = reader.take("second_order")
    if second is not None and not isinstance(second, bool):
        reader.wrong("second_order", "must be true or false")
    return kind, Sampling(
        _optional(reader, "points", POINTS),
        reader.whole("levels", LEVELS, default.levels),
        second is True,
        reader.whole("seed", limits.SEED, default.seed),
    )


def _belongs(reader: Reader, key: str, kind: Kind, kinds: Sequence[Kind]) -> None:
    if reader.has(key) and kind not in kinds:
        reader.wrong(
            key, f'has no meaning for a design of kind "{kind}"', f"it belongs to {', '.join(kinds)}"
        )


def _optional(reader: Reader, key: str, allowed: limits.Limits) -> int | None:
    return reader.whole(key, allowed, int(allowed.low)) if reader.has(key) else None


def _keep(reader: Reader) -> Keep:
    chosen = reader.choice("keep", KEEPS, "monthly")
    return next(keep for keep in KEEPS if keep == chosen)


def _baseline(reader: Reader, swept: Swept) -> str | None:
    if not reader.has("baseline"):
        return None
    choices = [each.name for each in swept.scenarios]
    if not swept.complete:
        return reader.text("baseline", limits.MAX_DESCRIPTION) or None
    return reader.choice("baseline", choices, "") or None
