"""Parameters of the citizens: threat perception, trust, support, beliefs and read-outs (C1 to C5)."""

from __future__ import annotations

from wbsim.tables.record import Parameter, Prior

_NONE = "no published estimate; parameterisation of wbsim"
_LEVEL = "levels come from the surveys; this prior is wide on purpose"


def _logit(percent: float) -> float:
    """Logit of a percentage, in closed form so that the table needs no numerical library."""
    from math import log

    return round(log(percent / (100.0 - percent)), 3)


# Reference levels of threat items, from SecuriMeter 2021 (January and February 2021) where it asked them.
_THREAT_LEVELS = (
    _logit(22),
    _logit(58),
    _logit(55),
    _logit(40),
    _logit(26),
    _logit(29),
    _logit(45),
    _logit(53),
    _logit(63),
    _logit(35),
)

# fmt: off
PARAMETERS = (
    Parameter(
        "threat_half_life", "h_θ", "months", "half-life of a threat perception's return to its anchor",
        Prior("lognormal", 8.0, 0.5), 1.5, 48.0, "calibrated", "C1",
        "Bove, Efthyvoulou & Pickard 2023 (BJPS): elevated up to 120 days after large attacks",
        "individual attitudes outlast the news about them; the published window is a lower bound",
        "a panel that asks the same citizens about threats at several dates", block="dynamic", grade="analogy"),
    Parameter(
        "trust_half_life", "h_u", "months", "half-life of trust in another state's return to its anchor",
        Prior("lognormal", 18.0, 0.5), 3.0, 84.0, "assumed", "C2", _NONE,
        "feelings about neighbours move more slowly than worries about events",
        "two waves of the same trust question on the same dyad", grade="assumed"),
    Parameter(
        "influence", "χ", "per month", "pull of the acquaintances' mean on a citizen's attitude",
        Prior("lognormal", 0.05, 0.6), 0.0, 0.3, "assumed", "C1, C2",
        "Friedkin & Johnsen 1990 for the rule; susceptibility 0 to 0.8 is a range used in practice",
        "with the half-lives above, the median gives a susceptibility of 0.3 to 0.5",
        "network data on discussion partners in the region", grade="assumed", neutral=0.0),
    Parameter(
        "threat_spread", "s_θ", "logit", "standard deviation between citizens' anchors of threat perception",
        Prior("lognormal", 1.1, 0.2), 0.4, 2.5, "calibrated", "C1", _NONE,
        "makes answers as divided as four-point survey items usually are",
        "published cross-tables of two threat items", block="dynamic", grade="assumed"),
    Parameter(
        "trust_spread", "s_u", "logit", "standard deviation between citizens' anchors of trust in another state",
        Prior("lognormal", 1.2, 0.2), 0.4, 2.5, "calibrated", "C2", _NONE,
        "as for threats, a little wider: opinions of neighbours are more divided",
        "the full four-point distribution of the same favourability item", block="dynamic", grade="assumed"),
    Parameter(
        "volatility", "σ_v", "logit per month",
        "standard deviation of a citizen's monthly change of attitude that nothing explains",
        Prior("lognormal", 0.15, 0.3), 0.0, 0.5, "assumed", "C1, C2", _NONE,
        "gives individual answers a test-retest correlation near 0.8 over a few months",
        "a panel with a short interval between waves", grade="assumed"),
    Parameter(
        "news_reaction", "κ_θ", "logit per month and unit of news", "reaction of threat perception to news",
        Prior("lognormal", 0.12, 0.5), 0.0, 1.0, "calibrated", "C1",
        "the paper, section 4.1: worry about war 22 % in 2021 and 44 % in 2022 (SecuriMeter)",
        "with the size of the invasion's news it spans shifts of 5 to 40 points",
        "monthly surveys around a dated crisis", block="dynamic", grade="elsewhere", neutral=0.0),
    Parameter(
        "news_fast_half_life", "h_f", "months", "half-life of the fast part of news",
        Prior("uniform", 0.16, 1.0), 0.1, 2.0, "assumed", "C1",
        "Hill, Lo, Vavreck & Zaller 2013; Coppock, Ekins & Kirby 2018: most persuasion decays within weeks",
        "5 to 30 days, the span of the published decays", "daily tracking around an event in the region",
        grade="analogy"),
    Parameter(
        "news_slow_half_life", "h_s", "months", "half-life of the slow part of news",
        Prior("lognormal", 9.0, 0.5), 2.0, 36.0, "calibrated", "C1",
        "Bove, Efthyvoulou & Pickard 2023; Coppock, Ekins & Kirby 2018: a part stays for a month or more",
        "3 to 24 months, the span in which effects were still found",
        "repeated waves of the same threat question after one event", block="dynamic", grade="elsewhere"),
    Parameter(
        "news_fast_share", "a_f", "share", "share of the first reaction that is fast",
        Prior("uniform", 0.4, 0.7), 0.0, 1.0, "assumed", "C1",
        "Coppock, Ekins & Kirby 2018: about half of an effect is gone after ten days",
        "their half, with room on both sides", "daily tracking around an event in the region", grade="analogy"),
    Parameter(
        "attention_spread", "s_a", "ratio",
        "standard deviation of citizens' attention to politics (mean 1, with an exponential tail)",
        Prior("uniform", 0.3, 0.8), 0.0, 1.0, "assumed", "C1, C2", "Zaller 1992: reception rises with awareness",
        "the most attentive sixth takes in two to three times as much as the least",
        "media-use items beside threat items in one survey", grade="analogy"),
    Parameter(
        "rhetoric_news", "w_r", "news per unit of rhetoric",
        "news about war made by hostile rhetoric between governments",
        Prior("lognormal", 0.6, 0.6), 0.0, 4.0, "assumed", "C1",
        "Zaller 1992 for elite cues; the size has no source",
        "fully hostile rhetoric weighs like a crisis of severity one every second month",
        "content analysis of leaders' statements beside monthly worry about war", grade="analogy", neutral=0.0),
    Parameter(
        "posture_news", "w_m", "news per unit of posture", "news about war made by a rival's military posture",
        Prior("lognormal", 0.4, 0.6), 0.0, 4.0, "assumed", "C1, G4",
        "Marković & Perović 2021 (CSS Analyses 282): rearmament undermines trust; the size has no source",
        "doubling a rival's posture weighs less than an open crisis",
        "surveys before and after a published arms purchase", grade="analogy", neutral=0.0),
    Parameter(
        "invasion_news", "w_U", "severity",
        "size of the invasion of Ukraine as news about war, in units of a crisis' severity",
        Prior("lognormal", 4.0, 0.5), 0.5, 15.0, "calibrated", "C1, E3",
        "the paper, section 4.1 (22 % to 44 %); Unan & Klüver 2024: attitudes kept moving for weeks",
        "about that of an armed conflict of the six, for all citizens",
        "the 2022 wave of SecuriMeter by month of fieldwork", block="dynamic", grade="elsewhere"),
    Parameter(
        "crisis_news", "w_c", "news per unit of severity",
        "news about war made by a month of an open crisis, per unit of its severity",
        Prior("lognormal", 0.2, 0.6), 0.0, 2.0, "calibrated", "C1, E2",
        "the paper, sections 3.2 and 4.1: crises of 2021 and 2022 beside the invasion; the size has no source",
        "an ordinary border crisis weighs a tenth of the invasion of Ukraine",
        "worry about war by month around a dated crisis of the six", block="dynamic", grade="analogy", neutral=0.0),
    Parameter(
        "level_news", "w_L", "news per unit of log threat level", "news made by a threat level above its reference",
        Prior("lognormal", 0.5, 0.6), 0.0, 4.0, "assumed", "C1, E1", _NONE,
        "citizens see crime and disasters only in part", "waves of a threat item beside the matching index",
        grade="assumed", neutral=0.0),
    Parameter(
        "cue_reaction", "κ_r", "logit per month and unit of rhetoric",
        "reaction of trust in a state to the own government's rhetoric towards it",
        Prior("lognormal", 0.03, 0.6), 0.0, 0.3, "assumed", "C2",
        "Zaller 1991, 1992 for the rule; the size has no source",
        "rhetoric 0.2 friendlier for good moves a divided public by about 4 points",
        "waves of the same trust question around a change of government rhetoric", grade="analogy", neutral=0.0),
    Parameter(
        "cue_attachment", "b_n", "share per sd of attachment",
        "how much national attachment lowers acceptance of friendly cues and raises that of hostile ones",
        Prior("uniform", 0.0, 0.4), 0.0, 0.45, "assumed", "C2",
        "Zaller 1991: acceptance depends on the distance between message and predisposition",
        "0 to 0.4, no source for the size", "survey experiments on leaders' statements", grade="analogy", neutral=0.0),
    Parameter(
        "results_reaction", "κ_x", "logit per month and unit of cooperation",
        "reaction of trust in a state to visible joint results with it",
        Prior("lognormal", 0.05, 0.7), 0.0, 0.5, "assumed", "C2",
        "Pettigrew & Tropp 2006; Paluck, Green & Green 2019: weak for adults of different ethnicity",
        "cooperation 0.2 deeper for good moves a divided public by about 6 points",
        "trust before and after a well-known joint operation", grade="analogy", neutral=0.0),
    Parameter(
        "crisis_reaction", "κ_c", "logit per month and unit of severity",
        "loss of trust in a state during a crisis with it, before losses are weighted",
        Prior("lognormal", 0.03, 0.6), 0.0, 0.3, "calibrated", "C2",
        "direction: Slovic 1993; the size has no source",
        "a month of severity two costs a divided public about 3 points",
        "favourability before and after a dated crisis on the same dyad", block="dynamic",
        grade="analogy", neutral=0.0),
    Parameter(
        "resentment_share", "a_t", "share", "share of a crisis' blow to trust that is acute and passes within months",
        Prior("beta", 0.5, 6.0), 0.0, 1.0, "assumed", "C2",
        "series.csv L062 to L064: Kosovo Serbs who would share a workplace with Albanians 14, 25 and 43 % in May, "
        "September and November 2008, as direction",
        "half, with room on both sides: a direction of return, no level from before",
        "monthly tracking of trust around a crisis",
        grade="analogy"),
    Parameter(
        "resentment_half_life", "h_a", "months", "half-life of that acute part",
        Prior("lognormal", 3.0, 0.5), 0.5, 12.0, "assumed", "C2",
        "the same three readings of 2008: most of the way back within half a year",
        "a quarter of a year, within a factor of about two", "monthly tracking of trust around a crisis",
        grade="analogy"),
    Parameter(
        "loss_weight", "ρ", "ratio", "weight of losses of trust against gains",
        Prior("lognormal", 2.0, 0.357), 1.0, 5.0, "assumed", "C2, G3",
        "Brown et al. 2024: 1.96; Walasek et al. 2024: 1.31 (loss aversion, by analogy only)",
        "the two reviews disagree; 90 % of the prior lies between 1.1 and 3.6",
        "a direct estimate of trust's loss and gain from the same dyad", grade="analogy", neutral=1.0),
    Parameter(
        "kin_reversal", "k_rev", "share",
        "how far a state's kin abroad answer a crisis with it by trusting it more",
        Prior("uniform", 0.0, 1.0), 0.0, 1.5, "assumed", "C2",
        "direction: Srbljinović et al. 2003; the size has no source", "from indifference to a full mirror image",
        "trust items by ethnic community, before and after a crisis", grade="assumed", neutral=0.0),
    Parameter(
        "kin_solidarity", "k_sol", "share", "share of a kin state's crisis that is felt as one's own",
        Prior("uniform", 0.2, 0.8), 0.0, 1.0, "assumed", "C1, C2",
        "the paper, section 4.1: Albanians see Serbia as a threat without a dispute of their own",
        "centred on one half, from slight to nearly complete",
        "worry about war in Albania in months of Serbia-Kosovo crises", grade="analogy", neutral=0.0),
    Parameter(
        "region_echo", "k_reg", "share", "share of a crisis between others of the region that is felt as one's own",
        Prior("uniform", 0.1, 0.4), 0.0, 1.0, "assumed", "C1", _NONE, "centred on one quarter",
        "worry about war in states that are no party to a dated crisis", grade="assumed", neutral=0.0),
    Parameter(
        "trust_base", "u_0", "logit", "anchor of trust between states without dispute that recognise each other",
        Prior("normal", 0.7, 0.4), -2.0, 3.0, "calibrated", "C2",
        "the paper, section 4.1 (IRI 2022 on Albania: 20 % favourable in Serbia)", _LEVEL,
        "favourability items for more dyads", block="level", grade="region"),
    Parameter(
        "trust_kin", "u_k", "logit", "addition to the anchor among a state's kin",
        Prior("normal", 1.3, 0.4), 0.0, 4.0, "calibrated", "C2",
        "KCSS 2020: 82 % in Kosovo call Albania's influence positive", _LEVEL, "trust items by ethnic community",
        block="level", grade="region", neutral=0.0),
    Parameter(
        "trust_dispute", "u_d", "logit per step of dispute",
        "lowering of the anchor per step of the dispute's severity (0 to 3)",
        Prior("normal", 0.65, 0.25), 0.0, 2.0, "calibrated", "C2",
        "dyads.csv (coder's judgement of disputes); KCSS 2020: 90 % in Kosovo call Serbia's influence negative",
        _LEVEL, "favourability items for dyads with and without disputes in one survey", block="level",
        grade="region", neutral=0.0),
    Parameter(
        "trust_nonrecognition", "u_r", "logit", "lowering of the anchor where recognition is missing",
        Prior("normal", 0.4, 0.3), 0.0, 2.0, "calibrated", "C2", "dyads.csv; KCSS 2020", _LEVEL,
        "favourability of Kosovo in Bosnia and Herzegovina", block="level", grade="region", neutral=0.0),
    Parameter(
        "trust_residual", "δ_ij", "logit", "what the dyad's traits leave unexplained of the anchor of public trust",
        Prior("normal", 0.0, 0.4), -2.0, 2.0, "calibrated", "C2", "surveys of single dyads (survey_figures.csv)",
        _LEVEL, "favourability items for more dyads", axis="directed-pair", block="level", grade="region"),
    Parameter(
        "threat_level", "θ_k", "logit", "anchor of each threat item in the region",
        Prior("normal", 0.0, 0.4), -5.0, 5.0, "calibrated", "C1",
        "SecuriMeter 2021 for the items it asked; the others are assumed between them", _LEVEL,
        "more waves of the same items", axis="threat", centres=_THREAT_LEVELS, block="level", grade="region"),
    Parameter(
        "threat_residual", "δ_ik", "logit", "difference of a state's anchor of a threat item from the region's",
        Prior("normal", 0.0, 0.8), -3.0, 3.0, "calibrated", "C1",
        "SecuriMeter 2021 by economy: disinformation 57 to 94 %", _LEVEL, "threat items by state",
        axis="state-threat", block="level", grade="region"),
    Parameter(
        "support_base", "β_0", "logit", "support for cooperation in the reference month",
        Prior("normal", 1.35, 0.3), -1.0, 4.0, "calibrated", "C3",
        "Balkan Barometer 2020-2022: 76 to 77 %; the paper, section 4.2: 70 % and 79.6 %", _LEVEL,
        "more waves of the same question by state", block="level", grade="region"),
    Parameter(
        "support_residual", "β_i", "logit", "difference of a state's support from the region's",
        Prior("normal", 0.0, 0.2), -2.0, 2.0, "calibrated", "C3",
        "KCSS 2022: 68.8 % in Kosovo; the paper, section 4.2", _LEVEL, "the same question by state", axis="state",
        block="level", grade="region"),
    Parameter(
        "support_domain", "β_d", "logit", "difference of support in a domain from the mean of domains",
        Prior("normal", 0.0, 0.6), -2.0, 2.0, "calibrated", "C3",
        "the paper, section 4.2 and figure 5: organised crime first", _LEVEL,
        "support by domain rather than the most important domain", axis="domain", block="level", grade="region"),
    Parameter(
        "support_nonrecognition", "β_r", "logit",
        "support that cooperation loses where it is with a named state, and the two do not recognise each other",
        Prior("normal", 0.6, 0.5), 0.0, 3.0, "calibrated", "C3", _NONE,
        "recognition is what the two states dispute; without it Kosovo's publics answer alike whoever the partner is",
        "the same question with recognised and other partners", block="level", grade="region", neutral=0.0),
    Parameter(
        "support_threat", "β_θ", "logit per logit",
        "effect of a domain's threat perception on support for cooperation in it",
        Prior("normal", 0.12, 0.1), -0.3, 0.6, "calibrated", "C3",
        "Unan & Klüver 2024: support moved 0.11 sd after the invasion while worry doubled",
        "small: worry moves far, support hardly", "support and threat items in one data set", block="dynamic",
        grade="analogy", neutral=0.0),
    Parameter(
        "support_trust", "β_u", "logit per logit", "effect of mean trust in the other states on support",
        Prior("lognormal", 0.3, 0.4), 0.0, 1.5, "calibrated", "C3",
        "Regional Cooperation Council, model of Balkan Barometer 2025: trust is the strongest driver",
        "institutional trust there, trust in states here: sign and order only",
        "support and trust items in one data set", block="dynamic", grade="analogy", neutral=0.0),
    Parameter(
        "support_belief", "β_E", "logit per unit", "effect of the belief in what cooperation delivers on support",
        Prior("lognormal", 0.8, 0.5), 0.0, 4.0, "assumed", "C3",
        "the paper, section 2.2: solidarity is self-interest; the size has no source",
        "a belief 0.2 higher for good moves support by about 3 points",
        "support before and after published results", grade="assumed", neutral=0.0),
    Parameter(
        "support_attachment", "β_n", "logit per sd", "effect of national attachment on support",
        Prior("lognormal", 0.4, 0.4), 0.0, 1.5, "assumed", "C3", _NONE, "as strong as trust per standard deviation",
        "support and identity items in one data set", grade="assumed", neutral=0.0),
    Parameter(
        "mood_shared", "s_m", "logit", "sd of the slow change of support that all publics share",
        Prior("lognormal", 0.12, 0.4), 0.0, 0.6, "assumed", "C3",
        "Balkan Barometer 2016 to 2022, the same question: 77, 72, 74, 77, 77, 76 %, a yearly change of 2.1 points, of "
        "which a part is sampling and wording",
        "with the publics' own moods, the region's support then changes by one to three points a year",
        "yearly waves by state", grade="region"),
    Parameter(
        "mood_own", "s_i", "logit", "sd of the slow change of support of each public on top",
        Prior("lognormal", 0.15, 0.4), 0.0, 0.8, "assumed", "C3", _NONE,
        "a public moves somewhat more than the mean of six", "yearly waves by state", grade="assumed"),
    Parameter(
        "mood_half_life", "h_m", "months", "half-life of these moods",
        Prior("uniform", 12.0, 36.0), 3.0, 120.0, "assumed", "C3",
        "Balkan Barometer 2016 to 2022: five points lost in two years came back in three",
        "assumed within this: one to three years", "more waves of the same question", grade="region"),
    Parameter(
        "belief_learning", "a_E", "per month", "speed at which citizens learn what cooperation delivers",
        Prior("lognormal", 0.05, 0.5), 0.0, 0.5, "assumed", "C3", _NONE,
        "half of a lasting change is learned within one to three years when it is visible",
        "repeated waves of an item on what cooperation delivers", grade="assumed"),
    Parameter(
        "visibility", "v", "share", "share of cooperation's results that citizens see without publication",
        Prior("beta", 0.3, 8.0), 0.02, 0.95, "assumed", "C3",
        "the paper, section 3.1: many mechanisms, little known", "less than half for sure",
        "awareness items on regional mechanisms", grade="analogy"),
    Parameter(
        "belief_unseen", "E⁰", "share of the joint ideals",
        "what citizens believe that cooperation delivers where they see nothing of it",
        Prior("beta", 0.4, 8.0), 0.0, 1.0, "assumed", "C3", _NONE,
        "more than is delivered today, so that showing poor results can disappoint",
        "an item on what citizens think that cooperation achieves", grade="assumed"),
    Parameter(
        "safety_base", "c_0", "logit", "feeling of safety in the reference month",
        Prior("normal", 0.6, 0.4), -3.0, 4.0, "calibrated", "C4",
        "SecuriMeter 2021: 64 % satisfied with the security situation", _LEVEL, "the same item by state",
        block="level", grade="region"),
    Parameter(
        "safety_residual", "c_i", "logit", "difference of a public's feeling of safety from what its fear explains",
        Prior("normal", 0.0, 0.5), -2.0, 2.0, "calibrated", "C4", _NONE,
        "publics differ by tens of points in feeling safe; as wide as the residual of blame, where the figures that "
        "are fitted have no preference (docs/calibration.md)",
        "the same item in more states", axis="state", block="level", grade="region"),
    Parameter(
        "safety_threat", "c_θ", "logit per logit", "effect of threat perception on the feeling of safety",
        Prior("lognormal", 0.6, 0.4), 0.0, 3.0, "calibrated", "C4",
        "KCSS: safe in the country 40 % in 2021 and 33 % in 2022",
        "a shift of worry by one logit moves the feeling by about 12 points",
        "safety and threat items in one data set", block="dynamic", grade="elsewhere", neutral=0.0),
    Parameter(
        "outlook_change", "c_Δ", "logit per logit",
        "effect of the last year's change of threat perception on expected security",
        Prior("lognormal", 0.6, 0.5), 0.0, 3.0, "assumed", "C4",
        "the paper, section 4.1: fewer expect improvement in 2022 (17 %), more expect worse (20 %)",
        "direction known, size not", "the earlier waves of the same item", grade="analogy", neutral=0.0),
    Parameter(
        "outlook_belief", "c_E", "logit per unit",
        "effect of the belief in what cooperation delivers on expected security",
        Prior("lognormal", 0.5, 0.5), 0.0, 3.0, "assumed", "C4", _NONE, "smaller than on support",
        "expected security and support in one data set", grade="assumed", neutral=0.0),
    Parameter(
        "outlook_residual", "c_o", "logit",
        "difference of a public's expected security from what fear and belief explain",
        Prior("normal", 0.0, 0.5), -2.0, 2.0, "calibrated", "C4", _NONE,
        "as for the feeling of safety; expectations differ between publics in every survey that asks several",
        "the same item in more states", axis="state", block="level", grade="region"),
    Parameter(
        "outlook_better", "c_b", "logit", "threshold of expecting better security",
        Prior("normal", 1.3, 0.3), -1.0, 4.0, "calibrated", "C4", "the paper, section 4.1: 17 % better", _LEVEL,
        "the earlier waves of the same item", block="level", grade="region"),
    Parameter(
        "outlook_worse", "c_w", "logit", "threshold of expecting worse security",
        Prior("normal", 1.6, 0.3), -1.0, 4.0, "calibrated", "C4", "the paper, section 4.1: 20 % worse", _LEVEL,
        "the earlier waves of the same item", block="level", grade="region"),
    Parameter(
        "closer_offset", "g_c", "logit",
        "distance of 'closer cooperation with all Balkan countries' from general support",
        Prior("normal", 0.1, 0.3), -2.0, 2.0, "calibrated", "C3", "the paper, section 4.2: 79.6 % in Albania",
        _LEVEL, "the same item in other states", block="level", grade="region"),
    Parameter(
        "deny_base", "g_n", "logit",
        "share denying that the lack of cooperation harms relations, in the reference month",
        Prior("normal", -1.0, 0.3), -4.0, 2.0, "calibrated", "C3",
        "the paper, section 4.2: 72.3 % see the harm, so at most 27.7 % deny it", _LEVEL,
        "the same item in other states, with its undecided", block="level", grade="region"),
    Parameter(
        "deny_slope", "g_s", "logit per logit",
        "how much support for cooperation lowers the denial that its lack does harm",
        Prior("uniform", 0.2, 1.0), 0.0, 2.0, "assumed", "C3", _NONE, "the two items share part of one attitude",
        "a cross-table of the two items", grade="assumed", neutral=0.0),
    Parameter(
        "blame_gap", "b_g", "logit per unit",
        "blame of politicians per unit of the gap between support and delivery",
        Prior("lognormal", 1.0, 0.5), 0.0, 5.0, "calibrated", "C5",
        "the paper, section 4.2 and figure 6; attributions are not measured spoiler power",
        "direction from the paper, size not", "blame items in states with different support", block="dynamic",
        grade="analogy", neutral=0.0),
    Parameter(
        "blame_residual", "b_i", "logit", "difference of a public's blame of politicians from what the gap explains",
        Prior("normal", 0.0, 0.5), -2.0, 2.0, "calibrated", "C5", _NONE,
        "publics differ in whom they blame as they differ in every other level; a party system is no part of the model",
        "the same blame item in more states", axis="state", block="level", grade="region"),
    Parameter(
        "blame_powers", "b_p", "logit per unit", "blame of outside powers per unit of Russian pressure",
        Prior("lognormal", 0.4, 0.5), 0.0, 3.0, "calibrated", "C5", "the paper, figure 6: 28 %",
        "direction from the paper, size not", "the same item before the invasion", block="dynamic",
        grade="analogy", neutral=0.0),
    Parameter(
        "blame_peoples", "b_m", "logit per logit", "blame of the peoples per unit of mistrust",
        Prior("lognormal", 0.5, 0.5), 0.0, 3.0, "calibrated", "C5", "the paper, figure 6: 16.2 %",
        "direction from the paper, size not", "blame items in states with different trust", block="dynamic",
        grade="analogy", neutral=0.0),
    Parameter(
        "anchor_half_life", "h_A", "months",
        "half-life of the anchor's adaptation to experience (variant `anchor = adapting` only)",
        Prior("loguniform", 60.0, 600.0), 60.0, 6000.0, "assumed", "C2", _NONE,
        "five years to half a century; the default variant holds it fixed",
        "trust in cohorts before and after a lasting change of relations", grade="assumed"),
    Parameter(
        "confidence_bound", "ε", "logit",
        "distance within which acquaintances are listened to (variant `opinion = bounded-confidence` only)",
        Prior("uniform", 0.8, 2.5), 0.1, 10.0, "assumed", "C1, C2",
        "Deffuant et al. 2000; Hegselmann & Krause 2002", "0.2 to 0.5 of the range of opinions",
        "discussion-network data", grade="assumed"),
)
# fmt: on
