"""`wbsim calibrate`: fit the model to figures and event rates, and say what they did and did not teach."""

from __future__ import annotations

import json as plain_json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wbsim.cli.options import Json
from wbsim.paths import user_path

if TYPE_CHECKING:
    from rich.console import Console

    from wbsim.calibration.fit import Inputs, Progress

#: Written beside draws and record.
DIAGNOSTICS, PAGE = "diagnostics.json", "diagnostics.html"


def calibrate(
    *,
    figures: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Figures to fit to. [default: the package's]")
    ] = None,
    questions: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Questions that they answer. [default: the package's]")
    ] = None,
    rates: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Event rates. [default: the package's]")
    ] = None,
    analogues: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Comparable institutions to fit to. [default: the package's]"),
    ] = None,
    scores: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Scores of cooperation to fit to. [default: the package's]"),
    ] = None,
    scenario: Annotated[
        str | None,
        typer.Option(
            metavar="SCENARIO", help="A scenario whose structural variants and assumptions are fitted under."
        ),
    ] = None,
    out: Annotated[
        Path,
        typer.Option(
            metavar="DIR", help="Folder for draws, record and page; finished pieces go on from there."
        ),
    ] = Path("calibration"),
    replace: Annotated[
        bool, typer.Option("--replace", help="Put the result in the place of an earlier one.")
    ] = False,
    seed: Annotated[int, typer.Option(metavar="N", min=0, max=2**32 - 1, help="Seed of all chance.")] = 1,
    workers: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Worker processes. [default: usable cores]")
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="A rough posterior in about two minutes, for a first look.")
    ] = False,
    json: Json = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notices.")] = False,
) -> None:
    """Fit the model to published figures and event rates: posterior draws, and what the data taught.

    Rows marked validation are not fitted. Results go to --out, never into the package; use them with
    `--posterior DIR` or `posterior = "DIR"` in a scenario.
    """
    from rich.console import Console

    from wbsim.calibration.crew import Crew
    from wbsim.calibration.diagnostics import diagnostics, record
    from wbsim.calibration.emulated import EMULATOR, emulated, write_emulated
    from wbsim.calibration.fit import calibrate as fit
    from wbsim.calibration.fit import planned_worlds
    from wbsim.calibration.read import keep_inputs
    from wbsim.calibration.settings import SMALL, Settings
    from wbsim.chance.fitted import write
    from wbsim.cli.output import print_json
    from wbsim.instruments.score import to_fit
    from wbsim.scenario.load import load
    from wbsim.scenario.posterior import ALTERNATIVES

    inputs = _inputs(figures, questions, rates, analogues, scores)
    folder = _folder(out, replace=replace)
    settings = SMALL if quick else Settings()
    base = load(scenario) if scenario else None
    notices = Console(stderr=True, highlight=False)
    if not quiet:
        time = _usual_time(len(inputs.analogues), quick=quick)
        notices.print(
            f"Fitting {len(inputs.aim.figures)} figures, {len(inputs.rates)} event rates and "
            f"{len(to_fit(inputs.scores))} scores of cooperation with up to "
            f"{planned_worlds(settings, len(inputs.analogues)):,} simulated worlds: about {time} "
            f"on two cores. Finished pieces are kept in {folder / 'work'}: stopped, the command goes on from there.",
            soft_wrap=True,
        )
    with Crew(workers) as crew:
        found = fit(
            inputs,
            settings,
            seed,
            crew,
            scenario=base,
            folder=folder,
            progress=_progress(notices, quiet=quiet),
        )
    from wbsim.report.calibration import calibration_tables
    from wbsim.report.calibration_page import write_page

    shown = diagnostics(found)
    keep_inputs(folder, figures, questions, rates, analogues, scores)
    write(found.fitted, record(found), folder)
    if found.channels is not None:
        from wbsim.analogues import store

        store.write(found.channels.evidence, folder)
    write_emulated(emulated(found.attitudes, found.aim.ids), folder)
    # Those of an earlier fit would be taken for this one's.
    shutil.rmtree(folder / ALTERNATIVES, ignore_errors=True)
    for other in found.alternatives:
        place = folder / ALTERNATIVES / other.name
        place.mkdir(parents=True, exist_ok=True)
        write(found.alternative(other), record(found, other), place)
    (folder / DIAGNOSTICS).write_text(
        plain_json.dumps(shown, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    write_page(shown, folder / PAGE)
    if json:
        print_json({"folder": str(folder), "sha256": found.fitted.sha256, **shown})
        return
    console = Console(highlight=False)
    for table in calibration_tables(shown):
        console.print(table)
    console.print(f"posterior: {folder}/posterior.json", markup=False, soft_wrap=True)
    console.print(f"diagnostics: {folder}/{PAGE}", markup=False, soft_wrap=True)
    console.print(f"design points, outputs and emulator: {folder}/{EMULATOR}", markup=False, soft_wrap=True)
    console.print(f"sha256: {found.fitted.sha256}", markup=False)


def _usual_time(institutions: int, *, quick: bool) -> str:
    """How long it takes on two cores, in words; simulating institutions takes longer than all else."""
    from wbsim.calibration.channels import channel_keys

    if institutions and channel_keys():
        return "two minutes" if quick else "ten minutes"
    return "half a minute" if quick else "two to four minutes"


def _inputs(
    figures: Path | None,
    questions: Path | None,
    rates: Path | None,
    analogues: Path | None,
    scores: Path | None,
) -> Inputs:
    from wbsim.calibration.read import read_inputs

    return read_inputs(figures, questions, rates, analogues, scores)


def _folder(out: Path, *, replace: bool) -> Path:
    from wbsim.errors import InputError, Problem
    from wbsim.scenario.posterior import RECORD

    folder = user_path(out).absolute()
    if (folder / RECORD).exists() and not replace:
        raise InputError(
            Problem(
                "holds a posterior already",
                file=str(out),
                key="--out",
                suggestion="name another folder, or say --replace",
            )
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            Problem(
                f"cannot be made: {error.strerror}",
                file=str(out),
                key="--out",
                suggestion="name another folder",
            )
        ) from None
    return folder


def _progress(console: Console, *, quiet: bool) -> Progress | None:
    """Tell each new step, and the time left, on standard error."""
    if quiet:
        return None
    from wbsim.cli.progress import plain_lines

    lines = plain_lines(console)
    said: dict[str, Any] = {"label": ""}

    def tell(done: int, total: int, label: str) -> None:
        if label != said["label"]:
            said["label"] = label
            console.print(label, highlight=False)
        lines(done, total)

    return tell
