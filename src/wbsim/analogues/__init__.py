"""Analogues: comparable institutions in the terms of the model's levers, with what was observed of them.

`analogue` and `indicators` are the records, `read_*` and `load` the way from TOML files to them; `simulate` runs the
model under an institution's rules, `statistics` counts in it what was observed, `surface` learns how that depends on
the channels' parameters, `likelihood` weighs an observation, `fit` finds their posterior, `hindcast` scores
predictions. May import the model, the scenario package and `wbsim.inference`; of the rest only `calibration` and the
command line import it.
"""
