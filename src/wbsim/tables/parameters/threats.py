"""Parameters of threat levels and external powers (E1, E3)."""

from __future__ import annotations

from wbsim.tables.record import Parameter, Prior

_NONE = "no published estimate; parameterisation of wbsim"
_INDEX = "yearly indices of the same threat by state"

# Credibility of accession at the end of 2020, by status (states.csv, eu_status); a reading, not a measurement.
_CREDIBILITY = (0.40, 0.22, 0.12, 0.35, 0.48, 0.42)
# INFORM risk 2018 divided by the mean of the five published (3.0); Kosovo, not covered, at that mean.
_HAZARD = (0.90, 1.23, 1.00, 0.90, 0.83, 1.13)

# fmt: off
PARAMETERS = (
    Parameter(
        "level_half_life", "h_L", "months", "half-life of a threat level's return to its reference",
        Prior("lognormal", 18.0, 0.5), 3.0, 96.0, "assumed", "E1",
        "GI-TOC 2021 and 2023: criminality moves by less than a tenth in two years",
        "slow: indices of crime hardly move within two years", _INDEX, grade="elsewhere"),
    Parameter(
        "level_noise", "σ_L", "log per month", "unexplained monthly change of a threat level",
        Prior("lognormal", 0.025, 0.4), 0.0, 0.15, "assumed", "E1",
        "GI-TOC 2021 and 2023: changes of 0 to 8 %", "about 0.1 over the years", _INDEX, grade="region"),
    Parameter(
        "spillover", "s_L", "per month", "pull of the neighbours' threat levels across land borders",
        Prior("lognormal", 0.02, 0.6), 0.0, 0.2, "assumed", "E1", _NONE,
        "a neighbour's change arrives over years", _INDEX, grade="assumed", neutral=0.0),
    Parameter(
        "good_effect", "κ_Q", "log per month and unit of delivery",
        "lowering of a threat level by the public good of cooperation",
        Prior("lognormal", 0.02, 0.7), 0.0, 0.06, "assumed", "E1, X2",
        "no effect size known; Europol's joint action days (events.csv E09, E43) show outputs, not outcomes",
        "delivery 0.2 higher lowers a threat by about a tenth in the long run", _INDEX, grade="assumed", neutral=0.0),
    Parameter(
        "capacity_effect", "κ_K", "log per month and log of capacity",
        "lowering of a threat level by the state's own capacity",
        Prior("lognormal", 0.015, 0.6), 0.0, 0.2, "assumed", "E1",
        "GI-TOC: criminality and resilience are negatively related across states",
        "a tenth more capacity lowers a threat by a few percent", _INDEX, grade="analogy", neutral=0.0),
    Parameter(
        "hazard_rate", "h_n", "per year", "natural shocks a year in a state of mean risk",
        Prior("lognormal", 0.25, 0.5), 0.01, 3.0, "assumed", "E1, X3",
        "events.csv E18; floods of 2014 and fires of 2021 from memory",
        "one in four years of the size that calls for help",
        "a disaster database for the six", grade="region"),
    Parameter(
        "hazard_share", "n_i", "ratio", "a state's natural risk against the mean",
        Prior("fixed", 0.0), 0.1, 5.0, "derived", "E1", "INFORM risk 2018 (states.csv); Kosovo at the mean",
        "the published index, without an error of its own", "the natural-hazard part of the index, with Kosovo",
        axis="state", centres=_HAZARD, grade="elsewhere"),
    Parameter(
        "incident_rate", "h_s", "per year", "attacks or incidents a year that citizens notice, by state and domain",
        Prior("lognormal", 0.3, 0.5), 0.01, 5.0, "assumed", "E1",
        "events.csv E22, E39, E41, E42: four cyber attacks in six years, from 2020 on",
        "one in three years that citizens notice",
        "an incident database for the six", grade="region"),
    Parameter(
        "shock_size", "s_n", "log", "mean size of a shock to a threat level",
        Prior("lognormal", 0.25, 0.5), 0.02, 1.5, "assumed", "E1", _NONE,
        "a threat a quarter higher for a while", _INDEX, grade="assumed"),
    Parameter(
        "credibility", "A_i", "share", "credibility of accession at the start",
        Prior("normal", 0.0, 0.07), 0.0, 1.0, "assumed", "E3",
        "states.csv (eu_status); Schimmelfennig & Sedelmeier 2020 for the concept; the numbers are ours",
        "ordered by the stage of negotiations", "expert forecasts of accession dates",
        axis="state", centres=_CREDIBILITY, grade="analogy"),
    Parameter(
        "credibility_half_life", "h_A", "months", "half-life of a change of credibility",
        Prior("lognormal", 36.0, 0.5), 6.0, 240.0, "assumed",
        "E3", _NONE, "years: candidates' prospects change with EU politics",
        "expert forecasts around dated decisions", grade="assumed"),
    Parameter(
        "credibility_noise", "σ_A", "share per month", "unexplained monthly change of credibility",
        Prior("lognormal", 0.012, 0.5), 0.0, 0.1, "assumed", "E3", _NONE, "0.05 to 0.1 over the years",
        "expert forecasts around dated decisions", grade="assumed"),
    Parameter(
        "pressure_jump", "P_U", "pressure", "jump of Russian pressure with the invasion of Ukraine",
        Prior("lognormal", 1.0, 0.4), 0.0, 4.0, "calibrated", "E3", "the paper, sections 1 and 3.2, as direction",
        "1 is the unit of the scale", "coded operations by month", block="dynamic", grade="analogy"),
    Parameter(
        "pressure_half_life", "h_P", "months", "half-life of Russian pressure after the jump",
        Prior("lognormal", 60.0, 0.6), 6.0, 600.0, "assumed",
        "E3", _NONE, "years: no sign that it passes within one", "coded operations by month", grade="assumed"),
    Parameter(
        "pressure_exposure", "P_i", "share", "exposure of a state to Russian pressure",
        Prior("beta", 0.5, 10.0), 0.0, 1.0, "assumed", "E3",
        "the paper, section 3.2: Serbia seen as a proxy; no measurement", "the same prior for every state",
        "ownership of media, energy and parties by state", axis="state", grade="assumed"),
)
# fmt: on
