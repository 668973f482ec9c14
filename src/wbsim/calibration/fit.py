"""The calibration: from files of figures, questions and rates to posterior draws and everything said about them."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from wbsim import __version__
from wbsim.analogues.analogue import Analogue
from wbsim.analogues.fit import Channels
from wbsim.calibration import cooperation
from wbsim.calibration.alternatives import Alternative, alternatives
from wbsim.calibration.attitudes import Attitudes, Draws, Forward, fit_attitudes, likelihood
from wbsim.calibration.channels import channel_keys, fit_channels, gather
from wbsim.calibration.crew import Crew
from wbsim.calibration.cross_validate import CrossValidation, Kind, cross_validate
from wbsim.calibration.events import Events, event_keys, fit_events, points
from wbsim.calibration.free_run import free_run
from wbsim.calibration.hindcast import Survey, hindcast
from wbsim.calibration.measurement import Measured, measure
from wbsim.calibration.settings import Settings
from wbsim.calibration.space import space
from wbsim.calibration.stages import Stages
from wbsim.calibration.targets import Targets, targets
from wbsim.chance.fitted import Fitted
from wbsim.chance.posterior import Points, beside
from wbsim.inference import ensemble_sampler
from wbsim.inference.ensemble_sampler import Chains, sample_chains
from wbsim.inference.esmda import assimilate
from wbsim.inference.observation import ObservationError, independent_rows
from wbsim.inference.split import SplitCheck, check_split
from wbsim.instruments.catalogue import Catalogue
from wbsim.instruments.figure import Figure, fitted
from wbsim.instruments.rate import Rate
from wbsim.instruments.score import Score, to_fit
from wbsim.scenario.limits import LATEST_HISTORY_END
from wbsim.scenario.override import with_run
from wbsim.scenario.schema import Assumptions, Scenario
from wbsim.tables.calendar import HISTORY_END
from wbsim.tables.parameters import calibrated_table

Floats = NDArray[np.float64]

#: Told how many simulated worlds of how many are done, and what goes on.
Progress = Callable[[int, int, str], None]

#: First number of the steps that look for a second peak; each step has a seed of its own.
_HALVES = 100_000


@dataclass(frozen=True)
class Inputs:
    """What is fitted to. `origins` says where catalogue, figures and rates came from, with the hash of each.

    `analogues` are comparable institutions, which inform the channels, and `scores` those of the states' cooperation,
    which inform their effort.
    """

    catalogue: Catalogue
    figures: tuple[Figure, ...]
    rates: tuple[Rate, ...]
    origins: dict[str, str]
    analogues: tuple[Analogue, ...] = ()
    scores: tuple[Score, ...] = ()

    @property
    def aim(self) -> Targets:
        """The figures that enter the likelihood."""
        whole = targets(fitted(self.figures), self.catalogue)
        return whole.take(independent_rows(whole.table))


@dataclass(frozen=True)
class Calibration:
    """Everything that was found; `seconds` it took, `worlds` simulated.

    No `channels` and no `measured` cooperation where nothing informs them.
    """

    inputs: Inputs
    aim: Targets
    settings: Settings
    seed: int
    attitudes: Attitudes
    events: Events
    second: Chains
    split: SplitCheck
    left_out: dict[Kind, CrossValidation]
    alternatives: tuple[Alternative, ...]
    seconds: float
    worlds: int
    channels: Channels | None = None
    measured: Measured | None = None

    @property
    def fitted(self) -> Fitted:
        """The posterior as it is kept: blocks side by side, which no figure connects."""
        return self._kept(self.attitudes.draws, self.aim, self.settings)

    def alternative(self, other: Alternative) -> Fitted:
        """An alternative as it is kept."""
        return self._kept(other.draws, other.aim, other.settings)

    def _kept(self, draws: Draws, aim: Targets, settings: Settings) -> Fitted:
        number = len(draws.z)
        error = aim.error(settings.errors)
        names, months, drifts = walked(draws.drifts, aim, error)
        parts = [draws.z, self.events.draws[:number]]
        keys = (*self.attitudes.space.keys, *self.events.keys)
        if self.channels is not None:
            keys = (*keys, *self.channels.evidence.keys)
            parts.append(self.channels.draws[:number])
        scale = np.zeros((number, 0))
        if self.measured is not None:
            keys = (*keys, *self.measured.sample.keys)
            parts.append(self.measured.draws[:number])
            scale = np.column_stack([self.measured.level, self.measured.slope])[:number]
        return Fitted(
            keys=keys,
            z=_rounded(np.concatenate(parts, axis=1)),
            intercept_names=aim.intercept_names,
            intercepts=_rounded(draws.intercepts[:, aim.with_intercept]),
            house_names=aim.house_names(error),
            houses=_rounded(draws.houses),
            drift_names=names,
            drift_months=months.astype(np.float32),
            drifts=_rounded(drifts),
            scale=_rounded(scale),
        )


def walked(steps: Floats, aim: Targets, error: ObservationError) -> tuple[tuple[str, ...], Floats, Floats]:
    """Names and months (N,) at which drifts were seen, and their values (M, N) there, from their steps."""
    names: list[str] = []
    months, values, first = [np.zeros(0)], [np.zeros((len(steps), 0))], 0
    for walk in error.walks:
        width = len(walk.nodes) - 1
        names += [aim.walk_name(walk)] * len(walk.nodes)
        months.append(walk.nodes)
        values.append(walk.values(steps[:, first : first + width]))
        first += width
    return tuple(names), np.concatenate(months), np.concatenate(values, axis=1)


def calibrate(
    inputs: Inputs,
    settings: Settings,
    seed: int,
    crew: Crew,
    *,
    scenario: Scenario | None = None,
    folder: Path | None = None,
    progress: Progress | None = None,
) -> Calibration:
    """Fit the model to `inputs`.

    `scenario` gives the structural variants and the assumptions of what is not calibrated, by default the
    usual ones and the priors. Finished pieces are kept in `folder`, from which a later call goes on.
    """
    started = time.monotonic()
    aim = inputs.aim
    base = bare() if scenario is None else _without_policies(scenario)
    job = _Job(inputs, aim, settings, seed, crew, base, folder, progress)
    generator = np.random.default_rng(seed)
    events = job.fit_events(np.random.default_rng([seed, 1]))
    attitudes = fit_attitudes(aim, job.forward, settings, generator)
    second = _second(attitudes, aim, settings, generator)
    split = job.check_split(attitudes)
    dynamics = attitudes.dynamics[::2]
    job.say("predicting figures that are left out")
    left_out = cross_validate(
        attitudes.surface, aim, attitudes.expected, settings, dynamics, np.random.default_rng([seed, 3])
    )
    job.say("the posterior without each survey, and with twice the discrepancy")
    others = alternatives(attitudes.surface, aim, settings, np.random.default_rng([seed, 5]))
    channels = job.fit_channels(attitudes, events, np.random.default_rng([seed, 6]))
    measured = job.fit_cooperation(attitudes, events, channels, np.random.default_rng([seed, 7]))
    seconds = time.monotonic() - started
    return Calibration(
        inputs,
        aim,
        settings,
        seed,
        attitudes,
        events,
        second,
        split,
        left_out,
        others,
        seconds,
        job.done,
        channels,
        measured,
    )


def bare() -> Scenario:
    """No policy, and everything that is not calibrated from its prior."""
    return Scenario(name="calibration", assumptions=Assumptions(source="prior"))


def _without_policies(scenario: Scenario) -> Scenario:
    """Its assumptions alone: policies and events of its future have no part in what was observed."""
    base = bare()
    run = base.run.model_copy(update={"years": max(base.run.years, scenario.run.years)})
    return base.model_copy(update={"assumptions": scenario.assumptions, "run": run})


def planned_worlds(settings: Settings, institutions: int = 0) -> int:
    """Worlds that a calibration simulates at most, to so many institutions."""
    ensemble = settings.members * (settings.steps + settings.refits + 1)
    check = min(settings.wave, settings.draws)
    halves = 2 * settings.halves * settings.steps
    channels = institutions * settings.institutions if channel_keys() else 0
    return settings.prior + ensemble + check + settings.free + halves + channels


class _Job:
    """The simulations of one calibration."""

    def __init__(
        self,
        inputs: Inputs,
        aim: Targets,
        settings: Settings,
        seed: int,
        crew: Crew,
        base: Scenario,
        folder: Path | None,
        progress: Progress | None,
    ) -> None:
        self.inputs, self.aim, self.settings, self.seed, self.crew = inputs, aim, settings, seed, crew
        self.base, self.progress, self.done = _until_asked(base, aim), progress, 0
        self.space = space()
        identity = {
            "version": __version__,
            "model": model_sha256(),
            "table": calibrated_table(),
            "assumptions": self.base.assumptions.resolved(),
            "figures": [str(figure) for figure in aim.figures],
            "questions": sorted(map(str, aim.questions.values())),
            "rates": [str(rate) for rate in inputs.rates],
            "analogues": [str(each) for each in inputs.analogues],
            "scores": [str(each) for each in to_fit(inputs.scores)],
            "settings": asdict(settings),
            "seed": seed,
        }
        self.stages = Stages(folder, identity)

    def forward(self, z: Floats, step: int) -> Floats:
        """Logits (n, K) at points (n, D); the first steps have few citizens, the later ones all of them."""
        citizens = (
            self.settings.few if step < self.settings.steps or step >= _HALVES else self.settings.citizens
        )
        if step == self.settings.steps + self.settings.refits + 1:
            citizens = self.settings.few
        survey = Survey(with_run(self.base, citizens=citizens), self.aim.figures, self.aim.questions)
        label = self._label(step)
        return self.stages.keep(
            f"step-{step}",
            z,
            lambda: hindcast(
                survey, self.space.points(z), self._seed(step), self.crew, lambda n: self._tell(n, label)
            ),
        )

    def fit_events(self, generator: np.random.Generator) -> Events:
        """The posterior of the parameters of events."""
        settings = self.settings
        z = generator.standard_normal((settings.free, len(event_keys())))
        label = "how many crises the model makes by chance"
        counts = self.stages.keep(
            "free",
            z,
            lambda: free_run(
                self.base,
                self.inputs.rates,
                points(z),
                self._seed(999),
                self.crew,
                lambda n: self._tell(n, label),
            ),
        )
        return fit_events(self.inputs.rates, z, counts, settings.particles, settings.draws, generator)

    def fit_channels(
        self, attitudes: Attitudes, events: Events, generator: np.random.Generator
    ) -> Channels | None:
        """The posterior of the channels' parameters; None where none is fitted, or there is nothing to fit to."""
        keys, settings = channel_keys(), self.settings
        if not keys or not self.inputs.analogues:
            return None
        label = "what the model gives for comparable institutions"
        others = beside(Points(attitudes.space.keys, attitudes.draws.z), Points(events.keys, events.draws))
        evidence = gather(
            self.base,
            self.inputs.analogues,
            keys,
            others,
            settings.institutions,
            self._seed(998),
            self.crew,
            self.stages,
            lambda n: self._tell(n, label),
        )
        return fit_channels(evidence, settings.particles, settings.draws, generator)

    def fit_cooperation(
        self,
        attitudes: Attitudes,
        events: Events,
        channels: Channels | None,
        generator: np.random.Generator,
    ) -> Measured | None:
        """The posterior of the states' residual effort; None where no score is there to be fitted to."""
        scores, settings = to_fit(self.inputs.scores), self.settings
        if not scores:
            return None
        self.say("the effort of states at points of the prior, for scores of their cooperation")
        others = [Points(attitudes.space.keys, attitudes.draws.z), Points(events.keys, events.draws)]
        if channels is not None:
            others.append(Points(channels.evidence.keys, channels.draws))
        sample = cooperation.gather(
            self.base, beside(*others), settings.scores, self._seed(997), self.crew, self.stages
        )
        return measure(sample, scores, settings.draws, generator)

    def check_split(self, attitudes: Attitudes) -> SplitCheck:
        """Is there a second peak along the direction of the dynamics that the figures say most about?

        Small ensembles from halves of a prior end apart even on one peak. How far is measured by the same members and
        perturbations on the emulator, which has one: that gap is the one to expect.
        """
        where, surface = attitudes.space, attitudes.surface
        values, vectors = np.linalg.eigh(np.cov(attitudes.dynamics.T))
        direction = np.zeros(len(where.keys))
        direction[where.dynamic] = vectors[:, int(np.argmin(values))]
        steps = self.settings.steps
        covariance = self.aim.error(self.settings.errors, attitudes.expected).total()
        calls = iter(range(_HALVES, 10 * _HALVES, steps))
        still, residual = np.zeros(len(surface.residual)), surface.residual
        noise = np.random.default_rng([self.seed, 5])

        def from_simulator(members: Floats, source: np.random.Generator) -> Floats:
            first = next(calls)
            return moved(members, source, lambda z, step: self.forward(z, first + step))

        def from_emulator(members: Floats, source: np.random.Generator) -> Floats:
            return moved(
                members,
                source,
                lambda z, _: (
                    surface.quadratic.predict(z)
                    + noise.multivariate_normal(still, residual, len(z), check_valid="ignore", method="eigh")
                ),
            )

        def moved(members: Floats, source: np.random.Generator, forward: Forward) -> Floats:
            alphas = (float(steps),) * steps
            return assimilate(forward, members, self.aim.observed, covariance, source, alphas).members

        found, reference = (
            check_split(
                infer,
                attitudes.draws.z,
                direction,
                self.settings.halves,
                np.random.default_rng([self.seed, 4]),
            )
            for infer in (from_simulator, from_emulator)
        )
        return replace(found, expected=reference.gap, error=float(np.hypot(found.error, reference.error)))

    def _label(self, step: int) -> str:
        last = self.settings.steps + self.settings.refits
        if step < self.settings.steps:
            return f"moving an ensemble towards the figures, step {step + 1} of {self.settings.steps}"
        if step <= last:
            return f"simulating at draws, round {step - self.settings.steps + 1}"
        if step == last + 1:
            return "what the prior expects"
        return "a check with fresh chance" if step == last + 2 else "looking for a second peak"

    def _seed(self, step: int) -> int:
        return int(np.random.SeedSequence([self.seed, step]).generate_state(1, np.uint64)[0])

    def say(self, label: str) -> None:
        """Tell what goes on where nothing is simulated."""
        self._tell(0, label)

    def _tell(self, worlds: int, label: str) -> None:
        self.done += worlds
        if self.progress is not None:
            self.progress(
                self.done, max(planned_worlds(self.settings, len(self.inputs.analogues)), self.done), label
            )


