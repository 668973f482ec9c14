"""Sentences that hold whatever the runs found."""

from __future__ import annotations

from reproduce.blocks.words import counted, listing, told


def effect(mean: float, mcse: float = 0.01) -> dict[str, float]:
    return {"mean": mean, "mcse": mcse}


def test_items_and_counts_as_sentences_name_them() -> None:
    assert [listing(list("abc")[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert [counted(n) for n in (0, 2, 12, 13, 1500)] == ["no", "two", "twelve", "13", "1,500"]


def test_effects_are_told_by_direction_and_by_chance() -> None:
    effects = {
        "cooperation": effect(0.05),
        "crises_severe": effect(0.5),
        "war_worry": effect(-0.1),
        "support": effect(0.01),
        "delivery": effect(0.0, 0.0),
    }

    assert told(effects, list(effects)) == (
        "Better: cooperation index (+0.050) and citizens worried about war (-0.10, within the margin). "
        "Worse: crises of severity 3 or more (+0.50). The same in every world: delivery ratio. "
        "Not told from nil: public support for cooperation."
    )


def test_a_clear_difference_below_the_digits_is_not_shown_as_nil() -> None:
    assert told({"cooperation": effect(0.0002, 0.00001)}, ["cooperation"]) == (
        "Better: cooperation index (+2e-4, within the margin)."
    )
