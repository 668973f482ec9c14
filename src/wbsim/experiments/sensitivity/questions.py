"""Survey questions asked again: what each world's citizens would answer, with all errors of a published figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wbsim.calibration.crew import Crew
from wbsim.calibration.evidence import KEPT, known
from wbsim.calibration.predict import Plan, predict
from wbsim.calibration.targets import simulated_logit, targets
from wbsim.chance.fitted import read
from wbsim.instruments.catalogue import Catalogue
from wbsim.instruments.figure import Figure
from wbsim.instruments.load import load_catalogue, load_figures
from wbsim.scenario.load import load
from wbsim.tables.calendar import HISTORY_END
from wbsim.tables.places import STATE_CODES

if TYPE_CHECKING:
    from wbsim.scenario.schema import Scenario

Values = NDArray[np.float64]

#: Respondents in each state (a usual size of national polls; assumed).
RESPONDENTS = 1000
#: Name of the survey: one that no posterior knows, so that it has a house effect of its own.
SURVEY = "asked again"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question put to every state that can be asked; `figures` are what would be published."""

    id: str
    wording: str
    figures: tuple[Figure, ...]

    @property
    def states(self) -> tuple[str, ...]:
        """Codes of the states that are asked."""
        return tuple(dict.fromkeys(figure.population for figure in self.figures))


def asked_again(posterior: Path, respondents: int) -> tuple[tuple[Asked, ...], Catalogue]:
    """Every question that has a published figure, in the same wording and for the same answers, in every state.

    Of answers of which some are sums of others, the first published are taken.
    """
    folder = posterior.parent
    if (folder / KEPT).is_dir():
        before = known(folder)
        figures: Sequence[Figure] = before.figures
        catalogue = before.catalogue
    else:
        catalogue = load_catalogue()
        figures = [figure for figure in load_figures(None, catalogue) if figure.used]
    answers: dict[str, list[tuple[str, ...]]] = {}
    for figure in figures:
        taken = answers.setdefault(figure.question, [])
        if figure.answers not in taken and not any(set(figure.answers) & set(other) for other in taken):
            taken.append(figure.answers)
    return tuple(_asked(name, each, catalogue, respondents) for name, each in answers.items()), catalogue


def _asked(name: str, answers: Sequence[tuple[str, ...]], catalogue: Catalogue, respondents: int) -> Asked:
    question = catalogue.question(name)
    assert question is not None, name  # Figures are read against their catalogue.
    figures = tuple(
        Figure(
            f"{name}.{'+'.join(chosen)}.{code}",
            name,
            chosen,
            code,
            (HISTORY_END,),
            50.0 / max(1, len(answers)),  # Any: errors are evaluated at what the model expects.
            respondents,
            SURVEY,
            "simulated",
            "calibration",
            "",
        )
        for code in STATE_CODES
        if question.can_ask(code)
        for chosen in answers
    )
    return Asked(name, question.wording, figures)


def not_possible(baseline: Scenario) -> str:
    """Why no question can be valued under `baseline`; empty where it can.

    A world of the comparison and of the hindcast must be the same world: both are the status quo's until the end of
    the history.
    """
    assumptions, usual = baseline.assumptions, load("status-quo").assumptions
    if not assumptions.fitted or assumptions.posterior is None:
        return "the comparison draws from priors, which no survey has narrowed yet: use a posterior"
    own, other = assumptions.resolved(), usual.resolved()
    changed = [name for name in own if name != "posterior" and own[name] != other[name]]
    if changed:
        return f"the baseline has assumptions of its own ({', '.join(changed)}), which surveys are not simulated under"
    if baseline.policies or baseline.events:
        return "the baseline has policies or events of its own, which surveys are not simulated under"
    return ""


def simulated_answers(
    baseline: Scenario,
    asked: Sequence[Asked],
    catalogue: Catalogue,
    worlds: int,
    seed: int,
    workers: int | None,
) -> list[Values] | None:
    """Logits (worlds, figures) of each question as each world would publish them; None if a world gave none.

    They hold wording, house effect, discrepancy and sampling error, as predictions of published figures do.
    """
    posterior = baseline.assumptions.posterior
    assert posterior is not None
    fitted = read(posterior.path, posterior.sha256)
    aim = targets([figure for each in asked for figure in each.figures], catalogue)
    with Crew(workers) as crew:
        found = predict(fitted, aim, HISTORY_END, Plan(worlds, seed, baseline.run.citizens), crew)
    if found.failed:
        return None
    logits = simulated_logit(found.percent)
    ends = np.cumsum([len(each.figures) for each in asked])[:-1]
    return list(np.split(logits, ends, axis=1))
