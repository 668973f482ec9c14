"""Parameters of the governments: effort, rhetoric, trust and posture (G1 to G4)."""

from __future__ import annotations

from wbsim.tables.record import Parameter, Prior

_NONE = "no published estimate; parameterisation of wbsim"
_PUBLIC = "an expert survey of the six ministries on what drives their engagement"

# Transparency International's corruption perceptions index of 2022 divided by 100 (states.csv, ti_cpi), ALB to SRB.
_SCRUTINY = (0.36, 0.34, 0.41, 0.40, 0.45, 0.36)
# GI-TOC resilience 2021 divided by the mean of the five published (4.71); Kosovo, not covered, at that mean.
_CAPACITY = (1.07, 0.83, 1.00, 1.11, 0.95, 1.04)
# Military spending by SIPRI 2020 in percent of GDP, divided by the mean of the six (1.49).
_POSTURE = (1.03, 0.59, 0.71, 0.86, 1.38, 1.42)

# fmt: off
PARAMETERS = (
    Parameter(
        "effort_base", "η_0", "logit", "effort for cooperation in the absence of every named motive",
        Prior("normal", -1.2, 0.4), -4.0, 2.0, "assumed", "G1",
        "the paper, sections 3 and 5: little actual cooperation beside large public support",
        "an effort near a quarter of the possible, before rents are taken off",
        "IISG records of participation by state", grade="analogy"),
    Parameter(
        "effort_residual", "η_i", "logit", "difference of a state's effort from what the named motives explain",
        Prior("normal", 0.0, 0.4), -2.0, 2.0, "calibrated", "G1",
        "states.csv: GI-TOC's international cooperation of 2021, five states from 5 to 6.5 of 10; Kosovo not covered",
        "the scores, read as shares of their scale, have a spread of 0.25 logits over five states that errors widen "
        "and a coarse scale narrows: half as much again, so that they say where a state stands and not how far states "
        "lie apart", "participation in joint work by state", axis="state", grade="elsewhere", block="cooperation"),
    Parameter(
        "responsiveness", "η_S", "logit per 10 points of support",
        "reaction of effort to a change of public support in a salient domain",
        Prior("lognormal", 0.15, 0.6), 0.0, 1.5, "assumed", "G1",
        "direction: the paper, section 5; Putnam 1988; the size has no source",
        "ten points more support move effort by about two points", _PUBLIC, axis="state", grade="analogy", neutral=0.0),
    Parameter(
        "election_boost", "η_E", "ratio", "factor on responsiveness in the six months before an election",
        Prior("uniform", 1.0, 2.5), 0.5, 4.0, "assumed", "G1", _NONE,
        "governments listen more before elections; by how much is unknown",
        "decisions on cooperation by distance from elections", grade="assumed", neutral=1.0),
    Parameter(
        "threat_push", "η_L", "logit per unit of threat level", "reaction of effort to the level of the threat",
        Prior("lognormal", 0.4, 0.5), 0.0, 2.0, "assumed", "G1", _NONE,
        "a threat a quarter above the region's mean adds about two points of effort", _PUBLIC,
        grade="assumed", neutral=0.0),
    Parameter(
        "incentive", "η_I", "logit per EUR m of marginal payment",
        "reaction of effort to what another unit of effort is paid",
        Prior("lognormal", 0.15, 0.6), 0.0, 5.0, "assumed", "G1, M2",
        "analogues.csv: performance-based financing in DR Congo, randomised, against unconditional money of similar "
        "size: +0.03 [0.02, 0.04] on 0.25, 0.15 logits [0.10, 0.20]: the effect of conditions, not of money",
        "the bundled programme pays about a million euro at the margin for a unit of effort, so that the whole of its "
        "conditions is worth 0.15 logits", "effort before and after a results-based programme",
        grade="elsewhere", neutral=0.0),
    Parameter(
        "reciprocity", "η_R", "logit per unit of effort", "pull of the others' mean effort",
        Prior("lognormal", 1.0, 0.6), 0.0, 4.0, "assumed", "G1",
        "Fischbacher & Gächter 2010: conditional cooperation with a bias to oneself",
        "partial matching of others' contributions", _PUBLIC, grade="analogy", neutral=0.0),
    Parameter(
        "rent", "rent", "logit", "what a ruling elite gains from tension, as a brake on effort",
        Prior("lognormal", 0.5, 0.6), 0.0, 4.0, "assumed", "G1, G2, M3",
        "the paper, section 4.2: politicians who benefit from its perpetuation; attributions, not measured power",
        "the same prior for every state: the blame items do not measure rents",
        "coded statements and vetoes by governing parties", axis="state", grade="analogy", neutral=0.0),
    Parameter(
        "scrutiny", "scr", "share", "scrutiny of elites, which lowers the weight of rents",
        Prior("fixed", 0.0), 0.0, 1.0, "derived", "G1",
        "Transparency International, corruption perceptions index 2022 divided by 100 (states.csv)",
        "the nearest published proxy for scrutiny", "an index of scrutiny of the security sector",
        axis="state", centres=_SCRUTINY, grade="elsewhere"),
    Parameter(
        "commitment_pull", "η_C", "share", "share of a pledged rise of effort that is acted upon",
        Prior("beta", 0.42, 5.0), 0.0, 1.0, "calibrated", "G1, M3",
        "Chaudoin 2014: only citizens without a preference punish broken agreements",
        "pledges are kept in part; both nothing and everything are possible",
        "implementation records of the Berlin Process", grade="analogy", neutral=0.0, block="channel"),
    Parameter(
        "effort_half_life", "h_e", "months", "half-life of a government's adjustment of effort",
        Prior("lognormal", 9.0, 0.4), 1.0, 36.0, "calibrated", "G1",
        "events.csv: a needs mapping slipped by six months; 57 months from first board to first product",
        "ministries adjust within budget cycles", "dated steps of implementation", grade="elsewhere", block="channel"),
    Parameter(
        "effort_noise", "σ_e", "logit", "unexplained monthly variation of a government's aim",
        Prior("lognormal", 0.25, 0.4), 0.0, 1.0, "assumed", "G1", _NONE,
        "changes of ministers and priorities", "participation by meeting", grade="assumed"),
    Parameter(
        "priority_spread", "σ_p", "logit", "standard deviation of the priority that a government gives to cooperation",
        Prior("lognormal", 0.3, 0.4), 0.0, 1.2, "assumed", "G1",
        _NONE, "governments change: effort a quarter higher or lower for years", "participation by meeting and year",
        grade="assumed"),
    Parameter(
        "priority_half_life", "h_c", "months", "half-life of that priority",
        Prior("uniform", 12.0, 48.0), 3.0, 120.0, "assumed", "G1", _NONE, "between a year and a government's term",
        "participation by meeting and year", grade="assumed"),
    Parameter(
        "effort_war", "η_W", "logit", "change of effort in the month in which a war breaks out outside the region",
        Prior("normal", 0.15, 0.2), -1.0, 1.5, "assumed", "G1",
        "analogues.csv: all six at Berlin 2022 and Brdo 2022, with agreements and conclusions; officers in joint "
        "action days of the EU's police 11,000 in 2021 and 16,000 in 2022: as direction, the six cannot be separated",
        "a few points more, or fewer: attention may also turn elsewhere", "joint activity by month around 2022",
        grade="analogy", neutral=0.0),
    Parameter(
        "effort_crisis", "η_K", "logit per unit of severity",
        "loss of effort by lasting crises with another of the six",
        Prior("lognormal", 0.1, 0.6), 0.0, 1.0, "assumed", "G1",
        "events.csv E11: the tariffs of 2018 to 2020 froze what was agreed, as direction",
        "a lasting crisis of severity two costs a fifth of a logit", "joint activity of a dyad around its crises",
        grade="analogy", neutral=0.0),
    Parameter(
        "event_half_life", "h_w", "months", "half-life of what governments remember of wars and crises",
        Prior("lognormal", 12.0, 0.5), 2.0, 60.0, "assumed", "G1", _NONE,
        "a year, within a factor of about two: one round of budgets and summits",
        "joint activity by month around 2022", grade="assumed"),
    Parameter(
        "accession_push", "η_A", "logit per unit of credibility", "reaction of effort to accession's credibility",
        Prior("lognormal", 0.6, 0.6), 0.0, 4.0, "assumed", "G1, E3",
        "Schimmelfennig & Sedelmeier 2004, 2020: credibility is the crucial condition; the form is ours",
        "credibility 0.2 higher adds about two points of effort", "effort around accession decisions",
        grade="analogy", neutral=0.0),
    Parameter(
        "staff_budget", "B", "desks", "staff of a state of mean capacity for cooperation",
        Prior("lognormal", 3.2, 0.3), 1.0, 12.0, "assumed", "G1, X1", _NONE,
        "from binding already to half as much again as today's effort and mechanisms ask for (about 2.2 desks)",
        "staff lists of the six ministries", grade="assumed"),
    Parameter(
        "capacity", "K", "ratio", "capacity of a state's security institutions (mean 1)",
        Prior("lognormal", 1.0, 0.1), 0.3, 2.0, "derived", "G1, E1, M2",
        "GI-TOC Organized Crime Index 2021, resilience (states.csv); Kosovo not covered, at the mean",
        "the published index with an error of a tenth", "the index for Kosovo",
        axis="state", centres=_CAPACITY, grade="elsewhere"),
    Parameter(
        "veto_cap", "v", "share", "highest effort that Bosnia's veto player allows in calm times",
        Prior("beta", 0.4, 10.0), 0.05, 0.95, "calibrated", "G1",
        "Tsebelis 2002; events.csv E28, E33 (boycott and withdrawal of the Republika Srpska)",
        "binds in about half of the worlds where effort rises", "decisions blocked in Sarajevo, by domain",
        grade="elsewhere", block="channel"),
    Parameter(
        "veto_money", "v_F", "per EUR m a year", "rise of that highest effort by money that hangs on results",
        Prior("lognormal", 0.05, 0.6), 0.0, 0.5, "assumed", "G1, M2",
        "analogues.csv: Bosnia and Herzegovina signs the Transport Community Treaty 68 days after the others, when "
        "money for four of its projects was about to go elsewhere",
        "a million a year at stake lifts it by a twentieth; one case, no size", "decisions blocked and unblocked by "
        "money at stake",
        grade="region", neutral=0.0),
    Parameter(
        "rhetoric_trust", "r_T", "per unit of trust", "friendliness of rhetoric per unit of trust above one half",
        Prior("lognormal", 1.5, 0.4), 0.0, 5.0, "assumed", "G2", _NONE,
        "full trust gives warm rhetoric, none hostile", "coded statements of leaders", grade="assumed", neutral=0.0),
    Parameter(
        "rhetoric_rent", "r_o", "per unit of rent",
        "hostility of rhetoric per unit of rent where a dispute offers it",
        Prior("lognormal", 0.6, 0.5), 0.0, 3.0, "assumed", "G2",
        "Stedman 1997 on spoilers; the paper, section 3.2; the size has no source",
        "an ordinary rent on a serious dispute turns neutral rhetoric hostile", "coded statements of leaders",
        grade="analogy", neutral=0.0),
    Parameter(
        "rhetoric_half_life", "h_r", "months", "half-life of rhetoric's adjustment",
        Prior("lognormal", 4.0, 0.5), 0.5, 24.0, "assumed", "G2", _NONE,
        "tone changes faster than policy", "coded statements of leaders", grade="assumed"),
    Parameter(
        "rhetoric_crisis", "r_c", "per unit of severity", "fall of rhetoric in a month of crisis",
        Prior("lognormal", 0.08, 0.5), 0.0, 0.5, "assumed", "G2", _NONE,
        "a crisis of severity three costs a quarter of the scale a month", "coded statements of leaders",
        grade="assumed", neutral=0.0),
    Parameter(
        "record_half_life", "h_T", "months", "half-life of the record of kept and broken commitments",
        Prior("loguniform", 12.0, 96.0), 6.0, 240.0, "assumed", "G3",
        "Jøsang & Ismail 2002 for forgetting; the half-life is ours",
        "one to eight years: from one government's term to two",
        "expert assessments of trust around dated breaches", grade="assumed"),
    Parameter(
        "trust_strength", "α+β", "observations", "weight of a dyad's own level against its record",
        Prior("loguniform", 4.0, 20.0), 2.0, 60.0, "assumed", "G3",
        "Jøsang & Ismail 2002 (2 without a level of its own)",
        "a fading record must not turn enemies into neutrals", "expert assessments of trust around dated breaches",
        grade="assumed"),
    Parameter(
        "trust_level_base", "t_0", "logit", "level of trust between recognised states without dispute",
        Prior("normal", 0.2, 0.3), -2.0, 3.0, "assumed", "G3", _NONE,
        "slightly above indifference", "an expert survey on the fifteen dyads", grade="assumed"),
    Parameter(
        "trust_level_kin", "t_k", "logit", "addition for kinship", Prior("normal", 0.9, 0.3), 0.0, 3.0,
        "assumed", "G3", "KCSS 2020 on Albania and Kosovo, as direction",
        "clearly positive for the one kin dyad, Albania and Kosovo",
        "an expert survey on the fifteen dyads", grade="analogy", neutral=0.0),
    Parameter(
        "trust_level_ally", "t_a", "logit", "addition for common membership of NATO",
        Prior("normal", 0.4, 0.2), 0.0, 2.0, "assumed", "G3", "states.csv (nato_status), as direction",
        "smaller than kinship, and never negative", "an expert survey on the fifteen dyads",
        grade="analogy", neutral=0.0),
    Parameter(
        "trust_level_dispute", "t_d", "logit per step", "lowering per step of the dispute's severity",
        Prior("normal", 0.5, 0.15), 0.0, 2.0, "assumed", "G3", "dyads.csv (coder's judgement of disputes)",
        "an existential dispute alone takes trust to a quarter", "an expert survey on the fifteen dyads",
        grade="analogy", neutral=0.0),
    Parameter(
        "trust_level_nonrecognition", "t_r", "logit", "lowering where recognition is missing",
        Prior("normal", 0.6, 0.25), 0.0, 2.0, "assumed", "G3", "dyads.csv", "as much as a serious dispute",
        "an expert survey on the fifteen dyads", grade="analogy", neutral=0.0),
    Parameter(
        "trust_level_residual", "t_ij", "logit", "what these traits leave unexplained of a dyad's trust",
        Prior("normal", 0.0, 0.25), -2.0, 2.0, "assumed", "G3", _NONE, "modest: half of what a step of dispute does",
        "an expert survey on the fifteen dyads", axis="dyad", grade="assumed"),
    Parameter(
        "trust_crisis", "b_c", "observations per unit of severity and month",
        "broken commitments that a month of crisis counts for, before losses are weighted",
        Prior("lognormal", 0.05, 0.6), 0.0, 1.0, "assumed", "G3", _NONE,
        "a month of severity three counts for a third of a broken commitment",
        "expert assessments of trust around dated crises", grade="assumed", neutral=0.0),
    Parameter(
        "trust_contact", "k_x", "observations per unit of cooperation and month",
        "kept commitments that practised cooperation above its reference counts for",
        Prior("lognormal", 0.1, 0.7), 0.0, 1.0, "assumed", "G3",
        "Pettigrew & Tropp 2006; Paluck, Green & Green 2019: weak for adults of different ethnicity",
        "cooperation 0.2 deeper counts for a quarter of a commitment a year", "exchange programmes of officials",
        grade="analogy", neutral=0.0),
    Parameter(
        "trust_posture", "b_m", "observations per unit of posture and month",
        "broken commitments that a partner's posture above its reference counts for",
        Prior("lognormal", 0.1, 0.6), 0.0, 1.0, "assumed", "G3, G4",
        "Marković & Perović 2021 (CSS Analyses 282), as direction",
        "a posture a fifth higher counts for a quarter of a breach a year", "trust around arms purchases",
        grade="analogy", neutral=0.0),
    Parameter(
        "kydd_signal", "LR", "log likelihood ratio per observation",
        "how much one kept or broken commitment tells about the other's type (variant `trust_rule = two-types` only)",
        Prior("uniform", 0.1, 0.6), 0.0, 2.0, "assumed", "G3",
        "Kydd 2005; costly signals two to five in likelihood is our reading",
        "a signal's ratio of 1.1 to 1.8", "expert assessments of trust around dated signals",
        grade="assumed", neutral=0.0),
    Parameter(
        "posture_level", "m_0", "ratio", "military posture of the reference month (mean of the six 1)",
        Prior("fixed", 0.0), 0.2, 3.0, "derived", "G4",
        "SIPRI military spending 2020 in percent of GDP (states.csv)", "spending is the only comparable proxy",
        "equipment by state and year", axis="state", centres=_POSTURE, grade="elsewhere"),
    Parameter(
        "posture_rivalry", "m_r", "per unit of a rival's posture", "reaction of posture to a rival's",
        Prior("beta", 0.25, 6.0), 0.0, 0.7, "assumed", "G4", "Richardson's arms race, as form; no size for the six",
        "damped for sure: spending of the six does not race", "spending of dyads in dispute over two decades",
        grade="assumed", neutral=0.0),
    Parameter(
        "posture_distrust", "m_T", "per unit of trust", "reaction of posture to lost trust in a rival",
        Prior("lognormal", 0.5, 0.6), 0.0, 3.0, "assumed", "G4", _NONE,
        "trust 0.1 lower raises posture by a twentieth", "spending around crises", grade="assumed", neutral=0.0),
    Parameter(
        "posture_half_life", "h_m", "months", "half-life of posture's adjustment",
        Prior("lognormal", 24.0, 0.4), 6.0, 120.0, "assumed", "G4", _NONE, "budgets and deliveries take years",
        "dates of orders and deliveries", grade="assumed"),
    Parameter(
        "posture_noise", "σ_m", "ratio per month", "unexplained monthly change of posture",
        Prior("lognormal", 0.01, 0.5), 0.0, 0.1, "assumed", "G4",
        "states.csv: shares of GDP move by a tenth between years",
        "about 0.04 a year, the size of yearly changes of shares of GDP",
        "yearly series of spending", grade="elsewhere"),
)
# fmt: on
