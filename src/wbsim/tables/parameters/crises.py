"""Parameters of crises between and inside states (E2)."""

from __future__ import annotations

from wbsim.tables.record import Parameter, Prior

_NONE = "no published estimate; parameterisation of wbsim"
_COUNTS = "events.csv, tension events 2017 to 2022: a list built by searching for known crises"
_MORE = "a systematic event data set for the fifteen dyads"

#: Groups of dyads that share a background rate.
DYAD_GROUPS = ("serbia-kosovo", "serbia-montenegro", "serbia-bosnia", "other-disputes", "calm")
#: Group of each dyad that is not calm.
GROUP_OF = {
    "XKX-SRB": "serbia-kosovo",
    "MNE-SRB": "serbia-montenegro",
    "BIH-SRB": "serbia-bosnia",
    "MKD-SRB": "other-disputes",
    "BIH-XKX": "other-disputes",
    "XKX-MNE": "other-disputes",
    "ALB-SRB": "other-disputes",
}
# Crises a year and dyad that the depth of a dispute suggests (dyads.csv, dispute_severity_0_3: 3, 1 to 2, 1, none):
# not taken from the counts, which the calibration fits to, so that these are not counted twice.
_RATES = (1.2, 0.5, 0.5, 0.2, 0.02)

# fmt: off
PARAMETERS = (
    Parameter(
        "crisis_rate", "h⁰", "per year", "background rate of new crises on a dyad, by group of dyads",
        Prior("lognormal", 1.0, 0.7), 0.0005, 12.0, "calibrated", "E2",
        "dyads.csv, dispute_severity_0_3, as order; no published estimate of the sizes",
        "about one a year where a dispute is deepest, one in fifty years where there is none, within a factor of three",
        _MORE, axis="dyad-group", centres=_RATES, block="event", grade="region"),
    Parameter(
        "record_held", "ρ_h", "share", "share of crises and recorded shocks that the list of dated events holds",
        Prior("beta", 0.8, 12.0), 0.2, 1.0, "calibrated", "E1, E2",
        "events.csv: a list made by searching for known crises, so a lower bound of what happened",
        "assumed: between half and nearly all; in months of the record chance brings the rest", _MORE,
        block="event", grade="region"),
    Parameter(
        "internal_rate", "h⁰_i", "per year", "background rate of internal crises",
        Prior("lognormal", 0.25, 0.8), 0.001, 12.0, "calibrated", "E2", _NONE,
        "one in four years in each state, within a factor of nearly four: nothing tells the states apart beforehand",
        _MORE, axis="state", block="event", grade="region"),
    Parameter(
        "lull_spread", "σ_z", "log", "standard deviation of a dyad's slow change of risk",
        Prior("lognormal", 0.8, 0.3), 0.0, 1.6, "assumed", "E2",
        "events.csv: Serbia-Kosovo had none for 32 months, then nine in 25", "lulls and clusters of years", _MORE,
        grade="region"),
    Parameter(
        "lull_half_life", "h_z", "months", "half-life of that slow change",
        Prior("uniform", 12.0, 36.0), 6.0, 72.0, "assumed", "E2",
        "events.csv: Serbia-Kosovo had none for 32 months, then nine in 25",
        "one to three years, as the lull of 2019 to 2021 suggests", _MORE, grade="region"),
    Parameter(
        "excitation", "x_c", "log per unit of severity", "rise of the risk by a recent crisis on the same dyad",
        Prior("lognormal", 0.08, 0.5), 0.0, 0.3, "assumed", "E2", "self-exciting event models, as form",
        "kept small: with the feedback through trust and kin the branching ratio must stay below 0.8", _MORE,
        grade="assumed", neutral=0.0),
    Parameter(
        "excitation_half_life", "h_x", "months", "half-life of that excitation",
        Prior("uniform", 1.0, 4.0), 0.5, 12.0, "assumed",
        "E2", _NONE, "one to four months: incidents come in short series", _MORE, grade="assumed"),
    Parameter(
        "contagion", "x_n", "log per unit of severity", "rise of the risk by an open crisis next door",
        Prior("lognormal", 0.05, 0.6), 0.0, 0.3, "assumed", "E2",
        "events.csv E50, E51: the police crisis of June 2023 and Open Balkan, as direction",
        "small: most crises of the list stay on their dyad", _MORE, grade="analogy", neutral=0.0),
    Parameter(
        "crisis_rhetoric", "x_r", "log per unit of rhetoric", "effect of hostile rhetoric on the risk",
        Prior("lognormal", 0.5, 0.5), 0.0, 2.0, "assumed", "E2", _NONE, "fully hostile rhetoric raises it by half",
        "coded statements before crises", grade="assumed", neutral=0.0),
    Parameter(
        "crisis_posture", "x_m", "log per unit of posture", "effect of posture above its reference on the risk",
        Prior("lognormal", 0.4, 0.5), 0.0, 2.0, "assumed", "E2",
        "Marković & Perović 2021, as direction", "moderate: a tenth more arms adds four percent to the risk",
        "crises by arms purchases", grade="analogy", neutral=0.0),
    Parameter(
        "crisis_pressure", "x_P", "log per unit of pressure", "effect of Russian pressure on the risk where exposed",
        Prior("lognormal", 0.4, 0.6), 0.0, 2.0, "assumed", "E2, E3",
        "the paper, section 3.2; events.csv: eight of 25 dyadic events in the ten months after the invasion",
        "moderate: full pressure and exposure raise the risk by half", "crises by month and coded operations",
        grade="analogy", neutral=0.0),
    Parameter(
        "crisis_trust", "x_T", "log per unit of trust", "lowering of the risk by trust above the reference",
        Prior("lognormal", 1.2, 0.5), 0.0, 5.0, "assumed", "E2", _NONE, "trust 0.1 higher lowers it by a tenth",
        _MORE, grade="assumed", neutral=0.0),
    Parameter(
        "escalation_two", "esc_2", "logit", "chance that a crisis reaches severity 2",
        Prior("normal", 0.5, 0.7), -3.0, 4.0, "calibrated", "E2", _NONE,
        "more than half of what gets onto lists of crises, between a third and five in six", _MORE,
        block="event", grade="region"),
    Parameter(
        "escalation_three", "esc_3", "logit", "chance that a crisis of severity 2 reaches 3",
        Prior("normal", -1.5, 0.7), -5.0, 2.0, "calibrated", "E2", _NONE,
        "between one in fifteen and two in five", _MORE,
        block="event", grade="region"),
    Parameter(
        "escalation_four", "esc_4", "logit", "chance that a crisis of severity 3 becomes an armed conflict",
        Prior("normal", -4.2, 0.7), -9.0, 0.0, "assumed", "E2",
        "none between the six since 2001", "driven by this prior alone: 0.5 to 5 %", "nothing that one would wish",
        grade="assumed"),
    Parameter(
        "escalation_posture", "esc_m", "logit per unit of posture", "effect of posture on escalation",
        Prior("lognormal", 0.5, 0.5), 0.0, 3.0, "assumed",
        "E2, G4", _NONE, "moderate: a fifth more arms adds a tenth of a logit", "crises by arms purchases",
        grade="assumed", neutral=0.0),
    Parameter(
        "peacekeeping", "esc_p", "logit", "lowering of escalation by peacekeepers in Bosnia and Kosovo",
        Prior("lognormal", 1.0, 0.4), 0.0, 4.0, "assumed", "E2, E3",
        "events.csv E36 (EUFOR doubled); no size for the six",
        "the counts were made with peacekeepers present: their absence raises escalation", "none that is near",
        grade="analogy", neutral=0.0),
    Parameter(
        "mediation", "esc_d", "logit", "lowering of escalation, and shortening of crises, by mediation",
        Prior("lognormal", 0.6, 0.5), 0.0, 3.0, "assumed", "E2, E3",
        "the paper, section 3.2; events.csv E31 (ended by a Brussels deal)",
        "the counts were made with mediation present", "crises with and without mediation",
        grade="analogy", neutral=0.0),
    Parameter(
        "short_months", "d_s", "months", "mean duration of an ordinary crisis",
        Prior("lognormal", 1.1, 0.15), 1.0, 4.0, "assumed", "E2", _COUNTS,
        "with one in ten lasting a year, the mean is two months", _MORE, grade="region"),
    Parameter(
        "long_share", "d_l", "share", "share of crises that become protracted",
        Prior("beta", 0.1, 40.0), 0.0, 0.5, "assumed", "E2",
        "events.csv E11 (tariffs, 16 months), E20 (protests, 8 months)",
        "one in ten, by the two long ones of the list", _MORE, grade="region"),
    Parameter(
        "long_months", "d_y", "months", "mean duration of a protracted crisis",
        Prior("lognormal", 11.0, 0.25), 3.0, 36.0, "assumed", "E2", "events.csv E11, E20",
        "about a year, between the two long ones of the list", _MORE, grade="region"),
)
# fmt: on
