"""Worlds simulated, policies compared: sets of assumptions, blocks of worlds, worker processes, paired
statistics.

`sets` sorts scenarios into tables, `blocks` cuts worlds into tasks, `pool` and `worker` run them, `windows`
and `statistics` turn monthly values into figures, `execute` streams everything into a store, `compare` and
`run` are the ways in. Imports `wbsim.tables`, `wbsim.scenario`, `wbsim.results` and, when worlds are
simulated, `wbsim.model`. The conveniences of `Comparison` (plot, report) reach `wbsim.report` lazily; nothing
else here knows how results are shown.
"""
