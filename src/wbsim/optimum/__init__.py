"""Levers of a policy searched for several goals at once, in paired worlds, and the found set counted again.

`space` turns numbers into levers, `goal` says what is wanted, `search` looks (pymoo), `confirm` evaluates what was
found in worlds that no search has seen, `study` puts them together. Imports `wbsim.sweeps`, `wbsim.statistics` and what
lies below them.
"""
