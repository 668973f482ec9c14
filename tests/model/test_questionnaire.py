from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.small import region, run, scenario
from wbsim.errors import InputError
from wbsim.model.agents.public import Public
from wbsim.model.questionnaire import (
    Citizens,
    answers,
    ask,
    at_fieldwork,
    first_choice,
    second_choice,
)
from wbsim.model.region import Region
from wbsim.scenario.schema import DatedEvent
from wbsim.tables.places import STATE_CODES
from wbsim.tables.questions import (
    BINDINGS,
    QUESTIONS,
    Figure,
    Question,
    Unmodelled,
    figures,
    paper_rows,
    register_problems,
    unmodelled,
)

ALBANIA, SERBIA = STATE_CODES.index("ALB"), STATE_CODES.index("SRB")
WAR, CRIME, CORRUPTION, RUSSIA = 0, 1, 2, 9


def sigmoid(x: np.ndarray | float) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-np.asarray(x, dtype=float)))


def figure(name: str) -> Figure:
    return next(item for item in figures() if item.id == name)


def put(public: Public, chosen: slice, value: float) -> None:
    """Set every attitude of some of the citizens, counted with the padding after the last."""
    ranks, circles = public.attitudes.shape[1], public.attitudes.shape[3]
    for place in range(ranks * circles)[chosen]:
        public.attitudes[:, place // circles, :, place % circles] = value


@pytest.fixture
def divided() -> Region:
    """Two worlds in which half of the 50 citizens hold every attitude at 1, the others at -2; six places are padding.

    50 citizens sit in eight circles of at most seven members: the places of the last six hold what would show.
    """
    subject = region(scenario(citizens=50), worlds=2)
    for public in subject.publics:
        put(public, slice(0, 50, 2), 1.0)
        put(public, slice(1, 50, 2), -2.0)
        put(public, slice(50, None), np.nan)
    return subject


# ---------------------------------------------------------------- the engine, type by type


def test_agree_is_the_mean_chance_over_the_intercept(divided: Region) -> None:
    question = QUESTIONS["asb-concern-international"]
    by_hand = 50.0 * (sigmoid(1.0 - 0.4) + sigmoid(-2.0 - 0.4))
    assert ask(divided, question, "ALB", np.array([0.4])) == pytest.approx([by_hand, by_hand])


def test_an_intercept_may_differ_between_worlds(divided: Region) -> None:
    low, high = ask(divided, QUESTIONS["asb-concern-international"], "ALB", np.array([[0.0], [1.0]]))
    assert low == pytest.approx(50.0 * (sigmoid(1.0) + sigmoid(-2.0)))
    assert high == pytest.approx(50.0 * (sigmoid(0.0) + sigmoid(-3.0)))


def test_ordered_answers_lie_between_the_cuts(divided: Region) -> None:
    shares = ask(divided, QUESTIONS["iri-opinion-albania"], "SRB", np.array([0.5]))
    favourable = 50.0 * (sigmoid(1.0 - 0.5) + sigmoid(-2.0 - 0.5))
    not_lowest = 50.0 * (sigmoid(1.0 - 0.5 + 1.2) + sigmoid(-2.0 - 0.5 + 1.2))
    assert shares[0] == pytest.approx([100.0 - not_lowest, not_lowest - favourable, favourable])


def test_one_of_several_equal_items_is_chosen_by_its_intercept(divided: Region) -> None:
    question = QUESTIONS["asb-most-serious"]
    assert ask(divided, question, "ALB") == pytest.approx(np.full((2, 8), 12.5))
    given = np.zeros(8)
    given[question.items.index("corruption")] = -np.log(3.0)
    shares = ask(divided, question, "ALB", given)[0]
    assert shares[question.categories.index("corruption")] == pytest.approx(30.0)
    assert shares.sum() == pytest.approx(100.0)


def test_the_second_place_belongs_to_the_same_ranking(divided: Region) -> None:
    question = QUESTIONS["asb-second-most-serious"]
    given = np.zeros(8)
    given[question.items.index("corruption")] = -np.log(3.0)
    shares = ask(divided, question, "ALB", given)[0]
    # Second: another is first (7/10), then corruption among the rest (3/9).
    assert shares[question.categories.index("corruption")] == pytest.approx(100.0 * 0.7 * 3.0 / 9.0)


def test_each_item_of_a_multiple_choice_has_a_threshold_of_its_own(divided: Region) -> None:
    shares = ask(divided, QUESTIONS["asb-threatening-states"], "ALB", np.array([0.0, 0.3]))[0]
    russia = 50.0 * (sigmoid(1.0) + sigmoid(-2.0))
    serbia = 50.0 * (sigmoid(-1.0 - 0.3) + sigmoid(2.0 - 0.3))
    assert shares == pytest.approx([russia, serbia])


def test_expected_security_answers_to_belief_to_the_change_of_fear_and_to_its_distance() -> None:
    subject = region(
        scenario(
            parameters={
                "outlook_better": 1.0, "outlook_worse": 1.5, "outlook_belief": 0.8, "outlook_change": 0.5,
                "threat_spread": 0.4, "volatility": 0.0,
            }
        ),
        worlds=1,
    )  # fmt: skip
    public = subject.publics[ALBANIA]
    # Every citizen sits 0.2 above the own anchor, fear rose by 0.6 in a year, beliefs by 0.1.
    count, circles = subject.traits.citizens, subject.traits.shape[1]
    place = np.arange(count)
    for row in (WAR, CRIME, CORRUPTION):
        anchor = public.anchors[0, row, subject.traits.community[ALBANIA][place % circles]]
        score = subject.traits.scores[ALBANIA][place // circles, row, place % circles]
        public.attitudes[0, place // circles, row, place % circles] = anchor + 0.4 * score + 0.2
    public.history[0] = np.linspace(0.6, 0.0, 13)
    public.belief[:] += 0.1
    index = 0.8 * 0.1 - 0.5 * 0.6 - 0.5 * 0.2
    better, worse = 100.0 * sigmoid(index - 1.0), 100.0 * sigmoid(-1.5 - index)
    shares = ask(subject, QUESTIONS["securimeter-outlook"], "ALB")[0]
    assert shares == pytest.approx([better, 100.0 - better - worse, worse], abs=1e-4)


def test_thresholds_that_cross_leave_nobody_in_between() -> None:
    subject = region(scenario(parameters={"outlook_better": -1.0, "outlook_worse": -1.0}), worlds=1)
    shares = ask(subject, QUESTIONS["securimeter-outlook"], "ALB")[0]
    assert shares[1] == pytest.approx(0.0)
    assert shares.min() >= -1e-9


def test_blame_is_a_logit_over_politicians_powers_peoples_and_other(divided: Region) -> None:
    divided.russia.pressure = np.array([0.0, 1.5])
    citizens = Citizens(divided, ALBANIA)
    p, believed = divided.draws, divided.publics[ALBANIA].belief.mean(axis=1)
    support = sigmoid(np.mean([citizens.support(d) for d in ("organised-crime", "terrorism", "borders", "cyber",
                                                             "disasters")], axis=0))  # fmt: skip
    trust = np.where(np.arange(50) % 2 == 0, 1.0, -2.0)
    shares = ask(divided, QUESTIONS["asb-obstacle"], "ALB", np.array([0.1, 0.2, 0.3]))
    for world, pressure in enumerate((0.0, 1.5)):
        weights = np.exp(
            [
                p["blame_gap"][world] * (support[world] - believed[world]) - 0.1,
                np.full(50, p["blame_powers"][world] * pressure - 0.2),
                p["blame_peoples"][world] * -trust - 0.3,
                np.zeros(50),
            ]
        )
        assert shares[world] == pytest.approx(100.0 * (weights / weights.sum(axis=0)).mean(axis=1))


@pytest.mark.parametrize(("question", "readout"), [("asb-closer", 13), ("asb-harm", 14)])
def test_a_level_agrees_with_what_the_kernel_reads(question: str, readout: int) -> None:
    subject = region(worlds=4)
    run(subject, 15)
    asked = ask(subject, QUESTIONS[question], "ALB") / 100.0
    read = subject.publics[ALBANIA].shares[:, readout]
    assert asked == pytest.approx(1.0 - read if question == "asb-harm" else read, abs=1e-4)


def test_support_and_safety_agree_with_what_the_kernel_reads() -> None:
    subject = region(worlds=4)
    run(subject, 15)
    for place, public in enumerate(subject.publics):
        citizens = Citizens(subject, place)
        assert sigmoid(citizens.support("cyber")).mean(axis=1) == pytest.approx(public.shares[:, 3], abs=1e-4)
        assert sigmoid(citizens.safety()).mean(axis=1) == pytest.approx(public.shares[:, 12], abs=1e-4)


def test_the_regional_figure_is_the_plain_mean_of_the_six() -> None:
    subject = region(worlds=3)
    question = QUESTIONS["securimeter-impact"]
    states = [ask(subject, question, code) for code in STATE_CODES]
    assert ask(subject, question, "WB6") == pytest.approx(np.mean(states, axis=0))
    assert np.ptp(states) > 1.0


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_padding_never_answers(question: Question) -> None:
    whole, padded = region(scenario(citizens=50), worlds=2), region(scenario(citizens=50), worlds=2)
    for public in padded.publics:
        put(public, slice(50, None), np.nan)
    assert np.array_equal(ask(whole, question, "BIH"), ask(padded, question, "BIH"))


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_answers_of_a_world_do_not_depend_on_its_block(question: Question) -> None:
    whole = ask(region(worlds=5), question, "BIH")
    assert np.array_equal(whole[3:4], ask(region(worlds=1, first=3), question, "BIH"))


# ---------------------------------------------------------------- choices


@given(st.lists(st.floats(-30.0, 30.0), min_size=2, max_size=5))
def test_choices_agree_with_brute_force_over_all_rankings(values: list[float]) -> None:
    """Plackett-Luce: the chance of a ranking is the product of each choice among those that are left."""
    weights = np.exp(np.array(values) - max(values))
    first, second = np.zeros(len(values)), np.zeros(len(values))
    for order in permutations(range(len(values))):
        chance = 1.0
        for place in range(len(order) - 1):
            chance *= weights[order[place]] / weights[list(order[place:])].sum()
        first[order[0]] += chance
        second[order[1]] += chance
    utilities = np.array(values)[None, :, None]
    assert first_choice(utilities)[0, :, 0] == pytest.approx(first, abs=1e-12)
    assert second_choice(utilities)[0, :, 0] == pytest.approx(second, abs=1e-12)


def test_a_sure_winner_leaves_the_second_place_to_the_rest() -> None:
    utilities = np.array([900.0, 1.0, 0.0])[None, :, None]
    assert first_choice(utilities)[0, :, 0] == pytest.approx([1.0, 0.0, 0.0])
    # Weights below the smallest that are told apart are equal; nothing is lost or undefined.
    assert second_choice(utilities)[0, :, 0] == pytest.approx([0.0, 0.5, 0.5])


# ---------------------------------------------------------------- what moves the answers


def raised(row: int) -> Callable[[Region], None]:
    def raise_all(subject: Region) -> None:
        for public in subject.publics:
            public.attitudes[:, :, row] += 0.5

    return raise_all


@pytest.mark.parametrize(
    ("row", "question", "category", "sign"),
    [
        (WAR, "securimeter-impact", "war", 1),
        (WAR, "asb-most-serious", "war", 1),
        (WAR, "asb-most-serious", "corruption", -1),
        (WAR, "securimeter-outlook", "worse", 1),
        (WAR, "securimeter-outlook", "better", -1),
        (RUSSIA, "asb-threatening-states", "russia", 1),
        (10 + SERBIA, "asb-threatening-states", "SRB", -1),
        (10 + SERBIA, "open-balkan", "fully", 1),
        (10 + SERBIA, "asb-obstacle", "peoples", -1),
        (CORRUPTION, "asb-second-most-serious", "war", -1),
    ],
)
def test_an_attitude_moves_its_answers_the_right_way(
    row: int, question: str, category: str, sign: int
) -> None:
    column = QUESTIONS[question].categories.index(category)
    subject = region(worlds=4)
    before = ask(subject, QUESTIONS[question], "ALB")[:, column]
    raised(row)(subject)
    assert (sign * (ask(subject, QUESTIONS[question], "ALB")[:, column] - before) > 0.0).all()


def test_a_crisis_raises_the_answer_on_war() -> None:
    plain = scenario()
    crisis = DatedEvent(month="2021-03", kind="crisis", parties=("ALB", "SRB"), severity=3, months=6)
    tense = plain.model_copy(update={"events": (crisis,)})
    found = []
    for case in (plain, tense):
        subject = region(case, worlds=4)
        run(subject, 8)
        found.append(ask(subject, QUESTIONS["securimeter-impact"], "ALB")[:, 0])
    assert (found[1] > found[0] + 0.5).all()


def test_pressure_of_russia_raises_the_blame_of_powers() -> None:
    subject = region(worlds=4)
    before = ask(subject, QUESTIONS["asb-obstacle"], "ALB")
    subject.russia.pressure = subject.russia.pressure + 1.0
    after = ask(subject, QUESTIONS["asb-obstacle"], "ALB")
    assert (after[:, 1] > before[:, 1]).all()
    assert (after[:, [0, 2, 3]] < before[:, [0, 2, 3]]).all()


# ---------------------------------------------------------------- figures in their months


@pytest.fixture(scope="module")
def interviews() -> tuple[Region, dict[str, dict[int, np.ndarray]]]:
    """Every figure in every month that may hold its fieldwork (months from 2021-01), 40 worlds under the prior."""
    subject = region(scenario(citizens=120), worlds=40)
    log: dict[str, dict[int, np.ndarray]] = {}
    for month in range(24):
        subject.step()
        for name, values in answers(subject).items():
            log.setdefault(name, {})[month] = values
    return subject, log


def test_a_figure_is_answered_in_the_months_of_its_fieldwork(
    interviews: tuple[Region, dict[str, dict[int, np.ndarray]]],
) -> None:
    _, log = interviews
    assert set(log) == {item.id for item in figures()}
    assert list(log["S007"]) == [1]
    assert list(log["S019"]) == [12, 13]
    assert list(log["S001"]) == [14, 15, 16, 17]
    assert all(values.shape == (40,) for months in log.values() for values in months.values())


def test_nothing_of_the_paper_was_asked_before_the_first_month() -> None:
    assert answers(region(worlds=1)) == {}


def test_a_world_has_one_month_for_all_figures_of_a_survey() -> None:
    subject = region(worlds=200)
    numbers = {month: np.full(200, float(n)) for n, month in enumerate(figure("S001").months)}
    first, again = (at_fieldwork(numbers, figure(name), subject.chance) for name in ("S001", "S014"))
    assert np.array_equal(first, again)
    assert np.bincount(first.astype(int), minlength=4).min() > 25


def test_the_papers_pattern_appears_under_the_prior(
    interviews: tuple[Region, dict[str, dict[int, np.ndarray]]],
) -> None:
    """Support of 60 to 85 % and a worry about war that rises from 2021 to 2022, in most worlds."""
    subject, log = interviews

    def value(name: str) -> np.ndarray:
        item = figure(name)
        monthly = dict(zip(item.months, log[name].values(), strict=True))
        return at_fieldwork(monthly, item, subject.chance)

    support = value("S002")
    assert 60.0 < np.median(support) < 85.0
    assert ((support > 60.0) & (support < 90.0)).mean() > 0.8
    rise = value("S006") - value("S007")
    assert (rise > 0.0).mean() > 0.8
    assert 5.0 < np.median(rise) < 40.0


# ---------------------------------------------------------------- the register


Register = tuple[list[str], list[Question], list[Figure], list[Unmodelled]]


def register() -> Register:
    return [row["id"] for row in paper_rows()], list(QUESTIONS.values()), list(figures()), list(unmodelled())


def test_every_row_of_the_paper_is_in_the_register_once() -> None:
    assert register_problems(*register()) == []
    kinds = [item.kind for item in unmodelled()]
    assert (len(paper_rows()), len(BINDINGS), kinds.count("collapsed"), kinds.count("shown")) == (
        51,
        34,
        1,
        16,
    )


def swap(records: list, position: int, **changes: object) -> None:  # type: ignore[type-arg]
    records[position] = replace(records[position], **changes)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda r: swap(r[1], 0, wording=" "), "asb-closer: wording is empty"),
        (lambda r: swap(r[1], 0, items=()), "asb-closer: a question needs items and categories"),
        (lambda r: swap(r[1], 4, cuts=(0.0,)), "open-balkan: an ordered question needs one cut fewer"),
        (lambda r: swap(r[1], 4, cuts=(1.0, 0.0)), "open-balkan: cuts must rise"),
        (lambda r: swap(r[1], 4, sd=0.7), "open-balkan: its prior's sd is 0.7, but it is asked 5 times"),
        (lambda r: swap(r[2], 0, reading=""), "S001: reading is empty"),
        (lambda r: swap(r[2], 0, months=()), "S001: needs months, respondents and a value"),
        (lambda r: swap(r[2], 0, value=120.0), "S001: needs months, respondents and a value"),
        (lambda r: swap(r[2], 0, categories=("perhaps",)), "S001: asb-closer has no categories ('perhaps',)"),
        (lambda r: swap(r[2], 0, question="none"), "S001: none has no categories"),
        (lambda r: swap(r[3], 0, reason=""), "S008: reason is empty"),
        (lambda r: r[2].pop(0), "S001: must be in the register exactly once; it is there 0 times"),
        (lambda r: r[3].append(r[3][0]), "S008: must be in the register exactly once; it is there 2 times"),
        (lambda r: r[0].remove("S001"), "S001: must be in the register exactly once"),
    ],
)
def test_a_damaged_register_is_refused(change: Callable[[Register], None], problem: str) -> None:
    damaged = register()
    change(damaged)
    assert any(found.startswith(problem) for found in register_problems(*damaged))


