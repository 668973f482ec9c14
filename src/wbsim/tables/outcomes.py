"""Everything that is measured in a world, one record each."""

from __future__ import annotations

from wbsim.tables.places import DOMAINS
from wbsim.tables.record import Outcome, Ratio

_RECORDS = (
    Outcome(
        "cooperation", "Cooperation index", "index 0-1", "higher", 0.02, "mean", "collective security",
        "mean over dyads and domains of practised cooperation x (X1), divided by that of the joint ideals of the "
        "reference month with full trust and open channels; 0 no working contact, 1 the joint optimum",
        headline=True,
    ),
    Outcome(
        "delivery", "Delivery ratio", "ratio", "higher", 0.03, "mean", "collective security",
        "mean over domains of Q(x) divided by Q(x at the joint ideals of the reference month) (X2)",
        headline=True,
    ),
    *(
        Outcome(
            f"delivery_{name.replace('-', '_')}", f"Delivery ratio: {label}", "ratio", "higher", 0.05, "mean",
            "collective security", f"the delivery ratio in {label} (X2)",
        )
        for name, label in DOMAINS.items()
    ),
    Outcome(
        "public_trust", "Public trust in the other states", "% of citizens", "higher", 1.0, "mean",
        "individual security",
        "share of citizens who trust another state, mean over the 30 directed pairs (C2)",
        headline=True, digits=2,
    ),
    Outcome(
        "public_trust_worst", "Public trust, worst dyad", "% of citizens", "higher", 1.0, "mean",
        "individual security", "the lowest over dyads of the mean share trusting each other (C2)", digits=2,
    ),
    Outcome(
        "government_trust", "Trust between governments", "index 0-1", "higher", 0.02, "mean", "promoting stability",
        "mean over the 30 directed pairs of T (G3)", headline=True,
    ),
    Outcome(
        "war_worry", "Citizens worried about war", "% of citizens", "lower", 1.0, "mean", "individual security",
        "share of citizens for whom war or instability lowers the feeling of security (C1)",
        headline=True, digits=2,
    ),
    Outcome(
        "support", "Public support for cooperation", "% of citizens", "higher", 1.0, "mean", "promoting stability",
        "share of citizens who support security cooperation, mean over domains and states (C3)",
        headline=True, digits=2,
    ),
    Outcome(
        "feeling_safe", "Citizens who feel safe", "% of citizens", "higher", 1.0, "mean", "individual security",
        "share of citizens who feel safe (C4)", digits=2,
    ),
    Outcome(
        "support_closer", "Support for closer cooperation with all", "% of citizens", "higher", 1.0, "mean",
        "promoting stability", "share who want closer cooperation with all Balkan states (first part of the gap)",
        digits=2,
    ),
    Outcome(
        "deny_harm", "Citizens who deny that lack of cooperation harms", "% of citizens", "lower", 1.0, "mean",
        "promoting stability",
        "share denying that the lack of cooperation harms relations (second part of the gap)", digits=2,
    ),
    Outcome(
        "perceived_gap", "Perceived gap", "points", "lower", 1.0, "mean", "promoting stability",
        "support_closer minus deny_harm; a gap that closes because support falls is no gain: read the parts",
        digits=2,
    ),
    Outcome(
        "support_delivery_gap", "Support beside delivery", "points", "lower", 2.0, "mean", "promoting stability",
        "support in percent minus 100 times the delivery ratio", digits=2,
    ),
    Outcome(
        "threat_burden", "Threat burden", "ratio to 2021", "lower", 0.02, "mean", "individual security",
        "mean over states and domains of the threat level divided by its reference (E1)", headline=True,
    ),
    *(
        Outcome(
            f"threat_{name.replace('-', '_')}", f"Threat burden: {label}", "ratio to 2021", "lower", 0.03, "mean",
            "individual security", f"the threat burden in {label} (E1)",
        )
        for name, label in DOMAINS.items()
    ),
    Outcome(
        "crises_severe", "Crises of severity 3 or more", "crises", "lower", 0.25, "sum", "collective defence",
        "number of crises between two of the six that reach severity 3 or more (E2)", headline=True, digits=2,
    ),
    Outcome(
        "crisis_months", "Months in open crisis", "dyad-months", "lower", 2.0, "sum", "collective defence",
        "sum over dyads of months with an open crisis of any severity (E2)", digits=1,
    ),
    Outcome(
        "armed_conflict", "Armed conflicts (prior-driven)", "crises", "lower", 0.01, "sum", "collective defence",
        "number of crises that reach severity 4 (25 deaths or more); none since 2001, so driven by the prior (E2)",
    ),
    Outcome(
        "internal_crises", "Internal crises of severity 2 or more", "crises", "lower", 0.5, "sum",
        "promoting stability", "number of internal crises that reach severity 2 or more (E2)", digits=2,
    ),
    Outcome(
        "posture", "Military posture", "ratio to 2021", "lower", 0.03, "mean", "collective defence",
        "mean over states of military posture divided by its reference (G4)",
    ),
    Outcome(
        "owned_share", "Owned share of cooperation", "share", "higher", 0.03, "mean", "promoting stability",
        "share of practised cooperation that runs through jointly owned channels (M4)", headline=True,
    ),
    Outcome(
        "commitments_reviewed", "Commitments reviewed", "member-items", "higher", 1.0, "sum", "means",
        "number of pledges of single members that came up for review and were observed (M3)", digits=1,
    ),
    Outcome(
        "commitments_kept", "Commitments kept", "member-items", "higher", 1.0, "sum", "promoting stability",
        "number of pledges of single members that were found kept at review (M3)", digits=1,
    ),
    Outcome(
        "meetings_held", "Forum meetings held", "meetings", "higher", 1.0, "sum", "means",
        "number of meetings with a quorum (M3)", digits=1,
    ),
    Outcome(
        "meetings_failed", "Forum meetings failed", "meetings", "lower", 1.0, "sum", "means",
        "number of meetings without a quorum (M3)", digits=1,
    ),
    Outcome(
        "items_adopted", "Forum items adopted", "items", "higher", 1.0, "sum", "means",
        "number of items adopted (M3)", digits=1,
    ),
    Outcome(
        "items_shared", "Forum items that bind all six", "items", "higher", 1.0, "sum", "means",
        "number of items that came to bind all six, by adoption or by later accession (M3)", digits=1,
    ),
    Outcome(
        "adopted_regretted", "Adopted items with a realised loss", "member-items", "lower", 1.0, "sum", "means",
        "member states whose realised gain from an adopted item was negative at review (M3)", digits=1,
    ),
    Outcome(
        "aid_given", "Emergency aid given", "share of chances", "higher", 0.02, "mean", "individual security",
        "expected share of the other five that would help after a natural shock (X3)",
    ),
    Outcome(
        "money", "Money spent", "EUR m", "lower", 5.0, "sum", "means",
        "running costs and external funds paid out, all mechanisms", digits=1,
    ),
    Outcome(
        "staff", "Staff bound by mechanisms", "desks", "lower", 0.1, "mean", "means",
        "staff of the six bound by all mechanisms together", digits=2,
    ),
    Outcome(
        "cooperation_per_euro", "Cooperation gained per EUR 100 m", "index per EUR 100 m", "higher", 0.005, "last",
        "means", "cooperation above its reference divided by the money spent since the start, in EUR 100 m",
    ),
    Outcome(
        "cooperative_security", "Cooperative security", "index 0-1", "higher", 0.02, "last", "collective security",
        "mean of the five parts a to e, each 0 to 1 against a benchmark of its own, over the last 36 months; "
        "benchmarks are assumptions",
        headline=True,
    ),
    Outcome(
        "cooperative_security_strict", "Cooperative security reached in full", "share of worlds", "higher", 0.02,
        "last", "collective security",
        "1 if in 24 of the last 36 months all five parts were met in full and no fewer than 0.6 of reviewed "
        "commitments kept, where there were any; else 0",
    ),
    Outcome(
        "part_inclusive", "Part a: inclusive", "index 0-1", "higher", 0.05, "last", "collective security",
        "1 while all six sat as equals at the latest meeting, else the mean over dyads of how much of a channel of "
        "0.25 the widest single one opens; mean of the last 36 months",
    ),
    Outcome(
        "part_delivery", "Part b: delivering", "index 0-1", "higher", 0.05, "last", "collective security",
        "mean over the three domains that deliver most of how much of a delivery ratio of 0.5 they reach; mean of the "
        "last 36 months",
    ),
    Outcome(
        "part_owned", "Part c: owned", "index 0-1", "higher", 0.05, "last", "promoting stability",
        "how much of an owned share of 0.5 is reached; mean of the last 36 months",
    ),
    Outcome(
        "part_trust", "Part d: trusting", "index 0-1", "higher", 0.05, "last", "individual security",
        "how much of a majority, 50 % of citizens, trusts the other on the dyad where fewest do; mean of the last 36 "
        "months",
    ),
    Outcome(
        "part_no_crisis", "Part e: calm", "index 0-1", "higher", 0.05, "last", "collective defence",
        "1 without a new crisis of severity 3 or more in the last 36 months, a third less for each",
    ),
)  # fmt: skip

#: Shares of sums that exist only where there is something to divide by.
RATIOS = (
    Ratio(
        "commitments_kept_share", "Share of reviewed commitments that were kept", "commitments_kept",
        "commitments_reviewed", "nothing was reviewed",
    ),
)  # fmt: skip

OUTCOMES: dict[str, Outcome] = {outcome.name: outcome for outcome in _RECORDS}
OUTCOME_NAMES = tuple(OUTCOMES)
HEADLINE_OUTCOMES = tuple(name for name, outcome in OUTCOMES.items() if outcome.headline)
OUTCOME_INDEX = {name: number for number, name in enumerate(OUTCOME_NAMES)}

#: Outcomes kept yearly for each state, and for each dyad, beside the regional ones.
STATE_OUTCOMES = ("support", "war_worry", "feeling_safe", "public_trust", "posture", "threat_burden")
DYAD_OUTCOMES = ("cooperation", "public_trust", "government_trust", "crisis_months")
