"""Parameters of mechanisms: the status quo's, result-based payment, ownership (M1, M2, M4, M5)."""

from __future__ import annotations

from wbsim.tables.record import Parameter, Prior

_NONE = "no published estimate; parameterisation of wbsim"
_TRIAL = "a pilot of the mechanism with published records"

# fmt: off
PARAMETERS = (
    Parameter(
        "open_balkan_stall", "p_s", "per month of severity",
        "chance that a month of crisis among its members stalls Open Balkan",
        Prior("lognormal", 0.15, 0.7), 0.0, 2.0, "assumed", "M1",
        "analogues.csv: SEECP after the walk-out of 2008, the cancelled summit of 2013, the absence of 2019",
        "a crisis of severity two stalls it within about a quarter: formats of the region stall rather than end",
        "dated meetings of such formats around crises",
        grade="elsewhere", neutral=0.0),
    Parameter(
        "open_balkan_pause", "h_p", "months", "half-life of a stall once no crisis among the members is open",
        Prior("lognormal", 6.0, 0.5), 1.0, 36.0, "assumed", "M1",
        "analogues.csv: SEECP met again within the year after 2008, 2013 and 2019",
        "half a year, so that most stalls are over within a year of calm", "dated meetings of such formats",
        grade="elsewhere"),
    Parameter(
        "open_balkan_end", "p_o", "per month", "chance that a stalled Open Balkan ends in a month",
        Prior("lognormal", 0.008, 0.7), 0.0, 0.3, "assumed", "M1",
        "analogues.csv: SEECP survived 2008, 2013 and 2019; no regional format of the six is known to have ended",
        "about one stall of half a year in twenty ends it", "the fate of similar formats",
        grade="elsewhere", neutral=0.0),
    Parameter(
        "iisg_lag", "lag", "months", "delay from effort to verified joint results in IISG",
        Prior("lognormal", 40.0, 0.4), 6.0, 120.0, "calibrated", "M1, M2",
        "events.csv E04, E37: 57 months from first board to first joint product", "somewhat faster once it runs",
        "dates of IISG's later products", grade="elsewhere", block="channel"),
    Parameter(
        "entry_delay", "t_e", "months", "months until a state takes part in a programme that is paid on results",
        Prior("uniform", 0.0, 24.0), 0.0, 60.0, "assumed", "M2",
        "analogues.csv: the Transport Community Treaty, and programmes that begin late in some states for a "
        "ratification or an agenda", "none to two years, whatever the effort: the same prior for every state",
        "dates of first payments by state", axis="state",
        grade="elsewhere"),
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
        Prior("beta", 0.2, 6.0), 0.0, 1.5, "assumed", "M2",
        "overview of reviews 2009; Clist 2018: distortion is found; reviews of performance-based financing (from "
        "memory): what is not measured mostly stays flat and does not fall", "a fifth, more than nothing for sure",
        _TRIAL,
        grade="analogy", neutral=0.0),
    Parameter(
        "gaming", "γ", "share", "inflation of reported results at full payment and no verification",
        Prior("beta", 0.45, 6.0), 0.0, 1.0, "assumed", "M2",
        "analogues.csv: GAVI paid for each child reported; worldwide coverage rose by 9 points as reported and 4.9 as "
        "surveyed, and in paid states 13.9 m children were reported for 7.4 m found",
        "a third to a half, if nobody checks and everything hangs on it", _TRIAL,
        grade="elsewhere", neutral=0.0),
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
