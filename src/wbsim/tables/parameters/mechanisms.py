"""Parameters of mechanisms: ownership, result-based payment, the forum (M1 to M5)."""

from __future__ import annotations

from wbsim.tables.record import Parameter, Prior

_NONE = "no published estimate; parameterisation of wbsim"
_TRIAL = "a pilot of the mechanism with published records"

# fmt: off
PARAMETERS = (
    Parameter(
        "open_balkan_end", "p_o", "per month of severity",
        "chance that Open Balkan ends in a month of crisis among it",
        Prior("lognormal", 0.01, 0.7), 0.0, 0.3, "assumed", "M1",
        "events.csv E51: declared over after the police crisis of 2023",
        "one case: a serious crisis among its members ends it within about three years",
        "the fate of similar formats", grade="elsewhere", neutral=0.0),
    Parameter(
        "iisg_lag", "lag", "months", "delay from effort to verified joint results in IISG",
        Prior("lognormal", 40.0, 0.4), 6.0, 120.0, "assumed", "M1, M2",
        "events.csv E04, E37: 57 months from first board to first joint product", "somewhat faster once it runs",
        "dates of IISG's later products", grade="elsewhere"),
    Parameter(
        "capacity_money", "g_K", "log per EUR m a year", "long-run gain of capacity per million a year",
        Prior("lognormal", 0.03, 0.6), 0.0, 0.3, "assumed", "M2",
        "no effect size known", "doubling a state's two million adds about six percent", "audits of EU programmes",
        grade="assumed", neutral=0.0),
    Parameter(
        "capacity_half_life", "h_K", "months", "half-life of capacity's adjustment to money",
        Prior("lognormal", 30.0, 0.4), 6.0, 120.0, "assumed",
        "M2", _NONE, "years: people must be hired and trained", "audits of EU programmes", grade="assumed"),
    Parameter(
        "verified_bar", "P_0", "effort", "effort at which half of the outputs pass verification",
        Prior("normal", 0.35, 0.07), 0.05, 0.9, "assumed",
        "M2", _NONE, "above today's effort, so that payment asks for more", _TRIAL, grade="assumed"),
    Parameter(
        "verified_slope", "P_1", "per unit of effort", "steepness of verification in effort",
        Prior("lognormal", 8.0, 0.3), 1.0, 30.0, "assumed",
        "M2", _NONE, "from a third to two thirds in 0.17", _TRIAL, grade="assumed", neutral=0.0),
    Parameter(
        "crowding_out", "c_o", "logit", "loss of own motive where effort is paid for and not owned",
        Prior("lognormal", 0.25, 0.7), 0.0, 2.0, "assumed", "M2",
        "overview of reviews 2009; Clist 2018, as direction", "from nothing to a motive's worth", _TRIAL,
        grade="analogy", neutral=0.0),
    Parameter(
        "distortion", "g_d", "share", "effort taken from unmeasured domains per effort bought in measured ones",
        Prior("beta", 0.35, 6.0), 0.0, 1.5, "assumed", "M2",
        "overview of reviews 2009; Clist 2018: distortion is found", "more than nothing for sure", _TRIAL,
        grade="analogy", neutral=0.0),
    Parameter(
        "gaming", "γ", "share", "inflation of reported results at full payment and no verification",
        Prior("beta", 0.35, 6.0), 0.0, 1.0, "assumed", "M2",
        "overview of reviews 2009: gaming is found", "a third, if nobody checks and everything hangs on it", _TRIAL,
        grade="analogy", neutral=0.0),
    Parameter(
        "exposure", "p_γ", "per year", "rate at which gaming is exposed at full verification and full gaming",
        Prior("lognormal", 0.5, 0.6), 0.0, 3.0, "assumed",
        "M2", _NONE, "once in two years, if everything is gamed and checked", _TRIAL, grade="assumed"),
    Parameter(
        "league_effort", "l_e", "logit per unit of score", "effect of a published score below the others' on effort",
        Prior("normal", 0.2, 0.3), -1.0, 1.5, "assumed", "M2",
        "naming and shaming may spur or discourage", "either direction, spur more likely", _TRIAL,
        grade="assumed", neutral=0.0),
    Parameter(
        "league_rhetoric", "l_r", "per unit of score", "effect of a published score below the others' on rhetoric",
        Prior("normal", -0.2, 0.3), -1.5, 1.0, "assumed", "M2", _NONE,
        "either direction, blaming the others more likely", _TRIAL, grade="assumed", neutral=0.0),
    Parameter(
        "condition_rhetoric", "l_c", "per EUR m",
        "softening of rhetoric per million at stake under political conditions",
        Prior("lognormal", 0.03, 0.6), 0.0, 0.5, "assumed", "M2",
        "Schimmelfennig & Sedelmeier 2020, as direction", "two million soften rhetoric by a twentieth", _TRIAL,
        grade="analogy", neutral=0.0),
    Parameter(
        "attend_base", "f_0", "logit", "readiness to attend a meeting in the reference month",
        Prior("normal", 2.2, 0.5), -3.0, 6.0, "assumed", "M3",
        "all six attend IISG's boards and the Berlin Process (events.csv E37, E44)",
        "nine in ten would come in calm times",
        "attendance lists of regional meetings at the level of ministers", grade="region"),
    Parameter(
        "attend_crisis", "f_c", "logit per unit of severity", "lowering by an open crisis with another member",
        Prior("lognormal", 0.8, 0.5), 0.0, 4.0, "assumed", "M3",
        "events.csv E05, E11: walk-out and frozen dialogue", "severity two halves the odds twice", _TRIAL,
        grade="region", neutral=0.0),
    Parameter(
        "attend_rent", "f_r", "logit per unit of rent", "lowering by an elite's rent",
        Prior("lognormal", 0.6, 0.5), 0.0, 3.0, "assumed", "M3", "Stedman 1997, as direction",
        "moderate: spoilers stay away or send deputies", _TRIAL, grade="analogy", neutral=0.0),
    Parameter(
        "attend_support", "f_S", "logit per 10 points", "raising by public support above its reference",
        Prior("lognormal", 0.2, 0.5), 0.0, 2.0, "assumed", "M3", _NONE, "weak: meetings are little noticed", _TRIAL,
        grade="assumed", neutral=0.0),
    Parameter(
        "attend_accession", "f_A", "logit per unit of credibility", "raising by accession credibility",
        Prior("lognormal", 1.0, 0.5), 0.0, 5.0, "assumed", "M3, E3",
        "Schimmelfennig & Sedelmeier 2020, as direction", "moderate: attendance pleases Brussels", _TRIAL,
        grade="analogy", neutral=0.0),
    Parameter(
        "seat_serbia", "f_s", "logit", "lowering of Serbia's attendance when Kosovo sits as an equal",
        Prior("lognormal", 1.0, 0.5), 0.0, 5.0, "assumed", "M3",
        "states.csv: Kosovo sits with an asterisk in regional bodies since 2013", "a third of it with an asterisk",
        "attendance at meetings with different seats", grade="elsewhere", neutral=0.0),
    Parameter(
        "seat_kosovo", "f_k", "logit", "lowering of Kosovo's attendance when it sits with an asterisk",
        Prior("lognormal", 0.7, 0.5), 0.0, 5.0, "assumed", "M3", "states.csv (rcc_participant)",
        "below Serbia's: Kosovo sat with an asterisk for years",
        "attendance at meetings with different seats", grade="elsewhere", neutral=0.0),
    Parameter(
        "benefit_shared", "s_d", "share", "share of a domain's benefit that crosses borders",
        Prior("uniform", 0.1, 0.7), 0.0, 1.0, "assumed", "M3", _NONE, "neither private nor fully public",
        "estimates of the regional share of damage", axis="domain", grade="assumed"),
    Parameter(
        "commitment_cost", "c_c", "utility", "cost of being bound",
        Prior("lognormal", 0.01, 0.6), 0.0, 0.2, "assumed", "M3", _NONE, "small against an ordinary gain of 0.05",
        _TRIAL, grade="assumed"),
    Parameter(
        "acceptance_margin", "ε_a", "utility", "smallest expected gain for which a member says yes",
        Prior("lognormal", 0.003, 0.6), 0.0001, 0.1, "assumed",
        "M3", _NONE, "small against an ordinary gain of 0.05", _TRIAL, grade="assumed"),
    Parameter(
        "kept_bar", "k_0", "share", "share of the pledged rise at which half of observers see a commitment kept",
        Prior("uniform", 0.3, 0.7), 0.05, 0.95, "assumed",
        "M3", _NONE, "one half, with room for strict and lenient observers", _TRIAL, grade="assumed"),
    Parameter(
        "dialogue_contact", "k_d", "observations", "kept commitments that one meeting's dialogue counts for",
        Prior("normal", 0.04, 0.04), -0.05, 0.3, "assumed", "M3, G3",
        "Paluck, Green & Green 2019: none shown for adults' ethnic prejudice; Lemmer & Wagner 2015: programmes "
        "work and last a month or more", "weak, and possibly harmful",
        "trust of officials before and after meetings", grade="analogy", neutral=0.0),
    Parameter(
        "failed_meeting", "k_f", "observations", "broken commitments that a failed meeting counts for",
        Prior("lognormal", 0.1, 0.6), 0.0, 1.0, "assumed", "M3, G3", _NONE,
        "an empty chair is seen", "trust of officials around cancelled meetings", grade="assumed", neutral=0.0),
    Parameter(
        "line_escalation", "l_x", "logit", "lowering of escalation by a crisis line of strength 1",
        Prior("lognormal", 0.3, 0.7), 0.0, 2.0, "assumed", "M3, E2",
        "hotlines between rivals, as direction; no size",
        "weak to moderate, and never harmful: talking early is hard to regret", "crises with and without a line",
        grade="assumed", neutral=0.0),
    Parameter(
        "line_duration", "l_d", "logit", "raising of the monthly chance that a crisis ends",
        Prior("lognormal", 0.3, 0.7), 0.0, 2.0, "assumed", "M3, E2", "as above",
        "weak to moderate, and never harmful: talking early is hard to regret",
        "crises with and without a line", grade="assumed", neutral=0.0),
    Parameter(
        "transparency_posture", "t_m", "share", "lowering of the reaction to a rival's posture by full transparency",
        Prior("beta", 0.25, 6.0), 0.0, 1.0, "assumed", "M3, G4",
        "the paper, section 2.1 (Evans 1994): transparency rather than secrecy",
        "a quarter: arms are bought for other reasons too",
        "spending before and after notification regimes", grade="assumed", neutral=0.0),
    Parameter(
        "owned_today", "ω_i", "share", "how far the six own IISG today",
        Prior("beta", 0.2, 10.0), 0.0, 1.0, "assumed", "M4", "the paper, section 3.1: externally driven",
        "a fifth: boards decide, but on donors' agendas",
        "decisions taken by the six against those taken by donors", grade="assumed"),
    Parameter(
        "owned_bilateral", "ω_b", "share", "how far bilateral ties are pursued on the two states' own initiative",
        Prior("beta", 0.6, 8.0), 0.0, 1.0, "assumed", "M4",
        "the paper, sections 3.1 and 5: bilateral first, but driven from outside", "somewhat more than half",
        "projects between two ministries by who pays and who asked", grade="assumed"),
    Parameter(
        "owned_nato", "ω_n", "share", "how far the members among the six own what they do within NATO",
        Prior("beta", 0.4, 8.0), 0.0, 1.0, "assumed", "M4", "the paper, section 3.1", "members of a larger body",
        "decisions taken by the members against those of the alliance", grade="assumed"),
    Parameter(
        "owned_decay", "h_o", "months", "half-life of an imposed mechanism's value after its funds stop",
        Prior("lognormal", 12.0, 0.5), 2.0, 60.0, "assumed",
        "M4", _NONE, "a year: staff leave when contracts end", "mechanisms after their projects", grade="assumed"),
    Parameter(
        "owned_priorities", "ω_p", "share", "gain of IISG's ownership where the forum sets its priorities",
        Prior("beta", 0.3, 8.0), 0.0, 1.0, "assumed",
        "M4, M5", _NONE, "a third: money still comes from outside", _TRIAL, grade="assumed", neutral=0.0),
)
# fmt: on
