"""Effects by structure in words and tables: what matters, what does not, what so many worlds cannot tell."""

from __future__ import annotations

import pytest

from tests.experiments import fake_structures
from tests.experiments.test_by_structure import FORUM, IISG, STATUS_QUO, compared
from wbsim.experiments.by_structure import (
    ByStructure,
    ChoiceEffect,
    OutcomeByStructure,
    StructureEffect,
    Widest,
)
from wbsim.experiments.comparison import Comparison
from wbsim.report.page import render
from wbsim.report.sections.structures import build, shown
from wbsim.report.structure_words import mattering, moves, of_policy, sentences
from wbsim.report.terminal import plain_text
from wbsim.statistics.paired import Difference
from wbsim.statistics.structure import Verdict
from wbsim.tables.outcomes import HEADLINE_OUTCOMES, OUTCOMES


def choice(
    mean: float, better: int = 74, worse: int = 24, mcse: float | None = 0.002, ties: int = 0
) -> ChoiceEffect:
    figures = Difference(mean, mean - 0.1, mean + 0.1, 0.5, 0.5, 0.5, mcse)
    return ChoiceEffect(0.5, better + worse + ties, better, worse, figures)


def outcomes(verdict: Verdict, *others: str) -> dict[str, OutcomeByStructure]:
    """All headline outcomes by the channel of the forum: the first and `others` with this verdict, the rest equal."""
    return {
        name: OutcomeByStructure(
            0.31,
            0.06,
            "",
            {
                "forum_channel": StructureEffect(
                    verdict if name in ("cooperation", *others) else "does not matter",
                    Widest("none", "grows", 0.03 if name == "cooperation" else 0.021, 0.002),
                    {
                        "none": choice(0.0, 0, 0, 0.0, 50),
                        "grows": choice(0.021),
                        "secretariat": choice(0.001),
                    },
                )
            },
        )
        for name in HEADLINE_OUTCOMES
    }


def by(verdict: Verdict, *others: str) -> ByStructure:
    return ByStructure(198, {}, {"forum": outcomes(verdict, *others)})


def test_a_choice_that_matters_is_told_for_each_choice_the_best_first() -> None:
    assert of_policy(by("matters"), "forum") == [
        "Under forum, where the forum opens a growing channel, the cooperation index rises by 0.021 (74 of 98 worlds "
        "better); where a secretariat runs a channel of the forum, it does not move beyond Monte Carlo error (74 of 98 "
        "worlds better); where the forum opens no channel, it does not move in any of 50 worlds. Structure holds 31 % "
        "of the variance of this effect between worlds (Monte Carlo error 6 points)."
    ]


def test_the_effects_that_move_most_are_told_and_the_others_counted() -> None:
    told = mattering(by("matters", "delivery", "threat_burden"), "forum")
    assert len(told) == 3
    assert "the cooperation index" in told[0] and "the threat burden" in told[1]
    assert told[2].startswith("A choice of structure matters for 1 more effect of forum: ")


def test_where_no_choice_matters_it_is_said() -> None:
    assert of_policy(by("does not matter"), "forum") == [
        "For forum it does not matter which structure holds: no headline effect differs between two choices by more "
        "than the margin of practical relevance."
    ]


def test_where_so_many_worlds_cannot_tell_it_is_said_for_which_outcomes() -> None:
    (one,) = of_policy(by("unsure"), "forum")
    assert one == (
        "For forum, 198 worlds cannot tell whether it matters which structure holds for 1 of 10 headline outcomes "
        "(cooperation index); for the other 9 it does not matter."
    )
    (many,) = of_policy(by("unsure", *HEADLINE_OUTCOMES), "forum")
    assert "for 10 of 10 headline outcomes (cooperation index, delivery ratio, public trust in the" in many
    assert many.endswith(" and 7 more).")


@pytest.mark.parametrize(
    ("outcome", "effect", "words"),
    [
        ("cooperation", choice(-0.03), "falls by 0.030 (74 of 98 worlds better)"),
        ("cooperation", choice(0.0003, mcse=0.0001), "hardly moves on average (74 of 98 worlds better)"),
        (
            "cooperation",
            choice(0.03, mcse=None),
            "does not move beyond Monte Carlo error (74 of 98 worlds better)",
        ),
        ("crises_severe", choice(-1.0, 1, 0), "fall by 1.00 (1 of 1 world better)"),
        ("war_worry", choice(2.5), "rise by 2.50 points (74 of 98 worlds better)"),
        ("war_worry", choice(0.0, 0, 0, ties=1), "do not move in any of 1 world"),
    ],
)
def test_how_an_outcome_moves(outcome: str, effect: ChoiceEffect, words: str) -> None:
    assert moves(OUTCOMES[outcome], effect) == words


@pytest.fixture(scope="module")
def planted() -> Comparison:
    return compared(STATUS_QUO, FORUM, IISG)


def test_terminal_report_and_data_tell_the_same(planted: Comparison) -> None:
    told = sentences(planted.structures())
    assert told[0].startswith(
        "Under forum, where the forum opens a growing channel, the cooperation index rises by "
    )
    assert told[1].startswith("For iisg-results it does not matter which structure holds")
    on_terminal = " ".join(plain_text(planted).split())
    page = render(planted, lambda figure: '<svg viewBox="0 0 1 1"></svg>')
    for sentence in told:
        assert sentence in on_terminal and sentence in page
    # Where a choice matters, the headline says so, too; where it does not, the section alone does.
    assert page.count(told[0]) == 2 and page.count(told[1]) == 1
    share, every = shown(planted)
    grows = next(r for r in every.rows if r[:2] == ("forum", "cooperation") and r[4] == "grows")
    figures = (
        planted.structures().policies["forum"]["cooperation"].structures["forum_channel"].choices["grows"]
    )
    assert grows[every.columns.index("mean")] == figures.difference.mean
    assert grows[every.columns.index("worlds")] == figures.worlds
    first = share.rows[0]
    assert first[:3] == ("forum", "cooperation", planted.structures().policies["forum"]["cooperation"].share)


def test_the_section_counts_the_effects_for_which_structure_matters(planted: Comparison) -> None:
    section = build(planted)
    assert section is not None
    assert section.heading == "Under which structure does a policy work? It matters for 1 of 20 effects"


def test_too_few_worlds_are_told_as_such() -> None:
    few = compared(STATUS_QUO, FORUM, worlds=5, simulate=fake_structures.simulate)
    section = build(few)
    assert section is not None and section.parts[0].text == (few.structures().note,)
    assert few.structures().note in " ".join(plain_text(few).split())
