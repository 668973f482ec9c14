"""Parameters of the forum: attendance, agreement, commitments, dialogue, line, channel (M3, X1)."""

from __future__ import annotations

from wbsim.tables.record import Parameter, Prior

_NONE = "no published estimate; parameterisation of wbsim"
_LISTS = "attendance lists of regional meetings at the level of ministers"
_RECORDS = "adoption and implementation records of regional formats, meeting by meeting"
_CRISES = "crises with and without a line"

# fmt: off
PARAMETERS = (
    Parameter(
        "attend_base", "f_0", "logit", "readiness to attend a meeting in the reference month, by who leads the format",
        Prior("normal", 0.0, 0.7), -3.0, 7.0, "calibrated", "M3",
        "analogues.csv: all six came to each meeting of the Berlin Process and of Brdo-Brijuni that was checked",
        "nine in ten would come in calm times to a meeting led from the region, somewhat more to one led from outside",
        _LISTS, axis="format", centres=(2.2, 2.6),
        grade="region", block="channel"),
    Parameter(
        "attend_crisis", "f_c", "logit per unit of severity",
        "lowering by an open crisis with another member, by who leads the format",
        Prior("lognormal", 1.0, 0.5), 0.0, 4.0, "calibrated", "M3",
        "analogues.csv: SEECP 2008, 2013, 2019 (led from the region) beside Berlin 2022 and Brdo 2022 (led from "
        "outside, in the dispute about plates)",
        "severity two lowers the odds by four fifths where the region leads, by two fifths where it does not", _LISTS,
        axis="format", centres=(0.8, 0.3),
        grade="region", neutral=0.0, block="channel"),
    Parameter(
        "attend_rent", "f_r", "logit per unit of rent", "lowering by an elite's rent",
        Prior("lognormal", 0.6, 0.5), 0.0, 3.0, "calibrated", "M3", "Stedman 1997, as direction",
        "moderate: spoilers stay away or send deputies", _LISTS,
        grade="analogy", neutral=0.0, block="channel"),
    Parameter(
        "attend_support", "f_S", "logit per 10 points", "raising by public support above its reference",
        Prior("lognormal", 0.2, 0.5), 0.0, 2.0, "assumed", "M3", _NONE, "weak: meetings are little noticed", _LISTS,
        grade="assumed", neutral=0.0),
    Parameter(
        "attend_accession", "f_A", "logit per unit of credibility", "raising by accession credibility",
        Prior("lognormal", 1.0, 0.5), 0.0, 5.0, "assumed", "M3, E3",
        "Schimmelfennig & Sedelmeier 2020, as direction", "moderate: attendance pleases Brussels", _LISTS,
        grade="analogy", neutral=0.0),
    Parameter(
        "attend_solidarity", "f_K", "logit", "lowering of the attendance of Kosovo's kin where Kosovo is absent",
        Prior("lognormal", 1.5, 0.5), 0.0, 5.0, "calibrated", "M3",
        "analogues.csv: Albania stays away with Kosovo in 2013, at ministers' level in 2019 (its president came), and "
        "cancels Banja Luka in 2018",
        "a probability, not a rule: nine in ten becomes two in three", _LISTS,
        grade="region", neutral=0.0, block="channel"),
    Parameter(
        "seat_equal", "f_e", "logit", "lowering of Serbia's attendance where Kosovo sits as an equal",
        Prior("lognormal", 1.8, 0.5), 0.0, 6.0, "calibrated", "M3",
        "analogues.csv: Serbia stays away from Warsaw 2011 and Budva 2012, where the host seats Kosovo as an equal",
        "nine in ten becomes six in ten", "attendance at meetings with different seats",
        grade="region", neutral=0.0, block="channel"),
    Parameter(
        "seat_neutral", "f_n", "logit", "lowering of Serbia's and Kosovo's attendance by a status-neutral seat",
        Prior("lognormal", 0.3, 0.6), 0.0, 3.0, "calibrated", "M3",
        "analogues.csv: RACVIAC and MARRI have working arrangements, and both come",
        "little: the asterisk is what both have lived with", "attendance at meetings with different seats",
        grade="elsewhere", neutral=0.0, block="channel"),
    Parameter(
        "benefit_shared", "s_d", "share", "share of a domain's benefit that crosses borders",
        Prior("uniform", 0.1, 0.7), 0.0, 1.0, "assumed", "M3", _NONE, "neither private nor fully public",
        "estimates of the regional share of damage", axis="domain",
        grade="assumed"),
    Parameter(
        "commitment_cost", "c_c", "share of gain", "cost of being bound, as a share of the gain of full cooperation",
        Prior("lognormal", 0.1, 0.8), 0.0, 3.0, "calibrated", "M3",
        "analogues.csv: the SALW Roadmap within five months, Sofia 2020 with an action plan by all six",
        "a tenth of what full cooperation would bring, within a factor of more than two", _RECORDS,
        grade="region", block="channel"),
    Parameter(
        "acceptance_margin", "ε_a", "share of gain",
        "smallest expected gain for which a member says yes, as a share of the gain of full cooperation",
        Prior("lognormal", 0.03, 0.6), 0.0001, 1.0, "calibrated", "M3", _NONE,
        "small: what is worth a minister's signature", _RECORDS,
        grade="assumed", block="channel"),
    Parameter(
        "seat_veto", "c_s", "share of gain",
        "further cost of being bound beside an equal Kosovo, as a share of the gain of full cooperation",
        Prior("lognormal", 2.5, 0.7), 0.0, 20.0, "calibrated", "M3",
        "analogues.csv: one veto and no communique at the US-Adriatic Charter 2014, two SEECP summits without a "
        "declaration before 2014, beside quick adoption where the seat is settled",
        "the veto of 2014 was that of Bosnia and Herzegovina, which minds half as much as Serbia: so even half of it "
        "has to exceed what a member usually gains", _RECORDS,
        grade="region", neutral=0.0, block="channel"),
    Parameter(
        "kept_bar", "k_0", "share", "share of the pledged rise at which half of observers see a commitment kept",
        Prior("uniform", 0.3, 0.7), 0.05, 0.95, "calibrated", "M3",
        "analogues.csv: strict and lenient scales of the G7 differ by 15 points", "one half, with room for strict and "
        "lenient observers; only the distance from what is done can be told", _RECORDS,
        grade="elsewhere", block="channel"),
    Parameter(
        "dialogue_contact", "k_d", "observations", "kept commitments that one meeting's dialogue counts for",
        Prior("normal", 0.02, 0.03), -0.05, 0.3, "assumed", "M3, G3",
        "analogues.csv: two studies of exchange find no effect on identity, one of them an adverse one; Paluck, Green "
        "& Green 2019: none shown for adults' ethnic prejudice; nothing on officials", "weak, and possibly harmful",
        "trust of officials before and after meetings",
        grade="analogy", neutral=0.0),
    Parameter(
        "failed_meeting", "k_f", "observations", "broken commitments that a failed meeting counts for",
        Prior("lognormal", 0.1, 0.6), 0.0, 1.0, "assumed", "M3, G3", _NONE,
        "an empty chair is seen", "trust of officials around cancelled meetings",
        grade="assumed", neutral=0.0),
    Parameter(
        "line_effect", "l_x", "logit",
        "lowering of escalation, and raising of the chance that a crisis ends, by a line that serves in full",
        Prior("normal", 0.2, 0.4, zero=0.4), -2.0, 2.0, "assumed", "M3, E2",
        "analogues.csv: a shallow review of hotlines finds high uncertainty and little empirical evidence",
        "perhaps nothing, and of either sign; on average a fifth of what mediation goes with in the crises of ICB "
        "(+0.84), since nobody mediates on a line", _CRISES,
        grade="assumed", neutral=0.0),
    Parameter(
        "line_half_life", "h_l", "months", "half-life of a line's readiness after a meeting that both attended",
        Prior("lognormal", 6.0, 0.5), 1.0, 36.0, "assumed", "M3", _NONE,
        "half a year: numbers, duty officers and habits go stale", _CRISES,
        grade="assumed"),
    Parameter(
        "line_answer", "l_0", "logit", "readiness to answer a call at trust one half and without rents",
        Prior("normal", 0.5, 0.7), -4.0, 4.0, "assumed", "M3",
        "analogues.csv: one unanswered line seen", "more often than not, and far from sure", _CRISES,
        grade="assumed"),
    Parameter(
        "line_trust", "l_T", "logit per unit of trust", "effect of the lower trust of two states on answering",
        Prior("lognormal", 2.0, 0.5), 0.0, 8.0, "assumed", "M3", _NONE, "trust 0.2 lower costs 0.4 logits", _CRISES,
        grade="assumed", neutral=0.0),
    Parameter(
        "line_rent", "l_r", "logit per unit of rent", "lowering of answering by the mean rent of the two elites",
        Prior("lognormal", 0.5, 0.5), 0.0, 3.0, "assumed", "M3", "Stedman 1997, as direction",
        "who gains from tension lets it ring", _CRISES,
        grade="analogy", neutral=0.0),
    Parameter(
        "line_misfire", "l_m", "share", "share of months in which a call is misread and harms",
        Prior("beta", 0.15, 8.0), 0.0, 1.0, "assumed", "M3", _NONE,
        "one in seven: a leaked or misread call is possible", _CRISES,
        grade="assumed", neutral=0.0),
    Parameter(
        "line_existing", "l_e", "share", "share of what a line could do that contacts beside the forum do already",
        Prior("beta", 0.5, 6.0), 0.0, 1.0, "assumed", "M3, E3",
        "events.csv E36, and liaison officers since 2013, as existence; no measure of their use",
        "half: KFOR, EUFOR and liaison officers answer calls today", "calls by channel in dated crises",
        grade="assumed"),
    Parameter(
        "channel_forum", "k_w", "share", "how far a fully grown channel of the forum opens, if it were owned",
        Prior("beta", 0.45, 12.0), 0.0, 0.98, "assumed", "X1, M3", "the paper, section 5, as intention",
        "as IISG's: a framework with contact points in all six", "operational records by dyad and domain",
        grade="assumed", neutral=0.0),
    Parameter(
        "channel_meeting", "g_m", "share", "share of what is missing of the channel that a meeting of both opens",
        Prior("lognormal", 0.05, 0.6), 0.0, 0.5, "assumed", "X1, M3",
        "analogues.csv: IISG's network of coordinators in mid-2017, its first needs mapping after 57 months; early "
        "signs of the SALW Roadmap after about 36 months",
        "with four meetings a year less than half of it after three years", "dates of joint products by format",
        grade="analogy", neutral=0.0),
    Parameter(
        "channel_practice", "g_x", "share per month and unit of practice",
        "share of what is missing that joint practice opens of a channel that meetings began",
        Prior("lognormal", 0.05, 0.6), 0.0, 1.0, "assumed", "X1, M3",
        "Stojanović Gajić & Ejdus 2018: communities of practice, as direction", "slow, as long as little is practised",
        "operational records by dyad and domain",
        grade="analogy", neutral=0.0),
    Parameter(
        "channel_half_life", "h_g", "months", "half-life of the forum's channel without meetings",
        Prior("lognormal", 24.0, 0.5), 3.0, 120.0, "assumed", "X1, M3", _NONE,
        "two years: contact points change posts", "joint work after a format stopped meeting",
        grade="assumed"),
    Parameter(
        "owned_forum", "ω_f", "share", "how far members own what runs through a forum that the region leads",
        Prior("beta", 0.8, 8.0), 0.0, 1.0, "assumed", "M4", "the paper, section 5: a forum of the six as equals",
        "mostly: its money and staff are theirs", "decisions taken by the six against those taken by donors",
        grade="assumed"),
    Parameter(
        "owned_forum_outside", "ω_F", "share", "the same of a forum that is led from outside",
        Prior("beta", 0.4, 8.0), 0.0, 1.0, "assumed", "M4",
        "the paper, section 3.1 (Marciacq 2017) on the Berlin Process, as direction", "twice as far as IISG today",
        "decisions taken by the six against those taken by donors",
        grade="analogy"),
    Parameter(
        "owned_secretariat", "ω_s", "ratio", "ownership of what a secretariat runs, over that of the forum itself",
        Prior("beta", 0.6, 8.0), 0.0, 1.0, "assumed", "M4",
        "analogues.csv: the six pay half and one euro of RYCO's two million a year, as direction",
        "more than half: staff of its own, money partly from outside", "budgets of regional secretariats",
        grade="analogy"),
    Parameter(
        "transparency_posture", "t_m", "share", "lowering of the reaction to a rival's posture by full transparency",
        Prior("beta", 0.25, 6.0), 0.0, 1.0, "assumed", "M3, G4",
        "the paper, section 2.1 (Evans 1994): transparency rather than secrecy",
        "a quarter: arms are bought for other reasons too",
        "spending before and after notification regimes",
        grade="assumed", neutral=0.0),
)
# fmt: on
