"""Sentences of the documents turn with what the runs found."""

from __future__ import annotations

from typing import Any

from reproduce.blocks import audit, drivers, extra, optimise, sensitivity, sweeps, validation
from wbsim.tables.outcomes import HEADLINE_OUTCOMES

SETTINGS = [
    {"name": "as compared", "kind": "own", "means": ""},
    {"name": "acceptance=spatial", "kind": "variant", "means": ""},
    {"name": "posterior=without-a", "kind": "posterior", "means": ""},
]


def robust(**changes: Any) -> dict[str, Any]:
    effects = [{"mean": mean, "mcse": 0.1, "rank": 1} for mean in (-1.0, -1.0, -0.8)]
    shares = {"parameters": 0.5, "structure": 0.1, "interaction": 0.1, "chance": 0.3}
    return {"effects": effects, "other_sign": [], "reversals": [], "variance": {"shares": shares}} | changes


def robustness(**changes: Any) -> str:
    found = {"settings": SETTINGS, "policies": {"forum": {"war_worry": robust(**changes)}}}
    return extra.robustness_findings({"robustness": found})


def test_effects_that_hold_everywhere_are_said_to() -> None:
    text = robustness()
    assert "No effect has another sign under some setting" in text
    assert "No order of two scenarios turns round" in text
    assert "by 1.4 Monte Carlo errors: -0.80 (0.100) in the place of -1.00 (0.100)" in text
    assert "Structure as such explains at most 10 %" in text and "together at most 20 %" in text


def test_a_sign_that_turns_is_named_with_its_setting() -> None:
    text = robustness(other_sign=["acceptance=spatial"])
    assert "One effect has another sign under some setting, beyond two Monte Carlo errors" in text
    assert "forum on citizens worried about war under `acceptance=spatial` (a gain becomes a harm)" in text
    assert "No effect has another sign without any one survey" in text


def test_an_order_that_a_survey_turns_is_named() -> None:
    text = robustness(reversals=[{"scenario": "both", "setting": "posterior=without-a"}])
    assert text.count("both and forum on citizens worried about war under `posterior=without-a`") == 2


def share(mean: float) -> dict[str, Any]:
    return {"share": {"mean": mean, "mcse": 0.01}}


def test_channels_that_cancel_are_said_to() -> None:
    outcome = {
        "effect": {"mean": 0.1, "mcse": 0.01},
        "cost": None,
        "shares": [share(0.6), share(-0.5), share(0.02)],
    }
    parts = [{"label": name} for name in ("dialogue", "transparency", "line")]
    division = {
        "scenario": "forum",
        "policy": "forum",
        "parts": parts,
        "outcomes": dict.fromkeys(extra.SHOWN, outcome),
    }

    text = extra.channel_findings({"channels": {"divisions": [division]}})

    assert (
        "public trust in the other states +0.10, of it dialogue +0.60 and transparency -0.50, which work against each "
        "other" in text
    )
    assert "line" not in text


def shares(forum: float) -> dict[str, Any]:
    effect = {"p_better": 0.5, "p_practical_better": forum, "p_practical_worse": 0.01}
    effects = {name: {"policies": {"forum": effect}} for name in HEADLINE_OUTCOMES}
    level = dict.fromkeys([*HEADLINE_OUTCOMES], 0.25)
    gap = {
        name: {"mean": 1.0 if name != "crises_severe" else -1.0, "mcse": 0.1} for name in HEADLINE_OUTCOMES
    }
    gap["war_worry"] = {"mean": -1.0, "mcse": 0.1}
    return {
        "worlds": 100,
        "sides": ["prior", "posterior"],
        "effects": [effects, effects],
        "levels": [{"status-quo": level, "forum": level}] * 2,
        "compared": dict.fromkeys(audit.SHOWN, "same"),
        "gaps": [{"status-quo|forum": gap}] * 2,
        "origins": "Most comes from assumed parameters.",
    }


def test_findings_of_shares_hang_on_the_shares() -> None:
    often, seldom = audit.findings(shares(0.3)), audit.findings(shares(0.01))

    assert "forum gains practically in 5 % of worlds or more on cooperation index (30 %)" in often
    assert "forum gains practically in 5 % of worlds or more on none of the five (at most 1 %" in seldom
    assert "So the surveys did not decide any ranking." in often
    assert "status-quo is better than forum on all five on the mean." in often
    other = audit.findings(shares(0.3) | {"compared": dict.fromkeys(audit.SHOWN, "other")})
    assert "the order is another under the posterior" in other


def scores(n: int, inside: int) -> dict[str, Any]:
    one = {"n": n, "coverage_50": 0.5, "coverage_90": inside / n, "crps": 7.0, "mae": 9.0, "width_90": 50.0}
    gain = {"mean": -0.7, "low": -1.8, "high": 0.7, "verdict": "undecided"}
    names = ("prior", "frozen", "no-change", "regression", "pooled")
    return {
        **one,
        "groups": {"new": {"n": n - 1}, "repeat": {"n": 1}},
        "worlds": 2000,
        "events_forced": one,
        "baselines": dict.fromkeys(names, one),
        "gains": dict.fromkeys(names, gain),
        "sentences": ["Whether calibration helps cannot be told from these figures."],
    }


