"""Worlds simulated, policies compared: sets of assumptions, blocks of worlds, worker processes, paired
statistics.

`sets` sorts scenarios into tables, `blocks` cuts worlds into tasks, `pool` and `worker` run them, `windows`
turns monthly values into figures and `panel` figures into statistics, `execute` streams everything into a
store, `until` says when there are worlds enough, `compare` and `run` are the ways in. Imports `wbsim.tables`,
`wbsim.scenario`, `wbsim.results`, `wbsim.statistics` and, when worlds are simulated, `wbsim.model`. The
conveniences of `Comparison` (plot, report) reach `wbsim.report` lazily; nothing else here knows how results
are shown.
"""
