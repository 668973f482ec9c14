"""The whole chain on twelve figures: the same whatever runs it, and of use to scenarios."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import wbsim
from tests.calibration.tiny import TINY, tiny, tiny_inputs
from wbsim.calibration import fit as module
from wbsim.calibration.crew import Crew
from wbsim.calibration.diagnostics import diagnostics, record
from wbsim.calibration.fit import Calibration, bare, calibrate, planned_worlds
from wbsim.calibration.hindcast import Survey
from wbsim.chance.fitted import posterior_of, write
from wbsim.chance.posterior import coordinates
from wbsim.scenario.load import load
from wbsim.scenario.override import with_run
from wbsim.scenario.posterior import find_posterior, learnt
from wbsim.scenario.schema import Policy, Scenario


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("calibration")


@pytest.fixture(scope="module")
def found(folder: Path) -> Calibration:
    return tiny(folder)


@pytest.fixture
def no_simulation(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Counts the calls of the simulator, which answer with an error."""
    called: list[str] = []

    def simulated(*_: object, **__: object) -> np.ndarray:
        called.append("simulated")
        raise AssertionError("simulated again")

    monkeypatch.setattr(module, "hindcast", simulated)
    monkeypatch.setattr(module, "free_run", simulated)
    return called


def test_draws_are_of_every_calibrated_number_intercept_and_house(found: Calibration) -> None:
    kept = found.fitted
    # Without institutions and with no score but those that are kept back, what they inform keeps its prior.
    expected = coordinates("level", "dynamic", "event")
    assert set(kept.keys) == set(expected) and len(kept.keys) == len(expected)
    assert kept.z.shape == (TINY.draws, len(kept.keys)) and kept.scale.shape == (TINY.draws, 0)
    assert kept.intercepts.shape == (TINY.draws, len(found.aim.intercept_names))
    assert kept.house_names[: len(found.aim.surveys)] == found.aim.surveys
    assert kept.houses.shape == (TINY.draws, len(kept.house_names))
    # Every answer drifts from the month in which it was first asked, with which its walk begins.
    first = [n for n, name in enumerate(kept.drift_names) if kept.drift_names.index(name) == n]
    assert not kept.drifts[:, first].any() and set(found.aim.intercept_names) <= {
        *kept.drift_names,
        *(name for name in found.aim.answers if name.startswith("rest of ")),
    }
    assert all(np.isfinite(each).all() for each in (kept.z, kept.intercepts, kept.houses, kept.drifts))
    # Rounds end early where the posterior has settled.
    rounds = len(found.attitudes.calibrated.rounds)
    assert found.worlds == planned_worlds(TINY) - (TINY.refits + 1 - rounds) * TINY.members


def test_with_finished_pieces_nothing_is_simulated_again(
    found: Calibration, folder: Path, no_simulation: list[str]
) -> None:
    again = tiny(folder)
    assert again.fitted.sha256 == found.fitted.sha256
    assert (again.worlds, no_simulation) == (0, [])


def test_another_seed_uses_none_of_the_pieces(
    found: Calibration, folder: Path, no_simulation: list[str]
) -> None:
    with pytest.raises(AssertionError, match="simulated again"):
        tiny(folder, seed=2)
    assert no_simulation == ["simulated"]