def test_figures_hold_the_published_values_and_both_readings_of_an_ambiguous_row() -> None:
    assert (figure("S014").value, figure("S014").question) == (39.3, "asb-most-serious")
    assert figure("S006").n == 6 * figure("S001").n
    assert (figure("S005").used, figure("S005").question) == (True, "asb-most-serious")
    assert (figure("S005-other").used, figure("S005-other").question) == (False, "asb-second-most-serious")
    assert figure("S005-other").row == "S005"


def test_the_two_places_of_a_ranking_share_their_intercepts() -> None:
    assert QUESTIONS["asb-most-serious"].intercepts == QUESTIONS["asb-second-most-serious"].intercepts
    assert len(QUESTIONS["asb-most-serious"].intercepts) == 8
    assert QUESTIONS["asb-closer"].intercepts == ()
    assert str(QUESTIONS["open-balkan"].prior) == "normal, mean 0, sd 0.3"


# ---------------------------------------------------------------- what is refused


def test_an_unknown_population_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputError, match=r'no population "GRC"; one of ALB, .*, SRB, WB6'):
        ask(region(worlds=1), QUESTIONS["asb-closer"], "GRC")


def test_a_public_is_not_asked_about_its_own_state() -> None:
    with pytest.raises(InputError, match="ALB cannot be asked about trust in itself"):
        ask(region(worlds=1), QUESTIONS["iri-opinion-albania"], "ALB")


def test_intercepts_of_another_shape_are_refused() -> None:
    with pytest.raises(
        InputError, match=r"open-balkan: intercepts have the shape \(2,\); it must be \(1,\) or \(3, 1\)"
    ):
        ask(region(worlds=3), QUESTIONS["open-balkan"], "SRB", np.zeros(2))


def test_a_type_that_does_not_fit_the_attitude_is_refused() -> None:
    wrong = replace(QUESTIONS["asb-most-serious"], measures="safety")
    with pytest.raises(
        InputError, match='"first" cannot measure "safety"; it needs support, threat or trust'
    ):
        ask(region(worlds=1), wrong, "ALB")