def _until_asked(base: Scenario, aim: Targets) -> Scenario:
    """The scenario with the dated events of the data forced as long as figures of a user's own were asked."""
    last = max((figure.months[-1] for figure in aim.figures), default=HISTORY_END)
    until = min(max(last, base.assumptions.history_until), LATEST_HISTORY_END)
    assumptions = base.assumptions.model_copy(update={"history_until": until})
    return base.model_copy(update={"assumptions": assumptions})


def _rounded(values: Floats) -> NDArray[np.float32]:
    """To thousandths (of a prior sd), which halves the file."""
    return np.asarray(np.round(values * 1024.0) / 1024.0, dtype=np.float32)


def _second(attitudes: Attitudes, aim: Targets, settings: Settings, generator: np.random.Generator) -> Chains:
    """The dynamics by another algorithm on the same emulator, for the record."""
    surface = attitudes.surface
    density = likelihood(surface, aim, aim.error(settings.errors, attitudes.expected))
    width = len(surface.space.dynamic)
    start = generator.standard_normal((max(10 * width, settings.chains), width))
    return sample_chains(
        lambda dynamics: density(surface.centre(dynamics)),
        start,
        generator,
        ensemble_sampler.Settings(settings.chains, settings.generations, settings.generations // 2),
    )


def model_sha256() -> str:
    """A hash over the source of everything that simulates or fits, and the data that it reads."""
    root = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    parts = (
        "kernels.py",
        "chance",
        "model",
        "tables",
        "inference",
        "instruments",
        "analogues",
        "calibration",
    )
    for part in parts:
        place = root / part
        for path in sorted([place] if place.is_file() else place.rglob("*")):
            if path.suffix in (".py", ".csv"):
                digest.update(f"{path.relative_to(root).as_posix()}\n".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
