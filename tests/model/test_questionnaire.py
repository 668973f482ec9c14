from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from tests.model.small import region, run, scenario
from wbsim.errors import InputError
from wbsim.instruments.load import load_catalogue, load_figures
from wbsim.instruments.question import Question
from wbsim.model.agents.public import Public
from wbsim.model.citizens import Citizens
from wbsim.model.questionnaire import answers, ask
from wbsim.model.region import Region
from wbsim.scenario.schema import DatedEvent
from wbsim.tables.places import STATE_CODES

QUESTIONS = load_catalogue().questions
#: The questions that published figures answer.
ASKED = {f.question: q for f in load_figures() if (q := load_catalogue().question(f.question))}
ALBANIA, SERBIA = STATE_CODES.index("ALB"), STATE_CODES.index("SRB")
WAR, CRIME, CORRUPTION, RUSSIA = 0, 1, 2, 9


def sigmoid(x: np.ndarray | float) -> np.ndarray:
    return 1.0 / (1.0 + np.exp(-np.asarray(x, dtype=float)))


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


def test_ordered_answers_lie_between_cuts_that_move_each_by_its_own_intercept(divided: Region) -> None:
    question = QUESTIONS["open-balkan-support"]
    shares = ask(divided, replace(question, measures="trust", items=("ALB",)), "SRB", np.array([0.1, 0.4]))
    support = 50.0 * (sigmoid(1.0 - 0.4) + sigmoid(-2.0 - 0.4))
    not_against = 50.0 * (sigmoid(1.0 + 0.4) + sigmoid(-2.0 + 0.4))
    assert shares[0] == pytest.approx([100.0 - not_against, not_against - support, support])


