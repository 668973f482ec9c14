"""The ladder: the headline after each change of a rule or a prior on its own, in the same worlds.

`step` is the record, `files` keeps it in two tables under docs/, `climb` simulates the present tree, `tables` shows it.
"""
