"""Sweeps: what may be varied, how it is written, the designs, and scenarios at their points.

`key` names what can be varied, `vary` reads its values, `samplers` lay out points in the unit cube, `design` turns
them into values, `apply` makes the scenario of a point, `check_points` refuses points that break a scenario's rules,
`read_vary` and `read_design` serve the command line and the sweep file. NumPy and SciPy are loaded by sampled designs
alone. Imports `wbsim.scenario`, `wbsim.tables` and, for quantiles of priors, `wbsim.chance`.
"""