def test_cuts_that_intercepts_make_cross_leave_nobody_in_between(divided: Region) -> None:
    shares = ask(divided, QUESTIONS["open-balkan"], "SRB", np.array([3.0, 0.0, 0.0]))[0]
    assert shares[1] == shares[2] == 0.0
    assert shares.sum() == pytest.approx(100.0)


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
                "outlook_better": 1.0, "outlook_worse": 1.5, "outlook_residual.ALB": 0.3,
                "outlook_belief": 0.8, "outlook_change": 0.5, "threat_spread": 0.4, "volatility": 0.0,
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
    index = 0.3 + 0.8 * 0.1 - 0.5 * 0.6 - 0.5 * 0.2
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
    own = p["blame_residual"][:, ALBANIA]
    shares = ask(divided, QUESTIONS["asb-obstacle"], "ALB", np.array([0.1, 0.2, 0.3]))
    for world, pressure in enumerate((0.0, 1.5)):
        weights = np.exp(
            [
                p["blame_gap"][world] * (support[world] - believed[world]) + own[world] - 0.1,
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
        assert sigmoid(citizens.safety).mean(axis=1) == pytest.approx(public.shares[:, 12], abs=1e-4)


def test_the_regional_figure_is_the_plain_mean_of_the_six() -> None:
    subject = region(worlds=3)
    question = QUESTIONS["securimeter-impact"]
    states = [ask(subject, question, code) for code in STATE_CODES]
    assert ask(subject, question, "WB6") == pytest.approx(np.mean(states, axis=0))
    assert np.ptp(states) > 1.0


@pytest.mark.parametrize("question", ASKED.values(), ids=ASKED)
def test_padding_never_answers(question: Question) -> None:
    whole, padded = region(scenario(citizens=50), worlds=2), region(scenario(citizens=50), worlds=2)
    for public in padded.publics:
        put(public, slice(50, None), np.nan)
    assert np.array_equal(ask(whole, question, "BIH"), ask(padded, question, "BIH"))


@pytest.mark.parametrize("question", ASKED.values(), ids=ASKED)
def test_answers_of_a_world_do_not_depend_on_its_block(question: Question) -> None:
    whole = ask(region(worlds=5), question, "BIH")
    assert np.array_equal(whole[3:4], ask(region(worlds=1, first=3), question, "BIH"))


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


# ---------------------------------------------------------------- figures


def test_a_figure_is_the_sum_of_its_answers() -> None:
    subject = region(worlds=3)
    found = {figure.id: figure for figure in load_figures()}
    values = answers(subject, [found["S019"], found["S021"], found["S006"]], QUESTIONS)
    opinion = ask(subject, QUESTIONS["opinion-ALB"], "SRB")
    assert values["S019"] == pytest.approx(opinion[:, 3] + opinion[:, 4])
    assert values["S021"] == pytest.approx(opinion[:, 0])
    assert values["S006"] == pytest.approx(ask(subject, QUESTIONS["securimeter-impact"], "WB6")[:, 0])


def test_some_worlds_alone_answer_as_they_do_among_all_with_their_own_intercepts() -> None:
    subject, worlds = region(worlds=5), np.array([1, 4])
    figures = [figure for figure in load_figures() if figure.used]
    intercepts = {
        name: np.linspace(0.0, 1.0, 5 * len(question.intercepts)).reshape(5, -1)
        for name, question in ASKED.items()
    }
    whole = answers(subject, figures, ASKED, intercepts)
    some = answers(subject, figures, ASKED, intercepts, worlds)
    assert all(np.array_equal(whole[name][worlds], values) for name, values in some.items())
    assert set(some) == {figure.id for figure in figures}


def test_every_figure_is_answered_by_a_share() -> None:
    subject = region(scenario(citizens=50), worlds=2)
    run(subject, 3)
    for name, values in answers(subject, load_figures(), ASKED).items():
        assert ((values > 0.0) & (values < 100.0)).all(), name


# ---------------------------------------------------------------- items of their own


def test_what_is_not_on_a_list_stands_at_zero(divided: Region) -> None:
    shares = ask(divided, QUESTIONS["greatest-threatening-state"], "ALB", np.array([0.2, 0.5]))[0]
    weights = np.exp([[1.0 - 0.2, -2.0 - 0.2], [-1.0 - 0.5, 2.0 - 0.5], [0.0, 0.0]])
    assert shares == pytest.approx(100.0 * (weights / weights.sum(axis=0)).mean(axis=1))


def test_support_with_a_state_is_over_the_domains_that_are_named(divided: Region) -> None:
    citizens = Citizens(divided, STATE_CODES.index("XKX"))
    patrols = ask(divided, QUESTIONS["joint-border-patrols-with-SRB"], "XKX")
    assert patrols == pytest.approx(100.0 * sigmoid(citizens.support("borders", ("SRB",))).mean(axis=1))
    dialogue = ask(divided, QUESTIONS["dialogue-with-SRB"], "XKX")
    assert dialogue == pytest.approx(100.0 * sigmoid(citizens.general(("SRB",))).mean(axis=1))


# ---------------------------------------------------------------- what is refused


def test_an_unknown_population_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputError, match=r'no population "GRC"; one of ALB, .*, SRB, WB6'):
        ask(region(worlds=1), QUESTIONS["asb-closer"], "GRC")


def test_a_public_is_not_asked_about_its_own_state() -> None:
    with pytest.raises(InputError, match="ALB cannot be asked about trust in itself"):
        ask(region(worlds=1), QUESTIONS["opinion-ALB"], "ALB")


def test_intercepts_of_another_shape_are_refused() -> None:
    with pytest.raises(
        InputError, match=r"open-balkan: intercepts have the shape \(2,\); it must be \(3,\) or \(4, 3\)"
    ):
        ask(region(worlds=4), QUESTIONS["open-balkan"], "SRB", np.zeros(2))


def test_a_type_that_does_not_fit_the_attitude_is_refused() -> None:
    wrong = replace(QUESTIONS["asb-most-serious"], measures="safety")
    with pytest.raises(
        InputError, match='"first" cannot measure "safety"; it needs support, threat or trust'
    ):
        ask(region(worlds=1), wrong, "ALB")