def test_stopped_halfway_it_goes_on_to_the_same_result(
    found: Calibration, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder with the pieces of the first two steps, one of them cut, on two processes."""
    (tmp_path / "work").mkdir()
    pieces = sorted((folder / "work").glob("step-[01]-*")) + sorted((folder / "work").glob("free-*"))
    assert len(pieces) == 3
    for piece in pieces:
        (tmp_path / "work" / piece.name).write_bytes(piece.read_bytes())
    cut = tmp_path / "work" / pieces[1].name
    cut.write_bytes(cut.read_bytes()[:300])
    monkeypatch.setattr("wbsim.calibration.hindcast.BLOCK", 32)
    again = tiny(tmp_path, workers=2)
    assert again.fitted.sha256 == found.fitted.sha256
    assert again.worlds == found.worlds - TINY.free - TINY.members
    assert json.dumps(_timeless(again)) == json.dumps(_timeless(found))


def _timeless(found: Calibration) -> dict[str, object]:
    return {key: value for key, value in diagnostics(found).items() if key not in ("seconds", "worlds")}


def test_a_scenario_draws_from_what_was_found(found: Calibration, tmp_path: Path) -> None:
    write(found.fitted, record(found), tmp_path)
    file = find_posterior(tmp_path)
    assert (file.sha256, file.draws) == (found.fitted.sha256, TINY.draws)
    assert set(learnt(file)) == set(found.fitted.keys)
    scenario = tmp_path / "mine.toml"
    scenario.write_text('name = "mine"\nassumptions.posterior = "."\n')
    case = with_run(load(scenario), citizens=40, years=1)
    assert case.assumptions.posterior == file
    mine = wbsim.run(case, worlds=3, workers=1)
    bundled = wbsim.run(with_run(load("status-quo"), citizens=40, years=1), worlds=3, workers=1)
    again = wbsim.run(
        with_run(load("status-quo"), citizens=40, years=1), worlds=3, workers=1, posterior=tmp_path
    )
    assert mine.summary()["outcomes"] == again.summary()["outcomes"] != bundled.summary()["outcomes"]
    np.testing.assert_array_equal(posterior_of(file).z, found.fitted.z.astype(float))


def test_everything_that_is_shown_is_plain_data_without_nan(found: Calibration) -> None:
    shown = json.loads(json.dumps(diagnostics(found), allow_nan=False))
    json.dumps(record(found), allow_nan=False)
    assert [row["id"] for row in shown["figures"]] == list(found.aim.ids)
    for row in shown["figures"]:
        for name in ("prior", "simulated", "predicted"):
            low, median, high = row[name]
            assert 0 <= low <= median <= high <= 100
    assert {row["key"] for row in shown["parameters"]} == set(found.fitted.keys)
    counts = shown["counts"]
    assert counts["identified"] + counts["weak"] + counts["not_identified"] == counts["calibrated"]
    assert (counts["figures"], counts["rates"]) == (len(found.aim.figures), 9)
    levels = {row["id"] for row in shown["figures"] if row["intercept_sd"] is None}
    assert levels == {name for name, level in zip(found.aim.ids, found.aim.levelled, strict=True) if level}
    assert len(shown["rates"]) == 9 and all(row["observed"] >= 0 for row in shown["rates"])


def test_figures_that_are_not_fitted_change_nothing(
    found: Calibration, folder: Path, no_simulation: list[str]
) -> None:
    inputs = tiny_inputs()
    extra = tuple(
        replace(
            inputs.figures[n],
            id=f"extra-{n}",
            value=1.0,
            survey="Later 2023",
            months=("2023-06",),
            split=split,
        )
        for n, split in enumerate(("validation", "context"))
    )
    with Crew(1) as crew:
        again = calibrate(replace(inputs, figures=(*extra, *inputs.figures)), TINY, 1, crew, folder=folder)
    assert again.fitted.sha256 == found.fitted.sha256
    assert no_simulation == []


def test_of_a_scenario_its_assumptions_count_and_neither_its_policies_nor_its_years(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    simulated: list[Survey] = []

    class StoppedError(Exception):
        pass

    def stop(scenario: object, *_: object) -> np.ndarray:
        simulated.append(scenario)  # type: ignore[arg-type]
        raise StoppedError

    monkeypatch.setattr(module, "free_run", stop)
    base = load("status-quo")
    variants = {**base.assumptions.variants, "trust_rule": "two-types"}
    case = with_run(base, years=1).model_copy(
        update={
            "policies": (Policy(mechanism="forum"),),
            "assumptions": base.assumptions.model_copy(update={"variants": variants}),
        }
    )
    for scenario in (None, case):
        with pytest.raises(StoppedError):
            tiny(scenario=scenario)
    plain, own = simulated
    # The history that is forced lasts as long as the figures, which are not younger than it.
    assert plain == bare()
    assert own.assumptions == case.assumptions and own.policies == () and own.run == bare().run  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("month", "until"),
    [("2020-03", "2022-12"), ("2022-12", "2022-12"), ("2023-05", "2023-05"), ("2025-01", "2023-12")],
)
def test_events_of_the_data_are_forced_until_the_last_figure_was_asked(
    month: str, until: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Scenario] = []

    def stop(scenario: Scenario, *_: object) -> np.ndarray:
        seen.append(scenario)
        raise InterruptedError

    monkeypatch.setattr(module, "free_run", stop)
    inputs = tiny_inputs()
    late = replace(inputs.figures[-1], id="late", months=(month,), survey="A wave of ones own")
    with Crew(1) as crew, pytest.raises(InterruptedError):
        calibrate(replace(inputs, figures=(*inputs.figures, late)), TINY, 1, crew)
    assert [each.assumptions.history_until for each in seen] == [until]
