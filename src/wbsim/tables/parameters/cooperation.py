"""Parameters of practised cooperation, public goods and emergency aid (X1 to X3)."""

from __future__ import annotations

from wbsim.tables.record import Parameter, Prior

_NONE = "no published estimate; parameterisation of wbsim"
_RECORDS = "operational records (joint investigations, messages exchanged) by dyad and domain"

# fmt: off
PARAMETERS = (
    Parameter(
        "trust_threshold", "p*_d", "trust", "trust needed for half of the possible cooperation in a domain",
        Prior("normal", 0.0, 0.07), 0.02, 0.95, "assumed", "X1",
        "Kydd 2000, 2005: minimum trust threshold; order of domains is ours",
        "intelligence on terrorism and cyber needs most trust, disasters least", _RECORDS,
        axis="domain", centres=(0.45, 0.55, 0.42, 0.52, 0.25), grade="assumed"),
    Parameter(
        "threshold_width", "τ", "trust", "softness of the trust threshold",
        Prior("uniform", 0.05, 0.3), 0.02, 0.6, "assumed", "X1", "assurance games with noise; range in use",
        "from a step to nearly a slope", _RECORDS, grade="assumed"),
    Parameter(
        "channel_bilateral", "k_b", "share", "how far bilateral ties alone open a dyad's channel",
        Prior("beta", 0.5, 12.0), 0.0, 0.98, "assumed", "X1",
        "the paper, section 5: cooperation is framed mostly on bilateral bases", "the main channel today", _RECORDS,
        grade="analogy", neutral=0.0),
    Parameter(
        "channel_nato", "k_n", "share", "how far NATO opens the channel between two members",
        Prior("beta", 0.3, 12.0), 0.0, 0.98, "assumed", "X1", _NONE, "less than bilateral ties", _RECORDS,
        grade="assumed", neutral=0.0),
    Parameter(
        "channel_open_balkan", "k_o", "share", "how far Open Balkan opens the channel in its domains",
        Prior("beta", 0.2, 12.0), 0.0, 0.98, "assumed", "X1",
        "events.csv E29: its disaster pact was not used in the fires of August 2021",
        "little: no secretariat and an unused pact", _RECORDS, grade="analogy", neutral=0.0),
    Parameter(
        "channel_iisg", "k_i", "share", "how far IISG opens the channel in its domains, if it were owned",
        Prior("beta", 0.45, 12.0), 0.0, 0.98, "assumed", "X1",
        "the paper, section 5: the most institutionalised framework",
        "near bilateral ties, if the six owned it", _RECORDS, grade="analogy", neutral=0.0),
    Parameter(
        "closure", "c_r", "share", "share of the bilateral channel that non-recognition closes",
        Prior("beta", 0.85, 20.0), 0.0, 1.0, "assumed", "X1",
        "dyads.csv: joint organisations 5 to 6 with Kosovo against 39 to 53 elsewhere",
        "most, not all: liaison through others goes on", _RECORDS, grade="elsewhere", neutral=0.0),
    Parameter(
        "imposed_value", "ω_0", "share", "value of a mechanism owned by nobody in the region, against an owned one",
        Prior("uniform", 0.4, 0.9), 0.0, 1.0, "assumed", "X1, M4",
        "the paper, section 3.1 (Marciacq 2017): externally driven; the number is ours",
        "from half to nearly the full value of an owned mechanism",
        "mechanisms before and after a hand-over", grade="assumed", neutral=1.0),
    Parameter(
        "use_growth", "κ_h", "exponent", "how far use opens existing channels further, where they grow with use",
        Prior("beta", 0.3, 6.0), 0.0, 0.8, "assumed", "X1",
        "Stojanović Gajić & Ejdus 2018: communities of practice, as direction",
        "twice the use opens a channel by about a fifth; below one, so that it settles", _RECORDS,
        grade="analogy", neutral=0.0),
    Parameter(
        "use_half_life", "h_h", "months", "half-life of the memory of use",
        Prior("lognormal", 36.0, 0.4), 6.0, 120.0, "assumed", "X1", _NONE, "years: habits of organisations", _RECORDS,
        grade="assumed"),
    Parameter(
        "good_exponent", "ν_d", "exponent",
        "technology of a domain's public good: -10 weakest link, 1 sum, 5 best shot",
        Prior("uniform", -1.0, 1.0), -20.0, 10.0, "assumed", "X2",
        "Hirshleifer 1983; Cornes & Hartley 2007; the assignment to domains is ours",
        "borders and terrorism near the weakest link, disasters near the sum, cyber near the best shot",
        "incidents by the weakest and the strongest partner's effort",
        axis="domain", centres=(-1.0, -5.0, -6.0, 3.0, 1.0), grade="assumed"),
    Parameter(
        "aid_base", "a_0", "logit", "readiness to help after a natural shock at trust one half",
        Prior("normal", 1.9, 0.4), -2.0, 5.0, "assumed", "X3",
        "events.csv E19: all five helped Albania after the earthquake of Durrës in 2019",
        "one case: five of five", "more dated disasters with and without help", grade="region"),
    Parameter(
        "aid_trust", "a_T", "logit per unit of trust", "effect of trust on readiness to help",
        Prior("lognormal", 2.5, 0.4), 0.0, 8.0, "assumed", "X3", _NONE, "trust 0.2 higher adds half a logit",
        "more dated disasters with and without help", grade="assumed", neutral=0.0),
    Parameter(
        "aid_support", "a_S", "logit per 10 points", "effect of public support in disasters on readiness to help",
        Prior("lognormal", 0.2, 0.5), 0.0, 2.0, "assumed", "X3",
        "KCSS 2020: 59 % in Kosovo would refuse Serbian help, as direction",
        "weak: help is decided within hours, before opinion is asked",
        "more dated disasters with and without help", grade="analogy", neutral=0.0),
    Parameter(
        "aid_nonrecognition", "a_r", "logit", "lowering of readiness to help, and to accept it, without recognition",
        Prior("lognormal", 2.0, 0.4), 0.0, 6.0, "assumed", "X3",
        "KCSS 2020: 59 % in Kosovo would refuse Serbian help", "help becomes rarer than not",
        "more dated disasters between states without recognition", grade="elsewhere", neutral=0.0),
    Parameter(
        "aid_pact", "a_p", "logit", "addition where a signed pact is activated",
        Prior("lognormal", 0.8, 0.5), 0.0, 4.0, "assumed", "X3",
        "events.csv E29: not activated in 2021", "moderate: a pact removes paperwork, not reluctance",
        "activations of the pact", grade="assumed", neutral=0.0),
    Parameter(
        "aid_visible", "a_v", "units of cooperation", "help given, as visible joint result in that month",
        Prior("lognormal", 0.5, 0.5), 0.0, 3.0, "assumed", "X3, C2", _NONE,
        "a rescue is seen by everybody for a month", "trust items after the earthquake of Durrës",
        grade="assumed", neutral=0.0),
    Parameter(
        "aid_record", "a_k", "observations", "help given, as kept commitments in the record between governments",
        Prior("lognormal", 0.5, 0.5), 0.0, 3.0, "assumed", "X3, G3", _NONE, "half of a kept commitment",
        "expert assessments of trust after rescues", grade="assumed", neutral=0.0),
)
# fmt: on
