"""What each state variable of an agent means, in words; shapes come from the running model."""

from __future__ import annotations

from wbsim.errors import InputError

#: By agent and variable. A variable that is missing here makes the documents fail.
MEANINGS: dict[str, dict[str, str]] = {
    "Government": {
        "effort": "effort e for cooperation in each domain, 0 to 1 (G1)",
        "motive": "logit of effort from the state's own motives alone (G1)",
        "rhetoric": "tone towards each state, -1 hostile to 1 friendly (G2)",
        "kept": "fading record of kept commitments, contact and help of each state, in observations (G3)",
        "broken": "fading record of broken commitments and crises, in observations (G3)",
        "log_odds": "log odds that each state is trustworthy; moves in the variant two-types only (G3)",
        "trust": "trust T in each state, 0 to 1 (G3)",
        "posture": "military posture, ratio to the mean of the six (G4)",
        "capacity": "capacity of the security institutions, ratio to the mean of the six (M2)",
        "staffed": "share of the staff asked for that there is, 0 to 1 (G1)",
        "priority": "priority that cooperation has by itself, logit (G1)",
        "war_memory": "memory of a war outside the region, fading (G1)",
        "crisis_memory": "memory of crises with others above the usual, in severity (G1)",
    },
    "Public": {
        "attitudes": "attitudes of single citizens, logit: ten threats, then trust in six states (C1, C2)",
        "circle_sums": "sum of each attitude over the members of each circle, kept so that it is added up once",
        "anchor_shift": "shift of each community's anchors; moves in the variant adapting only (C2)",
        "shares": "shares of citizens: support in five domains, trust in six states, worried about war, "
        "feeling safe, wanting closer cooperation, denying harm (C3, C4)",
        "means": "mean attitude of each community",
        "news_fast": "fast part of the news about each threat (C1)",
        "news_slow": "slow part of it (C1)",
        "resentment": "acute resentment of each state by each community, in months of severity (C2)",
        "visible": "joint results with each state that can be seen (C2)",
        "belief": "what citizens believe that cooperation delivers in each domain, 0 to 1 (C3)",
        "mood": "slow change of support by chance, in logits (C3)",
        "history": "mean fear this month and in the twelve before (C4)",
    },
    "EuropeanUnion": {"credibility": "credibility of accession, 0 to 1 (E3)"},
    "Nato": {"peacekeepers": "strength of peacekeepers in Bosnia and Kosovo, 1 that of 2021 (E3)"},
    "UnitedStates": {"mediation": "strength of mediation, 1 that of 2021 (E3)"},
    "Russia": {"pressure": "pressure on the region, 0 that of 2021 (E3)"},
    "OpenBalkan": {
        "alive": "1 until it ends (M1)",
        "stalled": "1 while it is stalled: it does nothing (M1)",
    },
    "Iisg": {"unfunded": "months without external funds (M4)"},
    "IisgResults": {
        "unfunded": "months without external funds (M4)",
        "verified": "share of outputs that passes verification, with its delay (M2)",
        "weights": "weights of the domains in what is paid for (M2, M5)",
        "barred": "months for which exposed gaming still bars a state from payment (M2)",
        "carried": "result funds kept for the next year, EUR m (M2)",
        "prioritised": "1 once the forum has set a priority among the pillars (M5)",
    },
    "Forum": {
        "met": "1 once it has met with a quorum (M3)",
        "contact": "how fresh the last meeting is that both states of a dyad attended, 0 to 1 (M3)",
        "opened": "how far its own channel between two states is open, 0 to 1 (X1)",
        "unit": "mean gain of full cooperation when the item was adopted, in which costs are counted (M3)",
        "target": "pledged effort (M3)",
        "alone": "effort without a pledge, when the pledge was made (M3)",
        "due": "months until the commitments are reviewed, 0 without an item (M3)",
        "bound": "1 for those that are bound (M3)",
        "kept_count": "fading count of commitments reviewed as kept (M3)",
        "reviewed_count": "fading count of commitments reviewed (M3)",
        "seated": "1 where all six sat as equals at the latest meeting (M3)",
    },
}


def meaning(agent: str, variable: str) -> str:
    """What a variable means. Raises InputError where nobody has written it down."""
    try:
        return MEANINGS[agent][variable]
    except KeyError:
        raise InputError(
            f"no meaning for {agent}.{variable}: write one into MEANINGS of wbsim/documents/meanings.py"
        ) from None