def test_predictions_are_shown_beside_every_baseline_with_their_coverage() -> None:
    text = validation.scores(scores(15, 15))
    assert "**All** 15 lie in their 90 % intervals" in text
    assert "12 of 15 lie in their 90 % intervals, where 13.5 are expected" in validation.scores(
        scores(15, 12)
    )
    for words in (
        "attitudes at their prior",
        "attitudes frozen",
        "pooled by shape",
        "knowing the events of 2023",
    ):
        assert words in text
    assert "| wbsim with attitudes frozen | -0.7 | -1.8 to +0.7 | undecided |" in text
    assert "Whether calibration helps cannot be told" in text


def test_which_parameter_comes_first_is_told() -> None:
    def found(first: str) -> dict[str, Any]:
        leading = [{"parameter": first, "rho": -0.2}]
        return {
            "numbers": 346,
            "needed": 2210,
            "detectable": 0.14,
            "policies": {"forum": {"war_worry": {"leading": leading}}},
        }

    facts = {"few": 300, "worlds": 1000, "citizens": 80, "outcome": "war_worry"}
    same = facts | {"found": {"300": found("a"), "1000": found("a")}}
    other = facts | {"found": {"300": found("a"), "1000": found("b")}}

    assert "needs about 2,200 worlds" in drivers.needed(same)
    assert "The first 300 worlds of a run name `a` (-0.20)." in drivers.order(same)
    assert "The first is the same in both." in drivers.order(same)
    assert "The first is not the same in both." in drivers.order(other)


def member(name: str, fresh: float, *, on_front: bool) -> dict[str, Any]:
    return {
        "name": name,
        "levers": {"forum.quorum": 4, "forum.transparency": 0.25},
        "on_front": on_front,
        "share_on_front": 0.9,
        "goals": {"public_trust": {"fresh": fresh, "mcse": 0.1, "optimism": 0.2}},
        "on_front_under": {"prior": on_front, "acceptance=spatial": on_front},
    }


def test_members_of_a_search_are_shown_with_what_holds() -> None:
    facts = {
        "scenario": "forum",
        "vary": ["forum.quorum=2:6"],
        "goals": [{"outcome": "public_trust"}],
        "keys": ["forum.quorum", "forum.transparency"],
        "judged": 20,
        "worlds": 8,
        "fresh_worlds": 16,
        "citizens": 40,
        "seed": 1,
        "better_than_own": {"public_trust": ["1"]},
        "members": [member("own", 0.5, on_front=False), member("1", 2.0, on_front=True)],
    }

    text = optimise.optimise(facts)

    assert "| own | 4 | 0.25 | +0.50 ± 0.100 | no, 90 % of resamples |" in text
    assert (
        "On public trust in the other states member 1 is better than the own levers by more than the margin."
        in text
    )
    assert (
        "Under the prior 1 of 1 members are on the front; under the one structural variants 1 to 1." in text
    )
    assert "Always there: 1." in text


def test_a_sweep_says_when_two_ends_cannot_be_told_apart() -> None:
    facts = {
        "vary": {"forum.meetings_per_year": [1, 12], "forum.quorum": [2, 6]},
        "worlds": 8,
        "citizens": 40,
        "results_sha256": "abc",
        "means": {"2": -5.0, "6": -4.9},
        "step": {"mean": 0.1, "mcse": 0.3},
    }
    assert "The two cannot be told apart." in sweeps.sweep(facts)
    assert "told apart" not in sweeps.sweep(facts | {"step": {"mean": 2.0, "mcse": 0.3}})


def test_what_is_worth_knowing_is_told_only_beyond_shuffled_worlds() -> None:
    row = {"kind": "question", "factor": "q", "value": 0.2, "standard_error": 0.05, "by_chance": 0.01}
    analysis = {
        "method": "information",
        "outcome": "war_worry",
        "unit": "% of citizens",
        "reason": "",
        "best_without_knowing_more": "forum",
        "everything_known": 0.3,
        "counts": {"question": 45},
        "rows": [row],
    }
    facts = {"worlds": 60, "citizens": 80, "analyses": [analysis]}

    assert "Of the 45 survey questions one stands out: `q`" in sensitivity.sensitivity(facts)
    row["by_chance"] = 0.5
    assert (
        "None of the 45 survey questions is worth more than shuffled worlds give"
        in sensitivity.sensitivity(facts)
    )


def test_a_check_of_cooperation_that_fails_is_said_to_fail():
    rank = {
        "name": "trade by dyad",
        "model": "cooperation",
        "observed": "trade",
        "n": 8,
        "median": -0.2,
        "q05": -0.4,
        "q95": 0.1,
        "fails_if": "the median is low",
        "holds": False,
    }
    growth = {
        "years": [2021, 2022],
        "officers": {"2021": 100, "2022": 150},
        "median": 1.02,
        "q05": 0.9,
        "q95": 1.1,
        "rises": 0.6,
        "fails_if": "it falls",
        "holds": True,
    }
    facts = {"worlds": 200, "ranks": [rank], "left_out": None, "later": None, "growth": growth}
    said = validation.cooperation(facts)
    assert "| trade by dyad | cooperation | trade | 8 | -0.20 | -0.40 to +0.10 | **fails** |" in said
    assert "rose by 50 % from 2021 to 2022. The index changes by +2.0 % (-10.0 to +10.0 %)" in said
    assert "rises in 60 of 100 worlds. It fails if it falls: holds." in said
