"""What surveys asked, and which published figure answers which question: one record each, none left out.

Every row of survey_figures.csv that the paper quotes is bound to a question, collapsed with another row, or
shown without being modelled, with the reason. A figure without a known month has a range of months, all
equally likely.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from wbsim.tables.calendar import month_number, month_text
from wbsim.tables.places import DOMAIN_NAMES
from wbsim.tables.record import Prior, empty_fields

QuestionType = Literal[
    "agree", "ordered", "first", "second", "multiple", "expectation", "attribution", "level"
]
Measure = Literal[
    "support", "support-with", "closer", "harm", "threat", "trust", "safety", "outlook", "blame"
]

#: The regional figure: the unweighted mean of the six states. Assumed: the reports do not say how they
#: weight.
REGION_POPULATION = "WB6"
#: Standard deviation of the intercept of a wording asked once, and of one asked of several states or in
#: several waves.
SINGLE_SD, SHARED_SD = 0.7, 0.3

#: Answers of questions of type `expectation` and `attribution`, in the order of their arrays.
OUTLOOKS = ("better", "same", "worse")
BLAMED = ("politicians", "powers", "peoples", "other")


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was asked, and what in a simulated citizen answers it.

    `type`: how an attitude becomes an answer. agree: share over the intercept; level: the same without an
    intercept, because a parameter of the model holds the level; ordered: `categories` from low to high
    between `cuts` (logit); first, second: the item chosen first or second; multiple: each item over an
    intercept of its own; expectation: better, same, worse (C4); attribution: who is to blame (C5).
    `measures`: the attitude. support: for cooperation in the domains `items`; support-with: the same over all
    domains with trust in the states `items` in the place of mean trust; closer, harm: the read-outs of C3;
    threat: the threats `items`, where a state's code stands for mistrust of it; trust: in the states `items`;
    safety, outlook (C4); blame (C5). Several items are averaged, except where each is an answer of its own.
    `intercept`: questions with the same one share their intercepts, for instance the two places of one
    ranking. `sd`: standard deviation of the normal prior, with mean 0, of each intercept (logit). `reason`:
    why this reading.
    """

    id: str
    wording: str
    type: QuestionType
    measures: Measure
    items: tuple[str, ...]
    categories: tuple[str, ...]
    intercept: str
    sd: float
    reason: str
    cuts: tuple[float, ...] = ()

    @property
    def prior(self) -> Prior:
        """The prior of each intercept, in logits."""
        return Prior("normal", 0.0, self.sd)

    @property
    def intercepts(self) -> tuple[str, ...]:
        """Names of the intercepts: none where a parameter holds the level, else one, or one an item."""
        match self.type:
            case "level" | "expectation":
                return ()
            case "agree" | "ordered":
                return (self.intercept,)
            case "attribution":
                # The last answer is what the others are measured against.
                return tuple(f"{self.intercept}.{name}" for name in self.categories[:-1])
            case "first" | "second" | "multiple":
                return tuple(f"{self.intercept}.{item}" for item in self.items)


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey: its possible months of fieldwork, `first` to `last`, and its sample in one state."""

    name: str
    first: str
    last: str
    fieldwork: str
    sample: int
    sample_source: str

    @property
    def months(self) -> tuple[str, ...]:
        """The possible months of fieldwork, all equally likely."""
        return tuple(month_text(n) for n in range(month_number(self.first), month_number(self.last) + 1))


@dataclass(frozen=True, slots=True)
class Figure:
    """A published figure: `value` percent of `population` gave one of `categories` of `question`, or agreed.

    `months` (YYYY-MM) that may hold the fieldwork, all equally likely. `n`: respondents. `used` is False for
    the other reading of a row that can be read in two ways. `row`: its row in survey_figures.csv.
    """

    id: str
    row: str
    question: str
    categories: tuple[str, ...]
    population: str
    months: tuple[str, ...]
    value: float
    n: int
    survey: str
    source: str
    reading: str
    used: bool = True


@dataclass(frozen=True, slots=True)
class Unmodelled:
    """A published figure that no question of the model answers.

    `kind` is collapsed (another row holds it: `reason` names it) or shown (outside what the model holds).
    """

    row: str
    kind: Literal["collapsed", "shown"]
    population: str
    value: float
    survey: str
    statement: str
    source: str
    reason: str


_ASB = "Albanian Security Barometer 2022 (CSDG)"
_IRI = "IRI/CISR 2022 Western Balkans Regional Survey"
_SECURIMETER = "SecuriMeter 2022 (RCC)"
_SECURIMETER_2021 = "SecuriMeter 2021 (RCC), as reported in SecuriMeter 2022"

SURVEYS: dict[str, Survey] = {
    survey.name: survey
    for survey in (
        Survey(
            _ASB, "2022-03", "2022-06",
            "not published in what was read: it asks about the war in Ukraine and was presented in June 2022",
            1000, "assumed: the usual size of a national sample",
        ),
        Survey(
            _IRI, "2022-01", "2022-02", "January and February 2022, mostly before the invasion of Ukraine",
            1400, "7,012 interviews in five countries, assumed to be even",
        ),
        Survey(
            _SECURIMETER, "2022-03", "2022-11",
            "not published in what was read: a report of 2022 that the paper reads as an answer to the "
            "invasion",
            1000, "assumed from the other rounds: over 6,000 interviews in six economies",
        ),
        Survey(
            _SECURIMETER_2021, "2021-02", "2021-02", "28 January to 19 February 2021",
            1000, "over 6,000 interviews in six economies",
        ),
    )
}  # fmt: skip

_RANKED = ("war", "organised-crime", "corruption", "terrorism", "migration", "disasters", "cyber", "pandemic")
_IMPACTS = ("war", "organised-crime", "migration", "disasters", "pandemic", "poverty")
_FOUNDERS = ("SRB", "ALB", "MKD")

_RECORDS = (
    Question(
        "asb-closer", "Albania should develop closer cooperation with all Balkan countries", "level",
        "closer",
        DOMAIN_NAMES, ("agree",), "asb-closer", SINGLE_SD,
        "the read-out of C3 for this very item; the parameter closer_offset holds its level",
    ),
    Question(
        "asb-harm",
        "Relations between the Balkan states are currently affected by the lack of cooperation", "level",
        "harm", DOMAIN_NAMES, ("agree",), "asb-harm", SINGLE_SD,
        "the reverse of the denial of C3; the parameter deny_base holds its level, the undecided count as "
        "denying",
    ),
    Question(
        "asb-with-serbia",
        "Stability of the Balkans would benefit from greater Albania-Serbia cooperation", "agree",
        "support-with", ("SRB",), ("agree",), "asb-with-serbia", SINGLE_SD,
        "support for cooperation with one named state: trust in it takes the place of mean trust in C3",
    ),
    Question(
        "securimeter-more-cooperation",
        "More regional cooperation is needed, especially for complex security problems (organised and "
        "financial "
        "crime, terrorism, migrants' influx)",
        "agree", "support", ("organised-crime", "terrorism", "borders"), ("agree",),
        "securimeter-more-cooperation",
        SINGLE_SD, "support for cooperation (C3), mean of the domains that the wording names",
    ),
    Question(
        "open-balkan", "Do you support the Open Balkan initiative?", "ordered", "support-with", _FOUNDERS,
        ("not", "somewhat", "fully"), "open-balkan", SHARED_SD,
        "support for cooperation (C3) with the initiative's founders; that half of a leaning public "
        "supports it fully "
        "is an assumption in the second cut",
        (0.0, 1.2),
    ),
    Question(
        "asb-cooperation-field", "Field on which closer cooperation with Balkan countries should focus",
        "first",
        "support", DOMAIN_NAMES, DOMAIN_NAMES, "asb-cooperation-field", SINGLE_SD,
        "the domain in which support for cooperation (C3) is strongest; borders stand for the rest of the "
        "answers",
    ),
    Question(
        "securimeter-impact", "Which of these has a negative impact on your own feeling of security?",
        "multiple",
        "threat", _IMPACTS, _IMPACTS, "securimeter-impact", SHARED_SD,
        "each threat perception (C1) over a threshold of its own; anchors already sit at the levels of 2021",
    ),
    Question(
        "asb-most-serious", "The most serious security threat to Albania", "first", "threat", _RANKED,
        _RANKED,
        "asb-threat-ranking", SINGLE_SD,
        "choice of the strongest of the threat perceptions (C1) that the list holds",
    ),
    Question(
        "asb-second-most-serious", "The second most serious security threat to Albania", "second",
        "threat", _RANKED,
        _RANKED, "asb-threat-ranking", SINGLE_SD,
        "the second place of the same ranking, with the same intercepts",
    ),
    Question(
        "asb-threatening-states", "Which of these countries is a threat to the security of Albania?",
        "multiple",
        "threat", ("russia", "SRB"), ("russia", "SRB"), "asb-threatening-states", SINGLE_SD,
        "Russia by its own threat perception (C1), a state of the region by mistrust of it (C2); several "
        "answers could "
        "be given",
    ),
    Question(
        "asb-concern-domestic",
        "Concerned for own future personal security because of developments in Albania",
        "agree", "threat", ("organised-crime", "corruption"), ("agree",), "asb-concern-domestic", SINGLE_SD,
        "the threats (C1) that arise within the country",
    ),
    Question(
        "asb-concern-international",
        "Concerned for own future personal security because of international developments", "agree", "threat",
        ("war", "russia"), ("agree",), "asb-concern-international", SINGLE_SD,
        "the threats (C1) that come from other countries",
    ),
    Question(
        "iri-opinion-albania", "Your opinion of Albania", "ordered", "trust", ("ALB",),
        ("highly unfavourable", "in between", "favourable"), "iri-opinion-albania", SINGLE_SD,
        "trust in Albania (C2); those without an answer are in between, which is why 80 % unfavourable is "
        "only an "
        "upper bound; the distance of the cuts is an assumption",
        (-1.2, 0.0),
    ),
    Question(
        "securimeter-outlook", "How will your own personal security situation change over the next year?",
        "expectation", "outlook", ("fear",), OUTLOOKS, "securimeter-outlook", SINGLE_SD,
        "expected personal security (C4); the parameters outlook_better and outlook_worse hold the levels",
    ),
    Question(
        "asb-obstacle", "What prevents reconciliation and peace building in the Balkans?", "attribution",
        "blame",
        BLAMED[:-1], BLAMED, "asb-obstacle", SINGLE_SD, "blame for bad relations (C5)",
    ),
    Question(
        "iri-responsible", "Who is most responsible for existing tensions between different ethnic groups?",
        "attribution", "blame", BLAMED[:-1], BLAMED, "iri-responsible", SHARED_SD,
        "blame for bad relations (C5); tensions inside a state are read as tensions between its peoples' "
        "states",
    ),
)  # fmt: skip

QUESTIONS: dict[str, Question] = {question.id: question for question in _RECORDS}

_PLAIN = "as the statement says"
_SLIP = "pick one; the same number stands at another question of this survey, possibly a copying slip of "
"the paper"
_FIRST = "share naming it most serious"
_TOTAL = "fully and somewhat together"

#: Bound rows: question, its categories that the figure sums, and how the row is read.
BINDINGS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "S001": ("asb-closer", ("agree",), _PLAIN),
    "S002": ("securimeter-more-cooperation", ("agree",), _PLAIN),
    "S003": ("asb-harm", ("agree",), _PLAIN),
    "S004": ("asb-with-serbia", ("agree",), _PLAIN),
    "S005": (
        "asb-most-serious", ("war",),
        "share naming it most serious, which ranks it second after corruption; the press on the survey's "
        "trends says "
        "that war took the second place of the ranking",
    ),
    "S006": ("securimeter-impact", ("war",), _PLAIN),
    "S007": ("securimeter-impact", ("war",), _PLAIN),
    "S010": ("asb-threatening-states", ("russia",), f"several answers; {_SLIP.removeprefix('pick one; ')}"),
    "S012": ("asb-threatening-states", ("SRB",), "several answers"),
    "S014": ("asb-most-serious", ("corruption",), _FIRST),
    "S015": ("asb-most-serious", ("organised-crime",), _FIRST),
    "S016": ("asb-second-most-serious", ("organised-crime",), "share naming it second most serious"),
    "S017": ("asb-concern-domestic", ("agree",), _PLAIN),
    "S018": ("asb-concern-international", ("agree",), _PLAIN),
    "S019": ("iri-opinion-albania", ("favourable",), "highly and somewhat favourable together"),
    "S021": ("iri-opinion-albania", ("highly unfavourable",), _PLAIN),
    "S022": ("securimeter-outlook", ("better",), _PLAIN),
    "S023": ("securimeter-outlook", ("worse",), _PLAIN),
    "S036": ("asb-obstacle", ("politicians",), "politicians who benefit from the conflict"),
    "S037": ("asb-obstacle", ("powers",), "big powers' meddling"),
    "S038": ("asb-obstacle", ("peoples",), f"peoples insecure about each other; {_SLIP}"),
    "S039": ("iri-responsible", ("politicians",), "parties and leaders"),
    "S040": ("iri-responsible", ("politicians",), "parties and leaders"),
    "S041": ("iri-responsible", ("politicians",), "parties and leaders"),
    "S042": ("iri-responsible", ("politicians",), "parties and leaders"),
    "S043": ("asb-cooperation-field", ("organised-crime",), _SLIP),
    "S044": ("asb-cooperation-field", ("terrorism",), _SLIP),
    "S045": ("asb-cooperation-field", ("disasters",), "pick one"),
    "S046": ("asb-cooperation-field", ("cyber",), "pick one"),
    "S047": ("open-balkan", ("somewhat", "fully"), _TOTAL),
    "S048": ("open-balkan", ("somewhat", "fully"), _TOTAL),
    "S049": ("open-balkan", ("somewhat", "fully"), _TOTAL),
    "S050": ("open-balkan", ("somewhat", "fully"), _TOTAL),
    "S051": ("open-balkan", ("somewhat", "fully"), _TOTAL),
}  # fmt: skip

#: Second readings of ambiguous rows: kept, shown, and not used unless asked for.
OTHER_READINGS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "S005": ("asb-second-most-serious", ("war",), "share naming it second most serious"),
}

#: Rows that another row holds already.
COLLAPSED: dict[str, str] = {
    "S020": "100 minus S019, so it counts those without an answer as negative: an upper bound, not a "
    "measurement",
}

_ELSEWHERE = "a war between others, outside the region, is no state of the model"
_ALLY = "views of allies outside the region are no attitude of the model's citizens"

#: Rows that are shown beside the results, but that nothing in the model answers.
SHOWN: dict[str, str] = {
    "S008": _ELSEWHERE,
    "S009": _ELSEWHERE,
    "S011": "China is no actor of the model",
    "S013": "Greece is no actor of the model",
    "S024": _ALLY,
    **{f"S{number:03d}": _ALLY for number in range(25, 36)},
}


@cache
def paper_rows() -> tuple[Mapping[str, str], ...]:
    """The rows of survey_figures.csv that the paper quotes, in their order."""
    text = resources.files("wbsim.tables").joinpath("data", "survey_figures.csv").read_text(encoding="utf-8")
    return tuple(row for row in csv.DictReader(text.splitlines()) if row["split"] == "paper")


def _figure(row: Mapping[str, str], binding: tuple[str, tuple[str, ...], str], used: bool) -> Figure:
    question, categories, reading = binding
    survey = SURVEYS[row["survey"]]
    states = 6 if row["population"] == REGION_POPULATION else 1
    return Figure(
        id=row["id"] if used else f"{row['id']}-other",
        row=row["id"],
        question=question,
        categories=categories,
        population=row["population"],
        months=survey.months,
        value=float(row["value_percent"]),
        n=survey.sample * states,
        survey=survey.name,
        source=row["source"],
        reading=reading,
        used=used,
    )


@cache
def figures() -> tuple[Figure, ...]:
    """Every figure of the paper that a question answers, the other readings of ambiguous rows last."""
    rows = {row["id"]: row for row in paper_rows()}
    bound = [_figure(rows[name], binding, True) for name, binding in BINDINGS.items()]
    return (*bound, *(_figure(rows[name], binding, False) for name, binding in OTHER_READINGS.items()))


@cache
def unmodelled() -> tuple[Unmodelled, ...]:
    """Every row of the paper that is collapsed with another or shown without being modelled."""
    reasons: dict[str, tuple[Literal["collapsed", "shown"], str]] = {
        **{name: ("collapsed", reason) for name, reason in COLLAPSED.items()},
        **{name: ("shown", reason) for name, reason in SHOWN.items()},
    }
    return tuple(
        Unmodelled(
            row=row["id"],
            kind=reasons[row["id"]][0],
            population=row["population"],
            value=float(row["value_percent"]),
            survey=row["survey"],
            statement=row["statement"],
            source=row["source"],
            reason=reasons[row["id"]][1],
        )
        for row in paper_rows()
        if row["id"] in reasons
    )


def register_problems(
    rows: Sequence[str], questions: Sequence[Question], bound: Sequence[Figure], rest: Sequence[Unmodelled]
) -> list[str]:
    """What is wrong with a register of the row ids `rows`, one sentence each; none where all is well.

    A row must be bound and used once, or collapsed, or shown; no field may be empty; a figure must name
    categories of a question; the prior of a wording must be the one of its number of askings.
    """
    known = {question.id: question for question in questions}
    found: list[str] = []
    records: list[Question | Figure | Unmodelled] = [*questions, *bound, *rest]
    for record in records:
        name = record.row if isinstance(record, Unmodelled) else record.id
        found += [f"{name}: {field} is empty" for field in empty_fields(record)]
    for question in questions:
        if not question.items or not question.categories:
            found.append(f"{question.id}: a question needs items and categories")
        if question.type == "ordered" and len(question.cuts) != len(question.categories) - 1:
            found.append(f"{question.id}: an ordered question needs one cut fewer than categories")
        if list(question.cuts) != sorted(set(question.cuts)):
            found.append(f"{question.id}: cuts must rise")
        group = {q.id for q in questions if q.intercept == question.intercept}
        asked = {(f.population, f.months) for f in bound if f.used and f.question in group}
        if question.sd != (SHARED_SD if len(asked) > 1 else SINGLE_SD):
            found.append(
                f"{question.id}: its prior's sd is {question.sd:g}, but it is asked {len(asked)} times"
            )
    for figure in bound:
        held = known[figure.question].categories if figure.question in known else ()
        if not figure.categories or not set(figure.categories) <= set(held):
            found.append(f"{figure.id}: {figure.question} has no categories {figure.categories}")
        if not (figure.months and figure.n > 0 and 0.0 <= figure.value <= 100.0):
            found.append(f"{figure.id}: needs months, respondents and a value from 0 to 100 percent")
    held_rows = [figure.row for figure in bound if figure.used] + [item.row for item in rest]
    for row in (*rows, *(row for row in held_rows if row not in rows)):
        if held_rows.count(row) != 1 or row not in rows:
            found.append(
                f"{row}: must be in the register exactly once; it is there {held_rows.count(row)} times"
            )
    return found
